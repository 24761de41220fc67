"""The page of leads: a table to edit, with what merges, hands over and tidies up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from cypp_desktop.domain import leads
from cypp_desktop.domain.change import Refused, Step, add
from cypp_desktop.domain.plan import Lead
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.empty import Empty, FilledCard
from cypp_desktop.ui.leads.merging import MergeDialog
from cypp_desktop.ui.leads.model import LeadTable
from cypp_desktop.ui.models.tree import LEADS
from cypp_desktop.ui.panels.celltable import CellTable
from cypp_desktop.ui.period_chooser import PeriodChooser

SHARES = {"name": 24.0, "role": 22.0, "email": 22.0, "priorities": 8.0, "actions": 24.0}


class LeadsPage(QWidget):
    """Names, roles and addresses are edited in place; the details of the current lead stand beside the table."""

    actions_wanted = Signal(str)
    """The actions of a lead (by its id) are wanted."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.model = LeadTable(bridge)
        self.table = _Table(self.model, SHARES)
        self.table.setAccessibleName("Leads")
        self._said = theme.label(tone="muted", wrap=True)
        self.banner = Banner("info", "", "Make them one…", closable=True)
        self._alike: tuple[Lead, ...] = ()
        self._passed: set[frozenset[str]] = set()  # suggestions that were put away in this sitting
        self.buttons = {
            "add": QPushButton("Add a lead"),
            "actions": QPushButton("Show their actions"),
            "merge": QPushButton("Make them one…"),
            "hand over": QPushButton("Hand over…"),
            "tidy": QPushButton("Delete unused"),
        }
        self._empty = Empty("users", "This plan has no leads yet. They come with the actions that they lead.", "")
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._say)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.grid(1))
        top.addWidget(theme.label("Leads", size="heading"), 1)
        top.addWidget(PeriodChooser(self._bridge))
        self.card = FilledCard(self.table, self._empty)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(1))
        foot.addWidget(self._said, 1)
        for button in self.buttons.values():
            foot.addWidget(button)
        self.banner.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(2.5), theme.grid(1.5))
        column.setSpacing(theme.grid(1.5))
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self.card, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.banner.acted.connect(lambda: self.merge(self._alike))
        self.banner.closed.connect(self._pass_over)
        work = {
            "add": self.add,
            "actions": self.show_actions,
            "merge": lambda: self.merge(self.chosen),
            "hand over": self._offer_takers,
            "tidy": self.delete_unused,
        }
        for name, do in work.items():
            self.buttons[name].clicked.connect(lambda _=False, do=do: do())
        self.table.menu_wanted.connect(lambda place: self.menu().popup(place))
        self.table.commanded.connect(lambda name: self.delete_selected() if name == "delete" else None)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._later.start())
        self.table.selectionModel().currentChanged.connect(self._select)
        for signal in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved, self.model.dataChanged):
            signal.connect(lambda *_: self._later.start())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.look()
        self._say()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.rest()

    # --- what is shown ---

    @property
    def chosen(self) -> tuple[Lead, ...]:
        """The leads whose rows are selected."""
        return tuple(self.model.rows[row].lead for row in self.table.selected_rows() if row < len(self.model.rows))

    def _select(self, index: QModelIndex) -> None:
        if index.isValid() and (self.table.hasFocus() or self.table.editing.field):
            self._bridge.select(self.model.record(index.row(), index.column()), within=LEADS)

    def _say(self) -> None:
        chosen, editable = self.chosen, self._bridge.editable
        unused = sum(not row.load for row in self.model.rows)
        count = wording.several(len(self.model.rows), "lead")
        count = f"{count}, {unused} without anything" if unused else count
        self._said.setText(count if chosen else f"{count}. Select one to hand over, several to make them one.")
        self.buttons["add"].setEnabled(editable)
        self.buttons["actions"].setEnabled(len(chosen) == 1)
        self.buttons["merge"].setEnabled(editable and len(chosen) > 1)
        self.buttons["merge"].setToolTip("Select two leads or more that are one and the same")
        self.buttons["hand over"].setEnabled(editable and len(chosen) == 1 and len(self.model.rows) > 1)
        self.buttons["tidy"].setVisible(unused > 0)
        self.buttons["tidy"].setEnabled(editable)
        self.card.fill(there=bool(self.model.rows))
        self._suggest()

    def _suggest(self) -> None:
        """Ask about the first names that are probably one."""
        found = (group for group in leads.alike(self._bridge.plan.leads) if _ids(group) not in self._passed)
        self._alike = next(found, ())
        names = " and ".join(f"“{lead.name}”" for lead in self._alike)
        if names:
            self.banner.say("info", f"{names} may be one and the same.", "Make them one…")
        self.banner.setVisible(bool(names) and self._bridge.editable)

    def _pass_over(self) -> None:
        self._passed.add(_ids(self._alike))
        self._suggest()

    # --- what is done ---

    def _try(self, make: Callable[[], Step]) -> bool:
        try:
            return self._bridge.commit(make())
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
            return False

    def add(self) -> None:
        """Add a lead, and have the name typed."""
        plan = self._bridge.plan
        step = add(plan, Lead.kind, plan.root, {"name": "New lead"}, keys=self._bridge.document.keys)
        if self.table.editing.leave() and self._bridge.commit(step) and step.record in self.model.keys:
            index = self.model.index(self.model.keys.index(step.record), 0)
            self.table.setFocus()
            self.table.go(index)
            self.table.edit_cell(index)

    def show_actions(self) -> None:
        """Show what the selected lead has, among all actions."""
        if self.chosen:
            self.actions_wanted.emit(self.chosen[0].id)

    def merge(self, chosen: Sequence[Lead]) -> None:
        """Ask which of some names is kept, and have it take the place of the others."""
        if len(chosen) < 2 or not self.table.editing.leave():
            return
        dialog = MergeDialog(self._bridge.plan, chosen, self)
        if dialog.exec():
            keep = dialog.keep()
            self._try(lambda: leads.merge(self._bridge.plan, keep, [one.id for one in chosen]))
        dialog.deleteLater()

    def _offer_takers(self) -> None:
        button = self.buttons["hand over"]
        self.takers().popup(button.mapToGlobal(button.rect().topLeft()))

    def takers(self) -> QMenu:
        """The others to whom all that the selected lead has can be handed over."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for source in self.chosen[:1]:
            for one in self._bridge.plan.leads:
                if one.id != source.id:
                    entry = menu.addAction(f"To {one.name}".replace("&", "&&"))
                    entry.triggered.connect(lambda _=False, to=one.id, of=source.id: self.hand_over(of, to))
        return menu

    def hand_over(self, source: str, to: str) -> None:
        """Give all that one lead has to another."""
        self._try(lambda: leads.give(self._bridge.plan, source, to))

    def delete_unused(self) -> None:
        """Delete the leads that have nothing."""
        self._try(lambda: leads.delete_unused(self._bridge.plan))

    def delete_selected(self) -> None:
        """Delete the selected leads, if they have nothing."""
        if self.chosen and self._bridge.editable:
            self._try(lambda: leads.delete_unused(self._bridge.plan, [one.id for one in self.chosen]))

    def commit_editor(self) -> bool:
        """Take over what is being typed; False where it was refused."""
        return self.table.editing.leave()

    def menu(self) -> QMenu:
        """What can be done with the selected leads."""
        menu, editable = QMenu(self), self._bridge.editable
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Show their actions", self.show_actions).setEnabled(len(self.chosen) == 1)
        menu.addAction("Make them one…", lambda: self.merge(self.chosen)).setEnabled(editable and len(self.chosen) > 1)
        below = self.takers()
        below.setTitle("Hand over")
        menu.addMenu(below).setEnabled(editable and not below.isEmpty())
        menu.addSeparator()
        menu.addAction("Delete", self.delete_selected).setEnabled(editable and bool(self.chosen))
        return menu


class _Table(CellTable):
    menu_wanted = Signal(object)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(place)


def _ids(group: Sequence[Lead]) -> frozenset[str]:
    return frozenset(lead.id for lead in group)
