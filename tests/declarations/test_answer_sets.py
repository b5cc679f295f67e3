"""Two agreements of one supplier are answered, sealed and told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.declarations import drafts
from portal.declarations.drafts import Change
from portal.questionnaires.answer_sets import About
from portal.ratings.declared import read
from portal.reports.declared import sections
from portal.reports.signed import given
from portal.suppliers.models import SubjectKind, Supplier
from portal.suppliers.subjects import FaultyFile, bring_in, current
from tests.campaigns.launching import launch_with
from tests.declarations.surveys import LIBRARY, complete, make_survey, opened
from tests.makers import THEN, make_contact, make_subject, make_supplier
from tests.reports.declaring import declare
from tests.reports.reading import content, rows_of
from tests.reports.reading import read as read_export

HEAD = "supplier_key,kind,key,title,place,min_hourly_rate,ended\n"
CANTEEN = About(7, "agreement", "A-7", "Canteen", "Bergen", 220.5)
CLEANING = About(9, "agreement", "A-9", "Cleaning", "Oslo", 230.0)
ABOUT = [CANTEEN.facts(), CLEANING.facts()]


def bring(session: Session, tmp_path: Path, rows: str) -> int:
    path = tmp_path / "subjects.csv"
    path.write_text(HEAD + rows, "utf-8")
    return bring_in(session, path)


def test_both_agreements_are_asked_declared_and_rated_apart(session: Session) -> None:
    invitation = make_survey(session, ["norway_pay_conditions"], about=ABOUT)
    complete(session, invitation)
    pay = {"nor_lowest_hourly__7": Change(210), "nor_lowest_hourly__9": Change(240)}
    drafts.save(session, invitation, pay, "test", THEN)
    survey = opened(session, invitation)
    assert not survey.missing
    declaration = declare(session, invitation, survey.shown.answers)
    document = json.loads(declaration.document)
    assert [each["about"]["key"] for each in document["questionnaires"]] == ["A-7", "A-9"]
    titles = {each.questionnaire for each in sections(session, declaration, "en")}
    assert {title.rpartition(" – ")[2] for title in titles} == {"Canteen", "Cleaning"}
    own = given(declaration.document).of(CLEANING)
    assert own.answers["nor_lowest_hourly"] == 240
    found = {each.question for each in read(session, declaration).assessed().findings}
    assert "nor_lowest_hourly__7" in found
    assert "nor_lowest_hourly__9" not in found


def test_exports_say_which_agreement_an_answer_is_about(session: Session) -> None:
    invitation = make_survey(session, ["norway_pay_conditions", "labour_rights"], about=ABOUT)
    pay = {"nor_lowest_hourly__7": 210, "nor_lowest_hourly__9": 240, "lab_min_age": "yes"}
    declare(session, invitation, pay)
    long = {
        (row["question_id"], row["about_key"]): row["answer_value"]
        for row in read_export(session, "answers")
        if row["question_id"] in {"nor_lowest_hourly", "lab_min_age"}
    }
    assert long["nor_lowest_hourly", "A-7"] == "210"
    assert long["nor_lowest_hourly", "A-9"] == "240"
    assert [key for question, key in long if question == "lab_min_age"] == [""]
    wide = rows_of(content(session, "answers", layout="wide"))
    assert {row["about_key"] for row in wide} >= {"A-7", "A-9"}


def test_a_launch_keeps_the_agreements_as_they_were(session: Session) -> None:
    supplier: Supplier = make_supplier(session)
    make_contact(session, supplier)
    canteen = make_subject(session, supplier, key="A-7", title="Canteen", min_hourly_rate=220)
    make_subject(session, supplier, key="A-9", title="Cleaning")
    make_subject(session, supplier, key="A-1", ended=True)
    make_subject(session, supplier, key="M-1", kind=SubjectKind.MATERIAL)
    about = launch_with(session, questionnaires=[LIBRARY["norway_pay_conditions"]])
    whole = launch_with(session, questionnaires=[LIBRARY["labour_rights"]])
    canteen.title, canteen.ended = "Restaurant", True
    session.flush()
    session.refresh(about.invitations[0])
    kept = [(each["key"], each["title"]) for each in about.invitations[0].about]
    assert kept == [("A-7", "Canteen"), ("A-9", "Cleaning")]
    assert about.invitations[0].about[0]["min_hourly_rate"] == 220.0
    assert whole.invitations[0].about == []


def test_the_register_is_brought_in_and_changed(session: Session, tmp_path: Path) -> None:
    supplier: Supplier = make_supplier(session, key="S1")
    assert bring(session, tmp_path, "S1,agreement,A-7,Canteen,Bergen,220.50,\n") == 1
    assert bring(session, tmp_path, "S1,agreement,A-7,The canteen,Bergen,,\n") == 1
    (kept,) = current(session, [supplier.id])[supplier.id]
    assert (kept.title, kept.min_hourly_rate) == ("The canteen", None)
    bring(session, tmp_path, "S1,agreement,A-7,The canteen,,,yes\n")
    assert current(session, [supplier.id]) == {}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("S2,agreement,A,T,,,", "row 2: supplier_key: there is no supplier 'S2'"),
        ("S1,lease,A,T,,,", "row 2: kind: 'lease' is neither agreement nor material"),
        ("S1,material,A,T,,220,", "row 2: min_hourly_rate goes with an agreement"),
        ("S1,agreement,A,T,,much,", "row 2: min_hourly_rate: 'much' is no amount"),
        ("S1,agreement,A,,,,", "row 2: title is empty"),
        ("S1,agreement,A,T,,,maybe", "row 2: ended: 'maybe' is neither yes nor no"),
    ],
)
def test_a_fault_names_file_and_row_and_nothing_is_kept(
    session: Session, tmp_path: Path, row: str, sentence: str
) -> None:
    supplier: Supplier = make_supplier(session, key="S1")
    with pytest.raises(FaultyFile, match=r"subjects\.csv, ") as caught:
        bring(session, tmp_path, f"S1,agreement,B,Fine,,,\n{row}\n".replace("row 2", "row 3"))
    assert sentence.replace("row 2", "row 3") in str(caught.value)
    assert current(session, [supplier.id]) == {}
