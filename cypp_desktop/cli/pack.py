"""The command that writes the board pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from cypp_desktop.cli import calling
from cypp_desktop.cli.calling import DONE
from cypp_desktop.domain.roles import without_role


def report(options: argparse.Namespace) -> int:
    """Write the board pack."""
    from cypp_desktop.exchange import board_pack  # reportlab is slow to import

    asked = board_pack.Asked(
        priorities=options.priority,
        leads=options.lead,
        period=options.period,
        paper=options.paper,
        layout=options.layout,
        without=options.without,
        people=options.people,
        watermark=options.watermark,
        text_size=options.text_size,
    )
    plan = calling.read(options.file)
    board_pack.write(plan, options.output, asked)
    if board_pack.options(plan, asked).people == "roles" and (named := without_role(plan)):
        print(f"Without a role, and so called by name: {', '.join(named)}.", file=sys.stderr)
    print(options.output)
    return DONE


def add_command(commands: Any) -> None:  # noqa: ANN401 - argparse's own types are private
    """Add "report" to the commands."""
    made = calling.command(commands, "report", report, "write the board pack")
    made.add_argument("-o", "--output", type=Path, required=True, help="the file to write, such as pack.pdf")
    made.add_argument("--priority", action="append", default=[], help="only this priority (may be repeated)")
    made.add_argument("--lead", action="append", default=[], help="only this lead's actions (may be repeated)")
    made.add_argument("--layout", default="", help="a layout of the plan, or city, county, editing")
    made.add_argument("--without", action="append", default=[], metavar="PART", help="a part to leave out")
    made.add_argument("--people", default="", help="names, or roles in place of the names of leads that have one")
    made.add_argument("--watermark", nargs="?", const="Draft", default="", help="a word behind every page")
    made.add_argument("--paper", default="", help="A4 or A3")
    made.add_argument("--text-size", default="", help="normal, large or larger")
    calling.period_option(made)
