"""What surrounds every page of a survey: who may see it, in which language, and the letterhead.

A module of survey pages makes its blueprint with `survey_pages`. The path names the invitation, so two
surveys in two tabs never mix; the row is looked at again at every request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, Response, g, redirect, request, url_for
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.correction import awaits_new_signature
from portal.campaigns.links import Claim, Purpose, ReplacedLink, UnknownLink, resolve
from portal.campaigns.models import Invitation
from portal.database import db_session
from portal.declarations.queries import latest
from portal.declarations.service import today_at
from portal.declarations.standing import require_open
from portal.declarations.survey import Survey, open_survey
from portal.i18n import served_locale, use_locale
from portal.state import state
from portal.web.clock import now
from portal.web.supplier import grants
from portal.web.supplier.letterhead import letterhead


class NotGranted(Exception):
    """The browser has not pressed Start, or its session has ended."""


@dataclass(frozen=True)
class Visit:
    """One request to a survey: whose, for what, and which declaration it corrects, if any."""

    invitation: Invitation
    purposes: frozenset[Purpose]
    correcting: str

    @property
    def may_answer(self) -> bool:
        """Whether answers may be written, and not only read and signed."""
        return Purpose.ANSWER in self.purposes

    @property
    def locale(self) -> str:
        """The language of this visitor."""
        return locale_for(self.invitation, signing=not self.may_answer)


def locale_for(invitation: Invitation, *, signing: bool) -> str:
    """Return the language of whoever answers, or of whoever signs.

    It is the contact's until the reader switches; where it is not known or no longer offered, it is the
    browser's, else the buyer's.
    """
    known = "" if invitation.locale_guessed else invitation.locale
    wanted = (invitation.signer_locale if signing else "") or known
    return served_locale(wanted, db_session().get_one(Buyer, invitation.buyer_id).locale)


def survey_pages(
    name: str,
    import_name: str,
    *,
    needs_open: bool = True,
    for_signatory: bool = False,
    writes_late: bool = False,
) -> Blueprint:
    """Return a blueprint of pages under `/survey/<public id>/`.

    With `needs_open` they are for a survey that can still be answered (or is being corrected); with
    `for_signatory` somebody whose link is only for signing sees them too. With `writes_late` a form is
    looked at among other readers, and its view writes within `writing`.
    """
    pages = Blueprint(name, import_name, url_prefix="/survey/<public_id>")

    @pages.url_value_preprocessor
    def take_public_id(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values is not None:
            g.public_id = values.pop("public_id")

    @pages.url_defaults
    def give_public_id(_endpoint: str, values: dict[str, Any]) -> None:
        if "public_id" in g:
            values.setdefault("public_id", g.public_id)

    @pages.before_request
    def admit() -> Response | None:
        store.reading.set(store.reading.get() or writes_late)
        g.visit = _visit(g.public_id)
        use_visitors_locale()
        if needs_open:
            require_open(visit().invitation, correcting=bool(visit().correcting))
        if not (for_signatory or visit().may_answer):
            return cast("Response", redirect(url_for("review.review")))
        return None

    @pages.context_processor
    def surroundings() -> dict[str, object]:
        if "visit" not in g:  # turned away before anybody was known
            return {}
        back = request.path if request.method != "POST" else url_for("hub.hub")
        return {
            **letterhead(visit().invitation),
            "language_url": url_for("language.change", back=back),
            "visit": visit(),
        }

    return pages


@contextmanager
def writing() -> Iterator[Session]:
    """Write and commit within the block: on SQLite one writer at a time, so it should be short.

    What was read before may be older than what is there now; whoever writes looks again (`drafts.lock`).
    """
    session = db_session()
    session.commit()
    store.reading.set(False)
    yield session
    session.commit()
    store.reading.set(True)


def visit() -> Visit:
    """Return who is looking: only on survey pages, where there always is somebody."""
    return cast("Visit", g.visit)


def use_visitors_locale() -> None:
    """Serve the rest of the request in the visitor's language."""
    use_locale(visit().locale)


def survey() -> Survey:
    """Return the survey of this visit as it stands, in the visitor's language."""
    invitation = visit().invitation
    return open_survey(
        db_session(),
        invitation,
        locale=visit().locale,
        short_form=state().library.scoring.short_form,
        today=today_at(invitation, now()),
    )


def ip_address() -> str:
    """Return the address the request came from; it is masked before it is kept."""
    return request.remote_addr or ""


def _visit(public_id: str) -> Visit:
    claims = grants.held(public_id)
    if not claims:
        raise NotGranted
    opened: dict[Purpose, Invitation] = {}
    replaced: ReplacedLink | None = None
    for claim in claims:
        try:
            opened[claim.purpose] = resolve(db_session(), claim)
        except ReplacedLink as error:
            replaced = error
    if not opened:
        raise replaced or UnknownLink
    invitation = next(iter(opened.values()))
    return Visit(invitation, frozenset(opened), _corrected(invitation, opened.keys()))


def _corrected(invitation: Invitation, purposes: Collection[Purpose]) -> str:
    """Return the public id of the declaration that is being corrected, empty for none.

    Whoever answers has said so in this browser; whoever signs was asked to by mail.
    """
    if Purpose.ANSWER in purposes or not awaits_new_signature(invitation):
        return grants.corrected(invitation.public_id)
    signed = latest(db_session(), invitation)
    return signed.public_id if signed else ""


def opened_by(token: str) -> tuple[Claim, Invitation]:
    """Return what a link's token says and the invitation it opens; the request speaks its language.

    Raises:
        UnknownLink, ReplacedLink: it opens nothing.
    """
    claim = state().links.read(token)
    invitation = resolve(db_session(), claim)
    use_locale(locale_for(invitation, signing=claim.purpose is Purpose.SIGN))
    return claim, invitation
