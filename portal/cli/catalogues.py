"""Where translatable texts stand, and the gettext files they are kept in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from functools import cache
from io import BytesIO
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from portal.catalogues.complete import catalogue_file
from portal.i18n import BUYER_LOCALES, PROMISED_LOCALES, SOURCE_LOCALE
from portal.paths import PACKAGE, resource_dir
from portal.questionnaires.loader import load_library
from portal.questionnaires.texts import catalogue_messages, messages

DOMAINS = ("supplier", "buyer", "questionnaires")

# What only a buyer reads; everything else with words in it belongs to the suppliers' domain.
BUYER_TEMPLATES = (
    "buyer/",
    "auth/",
    "layouts/buyer",
    "layouts/auth",
    "email/password_",
    "email/user_",
)
BUYER_MODULES = (
    "web/buyer/",
    "web/auth/",
    "mail/notices",
    "suppliers/",
    "ratings/publication_",
    "ratings/settings",
    "questionnaires/",
    "ratings/flag_import",
)

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "N_": None,
    "sentence": None,
    "worded": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA_OPTIONS = {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}
# Of the header only what a reader of the file needs: dates and tools would change it at each run.
FIELD = re.compile(r"[A-Z][A-Za-z-]+:")
HEADER = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-T")
WIDTH = 100


# (file, text, comments for the translator, context)
_Marked = tuple[str, str | tuple[str, ...], list[str], str | None]


@dataclass(frozen=True)
class Fault:
    """One text that is not ready, in one language of one domain."""

    domain: str
    locale: str
    text: str
    reason: str

    def as_row(self) -> dict[str, str]:
        """Return the fault as an object for `--json`."""
        return {"id": f"{self.domain}/{self.locale}", "state": self.reason, **asdict(self)}

    def __str__(self) -> str:
        where = f"{self.domain}/{self.locale}" if self.locale else self.domain
        return f"{where}: {self.reason}: {self.text!r}" if self.text else f"{where}: {self.reason}"


def locales(domain: str) -> tuple[str, ...]:
    """Return the languages `domain` is translated to."""
    offered = BUYER_LOCALES if domain == "buyer" else PROMISED_LOCALES
    return tuple(locale for locale in offered if locale != SOURCE_LOCALE)


def template(domain: str) -> Catalog:
    """Return every text of `domain` as it stands in code, templates or questionnaires now."""
    texts = _empty(domain)
    if domain == "questionnaires":
        _add_questionnaires(texts)
        return texts
    shared = template("supplier") if domain == "buyer" else None
    for place, text, comments, context in _interface_texts(domain):
        there = shared.get(_first(text), context) if shared is not None else None
        _check_plural(there or texts.get(_first(text), context), text, place)
        if there is None:
            texts.add(text, locations=[(place, 0)], auto_comments=comments, context=context)
    return texts


def _first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _check_plural(found: Message | None, text: str | tuple[str, ...], place: str) -> None:
    """Refuse two plurals of one singular: gettext could keep only one of them."""
    if found is not None and found.pluralizable and not isinstance(text, str) and found.id != text:
        raise click.ClickException(
            f"{place}: '{text[0]}' has another plural elsewhere ('{found.id[1]}')."
        )


def merge(domain: str, locale: str, texts: Catalog) -> Catalog:
    """Return the catalogue of `locale` with exactly `texts`; what changed becomes fuzzy."""
    path = catalogue_file(resource_dir("translations"), domain, locale)
    known = read(path, locale) if path.is_file() else _empty(domain, locale)
    known.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    _propose(known)
    known.obsolete.clear()
    return known


def _propose(known: Catalog) -> None:
    """Give each text without a translation that of the nearest text which is gone, as fuzzy.

    Babel would look for it among all texts, which takes minutes for many languages; a text that was
    changed is gone under its old wording, and keeps its context.
    """
    gone: dict[str | None, dict[str, Message]] = {}
    for old in known.obsolete.values():
        if old.string:
            gone.setdefault(old.context, {})[_first(old.id)] = old
    for message in known if gone else ():
        if not message.id or any(message.string or ""):
            continue
        candidates = gone.get(message.context, {})
        for nearest in get_close_matches(_first(message.id), candidates, 1):
            old = candidates[nearest]
            if old.pluralizable == message.pluralizable:
                message.string, message.user_comments = old.string, old.user_comments
                message.previous_id = [old.id] if isinstance(old.id, str) else list(old.id)
                message.flags.add("fuzzy")


def read(path: Path, locale: str | None = None) -> Catalog:
    """Return the catalogue in `path`; an empty one where there is no file yet."""
    if not path.is_file():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def write(path: Path, texts: Catalog) -> None:
    """Keep `texts` in `path`, in the order of their places."""
    text = BytesIO()
    write_po(text, texts, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    header, between, rest = text.getvalue().decode().partition("\n\n")
    lines = _kept(header.splitlines())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + between + rest.rstrip() + "\n", encoding="utf-8")


def _kept(lines: Sequence[str]) -> list[str]:
    """Return the lines of the header that are kept: comments, its beginning, what readers need.

    A long field goes on over several lines, which are kept or left out with it.
    """
    kept, keeps = [], True
    for line in lines:
        field = line.removeprefix('"')
        if field == line or field in {"", '"'}:
            keeps = True
        elif FIELD.match(field):
            keeps = field.startswith(HEADER)
        if keeps:
            kept.append(line)
    return kept


def _empty(domain: str, locale: str | None = None) -> Catalog:
    return Catalog(
        locale=locale,
        domain=domain,
        header_comment=f"# Texts of the domain '{domain}'.",
        fuzzy=False,
    )


def _interface_texts(domain: str) -> Iterator[_Marked]:
    for marked in _marked():
        if (domain == "buyer") == marked[0].startswith((*BUYER_TEMPLATES, *BUYER_MODULES)):
            yield marked


@cache
def _marked() -> list[_Marked]:
    """Return every marked text in code and templates, sorted by file: a process reads them once."""
    found: list[_Marked] = []
    for root, method, options in (
        (PACKAGE, "python", {}),
        (resource_dir("templates"), "jinja2", JINJA_OPTIONS),
    ):
        pattern = "**.py" if method == "python" else "**.*"
        found += [
            (name, text, comments, context)
            for name, _line, text, comments, context in extract_from_dir(
                root,
                method_map=[(pattern, method)],
                options_map={pattern: options},
                keywords=KEYWORDS,
                comment_tags=("Translators:",),
                strip_comment_tags=True,
            )
        ]
    return sorted(found, key=lambda entry: entry[0])


def _add_questionnaires(texts: Catalog) -> None:
    library = load_library()
    places = [(f"{questionnaire.id}.yaml", messages(questionnaire)) for questionnaire in library]
    for place, found in [*places, ("catalogues", catalogue_messages(library))]:
        for context, text, note in found:
            texts.add(text, locations=[(place, 0)], auto_comments=[note], context=context)
