"""Flask-Security as this portal uses it: e-mail and password, nobody registers, mails by the outbox."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_security import FSQLALiteUserDatastore, Security

from portal.buyers.models import Role, User
from portal.database import db

SETTINGS = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    # Argon2 salts each password itself. Without a second hash over a salt for all of them, a new
    # SECRET_KEY leaves the passwords valid.
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(days=1),
    # Whether an address has an account is nobody's business.
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_RESET_URL": "/reset-password",
    "SECURITY_CHANGE_URL": "/change-password",
    # Personal links use POST /verify for something else.
    "SECURITY_VERIFY_URL": "/confirm-password",
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_CLI_USERS_NAME": False,
    "SECURITY_CLI_ROLES_NAME": False,
    "SECURITY_POST_LOGOUT_VIEW": "/login",
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_EMAIL_PLAINTEXT": False,
    "SECURITY_EMAIL_HTML": False,
}


def init_app(app: Flask) -> None:
    """Give `app` its sign-in."""
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    Security(app, FSQLALiteUserDatastore(db, User, Role))
