"""Other settings, other figures: everybody is rated again, and the history tells why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.ratings import reference_kept, rerating, service, settings_kept
from portal.ratings.causes import Cause, causes
from portal.ratings.contexts import contexts_in_force
from portal.ratings.models import RatingRecord, RatingTrigger
from portal.ratings.publication_figures import read_publication
from portal.ratings.publishers import Kind
from portal.ratings.records import fault_of
from portal.ratings.settings import ModelSettings
from tests.makers import make_supplier
from tests.ratings.written import newest

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CPI = b"Country;CPI score 2025\nNorway;10\n"


def rows(session: Session) -> list[RatingRecord]:
    return list(session.scalars(sa.select(RatingRecord).order_by(RatingRecord.id)))


def test_changed_settings_are_the_next_version_and_rate_everybody_again(session: Session) -> None:
    make_supplier(session, country="CN", category="ict_equipment")
    make_supplier(session, country="NO", category="office_furniture")
    service.recompute(session, None, NOW)
    settings = settings_kept.changed(settings_kept.settings_of(session), {"dominance": 0.9})
    settings_kept.keep(session, settings, reason="Where matters more", by="a@b.example", now=NOW)
    rerating.request(session, RatingTrigger.SETTINGS, NOW)

    while rerating.step(session, NOW) is not None:
        pass

    newest = rows(session)[-1]
    assert (settings_kept.settings_of(session).version, newest.settings_version) == (2, "2")
    assert newest.trigger == RatingTrigger.SETTINGS
    found = rerating.newest(session)
    assert found is not None
    assert (found.done, found.total, found.finished_at) == (2, 2, NOW)
    before = next(row for row in rows(session) if row.id == newest.previous_id)
    assert causes(before.inputs, newest.inputs) == [
        Cause("settings", before=1, after=2),
        Cause("setting", "dominance", 0.75, 0.9),
    ]
    assert [fault_of(row) for row in rows(session)] == [""] * len(rows(session))


def test_what_is_asked_follows_the_settings_in_force(session: Session) -> None:
    supplier = make_supplier(session, country="NO", category="software")
    assert contexts_in_force(session)([supplier])[supplier.id]["supplier.inherent_risk"] == "low"
    override = {"software": {"index": 100, "reason": "Seen on a visit"}}
    settings = settings_kept.changed(ModelSettings(), {"category_overrides": override})
    settings_kept.keep(session, settings, reason="A visit", by="a@b.example", now=NOW)
    facts = contexts_in_force(session)([supplier])[supplier.id]
    assert facts["supplier.inherent_risk"] == "very_high"


def test_settings_that_would_make_silence_pay_are_refused() -> None:
    with pytest.raises(settings_kept.BadSettings, match="Silence may not be shown as low"):
        settings_kept.changed(ModelSettings(), {"overdue_floor": 10})
    with pytest.raises(settings_kept.BadSettings, match="ceiling"):
        settings_kept.changed(ModelSettings(), {"ceiling": 0.9})


def test_a_loaded_publication_is_in_force_and_named_as_the_cause(session: Session) -> None:
    supplier = make_supplier(session, country="NO", category="office_furniture")
    service.recompute(session, None, NOW)
    loaded = read_publication(Kind.CPI, CPI)
    wanted = reference_kept.reference(session).with_figures(loaded.source, loaded.figures)
    [change] = service.changes_with(session, wanted, NOW)
    assert change.after.residual > change.before.residual

    reference_kept.keep(session, loaded, CPI, "cpi.csv", NOW)
    [row] = newest(session, service.recompute(session, [supplier.id], NOW))

    before = rows(session)[0]
    assert row.residual == change.after.residual
    assert Cause("figure", "NO", None, 10.0, "corruption") in causes(before.inputs, row.inputs)
    assert Cause("publication", "cpi", None, "2025") in causes(before.inputs, row.inputs)


def test_the_newest_of_a_publication_replaces_the_one_before(session: Session) -> None:
    for content in (CPI, CPI.replace(b";10", b";80").replace(b"2025", b"2026")):
        reference_kept.keep(session, read_publication(Kind.CPI, content), content, "cpi.csv", NOW)
    data = reference_kept.reference(session)
    assert data.indicators("NO").corruption == 80
    assert [one.edition for one in data.sources if one.id == "cpi"] == ["2026"]


def test_a_row_that_was_tampered_with_is_told(session: Session) -> None:
    make_supplier(session, country="CN", category="ict_equipment")
    [row] = newest(session, service.recompute(session, None, NOW))
    assert fault_of(row) == ""
    forged = RatingRecord(**{**_values(row), "residual": 1.0})
    assert fault_of(forged) == f"residual is 1.0, its inputs give {row.residual}"


def _values(row: RatingRecord) -> dict[str, object]:
    names = [column.key for column in RatingRecord.__table__.columns if column.key != "id"]
    return {name: getattr(row, name) for name in names}
