"""Calendars to choose one day: one that stands in a dialog, and one that drops down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QMenu, QToolButton, QWidget, QWidgetAction

from cypp_desktop.ui import theme

_ARROWS = {"qt_calendar_prevmonth": "‹", "qt_calendar_nextmonth": "›"}  # Qt's own are black in any scheme


class Calendar(QCalendarWidget):
    """A month of days in the colours of the theme, some of them marked."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        look = QTextCharFormat()
        look.setForeground(theme.tokens().text)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, look)
        for name, mark in _ARROWS.items():
            arrow = self.findChild(QToolButton, name)
            if isinstance(arrow, QToolButton):
                arrow.setIcon(QIcon())
                arrow.setText(mark)

    def mark(self, days: Mapping[date, str]) -> None:
        """Have some days stand out, each with its words for the tooltip."""
        look = QTextCharFormat()
        look.setForeground(theme.tokens().accent)
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        for day, words in days.items():
            look.setToolTip(words)
            self.setDateTextFormat(to_qt(day), look)

    @property
    def day(self) -> date:
        """The day that is chosen."""
        return to_date(self.selectedDate())


class Days(QMenu):
    """Shows the month of a day, or this one."""

    chosen = Signal(object)
    """The day, a ``datetime.date``."""

    def __init__(self, day: date | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.calendar = Calendar()
        if day:
            self.calendar.setSelectedDate(to_qt(day))
        held = QWidgetAction(self)
        held.setDefaultWidget(self.calendar)
        self.addAction(held)
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        self.aboutToHide.connect(self.deleteLater)

    def drop(self, at: QPoint) -> None:
        """Open at a point of the screen, with the keyboard in it."""
        self.popup(at)
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self.close()
        self.chosen.emit(to_date(day))


def to_qt(day: date) -> QDate:
    """A day as Qt has it."""
    return QDate(day.year, day.month, day.day)


def to_date(day: QDate) -> date:
    """A day of Qt's as Python has it."""
    return date(day.year(), day.month(), day.day())
