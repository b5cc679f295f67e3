"""`python -m bench`: how fast the portal is, beside what the same stack could do at most."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from bench import catalogues, exports, host, pages, ratings, surveys
from bench.measured import Measured, Plan, as_markdown, as_text

PARTS = ("page", "survey", "export", "ratings", "catalogues")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the parts that are named, or all, and print one table."""
    wanted = _parser().parse_args(arguments)
    plan = Plan(wanted.seconds, wanted.rounds)
    measures: dict[str, Callable[[], list[Measured]]] = {
        "page": lambda: pages.measure(plan),
        "survey": lambda: surveys.measure(plan),
        "export": lambda: exports.measure(wanted.declarations, plan.rounds),
        "ratings": lambda: ratings.measure(wanted.suppliers, plan.rounds),
        "catalogues": lambda: catalogues.measure(plan.rounds),
    }
    found: list[Measured] = []
    for part in wanted.parts or PARTS:
        print(f"measuring: {part} …", file=sys.stderr)
        withheld = host.watch()
        found += measures[part]()
        if share := withheld():
            print(f"{part}: the host withheld {share:.0%} of the CPU time", file=sys.stderr)
    print(as_markdown(found) if wanted.markdown else as_text(found))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    # Without a part argparse looks for the empty list among the choices.
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="|".join(PARTS))
    parser.add_argument("--seconds", type=float, default=5.0, help="of a round, about")
    parser.add_argument("--rounds", type=int, default=5, help="of each part")
    parser.add_argument("--declarations", type=int, default=20_000, help="to export")
    parser.add_argument("--suppliers", type=int, default=10_000, help="to rate again")
    parser.add_argument("--markdown", action="store_true", help="a table to keep")
    return parser


if __name__ == "__main__":
    main()
