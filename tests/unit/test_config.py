from pathlib import Path

import pytest

from portal import config


def settings(tmp_path: Path, **given: str) -> dict[str, object]:
    return config.load(
        {"PORTAL_INSTANCE_PATH": str(tmp_path), "PORTAL_SECRET_KEY": "s" * 20, **given}
    )


def test_numbers_lists_and_switches_are_read_as_such(tmp_path: Path) -> None:
    loaded = settings(
        tmp_path,
        PORTAL_MAIL_PORT="2525",
        PORTAL_MAIL_USE_TLS="true",
        PORTAL_SECRET_KEY_FALLBACKS="old-one, older-one",
        PORTAL_MAIL_PASSWORD="12345",
    )
    assert loaded["MAIL_PORT"] == 2525
    assert loaded["MAIL_USE_TLS"] is True
    assert loaded["SECRET_KEY_FALLBACKS"] == ["old-one", "older-one"]
    assert loaded["MAIL_PASSWORD"] == "12345"


def test_a_word_for_a_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(config.ConfigError, match="PORTAL_MAIL_PORT must be a whole number"):
        settings(tmp_path, PORTAL_MAIL_PORT="smtp")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORTAL_SECRET_KEY", "", "PORTAL_SECRET_KEY is not set"),
        ("PORTAL_SECRET_KEY", "short", "fewer than 16 characters"),
        ("PORTAL_DATABASE_URL", "no address", "PORTAL_DATABASE_URL is not a database address"),
        ("PORTAL_DATABASE_URL", "oracle://host/x", "does not work with"),
        ("PORTAL_DATABASE_URL", "nonsense://host/x", "does not work with"),
        ("PORTAL_BASE_URL", "portal.example.com", "PORTAL_BASE_URL must be"),
        ("PORTAL_INSTANCE_PATH", "/proc/nowhere", "cannot be made"),
    ],
)
def test_a_faulty_setting_says_what_to_do(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(config.ConfigError, match=sentence):
        config.check(settings(tmp_path, **{name: value}))


def test_the_demo_secret_does_not_serve(tmp_path: Path) -> None:
    with pytest.raises(config.ConfigError, match="everybody knows"):
        config.check_for_serving(settings(tmp_path, PORTAL_SECRET_KEY=config.DEMO_SECRET_KEY))
