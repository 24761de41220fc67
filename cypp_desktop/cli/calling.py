"""What the commands share: opening a plan, reading words as fields, printing, and the arguments that several have."""

from __future__ import annotations

import argparse
import getpass
import json
import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.folding import HIDDEN
from cypp_desktop.domain.plan import Plan

DONE, FINDINGS, REFUSED = 0, 1, 2
"""Exit states: done; there are findings; refused, with one plain sentence on stderr and nothing written."""


class Shown:
    """A stream that people look at: what would command a terminal, or turn words, is written by its number."""

    def __init__(self, stream: TextIO | None) -> None:  # none in the packaged window, which has no terminal
        self._stream = stream

    def write(self, words: str) -> int:
        """Write words; how many characters they were."""
        return self._stream.write(HIDDEN.sub(_named, words)) if self._stream else len(words)

    def flush(self) -> None:
        """Let go of what was written."""
        if self._stream:
            self._stream.flush()

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def _named(found: re.Match[str]) -> str:
    return found[0] if found[0] in "\n\t" else f"\\u{ord(found[0]):04x}"


def read(path: Path) -> Plan:
    """The plan in a file, to be read only."""
    with closing(Document.open(path, "", read_only=True)) as document:
        return document.plan


def write(options: argparse.Namespace) -> Document:
    """The plan's document, to be changed; Refused where it can only be read."""
    document = Document.open(options.file, options.author)
    if document.read_only:
        why = document.read_only
        document.close()
        raise Refused(why)
    return document


def pairs(given: Sequence[str]) -> dict[str, str]:
    """FIELD=VALUE words by their fields."""
    found = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise Refused(f"“{one}” is not written as FIELD=VALUE.")
        found[name] = value
    return found


def print_json(value: object) -> None:
    """Print an answer as JSON; raises Refused where it is nested deeper than JSON can be written."""
    try:
        print(json.dumps(value, ensure_ascii=False, indent=1))
    except RecursionError:
        raise Refused("The outcomes of this plan lie too deep in each other to be written as JSON.") from None


def command(commands: Any, name: str, run: Any, about: str) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse's own types are private
    """A command on a plan file."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about.capitalize())
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--author", default=_name(), help="whose changes these are")
    made.set_defaults(run=run)
    return made


def _name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name, as in some services
        return "Unknown"


def json_option(command: argparse.ArgumentParser) -> None:
    """--json"""
    command.add_argument("--json", action="store_true", help="as JSON")


def place_options(command: argparse.ArgumentParser) -> None:
    """--after and --first"""
    place = command.add_mutually_exclusive_group()
    place.add_argument("--after", default="", help="the sibling that it follows (otherwise it is the last)")
    place.add_argument("--first", action="store_true", help="before all siblings")


def period_option(command: argparse.ArgumentParser) -> None:
    """--period"""
    command.add_argument("--period", default="", help="the reporting period of note and status")
