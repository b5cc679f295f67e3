"""A supplier's risk in full: why it moved, by topic, what would lower it, and what people set by hand."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.database import db_session
from portal.ratings import flags, overrides, service
from portal.ratings.improving import largest_steps, supposing
from portal.ratings.models import RatingOverride, RedFlag
from portal.ratings.queries import history
from portal.ratings.residual import UNANSWERED
from portal.ratings.settings import Value
from portal.reports.topic_map import heat
from portal.suppliers.models import Supplier, SupplierKind
from portal.web import clock
from portal.web.buyer import country_words, rating_words, risk_words
from portal.web.buyer.course import course
from portal.web.buyer.noting import note
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages, may, signed_in_user
from portal.web.buyer.supplier_words import BANDS

pages = buyer_pages("risk", __name__)

_SHOWN = 50


@pages.get("/suppliers/<int:supplier_id>/risk")
def show(supplier_id: int) -> ResponseReturnValue:
    """Everything about a supplier's rating; `suppose.<question>` in the address asks "what if"."""
    supplier = _rated_or_404(supplier_id)
    session, now = db_session(), clock.now()
    basis = service.basis_of(session, supplier, now)
    rows = history(session, supplier.id, _SHOWN)
    supposed = _supposed()
    return render_template(
        "buyer/suppliers/risk.html",
        supplier=supplier,
        rating=basis.rating,
        rows=risk_words.told(rows),
        course=course(rows),
        topics=basis.rating.topics,
        topic_name=rating_words.topic_name,
        heat=heat,
        bands=BANDS,
        unanswered=UNANSWERED,
        countries=country_words.countries(basis.rating.countries, basis.reference),
        not_loaded=country_words.not_loaded(basis.reference),
        steps=largest_steps(basis.case, basis.reference, basis.settings, basis.today),
        questions=risk_words.questions(session, supplier),
        case=basis.case,
        values=risk_words.VALUES,
        supposed=supposed,
        then=supposing(basis.case, supposed, basis.reference, basis.settings, basis.today)
        if supposed
        else None,
        flags=flags.flags_of(session, supplier.id),
        flag_names={code: rating_words.flag_name(code) for code in basis.settings.red_flag_floors},
        override=overrides.override_of(session, supplier.id, basis.today),
        in_force=overrides.is_in_force,
        decimal=rating_words.decimal,
        me=signed_in_user().email,
    )


@pages.post("/suppliers/<int:supplier_id>/risk/flags")
@may("admin", "buyer", "reviewer")
def set_flag(supplier_id: int) -> ResponseReturnValue:
    """Set a red flag by hand."""
    supplier = _rated_or_404(supplier_id)
    form = request.form
    try:
        flag = flags.set_flag(
            db_session(),
            supplier.id,
            form.get("code", ""),
            source=form.get("source", ""),
            reason=form.get("reason", ""),
            by=signed_in_user().email,
            now=clock.now(),
        )
    except flags.FlagRefused as error:
        return _refused(supplier, error)
    note("flag.set", "supplier", supplier.id, {"flag": flag.code, "reason": flag.reason})
    return _done(supplier, gettext("The red flag is set and the supplier rated again."))


@pages.post("/risk/flags/<int:flag_id>/clear")
@may("admin", "buyer", "reviewer")
def clear_flag(flag_id: int) -> ResponseReturnValue:
    """Clear a red flag, with a reason."""
    flag = row_or_404(RedFlag, flag_id)
    supplier = row_or_404(Supplier, flag.supplier_id)
    reason = request.form.get("reason", "")
    try:
        flags.clear_flag(
            db_session(), flag, reason=reason, by=signed_in_user().email, now=clock.now()
        )
    except flags.FlagRefused as error:
        return _refused(supplier, error)
    note("flag.cleared", "supplier", supplier.id, {"flag": flag.code, "reason": reason})
    return _done(supplier, gettext("The red flag is cleared and the supplier rated again."))


@pages.post("/suppliers/<int:supplier_id>/risk/override")
@may("admin", "buyer")
def override(supplier_id: int) -> ResponseReturnValue:
    """Set a score beside the computed one."""
    supplier = _rated_or_404(supplier_id)
    form = request.form
    try:
        row = overrides.propose(
            db_session(),
            supplier.id,
            _score(form.get("score", "")),
            reason=form.get("reason", ""),
            ends_on=_day(form.get("ends_on", "")),
            by=signed_in_user().email,
            now=clock.now(),
        )
    except overrides.OverrideRefused as error:
        return _refused(supplier, error)
    note("override.set", "supplier", supplier.id, {"score": row.score, "reason": row.reason})
    return _done(supplier, gettext("The score is kept beside the computed one."))


@pages.post("/risk/override/<int:override_id>/confirm")
@may("admin", "buyer", "reviewer")
def confirm(override_id: int) -> ResponseReturnValue:
    """Confirm a lower score as the second person."""
    row = row_or_404(RatingOverride, override_id)
    supplier = row_or_404(Supplier, row.supplier_id)
    try:
        overrides.confirm(db_session(), row, by=signed_in_user().email, now=clock.now())
    except overrides.OverrideRefused as error:
        return _refused(supplier, error)
    note("override.confirmed", "supplier", supplier.id, {"score": row.score})
    return _done(supplier, gettext("The lower score is confirmed."))


@pages.post("/risk/override/<int:override_id>/end")
@may("admin", "buyer")
def end(override_id: int) -> ResponseReturnValue:
    """Let the computed score stand alone again."""
    row = row_or_404(RatingOverride, override_id)
    supplier = row_or_404(Supplier, row.supplier_id)
    overrides.end(db_session(), row, by=signed_in_user().email, now=clock.now())
    note("override.ended", "supplier", supplier.id, {"score": row.score})
    return _done(supplier, gettext("The computed score stands alone again."))


def _rated_or_404(supplier_id: int) -> Supplier:
    """Return the supplier; 404 for the owner of an agreement, who is not rated."""
    supplier = row_or_404(Supplier, supplier_id)
    if supplier.kind is SupplierKind.AGREEMENT_OWNER:
        abort(404)
    return supplier


def _supposed() -> dict[str, Value]:
    """Return what the address supposes, question -> value; what makes no sense is left out."""
    question, value = request.args.get("question", ""), request.args.get("value", "")
    return {question: Value(value)} if question and value in risk_words.VALUES else {}


def _score(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return -1.0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _refused(supplier: Supplier, error: Exception) -> ResponseReturnValue:
    db_session().rollback()
    flash(risk_words.refusal(error), "error")
    return redirect(url_for("risk.show", supplier_id=supplier.id), 303)


def _done(supplier: Supplier, sentence: str) -> ResponseReturnValue:
    db_session().commit()
    flash(sentence, "success")
    return redirect(url_for("risk.show", supplier_id=supplier.id), 303)
