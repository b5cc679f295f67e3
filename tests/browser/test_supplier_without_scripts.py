"""A supplier in English whose browser runs no scripts: every comfort has a button instead."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from portal.declarations.models import Attachment
from tests.browser.answers import QUESTION, answer, asked
from tests.browser.conftest import Sit
from tests.browser.person import Person
from tests.browser.signing import sign
from tests.browser.site import Site, link_in

CONTACT = {"email": "office@glass.example", "locale": "en"}
BOSS = "boss@glass.example"


def test_every_comfort_has_a_button_instead(site: Site, sit: Sit, tmp_path: Path) -> None:
    kim = sit(scripts=False)
    kim.open(site.ask(CONTACT, "company_profile", "supplier_code_of_conduct"))
    kim.press("Start")
    kim.send(kim.page.locator("main a.big"))
    correct_a_wrong_value(kim)
    add_a_line(kim)
    switch_language_and_back(kim)
    go_on(kim, until="/acceptance")
    upload_the_own_code(kim, tmp_path)
    go_on(kim, until="/review")
    kim.follow("Send to the person who signs")
    kim.page.get_by_label("Name").fill("Ola Hansen")
    kim.page.get_by_label("E-mail").fill(BOSS)
    kim.press("Send the link")
    site.post()
    the_boss_signs(sit(scripts=False), link_in(site.mails_to(BOSS)[-1]))
    assert site.states() == ["submitted"]
    with site.rows() as rows:
        assert rows.scalars(sa.select(Attachment.name)).all() == ["our code.pdf"]


def correct_a_wrong_value(person: Person) -> None:
    """What is wrong is said; what is right beside it is kept."""
    person.page.locator("#prf_legal_name").fill("Glass & Sons AS")
    cell = person.page.locator("[name='prf_sites.0.people']")
    cell.fill("many")
    person.press("Save and continue", status=422)
    assert person.page.locator(".error-summary a").count() >= 1
    assert person.page.locator("#prf_legal_name").input_value() == "Glass & Sons AS"
    cell.fill("16")


def add_a_line(person: Person) -> None:
    """The button brings another line, and what was written stays."""
    lines = person.page.locator("[data-question=prf_sites] [data-row-list] > tr")
    before = lines.count()
    person.page.locator(f"[name='prf_sites.{before - 1}.people']").fill("4")
    person.send(person.page.locator("[data-question=prf_sites] [data-add-row]"))
    assert lines.count() == before + 1
    assert person.page.locator("[name='prf_sites.0.people']").input_value() == "16"


def switch_language_and_back(person: Person) -> None:
    """Changing the language keeps what was just written."""
    for code, saved in (("nb", "Lagre og fortsett"), ("en", "Save and continue")):
        person.page.locator("#language").select_option(code)
        person.send(person.page.locator(".language button"))
        assert person.page.locator("html").get_attribute("lang") == code
        assert person.page.get_by_role("button", name=saved).first.is_visible()
    assert person.page.locator("#prf_legal_name").input_value() == "Glass & Sons AS"


def go_on(person: Person, until: str) -> None:
    """Answer what is seen and save, again and again, until the page whose address ends so."""
    for _ in range(40):
        if person.page.url.endswith(until):
            return
        for each in asked(person):
            answer(person.page.locator(f'[data-question="{each}"]'))
        person.press("Save and continue")
    raise AssertionError(f"{until} is not reached, but {person.page.url}")


def upload_the_own_code(person: Person, folder: Path) -> None:
    """Choosing to send the own code brings the question for the file."""
    file = folder / "our code.pdf"
    file.write_bytes(b"%PDF-1.4\n%%EOF\n")
    person.page.locator("[name=coc_acceptance][value=own_code]").check()
    person.press("Save and continue")
    assert person.page.locator(QUESTION).count() == 2
    person.page.locator("[name='coc_own_code_file.file']").set_input_files(file)
    person.press("Save and continue")


def the_boss_signs(boss: Person, link: str) -> None:
    """Whoever signs reads everything and signs; nothing else is left to do."""
    boss.open(link)
    boss.press("Read and sign")
    assert boss.heading == "Check your answers"
    assert "our code.pdf" in boss.text
    boss.follow("Go on to sign")
    sign(boss)
    assert boss.heading == "Receipt"
