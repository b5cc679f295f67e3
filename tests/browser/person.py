"""Somebody at a browser, who looks at every page: nothing may overflow, fail or shut anybody out."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Response

SERIOUS = {"serious", "critical"}
# Chromium's own line about a page that came with an error status; the test names the status itself.
STATUS_LINE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Person:
    """A page of a browser, and everything that went wrong in it so far."""

    def __init__(self, page: Page, url: str, examiner: Page | None = None) -> None:
        """Take an `examiner`, a page with scripts, where `page` has none and axe cannot run."""
        self.page, self.url, self._examiner = page, url, examiner
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
        page = self._examined()
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        bad = [
            f"{each['id']}: {node['target']} {node['html'][:200]}"
            for each in found
            if each["impact"] in SERIOUS
            for node in each["nodes"]
        ]
        assert not bad, f"{self.page.url} at axe: {bad}"
        assert not self.faults, f"{self.page.url}: {self.faults}"

    def _examined(self) -> Page:
        """Return a page with scripts that shows what the page shows."""
        if self._examiner is None:
            return self.page
        document, address = self.page.content(), self.page.url
        self._examiner.route(
            address, lambda route: route.fulfill(body=document, content_type="text/html")
        )
        self._examiner.goto(address)
        return self._examiner

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
