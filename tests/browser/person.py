"""Somebody at a browser, who looks at every page: nothing may overflow, fail or shut anybody out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Response

SERIOUS = {"serious", "critical"}
# Rows of a long table are alike: its first ones stand for them.
LOOKED_AT = {"exclude": [["tbody > tr:nth-child(n+6)"]]}
# What is found is named by its HTML; paths to it take as long again.
AXE_OPTIONS = {"reporter": "no-passes", "selectors": False, "preload": False, "iframes": False}
# Chromium's own line about a page that came with an error status; the test names the status itself.
STATUS_LINE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Person:
    """A page of a browser, and everything that went wrong in it so far."""

    def __init__(
        self, page: Page, url: str, *, scripts: bool = True, examined: bool = True
    ) -> None:
        """Take whether the browser runs scripts, and whether axe examines each page.

        Axe takes longer than a page: where journeys meet the same pages, one has them examined.
        """
        self.page, self.url, self._examined = page, url, examined
        self._lacks_scripts = None if scripts else page.context.new_cdp_session(page)
        self._run_scripts(scripts)
        self.faults: list[str] = []
        self._documents: set[str] = set()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("response", self._came)

    def open(self, path: str, status: int = 200) -> None:
        """Go to `path` (or a full address) and look at what comes."""
        response = self.page.goto(path if path.startswith("http") else self.url + path)
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        self.look()

    def press(self, name: str, status: int = 200) -> None:
        """Press the button with this name, wait for the page, and look at it."""
        button = self.page.locator("main").get_by_role("button", name=name).first
        self.send(button, status)

    def follow(self, name: str) -> None:
        """Follow the link with this name and look at where it leads."""
        self.send(self.page.locator("main").get_by_role("link", name=name).first)

    def send(self, control: Locator, status: int = 200) -> None:
        """Click what leads to another page, and look at that."""
        page = self.page
        with page.expect_response(_answers_with_a_page) as coming, page.expect_navigation():
            control.click()
        found = coming.value.status
        assert found == status, f"{self.page.url} answered {found}: {self.heading}"
        self.look()

    @property
    def heading(self) -> str:
        """The page's heading."""
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def text(self) -> str:
        """What can be read in the page's main part."""
        return " ".join(self.page.locator("main").inner_text().split())

    def look(self) -> None:
        """Check what every page owes: axe content, nothing beside the screen, a quiet console."""
        self.check_width()
        if self._examined:
            self._examine()
        assert not self.faults, f"{self.page.url}: {self.faults}"

    def _examine(self) -> None:
        """Check that axe finds nothing that shuts somebody out."""
        with self._scripts():
            found = Axe().run(self.page, LOOKED_AT, AXE_OPTIONS).response["violations"]
        bad = [
            f"{each['id']}: {node['html'][:200]}"
            for each in found
            if each["impact"] in SERIOUS
            for node in each["nodes"]
        ]
        assert not bad, f"{self.page.url} at axe: {bad}"

    @contextmanager
    def _scripts(self) -> Iterator[None]:
        """Let scripts run on the open page, which has loaded without its own: axe is one."""
        self._run_scripts(True)
        yield
        self._run_scripts(self._lacks_scripts is None)

    def _run_scripts(self, run: bool) -> None:
        if self._lacks_scripts is not None:
            self._lacks_scripts.send("Emulation.setScriptExecutionDisabled", {"value": not run})

    def check_width(self) -> None:
        """Check that nothing reaches beyond the screen's edge."""
        beyond = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond <= 0, f"{self.page.url} is {beyond} px too wide"

    def _heard(self, message: ConsoleMessage) -> None:
        expected = STATUS_LINE.match(message.text) and message.location["url"] in self._documents
        if message.type in {"error", "warning"} and not expected:
            self.faults.append(f"{message.text} ({message.location['url']})")

    def _came(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._documents.add(response.url)


def _answers_with_a_page(response: Response) -> bool:
    return response.request.is_navigation_request() and not 300 <= response.status < 400
