"""Campaigns and invitations by command, and the worker that does what is due once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from portal.app import cli
from portal.buyers.models import Buyer
from portal.campaigns.models import Campaign
from tests.mail.launched import NOW, launched
from tests.makers import make_contact, make_supplier

Run = Callable[..., Result]
ASK = ["--title", "Autumn", "--questionnaire", "labour_rights", "--deadline", "2026-12-20"]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The commands look at the clock: it stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def run(app: Flask) -> Run:
    """Run a command as `portal` does."""

    def invoke(*arguments: object) -> Result:
        runner = app.test_cli_runner()
        return runner.invoke(cli, [str(each) for each in arguments])

    return invoke


def launch(run: Run, rows: Session, *more: str) -> Result:
    name = rows.get_one(Buyer, rows.info["buyer"]).name
    rows.commit()
    return run("campaigns", "launch", "--buyer", name, *ASK, *more)


def test_launch_says_who_was_asked_and_who_cannot_be(run: Run, rows: Session) -> None:
    make_contact(rows)
    make_supplier(rows, key="S-silent", name="Zinc Works")

    done = launch(run, rows)

    assert done.exit_code == 0, done.output
    assert "cannot reach S-silent Zinc Works: no contact" in done.output
    assert "asked 1, cannot reach 1, asked the same before 0" in done.output
    again = launch(run, rows)
    assert "asked the same before 1" in again.output


def test_dry_run_writes_nothing(run: Run, rows: Session) -> None:
    make_contact(rows)

    done = launch(run, rows, "--dry-run")

    assert "would ask 1" in done.output
    assert rows.scalar(sa.select(sa.func.count(Campaign.id))) == 0


@pytest.mark.parametrize(
    ("more", "code", "sentence"),
    [
        (["--questionnaire", "nothing"], 2, "There is no questionnaire 'nothing'."),
        (["--scope", "country=Norwey"], 2, "Did you mean NO?"),
        (["--questionnaire", "agreement_owner_status"], 1, "some for owners of agreements"),
        (["--dry-run", "--questionnaire", "agreement_owner_status"], 1, "a campaign for each"),
        (["--scope", "country=SE"], 1, "has a usable address"),
        (["--deadline", "2026-11-01"], 1, "2026-11-01 has passed already"),
        (["--deadline", "2026-11-01", "--dry-run"], 1, "2026-11-01 has passed already"),
        (["--deadline", "9999-12-31"], 1, "more than a hundred years away"),
        (["--title", "t" * 256], 1, "longer than 255 characters"),
        (["--deadline", "soon"], 2, "soon"),
        (["--plan=a,b"], 2, "is not a list of days"),
        (["--plan=-14,3,-14"], 2, "names a day twice"),
        (["--scope", "category=plastic"], 2, "Did you mean plastic_parts"),
        (["--scope", "category=xyz"], 2, "Known are"),
        (["--buyer", "Nobody"], 1, "Nobody"),
    ],
)
def test_wrong_wish_is_a_sentence_and_a_code(
    run: Run, rows: Session, more: list[str], code: int, sentence: str
) -> None:
    make_contact(rows)

    done = launch(run, rows, *more)

    assert (done.exit_code, sentence in done.output) == (code, True), done.output
    assert rows.scalar(sa.select(sa.func.count(Campaign.id))) == 0


def test_a_state_that_there_is_not_is_no_empty_list(run: Run, rows: Session) -> None:
    make_contact(rows)
    launch(run, rows)
    refused = run("invitations", "list", "--campaign", 1, "--state", "answered")
    assert (refused.exit_code, "submitted" in refused.output) == (2, True)
    assert run("invitations", "list", "--campaign", 1, "--state", "overdue").stdout == ""


def test_campaign_and_its_invitations_as_objects(run: Run, rows: Session) -> None:
    contact = make_contact(rows, locale="nb")
    email, key = contact.email, contact.supplier.key
    launch(run, rows, "--plan=-7,3", "--scope", f"key={key}")

    [campaign] = json.loads(run("campaigns", "list", "--json").stdout)
    shown = json.loads(run("campaigns", "show", campaign["id"], "--json").stdout)
    [invitation] = json.loads(
        run("invitations", "list", "--campaign", campaign["id"], "--json").stdout
    )

    assert (campaign["state"], campaign["asked"]) == ("running", 1)
    assert (shown["plan"], shown["scope"]) == ([-7, 3], f"key={key}")
    assert shown["questionnaires"][0]["id"] == "labour_rights"
    assert invitation["state"] == "queued"
    assert (invitation["supplier"], invitation["contact_email"]) == (key, email)
    assert (invitation["locale"], invitation["overdue"]) == ("nb", False)
    assert "Autumn" in run("campaigns", "list").stdout
    assert "deadline: 2026-12-20" in run("campaigns", "show", campaign["id"]).stdout
    assert email in run("invitations", "list", "--campaign", campaign["id"]).stdout


def test_acts_on_an_invitation(run: Run, rows: Session) -> None:
    make_contact(rows)
    invitation = launched(rows)[0]
    number, public_id = invitation.id, invitation.public_id

    assert run("invitations", "extend", public_id, "2026-12-31").exit_code == 0
    assert run("invitations", "extend", number, "2026-12-01").exit_code == 1
    assert run("invitations", "replace", number).exit_code == 0
    assert run("invitations", "withdraw", number).exit_code == 0
    again = run("invitations", "withdraw", number)
    assert (again.exit_code, "cannot be withdrawn" in again.output) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("campaigns", "show", 99),
        ("invitations", "list", "--campaign", 99),
        ("invitations", "withdraw", 99),
        ("invitations", "withdraw", "q99"),
    ],
)
def test_what_is_not_there_is_said(run: Run, rows: Session, arguments: tuple[object, ...]) -> None:
    done = run(*arguments)

    assert (done.exit_code, "99" in done.output) == (1, True)


def test_worker_does_everything_due_once_and_says_what(run: Run, rows: Session, app: Flask) -> None:
    make_contact(rows)
    launched(rows)

    assert "sent 1" in run("worker", "--once").stdout
    assert "nothing due" in run("worker", "--once").stdout
    assert "reminders 1, sent 1" in run("worker", "--once", "--now", "2026-12-01T09:00:00Z").stdout
    assert "nothing due" in run("worker", "--once", "--now", "2026-12-01T09:05:00Z").stdout
    assert len(list(Path(app.config["MAIL_FOLDER"]).glob("*.eml"))) == 2
    assert run("worker", "--now", "2026-12-01T09:00:00Z").exit_code == 2
