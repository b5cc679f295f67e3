"""Files of content -> questionnaires and the library that holds them all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from portal.questionnaires.answers import Answers, Context
from portal.questionnaires.building import Content, build
from portal.questionnaires.catalogues import Area, Norm, Norms, Scoring
from portal.questionnaires.conditions import holds
from portal.questionnaires.consistency import Check, Checks, check_faults
from portal.questionnaires.faults import Fault, FaultyQuestionnaire
from portal.questionnaires.lines import lined
from portal.questionnaires.reading import read_text
from portal.questionnaires.references import references
from portal.questionnaires.schema import Question, Questionnaire
from portal.questionnaires.structure import structure
from portal.questionnaires.wording import worded

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
    questionnaire = build(Questionnaire, path.name, read_text(path))
    if faults := list(content_faults(path.name, questionnaire, norms, scoring, None)):
        raise FaultyQuestionnaire(lined(faults, read_text(path)))
    return questionnaire


def load_catalogues() -> tuple[Mapping[str, Norm], Scoring]:
    """Return the shipped norms by id and the scoring."""
    norms = _catalogue(Norms, "norms.yaml").norms
    scoring = _catalogue(Scoring, "scoring.yaml")
    return MappingProxyType({norm.id: norm for norm in norms}), scoring


def load_checks() -> Checks:
    """Return the shipped checks across answers; `load_library` says whether they fit the questions."""
    return _catalogue(Checks, CHECKS)


def load_library(paths: Iterable[Path] | None = None) -> Library:
    """Return the shipped questionnaires and those in `paths`; a file replaces the one of its id.

    Raises:
        FaultyQuestionnaire: with everything that is wrong in all of them.

    """
    norms, scoring = load_catalogues()
    faults: list[Fault] = []
    files: dict[str, tuple[str, Questionnaire]] = {}
    given = list(paths or ())
    for group in (sorted(CONTENT.glob("*.yaml")), given):
        files.update(_read_group(group, faults))
    everything = {each.id: each for _, content in files.values() for each in content.questions()}
    found: list[Fault] = []
    for name, content in files.values():
        others = {key: each for key, each in everything.items() if not content.question(key)}
        found += content_faults(name, content, norms, scoring, others)
    found += between(files)
    faults += _lined(found, [*CONTENT.glob("*.yaml"), *given])
    faults += (
        Fault("scoring.yaml", "", worded("no questionnaire has the question '%(each)s'", each=each))
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
            content = build(Questionnaire, path.name, read_text(path))
        except FaultyQuestionnaire as error:
            faults += error.faults
            continue
        if content.id in found:
            sentence = worded(
                "the questionnaire id '%(id)s' is also in %(file)s",
                id=content.id,
                file=found[content.id][0],
            )
            faults.append(Fault(path.name, "", sentence))
        found[content.id] = (path.name, content)
    return found


def _catalogue(model: type[Content], name: str) -> Content:
    return build(model, name, read_text(CONTENT / "catalogues" / name))


def _lined(faults: Iterable[Fault], paths: Iterable[Path]) -> Iterator[Fault]:
    """Yield the faults with their lines; of two files of one name the last is looked into."""
    named = {path.name: path for path in paths}
    for name, group in groupby(faults, key=lambda each: each.file):
        yield from lined(list(group), read_text(named[name]))


def content_faults(
    file: str,
    questionnaire: Questionnaire,
    norms: Mapping[str, Norm],
    scoring: Scoring,
    foreign: Mapping[str, Question] | None,
) -> Iterator[Fault]:
    """Yield what is wrong inside one questionnaire; `foreign` as `references` has it."""
    areas = frozenset(area.id for area in scoring.areas)
    for place, sentence in structure(questionnaire, frozenset(norms), areas):
        yield Fault(file, place, sentence)
    for place, sentence in references(questionnaire, foreign):
        yield Fault(file, place, sentence)


def between(files: Mapping[str, tuple[str, Questionnaire]]) -> Iterator[Fault]:
    """Yield what no single file can know: ids used in two of them, unknown follow-ups."""
    first: dict[str, str] = {}
    for name, content in files.values():
        for question in content.questions():
            place = f"question {question.id}"
            if first.setdefault(question.id, name) != name:
                yield Fault(
                    name,
                    place,
                    worded("the question id is also used in %(file)s", file=first[question.id]),
                )
            for trigger in {each for rule in question.risk for each in rule.trigger}:
                if trigger not in files:
                    yield Fault(
                        name,
                        place,
                        worded("there is no questionnaire '%(id)s' to trigger", id=trigger),
                    )
                elif files[trigger][1].audience != content.audience:
                    yield Fault(
                        name,
                        place,
                        worded("'%(id)s' is for others than those asked here", id=trigger),
                    )
