"""The words of ratings: every line of an explanation, and what codes are called on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import flask_babel
from babel import numbers
from flask_babel import gettext, lazy_gettext

from portal.store import JsonObject
from portal.suppliers.countries import country_name
from portal.web.buyer.supplier_words import category_name

# By the codes of `portal.ratings.explanation`, with the same placeholders.
LINES = {
    "inherent.country": lazy_gettext(
        "%(country)s has country index %(index)s; %(share)s of it counts."
    ),
    "inherent.country_parent": lazy_gettext(
        "%(country)s has no figures of its own; with those of %(parent)s it has country index "
        "%(index)s; %(share)s of it counts."
    ),
    "inherent.country_default": lazy_gettext(
        "There are no figures for %(country)s, so country index %(index)s is assumed; "
        "%(share)s of it counts."
    ),
    "inherent.origin_unknown": lazy_gettext(
        "It is not known yet where the goods are made, so country index %(index)s is assumed; "
        "%(share)s of it counts."
    ),
    "inherent.origin_untold": lazy_gettext(
        "We asked where the goods are made and were not told, so country index %(index)s is "
        "assumed; %(share)s of it counts."
    ),
    "inherent.category": lazy_gettext(
        "The category “%(category)s” has index %(index)s; %(share)s of it counts."
    ),
    "inherent.category_proposal": lazy_gettext(
        "The category “%(category)s” has index %(index)s, a proposal without an official rating "
        "behind it; %(share)s of it counts."
    ),
    "inherent.category_override": lazy_gettext(
        "You have set the index of the category “%(category)s” to %(index)s (%(reason)s); "
        "%(share)s of it counts."
    ),
    "uplift.forced_labour": lazy_gettext(
        "%(good)s from %(country)s is known to be made with forced labour."
    ),
    "uplift.child_labour": lazy_gettext(
        "%(good)s from %(country)s is known to be made with child labour."
    ),
    "uplift.conflict_area": lazy_gettext(
        "The goods may hold conflict minerals, and %(country)s or a part of it is a "
        "conflict-affected or high-risk area."
    ),
    "uplift.origin_untold": lazy_gettext(
        "The origin was not told, so the worst known origin counts."
    ),
    "inherent.limit": lazy_gettext("No score goes above 100."),
    "topic.credit": lazy_gettext("%(topic)s: the answers show %(effectiveness)s of what is asked."),
    "topic.public": lazy_gettext(
        "%(topic)s: public documents show %(effectiveness)s of what is asked; the supplier has not "
        "said so itself."
    ),
    "cap.weakest_topic": lazy_gettext(
        "%(topic)s is the weakest topic that matters here; it limits the credit to %(limit)s."
    ),
    "state.not_invited": lazy_gettext(
        "The supplier has not been asked yet, so nothing is deducted."
    ),
    "state.open": lazy_gettext("The supplier has not answered yet, so nothing is deducted."),
    "state.public": lazy_gettext(
        "The supplier has not answered itself. Public documents alone do not make the score low."
    ),
    "state.expired": lazy_gettext("No answer is recent enough to count, so nothing is deducted."),
    "state.overdue": lazy_gettext("The supplier has not answered, the last reminder included."),
    "state.declined": lazy_gettext("The supplier declined to answer."),
    "flag.floor": lazy_gettext("Red flag “%(flag)s”: the score is at least %(floor)s."),
}
BASES = {
    "inherent_only": lazy_gettext("Country and category alone"),
    "self_declared": lazy_gettext("The supplier's own answers"),
    "evidenced": lazy_gettext("Answers with documents"),
    "not_answered": lazy_gettext("Not answered"),
    "declined": lazy_gettext("Declined to answer"),
    "public_documents": lazy_gettext(
        "Public documents, read by you; the supplier has declared nothing"
    ),
}
TRIGGERS = {
    "launch": lazy_gettext("Asked"),
    "answer": lazy_gettext("Answered"),
    "overdue": lazy_gettext("Did not answer in time"),
    "decline": lazy_gettext("Declined"),
    "supplier": lazy_gettext("Facts about the supplier changed"),
    "flag": lazy_gettext("A red flag was set or cleared"),
    "review": lazy_gettext("Reviewed"),
    "settings": lazy_gettext("Your settings changed"),
    "reference": lazy_gettext("Figures about countries changed"),
    "recompute": lazy_gettext("Rated again"),
}
FLAGS = {
    "severe_abuse_unremedied": lazy_gettext("Severe abuse that is not remedied"),
    "severe_abuse_in_remedy": lazy_gettext("Severe abuse that is being remedied"),
    "sanction_or_conviction": lazy_gettext("Sanction or conviction"),
    "no_minimum_wage_proof": lazy_gettext("No proof of the minimum wage"),
    "refuses_code_or_audit": lazy_gettext("Refuses the Code of Conduct or an audit"),
    "cahra_minerals_without_3tg": lazy_gettext("Minerals from conflict areas without checks"),
    "false_evidence": lazy_gettext("False evidence"),
    "serious_breach_declared": lazy_gettext("Serious breach, declared by the supplier"),
}
TOPICS = {
    "child_labour": lazy_gettext("Child labour"),
    "forced_labour": lazy_gettext("Forced labour"),
    "conflict_minerals": lazy_gettext("Conflict minerals"),
    "donor_rights": lazy_gettext("Donor rights"),
    "osh": lazy_gettext("Health and safety"),
    "union_rights": lazy_gettext("Freedom of association"),
    "migrant_labour": lazy_gettext("Migrant workers"),
    "supply_chain": lazy_gettext("Supply chain"),
    "wages": lazy_gettext("Wages"),
    "working_hours": lazy_gettext("Working hours"),
    "discrimination": lazy_gettext("Discrimination and harassment"),
    "environment": lazy_gettext("Environment"),
    "corruption": lazy_gettext("Corruption"),
    "grievance": lazy_gettext("Complaints"),
    "remedy": lazy_gettext("Remedy"),
    "governance": lazy_gettext("Transparency and governance"),
}
_SOURCES = {
    "answers": lazy_gettext("The answers"),
    "public": lazy_gettext("Public documents, read by you"),
    "invitation": lazy_gettext("The invitation"),
    "model": lazy_gettext("The rating model"),
}
_SHARES = ("share", "effectiveness", "limit")


class Source(NamedTuple):
    """Where a line of an explanation comes from; `href` is empty where there is no page for it."""

    text: str
    href: str = ""


def line_text(line: JsonObject) -> str:
    """Return a kept line of an explanation as a sentence in the reader's language."""
    template = LINES.get(line["code"])
    return str(template) % _values(line["params"]) if template else str(line["text"])


def _values(params: JsonObject) -> dict[str, str]:
    values = {name: str(value) for name, value in params.items()}
    for name in ("index", "floor"):
        if name in params:
            values[name] = decimal(params[name])
    values |= {name: share(params[name]) for name in _SHARES if name in params}
    for name in ("country", "parent"):
        if code := params.get(f"{name}_code"):
            values[name] = country_name(code, _locale())
    if category := params.get("category_id"):
        values["category"] = category_name(category)
    if topic := params.get("topic_id"):
        values["topic"] = topic_name(topic)
    if flag := params.get("flag"):
        values["flag"] = flag_name(flag)
    return values


def sources(source: str, publications: Iterable[Mapping[str, str]]) -> list[Source]:
    """Return where a line comes from: publications, pages with their addresses, or what is ours.

    `publications` are those named in the rating's own inputs.
    """
    titles = {one["id"]: f"{one['title']} ({one['edition']})" for one in publications}
    if source in _SOURCES:
        return [Source(str(_SOURCES[source]))]
    words = source.split()
    if words and all(word in titles for word in words):
        return [Source(titles[word]) for word in words]
    if words[:1] == ["answer"]:
        return [Source(gettext("The answer to %(question)s", question=" ".join(words[1:])))]
    if words[:1] in (["person"], ["import"]):
        return [Source(" ".join(words[1:]))]
    return [_page(part.strip()) for part in source.split(";")]


def _page(text: str) -> Source:
    host = urlsplit(text).hostname if text.startswith("https://") else None
    return Source(host, text) if host else Source(text)


def topic_name(code: str) -> str:
    """Return the topic's name in the reader's language."""
    return str(TOPICS.get(code, code.replace("_", " ").capitalize()))


def flag_name(code: str) -> str:
    """Return the red flag's name in the reader's language."""
    return str(FLAGS.get(code, code.replace("_", " ")))


def decimal(value: float) -> str:
    """Return a score with one decimal, as the reader writes it."""
    return str(numbers.format_decimal(value, "0.0", _locale()))


def decimal_as_short(value: float) -> str:
    """Return a number with the decimals it has, as the reader writes it."""
    return str(numbers.format_decimal(value, locale=_locale()))


def signed(value: float) -> str:
    """Return points with their sign and up to two decimals, as the reader writes them."""
    return str(numbers.format_decimal(value, "+0.0#;-0.0#", _locale()))


def share(percent: float) -> str:
    """Return a percentage without decimals, as the reader writes it."""
    return str(numbers.format_percent(percent / 100, locale=_locale()))


def _locale() -> str:
    return str(flask_babel.get_locale())
