"""What ends a supplier's request early, said once: each outcome of the domain becomes a page and a status."""

from __future__ import annotations

import re

from flask import Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.campaigns.links import ReplacedLink, UnknownLink
from portal.campaigns.models import Invitation
from portal.declarations.standing import NotOpen, Standing
from portal.followup.correspondence import ThreadClosed
from portal.followup.links import ReplacedThreadLink
from portal.followup.models import Correspondence
from portal.i18n import use_locale
from portal.web.supplier.letterhead import buyers_letterhead, letterhead
from portal.web.supplier.shell import NotGranted, locale_for
from portal.web.supplier.thread_shell import buyer_of, locale_of

GONE = 410
# The id of an option, a country's code, the value of a tick.
_CODE = re.compile(r"[a-z][a-z0-9_]*|[A-Z]{2}")


def init_app(app: Flask) -> None:
    """Give `app` the pages for links and surveys that open nothing."""

    @app.errorhandler(UnknownLink)
    def unknown(_error: UnknownLink) -> ResponseReturnValue:
        return render_template("supplier/link_state.html", link_state="unknown"), 404

    @app.errorhandler(ReplacedLink)
    def replaced(error: ReplacedLink) -> ResponseReturnValue:
        use_locale(locale_for(error.invitation, signing=False))
        return _link_state(error.invitation, "replaced")

    @app.errorhandler(ReplacedThreadLink)
    def thread_replaced(error: ReplacedThreadLink) -> ResponseReturnValue:
        return _thread_state(error.correspondence, "replaced")

    @app.errorhandler(ThreadClosed)
    def thread_closed(error: ThreadClosed) -> ResponseReturnValue:
        return _thread_state(error.correspondence, "settled")

    @app.errorhandler(NotOpen)
    def not_open(error: NotOpen) -> ResponseReturnValue:
        in_survey = "public_id" in g
        if in_survey and error.standing is Standing.OPEN:
            return redirect(url_for("hub.hub", public_id=g.public_id))
        if in_survey and error.standing is Standing.ANSWERED:
            return redirect(url_for("receipt.receipt", public_id=g.public_id))
        if in_survey and error.standing is Standing.DECLINED:
            return redirect(url_for("leaving.declined", public_id=g.public_id))
        return _link_state(error.invitation, error.standing.value)

    @app.errorhandler(NotGranted)
    def not_granted(_error: NotGranted) -> ResponseReturnValue:
        return session_lost(), 403


def session_lost() -> str:
    """Return the page for a browser that may no longer see the survey, with the texts it sent."""
    sent = request.method == "POST"
    return render_template("supplier/session_lost.html", sent=sent, texts=texts_sent())


def texts_sent() -> list[str]:
    """Return what was written in the form just sent, to be copied: nothing of it has been kept.

    Choices and what the page sent by itself are left out, as far as they can be told from words.
    """
    texts = (
        value.strip()
        for name, values in request.form.lists()
        for value in values
        if name != "csrf_token" and not name.endswith((".revision", ".choice"))
    )
    return [text for text in dict.fromkeys(texts) if text and not _CODE.fullmatch(text)]


def _thread_state(thread: Correspondence, link_state: str) -> ResponseReturnValue:
    use_locale(locale_of(thread))
    head = buyers_letterhead(buyer_of(thread))
    return render_template("supplier/link_state.html", link_state=link_state, **head), GONE


def _link_state(invitation: Invitation, link_state: str) -> ResponseReturnValue:
    head = letterhead(invitation) | {"deadline_text": ""}
    return render_template("supplier/link_state.html", link_state=link_state, **head), GONE
