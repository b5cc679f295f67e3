"""What the loader refuses, and that it says where and why."""

from pathlib import Path

import pytest

from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.loader import load_library, load_questionnaire

HEAD = """\
schema: portal-questionnaire/1
id: sample
version: 1.0.0
title: "Sample"
intro: "A sample."
audience: supplier
estimated_minutes: 1
validity_months: 12
signature: {required: false}
sections:
  - id: only
    title: "Only section"
    questions:
"""
COMMON = 'tier: core, required: true, text: "T", norm: [apl_4]'
CHOICE = (
    f"      - {{id: sam_a, type: single, {COMMON}, "
    'options: [{id: x, label: "X"}, {id: z, label: "Z"}]}\n'
)
TABLE = (
    f"      - {{id: sam_m, type: matrix, {COMMON}, rows: dynamic, "
    'columns: [{id: country, type: country, label: "C"}, {id: n, type: number, label: "N"}]}\n'
)

PAPERS = (
    f'      - {{id: sam_p, type: matrix, {COMMON}, rows: [{{id: iso, label: "I"}}], '
    'columns: [{id: held, type: single, label: "H", options: [{id: "yes", label: "Y"}]}, '
    '{id: expires_on, type: date, label: "E"}, {id: file, type: file, label: "F"}]}\n'
)


def question(rest: str, name: str = "sam_b", kind: str = "yes_no") -> str:
    return f"      - {{id: {name}, type: {kind}, {COMMON}{rest}}}\n"


def faults_of(tmp_path: Path, text: str) -> str:
    path = tmp_path / "sample.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(FaultyQuestionnaire) as caught:
        load_questionnaire(path)
    return str(caught.value)


def test_a_correct_file_loads(tmp_path):
    path = tmp_path / "sample.yaml"
    path.write_text(HEAD + CHOICE + question(", visible_if: {q: sam_a, eq: x}"), "utf-8")
    questionnaire = load_questionnaire(path)
    assert [each.id for each in questionnaire.questions()] == ["sam_a", "sam_b"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (question(", colour: red"), "question sam_b: colour: this key is not known"),
        ("      - {id: sam_b, type: yes_no}\n", "question sam_b: tier: this key is missing"),
        (question("", kind="essay"), "question sam_b: type: Input should be"),
        (question(", reuse: true", kind="file"), "question sam_b: reuse goes with facts"),
        (CHOICE + CHOICE, "the question id 'sam_a' is used twice"),
        (
            question(', options: [{id: x, label: "A"}, {id: x, label: "B"}]', kind="multi"),
            "question sam_b: the option id 'x' is used twice",
        ),
        (
            question(', options: [{id: yes, label: "A"}, {id: x, label: "B"}]', kind="multi"),
            "question sam_b: options.1.id: a bare yes, no, on or off is read as true or false",
        ),
        (question("", kind="single"), "the type single needs the key 'options'"),
        (question("", kind="matrix"), "the type matrix needs the key 'rows'"),
        (question(", unit: kg"), "the key 'unit' does not go with the type yes_no"),
        (
            question(", visible_if: {q: sam_c, eq: x}") + question("", name="sam_c"),
            "question sam_b: a condition speaks of 'sam_c', which is no earlier question",
        ),
        (
            question(', visible_if: {q: sam_b, eq: "yes"}'),
            "a condition speaks of 'sam_b', which is no earlier question",
        ),
        (question(', visible_if: {eq: "yes"}'), "a condition names neither q nor ctx"),
        (
            CHOICE + question(", visible_if: {q: sam_a, eq: y}"),
            "question sam_b: 'y' is not an option of 'sam_a'",
        ),
        (
            question("", "sam_a") + question(", visible_if: {q: sam_a, eq: yes}"),
            "question sam_b: a bare yes or no is compared with 'sam_a'",
        ),
        (CHOICE + question(", visible_if: {q: sam_a, gt: 4}"), "cannot be said of 'sam_a'"),
        (CHOICE + question(", visible_if: {q: sam_a, contains: x}"), "cannot be said of 'sam_a'"),
        (
            TABLE + question(", visible_if: {q: sam_m, any_cell: {col: size, eq: 1}}"),
            "question sam_b: 'sam_m' has no column 'size'",
        ),
        (
            TABLE + question(", visible_if: {q: sam_m, any_row: {size: 1}}"),
            "question sam_b: 'sam_m' has no column 'size'",
        ),
        (
            TABLE + question(", visible_if: {q: sam_m, ratio: {of: all.n, to: n, gt: 1}}"),
            "question sam_b: 'sam_m' has no row 'all'",
        ),
        (question(", areas: [weather]"), "the area 'weather' is not in the catalogue"),
        (
            '      - {id: sam_b, type: yes_no, tier: core, required: true, text: "T", norm: [x]}\n',
            "question sam_b: the norm 'x' is not in the catalogue",
        ),
        (
            question(
                ', areas: [wages], risk: [{when: {eq: "no"}, points: 1, severity: low, '
                'finding: "See {ref:sam_z}", action: "A"}]'
            ),
            "question sam_b: {ref:sam_z} speaks of no question",
        ),
        (question(', risk: [{when: {eq: "no"}, points: 1}]'), "has points but no area"),
        (
            question(', areas: [wages], risk: [{when: {eq: "no"}, points: 1, severity: low}]'),
            "has a severity but no finding",
        ),
        (question(', risk: [{when: {eq: "no"}, points: 11}]'), "question sam_b: risk.1.points"),
        (question(", min_rows: 2020-01-01"), "the bare value 2020-01-01 must be put in quotes"),
        (question(", required: false"), "the key 'required' stands twice"),
        (
            question(", visible_if: {ctx: supplier.size, eq: big}"),
            "question sam_b: 'supplier.size' is no key of the context",
        ),
        (
            question(", visible_if: {ctx: supplier.inherent_risk, eq: huge}"),
            "question sam_b: 'huge' is no band of 'supplier.inherent_risk'",
        ),
        (
            question(
                ", areas: [wages], risk: [{when: {lt_ctx: agreement.min_hourly_rate}, points: 1}]",
                kind="number",
            ),
            "question sam_b: 'agreement.min_hourly_rate' is known only in a questionnaire whose",
        ),
        (
            TABLE + question(", visible_if: {q: sam_m, any_row: {valid: true}}"),
            "question sam_b: valid needs a column 'held' of the type single in 'sam_m'",
        ),
        (
            TABLE + question(", visible_if: {q: sam_m, any_row: {n: past}}"),
            "question sam_b: only a date can be past, and 'n' of 'sam_m' is number",
        ),
        (
            PAPERS + question(", visible_if: {q: sam_p, any_row: {file: a.pdf}}"),
            "question sam_b: of the file 'file' of 'sam_p' only missing can be said",
        ),
        (PAPERS.replace("rows: [", "min_rows: 3, rows: ["), "min_rows asks for 3 of 1 rows"),
        (
            TABLE.replace("type: number", "type: file"),
            "question sam_m: column n: a file goes with rows of the table's own",
        ),
        (
            TABLE.replace("rows: dynamic", "rows: dynamic, row_entity: permit"),
            "question sam_m: row_entity: Input should be 'certificate'",
        ),
        (question(", evidence: {mode: none, expiry: true}"), "cannot have the mode none"),
    ],
)
def test_a_fault_is_named_with_file_and_question(tmp_path, body, sentence):
    message = faults_of(tmp_path, HEAD + body)
    assert sentence in message
    assert message.startswith("sample.yaml: ")


def test_a_register_of_certificates_loads(tmp_path):
    path = tmp_path / "sample.yaml"
    shown = ', visible_if: {q: sam_p, row: {id: iso, held: "yes", valid: true}}'
    expired = question(", visible_if: {q: sam_p, any_row: {expires_on: past}}", name="sam_c")
    path.write_text(HEAD + PAPERS + question(shown) + expired, "utf-8")
    assert len(list(load_questionnaire(path).questions())) == 3


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("signature: {required: true}", "signature: who signs needs roles and a statement"),
        ('signature: {required: false, statement: "S"}', "a statement or co_signature needs"),
        (
            (
                "signature: {required: false}\nrouting: {result_levels: [done], done_if: D, "
                "talk_first_if: T, otherwise: talk_first}"
            ),
            "routing: 'talk_first' is not among the result_levels",
        ),
        (
            (
                "signature: {required: false}\nrouting: {result_levels: [done], done_if: D, "
                "talk_first_if: T, otherwise: done}"
            ),
            "routing: no question triggers another questionnaire",
        ),
    ],
)
def test_a_fault_of_the_whole_is_named(tmp_path, head, sentence):
    text = HEAD.replace("signature: {required: false}", head)
    assert sentence in faults_of(tmp_path, text + CHOICE)


def test_a_trigger_for_others_than_those_asked_is_refused(tmp_path):
    path = tmp_path / "sample.yaml"
    rule = ', areas: [wages], risk: [{when: {eq: "no"}, points: 1, trigger: [labour_rights]}]'
    path.write_text(
        HEAD.replace("audience: supplier", "audience: agreement_owner") + question(rule), "utf-8"
    )
    with pytest.raises(FaultyQuestionnaire, match="'labour_rights' is for others than those"):
        load_library([path])


def test_all_faults_are_told_at_once(tmp_path):
    message = faults_of(tmp_path, HEAD + CHOICE + CHOICE + question(", areas: [weather]"))
    assert len(message.splitlines()) == 2


@pytest.mark.parametrize("text", ["", "- a list", "a: [", "\x00", "a: &x [*x]"])
def test_what_is_no_questionnaire_is_refused_with_a_sentence(tmp_path, text):
    assert faults_of(tmp_path, text).startswith("sample.yaml: ")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FaultyQuestionnaire, match=r"gone\.yaml: cannot be read"):
        load_questionnaire(tmp_path / "gone.yaml")


def test_a_declared_reference_is_believed_in_one_file_and_resolved_in_the_library(tmp_path):
    path = tmp_path / "sample.yaml"
    condition = question(", visible_if: {q: prf_headcount, eq: n1_9}")
    path.write_text(
        HEAD.replace("sections:", "uses: [prf_headcount]\nsections:") + condition,
        "utf-8",
    )
    load_questionnaire(path)
    assert "sample" in load_library([path])

    path.write_text(path.read_text("utf-8").replace("prf_headcount", "prf_gone"), "utf-8")
    load_questionnaire(path)
    with pytest.raises(FaultyQuestionnaire, match="no questionnaire has the question 'prf_gone'"):
        load_library([path])


def test_options_of_other_questionnaires_are_checked_in_the_library(tmp_path):
    path = tmp_path / "sample.yaml"
    condition = question(", visible_if: {q: prf_headcount, eq: many}")
    path.write_text(
        HEAD.replace("sections:", "uses: [prf_headcount]\nsections:") + condition, "utf-8"
    )
    with pytest.raises(FaultyQuestionnaire, match="'many' is not an option of 'prf_headcount'"):
        load_library([path])


def test_a_question_id_is_used_in_one_questionnaire_only(tmp_path):
    path = tmp_path / "sample.yaml"
    path.write_text(HEAD + question("", name="lab_groups"), "utf-8")
    with pytest.raises(FaultyQuestionnaire, match=r"also used in labour_rights\.yaml"):
        load_library([path])
