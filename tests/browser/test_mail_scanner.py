"""A mail scanner opens the link in a real browser, keeps cookies, follows links, presses nothing."""

from __future__ import annotations

import sqlalchemy as sa

from portal.campaigns.models import Invitation
from portal.declarations.models import Declaration
from tests.browser.conftest import Sit
from tests.browser.site import Site

CONTACT = {"email": "office@glass.example", "locale": "en"}


def test_a_scanner_that_runs_scripts_and_follows_links_starts_nothing(site: Site, sit: Sit) -> None:
    link = site.ask(CONTACT, "supplier_code_of_conduct")
    scanner = sit()
    scanner.open(link)
    links = scanner.page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    pages = {each.partition("#")[0] for each in links if each.startswith(site.url)} - {link}
    assert pages
    for each in pages:
        scanner.open(each)
    with site.rows() as rows:
        invitation = rows.scalars(sa.select(Invitation)).one()
        assert (invitation.state.value, invitation.started_at) == ("sent", None)
        assert rows.scalars(sa.select(Declaration)).all() == []
        survey = f"{site.url}/survey/{invitation.public_id}"
    for page in ("/", "/supplier_code_of_conduct/acceptance", "/review", "/sign", "/receipt"):
        answer = scanner.page.context.request.get(survey + page)
        assert answer.status in (403, 404, 410), f"{page} answered {answer.status}"
