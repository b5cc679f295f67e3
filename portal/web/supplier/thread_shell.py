"""What surrounds every page of a thread: who may see it, in which language, and the letterhead.

A module of such pages makes its blueprint with `thread_pages`: also one for another matter than a
clarification. The row is looked at again at every request.
"""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, g, url_for

from portal.buyers.models import Buyer
from portal.campaigns.links import Purpose
from portal.database import db_session
from portal.followup import links
from portal.followup.models import Correspondence
from portal.i18n import served_locale, use_locale
from portal.state import state
from portal.web.supplier import grants
from portal.web.supplier.letterhead import buyers_letterhead
from portal.web.supplier.shell import NotGranted


def thread_pages(name: str, import_name: str) -> Blueprint:
    """Return a blueprint of pages under `/follow-up/<public id>/`, for whoever pressed Start.

    Raises, at a request:
        NotGranted, UnknownLink, ReplacedThreadLink, ThreadClosed.
    """
    pages = Blueprint(name, import_name, url_prefix="/follow-up/<public_id>")

    @pages.url_value_preprocessor
    def take_public_id(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values is not None:
            g.public_id = values.pop("public_id")

    @pages.url_defaults
    def give_public_id(_endpoint: str, values: dict[str, Any]) -> None:
        if "public_id" in g:
            values.setdefault("public_id", g.public_id)

    @pages.before_request
    def admit() -> None:
        g.thread = _granted(g.public_id)
        use_locale(locale_of(thread()))
        links.require_open(thread())

    @pages.context_processor
    def surroundings() -> dict[str, object]:
        if "thread" not in g:  # turned away before anybody was known
            return {}
        head = buyers_letterhead(buyer_of(thread()))
        return {**head, "language_url": url_for("follow_up.language")}

    return pages


def thread() -> Correspondence:
    """Return the thread that is looked at: only on its pages, where there always is one."""
    return cast("Correspondence", g.thread)


def buyer_of(found: Correspondence) -> Buyer:
    """Return the buyer who writes."""
    return db_session().get_one(Buyer, found.buyer_id)


def locale_of(found: Correspondence) -> str:
    """Return the language of the thread; where it is no longer offered, the browser's or the buyer's."""
    return served_locale(found.locale, buyer_of(found).locale)


def opened_by(token: str) -> Correspondence:
    """Return the open thread that a link's token opens; the request speaks its language.

    Raises:
        UnknownLink, ReplacedThreadLink, ThreadClosed: it opens nothing.
    """
    found = links.resolve(db_session(), state().links.read(token))
    use_locale(locale_of(found))
    links.require_open(found)
    return found


def _granted(public_id: str) -> Correspondence:
    claims = [each for each in grants.held(public_id) if each.purpose is Purpose.FOLLOW_UP]
    if not claims:
        raise NotGranted
    return links.resolve(db_session(), claims[0])
