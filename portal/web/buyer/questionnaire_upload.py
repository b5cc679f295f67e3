"""A questionnaire of the buyer's own: upload, look at it as a supplier would, publish.

Between the two steps the file is kept under a random key, which the form carries signed and bound to
the user. It is checked anew when it is published.
"""

from __future__ import annotations

from pathlib import PurePath

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from itsdangerous import BadData, URLSafeTimedSerializer

from portal.database import db_session
from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.publishing import VersionNotHigher, publish, refuse_old_version
from portal.questionnaires.reading import MAX_BYTES
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.uploads import read_upload, upload_text
from portal.state import state
from portal.suppliers.cells import clean
from portal.web import clock
from portal.web.buyer.fault_words import told
from portal.web.buyer.offering import offered
from portal.web.buyer.question_words import by_id, notes
from portal.web.buyer.shell import buyer_pages, may, signed_in_user
from portal.web.buyer.supplier_words import country_choices

pages = buyer_pages("questionnaire_upload", __name__)

AUTHORS = ("admin", "buyer")
_A_DAY = 24 * 60 * 60
# The user's browser remembers the file that is waiting, so that the next one takes its place.
_WAITING = "questionnaire_upload"

Problems = list[tuple[str, str]]


@pages.get("/questionnaires/new")
@may(*AUTHORS)
def begin() -> ResponseReturnValue:
    """Ask for the file."""
    return _form([])


@pages.post("/questionnaires/new")
@may(*AUTHORS)
def look() -> ResponseReturnValue:
    """Check the file, keep it, and show it as a supplier would see it; nothing is published."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _form([("file", gettext("Choose the file with the questions."))]), 422
    name = clean(PurePath(upload.filename).name)[:200]
    content = upload.stream.read(MAX_BYTES + 1)
    try:
        questionnaire, _ = _checked(name, content)
    except FaultyQuestionnaire as error:
        return _form([], error), 422
    except VersionNotHigher as error:
        return _form([("file", _not_higher(error))]), 422
    _forget_waiting()
    session[_WAITING] = state().files.put(content).key
    return _preview(questionnaire, name, session[_WAITING])


@pages.post("/questionnaires/new/publish")
@may(*AUTHORS)
def publish_it() -> ResponseReturnValue:
    """Publish what was shown."""
    try:
        key, name = _opened(request.form.get("waiting", ""))
        content = state().files.read(key)
    except (BadData, FileNotFoundError):
        return _form([("file", gettext("The file is no longer here. Upload it again."))]), 422
    try:
        questionnaire, text = _checked(name, content)
        by = signed_in_user().email
        publish(db_session(), questionnaire, text, by=by, now=clock.now())
    except FaultyQuestionnaire as error:
        return _form([], error), 409
    except VersionNotHigher as error:
        return _form([("file", _not_higher(error))]), 409
    db_session().commit()
    _forget_waiting()
    flash(gettext("The questionnaire is published. Campaigns can ask it."), "success")
    return redirect(url_for("questionnaires.show", questionnaire_id=questionnaire.id), 303)


def _checked(name: str, content: bytes) -> tuple[Questionnaire, str]:
    text = upload_text(name, content)
    questionnaire = read_upload(name, text, state().library, offered())
    refuse_old_version(db_session(), questionnaire)
    return questionnaire, text


def _not_higher(error: VersionNotHigher) -> str:
    return str(
        gettext(
            "The version %(version)s is not higher than %(latest)s, which is published already. "
            "Give the new text a higher version.",
            version=error.version,
            latest=error.latest,
        )
    )


def _signer() -> URLSafeTimedSerializer:
    # The last key signs; the others only read what was signed before.
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="questionnaire-upload")


def _opened(token: str) -> tuple[str, str]:
    """Return key and name of the file that a form carries; BadData if it is not this user's."""
    user_id, key, name = _signer().loads(token, max_age=_A_DAY)
    if user_id != signed_in_user().id:
        raise BadData("another user's")
    return key, name


def _forget_waiting() -> None:
    """Remove the file that this browser has waiting, if there is one."""
    key = session.pop(_WAITING, None)
    if key:
        state().files.remove(key)


def _form(problems: Problems, error: FaultyQuestionnaire | None = None) -> str:
    return render_template(
        "buyer/questionnaires/upload.html",
        errors=problems,
        faults=[told(each) for each in error.faults] if error else [],
        limit=MAX_BYTES // 1_000_000,
    )


def _preview(questionnaire: Questionnaire, name: str, key: str) -> str:
    return render_template(
        "buyer/questionnaires/preview.html",
        questionnaire=questionnaire,
        name=name,
        waiting=_signer().dumps([signed_in_user().id, key, name]),
        countries=country_choices(),
        questions=by_id(*offered(), questionnaire),
        notes=notes,
    )
