"""`portal worker`: what happens by itself, in a process of its own or once."""

from __future__ import annotations

import logging
from datetime import datetime

import click
from flask.cli import with_appcontext

from portal import database
from portal.cli.moment import Moment
from portal.jobs import job_queue, run_due, settle, utc_now

# How long a stopping worker may finish what it has begun; a killed one loses nothing either.
_SECONDS_TO_FINISH = 20


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due this minute and exit: for cron.")
@click.option("--now", type=Moment(), help="With --once: as if it were then.")
@with_appcontext
def command(once: bool, now: datetime | None) -> None:
    """Deliver mail, send reminders, and do what else falls due."""
    if now and not once:
        raise click.UsageError("--now needs --once.")
    level = logging.WARNING if once else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    database.check()
    if once:
        done = run_due((lambda: now) if now else utc_now)
        click.echo(", ".join(f"{name} {done[name]}" for name in sorted(done)) or "nothing due")
        return
    consumer = job_queue().create_consumer(
        workers=2, max_delay=2, graceful_signal="TERM", shutdown_timeout=_SECONDS_TO_FINISH
    )
    settle()
    consumer.run()
