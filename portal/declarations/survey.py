"""A supplier's survey as it stands: what is asked of it, what it answered, what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from portal.campaigns import freezing
from portal.campaigns.models import FrozenQuestionnaire, Invitation
from portal.declarations import attachments, drafts
from portal.declarations.drafts import COMMENT, Saved
from portal.declarations.models import Attachment
from portal.declarations.proposals import Proposal, proposals
from portal.declarations.returning import Returned, asked_back
from portal.questionnaires.answer_sets import abouts, context_values, sets
from portal.questionnaires.answers import EMPTY, Context
from portal.questionnaires.completeness import still_missing
from portal.questionnaires.conditions import Condition, holds, leaves
from portal.questionnaires.schema import Question, Questionnaire, Section
from portal.questionnaires.visibility import Shown, visible

CODE_OF_CONDUCT = "buyer_code_of_conduct"


class Place(NamedTuple):
    """A section of a questionnaire in which something is asked, and its number from 1."""

    questionnaire: Questionnaire
    section: Section
    number: int


@dataclass(frozen=True)
class Survey:
    """Everything about one invitation's answers at one moment, in one language.

    `frozen` and `questionnaires` go together; one asked for two agreements stands twice.
    """

    invitation: Invitation
    frozen: tuple[FrozenQuestionnaire, ...]
    questionnaires: tuple[Questionnaire, ...]
    answers: dict[str, Any]
    revisions: dict[str, int]
    files: tuple[Attachment, ...]
    context: Context
    earlier: Mapping[str, Proposal] = field(default_factory=dict)
    short_form: Condition | None = None
    # What the buyer gave back to be corrected, None if nothing was.
    returned: Returned | None = None

    @cached_property
    def shown(self) -> Shown:
        """The questions that are asked, and the answers to them."""
        return visible(self.questionnaires, self.answers, self.context)

    @cached_property
    def proposals(self) -> Mapping[str, Proposal]:
        """Earlier answers to what has not been answered here, by question id: none counts yet."""
        return {name: one for name, one in self.earlier.items() if not self.revisions.get(name)}

    def supposed(self, section: Section | None = None) -> Shown:
        """Return what would be asked once the proposals (of `section` alone) are confirmed."""
        ids = {question.id for question in section.questions} if section else self.proposals.keys()
        supposed = {name: one.value for name, one in self.proposals.items() if name in ids}
        if not supposed:
            return self.shown
        answers, context = {**self.answers, **supposed}, self.context
        if self.short_form is not None:
            context = context_of(self.invitation, answers, self.short_form, context.today)
        return visible(self.questionnaires, answers, context)

    def proposed(self, section: Section | None = None) -> list[Question]:
        """Return the questions (of `section`) that would be asked and have a proposal, in order."""
        shown = self.supposed(section)
        parts = [section] if section else self.questionnaires
        return [q for part in parts for q in shown.of(part) if q.id in self.proposals]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Ids of the questions that still lack something, in order."""
        names = {file.question_id for file in self.files}
        return tuple(still_missing(self.questionnaires, self.shown, self.context, names))

    @cached_property
    def locked(self) -> frozenset[str]:
        """Ids of the questions that stay as signed: none, unless single ones were given back.

        What only shows because of a changed answer was never signed, so it is open.
        """
        if self.returned is None or not self.returned.flagged:
            return frozenset()
        signed = visible(self.questionnaires, self.returned.answers, self.context).ids
        return signed - self.returned.flagged.keys() - set(self.missing)

    def unlocked(self, section: Section) -> Section:
        """Return the section with the questions that may be answered, and no others."""
        if not self.locked:
            return section
        questions = tuple(each for each in section.questions if each.id not in self.locked)
        return section.model_copy(update={"questions": questions})

    @cached_property
    def open_places(self) -> tuple[Place, ...]:
        """The sections in which something may be answered, in order."""
        return tuple(each for each in self.places if self.shown.of(self.unlocked(each.section)))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The sections in which something is asked, in order."""
        return tuple(
            Place(questionnaire, section, number)
            for number, (questionnaire, section) in enumerate(self._sections(), 1)
        )

    def _sections(self) -> Iterator[tuple[Questionnaire, Section]]:
        for questionnaire in self.questionnaires:
            for section in self.shown.sections(questionnaire):
                yield questionnaire, section

    def lacking(self, section: Section) -> list[str]:
        """Return the ids of the section's questions that still lack something."""
        return [question.id for question in section.questions if question.id in self.missing]

    def begun(self, section: Section) -> bool:
        """Whether anything shown in the section is answered."""
        return any(question.id in self.shown.answers for question in section.questions)

    def texts(self, question_ids: Iterable[str]) -> list[str]:
        """Return what these questions ask, in the language of the survey; unknown ones are left out."""
        asked = [
            next((found for q in self.questionnaires if (found := q.question(each))), None)
            for each in question_ids
        ]
        return [question.text for question in asked if question]

    def place_of(self, question_id: str) -> Place | None:
        """Return where a question is asked, or None if it is not."""
        return next(
            (
                place
                for place in self.places
                for q in self.shown.of(place.section)
                if q.id == question_id
            ),
            None,
        )

    def next_open(self) -> Place | None:
        """Return the first section that still lacks something."""
        return self.place_of(self.missing[0]) if self.missing else None

    def after(self, section: Section) -> Place | None:
        """Return the section that follows, or None after the last."""
        order = [each for questionnaire in self.questionnaires for each in questionnaire.sections]
        later = {each.id for each in order[order.index(section) + 1 :]}
        return next((place for place in self.open_places if place.section.id in later), None)

    def files_of(self, question: Question) -> list[Attachment]:
        """Return the files given with the answer to `question`."""
        return [file for file in self.files if file.question_id == question.id]

    def cell_files_of(self, question: Question) -> dict[str, Attachment]:
        """Return the files in the cells of a table by `row.column`."""
        return {
            file.question_id.removeprefix(f"{question.id}."): file
            for file in self.files
            if file.question_id.startswith(f"{question.id}.")
        }

    @property
    def shows_code(self) -> bool:
        """Whether the buyer's Code of Conduct belongs to what is asked."""
        return any(CODE_OF_CONDUCT in each.attachments for each in self.questionnaires)


def open_survey(
    session: Session, invitation: Invitation, *, locale: str, short_form: Condition, today: date
) -> Survey:
    """Return the survey of `invitation` in `locale`; `short_form` says who is asked less."""
    answers, revisions = drafts.answers_and_revisions(session, invitation)
    asked = asked_of(session, invitation, locale)
    frozen, questionnaires = tuple(one for one, _ in asked), tuple(each for _, each in asked)
    return Survey(
        invitation=invitation,
        frozen=frozen,
        questionnaires=questionnaires,
        answers=answers,
        revisions=revisions,
        files=tuple(attachments.of(session, invitation)),
        context=context_of(invitation, answers, short_form, today),
        earlier=proposals(session, invitation, questionnaires),
        short_form=short_form,
        returned=asked_back(session, invitation),
    )


def asked_of(
    session: Session, invitation: Invitation, locale: str
) -> list[tuple[FrozenQuestionnaire, Questionnaire]]:
    """Return what is asked of `invitation`, in order: as it was frozen, and to be read in `locale`."""
    about = abouts(invitation.about)
    return [
        (one, each)
        for one in freezing.asked(session, invitation.campaign_id)
        for each in sets(freezing.thawed(one, locale), about)
    ]


def answered(
    before: Survey, saved: Saved, files: Sequence[Attachment], short_form: Condition
) -> Survey:
    """Return the survey after a save: as `before`, with the answers that were saved, and these files."""
    answers = dict(before.answers)
    for question_id, change in saved.answers.items():
        kept = {question_id: change.value, question_id + COMMENT: change.comment}
        for name, value in kept.items():
            answers.pop(name, None)
            if value not in (None, ""):
                answers[name] = value
    return replace(
        before,
        answers=answers,
        revisions={**before.revisions, **saved.revisions},
        files=tuple(files),
        context=context_of(before.invitation, answers, short_form, before.context.today),
    )


def context_of(
    invitation: Invitation, answers: dict[str, Any], short_form: Condition, today: date | None
) -> Context:
    """Return what conditions may know: the buyer's facts at launch, and whether the form is short.

    What the supplier answers about it counts; until then, what the register said at launch.
    """
    facts = invitation.context
    known = Context(
        values={name: value for name, value in facts.items() if "." in name}
        | context_values(abouts(invitation.about)),
        country_bands=facts.get("country_bands", {}),
        today=today,
        reporting=bool(invitation.campaign.reporting),
    )
    asked = [leaf.q for leaf in leaves(short_form) if leaf.q]
    if any(answers.get(each) not in EMPTY for each in asked):
        return replace(known, short_form=holds(short_form, answers, known))
    return replace(known, short_form=bool(facts.get("short_form")))
