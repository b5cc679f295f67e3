"""What was declared last year stands in the form, and counts when it is confirmed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.declarations import attachments
from portal.declarations.models import Attachment
from tests.answering import Supplier
from tests.declarations.surveys import make_survey
from tests.makers import make_campaign
from tests.ratings.declaring import declare
from tests.reports.declaring import declare as declare_with_files
from tests.supplier_pages.conftest import Invite, Way, enter, section, stored

PROFILE = "company_profile/profile"
MARCH = datetime(2026, 3, 3, 9, tzinfo=UTC)
SITES = [{"id": "0", "country": "NO", "activity": "office", "own_or_sub": "own"}]
ANSWERS = {
    "prf_legal_name": "Sample AS",
    "prf_role": ["software"],
    "prf_headcount": "n10_49",
    "prf_sites": SITES,
    "prf_own_law": ["no_apl"],
    "prf_statement_link": "https://sample.example/statement",
    "prf_contact_role": "Quality, quality@sample.example",
}


@pytest.fixture
def second(rows: Session, invite: Invite) -> Invitation:
    """This year's invitation of a supplier that declared its profile in March."""
    first = make_survey(rows, ["company_profile"])
    declare(rows, first, ANSWERS, datetime(2026, 3, 3, 9, tzinfo=UTC))
    campaign = make_campaign(
        rows, launched_at=datetime(2026, 11, 20, 9, tzinfo=UTC), deadline=date(2027, 1, 31)
    )
    return invite("company_profile", campaign=campaign, contact=first.contact)


def test_one_press_confirms_all(
    app: Flask, supplier: Supplier, second: Invitation, rows: Session
) -> None:
    enter(supplier, app, second)
    assert "7 answers are filled in from your last declaration" in " ".join(
        supplier.page.text.split()
    )
    assert "To confirm" in supplier.page.text
    page = supplier.open(section(second, PROFILE))
    assert page.text.count("From your answer of 3 March 2026. Still right?") == 7
    assert "prf_statement_link" in supplier.asked()
    assert stored(rows, second) == {}
    supplier.press("Yes, all this is still right")
    assert stored(rows, second) == ANSWERS
    assert supplier.path.endswith("/review")


@pytest.mark.parametrize("button", ["Save and go to the overview", "Add a line", "Change"])
def test_only_confirming_confirms(
    app: Flask, supplier: Supplier, second: Invitation, rows: Session, button: str
) -> None:
    enter(supplier, app, second)
    supplier.open(section(second, PROFILE))
    supplier.press(button, values={"prf_legal_name": "Sample Group AS"})
    assert stored(rows, second) == {"prf_legal_name": "Sample Group AS"}


def test_each_can_be_changed_and_emptied(
    app: Flask, supplier: Supplier, second: Invitation, rows: Session
) -> None:
    enter(supplier, app, second)
    supplier.open(section(second, PROFILE))
    changed = {"prf_headcount": "n50_249", "prf_statement_link": ""}
    supplier.press("Confirm and continue", values=changed)
    kept = {name: value for name, value in ANSWERS.items() if name != "prf_statement_link"}
    assert stored(rows, second) == {**kept, "prf_headcount": "n50_249"}
    page = supplier.open(section(second, PROFILE))
    assert "Still right?" not in page.text


def test_what_cannot_be_kept_is_not_put_aside(
    app: Flask, supplier: Supplier, second: Invitation, rows: Session
) -> None:
    enter(supplier, app, second)
    supplier.open(section(second, PROFILE))
    supplier.press("Confirm and continue", 422, {"prf_headcount": "n7"})
    assert "prf_headcount" not in stored(rows, second)
    page = supplier.open(section(second, PROFILE))
    assert page.text.count("Still right?") == 1


def test_the_day_is_written_in_the_suppliers_language(
    app: Flask, supplier: Supplier, second: Invitation, rows: Session
) -> None:
    enter(supplier, app, second)
    supplier.open(section(second, PROFILE))
    supplier.press("Change", values={"locale": "nb"})
    assert "3. mars 2026" in supplier.page.text


CERTIFICATES = "environment_certificates/env_certified"
HELD = {"id": "iso_14001", "held": "yes", "number": "7"}


def with_certificate(rows: Session, invite: Invite) -> tuple[Invitation, Attachment]:
    """Return this year's invitation of a supplier that gave a certificate with its file in March."""
    asked = ["environment_certificates"]
    first = make_survey(rows, asked)
    file = Attachment(
        invitation_id=first.id,
        question_id="env_certificates.iso_14001.file",
        name="iso.pdf",
        media_type="application/pdf",
        size=1,
        sha256="b" * 64,
        storage_key="ab/ab",
        uploaded_at=MARCH,
    )
    rows.add(file)
    rows.flush()
    answers = {"env_holds": "yes", "env_certificates": [{**HELD, "file": "iso.pdf"}]}
    declare_with_files(rows, first, answers, now=MARCH, files=(file,))
    campaign = make_campaign(
        rows, launched_at=datetime(2026, 11, 20, 9, tzinfo=UTC), deadline=date(2027, 1, 31)
    )
    return invite(*asked, campaign=campaign, contact=first.contact), file


@pytest.mark.parametrize(
    ("number", "carried"), [("7", True), ("8", False)], ids=["confirmed", "changed"]
)
def test_a_certificate_s_file_goes_with_its_row(
    app: Flask, way: Way, number: str, carried: bool
) -> None:
    supplier, rows = way.supplier, way.rows
    second, earlier = with_certificate(rows, way.invite)
    enter(supplier, app, second)
    page = supplier.open(section(second, CERTIFICATES))
    assert "The file iso.pdf goes with this row when you confirm the answer." in page.text
    supplier.press(
        "Yes, all this is still right", values={"env_certificates.iso_14001.number": number}
    )
    row = {**HELD, "number": number} | ({"file": "iso.pdf"} if carried else {})
    assert stored(rows, second)["env_certificates"] == [row]
    kept = attachments.of(rows, second)
    assert [(each.name, each.storage_key, each.sha256) for each in kept] == (
        [("iso.pdf", earlier.storage_key, earlier.sha256)] if carried else []
    )
