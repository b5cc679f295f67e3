"""The rule that chooses suppliers: read, printed back, applied."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.scope import BadScope, Scope, parse_scope
from portal.suppliers.models import Channel, Criticality, Supplier, SupplierStatus
from tests.makers import make_supplier


def chosen(session: Session, text: str) -> list[str]:
    found = sa.select(Supplier.key).where(*parse_scope(text).conditions()).order_by(Supplier.key)
    return list(session.scalars(found))


def test_nothing_written_means_every_active_supplier(session: Session) -> None:
    make_supplier(session, key="here")
    make_supplier(session, key="gone", status=SupplierStatus.INACTIVE)

    assert chosen(session, "") == ["here"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("criticality=A,B", ["a", "b"]),
        ("country=CN", ["b"]),
        ("country=china,NO", ["a", "b"]),
        ("category=coffee", ["a"]),
        ("channel=dealer", ["b"]),
        ("key=a,c", ["a", "c"]),
        ("spend>=100000", ["b"]),
        ("spend<=100000 spend>=10", ["a", "b"]),
        ("criticality=A country=CN", []),
    ],
)
def test_rule_chooses(session: Session, rule: str, expected: list[str]) -> None:
    make_supplier(
        session, key="a", criticality=Criticality.A, category="coffee", spend=Decimal("99999.99")
    )
    make_supplier(
        session,
        key="b",
        criticality=Criticality.B,
        country="CN",
        channel=Channel.DEALER,
        spend=Decimal(100000),
    )
    make_supplier(session, key="c", country="SE")

    assert chosen(session, rule) == expected


@pytest.mark.parametrize(
    "text",
    ["", "criticality=A,B country=CN category=coffee channel=producer key=x spend>=1.5 spend<=900"],
)
def test_rule_is_printed_as_it_is_written(text: str) -> None:
    assert str(parse_scope(text)) == text
    assert parse_scope(str(parse_scope(text))) == parse_scope(text)


def test_empty_rule_is_the_empty_scope() -> None:
    assert parse_scope("  ") == Scope()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("everybody", "'everybody' is not a rule"),
        ("criticality=D", "A criticality is A, B or C"),
        ("criticality>=A", "needs = instead of >="),
        ("criticality=,", "names nothing"),
        ("country=Norwey", "Did you mean NO?"),
        ("country=XX", "the country 'XX' is not known"),
        ("category=electronics", "the category 'electronics' is not known. Did you mean"),
        ("channel=shop", "A channel is producer or dealer"),
        ("spend=5", "needs >= or <="),
        ("spend>=much", "needs an amount in digits"),
        ("spend>=Infinity", "needs an amount in digits"),
        ("size>=5", "Use one of: criticality, country, category, channel, key, spend"),
        ("country=NO country=SE", "repeats 'country'"),
    ],
)
def test_wrong_rule_is_refused_with_its_part(text: str, sentence: str) -> None:
    with pytest.raises(BadScope, match=sentence.replace("?", r"\?")):
        parse_scope(text)
