"""Flask-Security as this portal uses it: e-mail and password, nobody registers, mails by the outbox."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, request
from flask_security import FSQLALiteUserDatastore, Security, current_user

from portal.buyers.models import Role, User
from portal.database import db
from portal.i18n import BUYER, BUYER_LOCALES, SOURCE_LOCALE, use_locale
from portal.web.auth import mailing
from portal.web.auth.forms import ForgottenForm, NewPasswordForm, OtherPasswordForm, SignInForm
from portal.web.auth.sentences import MESSAGES
from portal.web.buyer.shell import signed_in_user, speak_to

SETTINGS = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    # Argon2 salts each password itself. Without a second hash over a salt for all of them, a new
    # SECRET_KEY leaves the passwords valid.
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    # What a mailed link carries is the hash of a password's hash, which nobody can guess: it need not
    # be slow. The library's own choice costs a second for every link.
    "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
    "SECURITY_DEPRECATED_HASHING_SCHEMES": [],
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(days=1),
    # Whether an address has an account is nobody's business.
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    # No look-ups in the DNS; addresses under .test are fine.
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_RESET_URL": "/reset-password",
    "SECURITY_CHANGE_URL": "/change-password",
    # /verify is where a receipt is verified.
    "SECURITY_VERIFY_URL": "/confirm-password",
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_CLI_USERS_NAME": False,
    "SECURITY_CLI_ROLES_NAME": False,
    "SECURITY_POST_LOGOUT_VIEW": "/login",
    "SECURITY_LOGIN_USER_TEMPLATE": "auth/login.html",
    "SECURITY_FORGOT_PASSWORD_TEMPLATE": "auth/forgot_password.html",
    "SECURITY_RESET_PASSWORD_TEMPLATE": "auth/reset_password.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "auth/change_password.html",
    # The outbox has templates of its own.
    "SECURITY_EMAIL_PLAINTEXT": False,
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET": mailing.RESET,
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": mailing.CHANGED,
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": mailing.CHANGED,
}


def init_app(app: Flask) -> None:
    """Give `app` its sign-in."""
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    for name, message in MESSAGES.items():
        app.config.setdefault(f"SECURITY_MSG_{name}", message)
    if app.config["BASE_URL"].startswith("https://"):
        app.config["SESSION_COOKIE_SECURE"] = True
    security = Security(
        app,
        FSQLALiteUserDatastore(db, User, Role),
        mail_util_cls=mailing.OutboxMail,
        login_form=SignInForm,
        forgot_password_form=ForgottenForm,
        reset_password_form=NewPasswordForm,
        change_password_form=OtherPasswordForm,
    )
    security.i18n_domain = BUYER
    # Pages ask for the user's roles themselves; a supplier's page need not look for a user at all.
    security.principal.identity_loaders.clear()
    app.before_request(_speak)


def _speak() -> None:
    """Serve the sign-in pages in the user's language, or in one of the buyers' that the browser asks for."""
    if request.blueprint != "security":
        return
    if current_user.is_authenticated:
        speak_to(signed_in_user())
        return
    BUYER.as_default()
    use_locale(request.accept_languages.best_match(BUYER_LOCALES) or SOURCE_LOCALE)
