"""Whole surveys: every client goes from the link to the receipt, again and again, for another supplier."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from sqlalchemy.orm import Session

from bench import seeding
from bench.browser import Browser
from bench.clients import CLIENTS, Run, clients
from bench.errands import Constant, Exchange, Journey
from bench.instance import instance
from bench.measured import Measured, Plan
from bench.posting import section_form
from bench.server import Server, serving
from portal.campaigns.models import Invitation
from portal.database import db
from portal.state import state

_FIRST = 2

Make = Callable[[int, str], list[Journey]]
"""How many suppliers to invite, and the campaign's title -> the way of each."""


def measure(plan: Plan) -> list[Measured]:
    """Return the completed declarations per second: of a survey with one questionnaire, and with four."""
    return [_measure(plan, seeding.ONE), _measure(plan, seeding.ASKED)]


def _measure(plan: Plan, asking: Collection[str]) -> Measured:
    with (
        instance() as here,
        clients() as run,
        Session(db.engine, expire_on_commit=False) as session,
    ):
        seeding.add_one_buyer(session)
        with serving("portal.app:create_app", here.environment) as server:
            make = partial(journeys, session, asking=asking)
            exchanges = _once(make, server)
            rates = _rates(make, run, server, plan)
            memory = server.memory()
        with serving("bench.floor:create_app", here.environment) as server:
            floor = _floor(run, server, exchanges, plan)
    what = f"survey: questionnaires {len(asking)}, requests {len(exchanges)}"
    return Measured(what, "declarations/s", rates, floor, memory)


def journeys(
    session: Session, count: int, title: str, asking: Collection[str] = seeding.ASKED
) -> list[Journey]:
    """Invite `count` suppliers to answer the questionnaires `asking` and return the way of each."""
    made = [_journey(session, each) for each in seeding.invite(session, count, title, asking)]
    session.commit()  # a transaction that stays open keeps the portal from writing
    return made


def link(invitation: Invitation) -> str:
    """Return the path of the supplier's personal link."""
    return f"/i/{state().links.token(invitation)}"


def _journey(session: Session, invitation: Invitation) -> Journey:
    answers = seeding.answers(session, invitation)
    forms = {
        f"{questionnaire.id}/{section.id}": section_form(section, answers)
        for questionnaire in seeding.questionnaires(session, invitation.campaign)
        for section in questionnaire.sections
    }
    return Journey(link(invitation), forms)


def _once(make: Make, server: Server) -> tuple[Exchange, ...]:
    """Go the way once, and return what was exchanged."""
    with Browser(server.port) as browser:
        return tuple(make(1, "first")[0].run(browser))


def _rates(make: Make, run: Run, server: Server, plan: Plan) -> list[float]:
    """Return journeys per second of each round; a round beforehand says how many fill one."""
    first = _FIRST * CLIENTS
    rate = first / run(server.port, make(first, "warm"))
    count = CLIENTS * max(1, round(rate * plan.seconds / CLIENTS))
    return [
        count / run(server.port, make(count, f"round-{number}")) for number in range(plan.rounds)
    ]


def _floor(run: Run, server: Server, exchanges: Sequence[Exchange], plan: Plan) -> list[float]:
    one = Constant(tuple(exchanges))
    rate = CLIENTS / run(server.port, [one] * CLIENTS)
    count = CLIENTS * max(1, round(rate * plan.seconds / CLIENTS))
    return [count / run(server.port, [one] * count) for _ in range(plan.rounds)]
