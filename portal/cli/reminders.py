"""`portal reminders`: who is to be reminded."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click
import sqlalchemy as sa
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.cli.moment import Moment
from portal.database import db_session
from portal.reminders.queries import DueReminder, due_reminders
from portal.reminders.service import proposed

group = AppGroup("reminders", help="See who is to be reminded; the worker sends.")

# More than any campaign asks at once.
_EVERYBODY = 1_000_000


@group.command("due")
@click.option("--now", type=Moment(), help="As if it were then; without it, as it is now.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def due(now: datetime | None, as_json: bool) -> None:
    """List the campaigns' reminders the worker would send now.

    Nothing is changed. Outside office hours of a buyer, and on its days off, nobody is due. Reminders
    of questions and of corrective actions are not listed.
    """
    with store.read_only():
        rows = _rows(db_session(), now or datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(
            f"{row['step']:>4}  {row['template']:22} {row['recipient']:40} {row['supplier']}"
        )
    click.echo(f"due {len(rows)}")


def _rows(session: Session, now: datetime) -> list[dict[str, object]]:
    rows = []
    for buyer_id, name in session.execute(sa.select(Buyer.id, Buyer.name).order_by(Buyer.id)).all():
        store.scope(session, buyer_id)
        found = due_reminders(session, now, _EVERYBODY)
        rows += [_row(session, one, now) | {"buyer": name} for one in found]
    return rows


def _row(session: Session, found: DueReminder, now: datetime) -> dict[str, object]:
    mail = proposed(session, found.invitation, found.schedule, now)
    return {
        "id": found.invitation.public_id,
        "state": found.invitation.state,
        "campaign": found.invitation.campaign_id,
        "supplier": found.invitation.supplier.key,
        "step": found.due.step.name,
        "due_on": found.due.step.day.isoformat(),
        "passed_over": [step.name for step in found.due.passed_over],
        "template": mail.template,
        "recipient": mail.recipient,
        "locale": mail.locale,
    }
