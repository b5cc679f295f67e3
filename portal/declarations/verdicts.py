"""A verdict in sentences: English here, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from portal.declarations.receipts import Fault, Problem


def N_(text: str) -> str:  # noqa: N802 - the name under which translations are collected
    """Return `text` unchanged: marks it for translation."""
    return text


INTACT = N_("The receipt is intact: it is exactly what was signed.")

SENTENCES: Mapping[Fault, str] = {
    Fault.MISSING: N_("The receipt is not complete: the field %(part)s is missing."),
    Fault.NOT_PART: N_("The receipt holds something that was never in it: %(part)s."),
    Fault.FORMAT: N_("The receipt is in a form this portal does not know: %(part)s."),
    Fault.CHANGED: N_("This was changed after signing: %(part)s."),
    Fault.ADDED: N_("This was added after signing: %(part)s."),
    Fault.REMOVED: N_("This was removed after signing: %(part)s."),
    Fault.DOCUMENT: N_("The document was changed after signing."),
    Fault.HASH: N_("The fingerprint (SHA-256) in the receipt is not the document's."),
    Fault.SEAL: N_("The seal does not belong to this document."),
    Fault.KEY: N_("The key in the receipt was changed: the seal cannot be checked."),
    Fault.FOREIGN: N_("The seal was not set by this portal's key."),
}


def in_english(problem: Problem) -> str:
    """Return the problem as an English sentence."""
    return SENTENCES[problem.fault] % {"part": problem.part}
