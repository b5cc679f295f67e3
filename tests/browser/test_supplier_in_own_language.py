"""A supplier in Hebrew and one in simplified Chinese, on a phone: from the mail to the receipt."""

from __future__ import annotations

import pytest

from tests.browser.answers import answer_section
from tests.browser.conftest import PHONE, Sit
from tests.browser.person import Person
from tests.browser.signing import sign
from tests.browser.site import Site

ASKED = ("company_profile", "supplier_code_of_conduct")
BIG = "main .button.big"


@pytest.mark.parametrize(("locale", "direction"), [("he", "rtl"), ("zh_Hans", "ltr")])
def test_from_the_mail_to_the_receipt(site: Site, sit: Sit, locale: str, direction: str) -> None:
    address = f"office-{locale}@supplier.example"
    person = sit(PHONE, examined=False)
    person.open(site.ask({"email": address, "locale": locale}, *ASKED))
    person.send(person.page.locator(BIG).first)
    person.send(person.page.locator(BIG).first)
    sections = 0
    while person.page.locator("form#answers").count():
        assert spoken(person) == (locale.replace("_", "-"), direction)
        answer_section(person)
        person.send(person.page.locator("form#answers .actions button[type=submit]").first)
        sections += 1
    assert sections >= 4
    assert person.page.url.endswith("/review")
    person.send(person.page.locator(BIG).first)
    sign(person)
    assert person.page.url.endswith("/receipt")
    assert spoken(person) == (locale.replace("_", "-"), direction)
    assert site.states() == ["submitted"]
    site.post()
    receipt = site.mails_to(address)[-1].get_body(("html",))
    assert receipt is not None
    assert f'dir="{direction}"' in receipt.get_content()


def spoken(person: Person) -> tuple[str, str]:
    """Return the page's language and direction, as it says itself."""
    page = person.page.locator("html")
    return str(page.get_attribute("lang")), str(page.get_attribute("dir"))
