"""What stands on a supplier's page: parts that each know one thing about it, and its timeline.

To add a part: write `templates/buyer/suppliers/parts/<name>.html`, which reads its values from
`part`, a function that returns them, and a line in `PARTS`; its place there is its place on the
page. To have something told in the timeline: write a function that yields it, and add it to
`TELLERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.suppliers.models import Supplier, SupplierKind
from portal.suppliers.service import contacts_of
from portal.suppliers.subject_changes import subjects_of
from portal.web.buyer import (
    action_story,
    call_words,
    campaign_story,
    declared_part,
    rating_part,
    reminder_part,
    screening_part,
    supplier_story,
    validity_part,
    visit_words,
)
from portal.web.buyer.supplier_words import SUBJECT_KINDS
from portal.web.buyer.told import Told

Values = Mapping[str, object]
Reader = Callable[[Session, Supplier], Values]
Teller = Callable[[Session, Supplier], Iterable[Told]]


@dataclass(frozen=True)
class Part:
    """A part of the page: the template, and the values that it reads as `part`."""

    template: str
    values: Values


def _contacts(session: Session, supplier: Supplier) -> Values:
    return {"contacts": contacts_of(session, supplier)}


def _subjects(session: Session, supplier: Supplier) -> Values:
    return {"subjects": subjects_of(session, supplier), "kinds": SUBJECT_KINDS}


def _timeline(session: Session, supplier: Supplier) -> Values:
    told = [one for teller in TELLERS for one in teller(session, supplier)]
    # What is told first of one moment happened first, so it stands last.
    return {"told": sorted(told, key=lambda one: one.at)[::-1]}


TELLERS: tuple[Teller, ...] = (
    supplier_story.told,
    campaign_story.told,
    action_story.told,
    call_words.told,
    visit_words.told,
)
PARTS: tuple[tuple[str, Reader], ...] = (
    ("ratings", rating_part.ratings),
    ("findings", rating_part.findings),
    ("screening", screening_part.screening),
    ("visits", visit_words.visits),
    ("reminders", reminder_part.reminders),
    ("contacts", _contacts),
    ("subjects", _subjects),
    ("validity", validity_part.validity),
    ("declarations", declared_part.declarations),
    ("mails", declared_part.mails),
    ("timeline", _timeline),
)
# What belongs to a rating, which owners of agreements do not get.
_OF_SUPPLIERS = {"ratings", "screening", "visits"}


def parts_of(session: Session, supplier: Supplier) -> list[Part]:
    """Return the parts of the supplier's page, in order."""
    left_out = _OF_SUPPLIERS if supplier.kind is SupplierKind.AGREEMENT_OWNER else ()
    return [
        Part(f"buyer/suppliers/parts/{name}.html", read(session, supplier))
        for name, read in PARTS
        if name not in left_out
    ]
