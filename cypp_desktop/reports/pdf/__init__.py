"""Reports as PDF/UA-1."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cypp_desktop.reports.model import Report


def render(report: Report, out: BinaryIO | Path | None = None, told: Callable[[float], None] | None = None) -> bytes:
    """The report's PDF, written to ``out`` as well where one is given.

    ``told`` is called now and then with the share that is done, from 0 to 1; what it raises ends the work and comes
    out of here. See :mod:`.assemble`.
    """
    from cypp_desktop.reports.pdf import assemble

    return assemble.render(report, out, told or (lambda _: None))
