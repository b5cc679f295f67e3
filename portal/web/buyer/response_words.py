"""How asking ended, in words, and the sentences that a statement can take over."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import get_locale, lazy_gettext, ngettext

from portal.i18n import BUYER_LOCALES, own_name, speaking
from portal.reports.responses import Figures, Outcome

OUTCOMES = {
    Outcome.ANSWERED: lazy_gettext("Answered in time"),
    Outcome.LATE: lazy_gettext("Answered late"),
    Outcome.DECLINED: lazy_gettext("Declined"),
    Outcome.BOUNCED: lazy_gettext("Could not be delivered"),
    Outcome.SILENT: lazy_gettext("No answer"),
    Outcome.AWAITED: lazy_gettext("Still has time"),
    Outcome.WITHDRAWN: lazy_gettext("Withdrawn"),
}


def statement(figures: Figures) -> list[tuple[str, str, str]]:
    """Return (locale, the language's own name, the text) in each buyers' language, the reader's first."""
    found, reader = [], str(get_locale())
    for locale in sorted(BUYER_LOCALES, key=lambda each: each != reader):
        with speaking(locale):
            found.append((locale, own_name(locale), " ".join(_sentences(figures))))
    return found


def _sentences(figures: Figures) -> Iterator[str]:
    counts, answered = figures.counts, figures.answered
    yield ngettext(
        "Of %(num)d supplier asked, %(answered)s answered.",
        "Of %(num)d suppliers asked, %(answered)s answered.",
        figures.asked,
        answered=answered,
    )
    if late := counts[Outcome.LATE]:
        yield ngettext(
            "%(num)d of the answers came after the deadline.",
            "%(num)d of the answers came after the deadline.",
            late,
        )
    if declined := counts[Outcome.DECLINED]:
        yield ngettext("%(num)d declined to answer.", "%(num)d declined to answer.", declined)
    if bounced := counts[Outcome.BOUNCED]:
        yield ngettext(
            "%(num)d could not be reached at any known address.",
            "%(num)d could not be reached at any known address.",
            bounced,
        )
    if counts[Outcome.SILENT]:
        yield _silent(figures)
    if awaited := counts[Outcome.AWAITED]:
        yield ngettext("%(num)d still has time.", "%(num)d still have time.", awaited)


def _silent(figures: Figures) -> str:
    silent = figures.counts[Outcome.SILENT]
    if not figures.reminders:
        text = ngettext("%(num)d did not answer.", "%(num)d did not answer.", silent)
    else:
        reminders = ngettext("one reminder", "%(num)d reminders", figures.reminders)
        text = ngettext(
            "%(num)d did not answer despite %(reminders)s.",
            "%(num)d did not answer despite %(reminders)s each.",
            silent,
            reminders=reminders,
        )
    if figures.called:
        called = ngettext(
            "%(num)d of these %(silent)s was also called.",
            "%(num)d of these %(silent)s were also called.",
            figures.called,
            silent=silent,
        )
        return f"{text} {called}"
    return str(text)
