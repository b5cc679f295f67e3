"""The line of a text on which each fault stands: looked for only when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import yaml

from portal.questionnaires.faults import Fault

_QUOTED = re.compile(r"'([^']+)'|\{([^{}]+)\}")
_RULE = re.compile(r"risk rule (\d+)")
_PLACE = re.compile(r"(question|section) (\S+)")
_BOOL = "tag:yaml.org,2002:bool"
_COMPARING = {"eq", "in", "not_in", "contains", "contains_any", "only"}

Path = tuple[int | str, ...]
Found = tuple[Path, yaml.Node]
"""Where a node stands, and the node: that of a key is found with the key as its last step."""


def lined(faults: Sequence[Fault], text: str) -> list[Fault]:
    """Return the faults with the line (and the key) at which each stands in `text`, in that order.

    A fault about the whole text, and every fault in a text that is no YAML, keeps the line it has.
    """
    try:
        root = yaml.compose(text, yaml.CSafeLoader)
        if not isinstance(root, yaml.MappingNode):
            return list(faults)
        found = [each if each.line else _lined(each, root) for each in faults]
    except (yaml.YAMLError, ValueError, RecursionError):
        return list(faults)
    return sorted(found, key=lambda each: each.line)


def _lined(fault: Fault, root: yaml.Node) -> Fault:
    if fault.path:
        return replace(fault, line=_line(_deepest(root, fault.path)))
    place, within = _placed(fault.place, root)
    path, node = _named(fault.sentence, place, within) or (place, within)
    if node is root:
        return fault
    keys = [str(step + 1) if isinstance(step, int) else step for step in path[len(place) :]]
    return replace(fault, line=_line(node), key=".".join(keys))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _children(node: yaml.Node) -> Iterator[tuple[int | str, yaml.Node, yaml.Node]]:
    """Yield (step, where it is written, value) of a mapping or a list."""
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((index, value, value) for index, value in enumerate(node.value))


def _deepest(node: yaml.Node, path: Path) -> yaml.Node:
    """Return where the last step of `path` that leads anywhere is written."""
    written = node
    for step in path:
        for name, key, value in _children(node):
            if name == step:
                written, node = key, value
    return written


def _walk(node: yaml.Node, path: Path = ()) -> Iterator[Found]:
    for step, written, value in _children(node):
        yield (*path, step), written if isinstance(step, str) else value
        if isinstance(value, yaml.ScalarNode) and isinstance(step, str):
            yield (*path, step), value
        yield from _walk(value, (*path, step))


def _placed(place: str, root: yaml.Node) -> Found:
    """Return the question or section that `place` names (the last of that id), else the whole."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return (), root
    lists = f"{match[1]}s"
    found: Found = (), root
    for path, node in _walk(root):
        if isinstance(node, yaml.MappingNode) and len(path) > 1 and path[-2] == lists:
            ids = [value.value for name, _, value in _children(node) if name == "id"]
            if match[2] in ids:
                found = path, node
    return found


def _named(sentence: str, place: Path, within: yaml.Node) -> Found | None:
    """Return what the sentence speaks of, looked for inside the question it is about."""
    if rule := _RULE.search(sentence):
        return _first(within, place, lambda path, _: path[-2:] == ("risk", int(rule[1]) - 1))
    if "bare yes or no" in sentence:
        return _first(
            within,
            place,
            lambda path, node: node.tag == _BOOL and bool(_COMPARING.intersection(path)),
        )
    if "names neither" in sentence:
        return _first(within, place, lambda path, _: path[-1] in {"visible_if", "when"})
    tokens = [a or b for a, b in _QUOTED.findall(sentence)]
    for token in tokens:
        found = [
            (path, node)
            for path, node in _walk(within, place)
            if isinstance(node, yaml.ScalarNode)
            and (node.value == token or f"{{{token}}}" in node.value)
        ]
        if found:
            return _preferred(found, place, twice="twice" in sentence)
    key = sentence.partition(":")[0]
    return _first(within, place, lambda path, _: path[len(place) :] == (key,))


def _preferred(found: Sequence[Found], place: Path, *, twice: bool) -> Found:
    """Return the last id of what stands twice; else the first that is not the question's own id."""
    if twice:
        return [each for each in found if each[0][-1] == "id"][-1]
    return next((each for each in found if each[0] != (*place, "id")), found[0])


def _first(within: yaml.Node, place: Path, fits: Callable[[Path, yaml.Node], bool]) -> Found | None:
    return next((each for each in _walk(within, place) if fits(*each)), None)
