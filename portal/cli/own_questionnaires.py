"""`portal questionnaires publish` and `diff`: a buyer's own questions, and what a version changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.campaigns.versions import versions
from portal.cli.whose import scope_to_buyer
from portal.database import db_session
from portal.questionnaires.building import build
from portal.questionnaires.difference import differences
from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.publishing import VersionNotHigher, buyers_library
from portal.questionnaires.publishing import publish as publish_version
from portal.questionnaires.reading import read_text
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.uploads import read_upload, upload_text
from portal.state import state
from portal.web.buyer.difference_words import told


@click.command()
@click.option("--buyer", required=True, metavar="NAME", help="Whose questionnaire it is.")
@click.option("--dry-run", is_flag=True, help="Check it and publish nothing.")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def publish(buyer: str, path: Path, *, dry_run: bool) -> None:
    """Publish FILE (YAML) as a version of this buyer alone."""
    scope_to_buyer(buyer)
    session, shipped = db_session(), state().library
    try:
        text = upload_text(path.name, path.read_bytes())
        content = read_upload(path.name, text, shipped, buyers_library(session, shipped))
        row = publish_version(session, content, text, by="command", now=datetime.now(UTC))
    except OSError as error:
        raise click.ClickException(f"{path.name}: cannot be read: {error.strerror}") from None
    except FaultyQuestionnaire as error:
        number = len(error.faults)
        click.echo(str(error), err=True)
        click.echo(f"{number} fault{'s' if number > 1 else ''}; nothing was published.", err=True)
        raise SystemExit(1) from None
    except VersionNotHigher as error:
        raise click.ClickException(f"{path.name}: {error}") from None
    if dry_run:
        session.rollback()
        click.echo(f"{content.id} {content.version} can be published")
        return
    session.commit()
    click.echo(f"published {row.questionnaire_id} {row.version}")


@click.command()
@click.option("--buyer", metavar="NAME", help="Whose own and earlier sent versions may be named.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@with_appcontext
def diff(buyer: str | None, a: str, b: str) -> None:
    """Say in words what B has otherwise than A.

    Each of them is a FILE, an ID, or ID@VERSION.
    """
    if buyer:
        scope_to_buyer(buyer)
    old, new = (_named(each, own=buyer is not None) for each in (a, b))
    questions = {each.id: each for one in (old, new) for each in one.questions()}
    found = differences(old, new)
    for line in told(found, questions):
        click.echo(line)
    if not found:
        click.echo("The two ask the same.")


def _named(name: str, *, own: bool) -> Questionnaire:
    path = Path(name)
    try:
        if path.is_file():
            return build(Questionnaire, path.name, read_text(path))
    except FaultyQuestionnaire as error:
        raise click.ClickException(str(error)) from None
    questionnaire_id, _, version = name.partition("@")
    library = state().library
    if (
        not own
        and questionnaire_id in library
        and version in {"", library[questionnaire_id].version}
    ):
        return library[questionnaire_id]
    known = versions(db_session(), library, questionnaire_id) if own else []
    for each in known:
        if version in {"", each.version}:
            return each.questionnaire
    hint = "" if own else " With --buyer NAME, own and earlier sent versions can be named too."
    raise click.ClickException(f"There is no file and no questionnaire '{name}'.{hint}")
