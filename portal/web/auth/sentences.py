"""What sign-in says, in our words: over Flask-Security's own sentences."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802 - the name that marks a text for translation
    """Return `text`, marked to be translated where it is shown."""
    return text


WRONG_SIGN_IN = N_(
    "The e-mail address and the password do not belong together. "
    "After five wrong attempts, wait fifteen minutes or set a new password."
)
_SENT = N_(
    "If the portal knows this address, a mail with a link to set a new password is on its way."
)

# Key of Flask-Security -> (sentence, category of the notice).
MESSAGES = {
    "GENERIC_AUTHN_FAILED": (WRONG_SIGN_IN, "error"),
    "PASSWORD_RESET_REQUEST": (_SENT, "info"),
    "PASSWORD_RESET_EXPIRED": (
        N_("The link to set a new password has expired. Ask for another one here."),
        "error",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        N_("The link to set a new password does not work any more. Ask for another one here."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (N_("Your password is set. Sign in with it."), "success"),
    "PASSWORD_CHANGE": (N_("Your password is changed."), "success"),
    "PASSWORD_IS_THE_SAME": (N_("The new password is the same as the old one."), "error"),
    "PASSWORD_NOT_PROVIDED": (N_("Write a password."), "error"),
    "PASSWORD_INVALID_LENGTH": (
        N_("The password is too short. Use at least %(length)s characters."),
        "error",
    ),
    "RETYPE_PASSWORD_MISMATCH": (N_("The two passwords are not the same."), "error"),
    "INVALID_PASSWORD": (N_("This is not your password."), "error"),
    "EMAIL_NOT_PROVIDED": (N_("Write your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (
        N_("This is not an e-mail address. Write it like name@company.com."),
        "error",
    ),
    "USER_DOES_NOT_EXIST": (WRONG_SIGN_IN, "error"),
    "DISABLED_ACCOUNT": (WRONG_SIGN_IN, "error"),
    "UNAUTHENTICATED": (N_("Sign in to see this page."), "info"),
    "INVALID_REDIRECT": (N_("The page to go to afterwards is not one of this portal."), "error"),
}
