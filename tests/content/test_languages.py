"""Which languages are offered, and which of them a reader gets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import ngettext

from portal import i18n
from portal.catalogues.complete import catalogue_file
from tests.languages import FOURTEEN, catalogues_in, fill


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with catalogues of every promised language."""
    folder = tmp_path_factory.mktemp("catalogues")
    fill(folder)
    return folder


@pytest.fixture
def everything(folder: Path) -> Iterator[Path]:
    """Every promised language is offered."""
    with catalogues_in(folder):
        yield folder


def test_complete_languages_are_offered_in_order(everything: Path) -> None:
    assert i18n.offered_locales() == FOURTEEN


@pytest.mark.parametrize("fault", ["missing", "fuzzy", "malformed"])
def test_a_language_with_one_faulty_text_is_not_offered(everything: Path, fault: str) -> None:
    path = catalogue_file(everything, "supplier", "de")
    whole = path.read_text("utf-8")
    head, mark, rest = whole.partition("(end of the day")
    assert mark, "the text that is broken"
    try:
        if fault == "missing":
            text = head + mark + rest.replace('msgstr "', 'msgstr ""\n# "', 1)
        elif fault == "fuzzy":
            start = head.rindex("#, python-format")
            text = head[:start] + "#, fuzzy\n" + head[start:] + mark + rest
        else:
            first, string, end = rest.partition("msgstr")
            text = head + mark + first + string + end.replace("%(day)s", "%(tag)s", 1)
        path.write_text(text, "utf-8")
        i18n.offered_locales.cache_clear()
        assert "de" not in i18n.offered_locales()
        assert len(i18n.offered_locales()) == len(FOURTEEN) - 1
    finally:
        path.write_text(whole, "utf-8")


def test_a_language_without_questionnaires_is_not_offered(everything: Path) -> None:
    path = catalogue_file(everything, "questionnaires", "ko")
    whole = path.read_bytes()
    path.unlink()
    i18n.offered_locales.cache_clear()
    assert "ko" not in i18n.offered_locales()
    path.write_bytes(whole)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("zh-TW,en;q=0.5", "zh_Hant"),
        ("zh-HK", "zh_Hant"),
        ("zh-Hant-CN", "zh_Hant"),
        ("zh-CN,zh;q=0.9", "zh_Hans"),
        ("zh-SG", "zh_Hans"),
        ("zh-Hans-HK", "zh_Hans"),
        ("no", "nb"),
        ("nn-NO,en;q=0.8", "nb"),
        ("iw", "he"),
        ("he-IL", "he"),
        ("de-AT", "de"),
        ("fi,sv;q=0.4,en;q=0.3", "sv"),
        ("fi", "en"),
        ("de;q=0,pl;q=0.2", "pl"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_the_browsers_wish(app: Flask, everything: Path, asked: str, given: str) -> None:
    with app.test_request_context(headers={"Accept-Language": asked}):
        assert i18n.choose_locale() == given


def test_a_language_not_offered_gives_way_to_the_browsers_then_to_the_other(
    app: Flask, everything: Path
) -> None:
    for wish, given in (("ko", "ko"), ("fi", "nb")):
        with app.test_request_context(headers={"Accept-Language": wish}):
            i18n.use_locale("tlh", otherwise="nb")
            assert i18n.choose_locale() == given


@pytest.mark.parametrize(
    ("locale", "forms"), [("pl", 3), ("cs", 3), ("ko", 1), ("zh_Hant", 1), ("fr", 2), ("he", 2)]
)
def test_numbers_choose_among_the_languages_own_forms(
    app: Flask, everything: Path, locale: str, forms: int
) -> None:
    rule = i18n.catalogue("supplier", locale).plural  # type: ignore[attr-defined]  # of gettext
    assert {rule(number) for number in range(130)} == set(range(forms))
    with app.test_request_context(), i18n.speaking(locale):
        assert "5" in ngettext("%(num)d question", "%(num)d questions", 5)


def test_languages_call_themselves_by_their_own_names() -> None:
    assert [i18n.own_name(each) for each in ("nb", "de", "zh_Hans", "zh_Hant", "ko", "he")] == [
        *("Norsk bokmål", "Deutsch", "简体中文", "繁體中文", "한국어", "עברית")
    ]


def test_a_page_says_its_language_and_direction(app: Flask, everything: Path) -> None:
    for wish, lang, direction in (("zh-TW", "zh-Hant", "ltr"), ("iw", "he", "rtl")):
        page = app.test_client().get("/verify", headers={"Accept-Language": wish}).text
        assert f'lang="{lang}"' in page
        assert f'dir="{direction}"' in page
