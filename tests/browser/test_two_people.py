"""Two people at one supplier write the same answer at the same time."""

from __future__ import annotations

from tests.browser.answers import SAVED
from tests.browser.conftest import Sit
from tests.browser.site import Site

CONTACT = {"email": "office@glass.example", "locale": "en"}
NAME = "prf_legal_name"


def test_both_answers_are_shown_and_one_is_chosen(site: Site, sit: Sit) -> None:
    link = site.ask(CONTACT, "company_profile")
    kim, lee = sit(examined=False), sit(scripts=False)
    for person in (kim, lee):
        person.open(link)
        person.send(person.page.locator("main button.big").first)
        person.send(person.page.locator("main a.big"))
    kim.page.locator(f"#{NAME}").fill("Glass AS")
    kim.page.locator(f"#{NAME}").blur()
    kim.page.wait_for_function(SAVED, arg=[NAME])
    lee.page.locator(f"#{NAME}").fill("Glass & Sons AS")
    lee.press("Save and continue", status=422)
    assert "Yours: Glass & Sons AS" in lee.text
    assert "Theirs: Glass AS" in lee.text
    lee.page.get_by_label("Theirs: Glass AS").check()
    lee.press("Save and go to the overview")
    kim.page.reload()
    assert kim.page.locator(f"#{NAME}").input_value() == "Glass AS"
