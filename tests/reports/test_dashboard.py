"""The figures of the dashboard, on both databases, against a handful of invitations."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.declarations.models import Declaration
from portal.ratings.models import FindingStatus
from portal.reports.dashboard import Task, dashboard, task_count
from portal.reports.funnel import Funnel, Grouping, curve, funnels, groups, response_curve
from portal.reports.standing import Standing, condition
from portal.reviews.decisions import decide
from portal.reviews.models import Outcome
from portal.suppliers.models import Criticality
from tests.conftest import NOW
from tests.declarations.surveys import make_survey
from tests.makers import (
    THEN,
    make_campaign,
    make_contact,
    make_invitation,
    make_supplier,
    other_buyer,
)
from tests.reports.declaring import declare, make_finding

LATER = THEN + timedelta(days=3)


@pytest.fixture
def campaign(session) -> Campaign:
    """Seven asked of three countries; the deadline was yesterday evening in Oslo."""
    signed = make_survey(session, campaign=make_campaign(session, deadline=date(2026, 11, 20)))
    campaign = signed.campaign

    def asked(country: str, criticality: Criticality | None, **values) -> Invitation:
        supplier = make_supplier(session, country=country, criticality=criticality)
        contact = make_contact(session, supplier)
        return make_invitation(session, campaign=campaign, contact=contact, **values)

    signed.sent_at = THEN
    declare(session, signed, {"coc_acceptance": "accept"}, now=LATER)
    state = InvitationState
    asked("CN", Criticality.A, state=state.SENT, sent_at=THEN)
    asked("CN", Criticality.B, state=state.STARTED, sent_at=THEN, started_at=LATER)
    asked("CN", None, state=state.QUEUED)
    asked("SE", Criticality.A, state=state.BOUNCED, sent_at=THEN, bounced_at=THEN)
    asked("SE", Criticality.A, state=state.STARTED, sent_at=THEN, started_at=THEN,
          extended_to=date(2026, 12, 1), signature_requested_at=LATER)  # fmt: skip
    asked("SE", Criticality.B, state=state.DECLINED, sent_at=THEN, declined_at=LATER)
    asked("SE", Criticality.B, state=state.CANCELLED, sent_at=THEN, cancelled_at=LATER)
    return campaign


WHOLE = Funnel(
    invited=7, delivered=5, started=3, submitted=1, signed=1, overdue=4, declined=1, bounced=1,
    to_sign=1, to_review=1,
)  # fmt: skip


def test_the_funnel_counts_facts_and_leaves_the_withdrawn_out(session, campaign):
    assert funnels(session, [campaign.id], NOW) == {campaign.id: WHOLE}


def test_an_extension_counts_and_a_deadline_ends_with_its_day_where_it_was_set(session, campaign):
    last_minute = NOW.replace(day=20, hour=22, minute=59)
    assert funnels(session, [campaign.id], last_minute)[campaign.id].overdue == 0
    midnight = last_minute + timedelta(minutes=1)
    assert funnels(session, [campaign.id], midnight)[campaign.id].overdue == 4


@pytest.mark.parametrize("by", list(Grouping))
def test_groups_add_up_to_the_whole(session, campaign, by):
    found = groups(session, campaign.id, by, NOW)
    assert sum((group.funnel for group in found), Funnel()) == WHOLE


def test_groups_have_their_own_denominators_and_the_unknown_last(session, campaign):
    found = groups(session, campaign.id, Grouping.CRITICALITY, NOW)
    assert [(group.key, group.funnel.invited) for group in found] == [("A", 3), ("B", 2), ("", 2)]
    countries = groups(session, campaign.id, Grouping.COUNTRY, NOW)
    assert [(group.key, group.funnel.invited) for group in countries] == [
        ("CN", 3),
        ("NO", 1),
        ("SE", 3),
    ]


def test_every_figure_is_the_length_of_its_list(session, campaign):
    for standing in Standing:
        listed = session.scalars(
            sa.select(Invitation)
            .join(Campaign, Campaign.id == Invitation.campaign_id)
            .where(condition(session, standing, NOW))
        ).all()
        if hasattr(WHOLE, standing):
            assert len(listed) == getattr(WHOLE, standing)


def test_the_tasks_of_the_day_are_per_campaign(session, campaign):
    found = dashboard(session, NOW)
    assert list(found.tasks) == [
        Task(Standing.BOUNCED, campaign.id, "Yearly declaration", 1),
        Task(Standing.TO_SIGN, campaign.id, "Yearly declaration", 1),
    ]
    assert found.task_count == task_count(session, NOW) == 2


def test_silence_is_a_task_once_the_last_reminder_has_passed(session, campaign):
    month_later = NOW.replace(day=30) + timedelta(days=5)
    silent = [task for task in dashboard(session, month_later).tasks if task.standing == "silent"]
    assert [task.count for task in silent] == [3]


def test_a_closed_campaign_leaves_nothing_to_do(session, campaign):
    campaign.closed_at = NOW
    found = dashboard(session, NOW)
    assert (found.running, found.closed, found.tasks, found.total) == (0, 1, [], Funnel())
    assert found.campaigns == [(campaign, WHOLE)]


def test_open_findings_that_cannot_wait_are_counted(session, campaign):
    invitation = session.scalars(
        sa.select(Invitation).where(Invitation.state == InvitationState.SUBMITTED)
    ).one()
    declaration = declare(session, invitation, {})
    for severity, flag in (("critical", True), ("high", True), ("high", False), ("low", False)):
        make_finding(session, declaration, severity=severity, red_flag=flag)
    make_finding(session, declaration, status=FindingStatus.CLOSED)
    found = dashboard(session, NOW).alarms
    assert (found.red_flags, found.critical, found.high) == (2, 1, 2)


def test_another_buyer_sees_none_of_it(session, campaign):
    other_buyer(session)
    found = dashboard(session, NOW)
    assert (found.campaigns, found.total, found.task_count) == ([], Funnel(), 0)


def test_the_curve_has_every_day_from_the_launch(session, campaign):
    days = response_curve(session, campaign, NOW)
    assert (days[0].day, days[-1].day) == (date(2026, 11, 1), date(2026, 11, 21))
    assert [(day.day.day, day.total) for day in days if day.came] == [(4, 1)]


def test_a_curve_of_one_day():
    day = date(2026, 11, 1)
    assert [each.total for each in curve(Counter({day: 2}), day, day)] == [2]


def test_a_declaration_waits_for_its_review_until_somebody_decides(session, campaign):
    def standing_so(standing: Standing) -> int:
        wanted = sa.select(sa.func.count(Invitation.id)).join(Campaign)
        return session.scalar(wanted.where(condition(session, standing, NOW)))

    declaration = session.scalars(sa.select(Declaration)).one()
    assert standing_so(Standing.TO_REVIEW) == 1
    for outcome in (Outcome.RETURNED, Outcome.APPROVED):
        decide(session, declaration, outcome, reason="Seen", by="Kari", role="buyer", now=NOW)
    assert (standing_so(Standing.TO_REVIEW), standing_so(Standing.RETURNED)) == (0, 0)
    assert standing_so(Standing.APPROVED) == 1
    declare(session, declaration.invitation, {"coc_acceptance": "accept"}, supersedes=declaration)
    assert (standing_so(Standing.TO_REVIEW), standing_so(Standing.APPROVED)) == (1, 0)
