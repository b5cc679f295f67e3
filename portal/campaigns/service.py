"""Launching a campaign."""

from __future__ import annotations

import enum
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from portal.campaigns.audience import Asked, Audience, audience
from portal.campaigns.deadlines import LONGEST, end_of_day
from portal.campaigns.freezing import freeze
from portal.campaigns.models import Campaign, CampaignQuestionnaire, Invitation, NotAsked
from portal.campaigns.scope import Scope
from portal.campaigns.subjects_asked import asked_about
from portal.events.models import Actor
from portal.events.service import record
from portal.outbox import service as outbox
from portal.outbox.models import Message
from portal.questionnaires.answer_sets import About
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import Translate, frozen_texts
from portal.store import JsonObject
from portal.suppliers.languages import mail_locale
from portal.suppliers.models import Supplier, SupplierKind

Contexts = Callable[[Sequence[Supplier]], Mapping[int, JsonObject]]
"""Suppliers -> per supplier id, what conditions call `ctx` (`supplier.inherent_risk` …)."""


LONGEST_TITLE = 255


class Fault(enum.StrEnum):
    """Why a campaign cannot be launched."""

    NO_TITLE = "no_title"
    LONG_TITLE = "long_title"
    NOTHING_ASKED = "nothing_asked"
    MIXED = "mixed"
    DEADLINE_PASSED = "deadline_passed"
    DEADLINE_FAR = "deadline_far"
    NOBODY = "nobody"


class CannotLaunch(Exception):
    """The campaign makes no sense as asked for: `fault`, and a sentence."""

    def __init__(self, fault: Fault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault


@dataclass(frozen=True)
class Launch:
    """What a launch has done."""

    campaign: Campaign
    invitations: tuple[Invitation, ...]
    audience: Audience


def kind_asked(questionnaires: Iterable[Questionnaire]) -> SupplierKind:
    """Return whom the questionnaires are meant for: suppliers or owners of agreements.

    Raises:
        CannotLaunch: some are meant for the one and some for the other.
    """
    audiences = {each.audience for each in questionnaires} or {SupplierKind.SUPPLIER.value}
    if len(audiences) > 1:
        raise CannotLaunch(
            Fault.MIXED,
            "Some of these questionnaires are for suppliers, some for owners of agreements. "
            "Launch a campaign for each.",
        )
    return SupplierKind(audiences.pop())


def launch(
    session: Session,
    *,
    title: str,
    purpose: str = "",
    reporting: bool = False,
    questionnaires: Sequence[Questionnaire],
    translators: Mapping[str, Translate],
    deadline: date,
    zone: str,
    plan: Sequence[int],
    scope: Scope,
    contexts: Contexts,
    launched_by: str,
    now: datetime,
    leave_out: Collection[int] = (),
    still_valid: Mapping[int, date] = MappingProxyType({}),
) -> Launch:
    """Ask everybody reachable in `scope` whom the questionnaires are for: campaign, invitations, mails.

    Texts and their translations (`translators`, by locale) are frozen now, and the facts that decide
    the question set. With `reporting`, only the EU voluntary standard (`vs`) must be answered. Ids of
    suppliers not to ask are in `leave_out` and, with the day until which their earlier answers hold,
    in `still_valid`: the campaign remembers these.

    Raises:
        CannotLaunch: nothing is asked, or of several kinds of entry; nobody can be; too late
            or years away; no title, or a too long one.
    """
    everybody = _everybody(session, scope, questionnaires, now)
    chosen = everybody.without({*leave_out, *still_valid})
    campaign = Campaign(
        title=title.strip(),
        purpose=purpose.strip(),
        reporting=reporting,
        deadline=deadline,
        zone=zone,
        reminder_plan=sorted(set(plan)),
        scope_rule=str(scope),
        launched_at=now,
        launched_by=launched_by,
    )
    _check(campaign, questionnaires, chosen)
    _freeze(session, campaign, questionnaires, translators)
    invitations = _invitations(session, campaign, chosen.asked, questionnaires, contexts)
    session.add_all([*invitations, *_not_asked(campaign, everybody, still_valid)])
    session.flush()
    session.add_all(invitation_mail(each, now) for each in invitations)
    _record(session, campaign, questionnaires, chosen, still_valid)
    return Launch(campaign, tuple(invitations), chosen)


def _invitations(
    session: Session,
    campaign: Campaign,
    asked: Sequence[Asked],
    questionnaires: Sequence[Questionnaire],
    contexts: Contexts,
) -> list[Invitation]:
    known = contexts([one.supplier for one in asked])
    about = asked_about(session, [one.supplier.id for one in asked], questionnaires)
    return [_invitation(campaign, one, known, about.get(one.supplier.id, ())) for one in asked]


def _everybody(
    session: Session, scope: Scope, questionnaires: Sequence[Questionnaire], now: datetime
) -> Audience:
    ids = [each.id for each in questionnaires]
    return audience(session, scope, ids, now, kind_asked(questionnaires))


def _freeze(
    session: Session,
    campaign: Campaign,
    questionnaires: Sequence[Questionnaire],
    translators: Mapping[str, Translate],
) -> None:
    session.add(campaign)
    for position, each in enumerate(questionnaires):
        frozen = freeze(session, each, frozen_texts(each, translators), campaign.launched_at)
        session.add(CampaignQuestionnaire(campaign=campaign, frozen=frozen, position=position))


def _not_asked(
    campaign: Campaign, everybody: Audience, holding: Mapping[int, date]
) -> Iterator[NotAsked]:
    """Yield what the campaign remembers of those whose earlier answers hold."""
    for one in everybody.asked:
        if one.supplier.id in holding:
            until = holding[one.supplier.id]
            yield NotAsked(campaign=campaign, supplier=one.supplier, valid_until=until)


def check_deadline(deadline: date, zone: str, now: datetime) -> None:
    """Return nothing for a day until which suppliers can be given.

    Raises:
        CannotLaunch: it is over in `zone`, or years away.
    """
    if deadline > now.date() + LONGEST:
        raise CannotLaunch(
            Fault.DEADLINE_FAR,
            f"The deadline {deadline.isoformat()} is more than a hundred years away. Check the year.",
        )
    if end_of_day(deadline, zone) <= now:
        raise CannotLaunch(
            Fault.DEADLINE_PASSED, f"The deadline {deadline.isoformat()} has passed already."
        )


def _check(campaign: Campaign, questionnaires: Sequence[Questionnaire], chosen: Audience) -> None:
    check_deadline(campaign.deadline, campaign.zone, campaign.launched_at)
    if not campaign.title:
        raise CannotLaunch(Fault.NO_TITLE, "The campaign needs a title.")
    if len(campaign.title) > LONGEST_TITLE:
        raise CannotLaunch(
            Fault.LONG_TITLE, f"The campaign's title is longer than {LONGEST_TITLE} characters."
        )
    if not questionnaires:
        raise CannotLaunch(
            Fault.NOTHING_ASKED, "The campaign asks nothing. Choose at least one questionnaire."
        )
    if not chosen.asked:
        raise CannotLaunch(Fault.NOBODY, "Nobody who fits the scope has a usable address.")


def _invitation(
    campaign: Campaign,
    one: Asked,
    contexts: Mapping[int, JsonObject],
    about: Iterable[About],
) -> Invitation:
    return Invitation(
        public_id=secrets.token_hex(10),
        campaign=campaign,
        supplier=one.supplier,
        contact=one.contact,
        locale=mail_locale(one.contact),
        locale_guessed=not one.contact.locale,
        context=contexts.get(one.supplier.id, {}),
        about=[each.facts() for each in about],
        created_at=campaign.launched_at,
    )


def invitation_mail(invitation: Invitation, now: datetime) -> Message:
    """Return the mail that asks for the first time, not yet in the session."""
    return outbox.message(
        template="invitation",
        locale=invitation.locale,
        recipient=invitation.contact.email,
        context={},
        invitation_id=invitation.id,
        now=now,
    )


def _record(
    session: Session,
    campaign: Campaign,
    questionnaires: Sequence[Questionnaire],
    chosen: Audience,
    holding: Mapping[int, date],
) -> None:
    record(
        session,
        at=campaign.launched_at,
        actor_kind=Actor.BUYER,
        actor=campaign.launched_by,
        action="campaign.launched",
        subject_kind="campaign",
        subject_id=campaign.id,
        details={
            "title": campaign.title,
            "scope": campaign.scope_rule,
            "deadline": campaign.deadline.isoformat(),
            "questionnaires": [f"{each.id} {each.version}" for each in questionnaires],
            "asked": len(chosen.asked),
            "still_valid": len(holding),
            "not_reachable": [
                {"supplier": one.supplier.key, "reason": one.obstacle}
                for one in chosen.not_reachable
            ],
        },
    )
