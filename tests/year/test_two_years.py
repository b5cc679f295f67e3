"""Two years side by side: on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign
from portal.ratings.models import FindingStatus, RatingRecord, RatingTrigger
from portal.reports.two_years import campaign_years, two_years, year_lines, year_until
from tests.declarations.surveys import make_survey
from tests.makers import make_campaign, make_contact, make_invitation, make_supplier
from tests.reports.declaring import declare, make_finding

FIRST = datetime(2025, 11, 1, 8, tzinfo=UTC)
SECOND = datetime(2026, 11, 1, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def rated(session: Session, supplier_id: int, at: datetime, residual: float, band: str) -> None:
    session.add(
        RatingRecord(
            supplier_id=supplier_id,
            computed_at=at,
            trigger=RatingTrigger.ANSWER,
            model_version="1",
            settings_version="1",
            reference_version="1",
            inputs={},
            country_index=0,
            category_index=0,
            uplift=0,
            inherent=0,
            effectiveness=0,
            residual=residual,
            inherent_band="low",
            band=band,
            basis="answers",
            priority="P4",
            red_flags=[],
            explanation=[],
        )
    )
    session.flush()


def two_rounds(session: Session) -> tuple[Campaign, Campaign]:
    """Return two campaigns: one supplier is asked in both and gets better, one only in each."""
    first = make_campaign(session, title="2025", launched_at=FIRST, deadline=date(2025, 12, 1))
    second = make_campaign(session, title="2026", launched_at=SECOND)
    same = make_contact(session, make_supplier(session, name="Same"))
    old = make_survey(session, ["labour_rights"], campaign=first, contact=same, created_at=FIRST)
    declaration = declare(session, old, {}, now=FIRST)
    closed: dict[str, Any] = {"status": FindingStatus.CLOSED, "closed_at": SECOND.replace(day=15)}
    make_finding(session, declaration, created_at=FIRST, severity="critical", **closed)
    make_finding(
        session, declaration, created_at=FIRST, closed_at=FIRST, status=FindingStatus.CLOSED
    )
    make_finding(session, declaration, created_at=FIRST, check_id="doubt")
    new = make_survey(session, ["labour_rights"], campaign=second, contact=same, created_at=SECOND)
    declare(session, new, {}, now=SECOND)
    rated(session, same.supplier_id, FIRST, 80, "very_high")
    rated(session, same.supplier_id, SECOND.replace(day=2), 40, "medium")
    make_invitation(session, campaign=first, created_at=FIRST)
    make_invitation(session, campaign=second, created_at=SECOND, state="cancelled")
    return first, second


def test_all_asked_and_those_asked_in_both_have_their_own_denominators(session: Session) -> None:
    found = two_years(session, *campaign_years(*two_rounds(session), NOW))
    assert [(one.response.number, one.response.of) for one in found.all] == [(1, 2), (1, 1)]
    assert [(one.response.number, one.response.of) for one in found.both] == [(1, 1), (1, 1)]


def test_a_year_ends_when_the_next_begins(session: Session) -> None:
    found = two_years(session, *campaign_years(*two_rounds(session), NOW))
    assert [one.mean for one in found.both] == [80, 40]
    first = found.all[0]
    assert (first.bands["very_high"].number, first.bands["very_high"].of) == (1, 1)
    assert {key: share.number for key, share in first.findings.items() if share.number} == {
        "critical": 1,
        "high": 1,
    }
    assert (first.closed.number, first.closed.of) == (1, 2)


def test_two_days_look_back_twelve_months_each(session: Session) -> None:
    two_rounds(session)
    zone = "Europe/Oslo"
    found = two_years(
        session, year_until(date(2025, 12, 31), zone), year_until(date(2026, 12, 31), zone)
    )
    assert [one.suppliers for one in found.all] == [2, 1]
    assert [one.suppliers for one in found.both] == [1, 1]
    assert [one.closed.number for one in found.all] == [1, 0]


def test_a_corrected_declarations_findings_do_not_count(session: Session) -> None:
    first, _ = two_rounds(session)
    invitation = make_survey(session, ["labour_rights"], campaign=make_campaign(session))
    old = declare(session, invitation, {}, now=SECOND)
    make_finding(session, old, created_at=SECOND)
    new = declare(session, invitation, {}, now=SECOND, supersedes=old)
    make_finding(session, new, created_at=SECOND, severity="low")
    year, _ = campaign_years(invitation.campaign, first, NOW)
    [line] = year_lines(session, year)
    assert line.findings == {"low": 1}
