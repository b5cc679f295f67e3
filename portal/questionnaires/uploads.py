"""A buyer's own questionnaire: its text, checked beside everything it would be asked with."""

from __future__ import annotations

from collections.abc import Iterator

from portal.questionnaires.building import build_mended
from portal.questionnaires.faults import Fault, FaultyQuestionnaire
from portal.questionnaires.lines import lined
from portal.questionnaires.loader import Library, between, content_faults
from portal.questionnaires.reading import MAX_BYTES, NOT_UTF8, TOO_LARGE
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.wording import worded


def upload_text(file: str, content: bytes) -> str:
    """Return the text of an uploaded file.

    Raises:
        FaultyQuestionnaire: it is larger than 2 MB or not UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise FaultyQuestionnaire([Fault(file, "", TOO_LARGE)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FaultyQuestionnaire([Fault(file, "", NOT_UTF8)]) from None


def read_upload(file: str, text: str, shipped: Library, offered: Library) -> Questionnaire:
    """Return the questionnaire that `text` writes down; `file` names it in what is said.

    `shipped` is what comes with the portal, whose ids are taken; `offered` is that and what the
    buyer has of its own, which conditions and triggers may speak of.

    Raises:
        FaultyQuestionnaire: with everything that is wrong, and the line of each.
    """
    content, faults = build_mended(Questionnaire, file, text)
    if content is not None:
        others = [each for each in offered if each.id != content.id]
        foreign = {
            q.id: q for each in others for q in each.questions() if not content.question(q.id)
        }
        files = {each.id: (f"the questionnaire {each.id}", each) for each in others}
        found = [
            *content_faults(file, content, offered.norms, offered.scoring, foreign),
            *_taken(file, content, shipped),
            *between({**files, content.id: (file, content)}),
        ]
        faults += lined([each for each in found if each.file == file], text)
    if content is None or faults:
        raise FaultyQuestionnaire(sorted(faults, key=lambda each: each.line))
    return content


def _taken(file: str, content: Questionnaire, shipped: Library) -> Iterator[Fault]:
    if content.id in shipped:
        sentence = worded(
            "id: '%(id)s' comes with the portal; give your own another id", id=content.id
        )
        yield Fault(file, "", sentence, ("id",))
    ids = {section.id: each.id for each in shipped for section in each.sections}
    for section in content.sections:
        if section.id in ids:
            sentence = worded(
                "the section id is also used in the questionnaire %(id)s", id=ids[section.id]
            )
            yield Fault(file, f"section {section.id}", sentence)
