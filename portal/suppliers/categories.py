"""The catalogue of purchase categories with the risk level of each stage of their supply chain.

The table is our own compilation (`data/sector_risk.csv`). Levels follow the high-risk list of the
Norwegian agency DFØ, the risk analyses of the Swedish Upphandlingsmyndigheten and the Norwegian
Labour Inspection Authority's list of generally applied agreements; every row names its source.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FILE = Path(__file__).parent / "data" / "sector_risk.csv"
UNCATEGORISED = "uncategorised"


class Kind(StrEnum):
    """What is bought."""

    GOOD = "good"
    SERVICE = "service"


class Stage(StrEnum):
    """A stage of the supply chain; services have only one."""

    RAW = "raw"
    COMPONENT = "component"
    FINAL = "final"
    SERVICE = "service"


class Level(StrEnum):
    """Risk level of a stage, lowest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


@dataclass(frozen=True)
class Category:
    """One row of the catalogue.

    `score` is the published index, 0-100, higher is worse. `issues` are the topics at stake,
    `dol_goods` the names under which the good stands on the US Department of Labor's list.
    `generally_applied` marks the Norwegian sectors with a generally applied minimum wage.
    """

    id: str
    name_en: str
    name_nb: str
    kind: Kind
    levels: Mapping[Stage, Level]
    stage_performed: Stage
    score: float
    issues: tuple[str, ...]
    conflict_minerals: bool
    generally_applied: bool
    dol_goods: tuple[str, ...]
    cpv: tuple[str, ...]
    basis: str
    source: str
    note: str

    @property
    def is_proposal(self) -> bool:
        """Whether the levels are derived, since no official rating was found; show the mark."""
        return self.basis in {"derived", "rule"}

    def name(self, locale: str) -> str:
        """Return the name in `locale`: Norwegian for `nb`, `nn` and `no`, English otherwise."""
        return self.name_nb if locale[:2] in {"nb", "nn", "no"} else self.name_en


@cache
def load_categories() -> Mapping[str, Category]:
    """Return the catalogue by category id, in the order of the table; read once."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        categories = [_category(row) for row in csv.DictReader(file)]
    return MappingProxyType({category.id: category for category in categories})


def _category(row: Mapping[str, str]) -> Category:
    levels = {stage: Level(row[f"level_{stage}"]) for stage in Stage if row[f"level_{stage}"]}
    return Category(
        id=row["category_id"],
        name_en=row["name_en"],
        name_nb=row["name_nb"],
        kind=Kind(row["kind"]),
        levels=MappingProxyType(levels),
        stage_performed=Stage(row["stage_performed"]),
        score=float(row["category_score"]),
        issues=_list(row["issues"]),
        conflict_minerals=row["conflict_minerals"] == "1",
        generally_applied=row["allmenngjort_no"] == "1",
        dol_goods=_list(row["dol_goods"]),
        cpv=_list(row["cpv"]),
        basis=row["basis"],
        source=row["source"],
        note=row["note"],
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)
