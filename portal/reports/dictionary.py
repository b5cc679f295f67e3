"""The data dictionary that goes with an export: what each column means, and what the file leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.reports.export import Cell, Column, Export, Subject

HEADERS = (Column("column", "text"), Column("type", "text"), Column("meaning", "text"))

RULES = (
    (
        "Text",
        "UTF-8. A cell or header that starts with = + - @ tab or CR has an apostrophe before it.",
    ),
    ("datetime", "UTC, as 2026-11-21T09:00:00Z."),
    ("date", "As 2026-11-21."),
    ("decimal", "With a point in the preset data, with a comma in the preset excel-no."),
    ("bool", "true or false."),
    ("list", "Entries are separated by ' | '."),
    ("band", "low, medium, high or very_high; empty while nothing has been rated."),
    ("Personal data", "Columns and questions about a person are left out unless asked for."),
    (
        "Manifest",
        (
            "The last line of a CSV: #manifest, rows=number of data rows, sha256=SHA-256 (hex) of every "
            "byte before that line. In a workbook it is a sheet of its own."
        ),
    ),
)

# Columns foreseen for audits that nothing feeds: left out rather than filled with guesses.
LEFT_OUT = {
    Subject.DECLARATIONS: (
        "scope_ref, reviewed_by, reviewed_at, gap_percent",
        (
            "what a review made of a declaration stands in decision, decision_reason, decided_at, "
            "decided_role and decided_by, and how long it holds in valid_until; so status has no "
            "needs_clarification, approved, rejected or expired. Exemptions, gaps in percent and "
            "scope_ref are not recorded. status has declined besides"
        ),
    ),
    Subject.ANSWERS: (
        "comment_translated, translation_source, points, changed_since_last, answered_at",
        "not recorded per answer: comments are not translated, and a declaration is signed as a whole",
    ),
    Subject.FINDINGS: (
        (
            "kind, scale, scope_people, irremediable, likelihood, owner, due_on, effect, "
            "people_remedied, include_in_statement"
        ),
        (
            "owner, due_on and people_remedied stand with each corrective action in the export actions; "
            "the others are not recorded"
        ),
    ),
    Subject.EVENTS: (
        "before_sha256, after_sha256",
        "not recorded: prev_hash and row_hash chain the trail instead",
    ),
}


def dictionary(export: Export) -> Iterator[tuple[Cell, ...]]:
    """Yield the dictionary's rows: the columns in order, the rules, what is left out."""
    yield from _columns(export.columns)
    yield from (("", rule, meaning) for rule, meaning in RULES)
    if export.subject in LEFT_OUT:
        names, reason = LEFT_OUT[export.subject]
        yield "", "Left out", f"{names}: {reason}."


def _columns(columns: Iterable[Column]) -> Iterator[tuple[Cell, ...]]:
    for column in columns:
        note = f"{column.note} (personal data)" if column.personal else column.note
        yield column.name, column.kind, note.strip()
