"""What others report about a supplier: entered by a person as a finding, with where it comes from."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.queries import local_day
from portal.declarations.attachments import Accepted
from portal.events.service import record
from portal.files import FileStore
from portal.followup.action_models import Allegation, Certainty, Involvement, SourceKind
from portal.ratings.declared import scoring
from portal.ratings.finding_queries import SEVERITIES
from portal.ratings.flags import set_flag
from portal.ratings.models import Finding
from portal.ratings.settings_kept import settings_of
from portal.suppliers.models import Supplier
from portal.suppliers.service import Author


class ReportFault(enum.StrEnum):
    """What is wrong with a report; also the name of the field."""

    TEXT = "text"
    SOURCE = "source"
    LINK = "link"
    REPORTED_ON = "reported_on"
    AREAS = "areas"
    SEVERITY = "severity"
    FLAG = "flag"


class ReportRefused(Exception):
    """The report cannot be kept; `fault` says which field is missing or wrong."""

    def __init__(self, fault: ReportFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Report:
    """What is reported, by whom and when, how sure it is, and how the buyer is linked to it.

    `areas` are ids of risk areas; `flag` the code of a red flag to set, empty for none.
    """

    text: str
    source_kind: SourceKind
    source: str
    reported_on: date
    certainty: Certainty
    involvement: Involvement
    areas: tuple[str, ...]
    severity: str
    link: str = ""
    measure: str = ""
    flag: str = ""


def report(
    session: Session,
    supplier: Supplier,
    told: Report,
    author: Author,
    *,
    store: FileStore,
    file: Accepted | None = None,
) -> Allegation:
    """Keep what others report about `supplier` as an open finding; return where it comes from.

    With a flag, the red flag is set with the same source and the supplier rated again.

    Raises:
        ReportRefused: a field is missing or wrong.
    """
    _check(session, told, author)
    finding = _finding(supplier, told, author)
    if told.flag:
        flag = set_flag(
            session,
            supplier.id,
            told.flag,
            source=told.source,
            reason=told.text,
            by=author.name,
            now=author.at,
        )
        finding.red_flag, finding.flag_id = True, flag.id
    session.add(finding)
    session.flush()
    stored = store.put(file.content) if file else None
    allegation = Allegation(
        finding=finding,
        source_kind=told.source_kind,
        source=told.source.strip(),
        link=told.link.strip(),
        reported_on=told.reported_on,
        certainty=told.certainty,
        involvement=told.involvement,
        file_name=file.name if file else "",
        sha256=stored.sha256 if stored else "",
        storage_key=stored.key if stored else None,
        recorded_by=author.name,
        recorded_at=author.at,
    )
    session.add(allegation)
    session.flush()
    _tell(session, allegation, author)
    return allegation


def allegation_of(session: Session, finding: Finding) -> Allegation | None:
    """Return where a finding that others report comes from; None for all others."""
    return session.scalar(sa.select(Allegation).where(Allegation.finding_id == finding.id))


def _finding(supplier: Supplier, told: Report, author: Author) -> Finding:
    return Finding(
        public_id=str(uuid4()),
        supplier_id=supplier.id,
        areas=list(told.areas),
        severity=told.severity,
        text=told.text.strip(),
        measure=told.measure.strip(),
        made_by=author.name,
        created_at=author.at,
    )


def _check(session: Session, told: Report, author: Author) -> None:
    known = {area.id for area in scoring().areas}
    link = told.link.strip()
    faults = {
        ReportFault.TEXT: not told.text.strip(),
        ReportFault.SOURCE: not told.source.strip(),
        ReportFault.LINK: bool(link) and not link.startswith(("https://", "http://")),
        ReportFault.REPORTED_ON: told.reported_on > local_day(session, author.at),
        ReportFault.AREAS: not told.areas or not known.issuperset(told.areas),
        ReportFault.SEVERITY: told.severity not in SEVERITIES,
        ReportFault.FLAG: bool(told.flag) and told.flag not in settings_of(session).red_flag_floors,
    }
    for fault, found in faults.items():
        if found:
            raise ReportRefused(fault)


def _tell(session: Session, allegation: Allegation, author: Author) -> None:
    record(
        session,
        at=author.at,
        actor_kind=author.kind,
        actor=author.name,
        action="finding.reported",
        subject_kind="finding",
        subject_id=allegation.finding.public_id,
        details={
            "source_kind": allegation.source_kind.value,
            "certainty": allegation.certainty.value,
            "involvement": allegation.involvement.value,
            "severity": allegation.finding.severity,
        },
        ip=author.ip,
    )
