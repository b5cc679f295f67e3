"""Owners of agreements: asked what is meant for them, and never rated."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.audience import audience
from portal.campaigns.scope import Scope
from portal.campaigns.service import CannotLaunch, Fault, kind_asked
from portal.ratings import rerating, service
from portal.ratings.models import RatingRecord, RatingTrigger
from portal.ratings.silence import silent_suppliers
from portal.reports.register import Wanted, listing
from portal.suppliers.models import Supplier, SupplierKind
from tests.campaigns.launching import LIBRARY, launch_with
from tests.makers import THEN, make_contact, make_supplier
from tests.reports.reading import read

FOR_OWNERS = LIBRARY["agreement_owner_status"]
FOR_SUPPLIERS = LIBRARY["labour_rights"]
OWNER = SupplierKind.AGREEMENT_OWNER


@pytest.fixture
def owner(session: Session) -> Supplier:
    """An owner of an agreement, beside a supplier; both can be reached."""
    make_contact(session, make_supplier(session, name="Maker"))
    owner: Supplier = make_supplier(session, name="Landlord", kind=OWNER)
    make_contact(session, owner)
    return owner


def test_each_is_asked_only_what_is_meant_for_it(session: Session, owner: Supplier) -> None:
    to_owners = launch_with(session, questionnaires=[FOR_OWNERS])
    to_suppliers = launch_with(session, questionnaires=[FOR_SUPPLIERS])
    assert [each.supplier for each in to_owners.invitations] == [owner]
    assert [each.supplier.name for each in to_suppliers.invitations] == ["Maker"]


def test_the_unreachable_of_another_kind_are_not_counted(session: Session, owner: Supplier) -> None:
    make_supplier(session, name="No address")
    seen = audience(session, Scope(), [FOR_OWNERS.id], THEN, OWNER)
    assert [one.supplier for one in seen.asked] == [owner]
    assert seen.not_reachable == ()


def test_what_is_meant_for_both_is_refused(session: Session, owner: Supplier) -> None:
    with pytest.raises(CannotLaunch, match="some for owners of agreements") as refused:
        launch_with(session, questionnaires=[FOR_OWNERS, FOR_SUPPLIERS])
    assert refused.value.fault is Fault.MIXED
    assert kind_asked([]) is SupplierKind.SUPPLIER


def test_an_owner_is_never_rated(session: Session, owner: Supplier) -> None:
    done = launch_with(session, questionnaires=[FOR_OWNERS], plan=())
    late = THEN + timedelta(days=90)
    service.after_launch(session, done.invitations, THEN)
    service.after_decline(session, done.invitations[0], THEN)
    service.rate_because(session, [owner.id], RatingTrigger.RECOMPUTE, THEN)
    assert silent_suppliers(session, late) == []
    service.after_deadline(session, late)
    written = service.recompute(session, None, late)
    assert owner.id not in written
    assert rerating.request(session, RatingTrigger.RECOMPUTE, late).total == len(written) == 1


def test_a_rating_from_before_is_not_shown(session: Session, owner: Supplier) -> None:
    owner.kind = SupplierKind.SUPPLIER
    launch_with(session, questionnaires=[FOR_SUPPLIERS])
    service.recompute(session, [owner.id], THEN)
    owner.kind = OWNER
    session.flush()
    assert session.scalar(sa.select(sa.func.count(RatingRecord.id))) == 1
    shown = {row.supplier.name: row.rating for row in listing(session, Wanted(kind=OWNER)).rows}
    assert shown == {"Landlord": None}
    assert [row.supplier.name for row in listing(session, Wanted(band="none")).rows] == ["Maker"]
    exported = {row["supplier_name"]: row for row in read(session, "declarations")}
    assert exported["Landlord"]["supplier_kind"] == "agreement_owner"
    assert exported["Landlord"]["residual_risk"] == ""
