"""Mails to the buyer's own people: they lead to pages behind the sign-in, or to choosing a password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import flask_babel
import sqlalchemy as sa
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.declarations.models import Declaration
from portal.followup import alerts
from portal.mail.letters import Letter, compose
from portal.outbox.models import Message
from portal.questionnaires.readable import readable
from portal.ratings.declared import read
from portal.ratings.models import Finding
from portal.reminders import escalation
from portal.state import state
from portal.suppliers.countries import country_name


@dataclass(frozen=True)
class ToldAnswer:
    """A critical answer: question and answer in the reader's language, and the finding's page."""

    question: str
    answer: str
    red_flag: bool
    page: str


def letter_to_user(session: Session, message: Message, base_url: str) -> Letter:
    """Return `message` to a user, in the language that is spoken; pages stand below `base_url`."""
    values = dict(message.context)
    if message.template == alerts.TEMPLATE:
        told = list(_answers(session, values["findings"], base_url))
        values |= {"answers": told, "pages": [one.page for one in told]}
    elif message.template == escalation.TEMPLATE:
        pages = [
            f"{base_url}/campaigns/{each['id']}?state=not_started" for each in values["campaigns"]
        ]
        values |= {"pages": pages}
    elif path := values.get("path"):
        values |= {"pages": [f"{base_url}{path}"]}
    else:
        user = session.get_one(User, values["user_id"])
        return compose(message.template, values, state().reset_link(user))
    return compose(message.template, values, "")


def _answers(session: Session, public_ids: list[str], base_url: str) -> Iterator[ToldAnswer]:
    rows = session.scalars(
        sa.select(Finding).where(Finding.public_id.in_(public_ids)).order_by(Finding.id)
    ).all()
    locale = str(flask_babel.get_locale())
    labels = {
        "yes": gettext("Yes"),
        "no": gettext("No"),
        "na": gettext("Not relevant"),
        "unknown": gettext("Not known"),
    }
    for row in rows:
        declared = read(session, session.get_one(Declaration, row.declaration_id), locale)
        found = (each.question(row.question_id) for each in declared.questionnaires)
        question = next(each for each in found if each)
        lines = readable(
            question,
            declared.answers.get(row.question_id),
            lambda code: country_name(code, locale),
            labels,
        )
        page = f"{base_url}/findings/{row.public_id}"
        yield ToldAnswer(question.text, "; ".join(lines), row.red_flag, page)
