"""The reports page: every export with what it holds, and the downloads themselves."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import sqlalchemy as sa
from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.campaigns.models import Campaign
from portal.database import db_session
from portal.reports.csv_writer import Preset, csv_file
from portal.reports.dictionary import HEADERS, dictionary
from portal.reports.export import Export, Layout, Subject, Wanted
from portal.reports.exporting import export
from portal.reports.xlsx_writer import write_workbook
from portal.web import clock
from portal.web.buyer.report_words import explained
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.streaming import streamed

pages = buyer_pages("reports", __name__)

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PIECE = 1 << 16
FORMATS = {"xlsx": None, "csv": Preset.EXCEL_NO, "data": Preset.DATA}


@pages.get("/reports")
def index() -> ResponseReturnValue:
    """Say what each export holds, and ask for which campaign and how it is wanted."""
    campaigns = db_session().scalars(sa.select(Campaign).order_by(Campaign.launched_at.desc()))
    return render_template(
        "buyer/reports/index.html",
        campaigns=campaigns.all(),
        subjects=[(subject, *explained(subject)) for subject in Subject],
    )


@pages.get("/reports/<kind>")
def download(kind: str) -> ResponseReturnValue:
    """Return an export: `campaign`, `layout`, `format` and `personal` stand in the address."""
    subject, wanted, preset, now = _subject(kind), _wanted(), _preset(), clock.now()

    def read(session: Session) -> Iterator[bytes]:
        found = export(session, subject, wanted, now)
        if preset is None:
            return _workbook(found)
        return csv_file(found.columns, found.rows, preset)

    name = f"{subject}-{wanted.campaign_id}" if wanted.campaign_id else subject.value
    if preset is None:
        return streamed(read, f"{name}.xlsx", XLSX)
    return streamed(read, f"{name}.csv", CSV)


@pages.get("/reports/<kind>/dictionary")
def columns(kind: str) -> ResponseReturnValue:
    """Return the data dictionary of an export as CSV."""
    found = export(db_session(), _subject(kind), _wanted(), clock.now())
    content = b"".join(csv_file(HEADERS, dictionary(found), _preset() or Preset.EXCEL_NO))
    response = Response(content, mimetype=CSV)
    name = f"{found.subject}.dictionary.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _subject(kind: str) -> Subject:
    if kind not in set(Subject):
        abort(404)
    return Subject(kind)


def _wanted() -> Wanted:
    """Return what the address asks for; 400 for a word there is not, 404 for another's campaign."""
    campaign, layout = request.args.get("campaign", ""), request.args.get("layout", "long")
    if layout not in set(Layout) or not (campaign == "" or campaign.isdecimal()):
        abort(400)
    if campaign:
        row_or_404(Campaign, int(campaign))
    personal = request.args.get("personal") == "yes"
    return Wanted(int(campaign) if campaign else None, Layout(layout), personal)


def _preset() -> Preset | None:
    """Return how a CSV is written; None for a workbook, 400 for a word there is not."""
    name = request.args.get("format", "xlsx")
    if name not in FORMATS:
        abort(400)
    return FORMATS[name]


def _workbook(found: Export) -> Iterator[bytes]:
    """Yield the workbook, written to a temporary file first: its index stands last."""
    with tempfile.TemporaryFile() as file:
        write_workbook(found, file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
