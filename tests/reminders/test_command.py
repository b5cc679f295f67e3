"""`portal reminders due`."""

import json

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.models import InvitationState
from portal.cli import reminders
from portal.reminders.models import Reminder
from tests.makers import THEN, make_buyer, make_invitation


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(reminders.group, ["due", *args])
    return result.exit_code, result.output


def test_lists_who_is_due_of_every_buyer_and_changes_nothing(app: Flask, rows: Session) -> None:
    first = make_invitation(rows, state=InvitationState.SENT, sent_at=THEN)
    own = store.scoped_buyer_id(rows)
    other = make_buyer(rows)
    store.scope(rows, other.id)
    make_invitation(rows, state=InvitationState.STARTED, sent_at=THEN)
    rows.commit()
    code, output = run(app, "--now", "2026-12-01T10:00:00+01:00", "--json")
    found = json.loads(output)
    assert code == 0
    assert [(row["state"], row["step"], row["template"]) for row in found] == [
        ("sent", "-14", "reminder_not_started"),
        ("started", "-14", "reminder_started"),
    ]
    assert found[0]["due_on"] == "2026-12-01"
    store.scope(rows, own)
    assert found[0]["id"] == rows.merge(first).public_id
    assert rows.scalars(sa.select(Reminder)).all() == []


def test_says_how_many_in_words(app: Flask, rows: Session) -> None:
    make_invitation(rows, state=InvitationState.SENT, sent_at=THEN)
    rows.commit()
    code, output = run(app, "--now", "2026-12-01T09:00")
    assert code == 0
    assert "reminder_not_started" in output
    assert output.endswith("due 1\n")


def test_nonsense_for_now_is_a_usage_error(app: Flask) -> None:
    code, output = run(app, "--now", "tomorrow")
    assert code == 2
    assert "“tomorrow” is not a date and time" in output
