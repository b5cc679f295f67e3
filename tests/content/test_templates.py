"""Every template compiles, and every shipped question is drawn as a sound page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template, render_template_string

from portal import database
from portal.app import create_app
from portal.paths import resource_dir
from portal.questionnaires.loader import CONTENT, load_questionnaire
from tests.html import Page
from tests.settings import settings_for

TEMPLATES = resource_dir("templates")
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*"))
QUESTIONNAIRES = sorted(CONTENT.glob("*.yaml"))
LINK_STATES = ["withdrawn", "replaced", "closed", "answered", "unknown"]
COUNTRIES = [("CN", "China"), ("NO", "Norway")]
SECTION = """
{% extends "layouts/supplier.html" %}
{% from "macros/questions.html" import question %}
{% block title %}{{ section.title }}{% endblock %}
{% block content %}
  <form method="post">
    {% for q in section.questions %}
      {{ question(q, countries=countries, errors=errors, comment=comment, value=value) }}
    {% endfor %}
  </form>
{% endblock %}
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all: nothing here changes it or writes."""
    folder = tmp_path_factory.mktemp("templates")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'portal.sqlite'}"))
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(app: Flask, name: str) -> None:
    assert app.jinja_env.get_template(name).name == name


@pytest.mark.parametrize("path", QUESTIONNAIRES, ids=lambda path: path.stem)
@pytest.mark.parametrize("state", ["empty", "refused"])
def test_every_question_is_drawn(app: Flask, path: Path, state: str) -> None:
    refused = state == "refused"
    for section in load_questionnaire(path).sections:
        with app.test_request_context():
            text = render_template_string(
                SECTION,
                section=section,
                countries=COUNTRIES,
                errors=["Choose an answer."] if refused else [],
                comment="<b>Ours</b>" if refused else "",
                value="unknown" if refused else None,
            )
        page = Page(text)
        page.check()
        drawn = [e.get("data-question") for e in page.elements if e.get("data-question")]
        assert drawn == [question.id for question in section.questions]
        assert text.count("&lt;b&gt;Ours&lt;/b&gt;") == (len(drawn) if refused else 0)


def test_each_dead_link_says_something_else(app: Flask) -> None:
    headings = set()
    for state in LINK_STATES:
        with app.test_request_context():
            page = Page(render_template("supplier/link_state.html", link_state=state))
        page.check()
        headings.add(page.one("h1").text)
    assert len(headings) == len(LINK_STATES)


def test_unknown_address_has_a_page(app: Flask) -> None:
    response = app.test_client().get("/nothing-here")
    assert response.status_code == 404
    page = Page(response.text)
    page.check()
    assert page.one("h1").text == "Page not found"


def test_kept_lines_are_drawn_with_one_more(app: Flask) -> None:
    profile = load_questionnaire(CONTENT / "company_profile.yaml")
    sites = next(q for section in profile.sections for q in section.questions if q.dynamic)
    kept = [{"id": "0", "country": "NO", "place": "Vik"}, {"id": "1", "country": "CN"}]
    with app.test_request_context():
        page = Page(
            render_template_string(
                '{% from "macros/questions.html" import question %}'
                "{{ question(q, value=value, countries=countries) }}",
                q=sites,
                value=kept,
                countries=COUNTRIES,
            )
        )
    drawn = [e.get("name") for e in page.elements if e.get("name").endswith(".country")]
    assert drawn == [f"{sites.id}.{row}.country" for row in ("0", "1", "2", "__row__")]
    chosen = [e.get("value") for e in page.all("option") if "selected" in e.attributes]
    assert chosen == ["NO", "CN"]
