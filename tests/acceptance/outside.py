"""The portal as a stranger has it: a command, settings in the environment, and what it prints."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PORTAL = [sys.executable, "-m", "portal"]
CHECKOUT = Path(__file__).parents[2]
# Each command is a process of its own, which begins with the portal imported: that takes longest.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["portal.app"])


def _portal(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
    """Be the command: its words, its folder, its settings; what it prints goes to files there."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream, name in ((sys.stdout, "stdout"), (sys.stderr, "stderr")):
        with (folder / name).open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.stdin = (folder / "stdin").open(encoding="utf-8")
    sys.argv = ["portal", *words]
    from portal.app import main  # noqa: PLC0415 - in the child, where it is imported already

    main()


@dataclass
class Installation:
    """A folder with the settings to run `portal` there."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the processes of this installation see: nothing of the tests' own settings."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "FLASK_"))}
        return {
            **kept,
            "PYTHONPATH": str(CHECKOUT),
            "PORTAL_SECRET_KEY": "a-secret-of-a-stranger",
            "PORTAL_INSTANCE_PATH": str(self.folder / "instance"),
            **self.settings,
        }

    def run(
        self, *words: object, stdin: str = "", given: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `portal` with `words` until it ends; `given` are settings for this once."""
        (self.folder / "stdin").write_text(stdin, encoding="utf-8")
        command = [str(word) for word in words]
        environment = {**self.environment, **(given or {})}
        process = PROCESSES.Process(target=_portal, args=(command, self.folder, environment))
        process.start()
        process.join()
        printed = [(self.folder / name).read_text("utf-8") for name in ("stdout", "stderr")]
        return subprocess.CompletedProcess(command, process.exitcode or 0, *printed)

    def ok(self, *words: object, stdin: str = "") -> str:
        """Run `portal` and return what it printed; it must succeed and keep quiet otherwise."""
        done = self.run(*words, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *words: object) -> Any:
        """Return what `portal … --json` lists."""
        return json.loads(self.ok(*words, "--json"))
