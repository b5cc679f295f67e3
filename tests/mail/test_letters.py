"""What stands in each mail, read as text, in each language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.buyers.models import Buyer
from portal.campaigns.models import Invitation
from portal.i18n import PROMISED_LOCALES
from portal.mail.delivery import write
from portal.mail.letters import Letter
from portal.outbox.service import message
from tests.declarations.surveys import make_survey
from tests.mail.launched import NOW, launched, queued
from tests.mail.postoffice import PostOffice
from tests.makers import make_contact, make_supplier
from tests.reports.declaring import declare

Deliver = Callable[..., dict[str, int]]
ASKING = [
    "invitation",
    "reminder_not_started",
    "reminder_started",
    "reminder_signature",
    "deadline_passed",
    "signature_request",
    "sent_back",
    "new_link",
]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database: what a mail says is the same on each kind."""
    return sqlite_url


def ready(rows: Session, **contact: object) -> Invitation:
    """Return the invitation of a supplier with a hostile name, of a buyer that says everything."""
    buyer = rows.get_one(Buyer, rows.info["buyer"])
    buyer.contact_phone = "+47 22 00 00 00"
    buyer.privacy_url = "https://fjordlab.example/privacy"
    make_contact(rows, make_supplier(rows, name="Zinc & <b>Sons</b>"), **contact)
    return launched(rows)[0]


def letter_of(
    app: Flask, rows: Session, invitation: Invitation, template: str, **values: object
) -> Letter:
    given = {"locale": invitation.locale, "now": NOW} | values
    unsent = message(
        template=template,
        recipient=invitation.contact.email,
        context={},
        invitation_id=invitation.id,
        locale=str(given["locale"]),
        now=NOW,
    )
    with app.app_context():
        return write(rows, unsent, invitation, given["now"])


def text_of(
    app: Flask, rows: Session, invitation: Invitation, template: str, **values: object
) -> str:
    letter = letter_of(app, rows, invitation, template, **values)
    return f"{letter.subject}\n\n{letter.text}"


def parts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain
    assert html
    return str(plain.get_content()), str(html.get_content())


def test_headers_of_a_mail(rows: Session, deliver: Deliver, office: PostOffice) -> None:
    invitation = ready(rows)
    deliver()

    [mail] = office.mails
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Portal-Template"] == "invitation"
    assert mail["X-Portal-Invitation"] == invitation.public_id
    assert mail["Reply-To"] == "quality@fjordlab.example"
    assert mail["Message-ID"].endswith("@portal.test>")
    assert mail["Date"].datetime == NOW
    assert "Fjordlab" in mail["From"]


@pytest.mark.parametrize("locale", PROMISED_LOCALES)
def test_link_stands_alone_on_a_line_and_only_there(app: Flask, rows: Session, locale: str) -> None:
    invitation = ready(rows, locale=locale)
    for template in ASKING:
        text = text_of(app, rows, invitation, template)

        lines = text.split("\n")
        links = [line for line in lines if line.startswith("http://portal.test/i/")]
        assert len(links) == 1, template
        assert text.count("/i/") == 1, template
        assert "/i/" not in lines[0], template
        assert all(len(line.encode()) < 900 for line in lines), template
        assert "\n\n\n" not in text, template


def test_mail_says_who_asks_and_how_to_get_help(app: Flask, rows: Session) -> None:
    invitation = ready(rows)
    for template in ASKING:
        text = text_of(app, rows, invitation, template)
        for said in (
            "Fjordlab",
            "Quality coordinator",
            "quality@fjordlab.example",
            "+47 22 00 00 00",
            "https://fjordlab.example/privacy",
        ):
            assert said in text, template


def test_invitation_says_what_a_supplier_must_know(app: Flask, rows: Session) -> None:
    text = text_of(app, rows, ready(rows), "invitation")

    for said in (
        "Norwegian law",
        "Labour rights and decent work",
        "Tuesday, 15 December 2026 (end of the day, Central European Time)",
        "minutes",
        "stop and continue later",
        "the owner, the managing director",
        "If something is not in place yet, say so.",
        "you may attach it",
        "may be left out",
        "We use your answers to",
        "wrong person",
    ):
        assert said in text


def test_buyer_elsewhere_names_no_norwegian_law(app: Flask, rows: Session) -> None:
    rows.get_one(Buyer, rows.info["buyer"]).country = "SE"
    assert "Norwegian law" not in text_of(app, rows, ready(rows), "invitation")


def test_other_languages_have_an_english_line_to_check_against(app: Flask, rows: Session) -> None:
    invitation = ready(rows, locale="nb")

    text = text_of(app, rows, invitation, "invitation")

    assert "tirsdag 15. desember 2026" in text
    assert "In English: Fjordlab" in text
    assert "by 15 December 2026. You can choose your language" in text
    assert "In English" not in text_of(app, rows, invitation, "invitation", locale="en")


def test_language_that_is_not_offered_is_english(app: Flask, rows: Session) -> None:
    assert "Please finish by" in text_of(app, rows, ready(rows), "invitation", locale="tlh")


def test_reminder_says_how_much_is_left(app: Flask, rows: Session) -> None:
    assert "questions are left" in text_of(app, rows, ready(rows), "reminder_started")


def test_mail_to_the_signer_holds_the_link_for_signing(app: Flask, rows: Session) -> None:
    invitation = ready(rows)

    asked = text_of(app, rows, invitation, "invitation").partition("/i/")[2].split()[0]
    signs = text_of(app, rows, invitation, "signature_request").partition("/i/")[2].split()[0]

    with app.app_context():
        from portal.state import state  # noqa: PLC0415 - needs the application

        assert state().links.read(asked).purpose == "answer"
        assert state().links.read(signs).purpose == "sign"


def test_no_threat_before_the_deadline(app: Flask, rows: Session) -> None:
    invitation = ready(rows)

    for template in ASKING:
        if template != "deadline_passed":
            assert "assess the risk" not in text_of(app, rows, invitation, template)
    late = text_of(app, rows, invitation, "deadline_passed", now=NOW + timedelta(days=60))
    assert "Without an answer we have to assess the risk" in late
    assert "You can still answer" in late


def test_extended_deadline_is_the_one_that_is_written(app: Flask, rows: Session) -> None:
    invitation = ready(rows)
    invitation.extended_to = date(2027, 1, 20)

    assert "20 January 2027" in text_of(app, rows, invitation, "invitation")


def test_html_says_the_same_and_escapes_names(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    ready(rows)
    deliver()

    plain, html = parts(office.mails[0])
    assert "Zinc & <b>Sons</b>" in plain
    assert "Zinc &amp; &lt;b&gt;Sons&lt;/b&gt;" in html
    assert "<b>" not in html
    link = next(line for line in plain.splitlines() if "/i/" in line)
    assert f'href="{link}"' in html
    assert 'lang="en"' in html
    for foreign in ("<img", "<script", "src="):
        assert foreign not in html


def test_log_keeps_the_mail_without_the_link(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    invitation = ready(rows)
    sent = queued(rows, invitation, "new_link")
    deliver()
    rows.refresh(sent)

    assert "[personal link]" in (sent.body or "")
    assert "/i/" not in (sent.body or "")
    assert sent.subject == office.mails[-1]["Subject"]


def test_line_breaks_in_a_name_make_no_header(
    rows: Session, deliver: Deliver, office: PostOffice
) -> None:
    rows.get_one(Buyer, rows.info["buyer"]).name = "Fjord\r\nBcc: victim@example.org"
    ready(rows)

    assert deliver() == {"sent": 1}
    assert office.mails[0]["Bcc"] is None
    assert len(office.recipients) == 1


def test_receipt_proves_what_was_received(app: Flask, rows: Session) -> None:
    invitation = make_survey(rows, ["labour_rights"])
    declaration = declare(rows, invitation, {})

    text = text_of(app, rows, invitation, "receipt")

    assert declaration.sha256 in text
    assert declaration.public_id in text
    assert "Valid until:" in text
    assert declaration.signatory_name not in text


def test_receipt_advises_only_where_the_buyer_allows_it(app: Flask, rows: Session) -> None:
    contact = make_contact(rows, make_supplier(rows, country="CN", category="ict_equipment"))
    invitation = make_survey(rows, ["labour_rights"], contact=contact)
    declare(rows, invitation, {"lab_rest_day": "no"})
    advice = "If you want to do more"

    assert advice not in text_of(app, rows, invitation, "receipt")
    rows.get_one(Buyer, rows.info["buyer"]).shares_advice = True
    text = text_of(app, rows, invitation, "receipt")
    assert advice in text
    assert re.search(r"(?m)^- .*day off", text), text


def test_mail_in_hebrew_reads_right_to_left(app: Flask, rows: Session) -> None:
    letter = letter_of(app, rows, ready(rows, locale="he"), "invitation")

    assert '<html lang="he" dir="rtl">' in letter.html
    lines = [line for line in letter.text.splitlines() if line not in ("", "-----")]
    links = [line for line in lines if line.startswith("http://portal.test/i/")]
    assert len(links) == 1, "the link stands bare"
    assert all(line.startswith("\u200f") for line in lines if line not in links)
    assert "\u2068Fjordlab" in letter.text, "a Latin name is kept together among Hebrew words"
    assert "\u2068+47 22 00 00 00\u2069" in letter.text
    assert "https://fjordlab.example/privacy\n" in letter.text, "an address stays bare"


def test_mail_written_left_to_right_holds_no_marks_of_direction(app: Flask, rows: Session) -> None:
    letter = letter_of(app, rows, ready(rows, locale="de"), "invitation")

    assert not re.search("[\u200f\u2066-\u2069]", letter.subject + letter.text + letter.html)
