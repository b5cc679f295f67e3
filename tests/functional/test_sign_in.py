"""Signing in and out, and the ways to another password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy.orm import Session

from portal.buyers import throttle
from portal.buyers.models import User
from portal.outbox.models import Message
from portal.web.auth.mailing import reset_link
from tests.html import Page
from tests.signing_in import make_user, sign_in

GetPage = Callable[..., Page]
PASSWORD = "a long enough password"


@pytest.fixture
def user(app: Flask, rows: Session) -> User:
    """A user with a password."""
    with app.app_context():
        hashed = hash_password(PASSWORD)
    user = make_user(rows, "buyer", email="kari@fjordlab.example", password=hashed)
    rows.expire_on_commit = False
    rows.commit()
    return user


def post_sign_in(client: FlaskClient, password: str = PASSWORD, **values: str) -> tuple[int, str]:
    """Return the status and the place the answer leads to."""
    fields = {"email": "kari@fjordlab.example", "password": password} | values
    answer = client.post("/login", data=fields)
    return answer.status_code, answer.location or ""


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/change-password").status_code == 200


def templates(rows: Session) -> list[str]:
    return list(rows.scalars(sa.select(Message.template)))


def test_the_sign_in_page_is_sound(get_page: GetPage) -> None:
    page = get_page("/login")
    assert page.one("h1").text == "Sign in"
    assert set(page.fields()) == {"csrf_token", "next", "email", "password"}


def test_the_sign_in_page_speaks_the_browsers_language(client: FlaskClient) -> None:
    page = Page(client.get("/login", headers={"Accept-Language": "ko, nb;q=0.5"}).text)
    assert page.one("html").get("lang") == "nb"


def test_signing_in_leads_to_the_page_asked_for(client: FlaskClient, user: User) -> None:
    assert post_sign_in(client, next="/settings") == (302, "/settings")
    assert is_signed_in(client)


def test_the_address_is_found_in_any_case(client: FlaskClient, user: User) -> None:
    assert post_sign_in(client, email="KARI@Fjordlab.example")[0] == 302


def test_signing_in_leads_nowhere_else(client: FlaskClient, user: User) -> None:
    assert post_sign_in(client, next="https://elsewhere.example/")[0] == 200
    assert not is_signed_in(client)


def answer_to(client: FlaskClient, **fields: str) -> str:
    page = Page(client.post("/login", data=fields).text)
    page.check()
    return page.one("div", class_="error-summary").text


def test_a_wrong_password_reveals_nothing(client: FlaskClient, user: User) -> None:
    wrong = answer_to(client, email=user.email, password="wrong")
    unknown = answer_to(client, email="nobody@fjordlab.example", password="wrong")
    nothing = answer_to(client, email="", password="")
    assert wrong == unknown == nothing
    assert "do not belong together" in wrong


def test_after_too_many_wrong_passwords_the_right_one_waits_too(
    client: FlaskClient, user: User
) -> None:
    for _ in range(throttle.ATTEMPTS):
        post_sign_in(client, "wrong")
    assert post_sign_in(client) == (200, "")
    assert not is_signed_in(client)


def test_a_new_password_ends_the_pause(app: Flask, client: FlaskClient, user: User) -> None:
    for _ in range(throttle.ATTEMPTS):
        post_sign_in(client, "wrong")
    with app.test_request_context():
        link = reset_link(user).removeprefix("http://portal.test")
    client.post(link, data={"password": "a new password", "password_confirm": "a new password"})
    assert post_sign_in(client, "a new password")[0] == 302


def test_an_inactive_user_does_not_come_in(client: FlaskClient, rows: Session, user: User) -> None:
    user.active = False
    rows.commit()
    assert post_sign_in(client)[0] == 200
    assert not is_signed_in(client)


def test_signing_out_is_a_post(client: FlaskClient, rows: Session) -> None:
    sign_in(client, rows)
    assert client.get("/logout").status_code == 405
    assert client.post("/logout").location == "/login"
    assert not is_signed_in(client)


def test_a_forgotten_password_is_replaced_by_a_mailed_link(
    app: Flask, client: FlaskClient, rows: Session, user: User, get_page: GetPage
) -> None:
    with app.test_request_context():
        link = reset_link(user).removeprefix("http://portal.test")
    page = Page(client.post("/reset-password", data={"email": user.email}).text)
    page.check()
    assert "is on its way" in page.text
    message = rows.scalars(sa.select(Message)).one()
    assert (message.template, message.recipient) == ("password_reset", user.email)
    assert link.rsplit("/", 1)[1] not in str(message.context)
    rows.rollback()
    get_page(link)
    new = {"password": "another long password", "password_confirm": "another long password"}
    assert client.post(link, data=new).location == "/login"
    assert post_sign_in(client, "another long password")[0] == 302
    assert templates(rows) == ["password_reset", "password_changed"]


def test_a_used_link_works_no_more(
    app: Flask, client: FlaskClient, user: User, get_page: GetPage
) -> None:
    with app.test_request_context():
        link = reset_link(user).removeprefix("http://portal.test")
    client.post(link, data={"password": "a new password", "password_confirm": "a new password"})
    assert "does not work any more" in get_page(link).text


def test_an_unknown_address_gets_the_same_answer_and_no_mail(
    client: FlaskClient, rows: Session, user: User
) -> None:
    def notice(email: str) -> str:
        return Page(client.post("/reset-password", data={"email": email}).text).text

    assert notice(user.email) == notice("nobody@fjordlab.example")
    assert templates(rows) == ["password_reset"]


def test_asking_again_at_once_sends_no_second_mail(
    client: FlaskClient, rows: Session, user: User
) -> None:
    for _ in range(3):
        client.post("/reset-password", data={"email": user.email})
    assert templates(rows) == ["password_reset"]


def test_changing_the_password(
    client: FlaskClient, rows: Session, user: User, get_page: GetPage
) -> None:
    post_sign_in(client)
    get_page("/change-password")
    new = "quite another password"
    fields = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    assert client.post("/change-password", data=fields).status_code == 302
    client.post("/logout")
    assert post_sign_in(client, new)[0] == 302
    assert templates(rows) == ["password_changed"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("wrong", "quite another password", "quite another password"), "not your password"),
        ((PASSWORD, "short", "short"), "too short"),
        ((PASSWORD, "quite another password", "something else"), "not the same"),
        ((PASSWORD, PASSWORD, PASSWORD), "same as the old"),
    ],
)
def test_a_refused_password_is_explained(
    client: FlaskClient, user: User, given: tuple[str, str, str], sentence: str
) -> None:
    post_sign_in(client)
    fields = dict(zip(("password", "new_password", "new_password_confirm"), given, strict=True))
    page = Page(client.post("/change-password", data=fields).text)
    page.check()
    assert sentence in page.text


def test_nobody_registers(client: FlaskClient) -> None:
    assert client.get("/register").status_code == 404
