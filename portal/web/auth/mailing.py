"""Mails about accounts: put into the outbox like all others, without the link they will carry."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app, request
from flask_security import MailUtil
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy.orm import Session

from portal import store
from portal.buyers import throttle
from portal.buyers.models import User
from portal.database import db_session
from portal.outbox import service as outbox
from portal.outbox.models import Message
from portal.web import clock

RESET = "password_reset"
CHANGED = "password_changed"
WELCOME = "user_welcome"

# A link is not sent again sooner: nobody's mailbox is filled by somebody else's clicks.
QUIET = timedelta(minutes=5)


class OutboxMail(MailUtil):
    """Flask-Security's mails, queued."""

    def send_mail(  # noqa: PLR0917 - the signature is Flask-Security's
        self,
        template: str,
        subject: str,  # noqa: ARG002 - the template has its own
        recipient: str | tuple[str, str],  # noqa: ARG002 - it is the user's address
        sender: str | tuple[str, str],  # noqa: ARG002 - the mail edge knows it
        body: str | None,  # noqa: ARG002 - rendered when it is sent
        html: str | None,  # noqa: ARG002
        **kwargs: Any,
    ) -> None:
        """Queue the mail `template` to `kwargs["user"]` and commit, because not every view does.

        That a password was set is told to the user here, so it is noted in the trail here too.
        """
        session, now = db_session(), clock.now()
        user: User = kwargs["user"]
        store.scope(session, user.buyer_id)
        if template == CHANGED:
            throttle.note_new_password(session, user, now, request.remote_addr or "")
        if template != RESET or not _sent_lately(session, user, now):
            queue_to_user(session, user, template, now)
        session.commit()


def queue_to_user(session: Session, user: User, template: str, now: datetime) -> Message:
    """Return a message that waits to be mailed to `user`; the session is that of the user's buyer."""
    return outbox.queue(
        session,
        template=template,
        locale=user.locale or user.buyer.locale,
        recipient=user.email,
        context={"user_id": user.id, "user_name": user.name, "buyer_name": user.buyer.name},
        now=now,
    )


def reset_link(user: User) -> str:
    """Return the address where `user` sets a password: valid for a day, until it is used."""
    address = current_app.config["BASE_URL"].rstrip("/") + current_app.config["SECURITY_RESET_URL"]
    token = generate_reset_password_token(user)  # type: ignore[no-untyped-call]  # not typed
    return f"{address}/{token}"


def _sent_lately(session: Session, user: User, now: datetime) -> bool:
    query = sa.select(Message.id).where(
        Message.template == RESET,
        Message.recipient == user.email,
        Message.created_at > now - QUIET,
    )
    return session.scalar(query.limit(1)) is not None
