"""Which day the plan is to be seen as it was on: a calendar of the days with changes, and what was changed on one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from cypp_desktop.document import history
from cypp_desktop.document.review import Span
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.changes.list import ChangesList, ChangesModel
from cypp_desktop.ui.changes.rows import BY_TIME, arranged
from cypp_desktop.ui.changes.source import Source
from cypp_desktop.ui.controls import answers
from cypp_desktop.ui.days import Calendar, to_qt
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.help import guide
from cypp_desktop.ui.work import Work

_READING = "The history is being read…"


class PastDialog(QDialog):
    """Accepted with a ``day``; the days with changes are looked up off the UI thread."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("As it was on…")
        guide.on_f1(self, "Looking back")
        self._bridge = bridge
        self._days: list[date] = []
        self.calendar = Calendar()
        self.earlier, self.later = QPushButton("‹ Change before"), QPushButton("Change after ›")
        self.source = Source(bridge, Span(), self)
        self.model = ChangesModel(bridge.plan, reviewing=False, parent=self)
        self.list = ChangesList(self.model, "What was changed on that day")
        self._said = theme.label(size="strong", wrap=True)
        self._empty = Empty("calendar", _READING)
        self._lay_out()
        self.source.changed.connect(self._show)
        self.calendar.selectionChanged.connect(self._look)
        self.calendar.activated.connect(self.accept)
        self.earlier.clicked.connect(lambda: self._step(-1))
        self.later.clicked.connect(lambda: self._step(1))
        path = bridge.document.path
        self._work = Work(lambda _say: history.days(path), "The history cannot be read")
        self._work.done.connect(self.take)
        self._work.failed.connect(self._empty.say)
        self._work.begin()
        self._look()

    @property
    def day(self) -> date:
        """The day that is chosen."""
        return self.calendar.day

    def _lay_out(self) -> None:
        self.calendar.setAccessibleName("Day")
        self.calendar.setAccessibleDescription("Days in bold have changes. Arrows walk, Page Up and Down turn months")
        walk = QHBoxLayout()
        for button, key, tip in (
            (self.earlier, "Alt+Left", "To the last day before with changes"),
            (self.later, "Alt+Right", "To the next day with changes"),
        ):
            button.setProperty("kind", "quiet")
            button.setAutoDefault(False)
            button.setShortcut(key)
            button.setToolTip(theme.tip(f"{tip}  ({key})"))
            button.setEnabled(False)
            walk.addWidget(button)
        side, room, body = QVBoxLayout(), QWidget(), QVBoxLayout()
        side.addWidget(self.calendar)
        side.addLayout(walk)
        side.addStretch(1)
        self._stack = QStackedLayout(room)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        body.addWidget(self._said)
        body.addWidget(room, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2.5))
        row.addLayout(side)
        row.addLayout(body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(2), theme.grid(2.5), theme.grid(2))
        column.setSpacing(theme.grid(1.25))
        column.addWidget(theme.label("The plan as it was", size="heading"))
        why = "Choose a day: the whole plan is shown as it was at its end. Days in bold have changes."
        column.addWidget(theme.label(why, tone="muted", wrap=True))
        column.addLayout(row, 1)
        column.addLayout(answers(self, "Show the plan of that day"))
        theme.give_size(self, 112, 70)
        self.calendar.setFocus()

    def take(self, days: dict[date, int]) -> None:
        """Mark the days with changes, and begin at the last one before today."""
        self._days = list(days)
        self.calendar.mark({day: wording.several(count, "change") for day, count in days.items()})
        if self._days:
            today = self.calendar.day
            self.calendar.setDateRange(to_qt(self._days[0]), to_qt(max(today, self._days[-1])))
            before = [day for day in self._days if day < today]
            self.calendar.setSelectedDate(to_qt((before or self._days)[-1]))
        self._can()

    def _step(self, way: int) -> None:
        """Go to the next day with changes, or back to the one before."""
        place = bisect_right(self._days, self.day) if way > 0 else bisect_left(self._days, self.day) - 1
        if 0 <= place < len(self._days):
            self.calendar.setSelectedDate(to_qt(self._days[place]))
            self.calendar.setFocus()

    def _can(self) -> None:
        self.earlier.setEnabled(bool(self._days) and self._days[0] < self.day)
        self.later.setEnabled(bool(self._days) and self.day < self._days[-1])

    def _look(self) -> None:
        self._said.setText(wording.day(self.day))
        self._empty.say(_READING)
        self.source.look_at(Span(day=self.day))
        self._can()

    def _show(self) -> None:
        """List what was changed on the day that is chosen."""
        if self.source.span.day != self.day:
            return
        found, plan = self.source.found, self._bridge.plan
        people = ", ".join(dict.fromkeys(one.author for one in found))
        said = f" · {wording.several(len(found), 'change')} by {people}" if found else ""
        self._said.setText(f"{wording.day(self.day)}{said}")
        self.model.show(plan, arranged(plan, found, BY_TIME))
        self._empty.say("Nothing was changed on this day. The plan was as the day before had left it.")
        self._stack.setCurrentWidget(self.list if found else self._empty)

    def done(self, result: int) -> None:
        self._work.stop()
        self.source.rest()
        super().done(result)
