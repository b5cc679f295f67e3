"""Which signed answers still hold, and until when: one line per supplier and questionnaire."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import (
    Campaign,
    CampaignQuestionnaire,
    FrozenQuestionnaire,
    Invitation,
    InvitationState,
)
from portal.campaigns.subjects_asked import asked_about
from portal.declarations.models import Declaration
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.validity import months_after
from portal.questionnaires.validity_kept import chosen_months
from portal.reviews.models import Decision, Outcome
from portal.suppliers.models import Supplier, SupplierStatus

# So many can be named in a statement; of more, all are read.
_FEW = 500
# A buyer that decided so does not rest on the answers.
_NOT_HELD = frozenset({Outcome.RETURNED, Outcome.REJECTED})


@dataclass(frozen=True)
class Held:
    """A supplier's newest signed answers to a questionnaire, if the buyer has not sent them back."""

    supplier_id: int
    questionnaire_id: str
    version: str
    signed_on: date
    valid_until: date
    campaign_id: int
    declaration: str
    """The declaration's public id."""
    reporting: bool
    """Asked for the buyer's reporting only: questions could be left out."""
    about: frozenset[int]
    """The numbers of the agreements and materials that were asked about."""


def held(session: Session, supplier_ids: Collection[int] | None = None) -> list[Held]:
    """Return what the active suppliers (or those of `supplier_ids`) have signed, expired or not.

    The months are the buyer's own choice for the questionnaire, else what the questionnaire said
    when it was sent. Days are those of the campaign's zone.
    """
    wanted = _SIGNED
    if supplier_ids is None:
        wanted = wanted.where(Supplier.status == SupplierStatus.ACTIVE)
    elif len(supplier_ids) <= _FEW:
        wanted = wanted.where(Declaration.supplier_id.in_(supplier_ids))
    chosen = None if supplier_ids is None else set(supplier_ids)
    months = chosen_months(session)
    found: dict[tuple[int, str], Any] = {}
    for row in session.execute(wanted):
        if chosen is None or row.supplier_id in chosen:
            found.setdefault((row.supplier_id, row.questionnaire_id), row)
    return [_line(row, months) for row in found.values() if row.outcome not in _NOT_HELD]


def still_valid(
    session: Session,
    supplier_ids: Collection[int],
    questionnaires: Sequence[Questionnaire],
    on: date,
    *,
    reporting: bool = False,
) -> dict[int, date]:
    """Return supplier id -> the first day of running out, for those with nothing to be asked on `on`.

    Such a supplier has answers to every one of `questionnaires` that hold through `on`, also about
    each agreement or material it has now. Answers given for reporting only do not count for more.
    """
    if not questionnaires:
        return {}
    asked = {each.id for each in questionnaires}
    subjects = asked_about(session, supplier_ids, questionnaires)
    about = {key: {one.number for one in mine} for key, mine in subjects.items()}
    per_supplier: dict[int, list[Held]] = {}
    for one in held(session, supplier_ids):
        enough = reporting or not one.reporting
        if one.questionnaire_id in asked and one.valid_until >= on and enough:
            per_supplier.setdefault(one.supplier_id, []).append(one)
    return {
        supplier_id: min(one.valid_until for one in lines)
        for supplier_id, lines in per_supplier.items()
        if len(lines) == len(asked)
        and about.get(supplier_id, set()) <= set().union(*(one.about for one in lines))
    }


def _line(row: Any, months: Mapping[str, int]) -> Held:
    signed_on = row.signed_at.astimezone(ZoneInfo(row.zone)).date()
    return Held(
        supplier_id=row.supplier_id,
        questionnaire_id=row.questionnaire_id,
        version=row.version,
        signed_on=signed_on,
        valid_until=months_after(signed_on, months.get(row.questionnaire_id, row.months)),
        campaign_id=row.campaign_id,
        declaration=row.public_id,
        reporting=row.reporting,
        about=frozenset(_numbers(row.about)),
    )


def _numbers(about: Iterable[Mapping[str, Any]] | None) -> Iterator[int]:
    for one in about or ():
        yield int(one["number"])


_REPLACED = sa.select(Declaration.supersedes_id).where(Declaration.supersedes_id.is_not(None))
_LAST_DECISION = (
    sa.select(Decision.outcome)
    .where(Decision.declaration_id == Declaration.id)
    .order_by(Decision.id.desc())
    .limit(1)
    .correlate(Declaration)
    .scalar_subquery()
)
# Newest first, so that the first line of each supplier and questionnaire is the one that counts.
_SIGNED = (
    sa.select(
        Declaration.supplier_id,
        Declaration.public_id,
        Declaration.signed_at,
        FrozenQuestionnaire.questionnaire_id,
        FrozenQuestionnaire.version,
        FrozenQuestionnaire.definition["validity_months"].as_integer().label("months"),
        Invitation.about,
        Campaign.id.label("campaign_id"),
        Campaign.zone,
        Campaign.reporting,
        _LAST_DECISION.label("outcome"),
    )
    .select_from(Declaration)
    .join(Supplier, Supplier.id == Declaration.supplier_id)
    .join(Invitation, Invitation.id == Declaration.invitation_id)
    .join(Campaign, Campaign.id == Invitation.campaign_id)
    .join(CampaignQuestionnaire, CampaignQuestionnaire.campaign_id == Campaign.id)
    .join(FrozenQuestionnaire, FrozenQuestionnaire.id == CampaignQuestionnaire.frozen_id)
    .where(
        Declaration.id.not_in(_REPLACED),
        Invitation.state != InvitationState.CANCELLED,
    )
    .order_by(Declaration.signed_at.desc(), Declaration.id.desc())
)
