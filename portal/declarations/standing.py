"""Whether an invitation can be answered: decided by the row at every request, never by the link."""

from __future__ import annotations

import enum

from portal.campaigns.models import Invitation, InvitationState


class Standing(enum.StrEnum):
    """What a link leads to today."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class NotOpen(Exception):
    """The invitation can no longer be answered; `standing` says why."""

    def __init__(self, invitation: Invitation, standing: Standing) -> None:
        super().__init__(standing)
        self.invitation, self.standing = invitation, standing


def standing(invitation: Invitation) -> Standing:
    """Return where `invitation` stands. A passed deadline alone closes nothing: late is better than not."""
    if invitation.state is InvitationState.CANCELLED:
        return Standing.WITHDRAWN
    if invitation.state is InvitationState.SUBMITTED:
        return Standing.ANSWERED
    if invitation.campaign.closed_at is not None:
        return Standing.CLOSED
    if invitation.state is InvitationState.DECLINED:
        return Standing.DECLINED
    return Standing.OPEN


def require_open(invitation: Invitation, *, correcting: bool = False) -> None:
    """Return if answers may be written; a signed one only while it is being corrected.

    Raises:
        NotOpen: with the reason.
    """
    found = standing(invitation)
    may_correct = correcting and found is Standing.ANSWERED and not invitation.campaign.closed_at
    if found is not Standing.OPEN and not may_correct:
        raise NotOpen(invitation, found)
