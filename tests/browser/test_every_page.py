"""Every page, filled with the demo's data, on a phone: nothing beyond the screen, axe content."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy.orm import Session

from portal import config
from portal.buyers.models import User
from portal.campaigns.links import Purpose
from portal.campaigns.models import Campaign, Invitation, InvitationState
from portal.cli.sample.story import PASSWORD, USERS
from portal.followup.action_models import CorrectiveAction
from portal.followup.call_models import Call
from portal.followup.clarification_models import Clarification
from portal.followup.visit_models import Visit
from portal.ratings.models import Finding, RedFlag
from portal.state import state
from portal.suppliers.models import Contact
from tests.browser.conftest import PHONE
from tests.browser.person import Person
from tests.browser.site import Site, listening, open_settings
from tests.functional.walls import WORDS, address, buyer_rules, values_of
from tests.telling import Told


@pytest.fixture
def demo(told: Told) -> Iterator[Site]:
    """A portal with the demo's suppliers, campaigns and mails."""
    settings = open_settings(told.folder, f"sqlite:///{told.folder / 'portal.sqlite'}")
    with listening(settings | {"SECRET_KEY": config.DEMO_SECRET_KEY}) as site:
        yield site


@pytest.fixture
def phone(demo: Site, chromium: Browser) -> Iterator[Person]:
    """Somebody with a small phone."""
    with chromium.new_context(viewport=PHONE) as context:
        yield Person(context.new_page(), demo.url)


def test_every_page_fits_a_phone(demo: Site, phone: Person) -> None:
    look_at_the_suppliers_pages(demo, phone)
    look_at_the_buyers_pages(demo, phone)


def test_long_words_of_state_and_captions_fit_a_phone(demo: Site, phone: Person) -> None:
    with demo.rows() as rows:
        rows.execute(sa.update(User).values(locale="nb"))
        flagged = rows.scalars(sa.select(RedFlag.supplier_id)).first()
    sign_in(phone)
    for path in (f"/suppliers/{flagged}", f"/suppliers/{flagged}/risk", "/findings"):
        phone.open(path)
        phone.check_width()
    for path in ("/due", "/reports/years"):
        phone.open(path)
        box = phone.page.locator("caption:not(.visually-hidden)").first.bounding_box()
        assert box is not None
        assert box["width"] > PHONE["width"] / 2, f"{path}: a caption of one word a line"


def sign_in(phone: Person) -> None:
    """Sign in as the demo's first user."""
    phone.open("/login")
    phone.page.locator("input[name=email]").fill(next(iter(USERS)))
    phone.page.locator("input[name=password]").fill(PASSWORD)
    phone.send(phone.page.locator("main button[type=submit]"))


def look_at_the_buyers_pages(demo: Site, phone: Person) -> None:
    """Sign in and look at every page that answers."""
    sign_in(phone)
    ids = demo_ids(demo)
    for rule in buyer_rules(demo.app):
        values = values_of(rule, ids)
        if "GET" not in (rule.methods or ()) or rule.arguments - values.keys():
            continue
        if opens(phone, demo.url + address(demo.app, rule, values)):
            phone.look()
    phone.open("/mailbox")


def look_at_the_suppliers_pages(demo: Site, phone: Person) -> None:
    """Start a survey and look at its cover, sections and ways out."""
    with demo.rows() as rows:
        begun = sa.select(Invitation).where(Invitation.state == InvitationState.STARTED)
        invitation = rows.scalars(begun.order_by(Invitation.id.desc())).first()
        assert invitation is not None
        token = demo.apart(lambda: state().links.token(invitation, Purpose.ANSWER))
    cover = f"/i/{token}"
    phone.open(cover + "/questions")
    phone.open(cover)
    phone.send(phone.page.locator("main button.big").first)
    sections = phone.page.locator("main a[href*='/survey/']").evaluate_all(
        "all => [...new Set(all.map(a => a.href))]"
    )
    others = ("review", "sign", "signatory", "decline", "refer", "code")
    for each in [*sections, *(phone.page.url + name for name in others)]:
        if opens(phone, each):
            phone.check_width()
    phone.look()


def opens(person: Person, address: str) -> bool:
    """Go to the address; return whether it has a page to look at, not a download."""
    try:
        answer = person.page.goto(address)
    except PlaywrightError as error:
        if "Download is starting" in error.message:
            return False
        raise
    assert answer is not None
    assert answer.status < 400, f"{address} answered {answer.status}"
    return "html" in answer.headers["content-type"]


def demo_ids(demo: Site) -> dict[str, object]:
    """Return the name in addresses -> id of one of the demo's rows."""
    with demo.rows() as rows:

        def first(column: sa.orm.attributes.InstrumentedAttribute[object]) -> object:
            return rows.scalars(sa.select(column).order_by(column).limit(1)).one()

        visit = rows.scalars(sa.select(Visit).order_by(Visit.id)).first()
        assert visit is not None
        contact = rows.scalars(sa.select(Contact).filter_by(supplier_id=visit.supplier_id)).one()
        clarification = rows.scalars(sa.select(Clarification).order_by(Clarification.id)).first()
        assert clarification is not None
        return WORDS | {
            "supplier_id": contact.supplier_id,
            "contact_id": contact.id,
            "campaign_id": first(Campaign.id),
            "declarations.public_id": clarification.declaration.public_id,
            "clarifications.public_id": clarification.correspondence.public_id,
            "visit_id": visit.id,
            "findings.public_id": first(Finding.public_id),
            "finding_id": first(Finding.public_id),
            "actions.public_id": first(CorrectiveAction.public_id),
            "invitations.public_id": first(Invitation.public_id),
            "reminders.public_id": open_invitation(rows),
            "public_answers.public_id": open_invitation(rows),
            "calls.public_id": rows.scalars(sa.select(Invitation.public_id).join(Call)).one(),
        }


def open_invitation(rows: Session) -> object:
    """Return the public id of an invitation that can be reminded."""
    waits = Invitation.state == InvitationState.SENT
    return rows.scalars(
        sa.select(Invitation.public_id).where(waits).order_by(Invitation.id.desc()).limit(1)
    ).one()
