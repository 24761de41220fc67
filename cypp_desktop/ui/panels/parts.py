"""Small parts that the pages of questions and changes share."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QFrame, QVBoxLayout

from cypp_desktop.ui import theme, wording


def card(role: str) -> tuple[QFrame, QVBoxLayout]:
    """A card (``role`` as in the stylesheet) and the column in it."""
    frame = QFrame()
    frame.setProperty("role", role)
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.grid(2.5), theme.grid(2), theme.grid(2.5), theme.grid(2))
    column.setSpacing(theme.grid(1))
    return frame, column


def when(at: str) -> str:
    """A time of the journal as one says it."""
    return wording.when_written(at, datetime.now(UTC))
