"""Puts the steps of a rating into lines: inherent risk, topics, cap, state, red flags."""

from portal.ratings.case import Case, State
from portal.ratings.category import CategoryIndex, find_category
from portal.ratings.country import CountryIndex
from portal.ratings.credit import Effectiveness
from portal.ratings.explanation import Ledger, Line
from portal.ratings.inherent import Inherent, Origin
from portal.ratings.residual import Residual
from portal.ratings.settings import ModelSettings
from portal.ratings.topics import topic_name
from portal.suppliers.countries import country_name

_ANSWERS = "answers"
_MODEL = "model"
_STATE = "invitation"
_PUBLIC = "public"
_US_LIST = "dol"
_CONFLICT_LISTS = "cahra dodd_frank"


def explain(
    case: Case,
    inherent: Inherent,
    earned: Effectiveness,
    residual: Residual,
    settings: ModelSettings,
) -> tuple[Line, ...]:
    """Return the lines; their points add up to `residual.score`.

    A line's `source` is ids of publications joined by a space, or `answers`, `public`, `invitation`, `model`,
    the source of the category row, or what set the red flag.
    """
    ledger = Ledger()
    _inherent(ledger, inherent)
    _topics(ledger, case, inherent.score, earned, settings)
    _state(ledger, case, earned, residual)
    reached = residual.after_state
    for one in residual.flags:
        params: dict[str, str | float] = {"flag": one.flag.code, "floor": one.floor}
        ledger.add("flag.floor", max(0.0, one.floor - reached), one.flag.source, params)
        reached = max(reached, one.floor)
    return ledger.lines


def _inherent(ledger: Ledger, inherent: Inherent) -> None:
    if inherent.of_country:
        _country(ledger, inherent)
    if inherent.of_category:
        _category(ledger, inherent.category, inherent.of_category)
    if inherent.uplift.points:
        _uplift(ledger, inherent)
    over = inherent.of_country + inherent.of_category + inherent.uplift.points - inherent.score
    if over > 0:
        ledger.add("inherent.limit", -over, _MODEL)


def _country(ledger: Ledger, inherent: Inherent) -> None:
    share = 100 * inherent.of_country / inherent.country
    params: dict[str, str | float] = {"index": inherent.country, "share": share}
    if inherent.origin is not Origin.TOLD:
        ledger.add(f"inherent.{inherent.origin}", inherent.of_country, _MODEL, params)
        return
    worst = inherent.countries[0]
    params |= {"country": country_name(worst.country, "en"), "country_code": worst.country}
    code = "inherent.country"
    if worst.is_default:
        code = "inherent.country_default"
    elif worst.parent:
        code = "inherent.country_parent"
        params |= {"parent": country_name(worst.parent, "en"), "parent_code": worst.parent}
    ledger.add(code, inherent.of_country, _sources(worst), params)


def _sources(country: CountryIndex) -> str:
    if country.is_default:
        return _MODEL
    used = [part.source for part in country.contributions if part.source]
    return " ".join(dict.fromkeys([*used, *([_CONFLICT_LISTS] if country.floor else [])]))


def _category(ledger: Ledger, category: CategoryIndex, points: float) -> None:
    params: dict[str, str | float] = {
        "category": find_category(category.category).name_en,
        "category_id": category.category,
        "index": category.index,
        "share": 100 * points / category.index,
        "basis": category.basis,
    }
    code = "inherent.category_proposal" if category.is_proposal else "inherent.category"
    if category.override_reason:
        code = "inherent.category_override"
        params["reason"] = category.override_reason
    ledger.add(code, points, category.source, params)


def _uplift(ledger: Ledger, inherent: Inherent) -> None:
    uplift = inherent.uplift
    params = {
        "good": uplift.good,
        "country": country_name(uplift.country, "en"),
        "country_code": uplift.country,
    }
    sources = {"conflict_area": _CONFLICT_LISTS, "origin_untold": _MODEL}
    source = sources.get(uplift.reason, _US_LIST)
    named = {name: value for name, value in params.items() if value}
    ledger.add(f"uplift.{uplift.reason}", uplift.points, source, named)


def _topics(
    ledger: Ledger, case: Case, inherent: float, earned: Effectiveness, settings: ModelSettings
) -> None:
    full = inherent * settings.ceiling
    code, source = ("topic.public", _PUBLIC) if case.from_public else ("topic.credit", _ANSWERS)
    for topic in earned.topics:
        params = _named(topic.topic) | {
            "effectiveness": 100 * topic.effectiveness,
            "weight": topic.weight,
        }
        ledger.add(code, -full * topic.share, source, params, topic.questions)
    if earned.capped_by:
        weakest = next(topic for topic in earned.topics if topic.topic == earned.capped_by)
        params = _named(weakest.topic) | {"limit": 100 * earned.value}
        points = full * (earned.average - earned.value)
        ledger.add("cap.weakest_topic", points, _MODEL, params, weakest.questions)


def _named(topic: str) -> dict[str, str | float]:
    return {"topic": topic_name(topic), "topic_id": topic}


def _state(ledger: Ledger, case: Case, earned: Effectiveness, residual: Residual) -> None:
    points, state = residual.after_state - residual.after_credit, case.state
    if case.from_public and state in (State.OPEN, State.NOT_INVITED):
        ledger.add("state.public", points, _STATE)
    elif state is not State.DECLARED:
        ledger.add(f"state.{state}", points, _STATE)
    elif not earned.is_current:
        ledger.add("state.expired", points, _ANSWERS)
