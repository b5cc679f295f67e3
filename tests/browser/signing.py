"""Sign, as the owner or managing director does."""

from __future__ import annotations

from tests.browser.person import Person


def sign(person: Person) -> None:
    """Fill in the open signing page and send it."""
    person.page.locator("[name=signatory_name]").fill("Ola Hansen")
    person.page.locator("[name=signatory_title]").fill("Daglig leder")
    person.page.locator("[name=signatory_role]").first.check()
    person.page.locator("[name=authority]").check()
    person.send(person.page.locator("main button.big"))
