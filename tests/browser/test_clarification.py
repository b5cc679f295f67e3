"""A question about an answer, from both sides: asked, answered on a phone with a file, read and closed."""

from __future__ import annotations

from pathlib import Path

from tests.browser.conftest import PHONE, Sit
from tests.browser.person import Person
from tests.browser.site import Site, in_days, link_in
from tests.browser.test_buyer import sign_in
from tests.followup.asking import QUESTION, WORDS, declared
from tests.samples import PDF

EMAIL = "office@bolts.example"


def test_from_the_question_to_its_end(site: Site, sit: Sit, tmp_path: Path) -> None:
    kari = sit()
    with site.rows() as rows:
        declaration = declared(rows, email=EMAIL).public_id
    sign_in(kari, site.add_user("reviewer"))
    ask(kari, declaration)
    site.post()
    reply(sit(PHONE), link_in(site.mails_to(EMAIL)[-1]), proof_in(tmp_path))
    site.post()
    [told] = site.mails_to("@fjordlab.example")
    assert told["Subject"] == "Bolt Works has replied to your question"
    read_and_close(kari)


def proof_in(folder: Path) -> Path:
    """Return a small document."""
    file = folder / "rotas.pdf"
    file.write_bytes(PDF)
    return file


def ask(person: Person, declaration: str) -> None:
    """Ask about one answer of the declaration."""
    person.open(f"/declarations/{declaration}")
    answer = person.page.locator(f"#answer-{QUESTION}")
    answer.get_by_text("Ask the supplier").click()
    answer.locator("[name=text]").fill(WORDS)
    answer.locator("[name=due_on]").fill(in_days(10).isoformat())
    person.send(answer.get_by_role("button", name="Send the question"))
    assert "Waiting for a reply" in person.text


def reply(person: Person, link: str, proof: Path) -> None:
    """Be the supplier, who answers just that."""
    person.open(link)
    assert "has a question about one of your answers" in person.heading
    person.press("Start")
    assert WORDS in person.text
    person.page.locator("[name=text]").fill("Yes, here is the rota.")
    person.page.locator("[name=files]").set_input_files(proof)
    person.press("Send the reply")
    assert person.heading == "Your reply has been received"
    assert "rotas.pdf" in person.text
    person.open(link)


def read_and_close(person: Person) -> None:
    """Read the reply and accept the answer."""
    person.open("/clarifications?state=answered")
    person.send(person.page.locator("main th a").first)
    assert "Yes, here is the rota." in person.text
    person.page.locator("[name=reason]").fill("The rota shows it.")
    person.press("Close the clarification")
    assert "The answer is accepted: The rota shows it." in person.text
    person.open("/clarifications?state=answered")
    assert "No clarification has this status." in person.text
