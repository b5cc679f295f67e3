"""`portal buyers`: who asks suppliers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from portal.buyers.models import Buyer
from portal.buyers.service import BuyerSettings, Refused, add_buyer
from portal.database import db_session

group = AppGroup("buyers", help="Add and list the buyers of this installation.")


@group.command("add")
@click.argument("name")
@click.option("--locale", default="nb", show_default=True, help="Language of its pages.")
@click.option("--zone", default="Europe/Oslo", show_default=True, help="Where its deadlines count.")
@click.option("--org-number", default="", help="Its number in the register of companies.")
@click.option("--contact-email", default="", help="Answers to its mails go to this address.")
@click.option("--contact-role", default="", help="Whom suppliers may ask, like 'Purchasing'.")
@click.option("--contact-phone", default="", help="Telephone of the contact.")
@click.option("--privacy-url", default="", help="Where its privacy notice stands.")
@click.option(
    "--clearing-needs-code", is_flag=True, help="Clear only who accepts the code in force."
)
@click.option("--shares-advice", is_flag=True, help="Advise suppliers on their receipts.")
def add(name: str, *, clearing_needs_code: bool, shares_advice: bool, **values: str) -> None:
    """Add the buyer NAME."""
    session = db_session()
    settings = BuyerSettings(
        name=name,
        clearing_needs_code=clearing_needs_code,
        shares_advice=shares_advice,
        **values,
    )
    try:
        buyer = add_buyer(session, settings, datetime.now(UTC))
    except Refused as error:
        raise click.ClickException(str(error)) from None
    session.commit()
    click.echo(f"Added the buyer {buyer.name} with id {buyer.id}.")


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def show(as_json: bool) -> None:
    """List the buyers by name."""
    rows = [_row(buyer) for buyer in db_session().scalars(sa.select(Buyer).order_by(Buyer.name))]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['id']:5}  {row['name']:40} {row['locale']:6} {row['zone']}")


def _row(buyer: Buyer) -> dict[str, str | int]:
    return {
        "id": buyer.id,
        "state": "active",
        "name": buyer.name,
        "locale": buyer.locale,
        "zone": buyer.zone,
        "contact_email": buyer.contact_email,
    }
