"""`portal invitations`: see them, withdraw, replace a link, give more time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from portal import store
from portal.campaigns import invitations as actions
from portal.campaigns.deadlines import deadline_day, late, overdue
from portal.campaigns.invitations import NotPossible
from portal.campaigns.models import Invitation, InvitationState
from portal.campaigns.queries import LATE, OVERDUE, filtered, invitations
from portal.cli.campaigns import scope_to_campaign
from portal.database import db_session
from portal.jobs import deliver_soon

group = AppGroup("invitations", help="See a campaign's invitations and act on them.")

_BY = "command"
_STATES = [*map(str, InvitationState), OVERDUE, LATE]


@group.command("list")
@click.option(
    "--campaign", "campaign_id", required=True, type=int, metavar="ID", help="Which campaign's."
)
@click.option(
    "--state",
    type=click.Choice(_STATES),
    metavar="STATE",
    help=f"Only those: {', '.join(_STATES)}.",
)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def list_command(campaign_id: int, state: str | None, as_json: bool) -> None:
    """List a campaign's invitations by the suppliers' names."""
    session, now = db_session(), datetime.now(UTC)
    scope_to_campaign(session, campaign_id)
    found = filtered(invitations(session, campaign_id), state or "", now)
    rows = [_row(each, now) for each in found]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['id']:>6}  {row['state']:10} {row['contact_email']:40} {row['supplier']}")


def _row(invitation: Invitation, now: datetime) -> dict[str, object]:
    moments = ("created_at", "sent_at", "started_at", "submitted_at", "declined_at")
    return {
        "id": invitation.id,
        "state": invitation.state,
        "public_id": invitation.public_id,
        "campaign": invitation.campaign_id,
        "supplier": invitation.supplier.key,
        "supplier_name": invitation.supplier.name,
        "contact_email": invitation.contact.email,
        "locale": invitation.locale,
        "deadline": deadline_day(invitation).isoformat(),
        "overdue": overdue(invitation, now),
        "late": late(invitation),
        **{name: _iso(getattr(invitation, name)) for name in moments},
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@contextmanager
def _acting_on(name: str) -> Iterator[Invitation]:
    """Give the invitation of this number or public id, whoever's it is; commit what is done to it."""
    session = db_session()
    store.scope_to_everyone(session)
    named = Invitation.id == int(name) if name.isdecimal() else Invitation.public_id == name
    found = session.execute(sa.select(Invitation.buyer_id, Invitation.id).where(named)).first()
    if found is None:
        raise click.ClickException(f"There is no invitation {name}.")
    store.scope(session, found.buyer_id)
    try:
        yield session.get_one(Invitation, found.id)
    except NotPossible as error:
        raise click.ClickException(str(error)) from None
    session.commit()
    deliver_soon()


@group.command("withdraw")
@click.argument("name", metavar="ID")
def withdraw(name: str) -> None:
    """Take an invitation back: its link opens nothing any more."""
    with _acting_on(name) as invitation:
        actions.withdraw(db_session(), invitation, by=_BY, now=datetime.now(UTC))
        click.echo(f"withdrawn {invitation.public_id}")


@group.command("replace")
@click.argument("name", metavar="ID")
def replace(name: str) -> None:
    """Make earlier links worthless and mail a new one."""
    with _acting_on(name) as invitation:
        actions.replace_link(db_session(), invitation, by=_BY, now=datetime.now(UTC))
        click.echo(f"new link to {invitation.contact.email}")


@group.command("extend")
@click.argument("name", metavar="ID")
@click.argument("day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]))
def extend(name: str, day: datetime) -> None:
    """Give one supplier until the end of DATE."""
    with _acting_on(name) as invitation:
        actions.extend(db_session(), invitation, day.date(), by=_BY, now=datetime.now(UTC))
        click.echo(f"extended to {day.date().isoformat()}")
