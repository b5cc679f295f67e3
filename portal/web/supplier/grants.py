"""What a browser may open: written into its session when a person presses Start, checked at every request."""

from __future__ import annotations

import secrets

from flask import session

from portal.campaigns.links import Claim, Purpose

_GRANTS, _EDITOR, _CORRECTIONS = "grants", "editor", "corrections"
# A cookie is small; whoever answers for more suppliers than this opens the mail again.
MOST = 12


def give(claim: Claim) -> None:
    """Let this browser open what `claim` opens."""
    grants: dict[str, dict[str, int]] = dict(session.get(_GRANTS, {}))
    held = grants.pop(claim.public_id, {})
    grants[claim.public_id] = {**held, claim.purpose.value: claim.version}
    session[_GRANTS] = dict(list(grants.items())[-MOST:])
    session.setdefault(_EDITOR, secrets.token_hex(8))


def held(public_id: str) -> list[Claim]:
    """Return what this browser was given for an invitation."""
    versions: dict[str, int] = session.get(_GRANTS, {}).get(public_id, {})
    return [Claim(public_id, version, Purpose(name)) for name, version in versions.items()]


def editor() -> str:
    """Return the name under which this browser's answers are saved: tells two people apart."""
    return str(session.get(_EDITOR, ""))


def begin_correction(public_id: str, declaration_id: str) -> None:
    """Remember that this browser corrects the declaration with the public id `declaration_id`."""
    session[_CORRECTIONS] = {**session.get(_CORRECTIONS, {}), public_id: declaration_id}


def end_correction(public_id: str) -> None:
    """Forget that this browser was correcting."""
    corrections = dict(session.get(_CORRECTIONS, {}))
    if corrections.pop(public_id, None) is not None:
        session[_CORRECTIONS] = corrections


def corrected(public_id: str) -> str:
    """Return the public id of the declaration that this browser corrects, empty for none."""
    return str(session.get(_CORRECTIONS, {}).get(public_id, ""))
