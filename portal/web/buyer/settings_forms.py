"""Forms of the settings pages."""

from __future__ import annotations

from datetime import date
from typing import cast
from zoneinfo import available_timezones

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import URL, InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from portal.buyers.models import Buyer, RoleName, User
from portal.buyers.service import BuyerSettings
from portal.i18n import BUYER_LOCALES, own_name
from portal.web.buyer.settings_words import ROLES
from portal.web.choices import as_choices, offered_languages

_LENGTH = Length(max=255, message=lazy_gettext("This is longer than 255 characters."))
_SHORT = Length(max=64, message=lazy_gettext("This is longer than 64 characters."))


class _Tick(CheckboxInput):
    """A tick that need not be set itself, though one of the group must be."""

    validation_attrs = ["disabled"]  # noqa: RUF012 - a list in the base class


class TicksField(SelectMultipleField):
    """Several ticks under one legend."""

    grouped = True
    widget = ListWidget()
    option_widget = _Tick()


class BuyerForm(FlaskForm):  # type: ignore[misc]  # not typed
    """What a buyer says about itself."""

    name = StringField(
        lazy_gettext("Name"),
        [InputRequired(lazy_gettext("Write the name that suppliers know you by.")), _LENGTH],
    )
    org_number = StringField(lazy_gettext("Organisation number"), [_SHORT])
    contact_role = StringField(
        lazy_gettext("Contact"),
        [_LENGTH],
        description=lazy_gettext("Whom suppliers may ask, for example “Quality coordinator”."),
    )
    contact_email = StringField(
        lazy_gettext("E-mail address of the contact"),
        [_LENGTH],
        description=lazy_gettext("When suppliers answer a mail, the answer comes here."),
    )
    contact_phone = StringField(lazy_gettext("Telephone of the contact"), [_SHORT])
    zone = SelectField(
        lazy_gettext("Time zone"),
        [InputRequired()],
        description=lazy_gettext("A deadline ends at midnight in this zone."),
    )
    locale = SelectField(
        lazy_gettext("Language of these pages"),
        choices=as_choices((locale, own_name(locale)) for locale in BUYER_LOCALES),
    )
    privacy_url = StringField(
        lazy_gettext("Address of your privacy notice"),
        [
            Optional(),
            URL(require_tld=False, message=lazy_gettext("Write the whole address, with https://.")),
            Regexp("https?://", message=lazy_gettext("Write the whole address, with https://.")),
            Length(max=1000),
        ],
    )

    clearing_needs_code = BooleanField(
        lazy_gettext("A new supplier is cleared only if it accepts the Code of Conduct in force")
    )
    shares_advice = BooleanField(
        lazy_gettext("The receipt advises suppliers on what would help most"),
        description=lazy_gettext(
            "Up to three of the questions they have answered, without any score or points."
        ),
    )

    @classmethod
    def showing(cls, buyer: Buyer) -> BuyerForm:
        """Return the form with what is stored of `buyer`, or with what was posted."""
        form = cls(obj=buyer)
        form.zone.choices = as_choices((zone, zone) for zone in sorted(available_timezones()))
        return form

    def settings(self) -> BuyerSettings:
        """Return what the form says; only after it was validated."""
        return BuyerSettings(
            name=(self.name.data or "").strip(),
            locale=self.locale.data,
            zone=self.zone.data,
            org_number=(self.org_number.data or "").strip(),
            contact_role=(self.contact_role.data or "").strip(),
            contact_email=(self.contact_email.data or "").strip(),
            contact_phone=(self.contact_phone.data or "").strip(),
            privacy_url=(self.privacy_url.data or "").strip(),
            clearing_needs_code=bool(self.clearing_needs_code.data),
            shares_advice=bool(self.shares_advice.data),
        )


class RolesForm(FlaskForm):  # type: ignore[misc]  # not typed
    """What a user may do."""

    roles = TicksField(
        lazy_gettext("Roles"),
        [InputRequired(lazy_gettext("Tick at least one role."))],
        choices=as_choices((role.value, text) for role, text in ROLES.items()),
    )

    @classmethod
    def showing(cls, user: User) -> RolesForm:
        """Return the form with the roles of `user`, or with what was posted."""
        return cls(data={"roles": [role.name for role in user.roles]})

    def chosen(self) -> list[RoleName]:
        """Return the roles that are ticked; only after it was validated."""
        return [RoleName(name) for name in self.roles.data or []]


class UserForm(RolesForm):
    """A new user."""

    email = StringField(
        lazy_gettext("E-mail address"),
        [InputRequired(lazy_gettext("Write the address the user signs in with.")), _LENGTH],
        description=lazy_gettext("A mail with a link to choose a password goes there."),
    )
    name = StringField(lazy_gettext("Name"), [_LENGTH])
    locale = SelectField(
        lazy_gettext("Language"),
        default="",
        choices=as_choices(
            [
                ("", lazy_gettext("As in the settings")),
                *((locale, own_name(locale)) for locale in BUYER_LOCALES),
            ]
        ),
    )


class CodeForm(FlaskForm):  # type: ignore[misc]  # not typed
    """One language of one version of the Code of Conduct."""

    version = StringField(
        lazy_gettext("Version"),
        [
            InputRequired(lazy_gettext("Write the version, for example 2027.")),
            Length(max=32, message=lazy_gettext("This is longer than 32 characters.")),
        ],
    )
    locale = SelectField(
        lazy_gettext("Language"),
        choices=offered_languages,
    )
    applies_from = DateField(
        lazy_gettext("Applies from"),
        [InputRequired(lazy_gettext("Write the day from which the version applies."))],
        description=lazy_gettext("Suppliers who sign on this day or later accept this version."),
    )
    file = FileField(
        lazy_gettext("File"),
        [InputRequired(lazy_gettext("Choose the file."))],
        description=lazy_gettext(
            "Text (.txt, .md), which suppliers read on the page, or PDF. At most 5 MB."
        ),
    )

    def day(self) -> date:
        """Return the day from which the version applies; only after it was validated."""
        return cast("date", self.applies_from.data)
