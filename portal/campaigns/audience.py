"""Whom a campaign would ask, whom it cannot reach and why: decided alike for preview and launch."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.deadlines import OPEN_STATES
from portal.campaigns.models import (
    Campaign,
    CampaignQuestionnaire,
    FrozenQuestionnaire,
    Invitation,
    InvitationState,
)
from portal.campaigns.scope import Scope
from portal.suppliers.models import Contact, Supplier, SupplierKind

# A supplier that was asked the same within this time is named in a warning.
RECENTLY = timedelta(days=90)


class Obstacle(enum.StrEnum):
    """Why nobody at a supplier can be written to."""

    NO_CONTACT = "no_contact"
    BOUNCED = "bounced"
    LEFT = "left"
    OBJECTED = "objected"


@dataclass(frozen=True)
class Asked:
    """A supplier and the contact who gets the mail."""

    supplier: Supplier
    contact: Contact


@dataclass(frozen=True)
class Unreachable:
    """A supplier within the scope that gets no mail."""

    supplier: Supplier
    obstacle: Obstacle


@dataclass(frozen=True)
class Repeated:
    """A supplier that was asked the same questionnaire before: still open, or lately."""

    supplier: Supplier
    campaign: str
    state: InvitationState


@dataclass(frozen=True)
class Audience:
    """Who is asked, who cannot be, and who of those asked was asked the same lately."""

    asked: tuple[Asked, ...]
    not_reachable: tuple[Unreachable, ...]
    already_asked: tuple[Repeated, ...]

    def without(self, suppliers: Collection[int]) -> Audience:
        """Return the audience without the suppliers of these ids."""
        return Audience(
            tuple(one for one in self.asked if one.supplier.id not in suppliers),
            tuple(one for one in self.not_reachable if one.supplier.id not in suppliers),
            tuple(one for one in self.already_asked if one.supplier.id not in suppliers),
        )


def audience(
    session: Session,
    scope: Scope,
    questionnaire_ids: Collection[str],
    now: datetime,
    kind: SupplierKind = SupplierKind.SUPPLIER,
) -> Audience:
    """Return whom a campaign with these questionnaires would ask now, by suppliers' names.

    `kind` is what the questionnaires are meant for; entries of another kind are not counted.
    """
    fitting = [*scope.conditions(), Supplier.kind == kind]
    suppliers = session.scalars(
        sa.select(Supplier).where(*fitting).order_by(Supplier.name, Supplier.id)
    ).all()
    contacts = _contacts(session, fitting)
    asked: list[Asked] = []
    not_reachable: list[Unreachable] = []
    for supplier in suppliers:
        known = contacts.get(supplier.id, [])
        usable = next((contact for contact in known if contact.usable), None)
        if usable:
            asked.append(Asked(supplier, usable))
        else:
            not_reachable.append(Unreachable(supplier, _obstacle(known)))
    wanted = {one.supplier.id for one in asked}
    before = _asked_before(session, questionnaire_ids, now)
    repeated = tuple(one for one in before if one.supplier.id in wanted)
    return Audience(tuple(asked), tuple(not_reachable), repeated)


def _contacts(
    session: Session, fitting: Iterable[sa.ColumnElement[bool]]
) -> dict[int, list[Contact]]:
    """Return the contacts of the `fitting` suppliers, the primary one first."""
    rows = session.scalars(
        sa.select(Contact)
        .join(Supplier, Contact.supplier_id == Supplier.id)
        .where(*fitting)
        .order_by(Contact.primary.desc(), Contact.id)
    )
    found: dict[int, list[Contact]] = {}
    for contact in rows:
        found.setdefault(contact.supplier_id, []).append(contact)
    return found


def _obstacle(contacts: Iterable[Contact]) -> Obstacle:
    """Return what stands in the way at the first contact: an objection weighs most."""
    for contact in contacts:
        if contact.objected_at:
            return Obstacle.OBJECTED
        if contact.bounced_at:
            return Obstacle.BOUNCED
        if contact.left_at:
            return Obstacle.LEFT
    return Obstacle.NO_CONTACT


def _asked_before(
    session: Session, questionnaire_ids: Collection[str], now: datetime
) -> list[Repeated]:
    """Return, newest first and once per supplier, who was asked one of these questionnaires."""
    still_open = sa.and_(Invitation.state.in_(OPEN_STATES), Campaign.closed_at.is_(None))
    lately = sa.and_(
        Invitation.created_at > now - RECENTLY, Invitation.state != InvitationState.CANCELLED
    )
    same = (
        sa.select(CampaignQuestionnaire.campaign_id)
        .join(FrozenQuestionnaire, CampaignQuestionnaire.frozen_id == FrozenQuestionnaire.id)
        .where(FrozenQuestionnaire.questionnaire_id.in_(questionnaire_ids))
    )
    rows = session.execute(
        sa.select(Supplier, Campaign.title, Invitation.state)
        .join(Invitation, Invitation.supplier_id == Supplier.id)
        .join(Campaign, Invitation.campaign_id == Campaign.id)
        .where(Invitation.campaign_id.in_(same), sa.or_(still_open, lately))
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )
    found: dict[int, Repeated] = {}
    for supplier, title, state in rows:
        found.setdefault(supplier.id, Repeated(supplier, title, state))
    return list(found.values())
