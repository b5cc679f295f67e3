"""Residual risk: inherent risk less what was shown, with state and red flags as floors."""

from dataclasses import dataclass
from enum import StrEnum

from portal.ratings.case import RedFlag, State
from portal.ratings.credit import Effectiveness
from portal.ratings.settings import ModelSettings


class Basis(StrEnum):
    """What a rating rests on; never shown without it."""

    INHERENT_ONLY = "inherent_only"
    SELF_DECLARED = "self_declared"
    EVIDENCED = "evidenced"
    NOT_ANSWERED = "not_answered"
    DECLINED = "declined"
    PUBLIC_DOCUMENTS = "public_documents"  # read by the buyer; the supplier has declared nothing


# Nothing has been answered: the score stands on country and category, silence or refusal.
UNANSWERED = frozenset({Basis.INHERENT_ONLY, Basis.NOT_ANSWERED, Basis.DECLINED})


@dataclass(frozen=True, slots=True)
class FlagFloor:
    """A red flag and the least score it stands for, 0-100."""

    flag: RedFlag
    floor: float


@dataclass(frozen=True, slots=True)
class Residual:
    """Residual score (0-100) step by step.

    `after_credit` is what the answers leave, `after_state` adds silence or refusal, `score` lifts
    to the highest of `flags` (highest floor first).
    """

    after_credit: float
    after_state: float
    score: float
    flags: tuple[FlagFloor, ...]


def residual_risk(
    inherent: float,
    state: State,
    earned: Effectiveness,
    red_flags: tuple[RedFlag, ...],
    settings: ModelSettings,
    *,
    from_public: bool = False,
) -> Residual:
    """Return the residual risk.

    `earned` must be empty for a state without a declaration, unless it is read `from_public`
    documents.

    Raises:
        ValueError: the settings have no floor for a red flag.
    """
    after_credit = inherent * (1 - settings.ceiling * earned.value)
    after_state = _after_state(after_credit, state, settings)
    if from_public:
        # Its own word is missing: documents do not make it low, nor worse than it was without them.
        after_state = max(after_state, min(inherent, settings.overdue_floor))
    flags = sorted((_floor(flag, settings) for flag in red_flags), key=lambda one: -one.floor)
    return Residual(
        after_credit=after_credit,
        after_state=after_state,
        score=max([after_state, *(one.floor for one in flags)]),
        flags=tuple(flags),
    )


def _after_state(score: float, state: State, settings: ModelSettings) -> float:
    if state is State.OVERDUE:
        score = max(score + settings.overdue_addition, settings.overdue_floor)
    elif state is State.DECLINED:
        score = max(score + settings.declined_addition, settings.declined_floor)
    return min(100.0, score)


def _floor(flag: RedFlag, settings: ModelSettings) -> FlagFloor:
    if flag.code not in settings.red_flag_floors:
        raise ValueError(f"Red flag {flag.code!r} has no floor in the settings of the model.")
    return FlagFloor(flag=flag, floor=settings.red_flag_floors[flag.code])


def basis_of(
    state: State, earned: Effectiveness, settings: ModelSettings, *, from_public: bool = False
) -> Basis:
    """Return what the rating rests on.

    A declaration too old to earn anything leaves the inherent risk alone, shown as such.
    """
    if from_public and earned.is_current:
        return Basis.PUBLIC_DOCUMENTS
    if state is State.OVERDUE:
        return Basis.NOT_ANSWERED
    if state is State.DECLINED:
        return Basis.DECLINED
    if state is not State.DECLARED or not earned.is_current:
        return Basis.INHERENT_ONLY
    is_documented = earned.documented >= settings.evidenced_share
    return Basis.EVIDENCED if is_documented else Basis.SELF_DECLARED
