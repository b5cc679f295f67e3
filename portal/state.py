"""What lives as long as the application: built once in `app.py`, asked for everywhere at the edge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from portal.buyers.models import User
from portal.campaigns.links import Links
from portal.declarations.sealing import InstallationKey, PublicKey
from portal.files import FileStore
from portal.questionnaires.loader import Library


@dataclass(frozen=True)
class State:
    """The parts that requests, commands and jobs share."""

    files: FileStore
    links: Links
    library: Library
    seal_key: InstallationKey
    # Today's key and every earlier one: all of them set seals that count.
    known_keys: tuple[PublicKey, ...]
    # Makes the address where a user sets a password; asked when the mail is sent.
    reset_link: Callable[[User], str]


def state() -> State:
    """Return the parts of the running application."""
    return cast("State", current_app.extensions["portal"])


def init_app(app: Flask, parts: State) -> None:
    """Hand `parts` to `app`."""
    app.extensions["portal"] = parts
