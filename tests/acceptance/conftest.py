"""An installation with a mail server and the pages served, each a process or socket of its own."""

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.outside import PORTAL, Installation
from tests.mail.postoffice import PostOffice


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture
def installation(tmp_path: Path, post_office: PostOffice) -> Installation:
    """A portal with tables, which sends its mail to `post_office`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Installation(
        tmp_path,
        {
            "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
            "PORTAL_MAIL_SERVER": "127.0.0.1",
            "PORTAL_MAIL_PORT": str(post_office.port),
            "PORTAL_MAIL_DEFAULT_SENDER": "portal@portal.example",
        },
    )
    made.ok("db", "upgrade")
    return made


@pytest.fixture
def served(installation: Installation) -> Iterator[str]:
    """The address of the served pages; mail is left to `portal worker`."""
    address = installation.settings["PORTAL_BASE_URL"]
    words = ["serve", "--port", address.rpartition(":")[2], "--workers", "1", "--no-worker"]
    with (installation.folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [*PORTAL, *words],
            cwd=installation.folder,
            env=installation.environment,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(address + "/healthz", server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
    assert server.returncode == 0
    assert "Traceback" not in (installation.folder / "serve.log").read_text()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            opener.open(address, timeout=5).close()
        except urllib.error.URLError:
            time.sleep(0.1)  # another process is starting: there is nothing else to wait on
        else:
            return
    raise AssertionError("the server does not answer")
