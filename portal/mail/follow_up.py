"""What a mail about a thread of the follow-up shows."""

from __future__ import annotations

from datetime import date

import flask_babel
from sqlalchemy.orm import Session

from portal.buyers.models import Buyer
from portal.followup.models import Correspondence
from portal.i18n import SOURCE_LOCALE
from portal.mail.wording import day_words, deadline_words
from portal.outbox.models import Message


def thread_values(session: Session, message: Message, thread: Correspondence) -> dict[str, object]:
    """Return what the template of `message` shows: its context, and who writes to whom.

    A day in the context (`due_on`, ISO 8601) is also there in words: `day_text`, and whose clock
    counts in `deadline_text`.
    """
    buyer = session.get_one(Buyer, thread.buyer_id)
    due = date.fromisoformat(message.context["due_on"]) if "due_on" in message.context else None
    return {
        **message.context,
        "buyer": buyer,
        "supplier": thread.supplier,
        "contact": thread.contact,
        "day_text": day_words(due) if due else "",
        "deadline_text": deadline_words(due, buyer.zone) if due else "",
        "in_english": _in_english(buyer, thread),
    }


def _in_english(buyer: Buyer, thread: Correspondence) -> str:
    """Return one English sentence to check against; none where the mail is English anyway."""
    if str(flask_babel.get_locale()) == SOURCE_LOCALE:
        return ""
    return f"{buyer.name} writes to {thread.supplier.name} about its supplier declaration."
