"""`portal campaigns`: launch one, see how they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import click
import sqlalchemy as sa
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from portal import store
from portal.campaigns.audience import Audience, audience
from portal.campaigns.freezing import asked
from portal.campaigns.models import Campaign
from portal.campaigns.plan import DEFAULT_PLAN
from portal.campaigns.queries import CampaignLine, campaign_lines
from portal.campaigns.scope import BadScope, Scope, parse_scope
from portal.campaigns.service import CannotLaunch, check_deadline, kind_asked, launch
from portal.catalogues.own import translators
from portal.cli.whose import scope_to_buyer
from portal.database import db_session
from portal.i18n import offered_locales, question_translator
from portal.jobs import deliver_soon
from portal.questionnaires.publishing import buyers_library
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import Translate
from portal.ratings import service as ratings
from portal.ratings.contexts import contexts_in_force
from portal.reviews.holding import still_valid
from portal.screening import service as screening
from portal.state import state
from portal.suppliers.service import Author

group = AppGroup("campaigns", help="Launch a campaign, and see how campaigns stand.")


class ScopeRule(click.ParamType[Scope]):
    """A rule such as `criticality=A,B country=CN`."""

    name = "RULE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Scope:
        """Return the rule; fails with the part that is wrong."""
        if isinstance(value, Scope):
            return value
        try:
            return parse_scope(str(value))
        except BadScope as error:
            self.fail(str(error), param, ctx)


class Plan(click.ParamType[tuple[int, ...]]):
    """Days from the deadline, such as `-14,-7,3`."""

    name = "DAYS"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the days; fails for anything that is not a list of whole numbers within a year."""
        if isinstance(value, tuple):
            return value
        try:
            days = tuple(int(part) for part in str(value).split(",") if part.strip())
        except ValueError:
            self.fail(f"“{value}” is not a list of days such as -14,-7,-2,3,10.", param, ctx)
        if any(abs(day) > 365 for day in days):
            self.fail("A reminder falls within a year of the deadline.", param, ctx)
        if len(set(days)) < len(days):
            self.fail(f"“{value}” names a day twice.", param, ctx)
        return days


@group.command("launch")
@click.option("--buyer", required=True, metavar="NAME", help="Who asks.")
@click.option("--title", required=True, metavar="TITLE", help="What the campaign is called.")
@click.option(
    "--questionnaire",
    "questionnaire_ids",
    multiple=True,
    required=True,
    metavar="ID",
    help="What is asked; may be given several times.",
)
@click.option(
    "--deadline",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Last day, like 2026-11-30.",
)
@click.option(
    "--scope", type=ScopeRule(), default="", help="Which suppliers; else all active ones."
)
@click.option(
    "--plan",
    type=Plan(),
    default=DEFAULT_PLAN,
    show_default=",".join(map(str, DEFAULT_PLAN)),
    help="Days of the reminders, from the deadline.",
)
@click.option("--purpose", default="", help="A paragraph for the mail.")
@click.option(
    "--reporting", is_flag=True, help="Only what the EU voluntary standard asks must be answered."
)
@click.option(
    "--leave-out-valid", is_flag=True, help="Leave out whose answers hold beyond the deadline."
)
@click.option("--dry-run", is_flag=True, help="Only say who would be asked.")
def launch_command(
    *,
    buyer: str,
    title: str,
    questionnaire_ids: tuple[str, ...],
    deadline: datetime,
    scope: Scope,
    plan: tuple[int, ...],
    purpose: str,
    reporting: bool,
    leave_out_valid: bool,
    dry_run: bool,
) -> None:
    """Freeze the questionnaires and mail the suppliers in scope.

    RULE is like 'criticality=A,B country=CN spend>=100000'. DAYS before the deadline are negative.
    """
    owner = scope_to_buyer(buyer)
    session, now = db_session(), datetime.now(UTC)
    questionnaires = _questionnaires(questionnaire_ids)
    with _refused_in_words():
        check_deadline(deadline.date(), owner.zone, now)
        everybody = _everybody(session, scope, questionnaires, now)
    valid = _valid(everybody, questionnaires, deadline, reporting) if leave_out_valid else {}
    if dry_run:
        _tell(everybody.without(valid), "would ask")
        return
    with _refused_in_words():
        done = launch(
            session,
            title=title,
            purpose=purpose,
            reporting=reporting,
            questionnaires=questionnaires,
            translators=_translators(questionnaires),
            deadline=deadline.date(),
            zone=owner.zone,
            plan=plan,
            scope=scope,
            contexts=contexts_in_force(session),
            launched_by="command",
            now=now,
            still_valid=valid,
        )
    ratings.after_launch(session, done.invitations, now)
    screening.after_launch(session, done.invitations, Author(now, "command"))
    session.commit()
    _tell(done.audience, "asked")
    click.echo(f"campaign {done.campaign.id}")
    deliver_soon()


def _translators(questionnaires: list[Questionnaire]) -> dict[str, Translate]:
    own = [each for each in questionnaires if each.id not in state().library]
    return translators(db_session(), own, offered_locales(), question_translator)


def _valid(
    everybody: Audience, questionnaires: list[Questionnaire], deadline: datetime, reporting: bool
) -> dict[int, date]:
    """Return and tell whose earlier answers hold beyond the deadline: supplier id -> until when."""
    ids = [one.supplier.id for one in everybody.asked]
    valid = still_valid(db_session(), ids, questionnaires, deadline.date(), reporting=reporting)
    for one in everybody.asked:
        if until := valid.get(one.supplier.id):
            click.echo(
                f"still valid: {one.supplier.key} {one.supplier.name} until {until}", err=True
            )
    return valid


@contextmanager
def _refused_in_words() -> Iterator[None]:
    try:
        yield
    except CannotLaunch as error:
        raise click.ClickException(str(error)) from None


def _everybody(
    session: Session, scope: Scope, questionnaires: list[Questionnaire], now: datetime
) -> Audience:
    ids = [each.id for each in questionnaires]
    return audience(session, scope, ids, now, kind_asked(questionnaires))


def _questionnaires(ids: tuple[str, ...]) -> list[Questionnaire]:
    library = buyers_library(db_session(), state().library)
    for each in ids:
        if each not in library:
            known = ", ".join(library.questionnaires)
            raise click.UsageError(f"There is no questionnaire '{each}'. There is: {known}.")
    return [library[each] for each in dict.fromkeys(ids)]


def _tell(chosen: Audience, verb: str) -> None:
    for one in chosen.not_reachable:
        reason = one.obstacle.replace("_", " ")
        click.echo(f"cannot reach {one.supplier.key} {one.supplier.name}: {reason}", err=True)
    for before in chosen.already_asked:
        click.echo(
            f"asked before: {before.supplier.key} {before.supplier.name} "
            f"in “{before.campaign}” ({before.state})",
            err=True,
        )
    click.echo(
        f"{verb} {len(chosen.asked)}, cannot reach {len(chosen.not_reachable)}, "
        f"asked the same before {len(chosen.already_asked)}"
    )


@group.command("list")
@click.option("--buyer", metavar="NAME", help="Only this buyer's.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def list_command(buyer: str | None, as_json: bool) -> None:
    """List the campaigns, the newest first."""
    session = db_session()
    if buyer:
        scope_to_buyer(buyer)
    else:
        store.scope_to_everyone(session)
    lines = campaign_lines(session)
    if as_json:
        click.echo(json.dumps([_row(line) for line in lines], indent=2, ensure_ascii=False))
        return
    for line in lines:
        click.echo(
            f"{line.campaign.id:>5}  {line.state:8} {line.campaign.deadline}  "
            f"asked {line.asked:>6}  {line.campaign.title}"
        )


@group.command("show")
@click.argument("campaign_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="An object for machines.")
def show(campaign_id: int, as_json: bool) -> None:
    """Show what a campaign asks, of whom, until when, and how it stands."""
    session = db_session()
    campaign = scope_to_campaign(session, campaign_id)
    [line] = campaign_lines(session, [campaign.id])
    shown = _row(line) | {
        "purpose": campaign.purpose,
        "reporting": campaign.reporting,
        "scope": campaign.scope_rule,
        "plan": campaign.reminder_plan,
        "launched_at": campaign.launched_at.isoformat(),
        "launched_by": campaign.launched_by,
        "closed_at": campaign.closed_at.isoformat() if campaign.closed_at else None,
        "questionnaires": [
            {"id": each.questionnaire_id, "version": each.version, "sha256": each.sha256}
            for each in asked(session, campaign.id)
        ],
    }
    if as_json:
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        return
    for name, value in shown.items():
        click.echo(f"{name}: {value}")


def scope_to_campaign(session: Session, campaign_id: int) -> Campaign:
    """Return the campaign with this id, whoever's it is; the session then sees its buyer's rows.

    Raises:
        click.ClickException: there is none.
    """
    store.scope_to_everyone(session)
    buyer_id = session.scalar(sa.select(Campaign.buyer_id).where(Campaign.id == campaign_id))
    if buyer_id is None:
        raise click.ClickException(f"There is no campaign {campaign_id}.")
    store.scope(session, buyer_id)
    return session.get_one(Campaign, campaign_id)


def _row(line: CampaignLine) -> dict[str, object]:
    campaign = line.campaign
    return {
        "id": campaign.id,
        "state": line.state,
        "title": campaign.title,
        "deadline": campaign.deadline.isoformat(),
        "zone": campaign.zone,
        "asked": line.asked,
        "counts": {name.value: count for name, count in sorted(line.counts.items())},
    }
