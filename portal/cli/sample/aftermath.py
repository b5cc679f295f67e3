"""What the buyer does about the answers: approves, asks, agrees on actions, visits, calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.buyers.queries import own_buyer
from portal.campaigns.models import Invitation
from portal.cli.sample.phrases import CLOSED, CONDITIONS, DOUBTS, FOUND_ON_SITE, PROOF, REPLY
from portal.declarations.attachments import accept
from portal.declarations.models import Declaration
from portal.followup import actions, checks, clarifications, sharing, visits
from portal.followup.action_models import CorrectiveAction
from portal.followup.actions import Plan, Proof
from portal.followup.call_models import CallOutcome
from portal.followup.calls import add_call
from portal.followup.clarification_models import Clarification
from portal.followup.visit_models import VisitKind, VisitResult
from portal.i18n import served_locale
from portal.ratings.models import Finding
from portal.reports.declared import sections
from portal.reviews.decisions import decide
from portal.reviews.models import Outcome
from portal.state import state
from portal.suppliers.models import Supplier
from portal.suppliers.service import Author

Deed = Callable[[Session, datetime], object]


def follow_up(session: Session, days_ago: int, now: datetime) -> None:
    """Do what the story has the buyer do so many days before its end."""
    for deed in DEEDS.get(days_ago, ()):
        deed(session, now)


def _supplier(session: Session, key: str) -> Supplier:
    return session.scalars(sa.select(Supplier).where(Supplier.key == key)).one()


def _declaration(session: Session, key: str) -> Declaration:
    """Return the supplier's newest declaration."""
    rows = sa.select(Declaration).where(Declaration.supplier_id == _supplier(session, key).id)
    return session.scalars(rows.order_by(Declaration.id.desc()).limit(1)).one()


def _finding(session: Session, key: str, question_id: str) -> Finding:
    rows = sa.select(Finding).where(
        Finding.supplier_id == _supplier(session, key).id, Finding.question_id == question_id
    )
    return session.scalars(rows.order_by(Finding.id).limit(1)).one()


def _somebody(session: Session) -> User:
    """Return the user who does all this."""
    return session.scalars(sa.select(User).order_by(User.id).limit(1)).one()


def _author(session: Session, now: datetime) -> Author:
    return Author(now, _somebody(session).email)


def _approve(session: Session, now: datetime) -> None:
    for key, outcome, reason in (
        ("1059", Outcome.APPROVED, "Everything is answered, and it fits what we know of them."),
        ("1045", Outcome.APPROVED_WITH_CONDITIONS, CONDITIONS),
    ):
        decide(
            session,
            _declaration(session, key),
            outcome,
            reason=reason,
            by=_somebody(session).email,
            role="admin",
            now=now,
        )


def _draw_up(
    session: Session, finding: Finding, days: int, measure: str, now: datetime
) -> CorrectiveAction:
    plan = Plan(
        measure=measure or finding.measure,
        owner_id=_somebody(session).id,
        due_on=now.date() + timedelta(days=days),
    )
    author = _author(session, now)
    return actions.draw_up(session, finding, plan, author, as_drafted=not measure)


def _agree_on_pay(session: Session, now: datetime) -> None:
    _draw_up(session, _finding(session, "1045", "lab_inspection"), 30, CONDITIONS, now)


def _close(session: Session, now: datetime) -> None:
    action = session.scalars(sa.select(CorrectiveAction)).one()
    proof = Proof(state().files, [accept("overtime-paid.pdf", PROOF)])
    checks.close(session, action, checks.Check(CLOSED, proof=proof), _author(session, now))


def _share(session: Session, now: datetime) -> None:
    action = _draw_up(session, _finding(session, "1041", "lab_documents_kept"), 30, "", now)
    contact = _declaration(session, "1041").invitation.contact
    sharing.share(session, action, contact, _author(session, now))


def _ask(key: str, question_id: str) -> Deed:
    def ask(session: Session, now: datetime) -> Clarification:
        declaration = _declaration(session, key)
        locale = served_locale(declaration.invitation.contact.locale, own_buyer(session).locale)
        declared = {
            one.question.id: one.question.text
            for section in sections(session, declaration, locale)
            for one in section.declared
        }
        return clarifications.ask(
            session,
            declaration,
            question_id,
            text=DOUBTS[question_id],
            due_on=now.date() + timedelta(days=14),
            today=now.date(),
            asker=_somebody(session),
            question=declared[question_id],
            now=now,
        )

    return ask


def _reply(session: Session, now: datetime) -> None:
    asked = session.scalars(sa.select(Clarification)).one()
    clarifications.reply(session, asked, text=REPLY, files=(), now=now)


def _visit(session: Session, now: datetime) -> None:
    """Keep an audit that was done, and plan a visit for the weeks after the story."""
    author, today = _author(session, now), now.date()
    done = visits.Told(
        VisitKind.AUDIT,
        planned_from=today - timedelta(days=9),
        done_on=today - timedelta(days=6),
        who="Nordlys Audit AS",
        result=VisitResult.MINOR,
        text=FOUND_ON_SITE,
    )
    visits.add_visit(session, _supplier(session, "1016"), done, author)
    first = today + timedelta(days=140)
    planned = visits.Told(
        VisitKind.VISIT,
        planned_from=first,
        planned_to=first + timedelta(days=4),
        who="Quality and purchasing",
    )
    visits.add_visit(session, _supplier(session, "1011"), planned, author)


def _call(session: Session, now: datetime) -> None:
    rows = sa.select(Invitation).where(Invitation.supplier_id == _supplier(session, "1001").id)
    invitation = session.scalars(rows.order_by(Invitation.id).limit(1)).one()
    add_call(
        session,
        invitation,
        CallOutcome.PROMISED,
        by=_somebody(session).email,
        now=now,
        contact=invitation.contact,
        promised_on=now.date() + timedelta(days=10),
        note="The mail was in the junk folder. They have found it and begin this week.",
        next_step="Call again if nothing has come",
        next_on=now.date() + timedelta(days=11),
    )


# Days before the end of the story -> what is done. Suppliers are named by their key in suppliers.csv.
DEEDS: Mapping[int, tuple[Deed, ...]] = {
    150: (_approve, _agree_on_pay),
    125: (_close,),
    118: (_visit,),
    9: (_ask("1021", "lab_normal_hours"),),
    8: (_share,),
    6: (_reply,),
    5: (_call,),
    3: (_ask("1003", "lab_injuries"),),
}
