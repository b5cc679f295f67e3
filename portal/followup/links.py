"""The personal link of a thread: `/f/<token>`, read by `campaigns.links`, looked up here."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.links import Claim, Purpose, UnknownLink
from portal.followup.correspondence import ThreadClosed
from portal.followup.models import Correspondence


class ReplacedThreadLink(Exception):
    """A newer link was sent; `correspondence` says to whom, and in which language to say so."""

    def __init__(self, correspondence: Correspondence) -> None:
        super().__init__("a newer link was sent")
        self.correspondence = correspondence


def resolve(session: Session, claim: Claim) -> Correspondence:
    """Return the thread that `claim` opens, open or closed, and scope `session` to its buyer.

    Raises:
        UnknownLink: there is no such thread; the session is left without a buyer.
        ReplacedThreadLink: a newer link was sent.
    """
    if claim.purpose is not Purpose.FOLLOW_UP:
        raise UnknownLink
    store.scope_to_everyone(session)
    found = session.scalar(
        sa.select(Correspondence).where(Correspondence.public_id == claim.public_id)
    )
    if found is None:
        session.info.pop("buyer")
        raise UnknownLink
    store.scope(session, found.buyer_id)
    if found.link_version != claim.version:
        raise ReplacedThreadLink(found)
    return found


def require_open(correspondence: Correspondence) -> None:
    """Return if something can still be written.

    Raises:
        ThreadClosed: it is over.
    """
    if correspondence.closed_at:
        raise ThreadClosed(correspondence)
