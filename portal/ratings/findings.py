"""From signed answers to findings and credits. Always what the supplier states, never proven fact."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.questionnaires.answers import Answers, Context
from portal.questionnaires.catalogues import Scoring
from portal.questionnaires.schema import Question, Questionnaire, Rule, Severity
from portal.questionnaires.visibility import visible
from portal.ratings.case import Credit, RedFlag
from portal.ratings.gaps import AreaGap, area_gaps
from portal.ratings.points import areas_of, is_information_gap, matching, worst_rule
from portal.ratings.question_set import Judgement, credits_of
from portal.ratings.record import Record
from portal.ratings.settings import Band
from portal.ratings.wording import Words, filled

INFORMATION_GAP_AREA = "transparency"


class Finding(Record):
    """What one answer revealed.

    `rule` is the place of the rule among the question's (from 0), None for an information gap;
    `red_flag` the code of the floor it sets; `points` what the rule adds to its areas; `triggers`
    the ids of questionnaires to ask next; `norm` the ids of the norms behind the question.
    """

    question: str
    areas: tuple[str, ...]
    severity: Severity
    text: str
    action: str
    norm: tuple[str, ...]
    points: float
    rule: int | None = None
    red_flag: str | None = None
    triggers: tuple[str, ...] = ()


class Assessment(Record):
    """What the answers of one declaration come to.

    `credits` is the whole fixed question set, for `Case.credits`; `gaps` is for display only.
    """

    findings: tuple[Finding, ...]
    credits: tuple[Credit, ...]
    gaps: tuple[AreaGap, ...]

    @property
    def red_flags(self) -> tuple[RedFlag, ...]:
        """The red flags set by answers, for `Case.red_flags`; the source names the question."""
        return tuple(
            RedFlag(code=finding.red_flag, source=f"answer {finding.question}")
            for finding in self.findings
            if finding.red_flag
        )


@dataclass(frozen=True)
class _Reading:
    """The shown questions with their answers, and the words to speak of them."""

    questions: Mapping[str, Question]
    answers: Answers
    context: Context
    words: Words


def assess(
    questionnaires: Sequence[Questionnaire],
    answers: Answers,
    context: Context,
    scoring: Scoring,
    *,
    answered_on: date | None = None,
    judgement: Judgement | None = None,
    words: Words | None = None,
) -> Assessment:
    """Return findings, credits and gaps of `answers` to `questionnaires` (in the order asked).

    Answers to questions that are not shown are ignored. `answered_on` (the context's day when
    left out) dates the credits. `judgement` is what a reviewer has made of evidence and scope.
    Pass localized questionnaires and `words` to get the findings in another language.
    """
    shown = visible(questionnaires, answers, context)
    asked = {question.id: question for each in questionnaires for question in shown.of(each)}
    reading = _Reading(asked, shown.answers, context, words or Words())
    findings = tuple(
        finding for question in asked.values() for finding in _findings(question, reading, scoring)
    )
    return Assessment(
        findings=findings,
        credits=credits_of(
            questionnaires,
            shown.answers,
            context,
            scoring.to_risk_model,
            judgement=judgement or Judgement(reviews={}),
            answered_on=answered_on or context.today,
        ),
        gaps=area_gaps(asked.values(), shown.answers, context, scoring, _floors(findings)),
    )


def _findings(question: Question, reading: _Reading, scoring: Scoring) -> Iterator[Finding]:
    for rule in matching(question, reading.answers, reading.context):
        if rule.severity:
            yield _finding(question, rule, rule.severity, reading, scoring)
    if is_information_gap(question, reading.answers, reading.context):
        yield _information_gap(question, reading.words)


def _finding(
    question: Question, rule: Rule, severity: Severity, reading: _Reading, scoring: Scoring
) -> Finding:
    bridge = scoring.to_risk_model
    flag = bridge.overridden_flag(question.id) or bridge.flag_of(severity)
    text, action = (
        filled(one, question, reading.questions, reading.answers, reading.words)
        for one in (rule.finding, rule.action)
    )
    return Finding(
        question=question.id,
        rule=question.risk.index(rule),
        areas=areas_of(rule, question),
        severity=severity,
        red_flag=flag if rule.red_flag else None,
        text=text,
        action=action,
        norm=question.norm,
        points=rule.points,
        triggers=rule.trigger,
    )


def _information_gap(question: Question, words: Words) -> Finding:
    worst = worst_rule(question)
    return Finding(
        question=question.id,
        areas=(INFORMATION_GAP_AREA,),
        severity="low",
        text=words.not_known.format(question=question.text),
        action=words.ask_again,
        norm=question.norm,
        points=worst.points / 2 if worst else 0,
    )


def _floors(findings: Iterable[Finding]) -> dict[str, Band]:
    """Return the least band of each area with a grave finding; no average hides one."""
    floors: dict[str, Band] = {}
    for finding in findings:
        least = _least_band(finding)
        for area in finding.areas if least else ():
            both = [band for band in (floors.get(area), least) if band]
            floors[area] = max(both, key=list(Band).index)
    return floors


def _least_band(finding: Finding) -> Band | None:
    if finding.severity == "critical":
        return Band.VERY_HIGH
    if finding.red_flag:
        return Band.HIGH
    return Band.MEDIUM if finding.severity == "high" else None
