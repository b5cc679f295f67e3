"""Small questionnaires in dictionaries."""

from portal.questionnaires.answers import Answers, Context
from portal.questionnaires.catalogues import Scoring
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.strict import tuples
from portal.ratings.findings import Assessment, assess
from portal.ratings.question_set import Judgement
from tests.library import LIBRARY
from tests.unit.ratings.examples import TODAY

SCORING: Scoring = LIBRARY.scoring.model_copy(
    update={
        "to_risk_model": LIBRARY.scoring.to_risk_model.model_copy(
            update={"scoping_questions": ("scope",)}
        )
    }
)
HIGH = Context(values={"supplier.inherent_risk": "high"}, today=TODAY)
LOW = Context(values={"supplier.inherent_risk": "low"}, today=TODAY)


def rule(when: object, points: float, **more: object) -> dict[str, object]:
    """Return a rule; one with a severity gets a finding and an action."""
    texts = {"finding": "F", "action": "A"} if "severity" in more else {}
    return {"when": when, "points": points, **texts, **more}


def question(question_id: str, *rules: dict[str, object], **more: object) -> dict[str, object]:
    """Return a yes-or-no question on wages; name only what the test is about."""
    plain: dict[str, object] = {
        "id": question_id,
        "type": "yes_no",
        "tier": "core",
        "required": True,
        "text": f"Question {question_id}?",
        "areas": ["wages"],
        "norm": ["oecd_dd"],
    }
    return {**plain, **({"risk": list(rules)} if rules else {}), **more}


def questionnaire(*questions: dict[str, object]) -> Questionnaire:
    """Return a questionnaire of one section."""
    data = {
        "schema": "portal-questionnaire/1",
        "id": "small",
        "version": "1.0.0",
        "title": "Small",
        "intro": "Small",
        "audience": "supplier",
        "estimated_minutes": 1,
        "validity_months": 12,
        "signature": {"required": False},
        "sections": [{"id": "one", "title": "One", "questions": list(questions)}],
    }
    return Questionnaire.model_validate(tuples(data))


def assessed(
    *questions: dict[str, object],
    answers: Answers,
    context: Context = HIGH,
    judgement: Judgement | None = None,
) -> Assessment:
    """Return the assessment of answers to these questions."""
    small = questionnaire(*questions)
    return assess([small], answers, context, SCORING, judgement=judgement)


def values(assessment: Assessment) -> dict[str, str]:
    """Return the value of each credit by question."""
    return {credit.question: credit.value.value for credit in assessment.credits}
