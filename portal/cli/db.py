"""`portal db`: bring the database's tables up to this version."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal import database

group = AppGroup("db", help="Make and check the database's tables.")


@group.command("upgrade")
def upgrade() -> None:
    """Bring the database up to this version's tables."""
    database.upgrade()
    click.echo("The database is up to date.", err=True)


@group.command("check")
def check() -> None:
    """Say whether the database answers and has this version's tables."""
    database.check()
    click.echo("The database answers and is up to date.")
