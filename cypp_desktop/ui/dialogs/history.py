"""Who changed what: every step of a field, a record or the plan, and bringing back what was."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from cypp_desktop.document.review import MOST, Contribution, Span
from cypp_desktop.domain.change import Refused, Step
from cypp_desktop.domain.naming import field_name, record_name
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.changes import again
from cypp_desktop.ui.changes.list import ChangesList, ChangesModel
from cypp_desktop.ui.changes.rows import BY_TIME, arranged
from cypp_desktop.ui.changes.source import Source
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.help import guide

TYPED = 300
"""Milliseconds after the last letter of the words that are looked for."""


class HistoryDialog(QDialog):
    """The history of a field, of a record, or of the whole plan where ``record`` is "", latest first."""

    then_wanted = Signal(str)
    """The whole plan is wanted as it was at a moment (ISO)."""

    def __init__(self, bridge: Bridge, record: str = "", parent: QWidget | None = None, field: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("Who changed what")
        guide.on_f1(self, "Looking back")
        self._bridge = bridge
        record = "" if record == bridge.plan.root and not field else record
        self.source = Source(bridge, Span(record=record, field=field if record else ""), self)
        self.model = ChangesModel(bridge.plan, reviewing=False, parent=self)
        self.list = ChangesList(self.model, "The changes, latest first")
        self.list.setAccessibleDescription("J and K walk, the menu key shows what can be done")
        self._title = theme.label(size="heading", wrap=True)
        self._count = theme.label(tone="muted", wrap=True)
        self._why = theme.label(size="small", tone="muted", wrap=True)
        self.scope, self.people, self.words = Chooser(), Chooser(), QLineEdit()
        self.before, self.after = QPushButton("Put back what it was"), QPushButton("Use this again")
        self.then, self.remove = QPushButton("The plan as it was then"), QPushButton("Remove from history…")
        self._empty = Empty("history", "The history is being read…")
        self._typed = QTimer(self, singleShot=True, interval=TYPED)
        self._fill_scope(record, field)
        self._lay_out()
        self._connect()
        self.source.gather()

    def _fill_scope(self, record: str, field: str) -> None:
        plan = self._bridge.plan
        found = plan.get(record)
        if found and field:
            name = field_name(plan, field)
            self.scope.addItem(f"{name[:1].upper()}{name[1:]}", (record, field))
        if found and record != plan.root:
            self.scope.addItem(record_name(plan, found), (record, ""))
        self.scope.addItem("The whole plan", ("", ""))

    def _lay_out(self) -> None:
        self.scope.setAccessibleName("Whose history")
        self.people.setAccessibleName("Whose changes")
        self.people.addItem("Everybody", "")
        self.words.setPlaceholderText("Words that were written, replaced or deleted")
        self.words.setAccessibleName("Words that were written, replaced or deleted")
        self.words.setClearButtonEnabled(True)
        filters, foot, room = QHBoxLayout(), QHBoxLayout(), QWidget()
        for widget, share in ((self.scope, 2), (self.people, 2), (self.words, 3)):
            filters.addWidget(widget, share)
        self.remove.setProperty("kind", "danger")
        self.then.setProperty("kind", "quiet")
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        for button in (self.remove, self.then, self.before, self.after, close):
            button.setAutoDefault(False)
            foot.addWidget(button)
            if button is self.remove:
                foot.addStretch(1)
        self._stack = QStackedLayout(room)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(2), theme.grid(2.5), theme.grid(2))
        column.setSpacing(theme.grid(1.25))
        column.addWidget(self._title)
        column.addWidget(self._count)
        column.addLayout(filters)
        column.addWidget(room, 1)
        column.addWidget(self._why)
        column.addLayout(foot)
        theme.give_size(self, 104, 84)

    def _connect(self) -> None:
        self.source.changed.connect(self._show)
        self.scope.activated.connect(self._look)
        self.people.activated.connect(self._look)
        self.words.textEdited.connect(lambda _words: self._typed.start())
        self._typed.timeout.connect(self._look)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._can())
        self.list.menu_wanted.connect(self._menu)
        self.before.clicked.connect(lambda: self._bring(before=True))
        self.after.clicked.connect(lambda: self._bring(before=False))
        self.then.clicked.connect(self._go_then)
        self.remove.clicked.connect(self._remove)

    # --- what is shown ---

    def _look(self, _cause: object = None) -> None:
        record, field = self.scope.currentData()
        author, words = str(self.people.currentData()), self.words.text().strip()
        self.source.look_at(Span(record=record, field=field, author=author, words=words))
        self._empty.say("The history is being read…")

    def _show(self) -> None:
        found, plan = self.source.found, self._bridge.plan
        record, current = plan.get(self.source.span.record), self.list.currentIndex().row()
        name = record_name(plan, record) if record and record.id != plan.root else "The whole plan"
        field = self.source.span.field
        self._title.setText(f"{name} · {field_name(plan, field)}" if field else name)
        more = ", the latest" if sum(len(one.ids) for one in found) >= MOST else ""
        self._count.setText(f"{wording.several(len(found), 'change')}{more}")
        if not self.source.span.author and not self.source.span.words:
            self._list_people(found)
        self.model.show(plan, arranged(plan, found, BY_TIME))
        self.list.go(max(0, min(current, len(found) - 1)))
        self._empty.say("Nothing is like that in the history.")
        self._stack.setCurrentWidget(self.list if found else self._empty)
        self._can()

    def _list_people(self, found: list[Contribution]) -> None:
        before = self.people.currentData()
        self.people.clear()
        self.people.addItem("Everybody", "")
        for name in sorted({one.author for one in found}):
            self.people.addItem(name, name)
        self.people.setCurrentIndex(max(0, self.people.findData(before)))

    # --- what can be done ---

    def _step(self, *, before: bool) -> Step:
        """The step that brings back what the current card was before, or became; raises Refused."""
        one = self.list.current()
        if one is None:
            raise Refused("Choose a change first.")
        bring = again.before if before else again.after
        return bring(self._bridge.plan, one, self._bridge.document.keys)

    def _can(self) -> None:
        """Offer what can be done with the current card, and say why something cannot."""
        one, why = self.list.current(), ""
        for button, before in ((self.before, True), (self.after, False)):
            try:
                able = bool(self._step(before=before))
            except Refused as problem:
                able, why = False, str(problem) if one else ""
            button.setEnabled(able and self._bridge.editable)
        deleted = one is not None and one.doing == "deleted"
        self.before.setText("Bring it back" if deleted else "Put back what it was")
        self.then.setEnabled(one is not None)
        self.remove.setEnabled(bool(one and self._bridge.editable and _removable(one)))
        self._why.setText(self._bridge.document.read_only or ("" if deleted else why))
        self._why.setVisible(bool(self._why.text()))

    def _bring(self, *, before: bool) -> None:
        try:
            step = self._step(before=before)
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
            return
        if self._bridge.commit(step):
            self.source.gather()

    def _go_then(self) -> None:
        if one := self.list.current():
            self.accept()
            self.then_wanted.emit(one.at)

    def _remove(self) -> None:
        from cypp_desktop.ui.dialogs.remove import RemoveDialog

        if one := self.list.current():
            dialog = RemoveDialog(self._bridge, _removable(one), self)
            if dialog.exec():
                self.source.gather()
            dialog.deleteLater()

    def _menu(self, _row: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self.before, self.after, self.then, self.remove):
            menu.addAction(button.text(), button.click).setEnabled(button.isEnabled())
        menu.popup(place)

    def done(self, result: int) -> None:
        self.source.rest()
        super().done(result)


def _removable(one: Contribution) -> list[bytes]:
    """The changes of a card whose recorded values can be removed."""
    return [edit.id for edit in one.edits if not edit.field.startswith("_") and not edit.removed]
