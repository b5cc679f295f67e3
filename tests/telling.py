"""The demo's story, told once for all processes of a run: it takes longer than looking at its pages."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest


class Told(NamedTuple):
    """A folder that `portal demo` has filled, and what it printed."""

    folder: Path
    printed: str


def run_demo(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `portal demo` on `folder` without serving it."""
    command = [sys.executable, "-m", "portal"]
    return subprocess.run(
        [*command, "demo", "--no-serve", "--data", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A copy of the demo for this process, which its tests may change."""
    base = tmp_path_factory.getbasetemp()
    of_the_run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    original, printed = of_the_run / "demo", of_the_run / "demo-printed"
    with (of_the_run / "demo-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # left at the end of the block
        if not printed.exists():
            done = run_demo(original)
            assert done.returncode == 0, done.stderr
            printed.write_text(done.stdout)
    copied = shutil.copytree(original, tmp_path_factory.mktemp("told") / "demo")
    return Told(copied, printed.read_text())
