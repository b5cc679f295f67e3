"""`portal ratings`."""

import json

import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.cli import ratings
from portal.ratings.models import RatingRecord
from tests.makers import make_supplier, other_buyer


def run(app: Flask, *args: str) -> Result:
    return app.test_cli_runner().invoke(ratings.group, list(args))


def test_shows_every_line_that_adds_up(app: Flask, rows: Session) -> None:
    make_supplier(rows, key="K-1", country="CN", category="ict_equipment")
    rows.commit()
    shown = json.loads(run(app, "show", "--supplier", "K-1", "--json").output)
    assert {
        "country_index",
        "category_index",
        "inherent",
        "effectiveness",
        "residual",
        "band",
        "basis",
        "priority",
        "red_flags",
        "explanation",
    } <= shown.keys()
    assert round(sum(line["points"] for line in shown["explanation"]), 2) == shown["residual"]
    assert all(line.keys() == {"code", "text", "points", "source"} for line in shown["explanation"])
    assert rows.scalars(sa.select(RatingRecord)).all() == []


def test_shows_the_kept_rating_in_words(app: Flask, rows: Session) -> None:
    make_supplier(rows, key="K-1")
    rows.commit()
    assert run(app, "recompute").output == "changed 1\n"
    assert run(app, "recompute").output == "changed 0\n"
    output = run(app, "show", "--supplier", "K-1").output
    assert "basis            inherent_only" in output
    assert "The supplier has not been asked yet" in output


def test_key_of_several_buyers_needs_the_buyer(app: Flask, rows: Session) -> None:
    make_supplier(rows, key="K-1", name="Ours")
    name = rows.get_one(Buyer, store.scoped_buyer_id(rows)).name
    other_buyer(rows)
    make_supplier(rows, key="K-1", name="Theirs")
    rows.commit()
    refused = run(app, "show", "--supplier", "K-1")
    assert refused.exit_code == 1
    assert "Add --buyer NAME" in refused.output
    shown = json.loads(run(app, "show", "--supplier", "K-1", "--buyer", name, "--json").output)
    assert shown["supplier"] == "Ours"


def test_unknown_key_is_refused(app: Flask) -> None:
    refused = run(app, "show", "--supplier", "nobody")
    assert refused.exit_code == 1
    assert "There is no supplier with the key 'nobody'." in refused.output
