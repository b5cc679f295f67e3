"""What is wrong with a file of content, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic_core import ErrorDetails

from portal.questionnaires.wording import within, worded

SENTENCES = {
    "extra_forbidden": worded("this key is not known"),
    "missing": worded("this key is missing"),
    "string_pattern_mismatch": worded("this is not a valid id or version"),
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: in which file, at which question, and what.

    `path` leads through the data to what is wrong, where that is known; `line` (from 1) and the `key`
    that stands there are found in the text, and empty until somebody has looked.
    """

    file: str
    place: str
    sentence: str
    path: tuple[int | str, ...] = field(default=(), compare=False)
    line: int = 0
    key: str = ""

    @property
    def where(self) -> str:
        """The line and the key in words, such as "line 14 (visible_if.q)"; empty if not known."""
        key = f" ({self.key})" if self.key else ""
        return f"line {self.line}{key}" if self.line else ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, self.where, self.place, self.sentence)))


class FaultyQuestionnaire(Exception):
    """Content that cannot be used; `faults` holds everything found wrong in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def named_place(data: object, path: Iterable[int | str]) -> tuple[str, str]:
    """Return (the question or section, the keys below it) that `path` leads to in `data`.

    Steps that lead nowhere are skipped: the checker of types adds names of its own.
    """
    names: dict[str, str] = {}
    keys: list[str] = []
    kind = ""
    for step in path:
        if isinstance(data, dict) and step in data:
            data, kind = data[step], str(step)
            keys.append(kind)
        elif isinstance(data, tuple) and isinstance(step, int) and step < len(data):
            data = data[step]
            keys.append(str(step + 1))
            if kind in {"sections", "questions"} and isinstance(data, dict):
                names[kind] = str(data.get("id", f"number {step + 1}"))
                keys.clear()
    if "questions" in names:
        return f"question {names['questions']}", ".".join(keys)
    return (f"section {names['sections']}" if names else ""), ".".join(keys)


def type_fault(file: str, data: object, error: ErrorDetails) -> Fault:
    """Return the fault that an error found while building the models stands for."""
    path = error["loc"]
    place, keys = named_place(data, path)
    if error["type"] in {"missing", "extra_forbidden"} and path and str(path[-1]) not in keys[-60:]:
        keys = f"{keys}.{path[-1]}".lstrip(".")
    sentence: str = SENTENCES.get(error["type"], error["msg"])
    if isinstance(error["input"], bool):
        sentence = worded("a bare yes, no, on or off is read as true or false; put it in quotes")
    return Fault(file, place, within(keys, sentence), path)
