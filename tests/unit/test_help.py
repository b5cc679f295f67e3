"""The command explains itself on a machine where nothing is set yet."""

import pytest
from click.testing import CliRunner

from portal.app import cli


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
