"""`portal questionnaires publish` and `diff`: a buyer's own questions, and what a version changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.cli.whose import scope_to_buyer
from portal.database import db_session
from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.publishing import VersionNotHigher, buyers_library
from portal.questionnaires.publishing import publish as publish_version
from portal.questionnaires.uploads import read_upload, upload_text
from portal.state import state


@click.command()
@click.option("--buyer", required=True, metavar="NAME", help="Whose questionnaire it is.")
@click.option("--dry-run", is_flag=True, help="Check it and publish nothing.")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def publish(buyer: str, path: Path, *, dry_run: bool) -> None:
    """Publish the questionnaire in FILE (YAML) as a version of this buyer alone."""
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
