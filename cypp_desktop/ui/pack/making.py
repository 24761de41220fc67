"""The board pack made off the UI thread: a plan's snapshot goes in, the bytes of a file come out."""

from __future__ import annotations

from collections.abc import Callable

from cypp_desktop.domain.plan import Plan
from cypp_desktop.reports.options import Options
from cypp_desktop.ui.work import Say

_READ = 15  # of a hundred, how much of the work reading the plan is


def making(plan: Plan, options: Options, kind: str) -> Callable[[Say], tuple[bytes, int]]:
    """The work that makes a file of a kind: its bytes, and how many undecided cells are marked in it."""

    def work(say: Say) -> tuple[bytes, int]:
        say(2, "Reading the plan")
        from cypp_desktop.exchange.board_pack import FORMATS  # the libraries are loaded here, and here only
        from cypp_desktop.reports import pdf, tables, undecided

        report = tables.board_pack(plan, options)
        if kind == "pdf":
            data = pdf.render(report, told=lambda share: say(round(_READ + (100 - _READ) * share), "Drawing the pages"))
        else:
            say(_READ, "Writing the file")
            data = FORMATS[kind](report)
        return data, undecided.count(report)

    return work
