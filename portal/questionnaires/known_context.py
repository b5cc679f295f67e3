"""What the portal knows beside the answers, and what a condition may say of it (`ctx`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from portal.questionnaires.answers import BANDS
from portal.questionnaires.conditions import Leaf
from portal.questionnaires.wording import worded

KINDS: Mapping[str, Literal["band", "number"]] = MappingProxyType(
    {
        "supplier.inherent_risk": "band",
        "supplier.country_risk": "band",
        "agreement.min_hourly_rate": "number",
    }
)
"""The keys of the context: a band of risk, or a number (NOK per hour)."""


def context_faults(leaf: Leaf, scope: str) -> Iterator[str]:
    """Yield what is wrong with the keys of the context that `leaf` names.

    What belongs to an agreement is known only where answers belong to one.
    """
    for key in filter(None, (leaf.ctx, leaf.lt_ctx)):
        if key not in KINDS:
            yield worded(
                "'%(key)s' is no key of the context; there are %(known)s",
                key=key,
                known=", ".join(KINDS),
            )
        elif key.startswith("agreement.") and scope != "agreement":
            yield worded(
                "'%(key)s' is known only in a questionnaire whose scope is agreement", key=key
            )
        elif key == leaf.lt_ctx and KINDS[key] != "number":
            yield worded(
                "lt_ctx needs a number, and '%(key)s' is a %(kind)s", key=key, kind=KINDS[key]
            )
    if KINDS.get(leaf.ctx or "") == "band":
        yield from _bands(leaf)


def _bands(leaf: Leaf) -> Iterator[str]:
    compared = (leaf.eq, *(leaf.in_ or ()), *(leaf.not_in or ()))
    for value in compared:
        if value is not None and value not in BANDS:
            yield worded(
                "'%(value)s' is no band of '%(ctx)s'; there are %(bands)s",
                value=value,
                ctx=leaf.ctx,
                bands=", ".join(BANDS),
            )
    if leaf.model_fields_set - {"ctx", "eq", "in_", "not_in", "answered"}:
        yield worded("of '%(ctx)s' only eq, in, not_in and answered can be said", ctx=leaf.ctx)
