"""The first page: how many have answered, who is late, what is alarming, what to do today."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from portal.database import db_session
from portal.reports.dashboard import Alarms, Task, Waiting, dashboard
from portal.reports.standing import Standing
from portal.web import clock
from portal.web.buyer import addresses
from portal.web.buyer.shell import buyer_pages
from portal.web.buyer.standing_words import standing_word

pages = buyer_pages("dashboard", __name__)


@pages.get("/")
def index() -> ResponseReturnValue:
    """Show the figures of all running campaigns, and the way to the list behind each."""
    found = dashboard(db_session(), clock.now())
    return render_template(
        "buyer/dashboard.html",
        found=found,
        # Counted already: the layout need not ask again.
        task_count=lambda: found.task_count,
        tasks=[_told(task) for task in found.tasks]
        + _alarming(found.alarms)
        + _acting(found.waiting)
        + _following(found.waiting),
        campaign_list=addresses.campaign_list,
        finding_list=addresses.finding_list,
        standing_word=standing_word,
    )


def _told(task: Task) -> dict[str, str]:
    return {
        "sentence": _sentence(task.standing, task.count),
        "note": task.campaign_title,
        "href": url_for("calls.index")
        if task.standing is Standing.SILENT
        else addresses.campaign_list(task.campaign_id, task.standing),
    }


def _sentence(standing: Standing, count: int) -> str:
    match standing:
        case Standing.BOUNCED:
            sentence = ngettext(
                "%(num)d address cannot be reached: find another",
                "%(num)d addresses cannot be reached: find others",
                count,
            )
        case Standing.REFERRED:
            sentence = ngettext(
                "%(num)d supplier named another person: confirm",
                "%(num)d suppliers named another person: confirm",
                count,
            )
        case Standing.SILENT:
            sentence = ngettext(
                "%(num)d supplier has not answered after the last reminder: call",
                "%(num)d suppliers have not answered after the last reminder: call",
                count,
            )
        case _:
            sentence = ngettext(
                "%(num)d declaration waits for a signature",
                "%(num)d declarations wait for a signature",
                count,
            )
    return str(sentence)


def _alarming(alarms: Alarms) -> list[dict[str, str]]:
    if not alarms.red_flags:
        return []
    return [
        {
            "sentence": ngettext(
                "%(num)d red flag is open: look at it",
                "%(num)d red flags are open: look at them",
                alarms.red_flags,
            ),
            "note": gettext("Findings"),
            "href": addresses.finding_list(red_flag="yes", status="open"),
        }
    ]


def _acting(found: Waiting) -> list[dict[str, str]]:
    waiting = (
        (
            found.actions_to_check,
            ngettext(
                "%(num)d corrective action is said to be done: check it",
                "%(num)d corrective actions are said to be done: check them",
                found.actions_to_check,
            ),
            url_for("actions.index", state="done"),
        ),
        (
            found.actions_overdue,
            ngettext(
                "%(num)d corrective action is overdue: ask",
                "%(num)d corrective actions are overdue: ask",
                found.actions_overdue,
            ),
            url_for("actions.index", overdue="yes"),
        ),
    )
    return _those(gettext("Corrective actions"), waiting)


def _following(found: Waiting) -> list[dict[str, str]]:
    answered = (
        found.clarifications_answered,
        ngettext(
            "%(num)d clarification was answered: read it",
            "%(num)d clarifications were answered: read them",
            found.clarifications_answered,
        ),
        url_for("clarifications.index", state="answered"),
    )
    overdue = (
        found.visits_overdue,
        ngettext(
            "%(num)d visit is overdue: plan it anew",
            "%(num)d visits are overdue: plan them anew",
            found.visits_overdue,
        ),
        url_for("visits.index", show="overdue"),
    )
    soon = (
        found.visits_soon,
        ngettext(
            "%(num)d visit is due within 30 days: plan it",
            "%(num)d visits are due within 30 days: plan them",
            found.visits_soon,
        ),
        url_for("visits.index", show="due"),
    )
    return [
        *_those(gettext("Clarifications"), [answered]),
        *_those(gettext("Visits and audits"), [overdue, soon]),
    ]


def _those(note: str, waiting: Iterable[tuple[int, str, str]]) -> list[dict[str, str]]:
    return [
        {"sentence": sentence, "note": note, "href": href}
        for count, sentence, href in waiting
        if count
    ]
