"""Answering from public documents in the browser, marked wherever it is seen."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.campaigns.models import Invitation, InvitationState
from portal.ratings import service
from tests.declarations.surveys import make_survey
from tests.makers import THEN, make_contact, make_supplier
from tests.reports.declaring import declare
from tests.signing_in import sign_in

URL = "https://bolt.example/statement.pdf"
KEPT = {"lab_rest_day": "yes", "url": URL, "read_on": "2026-11-01", "note": "Page 4"}


@pytest.fixture
def invitation(rows):
    contact = make_contact(rows, make_supplier(rows, country="CN", category="ict_equipment"))
    state = InvitationState.SENT
    made = make_survey(rows, ["labour_rights"], contact=contact, state=state, sent_at=THEN)
    service.after_launch(rows, [made], THEN)
    found = (made.public_id, made.supplier_id)
    rows.commit()
    return found


def test_an_answer_is_kept_shown_as_such_and_taken_back(rows, client, get_page, invitation):
    public_id, supplier = invitation
    address = f"/invitations/{public_id}/public"
    sign_in(client, rows, "reviewer")
    assert "Answer from public documents" in get_page(f"/invitations/{public_id}").text
    assert "Nothing read yet" in get_page(address).text
    get_page(f"{address}/lab_rest_day")
    assert client.post(f"{address}/lab_rest_day", data=KEPT).status_code == 303
    page = get_page(address)
    assert "From a public document" in page.text
    assert URL in page.links()
    assert "One answer was read by you" in get_page(f"/invitations/{public_id}").text
    assert "one answer was read by you" in get_page(f"/suppliers/{supplier}").text
    told = get_page(f"/suppliers/{supplier}").text
    assert "Public documents, read by you" in told
    assert "the supplier has not said so itself" in told
    client.post(f"{address}/lab_rest_day", data={"take_back": "yes"})
    assert "From a public document" not in get_page(address).text


def test_the_declaration_that_takes_their_place_says_so(rows, client, get_page, invitation):
    public_id, _ = invitation
    sign_in(client, rows, "reviewer")
    client.post(f"/invitations/{public_id}/public/lab_rest_day", data=KEPT)
    asked = rows.scalar(sa.select(Invitation).where(Invitation.public_id == public_id))
    declaration = declare(rows, asked, {"lab_rest_day": "yes"}).public_id
    rows.commit()
    assert "no longer counts" in get_page(f"/declarations/{declaration}").text
    assert "no longer counts" in get_page(f"/invitations/{public_id}/public").text
    refused = client.post(f"/invitations/{public_id}/public/lab_rest_day", data=KEPT)
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"url": "nowhere"}, "Give the address of the document"),
        ({"read_on": "2999-01-01"}, "Say on which day you read it"),
        ({"lab_rest_day": "perhaps"}, "Give the answer in the form"),
    ],
)
def test_what_cannot_be_kept_is_said(rows, client, invitation, fault, sentence):
    sign_in(client, rows, "reviewer")
    refused = client.post(f"/invitations/{invitation[0]}/public/lab_rest_day", data=KEPT | fault)
    assert refused.status_code == 422
    assert sentence in refused.text


def test_an_auditor_reads_and_what_is_not_asked_is_not_found(rows, client, get_page, invitation):
    address = f"/invitations/{invitation[0]}/public"
    sign_in(client, rows, "auditor")
    get_page(address)
    assert client.post(f"{address}/lab_rest_day", data=KEPT).status_code == 403
    assert client.get(f"{address}/nothing").status_code == 404
