"""Mails about accounts, from the click to the mailbox."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.buyers.models import User
from portal.mail.delivery import deliver_due
from portal.outbox.models import Message
from portal.web.auth.mailing import CHANGED, RESET, WELCOME, queue_to_user
from tests.signing_in import make_user


@pytest.fixture
def user(rows: Session) -> User:
    """A stored user without a password."""
    return make_user(rows, "buyer", email="kari@fjordlab.example", locale="nb")


def delivered(app: Flask, rows: Session) -> EmailMessage:
    """Return the one mail that is due, after its delivery."""
    rows.commit()
    with app.app_context():
        assert deliver_due(lambda: datetime.now(UTC)) == {"sent": 1}
    (path,) = [path for path in Path(app.config["MAIL_FOLDER"]).rglob("*") if path.is_file()]
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("template", [RESET, WELCOME])
def test_the_mailed_link_sets_the_password(
    app: Flask, client: FlaskClient, rows: Session, user: User, template: str
) -> None:
    queue_to_user(rows, user, template, datetime.now(UTC))
    mail = delivered(app, rows)
    (link,) = re.findall(r"(?m)^http://portal\.test(/\S+)$", text_of(mail))
    assert mail["To"] == "kari@fjordlab.example"
    assert mail["X-Portal-Template"] == template
    new = {"password": "a new password", "password_confirm": "a new password"}
    assert client.post(link, data=new).location == "/login"


def test_the_link_stands_nowhere_in_the_database(app: Flask, rows: Session, user: User) -> None:
    queue_to_user(rows, user, RESET, datetime.now(UTC))
    (token,) = re.findall(r"/reset-password/(\S+)\n", text_of(delivered(app, rows)))
    message = rows.scalars(sa.select(Message)).one()
    assert token not in f"{message.context}{message.subject}{message.body}"


def test_a_changed_password_is_told_without_a_link(app: Flask, rows: Session, user: User) -> None:
    queue_to_user(rows, user, CHANGED, datetime.now(UTC))
    assert "http" not in text_of(delivered(app, rows))
