"""The command explains itself on a machine where nothing is set yet."""

import re
from collections.abc import Iterable, Iterator

import click
import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo

from portal.app import cli, create_app
from portal.buyers.models import RoleName
from portal.campaigns.models import InvitationState
from portal.ratings.publishers import Kind
from portal.reports.export import Subject


def _groups(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[list[str]]:
    yield list(path)
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _groups(command, (*path, name))


@pytest.mark.parametrize(
    "asked", [["--help"], ["suppliers", "import", "--help"], ["serve", "--help"]]
)
def test_help_needs_no_settings(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_SECRET_KEY", raising=False)
    result = CliRunner().invoke(cli, asked)
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")
    assert "PORTAL_SECRET_KEY" not in result.output


def test_an_unknown_command_is_a_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_SECRET_KEY", raising=False)
    assert CliRunner().invoke(cli, ["remember"]).exit_code == 2


@pytest.mark.parametrize("path", list(_groups(cli)), ids=lambda path: " ".join(path) or "portal")
def test_no_line_of_a_list_of_commands_is_cut_off(path: list[str]) -> None:
    listed = CliRunner().invoke(cli, [*path, "--help"], terminal_width=80).output
    assert not re.findall(r".*\.\.\.$", listed.partition("Commands:")[2], re.MULTILINE)


@pytest.mark.parametrize(
    ("path", "choices"),
    [
        (["export"], Subject),
        (["reference", "import"], Kind),
        (["users", "add"], RoleName),
        (["invitations", "list"], InvitationState),
    ],
)
def test_what_can_be_chosen_is_named(path: list[str], choices: Iterable[str]) -> None:
    words = re.findall(r"[\w-]+", CliRunner().invoke(cli, [*path, "--help"]).output)
    assert set(choices) <= set(words)


@pytest.mark.parametrize("asked", [["list"], ["check"]])
def test_questionnaires_are_looked_at_without_settings(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTAL_SECRET_KEY", raising=False)
    result = CliRunner().invoke(
        cli, ["questionnaires", *asked], obj=ScriptInfo(create_app=create_app)
    )
    assert result.exit_code == 0
