"""Which signed answers still hold: on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from portal.questionnaires.validity_kept import BadValidity, choices, choose_months
from portal.reviews.decisions import decide
from portal.reviews.holding import held, still_valid
from portal.reviews.models import Outcome
from tests.declarations.surveys import LIBRARY, make_survey
from tests.makers import make_contact, make_subject, make_supplier
from tests.reports.declaring import declare

SIGNED = datetime(2025, 11, 20, 9, tzinfo=UTC)
RIGHTS, CODE = LIBRARY["labour_rights"], LIBRARY["supplier_code_of_conduct"]


def test_each_questionnaire_holds_as_long_as_it_says(session: Session) -> None:
    invitation = make_survey(session, ["labour_rights", "supplier_code_of_conduct"])
    declare(session, invitation, {}, now=SIGNED)
    found = {one.questionnaire_id: one.valid_until for one in held(session)}
    assert found == {
        "labour_rights": date(2026, 11, 20),
        "supplier_code_of_conduct": date(2027, 11, 20),
    }


def test_the_buyers_own_choice_counts_also_for_what_is_signed_already(session: Session) -> None:
    declare(session, make_survey(session, ["labour_rights"]), {}, now=SIGNED)
    _choose(session, 24)
    assert [one.valid_until for one in held(session)] == [date(2027, 11, 20)]
    _choose(session, None)
    assert [one.valid_until for one in held(session)] == [date(2026, 11, 20)]
    assert [row.months for row in choices(session)] == [None, 24]


@pytest.mark.parametrize("months", [0, 121])
def test_a_validity_out_of_range_is_refused(session: Session, months: int) -> None:
    with pytest.raises(BadValidity, match="1 to 120"):
        _choose(session, months)


def test_only_the_newest_answers_count(session: Session) -> None:
    contact = make_contact(session)
    for year in (2024, 2025):
        invitation = make_survey(session, ["labour_rights"], contact=contact)
        declare(session, invitation, {}, now=SIGNED.replace(year=year))
    assert [one.signed_on for one in held(session)] == [date(2025, 11, 20)]


@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REJECTED])
def test_what_was_sent_back_does_not_hold(session: Session, outcome: Outcome) -> None:
    declaration = declare(session, make_survey(session, ["labour_rights"]), {}, now=SIGNED)
    decide(
        session, declaration, outcome, reason="No.", by="a@b.example", role="reviewer", now=SIGNED
    )
    assert held(session) == []


def test_somebody_is_left_alone_only_if_everything_asked_holds(session: Session) -> None:
    first = make_survey(session, ["labour_rights"])
    declare(session, first, {}, now=SIGNED)
    ids, day = [first.supplier_id], date(2026, 11, 20)
    assert still_valid(session, ids, [RIGHTS], day) == {first.supplier_id: day}
    assert still_valid(session, ids, [RIGHTS, CODE], day) == {}
    assert still_valid(session, ids, [RIGHTS], date(2026, 11, 21)) == {}


def test_an_agreement_made_since_is_asked_about(session: Session) -> None:
    pay = LIBRARY["norway_pay_conditions"]
    supplier = make_supplier(session)
    contact = make_contact(session, supplier)
    invitation = make_survey(session, [pay.id], contact=contact)
    declare(session, invitation, {}, now=SIGNED)
    day = date(2026, 1, 1)
    assert still_valid(session, [supplier.id], [pay], day)
    make_subject(session, supplier)
    assert still_valid(session, [supplier.id], [pay], day) == {}


def test_answers_for_reporting_alone_do_not_count_for_more(session: Session) -> None:
    invitation = make_survey(session, ["labour_rights"])
    invitation.campaign.reporting = True
    declare(session, invitation, {}, now=SIGNED)
    day = date(2026, 1, 1)
    assert still_valid(session, [invitation.supplier_id], [RIGHTS], day) == {}
    assert still_valid(session, [invitation.supplier_id], [RIGHTS], day, reporting=True)


def _choose(session: Session, months: int | None) -> None:
    choose_months(session, "labour_rights", months, reason="Policy.", by="a@b.example", now=SIGNED)
