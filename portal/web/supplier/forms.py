"""The small forms around the questions: signing, passing on, declining."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional

from portal.campaigns.models import DeclineKind
from portal.declarations.models import SignatoryRole
from portal.web.choices import as_choices

LONGEST = 200
LONGEST_TEXT = 2000

ROLES: dict[SignatoryRole, Any] = {
    SignatoryRole.OWNER: lazy_gettext("Owner"),
    SignatoryRole.MANAGING_DIRECTOR: lazy_gettext("Managing director"),
    SignatoryRole.AUTHORISED_SIGNATORY: lazy_gettext("Another person who is entitled to sign"),
}
REASONS: dict[DeclineKind, Any] = {
    DeclineKind.WRONG_COMPANY: lazy_gettext("The request is meant for another company"),
    DeclineKind.NOT_RELEVANT: lazy_gettext("We do not deliver to this buyer any more"),
    DeclineKind.REFUSES: lazy_gettext("We do not wish to answer"),
    DeclineKind.OTHER: lazy_gettext("Another reason"),
}


class Choices(RadioField):
    """Radio buttons drawn as one group; nothing chosen is caught by DataRequired."""

    grouped = True
    validate_choice = True


def required(sentence: Any) -> DataRequired:
    """Return a validator that says `sentence` when nothing was given."""
    return DataRequired(sentence)


def short(longest: int = LONGEST) -> Length:
    """Return a validator for texts of at most `longest` characters."""
    return Length(
        max=longest, message=lazy_gettext("Please shorten this to %(max)d characters at most.")
    )


def stripped(text: str | None) -> str | None:
    """Return the text without spaces around it."""
    return text.strip() if text else text


def usable_address(_form: FlaskForm, field: Field) -> None:
    """Refuse what no mail can be sent to."""
    try:
        found = validate_email(
            field.data or "",
            check_deliverability=False,
            allow_smtputf8=False,
            test_environment=True,
        )
    except EmailNotValidError:
        raise ValidationError(
            lazy_gettext("This is not an e-mail address. It should look like name@example.com.")
        ) from None
    field.data = found.ascii_email or found.normalized


class SigningForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Who signs, in which role; `seen` and `previous` say what the person has before them."""

    signatory_name = StringField(
        lazy_gettext("Your name"),
        [required(lazy_gettext("Please write your name.")), short()],
        filters=[stripped],
        render_kw={"autocomplete": "name"},
    )
    signatory_title = StringField(
        lazy_gettext("Your title"),
        [required(lazy_gettext("Please write your title in the company.")), short()],
        filters=[stripped],
        render_kw={"autocomplete": "organization-title"},
    )
    signatory_role = Choices(
        lazy_gettext("You sign as"),
        [required(lazy_gettext("Please choose in which role you sign."))],
    )
    authority = BooleanField(
        validators=[required(lazy_gettext("Please confirm that you may sign for the company."))],
    )
    seen = HiddenField(validators=[Optional()])

    def offer(self, roles: Sequence[SignatoryRole], authority: str) -> None:
        """Offer `roles`, and word the confirmation as `authority`."""
        self.signatory_role.choices = as_choices((role.value, ROLES[role]) for role in roles)
        self.authority.label.text = authority


class PersonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Somebody else: name and address."""

    name = StringField(
        lazy_gettext("Name"),
        [required(lazy_gettext("Please write the person's name.")), short()],
        filters=[stripped],
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        [required(lazy_gettext("Please write the person's e-mail address.")), usable_address],
        filters=[stripped],
    )


class SignerForm(PersonForm):
    """The person who signs, with the language of the mail and the pages."""

    locale = SelectField(lazy_gettext("Language of the mail and the form"))


class SendBackForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Why the form goes back to whoever filled it in."""

    comment = TextAreaField(
        lazy_gettext("What should be looked at again?"),
        [
            required(lazy_gettext("Please write what should be looked at again.")),
            short(LONGEST_TEXT),
        ],
        filters=[stripped],
    )


class DeclineForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """Why a supplier does not answer."""

    decline_kind = Choices(
        lazy_gettext("Why do you not answer?"),
        [required(lazy_gettext("Please choose a reason."))],
        choices=as_choices((kind.value, text) for kind, text in REASONS.items()),
    )
    decline_reason = TextAreaField(
        lazy_gettext("Would you like to explain?"),
        [Optional(), short(LONGEST_TEXT)],
        filters=[stripped],
    )
