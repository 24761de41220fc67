"""The page of all actions: what is asked for, the table below it, and at its foot what is done to many at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import Event
from cypp_desktop.domain.change import add, delete, edit
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.plan import Action, Value, View
from cypp_desktop.domain.values import replace
from cypp_desktop.domain.views import values
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.all_actions.bulk import BulkDialog
from cypp_desktop.ui.all_actions.filters import Filters
from cypp_desktop.ui.all_actions.table import AllActionsTable
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.empty import Empty, FilledCard
from cypp_desktop.ui.models.tree import ACTIONS
from cypp_desktop.ui.period_chooser import PeriodChooser

AT_ONCE = 200
"""Actions whose texts are read between two events: some 2 ms."""


class AllActionsPage(QWidget):
    """Finds actions all over the plan; what is current in the table stands in the details beside it."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.table = AllActionsTable(bridge)
        self.filters = Filters()
        self._title = theme.label(size="heading", wrap=True)
        self._saved = QPushButton("Saved filters")
        self._saved.setToolTip("Filters that are kept in the plan")
        self._clear = QPushButton("Show all")
        self._clear.setProperty("kind", "quiet")
        self._said = theme.label(tone="muted", wrap=True)
        self.some, self.all = QPushButton(), QPushButton()
        self._empty = Empty("table", "")
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._say)
        self._ahead: Iterator[Action] = iter(())
        self._reading = QTimer(self, interval=0)
        self._reading.timeout.connect(self._read_on)
        self._lay_out()
        self._connect()

    def minimumSizeHint(self) -> QSize:
        """As wide as it must be; Qt's least height reckons with filters one below the other."""
        return QSize(super().minimumSizeHint().width(), theme.grid(30))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.grid(1))
        top.addWidget(self._title, 1)
        top.addWidget(self._clear)
        top.addWidget(self._saved)
        top.addWidget(PeriodChooser(self._bridge))
        self.card = FilledCard(self.table, self._empty)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(1))
        foot.addWidget(self._said, 1)
        foot.addWidget(self.some)
        foot.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(2.5), theme.grid(1.5))
        column.setSpacing(theme.grid(1.5))
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(self.card, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        model = self.table.page
        self.filters.changed.connect(self._look)
        self._clear.clicked.connect(lambda: self.ask(View(id="")))
        self._empty.acted.connect(lambda: self.ask(View(id="")))
        self._saved.clicked.connect(self._show_saved)
        self.some.clicked.connect(lambda: self.change(self.table.chosen))
        self.all.clicked.connect(lambda: self.change(self.table.listed))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._later.start())
        self.table.selectionModel().currentChanged.connect(self._select)
        self.table.opened.connect(self._bridge.select)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(lambda *_: self._later.start())
        self._bridge.changed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.filters.show_plan(self._bridge.plan)
        self._look()
        self._ahead = self.table.page.ahead()
        self._reading.start()

    def _read_on(self) -> None:
        """While nothing else is to be done, read some texts, before words are looked for in them."""
        if next(islice(self._ahead, AT_ONCE - 1, None), None) is None:
            self._reading.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reading.stop()
        self.table.page.rest()

    # --- what is shown ---

    @property
    def archive(self) -> bool:
        """Whether the archived actions are shown."""
        return values(self.filters.view, "archived") == ["yes"]

    def ask(self, view: View) -> None:
        """Show what a view asks for."""
        self.filters.show_view(self._bridge.plan, view)
        self._look()

    def _look(self) -> None:
        if self.table.editing.leave():
            self.table.page.look(self.filters.view)
            self._say()

    def _follow(self, event: Event) -> None:
        if self.isVisible():
            changed = (event.after.get(one) or event.before.get(one) for one in event.changed)
            if any(not isinstance(one, Action) for one in changed):
                self.filters.show_plan(self._bridge.plan)
            self._later.start()

    def _select(self, index: QModelIndex) -> None:
        """What is current in the table is what the details are about."""
        if index.isValid() and (self.table.hasFocus() or self.table.editing.field):
            record = self.table.page.record(index.row(), index.column())
            self._bridge.select(record or ACTIONS, within=ACTIONS if record else "")

    def _say(self) -> None:
        """The title, how many there are, and what can be done to them."""
        plan, view, model = self._bridge.plan, self.filters.view, self.table.page
        word, chosen = plan.details.action_word.lower(), len(self.table.chosen)
        saved = plan.get(view.id)
        plain = "Archived actions" if self.archive else "All actions"
        self._title.setText(saved.name if isinstance(saved, View) and saved.name else plain)
        count = wording.several(model.found, word)
        some = (
            f", {chosen} selected"
            if chosen > 1
            else ""
            if chosen or not model.found
            else ". Select some to change them."
        )
        self._said.setText(f"{count}{some}")
        self._clear.setVisible(bool(view.filters or view.group or view.sort))
        self.some.setText(f"Change the {chosen} selected…" if chosen > 1 else "Change it…")
        self.some.setEnabled(self._bridge.editable and chosen > 0)
        self.all.setText(f"Change all {model.found:,} shown…")
        self.all.setVisible(model.found > 1)
        self.all.setEnabled(self._bridge.editable)
        self._say_empty(word)
        self.card.fill(there=bool(model.rows))

    def _say_empty(self, word: str) -> None:
        if self.archive:
            self._empty.say(f"No {word} is archived yet. The refresh for a new year archives those that are finished.")
        elif self.filters.view.filters:
            self._empty.say(f"No {word} is like that.", "Show all")
        else:
            self._empty.say(f"This plan has no {plural(word)} yet. Add them on the page of an outcome.")

    # --- saved filters ---

    def _show_saved(self) -> None:
        menu = self.saved_menu()
        menu.popup(self._saved.mapToGlobal(self._saved.rect().bottomLeft()))

    def saved_menu(self) -> QMenu:
        """The views that the plan keeps, and what can be done with the one that is shown."""
        plan, view, menu = self._bridge.plan, self.filters.view, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in plan.of(View):
            entry = menu.addAction((one.name or "Without a name").replace("&", "&&"), partial(self.ask, one))
            entry.setCheckable(True)
            entry.setChecked(one.id == view.id)
        if menu.isEmpty():
            menu.addAction("None is saved yet").setEnabled(False)
        menu.addSeparator()
        saved, editable = plan.get(view.id), self._bridge.editable
        menu.addAction("Save this filter as…", self._save_as).setEnabled(editable)
        if isinstance(saved, View):
            name = saved.name.replace("&", "&&")
            menu.addAction(f"Save the changes to “{name}”", self._save).setEnabled(editable)
            menu.addAction(f"Delete “{name}”", self._delete).setEnabled(editable)
        return menu

    def _save_as(self) -> None:
        name, given = QInputDialog.getText(self, "Save this filter", "Its name:")
        name = " ".join(name.split())
        if given and name:
            plan, view = self._bridge.plan, self.filters.view
            step = add(plan, View.kind, plan.root, {"name": name, **_asked(view)}, keys=self._bridge.document.keys)
            if self._bridge.commit(step):
                self.ask(replace(view, id=step.record, name=name))

    def _save(self) -> None:
        view = self.filters.view
        self._bridge.commit(edit(self._bridge.plan, view.id, _asked(view), f"change of filter “{view.name}”"))

    def _delete(self) -> None:
        if self._bridge.commit(delete(self._bridge.plan, [self.filters.view.id], "deletion of filter")):
            self.ask(View(id=""))

    # --- commands of the window ---

    def change(self, actions: list[str]) -> None:
        """Ask what becomes of some actions, and have it done."""
        if not actions or not self.table.editing.leave():
            return
        dialog = BulkDialog(self._bridge, actions, self)
        if dialog.exec():
            dialog.take()
        dialog.deleteLater()

    def show_action(self, action: str) -> None:
        """Make the row of an action the current one, asking for all where it is not shown."""
        if self.table.page.row_of(action) < 0 and isinstance(self._bridge.plan.get(action), Action):
            self.ask(View(id=""))
        self.table.show_action(action)

    def commit_editor(self) -> bool:
        """Take over what is being typed; False where it was refused."""
        return self.table.editing.leave()

    def delete_selected(self) -> None:
        """Delete the marked actions; it can be undone."""
        self.table.delete_marked()

    def cut(self) -> None:
        """Cut the marked rows or the current cell."""
        self.table.cut()

    def copy(self) -> None:
        """Copy the marked rows or the current cell."""
        self.table.copy()

    def paste(self) -> None:
        """Paste cells or words."""
        self.table.paste()

    def set_status(self, place: int) -> None:
        """Give the marked actions a status of the plan's scale."""
        self.table.set_status(place)


def _asked(view: View) -> dict[str, Value]:
    return {"filters": view.filters, "group": view.group, "sort": view.sort}
