"""The one program: its window, its checks of itself, and its command line."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Open the window on a plan, or do what a command says; returns the exit code.

    ``[FILE]`` is the window; ``self-test``, ``demo FOLDER`` and ``pictures FOLDER [PLAN]`` work it unseen; anything
    else is the command line.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    match arguments:
        case ["self-test"] | ["demo", _] | ["pictures", _] | ["pictures", _, _]:
            from cypp_desktop.ui import selftest

            return selftest.main(arguments)
        case []:
            return window([])
        case ["open", _] | ["open", _, "--exit-when-ready"]:  # without the rest of the command line
            return window(arguments[1:])
        case [file] if Path(file).suffix.lower() == ".cypp" or Path(file).is_file():
            return window([file])
        case _:
            from cypp_desktop.cli import main as command_line

            return command_line(arguments)


def window(arguments: list[str]) -> int:
    """Show the window until it is closed."""
    gc.disable()  # what is loaded and made at the start is no garbage: run() has it looked for from then on
    from cypp_desktop.ui.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
