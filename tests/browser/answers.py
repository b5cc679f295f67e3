"""Answer a section as a person does: what is seen first, then what appears because of it."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.person import Person

BY_MODE = {
    "decimal": "16",
    "email": "office@supplier.example",
    "url": "https://supplier.example",
}
QUESTION = "[data-question]:not([hidden])"
SINGLE = ":scope > input:not([type=hidden]), :scope > .with-unit > input, :scope > textarea"
# A revision is counted when the server has taken an answer.
SAVED = """ids => ids.every(id => {
  const form = document.getElementById("answers");
  return Number(form.elements.namedItem(`${id}.revision`).value) > 0;
})"""


def answer_section(person: Person) -> set[str]:
    """Answer all that the open section asks, waiting for each save; return what came up by it."""
    first = set(asked(person))
    done: set[str] = set()
    while new := [each for each in asked(person) if each not in done]:
        for each in new:
            answer(person.page.locator(f'[data-question="{each}"]'))
        person.page.wait_for_function(SAVED, arg=new)
        done |= set(new)
    return done - first


def asked(person: Person) -> list[str]:
    """Return the ids of the questions that can be seen."""
    return person.page.locator(QUESTION).evaluate_all("all => all.map(e => e.dataset.question)")


def answer(question: Locator) -> None:
    """Give one question some right answer."""
    fieldset = question.locator(":scope > fieldset")
    if question.locator("table.matrix").count():
        for row in question.locator("[data-row-list] > tr").all():
            fill_cells(row)
    elif fieldset.count():
        choose(fieldset)
    else:
        write(question.locator(SINGLE).first)


def choose(fieldset: Locator) -> None:
    """Take the first choice of radios, ticks or a list of countries."""
    selects = fieldset.locator("select")
    if selects.count():
        selects.first.select_option(index=1)
    else:
        fieldset.locator(".choice input").first.check()


def fill_cells(row: Locator) -> None:
    """Fill every cell of a matrix row."""
    for select in row.locator("select").all():
        select.select_option(index=1)
    for field in row.locator("input:not([type=file])").all():
        write(field)


def write(field: Locator) -> None:
    """Write something of the kind that `field` takes."""
    kind, mode = field.get_attribute("type"), field.get_attribute("inputmode")
    if kind == "date":
        field.fill("2026-01-31")
    elif kind == "file":
        return
    elif field.get_attribute("list"):
        field.fill("NO")
    else:
        name = field.get_attribute("name") or ""
        field.fill(BY_MODE.get(mode or "", "CID000000" if name.endswith(".cid") else "Ord"))
    field.blur()
