"""What the settings pages call things, and how they say that something was refused."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm

from portal.buyers import code_upload, service
from portal.buyers.models import RoleName

ROLES = {
    RoleName.ADMIN: lazy_gettext("Admin: changes settings and users"),
    RoleName.BUYER: lazy_gettext("Buyer: asks suppliers"),
    RoleName.REVIEWER: lazy_gettext("Reviewer: judges answers"),
    RoleName.AUDITOR: lazy_gettext("Auditor: reads only"),
}

_REFUSALS: dict[type[Exception], str] = {
    service.UnknownZone: lazy_gettext(
        "This time zone is not known. Write it like Europe/Oslo or Asia/Taipei."
    ),
    service.UnknownLocaleCode: lazy_gettext("This language is not known."),
    service.BadAddress: lazy_gettext(
        "This is not an e-mail address. Write it like name@company.com."
    ),
    service.BuyerExists: lazy_gettext("Another buyer has this name. Write it differently."),
    service.UserExists: lazy_gettext("There is a user with this address already."),
    service.LastAdmin: lazy_gettext(
        "This user is the only admin. Make somebody else an admin first."
    ),
    code_upload.EmptyFile: lazy_gettext("The file is empty. Choose another one."),
    code_upload.LargeFile: lazy_gettext("The file is larger than 5 MB. Choose a smaller one."),
    code_upload.WrongKind: lazy_gettext(
        "The file is not a text (.txt, .md) or PDF file. Save it as one of these."
    ),
    code_upload.VersionExists: lazy_gettext(
        "This version is there already in this language. Give the new text a new version."
    ),
}


def refuse(form: FlaskForm, field: str, error: Exception) -> None:
    """Put into `form` what `error` says: at `field`, or above the form where there is no such field."""
    sentence = _REFUSALS[type(error)]
    if field in form:
        form[field].errors = [sentence]
    else:
        form.form_errors = [sentence]


def role_names(names: list[str]) -> str:
    """Return the roles `names` in one line, in the order of their power."""
    words = {
        RoleName.ADMIN: gettext("Admin"),
        RoleName.BUYER: gettext("Buyer"),
        RoleName.REVIEWER: gettext("Reviewer"),
        RoleName.AUDITOR: gettext("Auditor"),
    }
    return ", ".join(word for role, word in words.items() if role in names)
