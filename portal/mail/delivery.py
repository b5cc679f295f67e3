"""Delivering what waits in the outbox: take one, look whether it is still wanted, send, note how it went.

Nothing is held open while a mail server is spoken to. A worker that dies between sending and noting
leaves that one message in doubt: it is sent again, under the same Message-ID.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

import flask_mail
from flask import current_app
from jinja2 import TemplateError
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns import delivery as campaign_delivery
from portal.campaigns.links import Purpose
from portal.campaigns.models import Invitation
from portal.database import db
from portal.followup import delivery as thread_delivery
from portal.followup.models import Correspondence
from portal.mail.follow_up import thread_values
from portal.mail.letters import Letter, compose, speaking_to
from portal.mail.notices import letter_to_user
from portal.mail.post import NoServer, NoSuchAddress, NotTaken, Post, open_post
from portal.mail.shown import purpose_of, values_for
from portal.outbox import service as outbox
from portal.outbox.models import Message
from portal.outbox.workers import is_gone, this_worker
from portal.state import state

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Ready:
    """A message that was taken out and written: on its way, with nothing locked."""

    message_id: int
    buyer_id: int
    letter: Letter
    mail: flask_mail.Message


def deliver_due(clock: Clock) -> Counter[str]:
    """Deliver everything that is due; return how many messages were sent, dropped, bounced or failed.

    Where no mail server answers, the rest is left for the next time.
    """
    tally: Counter[str] = Counter()
    with Session(db.engine) as session:
        store.scope_to_everyone(session)
        outbox.release_abandoned(session, is_gone)
        session.commit()
    with open_post(current_app.config) as post:
        while outcome := _deliver_one(post, clock):
            tally[outcome] += 1
            if outcome == "no_server":
                break
    return tally


def _deliver_one(post: Post, clock: Clock) -> str:
    """Deliver the next message; return what became of it, nothing when none is due."""
    with Session(db.engine) as session:
        taken = _take(session, clock())
        session.commit()
    if not isinstance(taken, Ready):
        return taken
    try:
        post.send(taken.mail)
    except NoServer as error:
        return _settle(taken, "no_server", str(error), clock())
    except NoSuchAddress as error:
        return _settle(taken, "bounced", str(error), clock())
    except NotTaken as error:
        return _settle(taken, "failed", str(error), clock())
    return _settle(taken, "sent", "", clock())


def _take(session: Session, now: datetime) -> Ready | str:
    """Take the next message out and write it; return the outcome where it does not come to sending."""
    store.scope_to_everyone(session)
    claimed = outbox.claim(session, this_worker(), now)
    if claimed is None:
        return ""
    message_id, buyer_id = claimed.id, claimed.buyer_id
    session.flush()
    store.scope(session, buyer_id)
    message = session.get_one(Message, message_id)
    buyer = session.get_one(Buyer, buyer_id)
    invitation = session.get(Invitation, message.invitation_id) if message.invitation_id else None
    if reason := _unwanted(session, message, invitation):
        outbox.settle_dropped(message, reason)
        return "dropped"
    try:
        letter = write(session, message, invitation, now)
    except (TemplateError, LookupError, ValueError) as error:
        log.exception("message %s cannot be written", message.public_id)
        outbox.settle_failed(message, f"cannot be written: {error}", now)
        return "failed"
    mail = _envelope(session, message, buyer=buyer, invitation=invitation, letter=letter, now=now)
    return Ready(message_id, buyer_id, letter, mail)


def _unwanted(session: Session, message: Message, invitation: Invitation | None) -> str | None:
    if invitation:
        return campaign_delivery.unwanted(session, message, invitation)
    thread = _thread(session, message)
    return thread_delivery.unwanted(session, message, thread) if thread else None


def _thread(session: Session, message: Message) -> Correspondence | None:
    named = message.correspondence_id
    return session.get_one(Correspondence, named) if named else None


def write(
    session: Session, message: Message, invitation: Invitation | None, now: datetime
) -> Letter:
    """Return `message` as its reader gets it, in the reader's language."""
    if thread := _thread(session, message):
        with speaking_to("supplier", message.locale):
            token = state().links.token(thread, Purpose.FOLLOW_UP)
            values = thread_values(session, message, thread)
            return compose(message.template, values, f"{_base_url()}/f/{token}")
    if invitation is None:
        with speaking_to("buyer", message.locale):
            return letter_to_user(session, message, _base_url())
    with speaking_to("supplier", message.locale):
        short_form = state().library.scoring.short_form
        values = values_for(session, message, invitation, short_form, now)
        token = state().links.token(invitation, purpose_of(message, invitation))
        return compose(message.template, values, f"{_base_url()}/i/{token}")


def _base_url() -> str:
    return str(current_app.config["BASE_URL"]).rstrip("/")


def _envelope(
    session: Session,
    message: Message,
    *,
    buyer: Buyer,
    invitation: Invitation | None,
    letter: Letter,
    now: datetime,
) -> flask_mail.Message:
    _, address = parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])
    headers = {"Auto-Submitted": "auto-generated", "X-Portal-Template": message.template}
    if invitation:
        headers["X-Portal-Invitation"] = invitation.public_id
    if thread := _thread(session, message):
        headers["X-Portal-Follow-Up"] = thread.public_id
    mail = flask_mail.Message(
        letter.subject,
        recipients=[message.recipient],
        body=letter.text,
        html=letter.html,
        sender=formataddr((" ".join(buyer.name.split()), address)),
        reply_to=buyer.contact_email or None,
        date=now.timestamp(),
        extra_headers=headers,
    )
    mail.msgId = f"<{message.public_id}@{urlsplit(_base_url()).hostname}>"
    return mail


def _settle(done: Ready, outcome: str, error: str, now: datetime) -> str:
    """Note what became of a message that was on its way; return it."""
    with Session(db.engine) as session:
        store.scope(session, done.buyer_id)
        message = session.get_one(Message, done.message_id)
        if message.claimed_by == this_worker():
            _note(session, message, outcome, error, now)
            if outcome == "sent":
                message.subject, message.body = done.letter.subject, done.letter.kept
        session.commit()
    if error:
        log.warning("message %s %s: %s", done.mail.msgId, outcome, error)
    return outcome


def _note(session: Session, message: Message, outcome: str, error: str, now: datetime) -> None:
    invitation = session.get(Invitation, message.invitation_id) if message.invitation_id else None
    if outcome == "sent":
        outbox.settle_sent(message, now)
        if invitation:
            campaign_delivery.delivered(message, invitation, now)
    elif outcome == "bounced":
        outbox.settle_bounced(message, error)
        if invitation:
            campaign_delivery.bounced(session, message, invitation, error, now)
        elif thread := _thread(session, message):
            thread_delivery.bounced(session, message, thread, error, now)
    elif outcome == "failed":
        outbox.settle_failed(message, error, now)
    else:
        outbox.put_back(message, error, now)
