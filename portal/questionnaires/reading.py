"""YAML files of content -> plain data, refusing what YAML would silently misread."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from portal.questionnaires.faults import Fault, FaultyQuestionnaire, named_place
from portal.questionnaires.strict import tuples
from portal.questionnaires.wording import within, worded

MAX_BYTES = 2_000_000
TOO_LARGE = worded("the file is larger than 2 MB")
NOT_UTF8 = worded("is not UTF-8 text")
TOO_LONG = worded("repeats itself too often (aliases)")
MAX_PARTS = 500_000
PLAIN = (str, int, float, bool, type(None))


class _Loader(yaml.CSafeLoader):
    """Safe YAML in which a key may stand only once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping; a key that stands twice is an error at its line."""
        seen = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:merge" and key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key.value}' stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_text(path: Path) -> str:
    """Return the text of a file of content.

    Raises:
        FaultyQuestionnaire: it is too large, cannot be read or is not UTF-8.

    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FaultyQuestionnaire([Fault(path.name, "", TOO_LARGE)])
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise FaultyQuestionnaire(
            [Fault(path.name, "", worded("cannot be read: %(why)s", why=error.strerror))]
        ) from None
    except UnicodeDecodeError:
        raise FaultyQuestionnaire([Fault(path.name, "", NOT_UTF8)]) from None


def parse_yaml(file: str, text: str) -> dict[str, object]:
    """Return the mapping that `text` writes down, lists as tuples; `file` names it in what is said.

    Raises:
        FaultyQuestionnaire: the text is not YAML or holds more than plain data.

    """
    try:
        loaded = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
        if _size(loaded, {}) > MAX_PARTS:
            raise FaultyQuestionnaire([Fault(file, "", TOO_LONG, line=1)])
        data = tuples(loaded)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FaultyQuestionnaire([_no_yaml(file, error)]) from None
    if not isinstance(data, dict):
        raise FaultyQuestionnaire([Fault(file, "", worded("is not a mapping of keys"))])
    if faults := list(_misread(file, data, data, ())):
        raise FaultyQuestionnaire(faults)
    return data


def _size(data: object, known: dict[int, int]) -> int:
    """Return how many parts `data` has with every alias written out: few lines can stand for many."""
    if not isinstance(data, dict | list):
        return 1
    if id(data) not in known:
        inside = data.values() if isinstance(data, dict) else data
        known[id(data)] = 1 + sum(_size(each, known) for each in inside)
    return known[id(data)]


def _no_yaml(file: str, error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Fault(file, "", worded("is not valid YAML: %(why)s", why=error))
    problem = getattr(error, "problem", None) or "cannot be understood"
    return Fault(file, "", worded("is not valid YAML: %(why)s", why=problem), line=mark.line + 1)


def _misread(file: str, top: object, data: object, path: tuple[int | str, ...]) -> Iterator[Fault]:
    """Yield what YAML turned into something that no author means: dates and odd keys."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(key, str):
                yield from _misread(file, top, value, (*path, key))
            else:
                place, keys = named_place(top, path)
                quoted = worded("the key %(key)s must be put in quotes", key=key)
                yield Fault(file, place, within(keys, quoted), path)
    elif isinstance(data, tuple):
        for index, value in enumerate(data):
            yield from _misread(file, top, value, (*path, index))
    elif not isinstance(data, PLAIN):
        place, keys = named_place(top, path)
        quoted = worded("the bare value %(value)s must be put in quotes", value=data)
        yield Fault(file, place, within(keys, quoted), path)
