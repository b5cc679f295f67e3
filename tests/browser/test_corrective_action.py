"""From a finding to its end, from both sides: action, proof, check, red flag cleared, rating falls."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from portal.ratings import service
from portal.ratings.flags import set_flag
from tests.browser.conftest import PHONE, Sit
from tests.browser.person import Person
from tests.browser.site import Site, link_in
from tests.browser.test_buyer import sign_in
from tests.followup.acting import make_found
from tests.makers import make_contact, make_supplier
from tests.samples import PDF

EMAIL = "office@bolts.example"


def test_a_red_flag_falls_once_the_proof_is_checked(site: Site, sit: Sit, tmp_path: Path) -> None:
    kari, supplier = sit(), flagged_supplier(site)
    sign_in(kari, site.add_user())
    before = residual_risk(kari, supplier)
    share_an_action(kari, supplier)
    site.post()
    say_done(sit(PHONE), link_in(site.mails_to(EMAIL)[-1]), proof_in(tmp_path))
    site.post()
    [told] = [
        mail for mail in site.mails_to("@fjordlab.example") if "corrective" in mail["Subject"]
    ]
    check_and_close(kari, told["Subject"])
    assert residual_risk(kari, supplier) < before


def flagged_supplier(site: Site) -> int:
    """Store a supplier with a finding under a red flag; return its id."""
    now = datetime.now(UTC)
    with site.rows() as rows:
        supplier = make_supplier(rows, name="Blue Bolts Ltd", category="office_furniture")
        make_contact(rows, supplier, email=EMAIL)
        finding = make_found(rows, supplier, red_flag=True, severity="critical")
        service.recompute(rows, [supplier.id], now)
        flag = set_flag(
            rows,
            supplier.id,
            "severe_abuse_in_remedy",
            source="A visit",
            reason="Workers paid fees",
            by="kari@fjordlab.example",
            now=now,
        )
        finding.flag_id = flag.id
        rows.flush()
        return supplier.id


def residual_risk(person: Person, supplier_id: int) -> float:
    """Read today's residual risk on the page about the supplier's risk."""
    person.open(f"/suppliers/{supplier_id}/risk")
    found = re.search(r"residual risk ([\d.]+) today", person.text)
    assert found is not None
    return float(found[1])


def share_an_action(person: Person, supplier_id: int) -> None:
    """From the supplier's finding to a mail on its way."""
    person.open(f"/suppliers/{supplier_id}")
    person.follow("Workers paid fees.")
    person.follow("Draw up a corrective action")
    assert person.page.locator("[name=measure]").input_value() == "Agree a repayment plan."
    person.press("Draw up the action")
    person.press("Share with the supplier")
    assert f"Shared with {EMAIL}" in person.text


def say_done(person: Person, link: str, proof: Path) -> None:
    """Be the supplier, who has put it right."""
    person.open(link)
    person.press("Start")
    assert "Workers paid fees." in person.text
    person.page.locator("[name=state][value=done]").check()
    person.press("Send", status=422)
    assert "Please write what has been done." in person.text
    person.page.locator("[name=state][value=done]").check()
    person.page.locator("[name=text]").fill("All 14 workers have their fees back.")
    person.page.locator("[name=files]").set_input_files(proof)
    person.press("Send")
    assert "bank.pdf" in person.text


def proof_in(folder: Path) -> Path:
    """Return a file that shows what was done."""
    file = folder / "bank.pdf"
    file.write_bytes(PDF)
    return file


def check_and_close(person: Person, subject: str) -> None:
    """Follow the task of the first page, read the proof, close, and clear the flag."""
    assert "Blue Bolts Ltd" in subject
    person.open("/")
    person.follow("1 corrective action is said to be done: check it")
    person.follow("Agree a repayment plan.")
    assert "bank.pdf" in person.text
    person.page.locator("[name=check-seen]").fill("The bank list names all 14 workers.")
    person.page.locator("[name=check-clears_flag]").check()
    person.press("Close the action")
    assert "The red flag was cleared." in person.text
    person.open("/findings?status=closed")
    assert "Workers paid fees." in person.text
