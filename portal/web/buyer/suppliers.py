"""The register of suppliers: its list and each supplier's page."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.buyers.queries import local_day
from portal.database import db_session
from portal.ratings import overrides
from portal.ratings.models import RatingOverride
from portal.ratings.residual import UNANSWERED
from portal.ratings.settings import Band, band_of
from portal.ratings.settings_kept import settings_of
from portal.reports.register import countries_and_categories, listing
from portal.reviews.decisions import decisions_by_supplier
from portal.suppliers.models import Supplier
from portal.web import clock
from portal.web.buyer.rating_words import decimal, topic_name
from portal.web.buyer.review_words import OUTCOMES
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.supplier_list import ListAddress
from portal.web.buyer.supplier_parts import parts_of
from portal.web.buyer.supplier_words import (
    BANDS,
    CHANNELS,
    KINDS,
    SIZES,
    STAGES,
    STATUSES,
    category_name,
    user_name,
)

pages = buyer_pages("suppliers", __name__)


@pages.get("/suppliers")
def index() -> ResponseReturnValue:
    """Show the list; search, filters, sort and page stand in its address."""
    address = ListAddress.read(request.args)
    found = listing(
        db_session(),
        address.wanted(),
        sort=address.sort,
        descending=address.descending,
        page=address.page,
    )
    countries, categories = countries_and_categories(db_session())
    return render_template(
        "buyer/suppliers/index.html",
        address=address,
        listing=found,
        overrides=_overrides([row.supplier.id for row in found.rows]),
        unanswered=UNANSWERED,
        decimal=decimal,
        decisions=decisions_by_supplier(db_session(), [row.supplier.id for row in found.rows]),
        outcomes=OUTCOMES,
        countries=countries,
        categories=categories,
        bands=BANDS,
        statuses=STATUSES,
        kinds=KINDS,
        stages=STAGES,
        category_name=category_name,
        topic_name=topic_name,
        search_text=address.given.get("q", ""),
    )


def _overrides(supplier_ids: list[int]) -> dict[int, tuple[RatingOverride, Band]]:
    """Return the scores that people set beside the computed ones, each with its band."""
    session = db_session()
    found = overrides.in_force(session, supplier_ids, local_day(session, clock.now()))
    if not found:
        return {}
    cuts = settings_of(session).bands
    return {key: (row, band_of(row.score, cuts)) for key, row in found.items()}


@pages.get("/suppliers/<int:supplier_id>")
def show(supplier_id: int) -> ResponseReturnValue:
    """Show one supplier: facts, contacts, and what happened."""
    supplier = row_or_404(Supplier, supplier_id)
    return render_template(
        "buyer/suppliers/show.html",
        supplier=supplier,
        parts=parts_of(db_session(), supplier),
        responsible=user_name(str(supplier.responsible_user_id or "")),
        channels=CHANNELS,
        sizes=SIZES,
        kinds=KINDS,
        category_name=category_name,
    )
