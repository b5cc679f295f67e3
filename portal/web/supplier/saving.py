"""Saving a section: what can be kept is kept, and what cannot is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.campaigns.links import Purpose
from portal.database import db_session
from portal.declarations import attachments, drafts
from portal.declarations.attachments import LARGEST, Refused
from portal.declarations.drafts import Change, Conflict
from portal.declarations.models import Attachment
from portal.declarations.survey import Survey, answered
from portal.questionnaires.completeness import lacking
from portal.questionnaires.problems import Problem
from portal.questionnaires.schema import Question, Section
from portal.state import state
from portal.web.clock import now
from portal.web.supplier import grants
from portal.web.supplier.cover import choose_language
from portal.web.supplier.posted import Posted, Written, read_section, with_files
from portal.web.supplier.sentences import file_sentence
from portal.web.supplier.shell import survey, use_visitors_locale, writing


@dataclass(frozen=True)
class Outcome:
    """The survey after a save, and what is left to say about the section's shown questions."""

    survey: Survey
    posted: Posted
    problems: Mapping[str, list[Problem]]
    refused: Mapping[str, list[str]]
    conflicts: Mapping[str, Conflict]
    opened: tuple[Question, ...]

    def unexplained(self, section: Section) -> Outcome:
        """Return the same, with the comments that answers of `section` still need among the problems."""
        problems = dict(self.problems)
        answers, context = self.survey.shown.answers, self.survey.context
        for question in self.survey.shown.of(section):
            found = [
                problem
                for problem in lacking(question, answers, context)
                if problem.code == "comment_required" and self.posted.has(question)
            ]
            if found:
                problems[question.id] = [*problems.get(question.id, []), *found]
        return replace(self, problems=problems)

    @property
    def clean(self) -> bool:
        """Whether everything was kept."""
        return not (self.problems or self.refused or self.conflicts)


def save(before: Survey, section: Section, posted: Posted, locale: str = "") -> Outcome:
    """Keep and commit what `posted` says about `section`; speak `locale` from now on, if one is given."""
    written = read_section(section.questions, posted, before.answers, before.context.today)
    changes = _decided(before, posted, written)
    with writing() as session:
        if locale:
            choose_language(before.invitation, locale, Purpose.ANSWER)
        _remove_file(before, section, posted)
        refused = _take_files(before, section, posted)
        carried = _carry_files(before, changes)
        touched = carried or posted.files or posted.one("remove_file")
        files = attachments.of(session, before.invitation) if touched else before.files
        changes |= _file_answers(before, section, files, changes)
        changes |= _file_cells(before, section, files, changes)
        saved = drafts.save(session, before.invitation, changes, grants.editor(), now())
    if locale:
        use_visitors_locale()
        after = survey()
    else:
        after = answered(before, saved, files, state().library.scoring.short_form)
    shown = {question.id for question in after.shown.of(section)}
    earlier = {question.id for question in before.shown.of(section)}
    return Outcome(
        survey=after,
        posted=posted,
        problems={name: found for name, found in written.problems.items() if name in shown},
        refused={name: said for name, said in refused.items() if name.split(".", 1)[0] in shown},
        conflicts={name: found for name, found in saved.conflicts.items() if name in shown},
        opened=tuple(
            question
            for question in after.shown.of(section)
            if question.id not in earlier and question.id not in after.answers
        ),
    )


def _decided(before: Survey, posted: Posted, written: Written) -> dict[str, Change]:
    """Return the changes without proposals that were merely on the page: they wait to be confirmed."""
    confirmed = bool(posted.one("confirm"))
    decided: dict[str, Change] = {}
    for name, change in drafts.resolve(written.changes, written.choices).items():
        proposal = before.proposals.get(name)
        if proposal is None:
            decided[name] = change
        elif confirmed or (change.value, change.comment) != (proposal.value, proposal.comment):
            decided[name] = change._replace(put_aside=name not in written.problems)
    return decided


def _remove_file(before: Survey, section: Section, posted: Posted) -> None:
    """Take away the file whose button was pressed."""
    named = posted.one("remove_file") or ""
    file = (
        attachments.find(db_session(), before.invitation, int(named)) if named.isdecimal() else None
    )
    if file is not None and file.owner in {question.id for question in section.questions}:
        attachments.remove(db_session(), before.invitation, file.id, now())


def _take_files(before: Survey, section: Section, posted: Posted) -> dict[str, list[str]]:
    """Keep the files that came with the form; return the sentences about those that are refused."""
    refused: dict[str, list[str]] = {}
    takers = {question.id for question in section.questions if question.takes_file}
    for question in section.questions:
        takers.update(f"{question.id}.{cell}" for cell in question.file_cells)
    for question_id, storages in posted.files.items():
        if question_id not in takers:
            continue
        for storage in storages:
            try:
                file = attachments.accept(storage.filename or "", storage.read(LARGEST + 1))
                attachments.add(
                    db_session(),
                    state().files,
                    before.invitation,
                    question_id,
                    file=file,
                    now=now(),
                )
            except Refused as error:
                refused.setdefault(question_id, []).append(file_sentence(error))
    return refused


def _carry_files(before: Survey, changes: Mapping[str, Change]) -> bool:
    """Carry the files of confirmed rows on; return whether there were any."""
    found = [
        attachments.carry(db_session(), before.invitation, file, now())
        for name, change in changes.items()
        if (proposal := before.proposals.get(name))
        for file in proposal.carried(change.value)
    ]
    return any(found)


def _file_answers(
    before: Survey, section: Section, files: Sequence[Attachment], changes: Mapping[str, Change]
) -> dict[str, Change]:
    """Return the answers of the section's file questions: the names of `files`."""
    names: dict[str, list[str]] = {}
    for file in files:
        names.setdefault(file.question_id, []).append(file.name)
    return {
        question.id: Change(names.get(question.id), _comment(question, before, changes))
        for question in section.questions
        if question.type == "file"
    }


def _file_cells(
    before: Survey, section: Section, files: Sequence[Attachment], changes: Mapping[str, Change]
) -> dict[str, Change]:
    """Return the tables of the section that hold files, with the names of `files` in their cells."""
    found: dict[str, Change] = {}
    for question in section.questions:
        if not question.file_cells:
            continue
        stored = before.answers.get(question.id)
        change = changes.get(question.id) or Change(stored, _comment(question, before, changes))
        value = with_files(question, change.value, {f.question_id: f.name for f in files})
        if value != stored or question.id in changes:
            found[question.id] = change._replace(value=value)
    return found


def _comment(question: Question, before: Survey, changes: Mapping[str, Change]) -> str:
    change = changes.get(question.id)
    return change.comment if change else before.answers.get(question.id + drafts.COMMENT, "")
