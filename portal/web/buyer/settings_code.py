"""The buyer's Supplier Code of Conduct: its versions, languages and files."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.buyers import code_upload, queries
from portal.buyers.code import code_in_force
from portal.buyers.models import CodeOfConduct
from portal.database import db_session
from portal.state import state
from portal.web import clock
from portal.web.buyer.noting import note
from portal.web.buyer.rows import row_or_404
from portal.web.buyer.settings_forms import CodeForm
from portal.web.buyer.settings_words import refuse
from portal.web.buyer.shell import buyer_pages, may, signed_in_user

pages = buyer_pages("settings_code", __name__)


@pages.get("/settings/code-of-conduct")
def index() -> ResponseReturnValue:
    """Every version in every language, and the one in force today."""
    buyer = signed_in_user().buyer
    today = datetime.now(ZoneInfo(buyer.zone)).date()
    return render_template(
        "buyer/settings/codes.html",
        codes=queries.codes(db_session()),
        in_force=code_in_force(db_session(), today, buyer.locale),
    )


@pages.route("/settings/code-of-conduct/new", methods=["GET", "POST"])
@may("admin")
def new() -> ResponseReturnValue:
    """Upload one language of a version."""
    form = CodeForm()
    if not form.is_submitted():
        return _new_page(form)
    if not form.validate():
        return _new_page(form), 422
    with closing(form.file.data) as upload:
        content = upload.read(code_upload.LARGEST + 1)
    try:
        row = code_upload.add_code(
            db_session(),
            state().files,
            version=(form.version.data or "").strip(),
            locale=form.locale.data,
            applies_from=form.day(),
            filename=form.file.data.filename,
            content=content,
            now=clock.now(),
        )
    except code_upload.VersionExists as error:
        refuse(form, "version", error)
        return _new_page(form), 422
    except code_upload.RefusedFile as error:
        refuse(form, "file", error)
        return _new_page(form), 422
    note("code.added", "code", row.id, {"version": row.version, "locale": row.locale})
    db_session().commit()
    flash(gettext("The Code of Conduct is stored."), "success")
    return redirect(url_for("settings_code.index"), 303)


@pages.get("/settings/code-of-conduct/<int:code_id>")
def show(code_id: int) -> ResponseReturnValue:
    """One language of a version, as suppliers read it."""
    return render_template("buyer/settings/code.html", code=row_or_404(CodeOfConduct, code_id))


@pages.get("/settings/code-of-conduct/<int:code_id>/file")
def download(code_id: int) -> ResponseReturnValue:
    """Send the file itself, always as a download."""
    code = row_or_404(CodeOfConduct, code_id)
    key = code.storage_key
    content = state().files.read(key) if key else (code.text or "").encode()
    return send_file(
        BytesIO(content),
        mimetype=code.media_type,
        as_attachment=True,
        download_name=code.filename,
    )


def _new_page(form: CodeForm) -> str:
    return render_template("buyer/settings/code_new.html", form=form)
