"""What happened to a supplier's corrective actions, for its timeline."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.followup.action_models import ActionStep, CorrectiveAction
from portal.suppliers.models import Supplier
from portal.web.buyer import finding_words
from portal.web.buyer.action_words import OWN_STEPS
from portal.web.buyer.told import Told
from portal.web.supplier.action_words import STEPS
from portal.web.supplier.action_words import told as in_words


def told(session: Session, supplier: Supplier) -> Iterator[Told]:
    """Yield each step of the supplier's corrective actions, the later first."""
    rows = session.execute(
        sa.select(ActionStep, CorrectiveAction)
        .join(CorrectiveAction, CorrectiveAction.id == ActionStep.action_id)
        .where(CorrectiveAction.supplier_id == supplier.id)
        .order_by(ActionStep.id.desc())
    ).all()
    actions = {action.id: action for _, action in rows}
    measures = finding_words.measures(session, list(actions.values()))
    for step, action in rows:
        drafted = {action.measure: measures[action.id]}
        one = in_words(step, words=STEPS | OWN_STEPS, measures=drafted)
        text = gettext("Corrective action: %(what)s", what=one.sentence)
        href = url_for("actions.show", public_id=action.public_id)
        yield Told(step.at, text, step.by, href, lines=tuple(one.lines))
