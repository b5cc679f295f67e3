"""A quality coordinator's year in one go: import, launch, an answer, the dashboard, the export."""

from __future__ import annotations

from pathlib import Path

from tests.browser.answers import answer_section
from tests.browser.conftest import PHONE, Sit
from tests.browser.person import Person
from tests.browser.signing import sign
from tests.browser.site import PASSWORD, Site, in_days, link_in

LINES = (
    "key,name,country,criticality,contact_email,contact_locale",
    "S1,Grønn Glass AS,NO,A,glass@supplier.example,nb",
    "S2,Blue Bolts Ltd,GB,B,bolts@supplier.example,en",
    "S3,Red Rivets GmbH,Norwey,B,rivets@supplier.example,en",
    "S4,Gul Gummi AS,NO,C,not an address,nb",
)
CORRECTED = (
    *LINES[:3],
    "S3,Red Rivets GmbH,AT,B,rivets@supplier.example,en",
    "S4,Gul Gummi AS,NO,C,gummi@supplier.example,nb",
)


def test_from_the_import_to_the_export(site: Site, sit: Sit, tmp_path: Path) -> None:
    kari = sit()
    sign_in(kari, site.add_user())
    import_suppliers(kari, tmp_path)
    launch(kari)
    site.post()
    link = link_in(site.mails_to("bolts@supplier.example")[-1])
    answer_everything(sit(PHONE, examined=False), link)
    look_at_the_answer(kari)
    export(kari, tmp_path)


def sign_in(person: Person, email: str) -> None:
    """Sign in as somebody at the buyer."""
    person.open("/login")
    person.page.locator("input[name=email]").fill(email)
    person.page.locator("input[name=password]").fill(PASSWORD)
    person.send(person.page.locator("main button[type=submit]"))
    assert person.heading == "Dashboard"


def import_suppliers(person: Person, folder: Path) -> None:
    """Upload a file with faulty rows, read why, upload it corrected."""
    person.open("/suppliers")
    person.follow("Import a file")
    upload(person, folder, LINES)
    assert "Norwey" in person.text
    assert person.page.get_by_role("rowheader", name="Row 4").count() == 1
    assert person.page.get_by_role("rowheader", name="Row 5").count() == 1
    person.press("Import 2 suppliers", status=422)
    person.open("/suppliers/import")
    upload(person, folder, CORRECTED)
    person.press("Import 4 suppliers")
    person.open("/suppliers")
    assert "Red Rivets GmbH" in person.text


def upload(person: Person, folder: Path, lines: tuple[str, ...]) -> None:
    """Show the portal a file of these lines."""
    file = folder / "ledger.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    person.page.locator("#file").set_input_files(file)
    person.press("Look at the file")


def launch(person: Person) -> None:
    """What, whom, when, check, send."""
    person.open("/campaigns/new")
    person.page.locator("[name=title]").fill("Declaration")
    person.page.locator("[name=questionnaires][value=supplier_code_of_conduct]").check()
    person.press("Continue")
    person.page.locator("[name=criticality][value=A]").check()
    person.page.locator("[name=criticality][value=B]").check()
    person.press("Continue")
    person.page.locator("[name=deadline]").fill(str(in_days(30)))
    person.press("Continue")
    person.follow("Read all questions")
    person.page.go_back()
    person.press("Send 3 invitations")
    assert "3 invitations are on their way." in person.text


def answer_everything(person: Person, link: str) -> None:
    """Be the supplier who answers."""
    person.open(link)
    person.press("Start")
    person.send(person.page.locator("main a.big"))
    while person.page.locator("form#answers").count():
        answer_section(person)
        person.press("Save and continue")
    person.send(person.page.locator("main a.big"))
    sign(person)


def look_at_the_answer(person: Person) -> None:
    """The dashboard counts it, the supplier's page tells it."""
    person.open("/")
    assert "1 of 3" in person.text
    person.open("/suppliers?q=Blue")
    person.follow("Blue Bolts Ltd")
    assert "Submitted" in person.text
    assert "Receipt" in person.text
    person.send(person.page.locator("section[aria-labelledby=declarations] a").first)
    assert "Ola Hansen" in person.text


def export(person: Person, folder: Path) -> None:
    """Download the declarations and find the signature in the file."""
    person.open("/reports")
    person.page.locator("[name=format]").select_option("csv")
    with person.page.expect_download() as coming:
        person.page.get_by_role("button", name="Download").first.click()
    file = folder / "export"
    coming.value.save_as(file)
    assert b"Blue Bolts Ltd" in file.read_bytes()
