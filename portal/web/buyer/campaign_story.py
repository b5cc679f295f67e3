"""What happened between the buyer and a supplier, told from the rows: asked, reminded, answered, rated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations.models import Declaration
from portal.outbox.models import Message, MessageState
from portal.ratings.models import RatingRecord
from portal.ratings.queries import history
from portal.reports.invitations import is_reminder
from portal.reviews.models import Decision
from portal.suppliers.models import Supplier
from portal.web.buyer.addresses import campaign_list
from portal.web.buyer.reminder_words import template_name
from portal.web.buyer.review_words import OUTCOMES
from portal.web.buyer.supplier_words import BANDS
from portal.web.buyer.told import Told


def told(session: Session, supplier: Supplier) -> Iterator[Told]:
    """Yield what happened; of things at one moment, the later first."""
    asked = session.scalars(
        sa.select(Invitation).where(Invitation.supplier_id == supplier.id)
    ).all()
    yield from _ratings(session, supplier)
    yield from _decisions(session, supplier)
    yield from _declarations(session, supplier)
    yield from _reminders(session, [invitation.id for invitation in asked])
    for invitation in reversed(asked):
        yield from _invitation(invitation)


def _invitation(invitation: Invitation) -> Iterator[Told]:
    title, href = invitation.campaign.title, campaign_list(invitation.campaign_id)
    moments: tuple[tuple[datetime | None, str, bool], ...] = (
        (invitation.sent_at, gettext("Asked: %(campaign)s", campaign=title), True),
        (invitation.bounced_at, gettext("The mail could not be delivered"), False),
        (invitation.started_at, gettext("Began to answer"), False),
        (invitation.referred_at, gettext("Named another person"), False),
        (
            invitation.signature_requested_at,
            gettext("Sent it to %(name)s to be signed", name=invitation.signer_name),
            False,
        ),
        (invitation.declined_at, gettext("Declined to answer"), True),
        (invitation.cancelled_at, gettext("Invitation withdrawn"), False),
    )
    for at, text, major in reversed(moments):
        if at is not None:
            reason = invitation.decline_reason if at == invitation.declined_at else ""
            yield Told(at, text, href=href, major=major, lines=(reason,) if reason else ())


def _reminders(session: Session, invitation_ids: list[int]) -> Iterator[Told]:
    sent = session.scalars(
        sa.select(Message).where(
            Message.invitation_id.in_(invitation_ids),
            is_reminder(Message.template),
            Message.state == MessageState.SENT,
        )
    )
    for message in sent:
        yield Told(
            message.sent_at or message.created_at,
            template_name(message.template),
            message.recipient,
        )


def _declarations(session: Session, supplier: Supplier) -> Iterator[Told]:
    signed = session.scalars(sa.select(Declaration).where(Declaration.supplier_id == supplier.id))
    for one in signed:
        text = gettext("Corrected its declaration") if one.supersedes_id else gettext("Answered")
        href = url_for("declarations.show", public_id=one.public_id)
        who = f"{one.signatory_name}, {one.signatory_title}"
        yield Told(one.signed_at, text, who, href, major=True)


def _decisions(session: Session, supplier: Supplier) -> Iterator[Told]:
    rows = session.execute(
        sa.select(Decision, Declaration.public_id)
        .join(Declaration, Declaration.id == Decision.declaration_id)
        .where(Declaration.supplier_id == supplier.id)
    )
    for decision, public_id in rows:
        yield Told(
            decision.decided_at,
            gettext("Decided: %(outcome)s", outcome=OUTCOMES[decision.outcome]),
            decision.decided_by,
            url_for("declarations.show", public_id=public_id, _anchor="decision"),
            major=True,
            lines=(decision.reason,),
        )


def _ratings(session: Session, supplier: Supplier) -> Iterator[Told]:
    rows = history(session, supplier.id)
    for row, before in zip(rows, [*rows[1:], None], strict=False):
        if before is None or before.band != row.band:
            yield Told(row.computed_at, _rated(row, before), major=True)


def _rated(row: RatingRecord, before: RatingRecord | None) -> str:
    band = BANDS.get(row.band, row.band)
    if before is None:
        return str(gettext("Rated: %(band)s", band=band))
    return str(
        gettext("Rated: %(band)s, was %(before)s", band=band, before=BANDS.get(before.band, ""))
    )
