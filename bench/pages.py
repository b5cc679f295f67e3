"""The section page: what a supplier looks at most, with everything answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from bench import seeding
from bench.browser import Browser
from bench.clients import CLIENTS, Run, clients
from bench.errands import Constant, Errand, Exchange, Look, admitted
from bench.instance import instance
from bench.measured import Measured, Plan
from bench.server import Server, serving
from bench.surveys import link
from portal.campaigns.models import Invitation
from portal.database import db
from portal.declarations import answering, drafts
from portal.declarations.survey import open_survey
from portal.state import state

QUESTIONNAIRE = "labour_rights"
_FIRST = 20


def measure(plan: Plan) -> list[Measured]:
    """Return the pages per second: the largest section of the questionnaire on labour rights."""
    with (
        instance() as here,
        clients() as run,
        Session(db.engine, expire_on_commit=False) as session,
    ):
        seeding.add_one_buyer(session)
        invitations = seeding.invite(session, CLIENTS, "page")
        paths = [_answered(session, each) for each in invitations]
        with serving("portal.app:create_app", here.environment) as server:
            largest = [_largest(server, *each) for each in zip(invitations, paths, strict=True)]
            rates = _rates(run, server, [look for _size, look in largest], plan)
            memory = server.memory()
        with serving("bench.floor:create_app", here.environment) as server:
            constant = [Constant((Exchange(0, size),)) for size, _look in largest]
            floor = _rates(run, server, constant, plan)
    size = max(size for size, _look in largest)
    return [Measured(f"section page ({size / 1000:.0f} kB)", "pages/s", rates, floor, memory)]


def _answered(session: Session, invitation: Invitation) -> list[str]:
    """Answer everything; return the paths of the questionnaire's sections in which something is asked."""
    now = datetime.now(UTC)
    answering.start(session, invitation, now)
    drafts.save(session, invitation, seeding.changes(session, invitation), "bench", now)
    survey = open_survey(
        session,
        invitation,
        locale=invitation.locale,
        short_form=state().library.scoring.short_form,
        today=now.date(),
    )
    own = [place for place in survey.places if place.questionnaire.id == QUESTIONNAIRE]
    session.commit()
    return [f"/survey/{invitation.public_id}/{QUESTIONNAIRE}/{each.section.id}" for each in own]


def _largest(server: Server, invitation: Invitation, paths: Sequence[str]) -> tuple[int, Look]:
    """Return the size in bytes of the largest of the pages, and a look at it."""
    with Browser(server.port) as browser:
        cookies = admitted(browser, link(invitation))
        looks = [Look(path, cookies) for path in paths]
        return max(((each.run(browser), each) for each in looks), key=lambda pair: pair[0])


def _rates(run: Run, server: Server, errands: Sequence[Errand], plan: Plan) -> list[float]:
    """Return errands per second of each round; rounds beforehand warm up and say how many fill one."""

    def rate(count: int) -> float:
        return count * len(errands) / run(server.port, list(errands) * count)

    rate(_FIRST)
    count = max(1, round(rate(_FIRST) * plan.seconds / len(errands)))
    return [rate(count) for _ in range(plan.rounds)]
