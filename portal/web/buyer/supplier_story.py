"""What people did to a supplier and its contacts, told from the audit trail; and its silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.events.models import Event
from portal.events.queries import about
from portal.followup.models import Correspondence
from portal.reminders.models import Escalation
from portal.suppliers.models import Supplier
from portal.web.buyer.addresses import campaign_list
from portal.web.buyer.supplier_words import field_name, in_words
from portal.web.buyer.told import Told

# More lines of one change make the story hard to read; the trail has them all.
_MOST_LINES = 12


def told(session: Session, supplier: Supplier) -> Iterator[Told]:
    """Yield the register's own events about `supplier`, and when its silence was told."""
    for event in about(session, "supplier", supplier.id):
        sentence = _sentence(event)
        if sentence:
            yield Told(event.at, sentence, event.actor, lines=tuple(_lines(event)))
    yield from _silences(session, supplier)
    yield from _clarifications(session, supplier)


def _clarifications(session: Session, supplier: Supplier) -> Iterator[Told]:
    sentences: dict[str, str] = {
        "clarification.asked": gettext("Asked about an answer"),
        "clarification.answered": gettext("Replied to a question about an answer"),
        "clarification.closed": gettext("A question about an answer was closed"),
    }
    threads = sa.select(Correspondence.public_id).where(Correspondence.supplier_id == supplier.id)
    events = session.scalars(
        sa.select(Event).where(
            Event.subject_kind == "clarification",
            Event.subject_id.in_(threads),
            Event.action.in_(sentences),
        )
    )
    for event in events:
        yield Told(
            event.at,
            sentences[event.action],
            event.actor,
            href=url_for("clarifications.show", public_id=event.subject_id),
            lines=tuple(_lines(event)),
        )


def _silences(session: Session, supplier: Supplier) -> Iterator[Told]:
    rows = session.execute(
        sa.select(Escalation, Invitation.campaign_id)
        .join(Invitation, Invitation.id == Escalation.invitation_id)
        .where(Invitation.supplier_id == supplier.id)
    )
    for row, campaign_id in rows:
        yield Told(
            row.at,
            gettext("No answer after two reminders: this was told"),
            href=campaign_list(campaign_id),
            lines=(", ".join(row.told),) if row.told else (),
        )


def _sentence(event: Event) -> str:
    contact = event.details.get("contact", "")
    subject = event.details.get("subject", "")
    sentences: dict[str, str] = {
        "supplier.added": gettext("Added to the register"),
        "supplier.changed": gettext("Changed in the register"),
        "subject.added": gettext("%(subject)s added", subject=subject),
        "subject.changed": gettext("%(subject)s changed", subject=subject),
        "subject.ended": gettext("%(subject)s has ended", subject=subject),
        "subject.resumed": gettext("%(subject)s goes on", subject=subject),
        "contact.added": gettext("Contact added"),
        "contact.changed": gettext("Contact %(contact)s changed", contact=contact),
        "contact.left": gettext("Contact %(contact)s has left", contact=contact),
        "contact.back": gettext("Contact %(contact)s is back", contact=contact),
        "contact.primary": gettext("Contact %(contact)s is asked first", contact=contact),
        "alert.queued": gettext("A critical answer was told"),
        "supplier.screened": gettext("Screened"),
        "supplier.asked": gettext("Asked after the screening"),
        "supplier.cleared": gettext("Cleared"),
        "supplier.not_cleared": gettext("Not cleared"),
    }
    return str(sentences.get(event.action, ""))


def _lines(event: Event) -> Iterator[str]:
    source = event.details.get("source")
    if source:
        yield gettext("From the file %(name)s", name=source)
    if reason := event.details.get("reason"):
        yield str(reason)
    if event.action == "alert.queued":
        yield ", ".join(event.details["told"])
    if event.action == "contact.added":
        yield str(event.details["values"]["email"])
    changes = cast("list[Mapping[str, str]]", event.details.get("changes", []))
    for change in changes[:_MOST_LINES]:
        yield change_line(change["field"], change["old"], change["new"], change.get("contact", ""))


def change_line(field: str, old: str, new: str, contact: str = "") -> str:
    """Return a change in words: "Name: Acme → Acme AS"."""
    where = f"{contact}: {field_name(field)}" if contact else field_name(field)
    words = {"field": where, "old": in_words(field, old), "new": in_words(field, new)}
    if not old:
        return "{field}: {new}".format(**words)
    if not new:
        return str(gettext("%(field)s: %(old)s → empty", **words))
    return "{field}: {old} → {new}".format(**words)
