"""Everything about the selected record: what it is, its fields, who changed what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cypp_desktop.document.document import Event
from cypp_desktop.domain.naming import record_name
from cypp_desktop.domain.plan import Action, Record
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.forms import Form, shape_of, stops
from cypp_desktop.ui.picture import Picture

if TYPE_CHECKING:
    from cypp_desktop.document.history import Entry

HISTORY_AFTER = 120
"""Milliseconds that a selection rests before its history is read."""
MANY = 200
RESTS = 90
"""Milliseconds between selections below which they are taken for a walk."""


class Inspector(QScrollArea):
    """The right pane of the window. Fields are saved as they are left, and before anything else is shown."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._forms: dict[str, tuple[object, Form]] = {}
        self._form: Form | None = None
        self._record = ""
        self._title = theme.label(size="subheading", wrap=True)
        self._changed = theme.label(size="small", tone="muted", wrap=True)
        self._reason = theme.label(size="small", tone="muted", wrap=True)
        self._history = _HistoryLink()
        self._history.clicked.connect(self._show_history)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HISTORY_AFTER)
        self._timer.timeout.connect(self._read_history)
        self._since = QElapsedTimer()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._catch_up)
        bridge.selected.connect(self._on_selected)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        bridge.changed.connect(self._on_event)
        bridge.period_changed.connect(lambda _: self.look_at(bridge.selection))
        self.look_at(bridge.selection)

    def _lay_out(self) -> None:
        self.setObjectName("inspector")
        self.setAccessibleName("Everything about the selected record")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.grid(34))
        pane = _Pane()
        pane.setProperty("role", "pane")
        self._column = QVBoxLayout(pane)
        self._column.setContentsMargins(theme.grid(2), theme.grid(2), theme.grid(2), theme.grid(2))
        self._column.setSpacing(theme.grid(2))
        head = QVBoxLayout()
        head.setSpacing(theme.grid(0.375))
        for line in (self._title, self._changed, self._reason):
            head.addWidget(line)
        self._column.addLayout(head)
        self._rule = theme.rule()
        self._column.addWidget(self._rule)
        self._column.addWidget(self._history)
        self._column.addStretch(1)
        self.setWidget(pane)

    # --- what it shows ---

    def _on_selected(self, selection: str) -> None:
        """Follow at once, but while an arrow key is held down only where it comes to rest."""
        self.save()
        if self._since.isValid() and self._since.elapsed() < RESTS:
            self._soon.start(RESTS)
        else:
            self.look_at(selection)
        self._since.restart()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._soon.isActive() and new is not None and self.isAncestorOf(new):
            self._catch_up()

    def _catch_up(self) -> None:
        self._soon.stop()
        self.look_at(self._bridge.selection)

    def look_at(self, selection: str) -> None:
        """Show another record; what was typed is saved to the one that it belongs to."""
        plan = self._bridge.plan
        record = plan.get(plan.root if selection == "page:plan" else selection)
        self.save()
        if self._form and (record is None or self._form is not self._form_for(record)):
            self._form.look_at("")
            self._form.hide()
        self._record = record.id if record else ""
        self._form = self._form_for(record) if record else None
        if self._form and record:
            self._form.look_at(record.id)
            self._form.show()
        self._show_head()
        self._changed.setText(" ")
        self._history.say("")
        self._timer.start()
        if selection != getattr(self, "_shown", ""):
            self.verticalScrollBar().setValue(0)
        self._shown = selection

    @property
    def stops(self) -> list[QWidget]:
        """The widgets that Tab stops at, in the order of the eye."""
        return [*(stops(self._form) if self._form else ()), self._history]

    @property
    def first(self) -> QWidget:
        """Where the keyboard comes in, brought into sight: the first field of what is selected now."""
        self._catch_up()
        one = next((stop for stop in self.stops if stop.isVisibleTo(self) and stop.isEnabled()), self._history)
        self.ensureWidgetVisible(one)
        return one

    def rests(self) -> bool:
        """Whether it has caught up with the selection and with the history of what it shows."""
        return not self._soon.isActive() and not self._timer.isActive()

    def save(self) -> None:
        """Make a step of what is being typed, if anything."""
        if self._form:
            self._form.save()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        if self._form and self._form.fields:
            self._form.fields[0].setFocus()

    def focus_field(self, cell: str) -> None:
        """Put the cursor into the field of a cell, into the first one where the form has none for it."""
        self._catch_up()
        for field in self._form.fields if self._form else ():
            if field.cell == cell and field.isVisibleTo(self) and (stop := next(stops(field), None)):
                stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.ensureWidgetVisible(field)
                return
        self.focus_first()

    def _form_for(self, record: Record) -> Form:
        shape = shape_of(self._bridge.plan, record.kind)
        built = self._forms.get(record.kind)
        if built and built[0] == shape:
            return built[1]
        if built:
            built[1].look_at("")
            built[1].hide()
            built[1].deleteLater()
        form = Form(self._bridge, record.kind)
        self._forms[record.kind] = (shape, form)
        self._column.insertWidget(1, form)
        return form

    def _show_head(self) -> None:
        plan = self._bridge.plan
        record = plan.get(self._record)
        for part in (self._changed, self._rule, self._history):
            part.setVisible(record is not None)
        if record is None:
            self._title.setText("")
            self._reason.setText("Select a priority, a key action or a measure to see everything about it here.")
            self._reason.setVisible(self._bridge.selection != "page:sections")
            return
        self._title.setText("Plan details" if record.id == plan.root else record_name(plan, record))
        period = self._bridge.period
        closed = bool(period and period.closed and isinstance(record, Action))
        archived = isinstance(record, Action) and bool(record.archived)
        why = self._bridge.why_not_editable
        if not why and archived:
            why = f"This {plan.details.action_word.lower()} is archived: it is history until it is brought back."
        if not why and closed and period:
            why = f"“{period.name}” is closed, so its progress can only be read."
        self._reason.setText(why)
        self._reason.setVisible(bool(why))
        if self._form:
            self._form.set_read_only(archived or not self._bridge.editable, closed)

    def _on_event(self, event: Event) -> None:
        record = self._bridge.plan.get(self._record)
        if record is None:
            if self._record:
                self.look_at(self._bridge.selection)
            return
        if self._form is not self._form_for(record):
            self.look_at(self._bridge.selection)
        elif self._form:
            self._form.follow(event)
        self._show_head()
        if self._record in event.changed:
            self._timer.start()

    # --- who changed what ---

    def _read_history(self) -> None:
        if self._record not in self._bridge.plan or not self.isVisible():
            return
        entries = self._bridge.document.history(self._record, MANY)
        steps = {entry.step for entry in entries}
        more = "+" if len(entries) == MANY else ""
        self._history.say(f"{len(steps)}{more} changes" if len(steps) != 1 else "1 change")
        self._changed.setText(_changed(entries[0]) if entries else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def _show_history(self) -> None:
        from cypp_desktop.ui.dialogs.history import HistoryDialog

        self.save()
        dialog = HistoryDialog(self._bridge, self._record, self.window())
        dialog.exec()
        dialog.deleteLater()


def _changed(entry: Entry) -> str:
    """Who changed it last and when: "Changed today 14:02 by Devon Allen"."""
    when = wording.when_written(entry.at, datetime.now(UTC))
    when = when[0].lower() + when[1:] if when.startswith(("Today", "Yesterday")) else when
    return f"{'Added' if entry.op == 'add' else 'Changed'} {when} by {entry.author}"


class _Pane(QWidget):
    """As high as its words need at its real width; Qt's least size reckons with the narrowest one."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class _HistoryLink(QFrame):
    """The line that opens the history."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = theme.label(size="small", tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.grid(0.5), 0, theme.grid(0.5))
        row.setSpacing(theme.grid(1))
        row.addWidget(Picture("history"))
        row.addWidget(theme.label("Who changed what"))
        row.addStretch(1)
        row.addWidget(self._count)
        row.addWidget(Picture("chevron-right", side=14))

    def say(self, count: str) -> None:
        """Show how many changes there are."""
        self._count.setText(count)
        self.setAccessibleName(f"Who changed what, {count}" if count else "Who changed what")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
