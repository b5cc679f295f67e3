"""What questionnaires are called in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from portal.web.buyer.offering import offered, translators
from portal.web.buyer.supplier_words import reader_locale


class _Titles(dict[str, str]):
    """Titles by id; a questionnaire that is offered no longer goes by its id."""

    def __missing__(self, questionnaire_id: str) -> str:
        return questionnaire_id


def titles() -> Mapping[str, str]:
    """Return questionnaire id -> title, for every id."""
    locale = reader_locale()
    translate = translators([locale])[locale]
    return _Titles({each.id: translate(each.id, each.title) for each in offered()})
