"""What is wrong at the start is one sentence that says what to do, and exit code 2."""

from pathlib import Path

import pytest

from tests.acceptance.outside import Installation

NOBODY_LISTENS = "postgresql+psycopg://portal:secret@127.0.0.1:1/portal"


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("PORTAL_SECRET_KEY", "", "PORTAL_SECRET_KEY is not set"),
        ("PORTAL_INSTANCE_PATH", "/proc/nowhere", "Set PORTAL_INSTANCE_PATH to a folder"),
        ("PORTAL_FILES_URL", "file:///proc/nowhere", "Name a folder the portal may write to"),
        ("PORTAL_DATABASE_URL", NOBODY_LISTENS, "Start it, or correct PORTAL_DATABASE_URL"),
        ("PORTAL_DATABASE_URL", "sqlite:////nowhere/x.sqlite", "or correct PORTAL_DATABASE_URL"),
    ],
)
def test_a_wrong_setting_stops_with_what_to_do(
    installation: Installation, setting: str, value: str, sentence: str
) -> None:
    stopped = installation.run("db", "upgrade", given={setting: value})
    assert stopped.returncode == 2
    assert sentence in stopped.stderr
    assert len(stopped.stderr.splitlines()) <= 3, stopped.stderr  # a driver may add two of its own
    assert "secret@" not in stopped.stderr


@pytest.mark.parametrize("words", ["serve --port 1", "worker --once", "buyers list", "db check"])
def test_a_database_without_tables_says_how_to_make_them(
    installation: Installation, words: str
) -> None:
    stopped = installation.run(*words.split())
    assert stopped.returncode == 2
    assert stopped.stderr == (
        "portal: The database does not have this version's tables. Run: portal db upgrade\n"
    )


def test_help_needs_no_setting(installation: Installation) -> None:
    helped = installation.run("--help", given={"PORTAL_SECRET_KEY": ""})
    assert helped.returncode == 0
    assert not helped.stderr
    assert "campaigns" in helped.stdout


def test_nothing_is_said_of_the_librarys_own_steps(installation: Installation) -> None:
    installation.run("db", "upgrade")
    assert installation.run("db", "upgrade").stderr == "The database is up to date.\n"
    assert not installation.run("db", "check").stderr
