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
from portal.suppliers.models import Supplier
from portal.suppliers.subjects import FaultyFile, bring_in, current
from tests.declarations.surveys import complete, make_survey, opened
from tests.makers import THEN, make_supplier
from tests.reports.declaring import declare

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
