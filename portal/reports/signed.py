"""Signed declarations read one after another: the sealed document, and whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import (
    Campaign,
    CampaignQuestionnaire,
    FrozenQuestionnaire,
    Invitation,
)
from portal.declarations.models import Declaration
from portal.questionnaires.answer_sets import MARK, About, abouts
from portal.reports.declarations import newest
from portal.reports.export import CHUNK, Wanted
from portal.reports.invitations import in_campaign
from portal.suppliers.models import Supplier


class Signed(NamedTuple):
    """A declaration; `document` is the sealed JSON as text."""

    declaration_id: str
    supplier_id: int
    supplier_key: str
    supplier_name: str
    supplier_country: str
    criticality: str | None
    campaign_id: int
    campaign_title: str
    invitation_id: str
    locale: str
    signed_at: datetime
    superseded: bool
    document: str


class Given(NamedTuple):
    """What was declared: answers and comments by question id, names of files by question id.

    `sets` names the frozen questionnaires by hash, each with what it is about (nothing: the supplier).
    """

    answers: dict[str, Any]
    comments: dict[str, str]
    files: dict[str, list[str]]
    sets: list[tuple[str, About | None]]

    def of(self, about: About | None) -> Given:
        """Return what was declared about one agreement or material, by the authors' ids."""
        if about is None:
            return self
        end = f"{MARK}{about.number}"

        def own(part: Mapping[str, Any]) -> dict[str, Any]:
            split = ((name.partition("."), each) for name, each in part.items())
            return {
                "".join((name.removesuffix(end), dot, cell)): each
                for (name, dot, cell), each in split
                if name.endswith(end)
            }

        return Given(own(self.answers), own(self.comments), own(self.files), self.sets)


def signed(session: Session, wanted: Wanted) -> Iterator[Signed]:
    """Yield the declarations in the order they were signed."""
    statement = (
        sa.select(
            Declaration.public_id,
            Supplier.id,
            Supplier.key,
            Supplier.name,
            Supplier.country,
            Supplier.criticality,
            Campaign.id,
            Campaign.title,
            Invitation.public_id,
            Declaration.locale_answered,
            Declaration.signed_at,
            Declaration.id != newest(),
            Declaration.document,
        )
        .select_from(Declaration)
        .join(Invitation, Invitation.id == Declaration.invitation_id)
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .join(Supplier, Supplier.id == Declaration.supplier_id)
        .order_by(Declaration.id)
        .execution_options(yield_per=CHUNK)
    )
    for row in session.execute(statement.where(in_campaign(wanted))):
        yield Signed._make(row)


def given(document: str) -> Given:
    """Return what the sealed document declares."""
    content = json.loads(document)
    files: dict[str, list[str]] = {}
    for file in content["files"]:
        files.setdefault(file["question"], []).append(file["name"])
    return Given(
        content["answers"],
        content["comments"],
        files,
        [
            (each["sha256"], abouts([each["about"]])[0] if "about" in each else None)
            for each in content["questionnaires"]
        ],
    )


def frozen_by_hash(session: Session, wanted: Wanted) -> dict[str, FrozenQuestionnaire]:
    """Return the questionnaires that the wanted campaigns ask, by hash, in the order first asked."""
    statement = (
        sa.select(FrozenQuestionnaire)
        .join(CampaignQuestionnaire, CampaignQuestionnaire.frozen_id == FrozenQuestionnaire.id)
        .order_by(CampaignQuestionnaire.campaign_id, CampaignQuestionnaire.position)
    )
    if wanted.campaign_id is not None:
        statement = statement.where(CampaignQuestionnaire.campaign_id == wanted.campaign_id)
    return {frozen.sha256: frozen for frozen in session.scalars(statement)}
