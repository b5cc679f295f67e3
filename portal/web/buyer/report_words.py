"""What each export is called and holds."""

from __future__ import annotations

from flask_babel import lazy_gettext

from portal.reports.export import Subject

# By subject: the title, and a sentence or two about the rows.
_WORDS = {
    Subject.DECLARATIONS: (
        lazy_gettext("Declarations"),
        lazy_gettext(
            "One row per declaration and questionnaire: who signed, when, with which "
            "fingerprint, and the risk that followed. Whoever was asked and has not answered "
            "has a row too."
        ),
    ),
    Subject.ANSWERS: (
        lazy_gettext("Answers"),
        lazy_gettext(
            "Every answer as it was declared, with the question in the words that were "
            "seen. Long: one row per answer. Wide: one row per declaration and one column "
            "per question."
        ),
    ),
    Subject.FINDINGS: (
        lazy_gettext("Findings"),
        lazy_gettext("What the answers revealed: question, severity, area and proposed measure."),
    ),
    Subject.INVITATIONS: (
        lazy_gettext("Invitations"),
        lazy_gettext(
            "One row per supplier asked: when the mail went out, how often a reminder "
            "followed, when the supplier started, answered or declined."
        ),
    ),
    Subject.RATINGS: (
        lazy_gettext("Ratings"),
        lazy_gettext("Every rating ever made, with the lines that add up to its figures."),
    ),
    Subject.PUBLIC_ANSWERS: (
        lazy_gettext("Answers from public documents"),
        lazy_gettext(
            "What you read for suppliers that did not answer: question, answer, address, "
            "day. Never signed by the supplier."
        ),
    ),
    Subject.ACTIONS: (
        lazy_gettext("Corrective actions"),
        lazy_gettext(
            "One row per corrective action: finding, measure, day, state, proof, and people "
            "for whom something was put right."
        ),
    ),
    Subject.VISITS: (
        lazy_gettext("Visits and audits"),
        lazy_gettext(
            "One row per visit, audit or spot check: planned, done, result, what was found."
        ),
    ),
    Subject.CALLS: (
        lazy_gettext("Calls"),
        lazy_gettext(
            "Every call to a supplier that had not answered: outcome, promise and next step."
        ),
    ),
    Subject.EVENTS: (
        lazy_gettext("Audit trail"),
        lazy_gettext("Who did what and when, in a chain that shows if a line was changed."),
    ),
    Subject.VALIDITY: (
        lazy_gettext("Validity"),
        lazy_gettext(
            "Until when each supplier's newest signed answers are valid, per questionnaire."
        ),
    ),
    Subject.RESPONSES: (
        lazy_gettext("Who answered and who did not"),
        lazy_gettext(
            "One row per supplier asked: when, each reminder and call, and how it ended: "
            "answered, late, declined with the reason, not delivered, silent."
        ),
    ),
}


def explained(subject: Subject) -> tuple[str, str]:
    """Return the export's title and a sentence or two about its rows."""
    title, sentence = _WORDS[subject]
    return str(title), str(sentence)
