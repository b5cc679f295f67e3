"""The text of a file of content -> its model, or everything that is wrong with its keys and types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from portal.questionnaires.faults import Fault, FaultyQuestionnaire, type_fault
from portal.questionnaires.lines import lined
from portal.questionnaires.reading import parse_yaml
from portal.questionnaires.strict import Strict

Content = TypeVar("Content", bound=Strict)


def build(model: type[Content], file: str, text: str) -> Content:
    """Return the model that `text` writes down; `file` names it in what is said.

    Raises:
        FaultyQuestionnaire: with every wrong key and type, and its line.

    """
    content, faults = build_mended(model, file, text)
    if content is None or faults:
        raise FaultyQuestionnaire(faults)
    return content


def build_mended(model: type[Content], file: str, text: str) -> tuple[Content | None, list[Fault]]:
    """Return the model as far as it can be made, and what is wrong with its keys and types.

    Unknown keys are left out and bare booleans taken as words, so that the rest can be checked in the
    same go; None where more than that is wrong.

    Raises:
        FaultyQuestionnaire: the text is no YAML.

    """
    try:
        data = parse_yaml(file, text)
    except FaultyQuestionnaire as error:
        raise FaultyQuestionnaire(lined(error.faults, text)) from None
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        wrong = [each for each in error.errors() if not _only_follows(each, error.errors())]
    faults = lined([type_fault(file, data, each) for each in wrong], text)
    mended: object = data
    for each in wrong:
        bare = isinstance(each["input"], bool)
        if bare or each["type"] == "extra_forbidden":
            mended = _mended(mended, each["loc"], bare=bare)
    try:
        return model.model_validate(mended), faults
    except ValidationError:
        return None, faults


def _only_follows(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Return whether a list is called too short only because an entry of it is wrong."""
    path = error["loc"]
    inside = (each["loc"][: len(path)] == path for each in errors if each is not error)
    return error["type"] == "too_short" and any(inside)


def _mended(data: object, path: Sequence[int | str], *, bare: bool) -> object:
    """Return `data` with what stands at `path` as a word if it is a bare boolean, else without it.

    Steps that lead nowhere are skipped: the checker of types adds names of its own.
    """
    if not path:
        return {True: "yes", False: "no"}[data] if isinstance(data, bool) else data
    step, rest = path[0], path[1:]
    if isinstance(data, dict) and step in data:
        if not rest and not bare:
            return {key: value for key, value in data.items() if key != step}
        return data | {step: _mended(data[step], rest, bare=bare)}
    if isinstance(data, tuple) and isinstance(step, int) and step < len(data):
        return (*data[:step], _mended(data[step], rest, bare=bare), *data[step + 1 :])
    return _mended(data, rest, bare=bare)
