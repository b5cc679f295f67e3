"""The settings pages: what the buyer says about itself, its users, its Code of Conduct."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import store
from portal.buyers import code_upload
from portal.buyers.code import code_in_force
from portal.buyers.models import Buyer, CodeOfConduct, User
from portal.catalogues.uncertain import Uncertain
from portal.events.models import Event
from portal.outbox.models import Message
from portal.web.buyer import settings_translations
from tests.html import Page
from tests.signing_in import make_user, sign_in

GetPage = Callable[..., Page]
TODAY = date(2026, 11, 21)


@pytest.fixture
def admin(client: FlaskClient, rows: Session) -> User:
    """The signed-in admin."""
    return sign_in(client, rows, "admin", email="ada@fjordlab.example", name="Ada")


def posted(client: FlaskClient, url: str, data: dict[str, Any], status: int = 303) -> Page | None:
    """Post and return the page that came back with errors, if one was expected."""
    answer = client.post(url, data=data, content_type="multipart/form-data")
    assert answer.status_code == status, answer.text
    if status == 303:
        return None
    page = Page(answer.text)
    page.check()
    return page


def actions(rows: Session) -> list[str]:
    return list(rows.scalars(sa.select(Event.action).order_by(Event.seq)))


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    "url",
    [
        "/settings",
        "/settings/edit",
        "/settings/users",
        "/settings/users/new",
        "/settings/code-of-conduct",
        "/settings/code-of-conduct/new",
        "/settings/translations",
    ],
)
def test_every_page_is_sound(get_page: GetPage, url: str) -> None:
    assert get_page(url).one("h1").text.strip()


@pytest.mark.parametrize("role", ["buyer", "reviewer", "auditor"])
def test_others_read_the_settings(
    client: FlaskClient, rows: Session, get_page: GetPage, role: str
) -> None:
    user = sign_in(client, rows, role)
    links = get_page("/settings").links() + get_page("/settings/users").links()
    assert "/settings/edit" not in links
    assert "/settings/users/new" not in links
    get_page(f"/settings/users/{user.id}")


@pytest.mark.parametrize("role", ["buyer", "reviewer", "auditor"])
@pytest.mark.parametrize(
    "url",
    ["/settings/edit", "/settings/users/new", "/settings/code-of-conduct/new", "/settings/users/1"],
)
def test_only_admins_change_settings(
    client: FlaskClient, rows: Session, role: str, url: str
) -> None:
    sign_in(client, rows, role)
    assert client.post(url).status_code == 403


def buyer_fields(**values: str) -> dict[str, str]:
    return {"name": "Fjordlab AS", "zone": "Asia/Taipei", "locale": "en"} | values


@pytest.mark.usefixtures("admin")
def test_the_buyers_data_are_changed(client: FlaskClient, rows: Session) -> None:
    posted(client, "/settings/edit", buyer_fields(contact_email="help@fjordlab.example"))
    buyer = rows.get_one(Buyer, store.scoped_buyer_id(rows))
    rows.refresh(buyer)
    assert (buyer.name, buyer.zone) == ("Fjordlab AS", "Asia/Taipei")
    assert buyer.contact_email == "help@fjordlab.example"
    assert actions(rows) == ["buyer.changed"]


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write the name"),
        ({"contact_email": "help at fjordlab"}, "not an e-mail address"),
        ({"privacy_url": "javascript:alert(1)"}, "with https://"),
        ({"privacy_url": "ftp://fjordlab.example/"}, "with https://"),
        ({"contact_phone": "1" * 65}, "longer than 64"),
    ],
)
def test_wrong_data_are_explained(
    client: FlaskClient, wrong: dict[str, str], sentence: str
) -> None:
    page = posted(client, "/settings/edit", buyer_fields(**wrong), 422)
    assert page is not None
    assert sentence in page.one("div", class_="error-summary").text


@pytest.mark.usefixtures("admin")
def test_a_user_is_added_and_invited(client: FlaskClient, rows: Session) -> None:
    fields = {"email": "ole@fjordlab.example", "name": "Ole", "roles": ["buyer", "reviewer"]}
    posted(client, "/settings/users/new", fields)
    user = rows.scalars(sa.select(User).where(User.email == "ole@fjordlab.example")).one()
    assert sorted(role.name for role in user.roles) == ["buyer", "reviewer"]
    assert user.password is None
    message = rows.scalars(sa.select(Message)).one()
    assert (message.template, message.recipient) == ("user_welcome", "ole@fjordlab.example")
    assert message.context["user_id"] == user.id
    assert actions(rows) == ["user.added"]


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "ole@fjordlab.example"}, "Tick at least one role"),
        ({"email": "", "roles": ["buyer"]}, "Write the address"),
        ({"email": "ada@fjordlab.example", "roles": ["buyer"]}, "a user with this address"),
    ],
)
def test_a_wrong_user_is_explained(
    client: FlaskClient, fields: dict[str, Any], sentence: str
) -> None:
    page = posted(client, "/settings/users/new", fields, 422)
    assert page is not None
    assert sentence in page.one("div", class_="error-summary").text


def test_roles_are_changed(client: FlaskClient, rows: Session, admin: User) -> None:
    other = make_user(rows, "buyer")
    url = f"/settings/users/{other.id}"
    rows.commit()
    posted(client, url, {"roles": ["auditor"]})
    rows.refresh(other)
    assert [role.name for role in other.roles] == ["auditor"]


def test_access_is_taken_away_and_given_back(
    client: FlaskClient, rows: Session, admin: User
) -> None:
    other = make_user(rows, "buyer")
    url = f"/settings/users/{other.id}"
    rows.commit()
    for action, active in (("deactivate", False), ("reactivate", True)):
        posted(client, f"{url}/{action}", {})
        rows.refresh(other)
        assert other.active is active
        rows.rollback()
    assert actions(rows) == ["user.deactivated", "user.reactivated"]


def test_the_only_admin_stays(client: FlaskClient, admin: User) -> None:
    page = posted(client, f"/settings/users/{admin.id}/deactivate", {}, 422)
    assert page is not None
    assert "only admin" in page.text
    posted(client, f"/settings/users/{admin.id}", {"roles": ["buyer"]}, 422)


def code_fields(content: bytes, name: str = "code.txt", **values: str) -> dict[str, Any]:
    defaults = {"version": "2026", "locale": "en", "applies_from": "2026-01-01"}
    return defaults | values | {"file": (BytesIO(content), name)}


@pytest.mark.usefixtures("admin")
def test_a_text_is_uploaded_shown_and_downloaded(
    client: FlaskClient, rows: Session, get_page: GetPage
) -> None:
    content = "Rule one: <b>be fair</b>.\n\nRegel to: vær ærlig.".encode()
    posted(client, "/settings/code-of-conduct/new", code_fields(content))
    row = rows.scalars(sa.select(CodeOfConduct)).one()
    url = f"/settings/code-of-conduct/{row.id}"
    assert code_in_force(rows, TODAY, "en").text == content.decode()
    rows.rollback()
    assert "Rule one: <b>be fair</b>." in get_page(url).text
    assert "2026" in get_page("/settings/code-of-conduct").text
    answer = client.get(f"{url}/file")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("admin")
def test_a_pdf_is_kept_in_the_file_store(client: FlaskClient, rows: Session) -> None:
    content = b"%PDF-1.7\nnot much of a document"
    posted(client, "/settings/code-of-conduct/new", code_fields(content, "code.pdf"))
    code = code_in_force(rows, TODAY, "en")
    assert (code.text, code.media_type) == (None, "application/pdf")
    code_id = rows.scalar(sa.select(CodeOfConduct.id))
    rows.rollback()
    assert client.get(f"/settings/code-of-conduct/{code_id}/file").data == content


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    "wrong",
    [
        (b"", "code.txt", "empty"),
        (b"x" * 101, "code.txt", "larger than 5 MB"),
        (b"PK\x03\x04", "code.docx", "not a text"),
        (b"<html>", "code.pdf", "not a text"),
        (b"\x00\x01\x02", "code.txt", "not a text"),
    ],
)
def test_a_wrong_file_is_explained(
    client: FlaskClient,
    rows: Session,
    monkeypatch: pytest.MonkeyPatch,
    wrong: tuple[bytes, str, str],
) -> None:
    content, name, sentence = wrong
    monkeypatch.setattr(code_upload, "LARGEST", 100)
    page = posted(client, "/settings/code-of-conduct/new", code_fields(content, name), 422)
    assert page is not None
    assert sentence in page.one("div", class_="error-summary").text
    assert rows.scalar(sa.select(CodeOfConduct.id)) is None


@pytest.mark.usefixtures("admin")
def test_a_version_is_not_replaced(client: FlaskClient, rows: Session) -> None:
    posted(client, "/settings/code-of-conduct/new", code_fields(b"One"))
    page = posted(client, "/settings/code-of-conduct/new", code_fields(b"Two"), 422)
    assert page is not None
    assert "new version" in page.one("div", class_="error-summary").text
    posted(client, "/settings/code-of-conduct/new", code_fields(b"En", locale="nb"))
    assert code_in_force(rows, TODAY, "en").text == "One"


@pytest.fixture
def one_uncertain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Norwegian word for Start is doubted."""
    found = (Uncertain("nb", "", "Start", "Begynn", "both are said"),)
    monkeypatch.setattr(
        settings_translations, "uncertain_texts", lambda locale: found if locale == "nb" else ()
    )


@pytest.mark.usefixtures("admin", "one_uncertain_text")
def test_an_admin_sees_what_translators_were_not_sure_of(get_page: GetPage) -> None:
    page = get_page("/settings/translations")
    assert "Norsk bokmål" in page.text
    row = page.one("tbody").text
    assert all(word in row for word in ("Start", "Begynn", "both are said"))


@pytest.mark.usefixtures("one_uncertain_text")
def test_only_an_admin_sees_it(client: FlaskClient, rows: Session) -> None:
    sign_in(client, rows, "buyer")
    assert client.get("/settings/translations").status_code == 403
