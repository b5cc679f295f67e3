"""The form of a visit, audit or spot check."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, FileField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from portal.followup.visit_models import Visit, VisitKind, VisitResult
from portal.followup.visits import Told
from portal.web.buyer.visit_words import KINDS, RESULTS
from portal.web.choices import as_choices

_DAYS = ("planned_from", "planned_to", "done_on", "next_on")


class VisitForm(FlaskForm):  # type: ignore[misc]  # not typed
    """What is planned, and what came of it."""

    kind = SelectField(
        lazy_gettext("Kind"), choices=as_choices((code.value, word) for code, word in KINDS.items())
    )
    planned_from = DateField(
        lazy_gettext("Planned day"),
        [Optional()],
        description=lazy_gettext("Or the first day, where it may be any day of a period."),
    )
    planned_to = DateField(lazy_gettext("Last day of the period"), [Optional()])
    who = StringField(lazy_gettext("Who goes"), [Length(max=255)])
    done_on = DateField(
        lazy_gettext("Day it was done"),
        [Optional()],
        description=lazy_gettext("Leave this and the rest empty while it is only planned."),
    )
    result = SelectField(
        lazy_gettext("Result"),
        choices=as_choices(
            [
                ("", lazy_gettext("None yet")),
                *((code.value, word) for code, word in RESULTS.items()),
            ]
        ),
    )
    text = TextAreaField(
        lazy_gettext("What was found"),
        [Length(max=20_000)],
        description=lazy_gettext("Where it was not carried out: why."),
    )
    next_on = DateField(
        lazy_gettext("Date of the next check"),
        [Optional()],
        description=lazy_gettext("Where there is a reason to come back before the interval ends."),
    )

    @classmethod
    def showing(cls, visit: Visit) -> VisitForm:
        """Return the form with what is kept of `visit`, or with what was posted."""
        return cls(data=cls.held(visit))

    @staticmethod
    def held(visit: Visit) -> dict[str, object]:
        """Return what is kept of `visit`, by field."""
        return {name: getattr(visit, name) for name in _DAYS} | {
            "kind": visit.kind.value,
            "who": visit.who,
            "result": visit.result.value if visit.result else "",
            "text": visit.text,
        }

    def told(self) -> Told:
        """Return what the form says; only after it was validated."""
        return Told(
            kind=VisitKind(self.kind.data),
            result=VisitResult(self.result.data) if self.result.data else None,
            who=(self.who.data or "").replace("\0", ""),
            text=(self.text.data or "").replace("\0", ""),
            **{name: self[name].data for name in _DAYS},
        )


class VisitFileForm(FlaskForm):  # type: ignore[misc]  # not typed
    """A file about a visit."""

    file = FileField(
        lazy_gettext("File"),
        description=lazy_gettext("PDF, Word, Excel, PNG or JPEG, at most 15 MB."),
    )
