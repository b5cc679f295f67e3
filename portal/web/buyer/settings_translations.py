"""Texts whose translation somebody should look at, for an admin who knows the language."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.i18n import offered_locales, own_name, uncertain_texts
from portal.web.buyer.shell import buyer_pages, may

pages = buyer_pages("settings_translations", __name__)


@pages.get("/settings/translations")
@may("admin")
def index() -> ResponseReturnValue:
    """List the texts marked uncertain, language by language."""
    by_language = [
        (locale, own_name(locale), found)
        for locale in offered_locales()
        if (found := uncertain_texts(locale))
    ]
    return render_template("buyer/settings/translations.html", by_language=by_language)
