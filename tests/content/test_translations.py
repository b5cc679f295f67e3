"""Catalogues are complete: a supplier never meets a half-translated page."""

import json
from gettext import c2py
from pathlib import Path
from unittest.mock import patch

import pytest
from babel.messages import Catalog
from click.testing import CliRunner

from portal.app import cli
from portal.catalogues.reading import blocks
from portal.catalogues.texts import Texts
from portal.catalogues.uncertain import uncertain
from portal.cli import catalogue_labels, catalogues
from portal.cli.catalogue_faults import faults
from portal.cli.catalogues import merge, template, write
from portal.i18n import PROMISED_LOCALES


def reasons(
    english: str, translation: str | tuple[str, ...], locale: str = "nb", **options: object
) -> list[str]:
    texts, known = Catalog(), Catalog(locale=locale)
    texts.add(english, auto_comments=["Answer to: a question"])
    known.add(english, translation, **options)
    return [fault.reason for fault in faults("supplier", locale, texts, known)]


def test_a_good_translation_has_no_fault() -> None:
    assert reasons("Sent to %(name)s", "Sendt til %(name)s") == []


def test_missing_fuzzy_and_malformed_translations_are_named() -> None:
    assert reasons("Send", "") == ["missing"]
    assert reasons("Send", "Send", flags={"fuzzy"}) == ["to be looked at (fuzzy)"]
    assert reasons("Sent to %(name)s", "Sendt til %(navn)s") == [
        "placeholders differ (%(name)s, %(navn)s)"
    ]
    assert reasons("Read it", "<b>Les</b> den") == ["markup differs"]


def test_english_that_was_left_is_found() -> None:
    assert reasons("Send it to the workers", "Send it to the workers")
    assert reasons("Send it to the workers", "Send det til the ansatte") == [
        "English is left in it (the)"
    ]
    assert reasons("Send it to the workers", "שלחו אל workers", "he") == [
        "English is left in it (workers)"
    ]
    assert (
        reasons(
            "Fill in the CMRT of the Responsible Minerals Initiative",
            "מלאו את ה-CMRT של Responsible Minerals Initiative",
            "he",
        )
        == []
    )
    assert reasons("E-post", "E-post") == []


def test_what_does_not_fit_the_page_is_found() -> None:
    long = "Arbeidsmiljørepresentantvalgordningene"
    assert reasons("Election", long) == [f"the word '{long}' does not fit a narrow page"]
    assert reasons("Election", "Valg-" * 10 + "valg") == []
    assert "longer than the page holds" in reasons("Election", "Valg av verneombud " * 6 + "her")[0]
    assert reasons("Send", " Sende") == ["a space or line at an end"]


def test_answers_of_one_question_are_told_apart() -> None:
    known = Catalog(locale="nb")
    for label in ("Yes", "No", "Partly"):
        known.add(label, "Ja" if label == "Partly" else f"{label}-nb", context="here")
    known.get("Yes", "here").string = "ja"
    with patch.object(
        catalogue_labels, "_labels", lambda: (("here", frozenset(("Yes", "No", "Partly"))),)
    ):
        assert set(catalogue_labels.alike(known)) == {"Yes", "Partly"}


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Norwegian catalogue of a domain with two texts, one of them uncertain."""
    monkeypatch.setattr(catalogues, "resource_dir", lambda _name: tmp_path)
    known = Catalog(locale="nb")
    known.add(
        "Who owns the company?",
        "Hvem eier bedriften?",
        context="owner",
        user_comments=[
            "uncertain: 'bedrift' may be too narrow for several companies, ask one who knows it"
        ],
    )
    known.add("Read it", "Les den")
    path = tmp_path / "nb" / "LC_MESSAGES" / "supplier.po"
    write(path, known)
    return path


def test_a_changed_english_text_makes_its_translation_fuzzy(catalogue: Path) -> None:
    texts = Catalog()
    texts.add("Who really owns the company?", context="owner")
    texts.add("Read it")
    merged = merge("supplier", "nb", texts)
    changed = merged.get("Who really owns the company?", "owner")
    assert (changed.string, changed.fuzzy) == ("Hvem eier bedriften?", True)
    assert changed.previous_id == ["Who owns the company?"]
    write(catalogue, merged)
    shown = Texts(catalogue, "supplier")
    assert (
        shown.upgettext("owner", "Who really owns the company?") == "Who really owns the company?"
    )
    assert shown.ugettext("Read it") == "Les den"


def test_a_text_marked_uncertain_stays_so(catalogue: Path) -> None:
    texts = Catalog()
    texts.add("Who owns the company?", context="owner")
    for _ in range(2):
        write(catalogue, merge("supplier", "nb", texts))
    (found,) = [block for block in blocks(catalogue) if "owner" in block.key]
    assert found.uncertain.startswith("'bedrift' may be too narrow")
    assert found.uncertain.endswith("who knows it")


def test_what_a_translator_doubted_is_listed_with_the_reason(catalogue: Path) -> None:
    (found,) = uncertain(catalogue.parents[2], "supplier", "nb")
    assert (found.locale, found.context, found.text) == ("nb", "owner", "Who owns the company?")
    assert found.translation == "Hvem eier bedriften?"
    assert "too narrow" in found.reason


def test_the_status_counts_what_is_there() -> None:
    result = CliRunner().invoke(cli, ["translations", "status", "--json"])
    rows = {row["id"]: row for row in json.loads(result.stdout)}
    assert rows["buyer/nb"]["state"] == rows["questionnaires/nb"]["state"] == "complete"
    assert rows["supplier/nb"]["done"] > 300
    table = CliRunner().invoke(cli, ["translations", "status"]).stdout
    assert table.split()[:6] == ["locale", "domain", "done", "fuzzy", "uncertain", "missing"]


def test_marks_of_every_kind_are_found() -> None:
    supplier, buyer = template("supplier"), template("buyer")
    assert supplier.get("The receipt is intact: it is exactly what was signed.")
    assert buyer.get("the key is missing.")
    assert supplier.get("Yes")
    assert buyer.get("Yes") is None, "what the suppliers' domain has, the buyers' falls back to"


def test_every_catalogue_is_complete_and_up_to_date() -> None:
    result = CliRunner().invoke(cli, ["translations", "check"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("locale", [each for each in PROMISED_LOCALES if each != "en"])
def test_what_is_written_counts_in_the_languages_own_way(tmp_path: Path, locale: str) -> None:
    texts = Catalog(locale=locale)
    count = int(texts.num_plurals)
    texts.add(("One day", "%(num)s days"), tuple(f"form {form}" for form in range(count)))
    path = tmp_path / "supplier.po"

    write(path, texts)

    rule = c2py(texts.plural_expr)
    found = Texts(path, "supplier")
    for number in range(200):
        assert found.ngettext("One day", "%(num)s days", number) == f"form {rule(number)}"
