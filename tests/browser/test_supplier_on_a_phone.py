"""A supplier in Norwegian, on a small phone: from the mail to the receipt."""

from __future__ import annotations

from tests.browser.answers import answer_section
from tests.browser.conftest import PHONE, Sit
from tests.browser.person import Person
from tests.browser.signing import sign
from tests.browser.site import Site

CONTACT = {"email": "kontor@glass.example", "locale": "nb"}
ASKED = ("supplier_code_of_conduct", "labour_rights", "conflict_minerals_3tg")


def test_from_the_mail_to_the_receipt_in_norwegian(site: Site, sit: Sit) -> None:
    ola = sit(PHONE)
    ola.open(site.ask(CONTACT, *ASKED))
    assert "ber om egenerklæring fra dere" in ola.heading
    start = ola.page.get_by_role("button", name="Start", exact=True)
    box = start.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"], "Start is not on the first screen"
    ola.send(start)
    ola.send(ola.page.locator("main a.big"))
    sections, came_up = go_through(ola)
    assert sections >= 20
    assert {"coc_incident_detail", "cm_q2_ta"} <= came_up
    assert ola.page.url.endswith("/review")
    ola.send(ola.page.locator("main a.big"))
    sign(ola)
    assert ola.page.url.endswith("/receipt")
    assert "Ola Hansen" in ola.text
    assert site.states() == ["submitted"]


def go_through(person: Person) -> tuple[int, set[str]]:
    """Answer section after section; return how many, and what the answers made come up."""
    sections, came_up = 0, set[str]()
    while person.page.locator("form#answers").count():
        came_up |= answer_section(person)
        if person.page.url.endswith("/metals"):
            only_tantalum(person)
        if person.page.url.endswith("/tantalum"):
            person.press("Lagre og fortsett", 422)
            explain_what_lacks(person)
        person.press("Lagre og fortsett")
        sections += 1
    return sections, came_up


def only_tantalum(person: Person) -> None:
    """Say no to the metals that the product does not hold."""
    for metal in ("sn", "au", "w"):
        person.page.locator(f"[name=cm_q1_{metal}][value=no]").check()


def explain_what_lacks(person: Person) -> None:
    """Write the comments that the page asks for."""
    comments = person.page.locator("textarea[name$='.comment'][aria-invalid]").all()
    assert comments
    for comment in comments:
        comment.fill("Smelteverket har svart oss skriftlig.")
