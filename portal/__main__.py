"""The `portal` command, and `python -m portal`."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command.

    What is imported stays: looking for garbage meanwhile would take a quarter of a command's start.
    """
    gc.disable()
    from portal.app import main as run  # noqa: PLC0415 - what this is about

    gc.enable()
    run()


if __name__ == "__main__":
    main()
