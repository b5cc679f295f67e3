"""The buyer's users: who they are and what they may do."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers import queries, service
from portal.buyers.models import User
from portal.database import db_session
from portal.web import clock
from portal.web.auth.mailing import WELCOME, queue_to_user
from portal.web.buyer.noting import note
from portal.web.buyer.settings_forms import RolesForm, UserForm
from portal.web.buyer.settings_words import refuse, role_names
from portal.web.buyer.shell import buyer_pages, may

pages = buyer_pages("settings_users", __name__)
_LARGEST = 2**31 - 1  # what an id column holds on PostgreSQL


@pages.get("/settings/users")
def index() -> ResponseReturnValue:
    """Everybody with a user here."""
    return render_template(
        "buyer/settings/users.html", users=queries.users(db_session()), role_names=role_names
    )


@pages.route("/settings/users/new", methods=["GET", "POST"])
@may("admin")
def new() -> ResponseReturnValue:
    """Add a user, who chooses a password by a mailed link."""
    form = UserForm()
    if not form.is_submitted():
        return _new_page(form)
    if not form.validate():
        return _new_page(form), 422
    session, now = db_session(), clock.now()
    try:
        user = service.add_user(
            session,
            queries.own_buyer(session),
            email=(form.email.data or "").strip(),
            name=(form.name.data or "").strip(),
            locale=form.locale.data,
            roles=form.chosen(),
            now=now,
        )
    except service.Refused as error:
        refuse(form, error.field, error)
        return _new_page(form), 422
    queue_to_user(session, user, WELCOME, now)
    note("user.added", "user", user.id, {"email": user.email, "roles": sorted(form.chosen())})
    session.commit()
    flash(gettext("The user is added. A mail with a link is on its way."), "success")
    return redirect(url_for("settings_users.index"), 303)


@pages.route("/settings/users/<int:user_id>", methods=["GET", "POST"])
def show(user_id: int) -> ResponseReturnValue:
    """One user; an admin changes the roles."""
    user = _user_or_404(user_id)
    form = RolesForm.showing(user)
    if not form.is_submitted():
        return _page(user, form)
    return _set_roles(user, form)


@may("admin")
def _set_roles(user: User, form: RolesForm) -> ResponseReturnValue:
    if not form.validate():
        return _page(user, form), 422
    try:
        service.set_roles(db_session(), user, form.chosen())
    except service.Refused as error:
        refuse(form, "roles", error)
        return _page(user, form), 422
    note("user.roles_changed", "user", user.id, {"roles": sorted(form.chosen())})
    db_session().commit()
    flash(gettext("The roles are saved."), "success")
    return redirect(url_for("settings_users.index"), 303)


@pages.post("/settings/users/<int:user_id>/deactivate")
@may("admin")
def deactivate(user_id: int) -> ResponseReturnValue:
    """Keep a user from signing in."""
    user = _user_or_404(user_id)
    try:
        service.deactivate(db_session(), user)
    except service.Refused as error:
        form = RolesForm.showing(user)
        refuse(form, "", error)
        return _page(user, form), 422
    note("user.deactivated", "user", user.id)
    db_session().commit()
    flash(gettext("The user cannot sign in any more."), "success")
    return redirect(url_for("settings_users.index"), 303)


@pages.post("/settings/users/<int:user_id>/reactivate")
@may("admin")
def reactivate(user_id: int) -> ResponseReturnValue:
    """Let a user sign in again."""
    user = _user_or_404(user_id)
    service.reactivate(user)
    note("user.reactivated", "user", user.id)
    db_session().commit()
    flash(gettext("The user can sign in again."), "success")
    return redirect(url_for("settings_users.index"), 303)


def _user_or_404(user_id: int) -> User:
    user = queries.user_with_id(db_session(), user_id) if user_id <= _LARGEST else None
    return user or abort(404)


def _page(user: User, form: RolesForm) -> str:
    return render_template("buyer/settings/user.html", user=user, form=form, role_names=role_names)


def _new_page(form: UserForm) -> str:
    return render_template("buyer/settings/user_new.html", form=form)
