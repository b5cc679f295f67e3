"""`portal flags`: bring red flags in from a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.cli.tables import read_given, refuse_rows, tell_faults
from portal.cli.whose import scope_to_buyer
from portal.database import db_session
from portal.events.models import Actor
from portal.ratings.flag_import import COLUMNS, apply, plan
from portal.suppliers.service import Author

group = AppGroup("flags", help="Set red flags from a file, such as a list of sanctions.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--buyer", required=True, metavar="NAME", help="Whose suppliers they are about.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--skip-faulty", is_flag=True, help="Leave faulty rows out instead of refusing all.")
def import_file(file: Path, buyer: str, dry_run: bool, skip_faulty: bool) -> None:
    """Set red flags from a file and rate again.

    FILE is .csv or .xlsx. Columns: key (of the supplier), flag, source and reason are required;
    date, the day of what the flag rests on, is welcome. The same flag with the same source and date
    is set once.
    """
    scope_to_buyer(buyer)
    now = datetime.now(UTC)
    found = plan(db_session(), read_given(file, COLUMNS), now)
    tell_faults(found.unknown_columns, found.faults)
    if found.faults and not skip_faulty:
        refuse_rows(found.summary() if dry_run else f"set 0, known 0, faulty {found.faulty}")
    if not dry_run:
        author = Author(now, "portal flags import", Actor.SYSTEM)
        apply(db_session(), found, author, source=file.name, skip_faulty=skip_faulty)
        db_session().commit()
    click.echo(found.summary())
