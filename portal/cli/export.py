"""`portal export`: a buyer's data as CSV or as a workbook, for an audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import store
from portal.campaigns.models import Campaign
from portal.cli.whose import scope_to_buyer
from portal.database import db_session
from portal.reports.csv_writer import Preset
from portal.reports.export import Export, Layout, Row, Subject, Wanted
from portal.reports.exporting import export
from portal.reports.files import write_csv, write_xlsx
from portal.reports.xlsx_writer import TooWide

_TELL_EVERY = 10_000


def _choice(kind: type[Subject | Layout | Preset]) -> click.Choice[str]:
    return click.Choice([str(member) for member in kind])


@click.command("export")
@click.argument("subject", metavar="SUBJECT", type=_choice(Subject))
@click.option("--campaign", "campaign_id", type=int, metavar="ID", help="One campaign.")
@click.option("--buyer", metavar="NAME", help="Everything of one buyer.")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["csv", "xlsx"]),
    default="csv",
    show_default=True,
    help="The kind of file.",
)
@click.option(
    "--layout",
    type=_choice(Layout),
    default="long",
    show_default=True,
    help="Of answers: one per row, or one declaration per row.",
)
@click.option(
    "--preset",
    type=_choice(Preset),
    default="data",
    show_default=True,
    help="Of a CSV: for a Norwegian Excel, or for programs.",
)
@click.option("--with-personal-data", is_flag=True, help="Also what names a person.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to write; what is there is replaced.",
)
@with_appcontext
def command(
    *,
    subject: str,
    campaign_id: int | None,
    buyer: str | None,
    file_format: str,
    layout: str,
    preset: str,
    with_personal_data: bool,
    output: Path,
) -> None:
    """Write a buyer's data to a file, for an audit.

    SUBJECT is one of: declarations, answers, findings, invitations, ratings, public_answers, actions,
    visits, calls, events, validity, responses. Say --campaign or --buyer.

    A CSV ends with a manifest line (rows, SHA-256) and gets a data dictionary beside it; a workbook
    has both on sheets of their own. FILE is written whole or not at all.
    """
    if (campaign_id is None) == (buyer is None):
        raise click.UsageError("Say either --campaign ID or --buyer NAME.")
    if not output.absolute().parent.is_dir():
        raise click.ClickException(f"There is no folder {output.parent} to write to.")
    if output.exists() and not output.is_file():  # a device or a pipe
        raise click.ClickException(f"{output} is no file and cannot be replaced by one.")
    wanted = Wanted(campaign_id, Layout(layout), with_personal_data)
    with store.read_only():
        _scope(campaign_id, buyer)
        found = export(db_session(), Subject(subject), wanted, datetime.now(UTC))
        counted = _Counted(found)
        try:
            _write(counted.export, output, file_format, Preset(preset))
        except (OSError, TooWide) as error:
            raise click.ClickException(f"{output} was not written: {error}") from None
    click.echo(f"wrote {output}: {counted.rows} rows, {len(found.columns)} columns")


def _scope(campaign_id: int | None, buyer: str | None) -> None:
    if buyer is not None:
        scope_to_buyer(buyer)
        return
    session = db_session()
    store.scope_to_everyone(session)
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise click.ClickException(
            f"There is no campaign {campaign_id}. See: portal campaigns list"
        )
    store.scope(session, campaign.buyer_id)


def _write(found: Export, output: Path, file_format: str, preset: Preset) -> None:
    if file_format == "xlsx":
        write_xlsx(found, output)
    else:
        write_csv(found, output, preset)


class _Counted:
    """An export whose rows are counted as they pass, said on stderr while there are many."""

    def __init__(self, found: Export) -> None:
        self.rows = 0
        self.export = replace(found, rows=self._counting(found))

    def _counting(self, found: Export) -> Iterator[Row]:
        for row in found.rows:
            self.rows += 1
            if self.rows % _TELL_EVERY == 0:
                click.echo(f"{self.rows} rows …", err=True)
            yield row
