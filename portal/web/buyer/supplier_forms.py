"""Forms of a supplier and of a contact; each field is read as the import reads its column."""

from __future__ import annotations

from babel import numbers
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, ValidationError

from portal.buyers.queries import users
from portal.database import db_session
from portal.i18n import offered_locales, own_name
from portal.suppliers import cells
from portal.suppliers.cells import Reading
from portal.suppliers.changes import plain
from portal.suppliers.models import (
    Channel,
    Contact,
    Criticality,
    Supplier,
    SupplierKind,
    SupplierStatus,
)
from portal.suppliers.sentences import Refused
from portal.web.buyer.supplier_words import (
    CHANNELS,
    FIELDS,
    KINDS,
    SIZES,
    STATUSES,
    category_choices,
    country_choices,
    reader_locale,
    said,
)
from portal.web.choices import as_choices, offered_languages

# Fields whose columns have other names in the import, and fields the import does not know.
_COLUMNS = {"email": "contact_email", "phone": "contact_phone"}
_NO_COLUMN = {"notes", "status", "kind", "role", "locale", "responsible_user_id"}


def _column_value(field: Field) -> object:
    """Return what was written in `field`, or None.

    Raises:
        Refused: it means nothing there.
    """
    text = cells.clean(field.data or "")
    if not text:
        return None
    column = _COLUMNS.get(field.short_name, field.short_name)
    return cells.value(column, text, Reading(offered_locales(), reader_locale()))


def means_something(_form: FlaskForm, field: Field) -> None:
    """Refuse what the import would refuse, with the same sentence."""
    try:
        _column_value(field)
    except Refused as refusal:
        raise ValidationError(said(refusal.sentence)) from None


def _needed(sentence: str) -> list[object]:
    return [InputRequired(sentence), means_something]


class SupplierForm(FlaskForm):  # type: ignore[misc]  # not typed
    """What a buyer knows about a supplier; `seen` is when it was last changed, as the form shows it."""

    seen = HiddenField()
    key = StringField(
        FIELDS["key"],
        _needed(lazy_gettext("Write the key, for example the number in your ledger.")),
        description=lazy_gettext("Your own number for the supplier. Imports find it by this."),
    )
    name = StringField(FIELDS["name"], _needed(lazy_gettext("Write the company's name.")))
    kind = SelectField(
        FIELDS["kind"],
        choices=as_choices(KINDS.items()),
        default=SupplierKind.SUPPLIER,
        description=lazy_gettext(
            "A landlord or partner whose agreement others use is asked about it, and never rated."
        ),
    )
    org_number = StringField(FIELDS["org_number"], [means_something])
    country = SelectField(
        FIELDS["country"],
        [InputRequired(lazy_gettext("Choose the country where the company is registered."))],
    )
    production_countries = StringField(
        FIELDS["production_countries"],
        [means_something],
        description=lazy_gettext(
            "Where the goods are made: codes or names in English or Norwegian, with commas between."
        ),
    )
    category = SelectField(FIELDS["category"])
    criticality = SelectField(
        FIELDS["criticality"],
        description=lazy_gettext("A is what you cannot do without. It orders the work only."),
    )
    spend = StringField(FIELDS["spend"], [means_something])
    currency = StringField(
        FIELDS["currency"],
        [means_something],
        description=lazy_gettext("Three letters, like NOK or EUR."),
    )
    channel = SelectField(FIELDS["channel"])
    size = SelectField(
        FIELDS["size"],
        description=lazy_gettext(
            "With few people and low risk the form is shorter. What the supplier answers itself counts."
        ),
    )
    status = SelectField(FIELDS["status"], choices=as_choices(STATUSES.items()))
    responsible_user_id = SelectField(
        FIELDS["responsible_user_id"],
        default="",
        description=lazy_gettext("Is told when the supplier leaves two reminders unanswered."),
    )
    notes = TextAreaField(FIELDS["notes"], [Length(max=10_000)])

    def offer(self, responsible: str = "") -> SupplierForm:
        """Fill in the choices in the reader's language; return the form itself.

        `responsible` is the id of the user held now, who may have lost the access since.
        """
        nothing = ("", lazy_gettext("Not said"))
        self.country.choices = as_choices([("", lazy_gettext("Choose")), *country_choices()])
        self.category.choices = as_choices(category_choices())
        self.criticality.choices = as_choices([nothing, *((code, code) for code in Criticality)])
        self.channel.choices = as_choices([nothing, *CHANNELS.items()])
        self.size.choices = as_choices([("", lazy_gettext("Not known")), *SIZES.items()])
        people = [
            (str(user.id), user.name or user.email)
            for user in users(db_session())
            if user.active or str(user.id) == responsible
        ]
        self.responsible_user_id.choices = as_choices([("", lazy_gettext("Nobody")), *people])
        return self

    @classmethod
    def showing(cls, supplier: Supplier) -> SupplierForm:
        """Return the form with what `supplier` holds now, or with what was posted."""
        held = {field: plain(getattr(supplier, field)) for field in _SUPPLIER_FIELDS}
        if supplier.spend is not None:
            # Ungrouped: a comma between thousands could be read in two ways when it comes back.
            held["spend"] = numbers.format_decimal(supplier.spend, "0.##", reader_locale())
        return cls(data=held | {"seen": supplier.updated_at.isoformat()}).offer(
            held["responsible_user_id"]
        )

    def values(self) -> dict[str, object]:
        """Return what the form says, by the supplier's field; only after it was validated."""
        found = {
            field: _column_value(self[field])
            for field in _SUPPLIER_FIELDS
            if field not in _NO_COLUMN
        }
        found |= {field: found[field] or "" for field in ("org_number", "currency")}
        found["production_countries"] = found["production_countries"] or []
        found["channel"] = Channel(self.channel.data) if self.channel.data else None
        return found | {
            "status": SupplierStatus(self.status.data),
            "kind": SupplierKind(self.kind.data),
            "responsible_user_id": int(self.responsible_user_id.data or 0) or None,
            "notes": (self.notes.data or "").replace("\0", "").strip(),
        }


_SUPPLIER_FIELDS = (
    "key",
    "name",
    "kind",
    "org_number",
    "country",
    "production_countries",
    "category",
    "criticality",
    "spend",
    "currency",
    "channel",
    "size",
    "status",
    "responsible_user_id",
    "notes",
)


def _languages() -> list[SelectChoice]:
    return [*as_choices([("", gettext("Not known"))]), *offered_languages()]


class ContactForm(FlaskForm):  # type: ignore[misc]  # not typed
    """A person or shared mailbox at a supplier."""

    name = StringField(FIELDS["name"], [Length(max=cells.NAME_LENGTH)])
    email = StringField(
        FIELDS["email"], _needed(lazy_gettext("Write the address the mails go to."))
    )
    locale = SelectField(
        FIELDS["locale"],
        choices=_languages,
        description=lazy_gettext(
            "Mails and pages come in this language. It can be changed there. Where it is not known, "
            "mails come in the main language of the country, or English, and pages in the browser's."
        ),
    )
    role = StringField(FIELDS["role"], [Length(max=cells.NAME_LENGTH)])
    phone = StringField(FIELDS["phone"], [means_something])

    @classmethod
    def showing(cls, contact: Contact) -> ContactForm:
        """Return the form with what `contact` holds now, or with what was posted."""
        form = cls(obj=contact)
        if contact.locale and contact.locale not in offered_locales():
            # It stays the contact's language until somebody chooses another.
            kept = as_choices([(contact.locale, own_name(contact.locale))])
            form.locale.choices = [*_languages(), *kept]
        return form

    def values(self) -> dict[str, object]:
        """Return what the form says, by the contact's field; only after it was validated."""
        return {
            "name": cells.clean(self.name.data or ""),
            "email": _column_value(self.email),
            "locale": self.locale.data,
            "role": cells.clean(self.role.data or ""),
            "phone": cells.clean(self.phone.data or ""),
        }
