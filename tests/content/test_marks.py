"""Every word a reader sees in a template is marked for translation."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from portal.paths import resource_dir

TEMPLATES = resource_dir("templates")
MARKED = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{#.*?#\}", re.DOTALL)
# Blocks of the layouts that hold a class, and attributes that a template puts together first.
NOT_READ = re.compile(r"\{% block (?:kind|width) %\}\w*\{% endblock %\}")
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
WORD = re.compile(r"(?<![-\w])[A-Za-z]{2,}")
READ_ALOUD = ("aria-label", "title", "alt", "placeholder")
# The line in English under a mail in another language, and names.
THE_SAME_EVERYWHERE = ("In English:", "SHA-256")


class Words(HTMLParser):
    """Collects the words that stand between tags and in the attributes read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in ("script", "style", "code")
        self.words += [str(text) for name, text in attrs if name in READ_ALOUD and text]

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words.append(data)


def unmarked(source: str) -> list[str]:
    """Return the words of a template's source that are outside every mark."""
    reader = Words()
    reader.feed(CODE.sub("", NOT_READ.sub("", MARKED.sub("", source))))
    texts = [ATTRIBUTE.sub("", text) for text in reader.words]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return [
        line for line in lines if WORD.search(line) and not line.startswith(THE_SAME_EVERYWHERE)
    ]


def test_words_outside_marks_are_found() -> None:
    assert unmarked('<p title="Open">{% trans %}Here{% endtrans %} and {{ there }}</p>') == [
        "Open",
        "and",
    ]


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.*")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_every_word_in_a_template_is_marked(path: Path) -> None:
    assert unmarked(path.read_text(encoding="utf-8")) == []
