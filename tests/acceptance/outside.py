"""The portal as a stranger has it: a command, settings in the environment, and what it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PORTAL = [sys.executable, "-c", "from portal.app import main; main()"]
CHECKOUT = Path(__file__).parents[2]


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
        return subprocess.run(
            [*PORTAL, *map(str, words)],
            input=stdin,
            cwd=self.folder,
            env={**self.environment, **(given or {})},
            capture_output=True,
            text=True,
            check=False,
        )

    def ok(self, *words: object, stdin: str = "") -> str:
        """Run `portal` and return what it printed; it must succeed and keep quiet otherwise."""
        done = self.run(*words, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *words: object) -> Any:
        """Return what `portal … --json` lists."""
        return json.loads(self.ok(*words, "--json"))
