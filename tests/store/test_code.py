"""Which Code of Conduct a supplier is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.buyers.code import SHIPPED_LOCALES, code_in_force, shipped_code
from portal.buyers.models import CodeOfConduct
from portal.i18n import PROMISED_LOCALES
from tests.makers import THEN, other_buyer

TODAY = date(2026, 11, 21)


def store_code(session: Session, version: str, locale: str, **values: Any) -> CodeOfConduct:
    defaults = {
        "applies_from": date(2026, 1, 1),
        "filename": f"code.{locale}.txt",
        "media_type": "text/plain",
        "text": f"{version} in {locale}",
        "sha256": "0" * 64,
        "uploaded_at": THEN,
    }
    row = CodeOfConduct(version=version, locale=locale, **(defaults | values))
    session.add(row)
    session.flush()
    return row


def shown(session: Session, locale: str, on: date = TODAY) -> str | None:
    return code_in_force(session, on, locale).text


@pytest.mark.parametrize(("locale", "served"), [("nb", "nb"), ("en", "en"), ("ko", "ko")])
def test_without_a_code_of_its_own_the_shipped_one(
    session: Session, locale: str, served: str
) -> None:
    code = code_in_force(session, TODAY, locale)
    assert code == shipped_code(served)
    assert code.locale == served


def test_the_shipped_codes_say_the_same_points() -> None:
    numbers = [
        [
            line.split(".")[0]
            for line in (shipped_code(locale).text or "").splitlines()
            if ". " in line[:4]
        ]
        for locale in SHIPPED_LOCALES
    ]
    assert numbers == [[str(n) for n in range(1, 14)]] * len(PROMISED_LOCALES)


def test_the_language_asked_for(session: Session) -> None:
    store_code(session, "1", "en")
    store_code(session, "1", "nb")
    assert shown(session, "nb") == "1 in nb"


def test_english_where_the_language_is_missing(session: Session) -> None:
    store_code(session, "1", "nb")
    store_code(session, "1", "en")
    assert shown(session, "ko") == "1 in en"


def test_any_language_before_another_code(session: Session) -> None:
    store_code(session, "1", "nb")
    assert shown(session, "ko") == "1 in nb"


def test_a_later_version_replaces_all_languages_of_the_earlier(session: Session) -> None:
    store_code(session, "1", "nb")
    store_code(session, "2", "en", applies_from=date(2026, 6, 1))
    assert shown(session, "nb") == "2 in en"


def test_a_version_applies_from_its_day(session: Session) -> None:
    store_code(session, "1", "en")
    store_code(session, "2", "en", applies_from=date(2026, 11, 22))
    assert shown(session, "en") == "1 in en"
    assert shown(session, "en", date(2026, 11, 22)) == "2 in en"


def test_another_buyers_code_is_not_seen(session: Session) -> None:
    store_code(session, "1", "en")
    other_buyer(session)
    assert shown(session, "en") == shipped_code("en").text
