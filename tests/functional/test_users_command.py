"""`portal buyers` and `portal users`."""

from __future__ import annotations

import json

from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from portal import store
from portal.app import cli
from portal.buyers.models import Buyer
from portal.events.service import verify_chain

PASSWORD = "a long enough password"


def run(app: Flask, *words: str, typed: str | None = None) -> Result:
    return app.test_cli_runner().invoke(cli, list(words), input=typed)


def add_user(app: Flask, buyer: str, *words: str, email: str = "kari@fjordlab.example") -> Result:
    options = ["--buyer", buyer, "--role", "admin", "--password-stdin", *words]
    return run(app, "users", "add", email, *options, typed=PASSWORD + "\n")


def name_of(rows: Session) -> str:
    name = rows.get_one(Buyer, store.scoped_buyer_id(rows)).name
    rows.rollback()
    return name


def test_a_buyer_is_added_and_listed(app: Flask) -> None:
    added = run(app, "buyers", "add", "Nordlys AS", "--locale", "en", "--zone", "Europe/Dublin")
    assert (added.exit_code, "Nordlys AS" in added.output) == (0, True)
    (listed,) = json.loads(run(app, "buyers", "list", "--json").stdout)
    assert (listed["name"], listed["state"], listed["zone"]) == (
        "Nordlys AS",
        "active",
        "Europe/Dublin",
    )


def test_a_wrong_zone_is_one_sentence(app: Flask) -> None:
    result = run(app, "buyers", "add", "Nordlys AS", "--zone", "Oslo")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: The time zone 'Oslo' is not known. Write it like Europe/Oslo or Asia/Taipei.\n"
    )


def test_a_user_is_added_listed_and_noted(app: Flask, rows: Session) -> None:
    result = add_user(app, name_of(rows), "--role", "reviewer")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    (listed,) = json.loads(run(app, "users", "list", "--json").stdout)
    assert (listed["email"], listed["roles"], listed["state"]) == (
        "kari@fjordlab.example",
        ["admin", "reviewer"],
        "active",
    )
    assert verify_chain(rows) is None


def test_the_user_signs_in_with_the_password(app: Flask, rows: Session) -> None:
    add_user(app, name_of(rows))
    fields = {"email": "kari@fjordlab.example", "password": PASSWORD}
    assert app.test_client().post("/login", data=fields).status_code == 302


def test_a_typed_password_is_asked_for_twice_and_not_shown(app: Flask, rows: Session) -> None:
    options = ["--buyer", name_of(rows), "--role", "buyer"]
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    result = run(app, "users", "add", "ole@fjordlab.example", *options, typed=typed)
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    assert "Repeat for confirmation" in result.output


def test_a_user_is_not_added_twice(app: Flask, rows: Session) -> None:
    name = name_of(rows)
    add_user(app, name)
    again = add_user(app, name, email="KARI@fjordlab.example")
    assert again.exit_code == 1
    assert "There is a user with the address" in again.stderr


def test_a_short_password_is_refused(app: Flask, rows: Session) -> None:
    options = ["--buyer", name_of(rows), "--role", "buyer", "--password-stdin"]
    result = run(app, "users", "add", "ole@fjordlab.example", *options, typed="short\n")
    assert result.exit_code == 1
    assert "too short" in result.stderr
    assert json.loads(run(app, "users", "list", "--json").stdout) == []


def test_a_wrong_address_is_refused(app: Flask, rows: Session) -> None:
    result = add_user(app, name_of(rows), email="kari at home")
    assert result.exit_code == 1
    assert "'kari at home' is not an e-mail address" in result.stderr


def test_an_unknown_buyer_is_refused(app: Flask, rows: Session) -> None:
    result = add_user(app, "Nobody AS")
    assert result.exit_code == 1
    assert "There is no buyer named 'Nobody AS'." in result.stderr


def test_an_unknown_role_is_a_usage_error(app: Flask, rows: Session) -> None:
    result = run(app, "users", "add", "a@b.example", "--buyer", "x", "--role", "chief")
    assert result.exit_code == 2


def test_the_users_of_an_unknown_buyer_are_not_an_empty_list(app: Flask, rows: Session) -> None:
    result = run(app, "users", "list", "--buyer", "Nobody", "--json")
    assert result.exit_code == 1
    assert "There is no buyer named 'Nobody'" in result.output
