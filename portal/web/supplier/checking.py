"""`/verify`: anybody who holds a receipt can check it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.declarations import receipts, verdicts
from portal.state import state

pages = Blueprint("checking", __name__)


@pages.route("/verify", methods=["GET", "POST"])
def verify() -> ResponseReturnValue:
    """Say whether a receipt is intact, or what was changed."""
    if request.method != "POST":
        return render_template("supplier/verify.html")
    content = _content()
    if not content.strip():
        sentence = gettext("Please choose the receipt's file, or paste what is in it.")
        return _refused(sentence)
    try:
        data = receipts.read(content)
    except receipts.UnreadableReceipt:
        return _refused(gettext("This is not a receipt of the portal: it cannot be read."))
    verdict = receipts.verify(data, state().known_keys)
    return render_template(
        "supplier/verify.html",
        verdict=verdict,
        sentences=[gettext(verdicts.SENTENCES[p.fault], part=p.part) for p in verdict.problems],
        document=data["document"] if verdict.intact else None,
    )


def _content() -> bytes:
    """Return the uploaded file or the pasted text; a file that is too large is cut, and so no receipt."""
    file = request.files.get("file")
    if file is not None and file.filename:
        content: bytes = file.read(receipts.LARGEST + 1)
        return content
    return request.form.get("receipt", "").strip().encode()


def _refused(sentence: str) -> ResponseReturnValue:
    return render_template("supplier/verify.html", errors=[("file", sentence)]), 422
