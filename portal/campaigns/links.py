"""Personal links: what stands in `/i/<token>`, and whose invitation it opens.

A token names the invitation (or a thread of the follow-up, whose links stand in `/f/<token>`) and the
version of its link, nothing else. It holds no end date: whether
it still opens anything is decided by the row (design, section 5.2).
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session, joinedload

from portal import store
from portal.campaigns.models import Invitation


class Purpose(enum.StrEnum):
    """What a link is for: answering, only reading and signing, or a thread after the answer."""

    ANSWER = "answer"
    SIGN = "sign"
    FOLLOW_UP = "follow_up"


class Linked(Protocol):
    """A row that has a personal link."""

    @property
    def public_id(self) -> str:
        """Names the row in addresses."""

    @property
    def link_version(self) -> int:
        """The version that a link must have to open it."""


@dataclass(frozen=True)
class Claim:
    """What a genuine token says."""

    public_id: str
    version: int
    purpose: Purpose


class UnknownLink(Exception):
    """The token is not one of ours, or its invitation is gone."""


class ReplacedLink(Exception):
    """A newer link was sent; `invitation` says to whom, and in which language to say so."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__("a newer link was sent")
        self.invitation = invitation


def link_version(row: Linked, purpose: Purpose) -> int:
    """Return the version that a link must have to open `row` for `purpose`."""
    if purpose is Purpose.SIGN and isinstance(row, Invitation):
        return row.sign_link_version
    return row.link_version


class Links:
    """Makes and reads tokens with the installation's keys."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take `keys`, the one that signs first; the others only read links sent earlier."""
        self._serializers = {
            purpose: URLSafeSerializer(
                list(reversed(keys)),  # itsdangerous signs with the last
                salt=f"portal.link.{purpose}",
                signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
            )
            for purpose in Purpose
        }

    def token(self, row: Linked, purpose: Purpose = Purpose.ANSWER) -> str:
        """Return the token that opens `row` for `purpose`: under 150 characters."""
        named = [row.public_id, link_version(row, purpose)]
        return str(self._serializers[purpose].dumps(named))

    def read(self, token: str) -> Claim:
        """Return what `token` says.

        Raises:
            UnknownLink: it was not made here, or not whole.
        """
        for purpose, serializer in self._serializers.items():
            try:
                public_id, version = serializer.loads(token)
            except (BadData, ValueError, TypeError):
                continue
            return Claim(public_id, version, purpose)
        raise UnknownLink


# Every page of a survey asks this, so it is built once.
_NAMED = (
    sa.select(Invitation)
    .where(Invitation.public_id == sa.bindparam("public_id"))
    .options(joinedload(Invitation.buyer))
)


def resolve(session: Session, claim: Claim) -> Invitation:
    """Return the invitation that `claim` opens and scope `session` to its buyer.

    Raises:
        UnknownLink: there is no such invitation; the session is left without a buyer.
        ReplacedLink: a newer link was sent.
    """
    store.scope_to_everyone(session)
    invitation = session.scalar(_NAMED, {"public_id": claim.public_id})
    if invitation is None:
        session.info.pop("buyer")
        raise UnknownLink
    store.scope(session, invitation.buyer_id)
    if link_version(invitation, claim.purpose) != claim.version:
        raise ReplacedLink(invitation)
    return invitation
