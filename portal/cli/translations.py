"""`portal translations`: texts out of the code, into the catalogues, and a check that all are there."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from portal.catalogues.complete import catalogue_file
from portal.cli.catalogue_faults import faults
from portal.cli.catalogue_status import COUNTED, standings
from portal.cli.catalogues import DOMAINS, Fault, locales, merge, read, template, write
from portal.paths import resource_dir

group = AppGroup("translations", help="Bring the catalogues up to the texts, and check them.")


@group.command("extract", with_appcontext=False)
def extract() -> None:
    """Bring templates and catalogues up to the texts.

    Rewrites the templates (.pot) and merges them into each language's catalogue (.po).
    """
    folder = resource_dir("translations")
    for domain in DOMAINS:
        texts = template(domain)
        write(folder / f"{domain}.pot", texts)
        for locale in locales(domain):
            write(catalogue_file(folder, domain, locale), merge(domain, locale, texts))
        click.echo(f"{domain}: {len(texts)} texts", err=True)


@group.command("check", with_appcontext=False)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def check(as_json: bool) -> None:
    """Check that every text is there in every language.

    Fails with the list of what is missing, fuzzy, malformed, badly worded or not extracted.
    """
    folder = resource_dir("translations")
    found: list[Fault] = []
    for domain in DOMAINS:
        texts = template(domain)
        stale = {m.id for m in read(folder / f"{domain}.pot") if m.id} != {
            m.id for m in texts if m.id
        }
        if stale:
            found.append(Fault(domain, "", "", "run: portal translations extract"))
        for locale in locales(domain):
            found += faults(
                domain, locale, texts, read(catalogue_file(folder, domain, locale), locale)
            )
    if as_json:
        click.echo(json.dumps([fault.as_row() for fault in found], ensure_ascii=False, indent=2))
    else:
        for fault in found:
            click.echo(str(fault), err=True)
    if found:
        raise click.ClickException(f"{len(found)} texts are not ready.")
    click.echo("Every text is there in every language.", err=True)


@group.command("status", with_appcontext=False)
@click.option("--json", "as_json", is_flag=True, help="A list of objects for machines.")
def status(as_json: bool) -> None:
    """Count what is done, fuzzy, uncertain and missing."""
    found = list(standings(resource_dir("translations")))
    if as_json:
        click.echo(json.dumps([each.as_row() for each in found], indent=2))
        return
    click.echo(f"{'locale':8} {'domain':15}" + "".join(f"{name:>10}" for name in COUNTED))
    for each in found:
        numbers = "".join(f"{getattr(each, name):10}" for name in COUNTED)
        click.echo(f"{each.locale:8} {each.domain:15}{numbers}")
