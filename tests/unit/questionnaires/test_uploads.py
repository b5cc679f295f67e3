"""A buyer's own questionnaire as text: what is refused, at which line and key, several at once."""

import pytest

from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.loader import CONTENT
from portal.questionnaires.uploads import read_upload, upload_text
from tests.library import LIBRARY
from tests.samples import OWN_QUESTIONNAIRE


def read(text):
    return read_upload("own.yaml", text, LIBRARY, LIBRARY)


def said(text):
    with pytest.raises(FaultyQuestionnaire) as caught:
        read(text)
    return str(caught.value).splitlines()


def line_of(text, part):
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def broken(old, new):
    assert old in OWN_QUESTIONNAIRE
    return OWN_QUESTIONNAIRE.replace(old, new)


def test_a_sound_one_is_read():
    assert [each.id for each in read(OWN_QUESTIONNAIRE).questions()] == ["visit_ready", "visit_why"]


def test_what_is_no_yaml_names_the_line():
    text = broken('title: "Visits"', 'title: "Visits')
    [sentence] = said(text)
    assert sentence.startswith("own.yaml: line ")
    assert "is not valid YAML" in sentence


def test_an_unknown_key_is_named_with_its_line():
    text = broken("version: 1.0.0", "version: 1.0.0\ncolour: red")
    line = line_of(text, "colour")
    assert said(text) == [f"own.yaml: line {line}: colour: this key is not known"]


def test_a_key_that_is_missing_is_named_where_it_should_be():
    text = broken("        tier: core\n        required: false\n", "        tier: core\n")
    [sentence] = said(text)
    assert sentence == (
        f"own.yaml: line {line_of(text, 'id: visit_why')}: "
        "question visit_why: required: this key is missing"
    )


def test_an_id_that_stands_twice_is_named_at_the_second():
    text = broken("id: visit_why", "id: visit_ready")
    line = len(text[: text.rindex("id: visit_ready")].splitlines())
    assert any(
        each.startswith(f"own.yaml: line {line} (") and "'visit_ready' is used twice" in each
        for each in said(text)
    )


@pytest.mark.parametrize("name", ["visit_gone", "visit_why"])
def test_a_condition_on_a_missing_or_later_question_names_its_line_and_key(name):
    text = broken("{q: visit_ready,", f"{{q: {name},")
    [sentence] = said(text)
    assert sentence == (
        f"own.yaml: line {line_of(text, f'q: {name}')} (visible_if.q): question visit_why: "
        f"a condition speaks of '{name}', which is no earlier question"
    )


def test_a_bare_boolean_in_a_condition_is_named_with_its_line():
    text = broken('ready, eq: "no"}', "ready, eq: no}")
    [sentence] = said(text)
    assert sentence.startswith(f"own.yaml: line {line_of(text, 'ready, eq: no')} (visible_if.eq): ")
    assert "put it in quotes" in sentence


def test_faults_of_every_kind_are_told_at_once_in_their_order():
    text = (
        broken("version: 1.0.0", "version: 1.0.0\ncolour: red")
        .replace("{q: visit_ready,", "{q: visit_gone,")
        .replace("norm: [apl_4]", "norm: [no_such_norm]", 1)
        .replace("id: own_visits", "id: labour_rights")
    )
    sentences = said(text)
    assert [each.split(": ")[2] for each in sentences] == [
        "id",
        "colour",
        "question visit_ready",
        "question visit_why",
    ]
    lines = [int(each.split("line ")[1].split(":")[0].split(" ")[0]) for each in sentences]
    assert lines == sorted(lines)


def test_ids_of_what_is_shipped_are_taken():
    text = broken("id: visit_why", "id: lab_groups")
    assert any("also used in the questionnaire labour_rights" in each for each in said(text))
    text = broken("id: visit_section", "id: pre_eight")
    assert any("section id is also used in the questionnaire prescreen" in e for e in said(text))


def test_aliases_that_would_fill_the_memory_are_refused():
    lists = "\n".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 12))
    [sentence] = said(f"x0: &x0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n{lists}\n")
    assert "repeats itself too often" in sentence


@pytest.mark.parametrize(("content", "part"), [(b"\xff\xfe", "UTF-8"), (b"x" * 2_000_001, "2 MB")])
def test_a_file_that_is_no_text_is_refused(content, part):
    with pytest.raises(FaultyQuestionnaire, match=part):
        upload_text("own.yaml", content)


def test_every_shipped_file_is_sound_but_for_its_ids():
    for path in sorted(CONTENT.glob("*.yaml")):
        with pytest.raises(FaultyQuestionnaire) as caught:
            read_upload(path.name, path.read_text("utf-8"), LIBRARY, LIBRARY)
        assert all(
            "comes with the portal" in each.sentence or "also used in" in each.sentence
            for each in caught.value.faults
        ), path.name
