"""The demo's story: a buyer, its suppliers, a finished campaign and a running one, played day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa
from flask_security import hash_password
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer, RoleName
from portal.buyers.service import BuyerSettings, add_buyer, add_user
from portal.campaigns.models import Campaign, Invitation
from portal.campaigns.plan import Schedule
from portal.campaigns.scope import parse_scope
from portal.campaigns.service import launch
from portal.cli.sample.acts import Act, Turn, play
from portal.cli.sample.aftermath import follow_up
from portal.database import db
from portal.events.models import Actor
from portal.i18n import offered_locales, question_translator
from portal.jobs import run_due
from portal.ratings import service as ratings
from portal.ratings.contexts import contexts_in_force
from portal.state import state
from portal.suppliers.cells import Reading
from portal.suppliers.import_applying import apply
from portal.suppliers.import_rows import COLUMNS
from portal.suppliers.importing import plan
from portal.suppliers.reading import read_table
from portal.suppliers.service import Author

BUYER = BuyerSettings(
    name="Fjordlab Diagnostikk AS",
    org_number="900 111 222",
    contact_role="Quality coordinator",
    contact_email="kvalitet@fjordlab.example",
    contact_phone="+47 55 00 00 00",
    privacy_url="https://fjordlab.example/personvern",
)
PASSWORD = "demo-portal"  # noqa: S105 - printed when the demo starts
USERS = {
    "kvalitet@fjordlab.example": RoleName.ADMIN,
    "revisor@fjordlab.example": RoleName.AUDITOR,
}
SUPPLIERS = Path(__file__).parent / "suppliers.csv"
REMINDER_PLAN = (-14, -7, -2, 3, 10)


@dataclass(frozen=True)
class Round:
    """A campaign of the story: when it begins (days before today) and how long suppliers have."""

    title: str
    purpose: str
    begins: int
    days: int
    # Acts and how many of the suppliers come that far.
    shares: Mapping[Act, int]
    scope: str = ""


ASKED = (
    "company_profile",
    "supplier_code_of_conduct",
    "labour_rights",
    "conflict_minerals_3tg",
)
ROUNDS = (
    Round(
        "Supplier declaration, spring",
        "Due diligence for the yearly statement",
        begins=170,
        days=42,
        scope="criticality=A,B",
        shares={Act.SIGN: 28, Act.START: 3, Act.DECLINE: 3},
    ),
    Round(
        "Supplier declaration, autumn",
        "Follow-up before next year's statement",
        begins=17,
        days=28,
        scope="criticality=A",
        shares={Act.SIGN: 7, Act.START: 4, Act.ASK_SIGNATURE: 2, Act.DECLINE: 1, Act.REFER: 1},
    ),
)


def tell(now: datetime, progress: Callable[[str], None]) -> None:
    """Fill the empty database with the story as it stands at `now`."""
    with Session(db.engine) as session:
        first_day = now.date() - timedelta(days=ROUNDS[0].begins + 1)
        buyer = _settle(session, _at(first_day, 8))
        session.commit()
        for each in ROUNDS:
            progress(f"Playing the campaign '{each.title}'")
            _play_round(session, buyer, each, now)
    run_due(_standing_at(now))


def _standing_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _settle(session: Session, now: datetime) -> Buyer:
    """Add the buyer with its users and suppliers."""
    buyer = add_buyer(session, BUYER, now)
    store.scope(session, buyer.id)
    hashed = hash_password(PASSWORD)
    for email, role in USERS.items():
        add_user(
            session, buyer, email=email, roles=[role], now=now, password_hash=hashed, locale="en"
        )
    table = read_table(SUPPLIERS.name, SUPPLIERS.read_bytes(), COLUMNS)
    found = plan(session, table, Reading(offered_locales()))
    author = Author(now, "portal demo", Actor.SYSTEM)
    apply(session, found, author, source=SUPPLIERS.name, skip_faulty=False)
    return buyer


def _play_round(session: Session, buyer: Buyer, each: Round, now: datetime) -> None:
    begin = now.date() - timedelta(days=each.begins)
    campaign = _launch(session, buyer, each, _at(begin, 7))
    turns = _turns(session, campaign, each)
    busy = _busy_days(turns, campaign, buyer)
    session.commit()  # what is due is done in sessions of its own
    for number in range(each.begins + 1):
        moment = _at(begin + timedelta(days=number), 8)
        if moment > now or number > each.days + 15:
            return
        if moment.date() in busy:
            run_due(_standing_at(moment))
        for minute, (invitation, turn) in enumerate(t for t in turns if t[1].days == number):
            play(session, invitation, turn, moment + timedelta(hours=1, minutes=7 * minute))
        follow_up(session, each.begins - number, moment + timedelta(hours=5))
        session.commit()


def _busy_days(turns: list[tuple[Invitation, Turn]], campaign: Campaign, buyer: Buyer) -> set[date]:
    """Return the days on which something may be due: the mail of the day before, reminders, silence."""
    plan = Schedule(REMINDER_PLAN, campaign.deadline, buyer.zone, buyer.country)
    begin = plan.day_of(campaign.launched_at)
    due = {step.day for step in plan.steps()} | {plan.overdue_after()}
    moved = {begin, *due} | {begin + timedelta(days=turn.days) for _, turn in turns}
    return moved | {day + timedelta(days=1) for day in moved}


def _launch(session: Session, buyer: Buyer, each: Round, moment: datetime) -> Campaign:
    done = launch(
        session,
        title=each.title,
        purpose=each.purpose,
        questionnaires=[state().library[name] for name in ASKED],
        translators={locale: question_translator(locale) for locale in offered_locales()},
        deadline=moment.date() + timedelta(days=each.days),
        zone=buyer.zone,
        plan=REMINDER_PLAN,
        scope=parse_scope(each.scope),
        contexts=contexts_in_force(session),
        launched_by=next(iter(USERS)),
        now=moment,
    )
    ratings.after_launch(session, done.invitations, moment)
    session.commit()
    return done.campaign


def _turns(session: Session, campaign: Campaign, each: Round) -> list[tuple[Invitation, Turn]]:
    """Return who does what when: the same at every start."""
    chance = Random(each.title)  # noqa: S311 - a story
    invitations = list(
        session.scalars(
            sa.select(Invitation)
            .where(Invitation.campaign_id == campaign.id)
            .order_by(Invitation.id)
        )
    )
    chance.shuffle(invitations)
    last_day = min(each.days + 8, each.begins - 1)
    return [
        (invitation, Turn(_day(chance, last_day), act, _care(chance)))
        for invitation, act in zip(invitations, _acts(each), strict=False)
    ]


def _acts(each: Round) -> Iterator[Act]:
    for act, count in each.shares.items():
        yield from [act] * count


def _day(chance: Random, last_day: int) -> int:
    """Return a day after the launch: many in the first days, the rest as reminders come."""
    return min(last_day, 1 + int(chance.expovariate(1 / (last_day / 2.5))))


def _care(chance: Random) -> float:
    """Return how careful a supplier is: most are, some have much to do."""
    return chance.choices([1.0, 0.995, 0.98, 0.9], weights=[14, 3, 2, 1])[0]
