"""Every page of a supplier in Hebrew, German and traditional Chinese, on a phone and wide.

What is asserted is direction, that nothing stands beside the page and no text is cut off. With
KEEP_PICTURES=1 pictures are left in tests/artefacts for somebody to look at.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from portal.campaigns.links import Purpose
from portal.declarations.models import Declaration, FlaggedQuestion, ReturnedDeclaration
from portal.events.models import Actor
from portal.followup import checks, sharing
from portal.followup.action_models import ActionState, CorrectiveAction
from portal.followup.actions import Plan, draw_up, move
from portal.followup.clarification_models import Clarification
from portal.followup.correspondence import close
from portal.followup.proposals import propose
from portal.i18n import question_translator
from portal.state import state
from portal.suppliers.service import Author
from tests.browser.conftest import DESK, PHONE
from tests.browser.person import Person
from tests.browser.signing import sign
from tests.browser.site import Site, in_days
from tests.declarations import surveys
from tests.followup.acting import make_found
from tests.followup.asking import asked
from tests.signing_in import make_user

ASKED = ("supplier_code_of_conduct", "labour_rights")
ARTEFACTS = Path(__file__).parents[1] / "artefacts"
KEEPS_PICTURES = "KEEP_PICTURES" in os.environ
LANGUAGES = {"he": "he-IL", "de": "de-DE", "zh_Hant": "zh-TW"}

# Texts whose box cuts them off or that stand beside the page; tables may scroll within their frame.
# Arrows that do not point back where the language comes from, and tables whose columns run the wrong way.
FAULTS = """direction => {
  const faults = [];
  for (const each of document.querySelectorAll("body *")) {
    const own = [...each.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || each.closest(".scroll, .visually-hidden, .skip, select, svg, template")) continue;
    const box = each.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const beside = box.left < -1 || box.right > innerWidth + 1;
    const hides = each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible";
    if (beside || hides) faults.push(`cut: ${each.tagName} ${each.textContent.trim().slice(0, 60)}`);
  }
  for (const arrow of document.querySelectorAll("svg.turns")) {
    if (arrow.closest("details[open] > summary") || !arrow.getClientRects().length) continue;
    const mirrored = getComputedStyle(arrow).transform.startsWith("matrix(-1");
    if (mirrored !== (direction === "rtl")) faults.push("arrow");
  }
  for (const row of document.querySelectorAll("table.matrix thead tr")) {
    const [first, last] = [row.cells[0], row.cells[row.cells.length - 1]].map(c => c.getBoundingClientRect());
    // On a phone the columns stand one below the other.
    const forward = first.left < last.left;
    if (first.left !== last.left && forward !== (direction === "ltr")) faults.push("columns");
  }
  return faults;
}"""
SPOKEN = "() => [document.documentElement.lang, document.documentElement.dir]"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_page_of_a_supplier(site: Site, chromium: Browser, locale: str) -> None:
    with chromium.new_context(viewport=PHONE, locale=LANGUAGES[locale]) as context:
        reader = Reader(Person(context.new_page(), site.url, examined=False), locale)
        reader.see("/i/unknown", "error")
        reader.see("/verify", "verify")
        cover = invite(site, locale)
        reader.see(f"{cover}/questions", "questions")
        reader.see(cover, "cover")
        reader.press_start()
        for number, path in enumerate(reader.sections()):
            reader.see(path, f"section-{number:02}")
        for name in ("review", "sign", "signatory", "decline", "refer", "code"):
            reader.see(f"{reader.survey}{name}", name)
        reader.open(f"{reader.survey}sign")
        sign(reader.person)
        reader.look("receipt")
        reader.see(cover, "already-answered")
        look_at_what_follows(site, reader)
        give_back(site)
        reader.see(cover, "returned-cover")
        reader.press("form button.big")
        reader.look("returned-hub")


def look_at_what_follows(site: Site, reader: Reader) -> None:
    """Be asked about an answer and answer, then see an action before and after it is closed."""
    link, address = ask(site, reader.locale)
    reader.see(link, "follow-up-cover")
    reader.press("form button.big")
    reader.look("clarification")
    reader.page.locator("[name=text]").fill("Yes.")
    reader.press("form:has([name=text]) button[type=submit]")
    reader.look("clarification-answered")
    with site.rows() as rows:
        close(rows.scalars(sa.select(Clarification)).one().correspondence, now=datetime.now(UTC))
    reader.see(link, "clarification-closed")
    reader.open(address)
    reader.press("form button.big")
    reader.look("action")
    with site.rows() as rows:
        action = rows.scalars(sa.select(CorrectiveAction)).one()
        seen = checks.Check("The bank list names all.", visited_on=in_days(0))
        checks.close(rows, action, seen, author("anne@buyer.example"))
    reader.see(reader.page.url, "action-closed")


def give_back(site: Site) -> None:
    """Ask for a correction of one answer."""
    with site.rows() as rows:
        declaration, now = rows.scalars(sa.select(Declaration)).one(), datetime.now(UTC)
        by = {"reason": "Please be exact.", "declaration_id": declaration.id}
        flagged = FlaggedQuestion(
            question_id="coc_acceptance", flagged_by="Anne", flagged_at=now, **by
        )
        rows.add_all([flagged, ReturnedDeclaration(returned_by="Anne", returned_at=now, **by)])


def author(name: str, kind: Actor = Actor.BUYER) -> Author:
    """Return somebody who does something now."""
    return Author(datetime.now(UTC), name, kind)


def ask(site: Site, locale: str) -> tuple[str, str]:
    """Ask about an answer and share an action about which the supplier has written; return both links."""
    with site.rows() as rows:
        declaration = rows.scalars(sa.select(Declaration)).one()
        contact, user = declaration.invitation.contact, make_user(rows, "buyer")
        contact.locale = locale
        asking = asked(
            rows, datetime.now(UTC), declaration=declaration, asker=user, due_on=in_days(14),
            today=in_days(0),
        )  # fmt: skip
        found = make_found(rows, declaration.invitation.supplier)
        plan = Plan("Repay the fees.", user.id, in_days(30))
        action = draw_up(rows, found, plan, author("anne@buyer.example"))
        sharing.share(rows, action, contact, author("anne@buyer.example"))
        they = author("Office furniture AS", Actor.SUPPLIER)
        move(rows, action, ActionState.UNDER_WAY, they, text="The first half is repaid.")
        propose(rows, action, they, measure="", due_on=in_days(60), why="The bank needs time.")
        threads = (asking.correspondence, action.correspondence)
        first, second = site.apart(
            lambda: [state().links.token(each, Purpose.FOLLOW_UP) for each in threads if each]
        )
    return f"/f/{first}", f"/f/{second}"


def invite(site: Site, locale: str) -> str:
    """Store an invitation with every answer given; return the path of its link."""
    with site.rows() as rows:
        translators = {locale: question_translator(locale)}
        invitation = surveys.make_survey(rows, ASKED, locale=locale, translators=translators)
        surveys.complete(rows, invitation)
        rows.flush()
        token = site.apart(lambda: state().links.token(invitation, Purpose.ANSWER))
    return f"/i/{token}"


class Reader:
    """Somebody who looks at every page twice, small and wide."""

    def __init__(self, person: Person, locale: str) -> None:
        """`locale` is what every page must come in."""
        self.person, self.locale = person, locale
        self.tag, self.direction = locale.replace("_", "-"), "rtl" if locale == "he" else "ltr"
        self.survey = ""

    @property
    def page(self) -> Page:
        """The open page."""
        return self.person.page

    def open(self, path: str) -> None:
        """Go to `path` (or a full address)."""
        self.page.goto(path if path.startswith("http") else self.person.url + path)

    def see(self, path: str, name: str) -> None:
        """Go to `path` and look."""
        self.open(path)
        self.look(name)

    def press_start(self) -> None:
        """Begin the survey."""
        self.page.locator("main form button.big").first.click()
        self.page.wait_for_url("**/survey/**")
        self.survey = self.page.url
        self.look("hub")

    def press(self, button: str) -> None:
        """Press one of the page's buttons and wait for the page that comes."""
        self.person.send(self.page.locator(f"main {button}").first)

    def sections(self) -> list[str]:
        """Return the addresses of the survey's sections, as the hub links to them."""
        found = self.page.locator("main .tasks a, main a[href*='/survey/']").evaluate_all(
            "all => [...new Set(all.map(a => a.href.split('#')[0]))]"
        )
        return [each for each in found if each.removeprefix(self.survey).count("/") == 1]

    def look(self, name: str) -> None:
        """Check language, direction, width and texts at both sizes."""
        assert self.page.evaluate(SPOKEN) == [self.tag, self.direction], name
        for size, word in ((PHONE, "phone"), (DESK, "wide")):
            self.page.set_viewport_size(size)
            self.person.check_width()
            assert self.page.evaluate(FAULTS, self.direction) == [], f"{name} {word}"
            if KEEPS_PICTURES:
                path = ARTEFACTS / self.locale / f"{name}-{word}.jpeg"
                self.page.screenshot(path=path, type="jpeg", quality=60, full_page=True)
