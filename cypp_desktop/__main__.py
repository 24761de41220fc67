"""The one program: its window, its checks of itself, and its command line."""

from __future__ import annotations

import gc
import sys


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
        case [file] if file.lower().endswith(".cypp") or _is_file(file):
            return window([file])
        case _:
            from cypp_desktop.cli import main as command_line

            return command_line(arguments)


def window(arguments: list[str]) -> int:
    """Show the window until it is closed."""
    gc.disable()  # all that is imported and made at the start is no garbage: run() has it looked for from then on
    from cypp_desktop.ui.app import run

    return run(arguments)


def _is_file(name: str) -> bool:
    from pathlib import Path

    return Path(name).is_file()


if __name__ == "__main__":
    sys.exit(main())
