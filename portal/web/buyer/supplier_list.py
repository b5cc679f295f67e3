"""The list of suppliers as its address says it: search, filters, sort and page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import abort, url_for

from portal.reports.register import SORTS, Wanted
from portal.suppliers.cells import clean
from portal.suppliers.models import Criticality, Stage, SupplierKind, SupplierStatus
from portal.web.buyer.supplier_words import BANDS

Code = TypeVar("Code", bound=StrEnum)
FILTERS = (
    "q",
    "criticality",
    "country",
    "category",
    "state",
    "kind",
    "band",
    "stage",
    "topic",
    "level",
)
# Topics stand in the path of a JSON value, so they are what ids are.
_TOPIC = re.compile(r"[a-z0-9_]{1,64}")


@dataclass(frozen=True)
class ListAddress:
    """What the address of the list asks for; `given` are its filters as they were written."""

    given: Mapping[str, str]
    sort: str
    descending: bool
    page: int

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> ListAddress:
        """Return what the query `arguments` ask for; 400 for a sort or page there cannot be."""
        sort = arguments.get("sort", "name")
        page = arguments.get("page", "1")
        if sort.lstrip("-") not in SORTS or not (page.isascii() and page.isdigit()):
            abort(400)
        given = {name: clean(arguments.get(name, "")) for name in FILTERS}
        filled = {name: text for name, text in given.items() if text}
        # A number of more digits is no page of any list, and too long for a database.
        return cls(filled, sort.lstrip("-"), sort.startswith("-"), int(page[:6]))

    def wanted(self) -> Wanted:
        """Return the filters; 400 for a code there is not."""
        band, level = self.given.get("band", ""), self.given.get("level", "")
        topic = self.given.get("topic", "")
        if {band, level} - {"", *BANDS} or bool(topic) != bool(level):
            abort(400)
        if topic and not _TOPIC.fullmatch(topic):
            abort(400)
        return Wanted(
            text=self.given.get("q", ""),
            criticality=_code(Criticality, self.given.get("criticality")),
            country=self.given.get("country", ""),
            category=self.given.get("category", ""),
            status=_code(SupplierStatus, self.given.get("state")),
            kind=_code(SupplierKind, self.given.get("kind")),
            band=band,
            stage=_code(Stage, self.given.get("stage")),
            topic=topic,
            level=level,
        )

    def page_url(self, page: int) -> str:
        """Return the address of another page of the same list."""
        sort = f"-{self.sort}" if self.descending else self.sort
        return self._url(sort=sort, page=page)

    def sort_url(self, sort: str) -> str:
        """Return the address of the list sorted by `sort`, or turned round if it is already."""
        turned = sort == self.sort and not self.descending
        return self._url(sort=f"-{sort}" if turned else sort)

    def _url(self, **more: str | int) -> str:
        query: dict[str, Any] = {**self.given, **more}
        return url_for("suppliers.index", **query)

    def sorted_by(self, sort: str) -> str:
        """Return "ascending", "descending" or nothing, as `aria-sort` says it."""
        if sort != self.sort:
            return ""
        return "descending" if self.descending else "ascending"


def _code(kind: type[Code], text: str | None) -> Code | None:
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        abort(400)
