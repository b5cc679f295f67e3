"""`portal questionnaires`, which needs nothing of the application around it."""

import json

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo

from portal.cli import questionnaires
from portal.questionnaires.loader import CONTENT


@pytest.fixture
def run():
    def invoke(*args):
        info = ScriptInfo(create_app=lambda: Flask("bare"))
        return CliRunner().invoke(questionnaires.group, [str(arg) for arg in args], obj=info)

    return invoke


def test_list_for_machines(run):
    rows = json.loads(run("list", "--json").output)
    assert rows[0] == {
        "id": "company_profile",
        "state": "shipped",
        "version": "1.0.0",
        "title": "Company profile",
        "questions": 8,
        "audience": "supplier",
        "scope": "supplier",
    }


def test_list_for_people(run):
    lines = run("list").output.splitlines()
    assert len(lines) == 9
    assert lines[2].endswith("Labour rights and decent work")


def test_check_finds_nothing_wrong_with_what_is_shipped(run):
    result = run("check")
    assert result.exit_code == 0
    assert "9 questionnaires" in result.output


def test_check_of_a_changed_copy(run, tmp_path):
    path = tmp_path / "labour.yaml"
    text = (CONTENT / "labour_rights.yaml").read_text("utf-8")
    path.write_text(text, "utf-8")
    assert run("check", path).exit_code == 0
    path.write_text(text.replace("tier: core", "tier: basic", 1), "utf-8")
    result = run("check", path)
    assert result.exit_code == 1
    line = text[: text.index("tier: core")].count("\n") + 1
    assert f"labour.yaml: line {line}: question " in result.output
    assert ": tier: Input should be" in result.output
    assert "1 fault" in result.output


def test_check_of_a_file_that_is_not_there(run):
    assert run("check", "nowhere.yaml").exit_code == 2
