"""How asking ended, who was reminded and called: on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.followup.call_models import Call, CallOutcome
from portal.outbox import service as outbox
from portal.outbox.models import MessageState
from portal.reports.export import Subject, Wanted
from portal.reports.exporting import export
from portal.reports.responses import Outcome, by_category, figures, responses
from tests.makers import THEN, make_campaign, make_contact, make_invitation, make_supplier

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def asked(session: Session, campaign: Campaign, name: str, **values: Any) -> Invitation:
    supplier = make_supplier(session, name=name, category=values.pop("category", "software"))
    contact = make_contact(session, supplier)
    return make_invitation(
        session, campaign=campaign, contact=contact, sent_at=THEN, **({"state": "sent"} | values)
    )


def reminded(session: Session, invitation: Invitation, day: int) -> None:
    message = outbox.queue(
        session,
        template="reminder_not_started",
        locale="en",
        recipient="office@supplier.example",
        context={},
        invitation_id=invitation.id,
        now=NOW,
    )
    message.state, message.sent_at = MessageState.SENT, NOW.replace(day=day)
    session.flush()


def round_of_seven(session: Session) -> Campaign:
    """Return a campaign that was due on 10 November; one of each outcome, two are silent."""
    campaign = make_campaign(session, deadline=date(2026, 11, 10))
    at = {"state": InvitationState.SUBMITTED}
    asked(session, campaign, "In time", submitted_at=datetime(2026, 11, 9, tzinfo=UTC), **at)
    asked(session, campaign, "Late", submitted_at=datetime(2026, 11, 12, tzinfo=UTC), **at)
    asked(session, campaign, "Declines", state=InvitationState.DECLINED, declined_at=NOW)
    asked(session, campaign, "Bounces", state=InvitationState.BOUNCED, bounced_at=NOW)
    asked(session, campaign, "Withdrawn", state=InvitationState.CANCELLED, cancelled_at=NOW)
    silent = asked(session, campaign, "Silent", category="chemicals")
    for day in (3, 8):
        reminded(session, silent, day)
    called = asked(session, campaign, "Called", category="chemicals")
    for day in (3, 8, 13):
        reminded(session, called, day)
    session.add(
        Call(
            invitation_id=called.id,
            supplier_id=called.supplier_id,
            outcome=CallOutcome.NOT_REACHED,
            called_at=NOW,
            called_by="kari@fjordlab.example",
        )
    )
    asked(session, campaign, "Awaited", extended_to=date(2026, 12, 1))
    session.flush()
    return campaign


def test_each_outcome_is_counted_of_those_asked(session: Session) -> None:
    found = figures(responses(session, round_of_seven(session).id, NOW))
    assert found.asked == 7
    assert found.answered == 2
    assert found.counts == {
        Outcome.ANSWERED: 1,
        Outcome.LATE: 1,
        Outcome.DECLINED: 1,
        Outcome.BOUNCED: 1,
        Outcome.SILENT: 2,
        Outcome.AWAITED: 1,
        Outcome.WITHDRAWN: 1,
    }
    assert (found.reminders, found.called) == (2, 1)


def test_the_figures_of_the_categories_add_up(session: Session) -> None:
    found = responses(session, round_of_seven(session).id, NOW)
    groups = by_category(found)
    assert groups["chemicals"].counts[Outcome.SILENT] == 2
    assert sum(each.asked for each in groups.values()) == figures(found).asked


def test_nobody_has_time_once_the_campaign_is_closed(session: Session) -> None:
    campaign = round_of_seven(session)
    campaign.closed_at = NOW
    assert figures(responses(session, campaign.id, NOW)).counts[Outcome.SILENT] == 3


def test_the_export_has_each_reminder_and_call(session: Session) -> None:
    campaign = round_of_seven(session)
    found = export(session, Subject.RESPONSES, Wanted(campaign.id), NOW)
    names = [column.name for column in found.columns]
    rows = {
        row["supplier_name"]: row
        for row in (dict(zip(names, each, strict=True)) for each in found.rows)
    }
    assert rows["Called"]["reminded_at"] == (
        "2026-11-03T09:00:00Z | 2026-11-08T09:00:00Z | 2026-11-13T09:00:00Z"
    )
    assert rows["Called"]["call_outcomes"] == "not_reached"
    assert rows["Withdrawn"]["outcome"] == "withdrawn"
    assert len(rows) == 8
