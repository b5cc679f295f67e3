"""The forms of sign-in: Flask-Security's, with our labels and without what we do not offer."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from flask_security.forms import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    ResetPasswordForm,
)
from flask_security.utils import get_message

from portal import store
from portal.buyers import throttle
from portal.buyers.models import User
from portal.database import db_session
from portal.web import clock


def _relabel(form: Any, **labels: str) -> None:
    """Give fields of Flask-Security's `form` our words."""
    for name, text in labels.items():
        form[name].label.text = text


class SignInForm(LoginForm):
    """E-mail and password; one sentence for whatever is wrong; a pause after wrong passwords."""

    remember = None  # type: ignore[assignment]  # how WTForms takes a field away

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, email=lazy_gettext("E-mail address"), password=lazy_gettext("Password"))
        self.password.description = ""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the password fits and the account is not paused; writes to the trail."""
        fits = super().validate(**kwargs)
        if isinstance(self.user, User):
            fits = _counted(self.user, fits)
        if not fits:
            self.email.errors, self.password.errors = [], []
            self.form_errors = [get_message("GENERIC_AUTHN_FAILED")[0]]
        return fits


def _counted(user: User, fits: bool) -> bool:
    """Return whether `user` may come in, after writing down how it went."""
    session, now = db_session(), clock.now()
    store.scope(session, user.buyer_id)
    if throttle.is_paused(session, user, now):
        return False
    throttle.note_sign_in(session, user, succeeded=fits, now=now, ip=request.remote_addr or "")
    session.commit()
    return fits


class ForgottenForm(ForgotPasswordForm):
    """The address that a link is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, email=lazy_gettext("E-mail address"))


class NewPasswordForm(ResetPasswordForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(
            self,
            password=lazy_gettext("New password"),
            password_confirm=lazy_gettext("The new password once more"),
        )


class OtherPasswordForm(ChangePasswordForm):
    """The password so far, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(
            self,
            password=lazy_gettext("Your password so far"),
            new_password=lazy_gettext("New password"),
            new_password_confirm=lazy_gettext("The new password once more"),
        )
