"""What each export is called and holds."""

from __future__ import annotations

from flask_babel import gettext

from portal.reports.export import Subject


def explained(subject: Subject) -> tuple[str, str]:
    """Return the export's title and a sentence or two about its rows."""
    match subject:
        case Subject.DECLARATIONS:
            words = (
                gettext("Declarations"),
                gettext(
                    "One row per declaration and questionnaire: who signed, when, with which "
                    "fingerprint, and the risk that followed. Whoever was asked and has not answered "
                    "has a row too."
                ),
            )
        case Subject.ANSWERS:
            words = (
                gettext("Answers"),
                gettext(
                    "Every answer as it was declared, with the question in the words that were "
                    "seen. Long: one row per answer. Wide: one row per declaration and one column "
                    "per question."
                ),
            )
        case Subject.FINDINGS:
            words = (
                gettext("Findings"),
                gettext(
                    "What the answers revealed: question, severity, area and proposed measure."
                ),
            )
        case Subject.INVITATIONS:
            words = (
                gettext("Invitations"),
                gettext(
                    "One row per supplier asked: when the mail went out, how often a reminder "
                    "followed, when the supplier started, answered or declined."
                ),
            )
        case Subject.RATINGS:
            words = (
                gettext("Ratings"),
                gettext("Every rating ever made, with the lines that add up to its figures."),
            )
        case Subject.PUBLIC_ANSWERS:
            words = (
                gettext("Answers from public documents"),
                gettext(
                    "What you read for suppliers that did not answer: question, answer, address, "
                    "day. Never signed by the supplier."
                ),
            )
        case Subject.VISITS:
            words = (
                gettext("Visits and audits"),
                gettext(
                    "One row per visit, audit or spot check: planned, done, result, what was found."
                ),
            )
        case Subject.CALLS:
            words = (
                gettext("Calls"),
                gettext(
                    "Every call to a supplier that had not answered: outcome, promise and next step."
                ),
            )
        case Subject.EVENTS:
            words = (
                gettext("Audit trail"),
                gettext("Who did what and when, in a chain that shows if a line was changed."),
            )
        case Subject.VALIDITY:
            words = (
                gettext("Validity"),
                gettext(
                    "Until when each supplier's newest signed answers are valid, per questionnaire."
                ),
            )
    return str(words[0]), str(words[1])
