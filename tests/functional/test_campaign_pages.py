"""Campaigns by page: launched in three steps, looked at, acted on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from unittest.mock import patch

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.catalogues.uncertain import Uncertain
from portal.i18n import question_translator
from portal.outbox.models import Message
from portal.suppliers.models import SubjectKind, SupplierKind
from portal.web.buyer import campaign_launch
from tests.html import Page
from tests.library import LIBRARY
from tests.mail.launched import NOW, launched
from tests.makers import make_contact, make_subject, make_supplier
from tests.signing_in import signed_in_client

GetPage = Callable[..., Page]
LABOUR = LIBRARY["labour_rights"]
LATER = "2027-01-20"
WHAT = {"title": "Autumn", "questionnaires": ["labour_rights", "company_profile"]}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The pages look at the clock: it stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


def stored(rows: Session, query: sa.Select[tuple[object]]) -> list[object]:
    rows.expire_all()
    found = list(rows.scalars(query))
    rows.rollback()
    return found


def choose(client: FlaskClient, **values: object) -> None:
    """Go through the three steps."""
    for step, form in (
        ("", values.get("what", WHAT)),
        ("/whom", values.get("whom", {})),
        ("/when", {"deadline": LATER, "plan": "-7, 3"} | values.get("when", {})),
    ):
        answer = client.post(f"/campaigns/new{step}", data=form)
        assert answer.status_code == 303, answer.text


def test_a_campaign_for_reporting_says_so_and_stays_so(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    make_contact(rows)
    signed_in_client(rows, client)
    assert "no code for" in get_page("/campaigns/new").text
    choose(client)
    client.post("/campaigns/new", data=WHAT | {"reporting": "y"})
    page = get_page("/campaigns/new/check")
    assert "Our own reporting" in page.text
    client.post("/campaigns/new/send", data={"count": "1"})
    [campaign] = stored(rows, sa.select(Campaign))
    assert isinstance(campaign, Campaign)
    assert campaign.reporting
    assert "Our own reporting" in get_page(f"/campaigns/{campaign.id}").text


def test_campaign_is_launched_in_three_steps(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    make_contact(rows, locale="nb")
    make_contact(rows)
    make_supplier(rows, name="Zinc Works")
    signed_in_client(rows, client)
    for step in ("", "/whom", "/when"):
        get_page(f"/campaigns/new{step}")

    choose(client)
    page = get_page("/campaigns/new/check")

    assert "Send 2 invitations" in page.text
    assert "Zinc Works There is no contact" in page.text
    assert "English: one reader" in page.text
    assert page.text.count("[personal link]") + page.text.count("[personlig lenke]") == 2
    assert stored(rows, sa.select(Campaign)) == []
    answer = client.post("/campaigns/new/send", data={"count": "2"})
    assert answer.status_code == 303
    [campaign] = stored(rows, sa.select(Campaign))
    assert (campaign.title, campaign.deadline) == ("Autumn", date.fromisoformat(LATER))
    assert campaign.reminder_plan == [-7, 3]
    assert len(stored(rows, sa.select(Message))) == 2
    assert "2 invitations are on their way" in get_page(answer.location).text


def test_chosen_suppliers_only(rows: Session, client: FlaskClient, get_page: GetPage) -> None:
    make_contact(rows, make_supplier(rows, country="CN", criticality="A"))
    make_contact(rows, make_supplier(rows, country="SE"))
    signed_in_client(rows, client)

    choose(client, whom={"country": ["CN"], "criticality": ["A", "B"]})

    page = get_page("/campaigns/new/check")
    assert "Send 1 invitation" in page.text
    assert "criticality=A,B country=CN" in page.text


def test_owners_of_agreements_are_asked_apart_from_suppliers(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    make_contact(rows)
    make_contact(rows, make_supplier(rows, name="Landlord", kind=SupplierKind.AGREEMENT_OWNER))
    signed_in_client(rows, client)
    both = {"title": "Both", "questionnaires": ["labour_rights", "agreement_owner_status"]}
    mixed = client.post("/campaigns/new", data=both)
    assert mixed.status_code == 422
    assert "Launch a campaign for each." in mixed.text

    choose(client, what={"title": "Owners", "questionnaires": ["agreement_owner_status"]})

    assert "only they are asked" in get_page("/campaigns/new/whom").text
    page = get_page("/campaigns/new/check")
    assert "Send 1 invitation" in page.text
    assert "All active owners of agreements" in page.text
    answer = client.post("/campaigns/new/send", data={"count": "1"})
    assert "All active owners of agreements" in get_page(answer.location).text


def test_both_agreements_of_a_supplier_are_shown_before(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    cleaner = make_supplier(rows, name="Cleaner")
    make_contact(rows, cleaner)
    make_contact(rows)
    make_subject(rows, cleaner, key="A-7", title="Canteen")
    make_subject(rows, cleaner, key="A-9", title="Offices")
    make_subject(rows, cleaner, kind=SubjectKind.MATERIAL, title="Serum")
    signed_in_client(rows, client)

    choose(client, what={"title": "Pay", "questionnaires": ["norway_pay_conditions"]})
    page = get_page("/campaigns/new/check")

    assert "(3 sets of answers: one for each agreement, one where there is none)" in page.text
    assert "Cleaner A-7 Canteen A-9 Offices" in page.text
    assert "Serum" not in page.text
    choose(client)
    assert "sets of answers" not in get_page("/campaigns/new/check").text


def test_second_launch_warns_and_can_leave_out(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    make_contact(rows)
    launched(rows)
    make_contact(rows)
    signed_in_client(rows, client)
    choose(client)

    assert "One supplier was asked the same lately" in get_page("/campaigns/new/check").text
    page = get_page("/campaigns/new/check?repeat=leave_out")
    assert "Send 1 invitation" in page.text
    answer = client.post("/campaigns/new/send", data={"count": "1", "repeat": "leave_out"})
    assert answer.status_code == 303
    assert len(stored(rows, sa.select(Invitation))) == 2


def test_nothing_is_sent_that_was_not_shown(rows: Session, client: FlaskClient) -> None:
    make_contact(rows)
    signed_in_client(rows, client)
    choose(client)

    answer = client.post("/campaigns/new/send", data={"count": "5"})

    assert answer.status_code == 409
    Page(answer.text).check()
    assert stored(rows, sa.select(Campaign)) == []


def test_deadline_that_has_passed_is_refused_with_a_sentence(
    rows: Session, client: FlaskClient
) -> None:
    make_contact(rows)
    signed_in_client(rows, client)
    choose(client, when={"deadline": NOW.date().isoformat()})

    with time_machine.travel(NOW + timedelta(hours=16), tick=False):
        answer = client.post("/campaigns/new/send", data={"count": "1"})

    assert answer.status_code == 422
    assert "The deadline has passed already" in answer.text
    assert stored(rows, sa.select(Campaign)) == []


@pytest.mark.parametrize(
    ("step", "form", "sentence"),
    [
        ("", {"title": ""}, "Give the campaign a title."),
        ("", {"title": "x"}, "Choose at least one questionnaire."),
        ("/when", {"deadline": ""}, "Choose the last day for an answer."),
        ("/when", {"deadline": "2020-01-01"}, "The deadline has passed already."),
        ("/when", {"deadline": "9999-12-31"}, "more than a hundred years away"),
        ("/when", {"deadline": LATER, "plan": "soon"}, "Write days with commas between"),
        ("/when", {"deadline": LATER, "plan": "999"}, "within a year of the deadline"),
        ("/whom", {"spend_from": "much"}, "Not a valid decimal value"),
    ],
)
def test_step_says_what_is_missing(
    rows: Session, client: FlaskClient, step: str, form: dict[str, str], sentence: str
) -> None:
    signed_in_client(rows, client)

    answer = client.post(f"/campaigns/new{step}", data=form)

    assert answer.status_code == 422
    Page(answer.text).check()
    assert sentence in answer.text


def test_check_without_steps_leads_to_the_first(rows: Session, client: FlaskClient) -> None:
    signed_in_client(rows, client)

    assert client.get("/campaigns/new/check").location == "/campaigns/new"
    assert client.post("/campaigns/new/send").location == "/campaigns/new"


def test_all_questions_can_be_read_before(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    signed_in_client(rows, client)
    client.post("/campaigns/new", data=WHAT)

    assert "Labour rights" in get_page("/campaigns/new/questions").text
    title = question_translator("nb")("labour_rights", LABOUR.title)
    doubted = Uncertain("nb", "labour_rights", LABOUR.title, title, "is it said so?")
    with patch.object(campaign_launch, "uncertain_texts", lambda _locale: (doubted,)):
        page = get_page("/campaigns/new/questions?language=nb")
    assert title in page.text
    assert "Uncertain translation: is it said so?" in page.text


def test_auditor_looks_but_does_not_launch(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    make_contact(rows)
    [invitation] = launched(rows)
    signed_in_client(rows, client, "auditor")

    assert "Launch a campaign" not in get_page("/campaigns").text
    assert "Withdraw" not in get_page(f"/invitations/{invitation.public_id}").text
    assert client.get("/campaigns/new").status_code == 403
    assert client.post(f"/invitations/{invitation.public_id}/withdraw").status_code == 403


def test_campaign_lists_its_invitations_and_narrows_them(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    make_contact(rows, make_supplier(rows, name="Alpha", country="CN"))
    make_contact(rows, make_supplier(rows, name="Beta", criticality="A"))
    first, second = launched(rows)
    second.state = InvitationState.DECLINED
    rows.commit()
    address = f"/campaigns/{first.campaign_id}"
    signed_in_client(rows, client)

    assert all(name in get_page(address).text for name in ("Alpha", "Beta"))
    for query, shown in (
        ("state=declined", "Beta"),
        ("state=not_started", "Alpha"),
        ("criticality=A", "Beta"),
        ("country=CN", "Alpha"),
    ):
        links = get_page(f"{address}?{query}").links()
        assert len([link for link in links if link.startswith("/invitations/")]) == 1
        assert shown in get_page(f"{address}?{query}").text
    assert "No invitation fits." in get_page(f"{address}?state=late").text
    assert client.get(f"{address}?state=nonsense").status_code == 400
    assert client.get(f"{address}?page=0").status_code == 400


@pytest.mark.parametrize(
    ("act", "form", "sentence"),
    [
        ("withdraw", {}, "The invitation is withdrawn."),
        ("replace", {}, "A new link is on its way."),
        ("replace", {"purpose": "sign"}, "Nobody has been asked to sign."),
        ("extend", {"day": LATER}, "The supplier has more time."),
        ("extend", {"day": "2026-01-01"}, "Choose a day that gives the supplier more time."),
        ("extend", {"day": "9999-12-31"}, "more than a hundred years away"),
        ("extend", {"day": "soon"}, "Choose a day that gives the supplier more time."),
        ("refer", {}, "Nobody else was named."),
    ],
)
def test_acts_on_an_invitation_say_what_was_done(  # noqa: PLR0917 - three of them are cases
    rows: Session,
    client: FlaskClient,
    get_page: GetPage,
    act: str,
    form: dict[str, str],
    sentence: str,
) -> None:
    make_contact(rows)
    [invitation] = launched(rows)
    address = f"/invitations/{invitation.public_id}"
    signed_in_client(rows, client)

    answer = client.post(f"{address}/{act}", data=form)

    assert answer.location == address
    assert sentence in get_page(address).text


def test_another_contact_is_asked(rows: Session, client: FlaskClient, get_page: GetPage) -> None:
    first = make_contact(rows)
    [invitation] = launched(rows)
    other = make_contact(rows, first.supplier, primary=False)
    stranger = make_contact(rows)
    address = f"/invitations/{invitation.public_id}"
    signed_in_client(rows, client)

    assert client.post(f"{address}/contact", data={"contact": stranger.id}).status_code == 404
    assert client.post(f"{address}/contact", data={"contact": other.id}).status_code == 303
    assert other.email in get_page(address).text


def test_campaign_is_closed_once(rows: Session, client: FlaskClient, get_page: GetPage) -> None:
    make_contact(rows)
    [invitation] = launched(rows)
    address = f"/campaigns/{invitation.campaign_id}"
    signed_in_client(rows, client)

    client.post(f"{address}/close")
    assert "Nobody is reminded any more." in get_page(address).text
    client.post(f"{address}/close")
    assert "The campaign is closed." in get_page(address).text


def test_list_of_campaigns_says_how_to_begin(
    rows: Session, client: FlaskClient, get_page: GetPage
) -> None:
    signed_in_client(rows, client)

    assert "Nobody has been asked yet." in get_page("/campaigns").text
