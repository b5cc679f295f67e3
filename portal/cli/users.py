"""`portal users`: the people of a buyer."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup
from flask_security import PasswordUtil, hash_password

from portal.buyers.models import Buyer, RoleName, User
from portal.buyers.service import Refused, add_user
from portal.cli.whose import scope_to_buyer
from portal.database import db_session
from portal.events.models import Actor
from portal.events.service import record
from portal.store import JsonObject

group = AppGroup("users", help="Add and list the people who work with the portal.")


@group.command("add")
@click.argument("email")
@click.option("--buyer", "buyer_name", required=True, metavar="NAME", help="Whose user it is.")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    metavar="ROLE",
    type=click.Choice([role.value for role in RoleName]),
    help="admin, buyer, reviewer or auditor; may be given several times.",
)
@click.option("--name", default="", help="The person's name.")
@click.option("--locale", default="", help="Language, if not the buyer's.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(
    *,
    email: str,
    buyer_name: str,
    roles: tuple[str, ...],
    name: str,
    locale: str,
    password_stdin: bool,
) -> None:
    """Add the user EMAIL; the password is asked for."""
    session, now = db_session(), datetime.now(UTC)
    buyer = scope_to_buyer(buyer_name)
    try:
        user = add_user(
            session,
            buyer,
            email=email,
            roles=[RoleName(role) for role in roles],
            password_hash=hash_password(_password(password_stdin)),
            name=name,
            locale=locale,
            now=now,
        )
    except Refused as error:
        raise click.ClickException(str(error)) from None
    record(
        session,
        at=now,
        actor_kind=Actor.SYSTEM,
        actor="command",
        action="user.added",
        subject_kind="user",
        subject_id=user.id,
        details={"email": user.email, "roles": sorted(roles)},
    )
    session.commit()
    click.echo(f"Added the user {user.email} of {buyer.name} with id {user.id}.")


@group.command("list")
@click.option("--buyer", "buyer_name", metavar="NAME", help="Only this buyer's.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def show(buyer_name: str | None, as_json: bool) -> None:
    """List the users by buyer and address."""
    query = sa.select(User).join(User.buyer).order_by(Buyer.name, User.email)
    if buyer_name is not None:
        query = query.where(User.buyer_id == scope_to_buyer(buyer_name).id)
    rows = [_row(user) for user in db_session().scalars(query)]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        roles = ", ".join(row["roles"])
        click.echo(f"{row['id']:5}  {row['email']:40} {row['state']:9} {roles:20} {row['buyer']}")


def _row(user: User) -> JsonObject:
    return {
        "id": user.id,
        "state": "active" if user.active else "inactive",
        "email": user.email,
        "name": user.name,
        "buyer": user.buyer.name,
        "roles": sorted(role.name for role in user.roles),
    }


def _password(from_stdin: bool) -> str:
    """Return the given password in its normal form; it is never shown.

    Raises:
        click.ClickException: it is missing or too short.
    """
    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    faults, password = PasswordUtil(current_app).validate(given, False)
    if faults:
        raise click.ClickException(" ".join(str(fault) for fault in faults))
    return password
