"""`portal reference`: the publishers' own figures about countries, loaded by the operator."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.database import db_session
from portal.jobs import rate_soon
from portal.ratings import reference_kept, rerating, service
from portal.ratings.models import RatingTrigger
from portal.ratings.publication_figures import Loaded, read_publication
from portal.ratings.publishers import Kind
from portal.ratings.reference import Source
from portal.suppliers.sentences import Refused

group = AppGroup("reference", help="See and load figures about countries.")


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def list_command(as_json: bool) -> None:
    """List the publications in force, with edition and year."""
    sources = reference_kept.reference(db_session()).sources
    if as_json:
        rows = [_row(source) for source in sources]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for source in sources:
        click.echo(f"{source.id:14} {source.edition:10} {source.year}  {source.title}")


def _row(source: Source) -> dict[str, str | int]:
    return {
        "id": source.id,
        "state": "in_force",
        "title": source.title,
        "edition": source.edition,
        "year": source.year,
    }


@group.command("import")
@click.argument("kind", metavar="KIND", type=click.Choice([str(kind) for kind in Kind]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(1990, 2100), help="Where the file does not tell it.")
@click.option("--edition", default="", help="What the publisher calls it; the year otherwise.")
@click.option("--apply", "applied", is_flag=True, help="Put it in force; without it only a report.")
def import_command(*, kind: str, file: Path, year: int | None, edition: str, applied: bool) -> None:
    """Say what a publisher's file would change for whom.

    KIND is one of: freedom-house, ituc, cpi, wjp, wgi, dol, cahra; FILE is a CSV or workbook as it
    was published.
    """
    content = file.read_bytes()
    try:
        loaded = read_publication(Kind(kind), content, year=year, edition=edition)
    except Refused as error:
        raise click.ClickException(f"{file.name}: {error}") from None
    session = db_session()
    _tell(loaded)
    _report(session, loaded)
    if not applied:
        click.echo("Nothing was changed. Add --apply to put it in force.", err=True)
        return
    now = datetime.now(UTC)
    reference_kept.keep(session, loaded, content, file.name, now)
    for buyer_id in _buyers(session):
        store.scope(session, buyer_id)
        rerating.request(session, RatingTrigger.REFERENCE, now)
    session.commit()
    rate_soon()
    click.echo("In force. The worker rates every supplier again.", err=True)


def _tell(loaded: Loaded) -> None:
    source: Source = loaded.source
    click.echo(f"{source.title}, edition {source.edition}, figures of {source.year}:")
    click.echo(f"  {len(loaded.figures.countries)} countries")
    if loaded.left_out:
        click.echo(f"  left out, no country known by these names: {'; '.join(loaded.left_out)}")


def _report(session: Session, loaded: Loaded) -> None:
    """Say for each rated supplier what would change."""
    wanted = reference_kept.reference(session).with_figures(loaded.source, loaded.figures)
    now, count = datetime.now(UTC), 0
    for buyer_id in _buyers(session):
        store.scope(session, buyer_id)
        for change in service.changes_with(session, wanted, now):
            count += 1
            before, after = change.before, change.after
            click.echo(
                f"  {change.supplier.key:12} {change.supplier.name}: "
                f"{before.residual:.1f} -> {after.residual:.1f} ({before.band} -> {after.band})"
            )
    click.echo(f"  changed {count}")


def _buyers(session: Session) -> list[int]:
    return list(session.scalars(sa.select(Buyer.id).order_by(Buyer.id)))
