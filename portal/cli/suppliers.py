"""`portal suppliers`: bring a buyer's register in from a file, and list it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from portal import store
from portal.cli.tables import read_given, refuse_rows, tell_faults
from portal.cli.whose import scope_to_buyer
from portal.database import db_session
from portal.events.models import Actor
from portal.i18n import offered_locales
from portal.ratings.service import after_supplier_change
from portal.suppliers.cells import Reading
from portal.suppliers.changes import plain
from portal.suppliers.import_applying import apply
from portal.suppliers.import_rows import COLUMNS
from portal.suppliers.importing import Plan, plan
from portal.suppliers.models import Contact, Supplier
from portal.suppliers.queries import all_suppliers, contacts_by_supplier
from portal.suppliers.service import Author
from portal.suppliers.subjects import FaultyFile, bring_in

group = AppGroup("suppliers", help="Import and list a buyer's suppliers.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--buyer", required=True, metavar="NAME", help="Whose suppliers they are.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--skip-faulty", is_flag=True, help="Leave faulty rows out instead of refusing all.")
def import_file(file: Path, buyer: str, dry_run: bool, skip_faulty: bool) -> None:
    """Add and update suppliers from a file, by their key.

    FILE is .csv or .xlsx. Columns: key, name, country and contact_email are required; org_number,
    production_countries, category, criticality, spend, currency, channel, size, kind (supplier or
    agreement_owner), contact_name, contact_locale and contact_phone are welcome.
    Several rows with one key are several contacts. An empty cell leaves what is there.
    """
    scope_to_buyer(buyer)
    table = read_given(file, COLUMNS)
    found = plan(db_session(), table, Reading(offered_locales()))
    _tell(found)
    if found.faults and not skip_faulty:
        _refuse(found, dry_run=dry_run)
    if not dry_run:
        author = Author(datetime.now(UTC), "portal suppliers import", Actor.SYSTEM)
        touched = apply(db_session(), found, author, source=file.name, skip_faulty=skip_faulty)
        after_supplier_change(db_session(), [supplier.id for supplier in touched], author.at)
        db_session().commit()
    click.echo(found.summary())


@group.command("import-subjects")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--buyer", required=True, metavar="NAME", help="Whose suppliers they are.")
def import_subjects(file: Path, buyer: str) -> None:
    """Add and change agreements and materials.

    FILE is .csv; rows are known by supplier, kind and key. Columns: supplier_key, kind (agreement or
    material), key and title are required; place, min_hourly_rate (NOK, of an agreement) and ended
    (yes or no) are welcome. Nothing is taken from a file with a fault.
    """
    scope_to_buyer(buyer)
    try:
        count = bring_in(db_session(), file)
    except FaultyFile as error:
        raise click.ClickException(str(error)) from None
    db_session().commit()
    click.echo(f"{count} agreements and materials brought in.")


def _tell(found: Plan) -> None:
    """Say on stderr what a person should look at."""
    tell_faults(found.unknown_columns, found.faults)
    for left in found.left_out:
        click.echo(
            f"Row {left.row}: left out, because another row with the key '{left.key}' is faulty.",
            err=True,
        )


def _refuse(found: Plan, *, dry_run: bool) -> None:
    """End with exit code 1; a dry run still says what the rows without faults would do."""
    refused = f"added 0, changed 0, unchanged 0, faulty {found.faulty}"
    refuse_rows(found.summary() if dry_run else refused)


@group.command("list")
@click.option("--buyer", required=True, metavar="NAME", help="Whose suppliers they are.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def show(buyer: str, as_json: bool) -> None:
    """List a buyer's suppliers by name."""
    with store.read_only():
        scope_to_buyer(buyer)
        suppliers = all_suppliers(db_session())
        contacts = contacts_by_supplier(db_session(), [supplier.id for supplier in suppliers])
    if as_json:
        objects = [_object(supplier, contacts.get(supplier.id, [])) for supplier in suppliers]
        click.echo(json.dumps(objects, indent=2, ensure_ascii=False))
        return
    for supplier in suppliers:
        click.echo(f"{supplier.key:16} {supplier.country:3} {supplier.status:9} {supplier.name}")


def _object(supplier: Supplier, contacts: list[Contact]) -> dict[str, object]:
    return {
        "id": supplier.id,
        "state": supplier.status,
        "key": supplier.key,
        "name": supplier.name,
        "kind": supplier.kind,
        "org_number": supplier.org_number,
        "country": supplier.country,
        "production_countries": supplier.production_countries,
        "category": supplier.category,
        "criticality": supplier.criticality,
        "spend": plain(supplier.spend) or None,
        "currency": supplier.currency,
        "channel": supplier.channel,
        "size": supplier.size,
        "contacts": [
            {
                "name": contact.name,
                "email": contact.email,
                "locale": contact.locale,
                "primary": contact.primary,
                "usable": contact.usable,
            }
            for contact in contacts
        ],
    }
