"""The form of an agreement or a material; its fields are read as `import-subjects` reads its columns."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from portal.suppliers.cells import KEY_LENGTH, NAME_LENGTH, clean
from portal.suppliers.models import Subject, SubjectKind
from portal.suppliers.subjects import TITLE_LENGTH, hourly_rate
from portal.web.buyer.supplier_words import SUBJECT_KINDS
from portal.web.choices import as_choices


def _amount(_form: FlaskForm, field: Field) -> None:
    if hourly_rate(clean(field.data)) is None:
        raise ValidationError(lazy_gettext("Write an amount like 220.50."))


class SubjectForm(FlaskForm):  # type: ignore[misc]  # not typed
    """An agreement with a supplier, or a material from it."""

    kind = SelectField(
        lazy_gettext("Kind"),
        choices=as_choices(SUBJECT_KINDS.items()),
        default=SubjectKind.AGREEMENT,
    )
    key = StringField(
        lazy_gettext("Key"),
        [InputRequired(lazy_gettext("Write the key, like A-7.")), Length(max=KEY_LENGTH)],
        description=lazy_gettext("Your own number for it. Imports find it by this."),
    )
    title = StringField(
        lazy_gettext("Title"),
        [InputRequired(lazy_gettext("Write what it is called.")), Length(max=TITLE_LENGTH)],
        description=lazy_gettext("The supplier reads it above the questions about it."),
    )
    place = StringField(
        lazy_gettext("Place of work, or type of material"), [Length(max=NAME_LENGTH)]
    )
    min_hourly_rate = StringField(
        lazy_gettext("Minimum hourly rate, NOK"),
        [Optional(), _amount],
        description=lazy_gettext("Of an agreement: nobody who works on it may earn less."),
    )

    def validate_min_hourly_rate(self, field: Field) -> None:
        """Refuse a rate for a material."""
        if field.data and self.kind and self.kind.data == SubjectKind.MATERIAL:
            raise ValidationError(lazy_gettext("A minimum hourly rate goes with an agreement."))

    @classmethod
    def showing(cls, subject: Subject) -> SubjectForm:
        """Return the form with what `subject` holds now, or with what was posted; its kind stays."""
        form = cls(obj=subject)
        del form.kind
        if subject.kind is SubjectKind.MATERIAL:
            del form.min_hourly_rate
        return form

    def values(self) -> dict[str, object]:
        """Return what the form says, by the field of `Subject`; only after it was validated."""
        found: dict[str, object] = {
            name: clean(self[name].data or "") for name in ("key", "title", "place")
        }
        if self.min_hourly_rate:
            found["min_hourly_rate"] = hourly_rate(clean(self.min_hourly_rate.data or ""))
        return found | ({"kind": SubjectKind(self.kind.data)} if self.kind else {})
