"""Catalogues that a test may spoil: copies of the shipped ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from portal import i18n
from portal.paths import resource_dir

FOURTEEN = (
    *("en", "nb", "sv", "da", "de", "fr", "nl", "cs", "pl", "es"),
    *("zh_Hans", "zh_Hant", "ko", "he"),
)


@contextmanager
def catalogues_in(folder: Path) -> Iterator[None]:
    """Read catalogues from `folder` within the block."""
    _forget()
    with patch.object(i18n, "resource_dir", lambda _name: folder):
        yield
    _forget()


def _forget() -> None:
    for kept in (i18n.offered_locales, i18n.catalogue, i18n._spoken):
        kept.cache_clear()


def fill(folder: Path) -> None:
    """Copy the shipped catalogues into `folder`."""
    shutil.copytree(resource_dir("translations"), folder, dirs_exist_ok=True)
