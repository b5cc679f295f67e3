"""`portal verify`: check a receipt without database, secret or network."""

from __future__ import annotations

from pathlib import Path

import click

from portal import config
from portal.declarations import receipts, sealing, verdicts

INTACT, NOT_INTACT, UNREADABLE = 0, 1, 2


@click.command("verify")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--public-key",
    "key_files",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    help="PEM file with a public key; without it, the keys of this installation.",
)
@click.pass_context
def command(ctx: click.Context, file: Path, key_files: tuple[Path, ...]) -> None:
    """Say whether a receipt is intact.

    Where it is not, says what was changed in FILE. Exits 0 when it is intact, 1 when it is not, 2
    when FILE or a key cannot be read.
    """
    try:
        data = receipts.read(_content(file))
        known = _keys(key_files)
    except (receipts.UnreadableReceipt, sealing.UnreadableKey, OSError) as error:
        click.echo(f"{file}: {_reason(error)}", err=True)
        ctx.exit(UNREADABLE)
    verdict = receipts.verify(data, known)
    if verdict.intact:
        click.echo(f"{file}: {verdicts.INTACT}")
        ctx.exit(INTACT)
    for problem in verdict.problems:
        click.echo(f"{file}: {verdicts.in_english(problem)}", err=True)
    ctx.exit(NOT_INTACT)


def _content(file: Path) -> bytes:
    with file.open("rb") as source:
        return source.read(receipts.LARGEST + 1)


def _keys(files: tuple[Path, ...]) -> list[sealing.PublicKey]:
    if files:
        return [sealing.read_public_key(path) for path in files]
    instance = Path(config.load()["INSTANCE_PATH"])
    known = sealing.known_keys(instance)
    if not known:
        raise sealing.UnreadableKey(
            f"There is no key in {instance / sealing.FOLDER} to check the seal with. "
            "Name one with --public-key, or set PORTAL_INSTANCE_PATH."
        )
    return known


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
