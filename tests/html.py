"""A fetched page and what every page owes its reader."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class Element:
    """One tag with its attributes, the elements around it, and where its text stands in the page's."""

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str],
        parents: tuple[Element, ...],
        pieces: list[str],
    ) -> None:
        self.tag, self.attributes, self.parents = tag, attributes, parents
        self._pieces, self._start, self._end = pieces, len(pieces), len(pieces)

    def close(self) -> None:
        """End its text with what the page has so far."""
        self._end = len(self._pieces)

    @property
    def text(self) -> str:
        """The text inside it."""
        return "".join(self._pieces[self._start : self._end])

    def get(self, name: str) -> str:
        """Return the attribute's value, or an empty text."""
        return self.attributes.get(name, "")

    def inside(self, tag: str) -> bool:
        """Whether an element `tag` is around this one."""
        return any(parent.tag == tag for parent in self.parents)


class Page(HTMLParser):
    """A page's elements in order, and the faults found while reading it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source, self.elements, self.faults = text, list[Element](), list[str]()
        self._by_tag: dict[str, list[Element]] = {}
        self._open: list[Element] = []
        self._pieces: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{element.tag}> is not closed" for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self._open), self._pieces)
        if len(element.attributes) < len(attrs):
            names = Counter(name for name, _ in attrs)
            self.faults += [f"<{tag}> has {n} twice" for n, count in names.items() if count > 1]
        self.elements.append(element)
        self._by_tag.setdefault(tag, []).append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop().close()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes nothing at line {self.getpos()[0]}")
        else:
            self._open.pop().close()

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements `tag` with these attributes (`class_` has the word among others)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        classes = wanted.pop("class", None)

        def fits(element: Element) -> bool:
            return all(element.get(n) == v for n, v in wanted.items()) and (
                classes is None or classes in element.get("class").split()
            )

        return [e for e in self._by_tag.get(tag, ()) if fits(e)]

    @cached_property
    def options(self) -> dict[Element, list[Element]]:
        """What each list offers to choose from."""
        found: dict[Element, list[Element]] = {each: [] for each in self.all("select")}
        for option in self.all("option"):
            for each in option.parents:
                if each in found:
                    found[each].append(option)
        return found

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} <{tag}> {attributes}"
        return found[0]

    def links(self) -> list[str]:
        """Return where the page's links lead, in order."""
        return [link.get("href") for link in self.all("a") if link.get("href")]

    def fields(self) -> dict[str, str]:
        """Return what the page's forms would post if nothing were touched."""
        boxes = ("checkbox", "radio")
        return {
            e.get("name"): e.get("value") if e.tag == "input" else e.text
            for e in self.elements
            if e.tag in ("input", "textarea") and e.get("name")
            if e.get("type") not in boxes or "checked" in e.attributes
        }

    @property
    def text(self) -> str:
        """What the page says, with single spaces."""
        return " ".join(self.one("body").text.split())

    def check(self) -> None:
        """Fail with every fault of the page."""
        faults = [*self.faults, *self._language(), *self._heading(), *self._ids(), *self._labels()]
        faults += self._inline()
        assert not faults, "\n".join(faults)

    def _language(self) -> list[str]:
        html = self.one("html")
        return [f"html has no {name}" for name in ("lang", "dir") if not html.get(name)]

    def _heading(self) -> list[str]:
        headings = [" ".join(h.text.split()) for h in self.all("h1")]
        title = " ".join(self.one("title").text.split())
        if len(headings) != 1 or not headings[0]:
            return [f"{len(headings)} h1: {headings}"]
        return [] if headings[0] in title else [f"h1 '{headings[0]}' is not in the title '{title}'"]

    def _ids(self) -> list[str]:
        ids = Counter(e.get("id") for e in self.elements if e.get("id"))
        faults = [f"id {i} is used twice" for i, count in ids.items() if count > 1]
        for element in self.elements:
            named = element.get("aria-describedby").split() + element.get("aria-labelledby").split()
            named += [element.get("for")] if element.get("for") else []
            href = element.get("href")
            named += [href[1:]] if element.tag == "a" and href.startswith("#") and href[1:] else []
            faults += [
                f"<{element.tag}> points to #{n}, which is not there" for n in named if n not in ids
            ]
        return faults

    def _labels(self) -> list[str]:
        labelled = {label.get("for") for label in self.all("label")}
        return [
            f"<{e.tag} name={e.get('name')}> has no label"
            for e in self.elements
            if e.tag in ("input", "select", "textarea") and e.get("type") not in UNLABELLED
            if e.get("id") not in labelled and not e.inside("label") and not e.inside("template")
            if not e.get("aria-label") and not e.get("aria-labelledby")
        ]

    def _inline(self) -> list[str]:
        faults = [
            f"<{e.tag}> has {n}"
            for e in self.elements
            for n in e.attributes
            if n == "style" or n.startswith("on")
        ]
        return faults + [
            f"inline <{e.tag}>"
            for e in self.elements
            if e.tag in ("script", "style") and e.text.strip()
        ]
