"""The application factory: the only place where the parts meet."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import ScriptInfo
from flask_wtf import CSRFProtect

from portal import config, database, i18n, state
from portal.buyers import models as _buyers  # noqa: F401 - tables are known once imported
from portal.campaigns import models as _campaigns  # noqa: F401
from portal.campaigns.links import Links
from portal.cli import (
    buyers,
    campaigns,
    db,
    demo,
    export,
    flags,
    invitations,
    questionnaires,
    ratings,
    reference,
    reminders,
    serve,
    suppliers,
    translations,
    users,
    verify,
    worker,
)
from portal.declarations import models as _declarations  # noqa: F401
from portal.declarations import sealing
from portal.events import models as _events  # noqa: F401
from portal.files import FileStore
from portal.followup import action_models as _actions  # noqa: F401
from portal.followup import alert_models as _alerts  # noqa: F401
from portal.followup import call_models as _calls  # noqa: F401
from portal.followup import clarification_models as _clarifications  # noqa: F401
from portal.followup import models as _correspondence  # noqa: F401
from portal.followup import visit_models as _visits  # noqa: F401
from portal.mail import post
from portal.outbox import models as _outbox  # noqa: F401
from portal.paths import resource_dir
from portal.questionnaires import models as _questionnaires  # noqa: F401
from portal.questionnaires.faults import FaultyQuestionnaire
from portal.questionnaires.loader import Library, load_library
from portal.ratings import models as _ratings  # noqa: F401
from portal.reminders import models as _reminders  # noqa: F401
from portal.reviews import models as _reviews  # noqa: F401
from portal.screening import models as _screening  # noqa: F401
from portal.suppliers import models as _suppliers  # noqa: F401
from portal.web import errors, filters, headers, health, mailbox, proxy, reading, static_files
from portal.web.auth import mailing, signing_in
from portal.web.buyer import all_pages as buyer
from portal.web.supplier import pages as supplier_pages

csrf = CSRFProtect()


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the application; tests and the demo pass `overrides` for its settings.

    Raises:
        portal.config.ConfigError: a setting is missing or wrong.
    """
    settings = {**config.load(), **(overrides or {})}
    config.check(settings)
    app = Flask(
        "portal",
        instance_path=settings["INSTANCE_PATH"],
        template_folder=str(resource_dir("templates")),
    )
    app.config.from_mapping(settings)
    keys = [app.config["SECRET_KEY"], *app.config["SECRET_KEY_FALLBACKS"]]
    instance = Path(app.config["INSTANCE_PATH"])
    parts = state.State(
        files=FileStore(app.config["FILES_URL"]),
        links=Links(keys),
        library=_library(),
        seal_key=sealing.installation_key(instance),
        known_keys=tuple(sealing.known_keys(instance)),
        reset_link=mailing.reset_link,
    )
    state.init_app(app, parts)
    csrf.init_app(app)
    for part in (
        database,
        i18n,
        post,
        proxy,
        reading,
        signing_in,
        headers,
        static_files,
        filters,
        errors,
        supplier_pages,
    ):
        part.init_app(app)
    for blueprint in (health.bp, *buyer.BLUEPRINTS):
        app.register_blueprint(blueprint)
    if app.config["MAIL_FOLDER"] and app.config["SECRET_KEY"] == config.DEMO_SECRET_KEY:
        app.register_blueprint(mailbox.bp)
    return app


@cache
def _library() -> Library:
    """Return the shipped questionnaires: read once, however many applications are made."""
    try:
        return load_library()
    except FaultyQuestionnaire as error:
        raise config.ConfigError(f"A questionnaire cannot be used. {error}") from None


@click.group()
def cli() -> None:
    """Ask suppliers, chase the answers, rate the risk."""


for group in (
    buyers.group,
    campaigns.group,
    db.group,
    demo.command,
    export.command,
    flags.group,
    invitations.group,
    questionnaires.group,
    ratings.group,
    reference.group,
    reminders.group,
    serve.command,
    suppliers.group,
    translations.group,
    users.group,
    verify.command,
    worker.command,
):
    cli.add_command(group)


def main() -> None:
    """Run the `portal` command; a faulty setting or database is one sentence, never a stack trace.

    Exit codes: 2 for a setting, a database that does not answer and missing tables; 1 for a
    database that refused the work, since trying again may help.
    """
    made = ScriptInfo(create_app=create_app, set_debug_flag=False)
    try:
        cli.main(prog_name="portal", obj=made)
    except config.ConfigError as error:
        _stop(str(error), 2)
    except (sa.exc.OperationalError, sa.exc.ProgrammingError) as error:
        _check_database(made)
        if isinstance(error, sa.exc.ProgrammingError):
            raise  # the tables are there, so the fault is ours
        _stop(f"The database refused the work ({error.orig}). Nothing was changed; try again.", 1)


def _check_database(made: ScriptInfo) -> None:
    """Stop with what to do if the database as a whole cannot be used."""
    try:
        with made.load_app().app_context():
            database.check()
    except config.ConfigError as error:
        _stop(str(error), 2)


def _stop(sentence: str, code: int) -> NoReturn:
    click.echo(f"portal: {sentence}", err=True)
    sys.exit(code)
