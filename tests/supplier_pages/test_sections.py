"""Answering section by section: nothing that was written is lost."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.declarations.drafts import Change, save
from tests.answering import Supplier, link
from tests.makers import THEN, make_campaign
from tests.samples import PDF
from tests.supplier_pages.conftest import Invite, Way, enter, section, stored

ACCEPTANCE = "supplier_code_of_conduct/acceptance"
PROFILE = "company_profile/profile"


def test_a_partly_filled_page_is_kept_and_the_way_goes_on(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "supplier_code_of_conduct/anchoring"))
    supplier.press(
        "Save and continue", values={"coc_policy": "public", "coc_policy.comment": "Since 2019"}
    )
    assert supplier.path.endswith("/mapping")
    assert stored(rows, invitation) == {"coc_policy": "public", "coc_policy.comment": "Since 2019"}


def test_the_valid_part_of_an_invalid_page_is_kept(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite("company_profile")
    enter(supplier, app, invitation)
    supplier.open(section(invitation, PROFILE))
    supplier.press(
        "Save and continue",
        status=422,
        values={
            "prf_legal_name": "Grønn Glass AS",
            "prf_sites.0.country": "NO",
            "prf_sites.0.people": "many",
        },
    )
    kept = stored(rows, invitation)
    assert kept["prf_legal_name"] == "Grønn Glass AS"
    assert kept["prf_sites"] == [{"id": "0", "country": "NO"}]
    summary = supplier.page.one("div", class_="error-summary")
    assert "“many” is not a number" in summary.text
    assert supplier.page.fields()["prf_sites.0.people"] == "many"
    assert supplier.page.one("title").text.strip().startswith("Error:")


def test_an_answer_that_opens_questions_shows_them_on_the_same_page(
    app: Flask, supplier: Supplier, invite: Invite
) -> None:
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.open(section(invitation))
    assert supplier.asked() == ["coc_acceptance"]
    supplier.press("Save and continue", values={"coc_acceptance": "reservations"})
    assert supplier.asked() == ["coc_acceptance", "coc_reservations"]
    assert "1 more question because of your answers." in supplier.page.text


def test_a_growing_table_takes_and_loses_lines(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite("company_profile")
    enter(supplier, app, invitation)
    supplier.open(section(invitation, PROFILE))
    supplier.press("Add a line", values={"prf_sites.0.place": "Oslo"})
    supplier.press("Add a line", values={"prf_sites.1.place": "Bergen"})
    supplier.press("Remove line 1")
    assert stored(rows, invitation)["prf_sites"] == [{"id": "0", "place": "Bergen"}]


def test_the_language_changes_half_way_and_keeps_what_is_on_the_page(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.open(section(invitation))
    supplier.press("Change", values={"coc_acceptance": "accept", "locale": "nb"})
    assert supplier.path == section(invitation)
    assert supplier.page.one("html").get("lang") == "nb"
    assert stored(rows, invitation) == {"coc_acceptance": "accept"}


def test_a_page_that_names_no_revision_is_saved_too(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.client.post(section(invitation), data={"coc_acceptance": "accept"})
    supplier.client.post(section(invitation), data={"coc_acceptance": "decline"})
    assert stored(rows, invitation) == {"coc_acceptance": "decline"}


@pytest.mark.parametrize(("choice", "kept"), [("mine", "decline"), ("theirs", "accept")])
def test_two_people_on_one_answer_choose(
    app: Flask, way: Way, colleague: Supplier, choice: str, kept: str
) -> None:
    supplier, invite, rows = way
    invitation = invite()
    for person in (supplier, colleague):
        enter(person, app, invitation)
        person.open(section(invitation))
    supplier.press("Save and continue", values={"coc_acceptance": "accept"})
    colleague.press("Save and continue", status=422, values={"coc_acceptance": "decline"})
    assert "Yours: No" in colleague.page.text
    assert "Theirs: Yes, we accept it" in colleague.page.text
    assert stored(rows, invitation) == {"coc_acceptance": "accept"}
    colleague.press("Save and continue", values={"coc_acceptance.choice": choice})
    assert stored(rows, invitation) == {"coc_acceptance": kept}


def test_fields_are_saved_as_they_are_written(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    enter(supplier, app, invitation)
    answer = supplier.client.post(
        section(invitation) + "/autosave",
        data={"coc_acceptance": "decline", "coc_acceptance.revision": "0"},
    )
    assert answer.json["visible"] == ["coc_acceptance", "coc_reservations"]
    assert answer.json["revisions"]["coc_acceptance"] == 1
    assert (answer.json["errors"], answer.json["conflict"]) == ({}, None)
    assert stored(rows, invitation) == {"coc_acceptance": "decline"}


def test_a_field_that_somebody_else_saved_is_said_while_writing(
    app: Flask, supplier: Supplier, colleague: Supplier, invite: Invite
) -> None:
    invitation = invite()
    for person, value in ((supplier, "accept"), (colleague, "decline")):
        enter(person, app, invitation)
        answer = person.client.post(
            section(invitation) + "/autosave",
            data={"coc_acceptance": value, "coc_acceptance.revision": "0"},
        )
    assert answer.json["conflict"].startswith("Somebody else has answered")
    assert "coc_acceptance" not in answer.json["revisions"]


def test_a_file_is_kept_downloaded_and_removed(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.open(section(invitation))
    supplier.press("Save and continue", values={"coc_acceptance": "own_code"})
    upload = {"coc_own_code_file.file": (io.BytesIO(PDF), "our code.pdf")}
    supplier.press("Save and continue", values=upload)
    assert stored(rows, invitation)["coc_own_code_file"] == ["our code.pdf"]
    supplier.open(section(invitation, "review"))
    href = next(href for href in supplier.page.links() if "/files/" in href)
    response = supplier.client.get(href)
    assert response.data == PDF
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    supplier.open(section(invitation))
    supplier.press("Remove our code.pdf")
    assert "coc_own_code_file" not in stored(rows, invitation)
    assert supplier.client.get(href).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("big.pdf", PDF + b"0" * 15 * 1024 * 1024, "is larger than 15 MB"),
        ("page.html", b"<script>", "is of a kind we cannot take"),
        ("picture.png", PDF, "is of another kind than its name says"),
    ],
)
def test_a_file_that_is_not_taken_says_why(
    app: Flask, way: Way, name: str, content: bytes, sentence: str
) -> None:
    supplier, invite, rows = way
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.open(section(invitation))
    supplier.press("Save and continue", values={"coc_acceptance": "own_code"})
    upload = {"coc_own_code_file.file": (io.BytesIO(content), name)}
    supplier.press("Save and continue", status=422, values=upload)
    assert sentence in supplier.page.text
    assert stored(rows, invitation) == {"coc_acceptance": "own_code"}


def test_the_code_of_conduct_stands_at_its_question(
    app: Flask, supplier: Supplier, invite: Invite
) -> None:
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.open(section(invitation))
    assert "Read the Code of Conduct (version standard-1)" in supplier.page.text
    file = supplier.client.get(section(invitation, "code/file"))
    assert file.headers["Content-Disposition"].startswith("attachment")
    supplier.open(section(invitation, "code"))
    assert supplier.heading == "Supplier Code of Conduct"


def test_hostile_names_and_answers_are_shown_as_they_are(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    evil = "<script>alert(1)</script>{{ 7 * 7 }}"
    invitation = invite()
    enter(supplier, app, invitation)
    supplier.open(section(invitation))
    supplier.press("Save", values={"coc_acceptance": "accept", "coc_acceptance.comment": evil})
    supplier.open(section(invitation, "review"))
    assert evil in supplier.page.text
    assert "<script>alert" not in supplier.page.source


def test_a_section_in_which_nothing_is_asked_leads_to_the_overview(
    app: Flask, supplier: Supplier, invite: Invite
) -> None:
    invitation = invite("conflict_minerals_3tg")
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "conflict_minerals_3tg/tantalum"))
    assert supplier.path == section(invitation, "")
    supplier.open(section(invitation, "conflict_minerals_3tg/nothing"), 404)


def test_for_reporting_the_rest_is_extra_and_may_be_left_out(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    campaign = make_campaign(rows, reporting=True)
    invitation = invite("company_profile", campaign=campaign)
    enter(supplier, app, invitation)
    assert "2 questions are left" in supplier.page.text
    page = supplier.open(section(invitation, "company_profile/profile"))
    extra = "(extra, you may leave this out)"
    assert page.text.count(extra) == 6  # of eight
    supplier.press(
        "Save and continue", values={"prf_legal_name": "Sample AS", "prf_headcount": "n1_9"}
    )
    assert "Go on to sign" in supplier.page.text
    assert extra in supplier.open(f"{link(app, invitation)}/questions").text


def test_a_line_is_added_although_the_last_is_blank(
    app: Flask, supplier: Supplier, invite: Invite
) -> None:
    invitation = invite("company_profile")
    enter(supplier, app, invitation)
    supplier.open(section(invitation, PROFILE))
    for lines in (2, 3):
        supplier.press("Add a line")
        names = [e.get("name") for e in supplier.page.all("select") if not e.inside("template")]
        assert sum(name.endswith(".country") for name in names) == lines
    supplier.press("Add a country")
    lists = [e.get("name") for e in supplier.page.all("select") if not e.inside("template")]
    assert lists.count("prf_countries_upstream") == 2


def test_where_no_line_fits_any_more_it_is_said(
    app: Flask, supplier: Supplier, invite: Invite, rows: Session
) -> None:
    invitation = invite("company_profile")
    row = {"country": "NO", "activity": "office", "own_or_sub": "own"}
    sites = Change([{"id": str(number), **row} for number in range(30)])
    save(rows, invitation, {"prf_sites": sites}, "test", THEN)
    rows.commit()
    enter(supplier, app, invitation)
    supplier.open(section(invitation, PROFILE))
    supplier.press("Add a line")
    assert "There is room for 30 lines at most." in supplier.page.text
    assert len(stored(rows, invitation)["prf_sites"]) == 30


@pytest.mark.parametrize(
    ("button", "comment", "status"),
    [
        ("Save and continue", "", 422),
        ("Save and continue", "A spill in May.", 200),
        ("Save and go to the overview", "", 200),
    ],
)
def test_a_comment_that_an_answer_needs_is_asked_for_on_its_page(
    app: Flask, way: Way, button: str, comment: str, status: int
) -> None:
    supplier, invite, rows = way
    invitation = invite("environment_certificates")
    enter(supplier, app, invitation)
    supplier.open(section(invitation, "environment_certificates/env_law"))
    values = {"env_incident": "yes", "env_incident.comment": comment}
    page = supplier.press(button, status, values)
    assert stored(rows, invitation)["env_incident"] == "yes"
    if status == 422:
        block = page.one("div", data_question="env_incident")
        assert "has-error" in block.get("class").split()
        assert "Please explain this answer in a comment." in block.text
        assert "#env_incident.comment" in page.links()


def test_a_file_stands_in_a_cell_is_replaced_and_removed(
    supplier: Supplier, invite: Invite, rows: Session, app: Flask
) -> None:
    invitation = invite("environment_certificates")
    enter(supplier, app, invitation)
    page = section(invitation, "environment_certificates/env_certified")
    supplier.open(page)
    supplier.press("Save and continue", values={"env_holds": "yes"})
    cell = "env_certificates.iso_14001"
    first = {f"{cell}.held": "yes", f"{cell}.file": (io.BytesIO(PDF), "first.pdf")}
    supplier.open(page)
    supplier.press("Save and continue", values=first)
    second = {f"{cell}.file": (io.BytesIO(PDF + b"\n"), "second.pdf")}
    supplier.open(page)
    supplier.press("Save and continue", values=second)
    kept = [{"id": "iso_14001", "held": "yes", "file": "second.pdf"}]
    assert stored(rows, invitation)["env_certificates"] == kept
    supplier.open(page)
    supplier.press("Remove second.pdf")
    assert stored(rows, invitation)["env_certificates"] == [{"id": "iso_14001", "held": "yes"}]


def test_a_file_that_a_cell_does_not_take_is_named_at_the_cell(
    supplier: Supplier, invite: Invite, app: Flask
) -> None:
    invitation = invite("environment_certificates")
    enter(supplier, app, invitation)
    page = section(invitation, "environment_certificates/env_certified")
    supplier.open(page)
    supplier.press("Save and continue", values={"env_holds": "yes"})
    supplier.open(page)
    upload = {"env_certificates.emas.file": (io.BytesIO(b"MZ"), "virus.exe")}
    shown = supplier.press("Save and continue", 422, upload)
    assert "File, line EMAS:" in " ".join(shown.text.split())
