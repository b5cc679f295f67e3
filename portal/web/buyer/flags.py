"""Flagging the questions of a declaration that the supplier is to correct."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.database import db_session
from portal.reviews.returns import flag, unflag
from portal.reviews.reviewable import ReviewRefused
from portal.web import clock
from portal.web.buyer.clarifications import refused
from portal.web.buyer.declared_part import declaration_or_404
from portal.web.buyer.noting import note
from portal.web.buyer.review_words import ROLES
from portal.web.buyer.shell import buyer_pages, may, signed_in_user

pages = buyer_pages("flags", __name__)


@pages.post("/declarations/<public_id>/flags")
@may(*ROLES)
def put(public_id: str) -> ResponseReturnValue:
    """Flag a question, or with `remove` take its flag away."""
    declaration = declaration_or_404(public_id)
    question = request.form.get("question", "")
    place = url_for("declarations.show", public_id=public_id, _anchor=f"answer-{question}")
    removing = "remove" in request.form
    try:
        if removing:
            unflag(db_session(), declaration, question)
        else:
            flag(
                db_session(),
                declaration,
                question,
                reason=request.form.get("reason", ""),
                by=signed_in_user().email,
                now=clock.now(),
            )
    except ReviewRefused as error:
        return refused(error, place)
    action = "answer.unflagged" if removing else "answer.flagged"
    note(action, "declaration", public_id, {"question": question})
    db_session().commit()
    said = gettext("The flag is taken away.") if removing else gettext("The question is flagged.")
    flash(said, "success")
    return redirect(place, 303)
