"""Reports as PDF/UA-1."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

    from cypp_desktop.reports.model import Report


def render(report: Report, out: BinaryIO | Path | None = None) -> bytes:
    """The report's PDF, written to ``out`` as well where one is given. See :mod:`.assemble`."""
    from cypp_desktop.reports.pdf import assemble

    return assemble.render(report, out)
