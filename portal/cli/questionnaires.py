"""`portal questionnaires`: what can be asked, and whether files of questions are sound."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.cli import own_questionnaires
from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.loader import load_library
from portal.questionnaires.schema import Questionnaire

group = AppGroup("questionnaires", help="See, check and publish what suppliers can be asked.")
group.add_command(own_questionnaires.publish)
group.add_command(own_questionnaires.diff)


@group.command("list", with_appcontext=False)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def show(as_json: bool) -> None:
    """List the questionnaires in the order they are asked."""
    rows = [_row(questionnaire) for questionnaire in load_library()]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['id']:26} {row['version']:8} {row['questions']:4}  {row['title']}")


@group.command("check", with_appcontext=False)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check the shipped questionnaires together with those in PATHS.

    A file with the id of a shipped questionnaire is checked in its place.
    """
    try:
        library = load_library(paths)
    except FaultyQuestionnaire as error:
        click.echo(str(error), err=True)
        click.echo(_counted(len(error.faults), "fault"), err=True)
        raise SystemExit(1) from None
    questions = sum(1 for questionnaire in library for _ in questionnaire.questions())
    click.echo(
        f"{_counted(len(library.questionnaires), 'questionnaire')} "
        f"with {_counted(questions, 'question')}: no fault found."
    )


def _row(questionnaire: Questionnaire) -> dict[str, str | int]:
    return {
        "id": questionnaire.id,
        "state": "shipped",
        "version": questionnaire.version,
        "title": questionnaire.title,
        "questions": sum(1 for _ in questionnaire.questions()),
        "audience": questionnaire.audience,
        "scope": questionnaire.scope,
    }


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
