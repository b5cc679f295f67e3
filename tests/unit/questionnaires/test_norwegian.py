"""The Norwegian catalogue of the questionnaires."""

import re

import pytest
from babel.messages.pofile import read_po

from portal.paths import resource_dir
from portal.questionnaires.texts import catalogue_messages, localized, messages
from tests.library import LIBRARY

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
MESSAGES = {
    *(message[:2] for questionnaire in LIBRARY for message in messages(questionnaire)),
    *(message[:2] for message in catalogue_messages(LIBRARY)),
}


@pytest.fixture(scope="module")
def norwegian():
    """(context, English) -> Norwegian, of every message that a reader would see."""
    path = resource_dir("translations") / "nb" / "LC_MESSAGES" / "questionnaires.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale="nb")
    return {
        (each.context, each.id): each.string for each in catalogue if each.id and not each.fuzzy
    }


def test_every_text_is_translated_and_no_other(norwegian):
    assert norwegian.keys() == MESSAGES
    assert all(norwegian.values())


def test_placeholders_are_kept(norwegian):
    for (_, english), text in norwegian.items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english)), english


def test_companies_are_addressed_as_dere(norwegian):
    assert not [
        text for text in norwegian.values() if re.search(r"\b(du|deg|din|ditt|dine)\b", text)
    ]


def test_a_questionnaire_in_norwegian(norwegian):
    labour = localized(LIBRARY["labour_rights"], lambda *text: norwegian[text])
    assert labour.title == "Arbeidstakerrettigheter og anstendig arbeid"
    groups = labour.question("lab_groups")
    assert groups.option("none").label == "Ingen av disse"
    assert labour.question("lab_complaints").unit == "klager"
