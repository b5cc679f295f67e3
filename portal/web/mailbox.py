"""The demo's mailbox: every mail that was sent, for anybody to read. A real portal does not have it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

bp = Blueprint("mailbox", __name__, url_prefix="/mailbox")

PAGE = 50
_NAME = re.compile(r"[\w-]+")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Mail:
    """One mail of the folder; `name` is its file's, without the ending."""

    name: str
    at: datetime
    recipient: str
    subject: str
    text: str

    @property
    def parts(self) -> list[tuple[bool, str]]:
        """Return the text in pieces: (is an address, piece)."""
        pieces: list[tuple[bool, str]] = []
        end = 0
        for found in _ADDRESS.finditer(self.text):
            pieces += [(False, self.text[end : found.start()]), (True, found.group())]
            end = found.end()
        return [*pieces, (False, self.text[end:])]


@bp.get("")
def mails() -> ResponseReturnValue:
    """List the mails, newest first."""
    everything = sorted(_folder().glob("*.eml"), key=lambda path: -path.stat().st_mtime_ns)
    first = max(request.args.get("first", 0, type=int), 0)
    shown = [_read(path) for path in everything[first : first + PAGE]]
    return render_template(
        "mailbox/list.html",
        mails=shown,
        first=first,
        total=len(everything),
        page=PAGE,
    )


@bp.get("/<name>")
def mail(name: str) -> ResponseReturnValue:
    """Show one mail as text."""
    path = _folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        abort(404)
    return render_template("mailbox/mail.html", mail=_read(path))


def _folder() -> Path:
    return Path(current_app.config["MAIL_FOLDER"])


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    text = message.get_body(("plain",))
    return Mail(
        name=path.stem,
        at=parsedate_to_datetime(message["Date"]),
        recipient=message["To"],
        subject=message["Subject"],
        text=text.get_content() if text else "",
    )
