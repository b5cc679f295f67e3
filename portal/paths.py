"""Where the folders that are not Python stand: inside the package (wheel) or beside it (checkout)."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """Return the folder `name` (templates, translations or migrations).

    Raises:
        FileNotFoundError: neither a wheel's nor a checkout's folder exists.
    """
    for parent in (PACKAGE, PACKAGE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"The folder '{name}' is missing. Install the portal again.")
