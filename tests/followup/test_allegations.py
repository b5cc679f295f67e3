"""What others report about a supplier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.declarations.attachments import accept
from portal.files import FileStore
from portal.followup.action_models import Certainty, Involvement, SourceKind
from portal.followup.allegations import Report, ReportRefused, allegation_of, report
from portal.followup.checks import standing_flag
from portal.ratings.finding_queries import findings_of
from portal.ratings.queries import latest
from tests.followup.acting import ANNE
from tests.makers import make_supplier
from tests.samples import PDF

TOLD = Report(
    text="Workers at the plant are said to have paid for their jobs.",
    source_kind=SourceKind.PRESS,
    source="The Daily, 3 November 2026",
    reported_on=date(2026, 11, 3),
    certainty=Certainty.ALLEGED,
    involvement=Involvement.LINKED,
    areas=("forced_labour",),
    severity="high",
)


@pytest.fixture
def store(tmp_path: object) -> FileStore:
    return FileStore(f"file://{tmp_path}")


def test_a_report_is_an_open_finding_without_a_declaration(
    session: Session, store: FileStore
) -> None:
    supplier = make_supplier(session)
    kept = report(session, supplier, TOLD, ANNE, store=store, file=accept("page.pdf", PDF))
    [finding] = findings_of(session, supplier.id)
    assert finding.is_external
    assert (finding.text, finding.made_by) == (TOLD.text, ANNE.name)
    assert allegation_of(session, finding) == kept
    assert kept.storage_key is not None
    assert store.read(kept.storage_key) == PDF


def test_a_report_may_set_a_red_flag_with_its_source(session: Session, store: FileStore) -> None:
    supplier = make_supplier(session, category="office_furniture")
    told = replace(TOLD, flag="severe_abuse_unremedied")
    finding = report(session, supplier, told, ANNE, store=store).finding
    flag, rating = standing_flag(session, finding), latest(session, supplier.id)
    assert flag is not None
    assert (flag.source, flag.reason) == (TOLD.source, TOLD.text)
    assert rating is not None
    assert rating.residual == 90


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"text": " "}, "text"),
        ({"source": ""}, "source"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"reported_on": date(2026, 11, 22)}, "reported_on"),
        ({"areas": ("nothing",)}, "areas"),
        ({"areas": ()}, "areas"),
        ({"severity": "huge"}, "severity"),
        ({"flag": "white"}, "flag"),
    ],
)
def test_a_report_that_lacks_something_is_refused(
    session: Session, store: FileStore, values: dict[str, object], fault: str
) -> None:
    with pytest.raises(ReportRefused, match=fault):
        report(session, make_supplier(session), replace(TOLD, **values), ANNE, store=store)
