"""Catalogues are complete: a supplier never meets a half-translated page."""

from babel.messages import Catalog

from portal.cli.catalogue_faults import faults


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
