"""The page "Ready for the board?": what to look at before the pack goes out, each a step from where it is put right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QMenu, QPushButton, QVBoxLayout, QWidget

from cypp_desktop.domain.bulk import due
from cypp_desktop.domain.change import edit
from cypp_desktop.domain.dates import in_words
from cypp_desktop.domain.leads import loads
from cypp_desktop.domain.rules import QUIET, RULES, Finding, fix
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.days import Days
from cypp_desktop.ui.delegates.ready import HIDE, ReadyDelegate
from cypp_desktop.ui.empty import Empty, FilledCard
from cypp_desktop.ui.models.readiness import Readiness
from cypp_desktop.ui.models.ready import BY_KIND, BY_PLACE, ReadyModel

_LOOKING = "The plan is being looked at…"
_WELL = "All is well: there is nothing to look at before the board pack is ready."
_MOST = 12  # leads that are offered at once
_REST_WELL = "Nothing was found among the kinds that are asked for."


class ReadyPanel(QWidget):
    """The findings in a list, with choosers for their order and kind."""

    wanted = Signal(str, str)
    """A record to go to, and the cell of it to put the cursor in, "" for none."""

    def __init__(self, bridge: Bridge, readiness: Readiness, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._readiness = bridge, readiness
        self.model = ReadyModel(bridge, readiness, self)
        self.list = _List(self.model)
        self._about = theme.label(tone="muted", wrap=True)
        self.order = Chooser()
        self.kinds = Chooser()
        self._empty = Empty("list-checks", _LOOKING)
        self._hidden = theme.label(size="small", tone="muted", wrap=True)
        self._kinds = QPushButton("What is looked for…")
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        for label, value in (("Arranged by kind", BY_KIND), ("Arranged by place", BY_PLACE)):
            self.order.addItem(label, value)
        self.order.setAccessibleName("How the list is arranged")
        self.kinds.setAccessibleName("Which kinds are listed")
        self._kinds.setProperty("kind", "quiet")
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        words.addWidget(theme.label("Ready for the board?", size="heading", wrap=True))
        words.addWidget(self._about)
        choosers = QHBoxLayout()
        choosers.setSpacing(theme.grid(1))
        choosers.addWidget(self.order)
        choosers.addWidget(self.kinds)
        choosers.addStretch(1)
        self.card = FilledCard(self.list, self._empty)
        foot = QHBoxLayout()
        foot.addWidget(self._hidden, 1)
        foot.addWidget(self._kinds)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(2.5), theme.grid(1.5))
        column.setSpacing(theme.grid(1.5))
        column.addLayout(words)
        column.addLayout(choosers)
        column.addWidget(self.card, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._readiness.changed.connect(self._show)
        self._kinds.clicked.connect(self.choose_rules)
        self.order.activated.connect(self._arrange)
        self.kinds.activated.connect(self._filter)
        self.list.opened.connect(lambda index: self._open(self.finding(index)))
        self.list.acted.connect(self._act)
        self.list.menu_wanted.connect(self._menu)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    # --- what is shown ---

    def _show(self) -> None:
        """Show the findings as they are now, the same one current where it is still there."""
        current = self.finding(self.list.currentIndex())
        found = self._readiness.findings
        rules = [rule for rule in RULES if any(one.rule == rule for one in found)]
        if self.model.only not in rules:
            self.model.only = ""
        self.model.fill()
        self.list.choose(current)
        self._list_kinds(rules, found)
        self._say(len(found))

    def _list_kinds(self, rules: list[str], found: list[Finding]) -> None:
        self.kinds.clear()
        self.kinds.addItem(f"All kinds ({len(found)})", "")
        for rule in rules:
            self.kinds.addItem(f"{RULES[rule]} ({sum(one.rule == rule for one in found)})", rule)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(self.model.only)))

    def _say(self, count: int) -> None:
        period, known = self._bridge.plan.current_period, self._readiness.known
        things = f"{wording.several(count, 'thing')} to look at" if count else ""
        self._about.setText(" · ".join(part for part in (period.name if period else "", things) if part))
        well = _REST_WELL if self._readiness.hidden - QUIET else _WELL
        self._empty.say(well if known else _LOOKING)
        self.card.fill(there=bool(count))
        for chooser in (self.order, self.kinds):
            chooser.setVisible(bool(count))
        hidden = "; ".join(name for rule, name in RULES.items() if rule in self._readiness.hidden - QUIET)
        self._hidden.setText(f"Not asked for in this plan: {hidden}." if hidden else "")

    def _arrange(self, _place: int) -> None:
        self.model.arranged = str(self.order.currentData())
        self._show()

    def _filter(self, _place: int) -> None:
        self.model.only = str(self.kinds.currentData())
        self._show()

    # --- what is done ---

    def finding(self, index: QModelIndex) -> Finding | None:
        """The finding of a row; None for a heading."""
        return self.model.rows[index.row()].finding if index.isValid() else None

    def _open(self, finding: Finding | None) -> None:
        if finding:
            self.wanted.emit(finding.record, "")

    def _act(self, index: QModelIndex) -> None:
        """Do what stands at the end of a row: put it right, go to where that is done, or hide the kind."""
        row = self.model.rows[index.row()]
        if row.finding is None:
            self._readiness.hide(row.rule)
        elif self._bridge.editable and (known := fix(self._bridge.plan, row.finding)):
            self._bridge.commit(known.step)
        elif not self._bridge.editable or not self._ask(row.finding, self.list.below(index)):
            self.wanted.emit(row.finding.record, row.finding.field)

    def _ask(self, finding: Finding, place: QPoint) -> bool:
        """Ask for a day or a lead where that is all that is lacking; whether it is."""
        plan = self._bridge.plan
        if finding.field == "due":
            days = Days(None, self)
            days.chosen.connect(lambda day: self._bridge.commit(edit(plan, finding.record, due(in_words(day)))))
            days.drop(place)
        elif finding.rule == "no-lead" and plan.leads:
            self._offer_leads(finding, place)
        else:
            return False
        return True

    def _offer_leads(self, finding: Finding, place: QPoint) -> None:
        """The leads that have most, to choose one, and the way to the field for any other."""
        plan, menu = self._bridge.plan, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = loads(plan)
        for lead in sorted(plan.leads, key=lambda lead: -len(found[lead.id].actions))[:_MOST]:
            step = edit(plan, finding.record, {"leads": (lead.id,)}, "change of leads")
            menu.addAction(lead.name.replace("&", "&&"), partial(self._bridge.commit, step))
        menu.addSeparator()
        menu.addAction("Somebody else…", lambda: self.wanted.emit(finding.record, finding.field))
        menu.popup(place)

    def choose_rules(self) -> None:
        """Ask which kinds are looked for in this plan."""
        from cypp_desktop.ui.dialogs.rules import RulesDialog

        dialog = RulesDialog(self._readiness.hidden, self)
        if dialog.exec():
            self._readiness.ask(dialog.chosen())
        dialog.deleteLater()

    def _menu(self, index: QModelIndex, place: QPoint) -> None:
        if (finding := self.finding(index)) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Go to it", lambda: self._open(finding))
        if words := self.model.to_do(index.row()):
            menu.addAction(words, lambda: self._act(index))
        menu.addSeparator()
        menu.addAction(f"{HIDE}: {RULES[finding.rule]}", lambda: self._readiness.hide(finding.rule))
        menu.popup(place)


class _List(QListView):
    """A list whose rows are opened by a click or Enter; a click or Ctrl+Enter on what can be done does that."""

    opened = Signal(QModelIndex)
    acted = Signal(QModelIndex)
    menu_wanted = Signal(QModelIndex, QPoint)

    def __init__(self, model: ReadyModel) -> None:
        super().__init__()
        self._rows = ReadyDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setAccessibleName("What to look at")
        self.setAccessibleDescription("Enter goes there, Control and Enter puts it right, the menu key shows more")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._settled = QTimer(self, singleShot=True, interval=60)
        self._settled.timeout.connect(self.scheduleDelayedItemsLayout)
        theme.signals.changed.connect(self._settled.start)

    def choose(self, finding: Finding | None) -> None:
        """Make the row of a finding the current one; the first one where it is gone."""
        model = self.model()
        if not isinstance(model, ReadyModel):
            return
        rows = [place for place, row in enumerate(model.rows) if row.finding]
        same = next((place for place in rows if finding and model.rows[place].finding == finding), None)
        if rows:
            self.setCurrentIndex(model.index(same if same is not None else rows[0], 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._settled.start()

    def below(self, index: QModelIndex) -> QPoint:
        """The point of the screen below what can be done in a row."""
        return self.viewport().mapToGlobal(self._rows.link(self.visualRect(index), index).bottomLeft())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = self._on_link(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def _on_link(self, place: QPoint) -> bool:
        index = self.indexAt(place)
        return index.isValid() and self._rows.link(self.visualRect(index), index).contains(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            (self.acted if self._on_link(place) else self.opened).emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            acts = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.acted if acts else self.opened).emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        place = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        self.menu_wanted.emit(index, place)
