"""What others report about a supplier, entered on its page as a finding."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.database import db_session
from portal.declarations.attachments import Refused
from portal.followup import allegations
from portal.followup.action_models import SourceKind
from portal.followup.visit_models import Visit
from portal.ratings.settings_kept import settings_of
from portal.state import state
from portal.suppliers.models import Supplier, SupplierKind
from portal.web.buyer.action_words import REPORT_FAULTS
from portal.web.buyer.authorship import author
from portal.web.buyer.report_forms import ReportForm
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may
from portal.web.buyer.visit_words import KINDS
from portal.web.filters import short_date
from portal.web.supplier.sentences import file_sentence
from portal.web.uploads import posted_files

pages = buyer_pages("allegations", __name__)


@pages.route("/suppliers/<int:supplier_id>/reports/new", methods=["GET", "POST"])
@may("admin", "buyer", "reviewer")
def new(supplier_id: int) -> ResponseReturnValue:
    """Enter what others report; owners of agreements are not rated and get no findings."""
    supplier = row_or_404(Supplier, supplier_id)
    if supplier.kind is SupplierKind.AGREEMENT_OWNER:
        abort(404)
    form = ReportForm(data=_seen(supplier)).offer(settings_of(db_session()).red_flag_floors)
    if not form.is_submitted():
        return _page(supplier, form)
    if not form.validate():
        return _page(supplier, form), 422
    try:
        file = next(iter(posted_files("file")), None)
        kept = allegations.report(
            db_session(), supplier, form.report(), author(), store=state().files, file=file
        )
    except Refused as error:
        form.file.errors = [file_sentence(error)]
        return _page(supplier, form), 422
    except allegations.ReportRefused as error:
        form[error.fault.value].errors = [str(REPORT_FAULTS[error.fault])]
        return _page(supplier, form), 422
    db_session().commit()
    flash(gettext("The report is kept as a finding."), "success")
    return redirect(url_for("findings.show", public_id=kept.finding.public_id), 303)


def _seen(supplier: Supplier) -> dict[str, object]:
    """Return what the form holds when it is opened from a visit (`?visit=`) that was done; else nothing."""
    given = request.args.get("visit", "")
    if not given:
        return {}
    if not (given.isascii() and given.isdigit()):
        abort(400)
    visit = row_or_404(Visit, int(given[:12]))
    if visit.supplier_id != supplier.id or visit.done_on is None:
        abort(404)
    kind, day = KINDS[visit.kind], short_date(visit.done_on)
    return {
        "source_kind": SourceKind.OTHER.value,
        "source": gettext("Seen by ourselves: %(kind)s, %(day)s", kind=kind, day=day),
        "link": url_for("visits.show", visit_id=visit.id, _external=True),
        "reported_on": visit.done_on,
    }


def _page(supplier: Supplier, form: ReportForm) -> str:
    return render_template("buyer/findings/report.html", supplier=supplier, form=form)
