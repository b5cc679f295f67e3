"""Files of content -> questionnaires and the library that holds them all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import ValidationError

from portal.questionnaires.answers import Answers, Context
from portal.questionnaires.catalogues import Area, Norm, Norms, Scoring
from portal.questionnaires.conditions import holds
from portal.questionnaires.consistency import Check, Checks, check_faults
from portal.questionnaires.faults import Fault, FaultyQuestionnaire, type_fault
from portal.questionnaires.reading import read_yaml
from portal.questionnaires.references import references
from portal.questionnaires.schema import Question, Questionnaire
from portal.questionnaires.strict import Strict
from portal.questionnaires.structure import structure

Content = TypeVar("Content", bound=Strict)
CONTENT = Path(__file__).parent / "content"
CHECKS = "consistency_checks.yaml"


@dataclass(frozen=True)
class Library:
    """All questionnaires on offer, in the order they are asked, and the shared catalogues."""

    questionnaires: Mapping[str, Questionnaire]
    norms: Mapping[str, Norm]
    scoring: Scoring
    checks: tuple[Check, ...] = ()

    def __getitem__(self, questionnaire_id: str) -> Questionnaire:
        """Return a questionnaire; KeyError when there is none with this id."""
        return self.questionnaires[questionnaire_id]

    def __contains__(self, questionnaire_id: object) -> bool:
        return questionnaire_id in self.questionnaires

    def __iter__(self) -> Iterator[Questionnaire]:
        return iter(self.questionnaires.values())

    @property
    def areas(self) -> Mapping[str, Area]:
        """The risk areas by id, in the order of the screen."""
        return {area.id: area for area in self.scoring.areas}

    def question(self, question_id: str) -> Question | None:
        """Return the question with this id, whichever questionnaire has it, or None."""
        found = (questionnaire.question(question_id) for questionnaire in self)
        return next((question for question in found if question), None)

    def short_form(self, answers: Answers, context: Context) -> bool:
        """Return whether a supplier with these answers gets the short form."""
        return holds(self.scoring.short_form, answers, context)


def load_questionnaire(path: Path) -> Questionnaire:
    """Return the questionnaire in one file; what it declares to use elsewhere is believed.

    Raises:
        FaultyQuestionnaire: with everything that is wrong.

    """
    norms, scoring = load_catalogues()
    questionnaire = _build(Questionnaire, path)
    if faults := list(_faults(path.name, questionnaire, norms, scoring, None)):
        raise FaultyQuestionnaire(faults)
    return questionnaire


def load_catalogues() -> tuple[Mapping[str, Norm], Scoring]:
    """Return the shipped norms by id and the scoring."""
    norms = _build(Norms, CONTENT / "catalogues" / "norms.yaml").norms
    scoring = _build(Scoring, CONTENT / "catalogues" / "scoring.yaml")
    return MappingProxyType({norm.id: norm for norm in norms}), scoring


def load_checks() -> Checks:
    """Return the shipped checks across answers; `load_library` says whether they fit the questions."""
    return _build(Checks, CONTENT / "catalogues" / CHECKS)


def load_library(paths: Iterable[Path] | None = None) -> Library:
    """Return the shipped questionnaires and those in `paths`; a file replaces the one of its id.

    Raises:
        FaultyQuestionnaire: with everything that is wrong in all of them.

    """
    norms, scoring = load_catalogues()
    faults: list[Fault] = []
    files: dict[str, tuple[str, Questionnaire]] = {}
    for group in (sorted(CONTENT.glob("*.yaml")), list(paths or ())):
        files.update(_read_group(group, faults))
    everything = {each.id: each for _, content in files.values() for each in content.questions()}
    for name, content in files.values():
        others = {key: each for key, each in everything.items() if not content.question(key)}
        faults += _faults(name, content, norms, scoring, others)
    faults += _between(files)
    faults += (
        Fault("scoring.yaml", "", f"no questionnaire has the question '{each}'")
        for each in sorted(scoring.questions() - everything.keys())
    )
    checks = load_checks()
    faults += (Fault(CHECKS, place, said) for place, said in check_faults(checks, everything))
    if faults:
        raise FaultyQuestionnaire(faults)
    ordered = sorted((content for _, content in files.values()), key=lambda each: each.order)
    offered = MappingProxyType({each.id: each for each in ordered})
    return Library(offered, norms, scoring, checks.checks)


def _read_group(paths: Iterable[Path], faults: list[Fault]) -> dict[str, tuple[str, Questionnaire]]:
    """Return (file name, content) by questionnaire id; what is wrong is added to `faults`."""
    found: dict[str, tuple[str, Questionnaire]] = {}
    for path in paths:
        try:
            content = _build(Questionnaire, path)
        except FaultyQuestionnaire as error:
            faults += error.faults
            continue
        if content.id in found:
            sentence = f"the questionnaire id '{content.id}' is also in {found[content.id][0]}"
            faults.append(Fault(path.name, "", sentence))
        found[content.id] = (path.name, content)
    return found


def _build(model: type[Content], path: Path) -> Content:
    data = read_yaml(path)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = [type_fault(path.name, data, each) for each in error.errors()]
        raise FaultyQuestionnaire(faults) from None


def _faults(
    file: str,
    questionnaire: Questionnaire,
    norms: Mapping[str, Norm],
    scoring: Scoring,
    foreign: Mapping[str, Question] | None,
) -> Iterator[Fault]:
    areas = frozenset(area.id for area in scoring.areas)
    for place, sentence in structure(questionnaire, frozenset(norms), areas):
        yield Fault(file, place, sentence)
    for place, sentence in references(questionnaire, foreign):
        yield Fault(file, place, sentence)


def _between(files: Mapping[str, tuple[str, Questionnaire]]) -> Iterator[Fault]:
    """Yield what no single file can know: ids used in two of them, unknown follow-ups."""
    first: dict[str, str] = {}
    for name, content in files.values():
        for question in content.questions():
            place = f"question {question.id}"
            if first.setdefault(question.id, name) != name:
                yield Fault(name, place, f"the question id is also used in {first[question.id]}")
            for trigger in {each for rule in question.risk for each in rule.trigger}:
                if trigger not in files:
                    yield Fault(name, place, f"there is no questionnaire '{trigger}' to trigger")
                elif files[trigger][1].audience != content.audience:
                    yield Fault(name, place, f"'{trigger}' is for others than those asked here")
