"""What is there before measuring begins: a buyer, suppliers, a campaign that asks them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from portal import store
from portal.buyers.service import BuyerSettings, add_buyer
from portal.campaigns.freezing import asked, thawed
from portal.campaigns.models import Campaign, Invitation
from portal.campaigns.scope import Scope
from portal.campaigns.service import launch
from portal.cli.sample.believable import Respondent, believable
from portal.declarations.drafts import COMMENT, Change
from portal.declarations.survey import context_of
from portal.i18n import offered_locales, question_translator
from portal.questionnaires.answers import Value, comment_id
from portal.questionnaires.schema import Questionnaire
from portal.ratings import service as ratings
from portal.ratings.contexts import launch_contexts
from portal.state import state
from portal.suppliers.models import Contact, Supplier

# Where the invented suppliers are: riskier countries are asked more.
COUNTRIES = ("NO", "DE", "CN", "TW", "US", "GB", "CZ", "KR")
LOCALE = "en"
SEED = 2026

# What a supplier is asked at least, and at most.
ONE = frozenset({"supplier_code_of_conduct"})
ASKED = ONE | {"company_profile", "labour_rights", "conflict_minerals_3tg"}


def add_one_buyer(session: Session) -> None:
    """Add a buyer and scope `session` to it."""
    buyer = add_buyer(
        session,
        BuyerSettings(name="Fjordlab", contact_email="quality@fjordlab.example"),
        datetime.now(UTC),
    )
    store.scope(session, buyer.id)


def invite(
    session: Session, count: int, title: str, asking: Collection[str] = ASKED
) -> list[Invitation]:
    """Launch a campaign with the questionnaires `asking` to `count` new suppliers; return invitations."""
    now = datetime.now(UTC)
    keys = [f"{title}-{number}" for number in range(count)]
    session.add_all(_contact(key, number, now) for number, key in enumerate(keys))
    session.flush()
    done = launch(
        session,
        title=title,
        questionnaires=[each for each in state().library if each.id in asking],
        translators={locale: question_translator(locale) for locale in offered_locales()},
        deadline=now.date() + timedelta(days=28),
        zone="Europe/Oslo",
        plan=[],
        scope=Scope(key=tuple(keys)),
        contexts=launch_contexts,
        launched_by="bench",
        now=now,
    )
    ratings.after_launch(session, done.invitations, now)
    session.commit()
    return list(done.invitations)


def _contact(key: str, number: int, now: datetime) -> Contact:
    supplier = Supplier(
        key=key,
        name=f"Supplier {key}",
        country=COUNTRIES[number % len(COUNTRIES)],
        created_at=now,
        updated_at=now,
    )
    return Contact(
        supplier=supplier,
        name="Office",
        email=f"{key}@supplier.example",
        locale=LOCALE,
        primary=True,
    )


def questionnaires(session: Session, campaign: Campaign) -> list[Questionnaire]:
    """Return what the campaign asks, in the language of the measuring."""
    return [thawed(frozen, LOCALE) for frozen in asked(session, campaign.id)]


def answers(session: Session, invitation: Invitation) -> dict[str, Value]:
    """Return believable answers of one supplier to everything it is asked."""
    now, country = datetime.now(UTC), invitation.supplier.country
    asked_of = questionnaires(session, invitation.campaign)
    chance = Random(SEED + invitation.id)
    who = Respondent(invitation.supplier.name, country, (country,), 0.95, now.date().isoformat())
    context = context_of(invitation, {}, state().library.scoring.short_form, now.date())
    return believable(asked_of, context, who, chance)


def changes(session: Session, invitation: Invitation) -> dict[str, Change]:
    """Return the same answers with their comments, as drafts are saved."""
    given = answers(session, invitation)
    return {
        name: Change(value, str(given.get(comment_id(name), "")))
        for name, value in given.items()
        if not name.endswith(COMMENT)
    }
