"""Translations of a questionnaire of the buyer's own."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.catalogues.own import EntryFault, FaultyTranslation, complete_texts, keep_translation
from portal.catalogues.own import template as po_template
from portal.database import db_session
from portal.i18n import SOURCE_LOCALE, offered_locales, own_name
from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.publishing import as_published, published_versions
from portal.questionnaires.reading import MAX_BYTES
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.uploads import upload_text
from portal.web import clock
from portal.web.buyer.questionnaire_upload import AUTHORS
from portal.web.buyer.shell import buyer_pages, may, signed_in_user

pages = buyer_pages("questionnaire_translations", __name__)


@pages.get("/questionnaires/<questionnaire_id>/translations")
def index(questionnaire_id: str) -> ResponseReturnValue:
    """Show in which languages suppliers get the questionnaire."""
    return _page(_latest(questionnaire_id))


@pages.post("/questionnaires/<questionnaire_id>/translations")
@may(*AUTHORS)
def add(questionnaire_id: str) -> ResponseReturnValue:
    """Take a `.po` file, if it is complete."""
    latest = _latest(questionnaire_id)
    upload, locale = request.files.get("file"), request.form.get("locale", "")
    if upload is None or not upload.filename or locale not in _languages():
        return _page(latest, gettext("Choose the language and the file.")), 422
    try:
        text = upload_text(upload.filename, upload.stream.read(MAX_BYTES + 1))
        by = signed_in_user().email
        keep_translation(db_session(), latest, locale, text, by=by, now=clock.now())
    except FaultyQuestionnaire:
        return _page(latest, gettext("The file is too large, or it is not UTF-8 text.")), 422
    except FaultyTranslation as error:
        return _page(latest, faults=error.faults), 422
    db_session().commit()
    flash(
        gettext("The translation is kept. Suppliers get it from the next campaign on."), "success"
    )
    return redirect(url_for(".index", questionnaire_id=latest.id), 303)


@pages.get("/questionnaires/<questionnaire_id>/translations/template")
def template(questionnaire_id: str) -> ResponseReturnValue:
    """Send the file in which a translator writes."""
    latest = _latest(questionnaire_id)
    response = Response(po_template(latest), mimetype="text/x-gettext-translation")
    name = f"{latest.id}-{latest.version}.po"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _latest(questionnaire_id: str) -> Questionnaire:
    """Return the latest published version of the buyer's own questionnaire; 404 if there is none."""
    rows = published_versions(db_session(), questionnaire_id)
    return as_published(rows[0]) if rows else abort(404)


def _languages() -> list[str]:
    return [each for each in offered_locales() if each != SOURCE_LOCALE]


def _page(latest: Questionnaire, error: str = "", faults: tuple[EntryFault, ...] = ()) -> str:
    return render_template(
        "buyer/questionnaires/translations.html",
        questionnaire=latest,
        languages=[(each, own_name(each)) for each in _languages()],
        complete=complete_texts(db_session(), latest),
        errors=[("file", error)] if error else [],
        faults=faults,
    )
