"""A signed declaration that is being corrected: it counts as answered, and yet a signature is awaited."""

from __future__ import annotations

from portal.campaigns.models import Invitation, InvitationState


def awaits_new_signature(invitation: Invitation) -> bool:
    """Return whether a correction of a signed declaration was passed on to be signed."""
    asked, submitted = invitation.signature_requested_at, invitation.submitted_at
    return (
        invitation.state is InvitationState.SUBMITTED
        and invitation.campaign.closed_at is None
        and asked is not None
        and submitted is not None
        and asked > submitted
    )
