"""A calendar that drops down to choose one day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QMenu, QToolButton, QWidget, QWidgetAction

from cypp_desktop.ui import theme

_ARROWS = {"qt_calendar_prevmonth": "‹", "qt_calendar_nextmonth": "›"}  # Qt's own are black in any scheme


class Days(QMenu):
    """Shows the month of a day, or this one."""

    chosen = Signal(object)
    """The day, a ``datetime.date``."""

    def __init__(self, day: date | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        look = QTextCharFormat()
        look.setForeground(theme.tokens().text)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, look)
        for name, mark in _ARROWS.items():
            arrow = self.calendar.findChild(QToolButton, name)
            if isinstance(arrow, QToolButton):
                arrow.setIcon(QIcon())
                arrow.setText(mark)
        if day:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
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
        self.chosen.emit(date(day.year(), day.month(), day.day()))
