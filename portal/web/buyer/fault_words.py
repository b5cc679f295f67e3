"""What is wrong with an uploaded questionnaire, in the reader's language as far as it is ours to say."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import gettext

from portal.questionnaires.faults import Fault
from portal.questionnaires.wording import Worded


class ToldFault(NamedTuple):
    """Where a fault stands and what it is; `english` where a checker of types has said it."""

    file: str
    where: str
    place: str
    text: str
    english: bool


def told(fault: Fault) -> ToldFault:
    """Return the fault in words; keys and ids stay as they are written in the file."""
    kind, _, name = fault.place.partition(" ")
    places = {
        "question": gettext("question %(id)s", id=name),
        "section": gettext("section %(id)s", id=name),
    }
    return ToldFault(
        fault.file,
        _where(fault),
        places.get(kind, fault.place),
        said(fault.sentence),
        not _ours(fault.sentence),
    )


def said(sentence: str) -> str:
    """Return the sentence in the reader's language; one that is not ours as it came."""
    if not isinstance(sentence, Worded):
        return sentence
    values = {
        name: said(value) if isinstance(value, str) else value
        for name, value in sentence.values.items()
    }
    return str(gettext(sentence.template, **values))


def _ours(sentence: str) -> bool:
    why = sentence.values.get("why") if isinstance(sentence, Worded) else None
    return isinstance(sentence, Worded) and (why is None or isinstance(why, Worded))


def _where(fault: Fault) -> str:
    if not fault.line:
        return ""
    if fault.key:
        return str(gettext("Line %(line)d (%(key)s)", line=fault.line, key=fault.key))
    return str(gettext("Line %(line)d", line=fault.line))
