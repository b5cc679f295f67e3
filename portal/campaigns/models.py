"""Tables of the campaigns: questionnaires x suppliers x deadline."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.buyers.models import Buyer
from portal.store import Base, BuyerOwned, JsonObject, PrimaryKey
from portal.suppliers.models import Contact, Supplier


class InvitationState(enum.StrEnum):
    """What has happened; *overdue* and *late* are computed from the deadline."""

    QUEUED = "queued"
    SENT = "sent"
    STARTED = "started"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    BOUNCED = "bounced"


class DeclineKind(enum.StrEnum):
    """Why a supplier does not answer."""

    WRONG_COMPANY = "wrong_company"
    NOT_RELEVANT = "not_relevant"
    REFUSES = "refuses"
    OTHER = "other"


class Campaign(Base, BuyerOwned):
    """One round of asking: what, whom, until when."""

    __tablename__ = "campaign"

    id: Mapped[PrimaryKey]
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(sa.Text, default="")
    # Asked for the buyer's reporting: what the EU voluntary standard has no code for may be left out.
    reporting: Mapped[bool] = mapped_column(default=False)
    # "End of this day in this zone."
    deadline: Mapped[date]
    zone: Mapped[str] = mapped_column(sa.String(64))
    # Days from the deadline; negative ones lie before it.
    reminder_plan: Mapped[list[int]]
    # The rule that chose the suppliers, as text, printed in reports.
    scope_rule: Mapped[str] = mapped_column(sa.Text, default="")
    launched_at: Mapped[datetime]
    launched_by: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]


class FrozenQuestionnaire(Base, BuyerOwned):
    """A questionnaire as it was when sent: definition and every language's texts, kept once per content."""

    __tablename__ = "frozen_questionnaire"
    __table_args__ = (sa.UniqueConstraint("buyer_id", "sha256"),)

    id: Mapped[PrimaryKey]
    questionnaire_id: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[str] = mapped_column(sa.String(32))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    # Large, and read once per process: loaded only when looked at.
    definition: Mapped[JsonObject] = mapped_column(deferred=True)
    # {locale: {context: {English text: translation}}}
    texts: Mapped[JsonObject] = mapped_column(deferred=True)
    frozen_at: Mapped[datetime]


class CampaignQuestionnaire(Base, BuyerOwned):
    """Which frozen questionnaires a campaign asks, in order."""

    __tablename__ = "campaign_questionnaire"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "position"),)

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    frozen_id: Mapped[int] = mapped_column(sa.ForeignKey("frozen_questionnaire.id"))
    position: Mapped[int]

    campaign: Mapped[Campaign] = relationship()
    frozen: Mapped[FrozenQuestionnaire] = relationship()


class NotAsked(Base, BuyerOwned):
    """A supplier within a campaign's scope that was left out: what it signed before still holds."""

    __tablename__ = "not_asked"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "supplier_id"),)

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"))
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    # The day on which the first of the answers asked for ran out, as it was seen at the launch.
    valid_until: Mapped[date]

    campaign: Mapped[Campaign] = relationship()
    supplier: Mapped[Supplier] = relationship()


class Invitation(Base, BuyerOwned):
    """One supplier's place in a campaign."""

    __tablename__ = "invitation"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "supplier_id"),)

    id: Mapped[PrimaryKey]
    # Names the invitation in addresses and mail headers; gives no access by itself.
    public_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(sa.ForeignKey("supplier.id"), index=True)
    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contact.id"), index=True)
    # The contact's language at launch; the supplier's own choice from then on.
    locale: Mapped[str] = mapped_column(sa.String(16))
    # Nobody has said it yet: mails take it, pages the browser's.
    locale_guessed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.QUEUED, index=True)
    # Raised to make every link sent so far worthless.
    link_version: Mapped[int] = mapped_column(default=1)
    sign_link_version: Mapped[int] = mapped_column(default=1)
    # A later day for this supplier alone.
    extended_to: Mapped[date | None]
    # Facts of the buyer that fix the question set when the survey is sent:
    # whether the short form is asked, and the bands of inherent and country risk.
    context: Mapped[JsonObject] = mapped_column(default=dict)
    # The agreements and materials it asks about, as they were then.
    about: Mapped[list[JsonObject]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    decline_kind: Mapped[DeclineKind | None]
    decline_reason: Mapped[str] = mapped_column(sa.Text, default="")
    cancelled_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    # Set when the form was sent to the person who signs.
    signer_name: Mapped[str] = mapped_column(default="")
    signer_email: Mapped[str] = mapped_column(sa.String(320), default="")
    signer_locale: Mapped[str] = mapped_column(sa.String(16), default="")
    signature_requested_at: Mapped[datetime | None]
    # "The right person is": a proposal the buyer confirms before any mail goes out.
    referred_name: Mapped[str] = mapped_column(default="")
    referred_email: Mapped[str] = mapped_column(sa.String(320), default="")
    referred_at: Mapped[datetime | None]

    buyer: Mapped[Buyer] = relationship()
    campaign: Mapped[Campaign] = relationship(lazy="joined")
    supplier: Mapped[Supplier] = relationship(lazy="joined")
    contact: Mapped[Contact] = relationship(lazy="joined")
