"""The portal's settings: `PORTAL_*` variables over defaults, checked at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

# The demo's secret is public on purpose; nothing that faces suppliers may start with it.
DEMO_SECRET_KEY = "demo-secret-that-everybody-knows"  # noqa: S105 - that is the point
SHORTEST_SECRET = 16

DATABASES = ("sqlite", "postgresql")

MEGABYTE = 1024 * 1024


class ConfigError(Exception):
    """A setting is missing or wrong; the message says what to do."""


def defaults(instance_path: Path) -> dict[str, Any]:
    """Return every setting with its default; files and database stand in `instance_path`."""
    return {
        "INSTANCE_PATH": str(instance_path),
        "DATABASE_URL": f"sqlite:///{instance_path / 'portal.sqlite'}",
        "FILES_URL": f"file://{instance_path / 'files'}",
        "SECRET_KEY": None,
        "SECRET_KEY_FALLBACKS": [],
        "BASE_URL": "http://localhost:8000",
        # Proxies in front whose word about the reader's address is taken: none, or anybody could lie.
        "TRUSTED_PROXIES": 0,
        "MAIL_SERVER": "localhost",
        "MAIL_PORT": 25,
        "MAIL_USERNAME": None,
        "MAIL_PASSWORD": None,
        "MAIL_USE_TLS": False,
        "MAIL_DEFAULT_SENDER": "portal@localhost",
        # Seconds after which a silent mail server is given up.
        "MAIL_TIMEOUT": 60,
        # A folder that receives mails as files instead of a mail server: the demo's mailbox.
        "MAIL_FOLDER": None,
        # Where the jobs' queue stands; empty means beside the database.
        "HUEY_URL": None,
        # Uploads are bounded before anything reads them: 15 MB a file, some forms hold several.
        "MAX_CONTENT_LENGTH": 64 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 10_000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "portal",
        "WTF_CSRF_TIME_LIMIT": None,
        # It would want the Referer header, which our own pages forbid so that links do not leak.
        "WTF_CSRF_SSL_STRICT": False,
    }


# Read as text even where the value looks like a number.
TEXT_SETTINGS = ("SECRET_KEY", "MAIL_USERNAME", "MAIL_PASSWORD", "DATABASE_URL", "BASE_URL")


def load(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the settings from the environment over the defaults.

    Raises:
        ConfigError: a number or list is not written as one.
    """
    environment = os.environ if environment is None else environment
    given = {
        name.removeprefix("PORTAL_"): value
        for name, value in environment.items()
        if name.startswith("PORTAL_") and value != ""
    }
    instance = Path(given.get("INSTANCE_PATH", "instance")).absolute()
    settings = defaults(instance)
    for name, text in given.items():
        settings[name] = _typed(name, text, settings.get(name))
    settings["INSTANCE_PATH"] = str(instance)
    return settings


def _typed(name: str, text: str, default: object) -> object:
    """Return `text` as the kind of value that `default` is."""
    if name in TEXT_SETTINGS:
        return text
    if isinstance(default, bool):
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise ConfigError(f"PORTAL_{name} must be a whole number, not '{text}'.") from None
    if isinstance(default, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def check(settings: Mapping[str, Any]) -> None:
    """Check what would otherwise fail later, and make the instance folder.

    Raises:
        ConfigError: with a sentence that says what to do.
    """
    _check_secret(settings)
    _check_folder(Path(settings["INSTANCE_PATH"]))
    _check_address(settings["DATABASE_URL"])
    base = urlsplit(settings["BASE_URL"])
    if base.scheme not in {"http", "https"} or not base.netloc:
        raise ConfigError(
            "PORTAL_BASE_URL must be the portal's own address, like https://portal.example.com."
        )


def check_for_serving(settings: Mapping[str, Any]) -> None:
    """Refuse what is fine for a demo but not for a portal that suppliers reach.

    Raises:
        ConfigError: the secret is the demo's.
    """
    if settings["SECRET_KEY"] == DEMO_SECRET_KEY:
        raise ConfigError(
            "PORTAL_SECRET_KEY is the demo's key, which everybody knows. " + _HOW_TO_MAKE_A_KEY
        )


_HOW_TO_NAME_A_DATABASE = (
    "Write it like postgresql+psycopg://user:password@host/name or sqlite:////folder/portal.sqlite."
)

_HOW_TO_MAKE_A_KEY = (
    "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))' "
    "and keep it: links that were sent stop working without it."
)


def _check_secret(settings: Mapping[str, Any]) -> None:
    secret = settings["SECRET_KEY"]
    if not secret:
        raise ConfigError("PORTAL_SECRET_KEY is not set. " + _HOW_TO_MAKE_A_KEY)
    if len(secret) < SHORTEST_SECRET and not settings.get("TESTING"):
        raise ConfigError(
            f"PORTAL_SECRET_KEY has fewer than {SHORTEST_SECRET} characters. " + _HOW_TO_MAKE_A_KEY
        )


def _check_address(url: str) -> None:
    try:
        address = make_url(url)
    except ArgumentError:
        raise ConfigError(
            f"PORTAL_DATABASE_URL is not a database address. {_HOW_TO_NAME_A_DATABASE}"
        ) from None
    try:
        dialect = address.get_dialect()
        dialect.import_dbapi()
    except (NoSuchModuleError, ImportError):
        dialect = None
    if dialect is None or dialect.name not in DATABASES:
        raise ConfigError(
            f"PORTAL_DATABASE_URL names a kind of database, {address.drivername}, that the portal "
            f"does not work with. {_HOW_TO_NAME_A_DATABASE}"
        )


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"The folder {folder} cannot be made ({error.strerror}). "
            "Set PORTAL_INSTANCE_PATH to a folder the portal may write to."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigError(
            f"The folder {folder} is not writable. "
            "Set PORTAL_INSTANCE_PATH to a folder the portal may write to."
        )
