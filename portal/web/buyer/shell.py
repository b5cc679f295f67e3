"""What surrounds every buyer page: who is signed in, whose rows are seen, which language, what is allowed.

A module of buyer pages makes its blueprint with `buyer_pages`, and marks what not everybody may do
with `may`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from portal import store
from portal.buyers.models import RoleName, User
from portal.database import db_session
from portal.i18n import BUYER, BUYER_LOCALES, SOURCE_LOCALE, use_locale
from portal.reports.dashboard import task_count
from portal.web import clock
from portal.web.reading import READING_METHODS

Given = ParamSpec("Given")
View = Callable[Given, ResponseReturnValue]

# An auditor reads; everybody else may change something.
CHANGING_ROLES = frozenset(RoleName) - {RoleName.AUDITOR}


def buyer_pages(name: str, import_name: str) -> Blueprint:
    """Return a blueprint whose pages need a signed-in user and see the rows of that user's buyer."""
    pages = Blueprint(name, import_name)
    pages.before_request(enter)
    pages.context_processor(_surroundings)
    return pages


def may(*roles: str) -> Callable[[View[Given]], View[Given]]:
    """Let only users with one of `roles` call the view; others get 403."""

    def decorate(view: View[Given]) -> View[Given]:
        @wraps(view)
        def guarded(*args: Given.args, **kwargs: Given.kwargs) -> ResponseReturnValue:
            if not user_may(*roles):
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate


def signed_in_user() -> User:
    """Return the user whose page this is; only for buyer pages, where there always is one."""
    return cast("User", current_user._get_current_object())


def user_may(*roles: str) -> bool:
    """Return whether the signed-in user has one of `roles`; templates ask it before they offer."""
    return any(role.name in roles for role in signed_in_user().roles)


def speak_to(user: User) -> None:
    """Serve the rest of this request in the language of `user`, else of the user's buyer."""
    locale = user.locale or user.buyer.locale
    use_locale(locale if locale in BUYER_LOCALES else SOURCE_LOCALE)
    BUYER.as_default()


def enter() -> ResponseReturnValue | None:
    """Turn away who is not signed in or only reads; otherwise raise the buyer's walls."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login", next=_way_back()), 303)
    user = signed_in_user()
    store.scope(db_session(), user.buyer_id)
    speak_to(user)
    if request.method not in READING_METHODS and not user_may(*CHANGING_ROLES):
        abort(403)
    return None


def _way_back() -> str | None:
    """Return where to go after sign-in: the page asked for, if asking again changes nothing."""
    if request.method not in READING_METHODS or request.path == "/":
        return None
    return request.full_path.rstrip("?")


def _surroundings() -> dict[str, object]:
    """Return what the layout of buyer pages shows."""
    if not current_user.is_authenticated:
        return {}
    user = signed_in_user()
    return {
        "buyer_name": user.buyer.name,
        "user_name": user.name or user.email,
        "zone": user.buyer.zone,
        "user_may": user_may,
        "task_count": _task_count,
    }


def _task_count() -> int:
    """Return how many things there are to do; asked by the layout, so not by a page of an error."""
    return task_count(db_session(), clock.now())
