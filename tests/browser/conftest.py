"""Chromium, and a portal that it can reach."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.person import Person
from tests.browser.site import Site, listening, open_settings

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
QUIET = (
    "--no-sandbox",  # Debian's Chromium has none for root, as in a container
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Sit = Callable[..., Person]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    here = f"{Path(__file__).parent}{os.sep}"
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without it the tests are skipped, except where everything must run.

    It ends with this folder's tests: others cannot live with Playwright's event loop.
    """
    path = shutil.which("chromium")
    if path is None:
        reason = "chromium is not installed (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    """A portal of the test's own, with one buyer's empty register."""
    with listening(open_settings(tmp_path, sqlite_url)) as site:
        yield site


@pytest.fixture
def sit(chromium: Browser, site: Site) -> Iterator[Sit]:
    """Sit somebody down at a browser of their own: `sit(PHONE, scripts=False)`."""
    contexts = []

    def down(size: dict[str, int] = DESK, **options: bool) -> Person:
        contexts.append(chromium.new_context(viewport=size))
        return Person(contexts[-1].new_page(), site.url, **options)

    yield down
    for context in contexts:
        context.close()
