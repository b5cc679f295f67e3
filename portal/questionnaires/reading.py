"""YAML files of content -> plain data, refusing what YAML would silently misread."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from portal.questionnaires.faults import Fault, FaultyQuestionnaire, named_place
from portal.questionnaires.strict import tuples

MAX_BYTES = 2_000_000
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


def read_yaml(path: Path) -> dict[str, object]:
    """Return the mapping in a YAML file, lists as tuples.

    Raises:
        FaultyQuestionnaire: the file cannot be read, is not YAML or holds more than plain data.

    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FaultyQuestionnaire([Fault(path.name, "", "the file is larger than 2 MB")])
        data = tuples(yaml.load(path.read_text("utf-8"), _Loader))  # noqa: S506 - a safe loader
    except OSError as error:
        raise FaultyQuestionnaire(
            [Fault(path.name, "", f"cannot be read: {error.strerror}")]
        ) from None
    except UnicodeDecodeError:
        raise FaultyQuestionnaire([Fault(path.name, "", "is not UTF-8 text")]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FaultyQuestionnaire([Fault(path.name, "", _yaml_sentence(error))]) from None
    if not isinstance(data, dict):
        raise FaultyQuestionnaire([Fault(path.name, "", "is not a mapping of keys")])
    if faults := list(_misread(path.name, data, data, ())):
        raise FaultyQuestionnaire(faults)
    return data


def _yaml_sentence(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return f"is not valid YAML: {error}"
    problem = getattr(error, "problem", None) or "cannot be understood"
    return f"is not valid YAML: line {mark.line + 1}: {problem}"


def _misread(file: str, top: object, data: object, path: tuple[int | str, ...]) -> Iterator[Fault]:
    """Yield what YAML turned into something that no author means: dates and odd keys."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(key, str):
                yield from _misread(file, top, value, (*path, key))
            else:
                place, keys = named_place(top, path)
                yield Fault(file, place, f"{keys}: the key {key} must be put in quotes")
    elif isinstance(data, tuple):
        for index, value in enumerate(data):
            yield from _misread(file, top, value, (*path, index))
    elif not isinstance(data, PLAIN):
        place, keys = named_place(top, path)
        yield Fault(file, place, f"{keys}: the bare value {data} must be put in quotes")
