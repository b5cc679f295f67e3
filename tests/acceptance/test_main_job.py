"""The main job from outside: a register, a campaign, real mail, answers, a seal, reminders, an audit."""

from __future__ import annotations

import csv
import hashlib
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl

from tests.acceptance.browser import Browser, Values, answer_all, sign
from tests.acceptance.outside import Installation
from tests.mail.postoffice import PostOffice

BUYER = "Nordmed AS"
REPLIES = "innkjop@nordmed.example"
PASSWORD = "a long enough password"
DEADLINE, AFTER_FIRST_STEP = "2099-12-15", "2099-12-02T12:00:00Z"
COLUMNS = [
    "key",
    "name",
    "country",
    "criticality",
    "contact_name",
    "contact_email",
    "contact_locale",
]
FAULTS = {
    11: (2, "Atlantis", "the country 'Atlantis' is not known"),
    21: (5, "nobody at home", "the e-mail address 'nobody at home' cannot be used"),
    31: (3, "Q", "the criticality 'Q' is not A, B or C"),
}
SIGNATORY = b'"role":"'
SUBJECTS = {"en": "asks for your supplier declaration", "nb": "ber om"}
PROMISED = {
    "country_index",
    "category_index",
    "inherent",
    "effectiveness",
    "residual",
    "band",
    "basis",
    "priority",
    "red_flags",
    "explanation",
}


def test_the_main_job(installation: Installation, post_office: PostOffice, served: str) -> None:
    installation.ok("buyers", "add", BUYER, "--contact-email", REPLIES)
    asked = import_register(installation)
    campaign = launch(installation)
    links = invitations_arrive(installation, post_office, asked)

    english, norwegian, declining, withdrawn, started, *silent = asked
    answers = {
        english: answer(links[english], "en", "Mary O'Brien")[0],
        norwegian: (told := answer(links[norwegian], "nb", "Åse Ødegård"))[0],
    }
    verify(installation, receipt=told[1])
    decline(links[declining])
    withdraw(installation, campaign, withdrawn, links[withdrawn])
    begin(links[started])

    remind(installation, post_office, {started, *silent})
    rated(installation, answered="S001", silent="S012")
    exported(installation, campaign, answers)
    numbers_agree(installation, campaign, served)


def import_register(installation: Installation) -> dict[str, str]:
    """Import 50 rows of which 3 are faulty; return address and language of the other 47."""
    rows = [
        [
            f"S{n:03}",
            f"Supplier {n} <b>",
            "CN",
            "A",
            "",
            f"s{n}@s{n}.example",
            "en" if n % 2 else "nb",
        ]
        for n in range(1, 51)
    ]
    for line, (column, value, _) in FAULTS.items():
        rows[line - 2][column] = value
    file = installation.folder / "register.csv"
    with file.open("w", encoding="cp1252", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows([COLUMNS, *rows])
    importing = ("suppliers", "import", file, "--buyer", BUYER)

    refused = installation.run(*importing)
    assert refused.returncode == 1
    for line, (_, _, reason) in FAULTS.items():
        assert f"Row {line}: {reason}" in refused.stderr
    assert installation.json("suppliers", "list", "--buyer", BUYER) == []

    summary = "added {}, changed 0, unchanged {}, faulty 3\n"
    assert installation.ok(*importing, "--skip-faulty") == summary.format(47, 0)
    assert installation.ok(*importing, "--skip-faulty") == summary.format(0, 47)
    return {row[5]: row[6] for line, row in enumerate(rows, 2) if line not in FAULTS}


def launch(installation: Installation) -> int:
    """Launch by command and return the campaign's id."""
    questionnaires = ("--questionnaire", "company_profile", "--questionnaire", "labour_rights")
    told = installation.ok(
        *("campaigns", "launch", "--buyer", BUYER, "--title", "Decent work"),
        *(*questionnaires, "--deadline", DEADLINE, "--scope", "country=CN"),
    )
    assert told.startswith("asked 47, cannot reach 0, asked the same before 0\n")
    (campaign,) = installation.json("campaigns", "list")
    assert (campaign["state"], campaign["asked"]) == ("running", 47)
    return int(campaign["id"])


def invitations_arrive(
    installation: Installation, post_office: PostOffice, asked: dict[str, str]
) -> dict[str, str]:
    """Let the worker deliver; return each address's link."""
    installation.ok("worker", "--once")
    assert sorted(post_office.recipients) == sorted(asked)
    for mail in post_office.mails:
        assert SUBJECTS[asked[mail["To"]]] in mail["Subject"]
        assert mail["X-Portal-Template"] == "invitation"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Reply-To"] == REPLIES
        assert mail.get_body(("html",)) is not None
        assert re.fullmatch(r"[0-9a-f]{16,}", mail["X-Portal-Invitation"])
    assert len({mail["Message-ID"] for mail in post_office.mails}) == 47
    return {mail["To"]: link_in(mail) for mail in post_office.mails}


def link_in(mail: EmailMessage) -> str:
    """Return the link, which stands alone on a line of the text part."""
    text = mail.get_body(("plain",))
    assert text is not None
    lines = text.get_content().splitlines()
    (link,) = [line for line in lines if re.fullmatch(r"http://127\.0\.0\.1:\d+/i/\S+", line)]
    assert len(urlsplit(link).path) < 150
    return link


def start(link: str) -> tuple[Browser, str]:
    """Open the link, start, and return the browser with the hub's path."""
    browser = Browser()
    assert browser.open(link) == 200
    assert browser.post("/start") == 200
    assert re.fullmatch(r"/survey/[0-9a-f]+/", browser.path)
    return browser, browser.path


def answer(link: str, locale: str, name: str) -> tuple[Values, bytes]:
    """Answer everything and sign; return what was answered by input name, and the receipt."""
    browser, hub = start(link)
    assert browser.page.one("html").get("lang") == locale
    answers = answer_all(browser)
    assert len(answers) > 40
    sign(browser, hub, name)
    assert browser.open(hub + "receipt.json") == 200
    receipt = browser.content
    assert browser.open(link) == 200
    assert name in browser.page.text
    return answers, receipt


def verify(installation: Installation, *, receipt: bytes) -> None:
    """The receipt is intact; with one byte changed it is not, and what was changed is named."""
    file = installation.folder / "receipt.json"
    file.write_bytes(receipt)
    installation.ok("verify", file)
    where = receipt.index(SIGNATORY) + len(SIGNATORY)
    file.write_bytes(receipt[:where] + bytes([receipt[where] ^ 1]) + receipt[where + 1 :])
    broken = installation.run("verify", file)
    assert broken.returncode == 1
    assert "signatory.role" in broken.stderr


def decline(link: str) -> None:
    browser, hub = start(link)
    assert browser.open(hub + "decline") == 200
    form = browser.form("/decline")
    kind = next(e for e in browser.fields(form) if e.get("name") == "decline_kind")
    chosen = kind if kind.tag == "input" else browser.options(kind)[0]
    status = browser.post(
        "/decline", decline_kind=chosen.get("value"), decline_reason="We no longer make this."
    )
    assert (status, browser.path) == (200, hub + "declined"), browser.page.text


def withdraw(installation: Installation, campaign: int, email: str, link: str) -> None:
    listed = installation.json("invitations", "list", "--campaign", campaign)
    (found,) = [each for each in listed if each["contact_email"] == email]
    installation.ok("invitations", "withdraw", found["id"])
    assert installation.run("invitations", "withdraw", found["id"]).returncode == 1
    browser = Browser()
    assert browser.open(link) == 410
    assert not browser.page.all("form", method="post", action=urlsplit(link).path + "/start")


def begin(link: str) -> None:
    browser, hub = start(link)
    sections = [link for link in browser.page.links() if re.fullmatch(hub + r"\w+/\w+", link)]
    assert browser.open(sections[0]) == 200


def remind(installation: Installation, post_office: PostOffice, owing: set[str]) -> None:
    """Two weeks before the deadline exactly those who owe an answer are reminded, once."""
    post_office.mails.clear()
    post_office.recipients.clear()
    due = installation.json("reminders", "due", "--now", AFTER_FIRST_STEP)
    assert {each["recipient"] for each in due} == owing
    installation.ok("worker", "--once", "--now", AFTER_FIRST_STEP)
    installation.ok("worker", "--once", "--now", AFTER_FIRST_STEP)
    reminders = [m for m in post_office.mails if m["X-Portal-Template"].startswith("reminder")]
    assert sorted(mail["To"] for mail in reminders) == sorted(owing)
    assert all(link_in(mail) for mail in reminders)
    others = {m["X-Portal-Template"] for m in post_office.mails if m not in reminders}
    assert others <= {"receipt"}
    assert installation.json("reminders", "due", "--now", AFTER_FIRST_STEP) == []


def rated(installation: Installation, *, answered: str, silent: str) -> None:
    told = {
        key: installation.json("ratings", "show", "--supplier", key) for key in (answered, silent)
    }
    for rating in told.values():
        assert set(rating) >= PROMISED
        assert all(
            set(line) == {"code", "text", "points", "source"} for line in rating["explanation"]
        )
    assert told[answered]["effectiveness"] > 0
    assert told[silent]["effectiveness"] in (None, 0)
    points = sum(line["points"] for line in told[silent]["explanation"])
    assert abs(points - told[silent]["residual"]) < 0.11


def exported(installation: Installation, campaign: int, answers: dict[str, Values]) -> None:
    """The exports open, say how many rows they have, and hold what was answered."""
    rows = read_csv(export(installation, campaign, "answers.csv"))
    told = {(row["supplier_key"], row["question_id"]): row["answer_value"] for row in rows}
    for row in rows:  # a comment stands beside every cell of its table
        question = row["question_id"].split(".")[0]
        told[row["supplier_key"], f"{question}.comment"] = row["comment_original"]
    given = {
        (f"S{int(email[1 : email.index('@')]):03}", name): value
        for email, values in answers.items()
        for name, [value] in values.items()
    }
    assert {name: told.get(name) for name in given} == given
    declared = read_csv(export(installation, campaign, "declarations.csv"))
    signed = [row for row in declared if row["signed_at"]]
    assert {row["supplier_key"] for row in signed} == {"S001", "S002"}
    assert {row["language_answered"] for row in signed} == {"en", "nb"}

    book = openpyxl.load_workbook(
        export(installation, campaign, "answers.xlsx"), read_only=True, data_only=True
    )
    sheet = book.worksheets[0].iter_rows(values_only=True)
    head = list(next(sheet))
    cells: list[dict[Any, Any]] = [dict(zip(head, row, strict=True)) for row in sheet]
    book.close()
    assert [str(c["question_id"]) for c in cells] == [row["question_id"] for row in rows]
    assert [c["question_text_shown"] for c in cells] == [r["question_text_shown"] for r in rows]


def export(installation: Installation, campaign: int, name: str) -> Path:
    file = installation.folder / name
    subject, kind = name.split(".")
    wanted = ("--campaign", campaign, "--format", kind, "--with-personal-data")
    installation.ok("export", subject, *wanted, "-o", file)
    return file


def read_csv(file: Path) -> list[dict[str, str]]:
    """Return the rows; the last line of the file counts and hashes those before it."""
    *lines, manifest = file.read_bytes().splitlines(keepends=True)
    found = re.fullmatch(rb"#manifest,rows=(\d+),sha256=([0-9a-f]{64})\r?\n", manifest)
    assert found, manifest
    assert hashlib.sha256(b"".join(lines)).hexdigest().encode() == found[2]
    rows = list(csv.DictReader(b"".join(lines).decode("utf-8-sig").splitlines()))
    assert len(rows) == int(found[1])
    return rows


def numbers_agree(installation: Installation, campaign: int, served: str) -> None:
    """Command, export and dashboard tell the same of the 47."""
    counts = installation.json("campaigns", "show", campaign)["counts"]
    expected = {"sent": 42, "started": 1, "submitted": 2, "declined": 1, "cancelled": 1}
    assert counts == expected
    rows = read_csv(export(installation, campaign, "invitations.csv"))
    told = [row["state"] for row in rows]
    assert {state: told.count(state) for state in set(told)} == expected

    user = ("users", "add", "ola@nordmed.example", "--buyer", BUYER, "--role", "auditor")
    installation.ok(*user, "--locale", "en", "--password-stdin", stdin=PASSWORD + "\n")
    browser = Browser()
    assert browser.open(served) == 200
    assert browser.post("/login", email="ola@nordmed.example", password=PASSWORD) == 200
    assert browser.path == "/"
    assert "Decent work" in browser.page.text
    (figures,) = (" ".join(e.text.split()) for e in browser.page.all("ul", class_="figures"))
    findings = read_csv(export(installation, campaign, "findings.csv"))
    flagged = sum(row["red_flag"] == "true" for row in findings)
    assert "Have answered 2 of 46" in figures  # who was withdrawn is not asked any more
    assert f"Open red flags {flagged} " in figures
    assert browser.open(f"/campaigns/{campaign}") == 200
    assert "Submitted 2 of 46" in browser.page.text
