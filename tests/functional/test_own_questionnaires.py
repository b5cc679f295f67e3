"""A buyer's own questionnaire: published by command or page, asked by that buyer only."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import store
from portal.buyers.models import Buyer
from portal.campaigns.freezing import asked, freeze, thawed
from portal.campaigns.versions import as_yaml, versions
from portal.catalogues.own import faults_of, translators
from portal.cli import questionnaires
from portal.questionnaires.building import build
from portal.questionnaires.copying import own_copy
from portal.questionnaires.loader import CONTENT, Library, load_questionnaire
from portal.questionnaires.publishing import buyers_library, published_versions
from portal.questionnaires.publishing import publish as publish_version
from portal.questionnaires.schema import Questionnaire
from portal.questionnaires.texts import messages
from portal.questionnaires.uploads import read_upload
from portal.questionnaires.wording import Worded, within, worded
from portal.ratings import service as ratings
from portal.ratings.models import Finding
from portal.state import state
from tests.campaigns.launching import launch_with
from tests.html import Page
from tests.library import LIBRARY
from tests.makers import make_contact, other_buyer
from tests.reports.declaring import declare
from tests.samples import OWN_QUESTIONNAIRE
from tests.signing_in import sign_in


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "visits.yaml"
    path.write_text(OWN_QUESTIONNAIRE, "utf-8")
    return path


@pytest.fixture
def run(app: Flask, rows: Session):
    name = rows.get_one(Buyer, store.scoped_buyer_id(rows)).name
    rows.commit()

    def invoke(path: Path, *more: str):
        args = ["publish", "--buyer", name, str(path), *more]
        return app.test_cli_runner().invoke(questionnaires.group, args)

    return invoke


def test_a_published_version_is_offered_to_its_buyer_only(app, rows, run, file):
    assert run(file).output == "published own_visits 1.0.0\n"
    with app.app_context():
        shipped = state().library
    assert "own_visits" in buyers_library(rows, shipped)
    assert "own_visits" not in shipped
    other_buyer(rows)
    assert "own_visits" not in buyers_library(rows, shipped)


def test_the_same_version_is_refused_and_a_higher_one_taken(rows, run, file):
    run(file)
    again = run(file)
    assert again.exit_code == 1
    assert "1.0.0 is not higher than 1.0.0" in again.output
    file.write_text(OWN_QUESTIONNAIRE.replace("1.0.0", "1.10.0"), "utf-8")
    assert run(file).exit_code == 0
    assert [row.version for row in published_versions(rows)] == ["1.10.0", "1.0.0"]


def test_a_faulty_file_publishes_nothing_and_a_dry_run_neither(rows, run, file):
    assert run(file, "--dry-run").output == "own_visits 1.0.0 can be published\n"
    file.write_text(OWN_QUESTIONNAIRE.replace("type: yes_no", "type: essay"), "utf-8")
    refused = run(file)
    assert refused.exit_code == 1
    assert "visits.yaml: line 17: question visit_ready: type:" in refused.output
    assert "1 fault; nothing was published." in refused.output
    assert published_versions(rows) == []


CHANGED = (
    OWN_QUESTIONNAIRE.replace("1.0.0", "1.1.0")
    .replace("May we visit your sites?", "May we visit all your sites?")
    .replace("required: false\n        text", "required: true\n        text")
    + """\
      - id: visit_when
        type: date
        tier: core
        required: false
        text: "When was the last visit?"
        norm: [apl_4]
"""
)


def upload(client: FlaskClient, text: str, status: int = 200) -> Page:
    file = (BytesIO(text.encode()), "visits.yaml")
    answer = client.post("/questionnaires/new", data={"file": file})
    assert answer.status_code == status, answer.text
    page = Page(answer.text)
    page.check()
    return page


def publish(client: FlaskClient, text: str) -> None:
    waiting = upload(client, text).one("input", name="waiting").get("value")
    answer = client.post("/questionnaires/new/publish", data={"waiting": waiting})
    assert answer.status_code == 303, answer.text


def test_a_faulty_upload_names_line_and_key_of_each_fault(client, rows):
    sign_in(client, rows)
    text = OWN_QUESTIONNAIRE.replace("q: visit_ready", "q: visit_gone").replace(
        'title: "Visits"', 'title: "Visits"\ncolour: red'
    )
    page = upload(client, text, 422)
    assert "The file has 2 faults" in page.text
    assert "Line 5: colour: this key is not known" in page.text
    assert "(visible_if.q): question visit_why: a condition speaks of 'visit_gone'" in page.text
    assert published_versions(rows) == []


def test_an_upload_is_shown_then_published_read_compared_and_downloaded(client, rows, get_page):
    sign_in(client, rows)
    page = upload(client, OWN_QUESTIONNAIRE)
    assert "May we visit your sites?" in page.text
    assert "Asked only if the answer to “May we visit your sites?” is “No”." in page.text
    assert published_versions(rows) == []
    rows.rollback()
    publish(client, OWN_QUESTIONNAIRE)
    publish(client, CHANGED)
    assert "Version 1.1.0" in get_page("/questionnaires/own_visits").text
    assert "A date" in get_page("/questionnaires/own_visits/1.1.0").text
    said = get_page("/questionnaires/own_visits/differences").text
    assert "When was the last visit?" in said
    assert "Text: May we visit your sites? → May we visit all your sites?" in said
    assert "Must be answered: no → yes" in said
    assert client.get("/questionnaires/own_visits/1.0.0/yaml").text == OWN_QUESTIONNAIRE
    refused = upload(client, OWN_QUESTIONNAIRE, 422)
    assert "1.0.0 is not higher than 1.1.0" in refused.text


def test_a_reviewer_reads_but_uploads_nothing(client, rows, get_page):
    sign_in(client, rows, "reviewer")
    assert "/questionnaires/new" not in get_page("/questionnaires").links()
    assert client.get("/questionnaires/new").status_code == 403


@pytest.mark.parametrize("locale", ["en", "nb"])
def test_every_shipped_questionnaire_can_be_read_and_downloaded(client, rows, get_page, locale):
    sign_in(client, rows, locale=locale)
    for path in sorted(CONTENT.glob("*.yaml")):
        shipped = load_questionnaire(path)
        address = f"/questionnaires/{shipped.id}/{shipped.version}"
        assert get_page(address).all("li")
        assert client.get(f"{address}/yaml").text == path.read_text("utf-8")


def test_what_was_sent_once_can_be_had_as_the_same_questionnaire(session, now):
    for content in LIBRARY:
        freeze(session, content, {}, now)
        [version] = versions(session, Library({}, {}, LIBRARY.scoring), content.id)
        assert build(Questionnaire, "sent.yaml", version.text) == content


def test_an_own_questionnaire_is_launched_frozen_and_rated(session, now):
    content = build(Questionnaire, "", OWN_QUESTIONNAIRE)
    publish_version(session, content, OWN_QUESTIONNAIRE, by="test", now=now)
    contact = make_contact(session)
    own = buyers_library(session, LIBRARY)["own_visits"]
    done = launch_with(session, questionnaires=[own], now=now)
    assert done.invitations[0].contact == contact
    assert thawed(asked(session, done.campaign.id)[0], "en") == content
    declaration = declare(session, done.invitations[0], {"visit_ready": "no"}, now=now)
    ratings.after_submission(session, declaration, now)
    texts = session.scalars(sa.select(Finding.text).where(Finding.question_id == "visit_ready"))
    assert list(texts) == ["The supplier does not welcome visits."]


def test_the_command_says_what_differs(app, run, file, tmp_path):
    other = tmp_path / "newer.yaml"
    other.write_text(CHANGED, "utf-8")
    runner = app.test_cli_runner()
    result = runner.invoke(questionnaires.group, ["diff", str(file), str(other)])
    assert result.exit_code == 0, result.output
    assert "Changed: visit_ready – May we visit all your sites?" in result.output
    assert "New: visit_when – When was the last visit?" in result.output
    same = runner.invoke(questionnaires.group, ["diff", "prescreen", "prescreen"])
    assert same.output == "The two ask the same.\n"
    gone = runner.invoke(questionnaires.group, ["diff", "prescreen@9.9.9", "prescreen"])
    assert gone.exit_code == 1
    assert "no questionnaire 'prescreen@9.9.9'" in gone.output


def translated(po: str, without: str = "no such text") -> str:
    """Return the template with every text translated, but for one."""
    blocks = [
        each if f'msgid "{without}"' in each else each.replace('msgstr ""', 'msgstr "Oversatt"')
        for each in po.split("\n\n")[1:]
    ]
    return "\n\n".join([po.split("\n\n", maxsplit=1)[0], *blocks])


def send_po(client: FlaskClient, po: str):
    data = {"locale": "nb", "file": (BytesIO(po.encode()), "nb.po")}
    return client.post("/questionnaires/own_visits/translations", data=data)


def test_a_translation_is_refused_by_entry_until_complete_and_ends_with_a_new_text(
    app, client, rows, get_page
):
    sign_in(client, rows)
    publish(client, OWN_QUESTIONNAIRE)
    po = client.get("/questionnaires/own_visits/translations/template").text
    refused = send_po(client, translated(po, without="May we visit your sites?"))
    assert refused.status_code == 422
    assert "<code>visit_ready</code>: “May we visit your sites?”: missing" in refused.text
    assert send_po(client, translated(po)).status_code == 303
    assert "Complete" in get_page("/questionnaires/own_visits/translations").text
    own = build(Questionnaire, "", OWN_QUESTIONNAIRE)
    translate = translators(rows, [own], ["nb"], lambda _: lambda _context, text: text)["nb"]
    assert translate("visit_ready", "May we visit your sites?") == "Oversatt"
    changed = build(Questionnaire, "", CHANGED)
    translate = translators(rows, [changed], ["nb"], lambda _: lambda _context, text: text)["nb"]
    assert translate("visit_why", "What speaks against a visit?") == "What speaks against a visit?"


def test_placeholders_of_a_translation_are_checked():
    text = OWN_QUESTIONNAIRE.replace("May we visit", "May we, {buyer}, visit")
    own = build(Questionnaire, "", text)
    texts = {(m.context, m.text): "Oversatt" for m in messages(own)}
    assert [(each.context, each.reason) for each in faults_of(texts, own)] == [
        ("visit_ready", "placeholders differ ({buyer})")
    ]


@pytest.mark.parametrize("name", sorted(LIBRARY.questionnaires))
def test_a_copy_has_new_ids_throughout_and_can_be_uploaded(name: str) -> None:
    copy = own_copy(LIBRARY[name], LIBRARY)
    assert read_upload("copy.yaml", as_yaml(copy), LIBRARY, LIBRARY) == copy
    ids = {each.id for each in LIBRARY[name].questions()}
    assert ids.isdisjoint(each.id for each in copy.questions())
    assert len(list(copy.questions())) == len(ids)
    assert own_copy(LIBRARY[name], [*LIBRARY, copy]).id == f"{name}_own2"


def test_faults_are_told_in_the_reader_s_language(client, rows):
    user = sign_in(client, rows, "buyer")
    user.locale = "nb"
    rows.commit()
    text = OWN_QUESTIONNAIRE.replace("version:", "verzion:", 1)
    page = upload(client, text, 422)
    assert "denne nøkkelen er ikke kjent" in page.text
    assert "Linje" in page.text


def test_a_sentence_remembers_what_it_was_made_of():
    sentence = within("risk", worded("'%(id)s' has no row '%(each)s'", id="a", each="100%"))
    assert sentence == "risk: 'a' has no row '100%'"
    assert isinstance(sentence, Worded)
    assert sentence.template == "%(keys)s: %(why)s"


def test_a_copy_is_downloaded_from_the_questionnaire_s_page(client, rows, get_page):
    sign_in(client, rows, "buyer")
    page = get_page("/questionnaires/labour_rights")
    [way] = [each for each in page.links() if each.endswith("/copy")]
    sent = client.get(way)
    assert sent.headers["Content-Disposition"] == "attachment; filename=labour_rights_own.yaml"
    assert "id: labour_rights_own\n" in sent.text
