from decimal import Decimal

import pytest

from portal.suppliers.cells import Reading
from portal.suppliers.changes import Change
from portal.suppliers.importing import Plan, draw_up
from portal.suppliers.queries import Known
from tests.unit.suppliers.files import table

READING = Reading(locales=("en", "nb"))
WIDE = "key,name,country,contact_email,spend,criticality,contact_name,contact_locale"


def known(**values: object) -> dict[str, Known]:
    """The supplier S1 as the register holds it."""
    supplier = {"name": "Acme", "country": "NO", "spend": None, "criticality": None} | values
    return {"S1": Known(supplier, {"a@a.example": {"email": "a@a.example", "name": "Ann"}})}


def plan(*lines: str, header: str = WIDE, held: dict[str, Known] | None = None) -> Plan:
    return draw_up(table(*lines, header=header), held or {}, READING)


def reasons(found: Plan) -> list[str]:
    return [str(fault) for fault in found.faults]


def test_a_new_supplier_is_added_with_what_its_cells_say():
    found = plan("S1,Acme,Norway,a@a.example,1 500,a,,nb")
    assert found.summary() == "added 1, changed 0, unchanged 0, faulty 0"
    assert found.added[0].supplier == {
        "name": "Acme",
        "country": "NO",
        "spend": Decimal(1500),
        "criticality": "A",
    }
    assert found.added[0].contacts == {"a@a.example": {"email": "a@a.example", "locale": "nb"}}


def test_several_rows_of_one_key_are_several_contacts():
    found = plan("S1,Acme,NO,a@a.example,,,,", "S1,,,b@a.example,,,Bo,")
    assert found.summary() == "added 1, changed 0, unchanged 0, faulty 0"
    assert list(found.added[0].contacts) == ["a@a.example", "b@a.example"]


def test_rows_of_one_key_that_contradict_are_a_fault():
    found = plan("S1,Acme,NO,a@a.example,,,,", "S1,Acme,SE,b@a.example,,,,")
    assert reasons(found) == [
        (
            "Row 3: the country differs from an earlier row with the key 'S1'. "
            "Write the same in both, or leave it empty in one."
        )
    ]
    assert [(left.row, left.key) for left in found.left_out] == [(2, "S1")]
    assert found.summary() == "added 0, changed 0, unchanged 0, faulty 1"


def test_one_address_with_two_names_is_a_fault():
    found = plan("S1,Acme,NO,a@a.example,,,Ann,", "S1,Acme,NO,A@a.example,,,Bo,")
    assert [fault.field for fault in found.faults] == ["contact_name"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",Acme,NO,a@a.example,,,,", "Row 2: the key is missing."),
        ("S1,,NO,a@a.example,,,,", "Row 2: the name is missing."),
        ("S1,Acme,,a@a.example,,,,", "Row 2: the country is missing."),
        ("S1,Acme,NO,,,,,", "Row 2: the contact's e-mail address is missing."),
        (
            "S1,Acme,Norwey,a@a.example,,,,",
            "Row 2: the country 'Norwey' is not known. Did you mean Norway (NO)?",
        ),
        (
            "S1,Acme,NO,a@a.example,,,,,more",
            (
                "Row 2: it has more cells than there are columns. "
                "Put quotation marks around text that holds the separator."
            ),
        ),
    ],
)
def test_each_faulty_row_is_named_once_with_its_reason(line, reason):
    found = plan(line)
    assert reasons(found) == [reason]
    assert found.summary() == "added 0, changed 0, unchanged 0, faulty 1"


def test_all_faults_of_a_row_are_told_but_the_row_counts_once():
    found = plan("S1,,Norwey,a@,1,234,,xx")
    assert {fault.field for fault in found.faults} >= {"name", "country", "contact_email"}
    assert found.faulty == 1


def test_a_faulty_cell_is_not_missing_in_the_other_rows_of_its_key():
    found = plan("S1,Acme,,a@a.example,,,,", "S1,Acme,Norwey,b@a.example,,,,")
    assert [(fault.row, fault.field) for fault in found.faults] == [(3, "country")]


def test_changes_say_old_and_new():
    found = plan("S1,Acme AS,NO,a@a.example,10,,Ann,", held=known())
    assert found.summary() == "added 0, changed 1, unchanged 0, faulty 0"
    assert found.changed[0].changes == (
        Change("name", "Acme", "Acme AS"),
        Change("spend", "", "10.00"),
    )
    assert set(found.changed[0].supplier) == {"name", "spend"}
    assert found.changed[0].contacts == {}


def test_an_empty_cell_leaves_what_is_there():
    found = plan("S1,,,,,,,", held=known(spend=Decimal(5)))
    assert found.summary() == "added 0, changed 0, unchanged 1, faulty 0"


def test_a_contact_is_added_or_changed_by_address_whatever_its_letters():
    found = plan("S1,,,A@a.example,,,Anna,", "S1,,,b@a.example,,,Bo,", held=known())
    assert found.changed[0].changes == (
        Change("name", "Ann", "Anna", contact="a@a.example"),
        Change("name", "", "Bo", contact="b@a.example"),
        Change("email", "", "b@a.example", contact="b@a.example"),
    )


def test_a_contacts_name_needs_its_address():
    found = plan("S1,,,,,,Bo,", held=known())
    assert reasons(found) == ["Row 2: the contact's e-mail address is missing."]
