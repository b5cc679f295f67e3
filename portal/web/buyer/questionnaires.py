"""What can be asked: every questionnaire and version, to read, print and download."""

from __future__ import annotations

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.campaigns.freezing import thawed
from portal.campaigns.versions import Version, as_yaml, versions
from portal.database import db_session
from portal.questionnaires.copying import own_copy
from portal.questionnaires.difference import differences
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import Translate, localized
from portal.state import state
from portal.web.buyer.condition_words import condition_words
from portal.web.buyer.difference_words import change_words
from portal.web.buyer.offering import offered, translators
from portal.web.buyer.question_words import KINDS, TYPES, by_id, choices, notes
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.supplier_words import reader_locale

pages = buyer_pages("questionnaires", __name__)


@pages.get("/questionnaires")
def index() -> ResponseReturnValue:
    """List what can be asked."""
    translate = readers_words()
    return render_template(
        "buyer/questionnaires/index.html",
        questionnaires=[(each, translate(each.id, each.title)) for each in offered()],
        shipped=state().library,
    )


@pages.get("/questionnaires/<questionnaire_id>")
def show(questionnaire_id: str) -> ResponseReturnValue:
    """List the versions of one questionnaire, and what can be done with them."""
    found = versions_or_404(questionnaire_id)
    return render_template(
        "buyer/questionnaires/show.html",
        questionnaire_id=questionnaire_id,
        title=in_readers_language(found[0]).title,
        versions=found,
        kinds=KINDS,
        own=found[0].kind == "own",
    )


@pages.get("/questionnaires/<questionnaire_id>/<version>")
def read(questionnaire_id: str, version: str) -> ResponseReturnValue:
    """Show every question with its conditions in words, to read or print."""
    found = version_or_404(questionnaire_id, version)
    shown = in_readers_language(found)
    translate = readers_words()
    others = [localized(each, translate) for each in offered() if each.id != shown.id]
    return render_template(
        "buyer/questionnaires/read.html",
        questionnaire=shown,
        kind=KINDS[found.kind],
        questions=by_id(*others, shown),
        types=TYPES,
        choices=choices,
        notes=notes,
        condition_words=condition_words,
    )


@pages.get("/questionnaires/<questionnaire_id>/<version>/yaml")
def download(questionnaire_id: str, version: str) -> ResponseReturnValue:
    """Send the version as YAML, always as a download."""
    found = version_or_404(questionnaire_id, version)
    response = Response(found.text, mimetype="application/yaml")
    name = f"{questionnaire_id}-{found.version}.yaml"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@pages.get("/questionnaires/<questionnaire_id>/<version>/copy")
def copy(questionnaire_id: str, version: str) -> ResponseReturnValue:
    """Send the questions of the version under new ids as YAML, to be changed and uploaded."""
    found = version_or_404(questionnaire_id, version)
    own = own_copy(found.questionnaire, offered())
    note = f"# A copy of {questionnaire_id} {found.version} with ids of its own, to be changed.\n"
    response = Response(note + as_yaml(own), mimetype="application/yaml")
    response.headers.set("Content-Disposition", "attachment", filename=f"{own.id}.yaml")
    return response


@pages.get("/questionnaires/<questionnaire_id>/differences")
def compare(questionnaire_id: str) -> ResponseReturnValue:
    """Show what one version has otherwise than another; the two latest unless the address says."""
    found = {each.version: each for each in versions_or_404(questionnaire_id)}
    order = list(found)
    new = found.get(request.args.get("new") or order[0])
    old = found.get(request.args.get("old") or order[min(1, len(order) - 1)])
    if old is None or new is None:
        abort(404)
    before, after = in_readers_language(old), in_readers_language(new)
    return render_template(
        "buyer/questionnaires/differences.html",
        questionnaire_id=questionnaire_id,
        versions=order,
        old=old.version,
        new=new.version,
        title=after.title,
        differences=differences(before, after),
        change_words=lambda change, about=None: change_words(change, by_id(before, after), about),
    )


def versions_or_404(questionnaire_id: str) -> list[Version]:
    """Return the versions the buyer can see, the highest first; 404 if there are none."""
    return versions(db_session(), state().library, questionnaire_id) or abort(404)


def version_or_404(questionnaire_id: str, version: str) -> Version:
    """Return one version; 404 if there is none."""
    found = (one for one in versions_or_404(questionnaire_id) if one.version == version)
    return next(found, None) or abort(404)


def in_readers_language(version: Version) -> Questionnaire:
    """Return the questionnaire in the reader's language, as far as it is translated."""
    if version.frozen is not None:
        return thawed(version.frozen, reader_locale())
    return localized(version.questionnaire, readers_words())


def readers_words() -> Translate:
    """Return what translates everything that is offered into the reader's language."""
    locale = reader_locale()
    return translators([locale])[locale]
