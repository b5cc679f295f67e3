"""A buyer's own questionnaire: published by command or page, asked by that buyer only."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.cli import questionnaires
from portal.questionnaires.publishing import buyers_library, published_versions
from portal.state import state
from tests.makers import other_buyer
from tests.samples import OWN_QUESTIONNAIRE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "visits.yaml"
    path.write_text(OWN_QUESTIONNAIRE, "utf-8")
    return path


@pytest.fixture
def run(app: Flask, rows: Session):
    name = rows.get_one(Buyer, store.scoped_buyer_id(rows)).name
    rows.commit()

    def invoke(path: Path, *more: str):
        args = ["publish", "--buyer", name, str(path), *more]
        return app.test_cli_runner().invoke(questionnaires.group, args)

    return invoke


def test_a_published_version_is_offered_to_its_buyer_only(app, rows, run, file):
    assert run(file).output == "published own_visits 1.0.0\n"
    with app.app_context():
        shipped = state().library
    assert "own_visits" in buyers_library(rows, shipped)
    assert "own_visits" not in shipped
    other_buyer(rows)
    assert "own_visits" not in buyers_library(rows, shipped)


def test_the_same_version_is_refused_and_a_higher_one_taken(rows, run, file):
    run(file)
    again = run(file)
    assert again.exit_code == 1
    assert "1.0.0 is not higher than 1.0.0" in again.output
    file.write_text(OWN_QUESTIONNAIRE.replace("1.0.0", "1.10.0"), "utf-8")
    assert run(file).exit_code == 0
    assert [row.version for row in published_versions(rows)] == ["1.10.0", "1.0.0"]


def test_a_faulty_file_publishes_nothing_and_a_dry_run_neither(rows, run, file):
    assert run(file, "--dry-run").output == "own_visits 1.0.0 can be published\n"
    file.write_text(OWN_QUESTIONNAIRE.replace("type: yes_no", "type: essay"), "utf-8")
    refused = run(file)
    assert refused.exit_code == 1
    assert "visits.yaml: line 17: question visit_ready: type:" in refused.output
    assert "1 fault; nothing was published." in refused.output
    assert published_versions(rows) == []
