"""A campaign on the application's database, ready to be mailed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.campaigns.models import Invitation
from portal.i18n import question_translator
from portal.outbox import service as outbox
from portal.outbox.models import Message
from portal.ratings.contexts import launch_contexts
from portal.suppliers.models import Contact
from tests.campaigns.launching import LIBRARY, launch_with

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ASKED = ["company_profile", "supplier_code_of_conduct", "labour_rights"]


def launched(rows: Session, **values: Any) -> list[Invitation]:
    """Return the invitations of a campaign launched and committed on the database of `rows`.

    It is translated into the languages of those it asks, and no more, since that takes time.
    """
    spoken = set(rows.scalars(sa.select(Contact.locale))) | {"nb"}
    defaults: dict[str, Any] = {
        "questionnaires": [LIBRARY[name] for name in ASKED],
        "translators": {name: question_translator(name) for name in spoken},
        "contexts": launch_contexts,
        "now": NOW,
    }
    rows.expire_on_commit = False  # reading rows again would hold SQLite's only write lock
    invitations = list(launch_with(rows, **(defaults | values)).invitations)
    rows.commit()
    return invitations


def queued(rows: Session, invitation: Invitation, template: str, **values: Any) -> Message:
    """Return another message to the invitation's contact, committed."""
    defaults: dict[str, Any] = {
        "template": template,
        "locale": invitation.locale,
        "recipient": invitation.contact.email,
        "context": {},
        "invitation_id": invitation.id,
        "now": NOW,
    }
    message = outbox.queue(rows, **(defaults | values))
    rows.commit()
    return message
