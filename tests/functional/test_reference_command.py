"""`portal reference`: a report first, then in force for everybody."""

from __future__ import annotations

import json
from pathlib import Path

import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from portal import jobs
from portal.cli import ratings, reference
from portal.ratings.models import Publication, RatingRecord
from tests.makers import make_supplier


def run(app: Flask, *args: object) -> Result:
    return app.test_cli_runner().invoke(reference.group, [str(arg) for arg in args])


def test_reports_for_whom_it_changes_what_before_it_is_applied(
    app: Flask, rows: Session, tmp_path: Path
) -> None:
    make_supplier(rows, key="K-1", name="Fjordpapir AS", country="NO", category="office_furniture")
    rows.commit()
    app.test_cli_runner().invoke(ratings.group, ["recompute"])
    file = tmp_path / "cpi.csv"
    file.write_text("Country;CPI score 2025\nNorway;10\nAtlantis;50\n", encoding="utf-8")

    told = run(app, "import", "cpi", file)

    assert told.exit_code == 0, told.output
    assert "left out, no country known by these names: Atlantis" in told.output
    assert "Fjordpapir AS" in told.output
    assert "changed 1" in told.output
    assert rows.scalars(sa.select(Publication)).all() == []
    rows.rollback()

    assert run(app, "import", "cpi", file, "--apply").exit_code == 0
    with app.app_context():
        assert jobs.rate_as_asked() == 1
        assert jobs.rate_as_asked() == 0
    rows.expire_all()
    assert len(rows.scalars(sa.select(RatingRecord)).all()) == 2
    rows.rollback()
    assert "Corruption Perceptions Index" in run(app, "list").output
    checked = app.test_cli_runner().invoke(ratings.group, ["check"])
    assert checked.output == "checked 2\n"


def test_the_publications_as_objects(app: Flask, rows: Session) -> None:
    found = json.loads(run(app, "list", "--json").output)
    assert found
    assert {tuple(each) for each in found} == {("id", "state", "title", "edition", "year")}


def test_a_wrong_file_names_file_and_fault(app: Flask, rows: Session, tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("Land;Punkte\nNorwegen;1\n", encoding="utf-8")
    refused = run(app, "import", "cpi", file)
    assert (refused.exit_code, "wrong.csv: The file has no table of" in refused.output) == (1, True)
