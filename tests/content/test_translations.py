"""Catalogues are complete: a supplier never meets a half-translated page."""

from babel.messages import Catalog
from click.testing import CliRunner

from portal.app import cli
from portal.cli.catalogue_faults import faults
from portal.cli.catalogues import template


def reasons(english: str, translation: str | tuple[str, ...], **options: object) -> list[str]:
    texts, known = Catalog(), Catalog(locale="nb")
    texts.add(english)
    known.add(english, translation, **options)
    return [fault.reason for fault in faults("supplier", "nb", texts, known)]


def test_a_good_translation_has_no_fault() -> None:
    assert reasons("Sent to %(name)s", "Sendt til %(name)s") == []


def test_missing_fuzzy_and_malformed_translations_are_named() -> None:
    assert reasons("Send", "") == ["missing"]
    assert reasons("Send", "Send", flags={"fuzzy"}) == ["to be looked at (fuzzy)"]
    assert reasons("Sent to %(name)s", "Sendt til %(navn)s") == [
        "placeholders differ (%(name)s, %(navn)s)"
    ]
    assert reasons("Read it", "<b>Les</b> den") == ["markup differs"]


def test_marks_of_every_kind_are_found() -> None:
    supplier, buyer = template("supplier"), template("buyer")
    assert supplier.get("The receipt is intact: it is exactly what was signed.")
    assert buyer.get("the key is missing.")
    assert supplier.get("Yes")
    assert buyer.get("Yes") is None, "what the suppliers' domain has, the buyers' falls back to"


def test_every_catalogue_is_complete_and_up_to_date() -> None:
    result = CliRunner().invoke(cli, ["translations", "check"])
    assert result.exit_code == 0, result.output
