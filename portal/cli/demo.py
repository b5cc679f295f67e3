"""`portal demo`: everything on one machine, with an invented buyer, suppliers and answers."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.orm import Session

from portal import config, database, store
from portal.buyers.models import Buyer
from portal.campaigns.models import Invitation, InvitationState
from portal.cli.sample.story import PASSWORD, USERS, tell
from portal.cli.serve import run
from portal.jobs import settle
from portal.state import state


@click.command("demo")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Where to listen.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-data"),
    show_default=True,
    help="Where database, files and mails are kept; delete it to begin again.",
)
@click.option("--no-serve", is_flag=True, help="Fill the folder and stop: for tests and pictures.")
@click.pass_obj
def command(info: ScriptInfo, port: int, data: Path, no_serve: bool) -> None:
    """Run the portal with invented suppliers and answers.

    Sixty suppliers, a landlord, a finished and a running campaign. The folder is filled once.
    """
    folder = data.absolute()
    os.environ.update(_environment(folder, port))
    app = info.load_app()
    with app.app_context():
        database.upgrade()
        _fill(folder)
        _say(app, folder)
        if not no_serve:
            run(host="127.0.0.1", port=port, workers=1, with_worker=True)


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Return the demo's settings: the web server's and worker's processes read them too."""
    return {
        "PORTAL_INSTANCE_PATH": str(folder),
        "PORTAL_DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite'}",
        "PORTAL_FILES_URL": f"file://{folder / 'files'}",
        "PORTAL_MAIL_FOLDER": str(folder / "mail"),
        "PORTAL_BASE_URL": f"http://localhost:{port}",
        "PORTAL_SECRET_KEY": config.DEMO_SECRET_KEY,
        "PORTAL_HUEY_URL": "",
    }


def _fill(folder: Path) -> None:
    """Tell the story once; a folder that was left half-told is refused with what to do."""
    with Session(database.db.engine) as session:
        is_empty = session.scalar(sa.select(Buyer.id).limit(1)) is None
    told = folder / "story-told"
    if is_empty:
        settle()
        click.echo("Inventing suppliers and their answers (a few seconds) …", err=True)
        tell(datetime.now(UTC), lambda sentence: click.echo(sentence, err=True))
        told.touch()
    elif not told.exists():
        raise click.ClickException(
            f"The folder {folder} holds a demo that was interrupted. Delete it and start again."
        )


def _say(app: Flask, folder: Path) -> None:
    base = app.config["BASE_URL"]
    email = next(iter(USERS))
    click.echo(f"""
The demo is ready.

  Dashboard   {base}/        sign in as {email} with the password {PASSWORD}
  A supplier  {base}/i/{_supplier_token()}
  Mailbox     {base}/mailbox  (every mail that was sent; as files in {folder / "mail"})

Stop it with Ctrl+C.
""")


def _supplier_token() -> str:
    """Return the personal link of the first supplier that has not begun to answer."""
    with Session(database.db.engine) as session:
        store.scope_to_everyone(session)
        invitation = session.scalars(
            sa.select(Invitation)
            .where(Invitation.state.in_([InvitationState.SENT, InvitationState.QUEUED]))
            .order_by(Invitation.campaign_id.desc(), Invitation.id)
            .limit(1)
        ).one()
        return state().links.token(invitation)
