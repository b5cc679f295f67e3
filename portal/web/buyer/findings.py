"""What answers revealed: the list over all suppliers, and each finding with its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.buyers.queries import local_day
from portal.database import db_session
from portal.declarations.models import Declaration
from portal.followup.action_queries import actions_under
from portal.followup.actions import is_overdue
from portal.followup.allegations import allegation_of
from portal.ratings.finding_queries import Found, Wanted, finding_by, findings
from portal.ratings.models import FindingStatus
from portal.state import state
from portal.suppliers.models import SupplierKind
from portal.web import clock
from portal.web.buyer import finding_words
from portal.web.buyer.action_words import CERTAINTIES, INVOLVEMENTS, SOURCES
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.supplier_words import KINDS
from portal.web.downloads import download

pages = buyer_pages("findings", __name__)

FILTERS = ("severity", "area", "red_flag", "status", "kind")


@pages.get("/findings")
def index() -> ResponseReturnValue:
    """List the findings of all suppliers, gravest first; filters and page stand in the address."""
    given = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    found = findings(db_session(), _wanted(given), _page())
    return render_template(
        "buyer/findings/index.html",
        given=given,
        found=found,
        findings=finding_words.told(db_session(), found.rows),
        severities=finding_words.SEVERITIES,
        areas=finding_words.area_names(),
        kinds=KINDS,
        **_neighbours(found, given),
    )


@pages.get("/findings/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """One finding: the answer it stands on, who declared it, and what to do about it."""
    row = finding_by(db_session(), public_id)
    if row is None:
        abort(404)
    [finding] = finding_words.told(db_session(), [row])
    session = db_session()
    actions = actions_under(session, row)
    return render_template(
        "buyer/findings/show.html",
        finding=finding,
        declaration=session.get(Declaration, row.declaration_id) if row.declaration_id else None,
        allegation=allegation_of(session, row),
        actions=actions,
        measures=finding_words.measures(session, actions),
        today=local_day(session, clock.now()),
        is_overdue=is_overdue,
        sources=SOURCES,
        certainties=CERTAINTIES,
        involvements=INVOLVEMENTS,
    )


@pages.get("/findings/<reported_id>/file")
def file(reported_id: str) -> ResponseReturnValue:
    """Return the file that was given with what others report; gone (410) where the store has lost it."""
    row = finding_by(db_session(), reported_id)
    found = allegation_of(db_session(), row) if row else None
    if found is None or found.storage_key is None:
        abort(404)
    try:
        return download(state().files, found.storage_key, found.file_name)
    except FileNotFoundError:
        abort(410)


def _wanted(given: Mapping[str, str]) -> Wanted:
    """Return the filters; 400 for a code there is not."""
    severity, area = given.get("severity", ""), given.get("area", "")
    flag, status = given.get("red_flag", ""), given.get("status", "")
    kind = given.get("kind", "")
    if (
        severity not in {"", *finding_words.SEVERITIES}
        or area not in {"", *finding_words.area_names()}
        or flag not in {"", "yes", "no"}
        or status not in {"", *FindingStatus}
        or kind not in {"", *SupplierKind}
    ):
        abort(400)
    return Wanted(
        severity=severity,
        area=area,
        red_flag=flag == "yes" if flag else None,
        status=FindingStatus(status) if status else None,
        kind=SupplierKind(kind) if kind else None,
    )


def _page() -> int:
    page = request.args.get("page", "1")
    if not (page.isascii() and page.isdigit() and int(page[:6]) > 0):
        abort(400)
    return int(page[:6])


def _neighbours(found: Found, given: Mapping[str, str]) -> dict[str, str]:
    def address(page: int) -> str:
        query: dict[str, Any] = {**given, "page": page}
        return url_for(".index", **query)

    return {
        "previous_url": address(found.page - 1) if found.page > 1 else "",
        "next_url": address(found.page + 1) if found.last < found.total else "",
    }
