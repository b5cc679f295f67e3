"""`portal ratings`: how a supplier is rated and why; rating again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import click
import sqlalchemy as sa
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.cli.whose import scope_to_buyer
from portal.database import db_session
from portal.ratings import service
from portal.ratings.model import Rating
from portal.ratings.models import RatingRecord
from portal.ratings.queries import latest
from portal.ratings.records import fault_of
from portal.suppliers.models import Supplier, SupplierKind

group = AppGroup("ratings", help="See why a supplier is rated as it is, and rate again.")

_FIGURES = ("country_index", "category_index", "inherent", "effectiveness", "residual")
_WORDS = ("band", "basis", "priority")


@group.command("show")
@click.option("--supplier", "key", required=True, metavar="KEY", help="The buyer's own key.")
@click.option("--buyer", metavar="NAME", help="Needed where several buyers have the key.")
@click.option("--json", "as_json", is_flag=True, help="An object for machines.")
def show(key: str, buyer: str | None, as_json: bool) -> None:
    """Show a supplier's rating with every line that adds up to it.

    A supplier that was never rated is rated now by country and category; nothing is kept.
    """
    session = db_session()
    if buyer:
        scope_to_buyer(buyer)
    supplier = _supplier(session, key)
    if supplier.kind is SupplierKind.AGREEMENT_OWNER:
        raise click.ClickException(f"'{key}' is the owner of an agreement and is not rated.")
    rating = latest(session, supplier.id) or service.rated(session, supplier, datetime.now(UTC))
    shown = _shown(supplier, rating)
    if as_json:
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        _tell(shown)


@group.command("recompute")
@click.option("--buyer", metavar="NAME", help="Only this buyer's suppliers.")
def recompute(buyer: str | None) -> None:
    """Rate every supplier again.

    A rating is kept where something changed. The worker does this every night; `portal worker --once`
    does not.
    """
    session = db_session()
    buyers = [scope_to_buyer(buyer)] if buyer else session.scalars(sa.select(Buyer)).all()
    written = 0
    for buyer_id in [one.id for one in buyers]:
        store.scope(session, buyer_id)
        written += len(service.recompute(session, None, datetime.now(UTC)))
        session.commit()
    click.echo(f"changed {written}")


@group.command("check")
@click.option("--buyer", metavar="NAME", help="Only this buyer's suppliers.")
def check(buyer: str | None) -> None:
    """Recompute every kept rating from its own inputs.

    Fails with the ratings that differ.
    """
    session = db_session()
    if buyer:
        scope_to_buyer(buyer)
    else:
        store.scope_to_everyone(session)
    checked, wrong = 0, 0
    for row in session.scalars(sa.select(RatingRecord).order_by(RatingRecord.id)).yield_per(500):
        checked += 1
        if fault := fault_of(row):
            wrong += 1
            click.echo(f"rating {row.id} of supplier {row.supplier_id}: {fault}", err=True)
    if wrong:
        raise click.ClickException(f"{wrong} of {checked} ratings do not follow from their inputs.")
    click.echo(f"checked {checked}")


def _supplier(session: Session, key: str) -> Supplier:
    """Return the supplier with `key`; the session is then scoped to its buyer."""
    if "buyer" not in session.info:
        store.scope_to_everyone(session)
    found = session.scalars(sa.select(Supplier).where(Supplier.key == key)).all()
    if len(found) > 1:
        names = ", ".join(_buyer_names(session, found))
        raise click.ClickException(
            f"Several buyers have a supplier with the key '{key}': {names}. Add --buyer NAME."
        )
    if not found:
        raise click.ClickException(f"There is no supplier with the key '{key}'.")
    store.scope(session, found[0].buyer_id)
    return session.scalars(sa.select(Supplier).where(Supplier.key == key)).one()


def _buyer_names(session: Session, suppliers: Sequence[Supplier]) -> list[str]:
    ids = [supplier.buyer_id for supplier in suppliers]
    return list(
        session.scalars(sa.select(Buyer.name).where(Buyer.id.in_(ids)).order_by(Buyer.name))
    )


def _shown(supplier: Supplier, rating: Rating | RatingRecord) -> dict[str, object]:
    lines = [line if isinstance(line, dict) else line.to_data() for line in rating.explanation]
    kept = rating if isinstance(rating, RatingRecord) else None
    return {
        "id": supplier.key,
        "state": "kept" if kept else "not kept",
        "supplier": supplier.name,
        "computed_at": kept.computed_at.isoformat() if kept else None,
        **{name: getattr(rating, name) for name in (*_FIGURES, *_WORDS)},
        "red_flags": list(rating.red_flags),
        "explanation": [
            {name: line[name] for name in ("code", "text", "points", "source")} for line in lines
        ],
    }


def _tell(shown: dict[str, object]) -> None:
    click.echo(f"{shown['id']}  {shown['supplier']}")
    for name in (*_FIGURES, *_WORDS):
        click.echo(f"  {name.replace('_', ' '):16} {shown[name]}")
    flags = shown["red_flags"]
    if isinstance(flags, list) and flags:
        click.echo(f"  {'red flags':16} {', '.join(flags)}")
    lines = shown["explanation"]
    for line in lines if isinstance(lines, list) else ():
        click.echo(f"  {line['points']:+8.2f}  {line['text']} [{line['source']}]")
