"""The page that a thread's link opens. Looking changes nothing; a press on Start lets the browser in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.database import db_session
from portal.followup.models import Correspondence
from portal.i18n import offered_locales
from portal.state import state
from portal.web.supplier import grants
from portal.web.supplier.letterhead import buyers_letterhead, day_with_zone
from portal.web.supplier.matters import matter_of
from portal.web.supplier.thread_shell import buyer_of, opened_by

pages = Blueprint("follow_up_cover", __name__, url_prefix="/f/<token>")


@pages.get("")
def cover(token: str) -> ResponseReturnValue:
    """Show who asks for what; nothing is written and no grant given."""
    thread = opened_by(token)
    buyer = buyer_of(thread)
    matter = matter_of(thread, buyer.name)
    return render_template(
        "supplier/follow_up/cover.html",
        token=token,
        about=matter,
        deadline=day_with_zone(matter.due_on, buyer.zone) if matter.due_on else "",
        language_url=url_for(".language", token=token),
        **buyers_letterhead(buyer),
    )


@pages.post("/start")
def start(token: str) -> ResponseReturnValue:
    """Let this browser in, and lead it to what the thread is about."""
    thread = opened_by(token)
    grants.give(state().links.read(token))
    matter = matter_of(thread, buyer_of(thread).name)
    return redirect(url_for(matter.endpoint, public_id=thread.public_id))


@pages.post("/language")
def language(token: str) -> ResponseReturnValue:
    """Speak another language from now on."""
    choose_language(opened_by(token), request.form.get("locale", ""))
    db_session().commit()
    return redirect(url_for(".cover", token=token))


def choose_language(thread: Correspondence, locale: str) -> None:
    """Remember the reader's language; one not offered changes nothing."""
    if locale in offered_locales():
        thread.locale = locale
