"""The settings of an application under test."""

from pathlib import Path


def settings_for(folder: Path, url: str) -> dict[str, object]:
    """Return the settings of an application that keeps everything in `folder` but its database."""
    return {
        "TESTING": True,
        "SECRET_KEY": "a-secret-for-tests-only",
        "WTF_CSRF_ENABLED": False,
        "BASE_URL": "http://portal.test",
        "SERVER_NAME": "portal.test",
        "INSTANCE_PATH": str(folder),
        "FILES_URL": f"file://{folder / 'files'}",
        "MAIL_FOLDER": str(folder / "mail"),
        "DATABASE_URL": url,
        # The same hash, made in a moment: nobody is to be kept from guessing these passwords.
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__time_cost": 1,
            "argon2__memory_cost": 64,
            "argon2__parallelism": 1,
        },
    }
