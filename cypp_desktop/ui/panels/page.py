"""The middle of the window: a priority or an outcome with its heading, its part of the plan's table, its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QVBoxLayout, QWidget

from cypp_desktop.document.document import Event
from cypp_desktop.domain.change import add
from cypp_desktop.domain.naming import article, plural, several
from cypp_desktop.domain.periods import reopen_period
from cypp_desktop.domain.plan import Action, Measure, Outcome, Priority, Record
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.empty import Empty, FilledCard
from cypp_desktop.ui.models.measures import holder, measures_of
from cypp_desktop.ui.panels.actions import ActionsView
from cypp_desktop.ui.panels.celltable import CellTable
from cypp_desktop.ui.panels.heading import Heading, priority_name

if TYPE_CHECKING:
    from cypp_desktop.ui.banner import Banner
    from cypp_desktop.ui.panels.measures import MeasuresPanel


class PagePanel(QWidget):
    """Shows the page of what the window is about: a priority, an outcome, or the one that an action hangs on."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._own, self._selected = False, ""
        self.top = ""
        """The id of the priority or outcome whose page this is; "" before the first."""
        self.heading = Heading(bridge)
        self.table = ActionsView(bridge)
        self._closed: Banner | None = None
        self._empty = Empty("list-checks", "")
        self._empty.acted.connect(self._add_first)
        self.fold = Fold()
        self._measures: MeasuresPanel | None = None
        self._card = FilledCard(self.table, self._empty)
        self._lay_out()
        self._connect()
        self._follow_selection(bridge.selection)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(2.5), theme.grid(1.5))
        column.setSpacing(theme.grid(1.5))
        column.addWidget(self.heading)
        column.addWidget(self._card, 3)
        column.addWidget(self.fold)
        column.addStretch(0)
        self._column = column

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.selected.connect(self._follow_selection)
        bridge.changed.connect(self._follow)
        bridge.period_changed.connect(self._on_period)
        self.table.selectionModel().currentChanged.connect(self._select)
        self.table.opened.connect(self.show_page)
        self.table.grown.connect(self._fit_cards)
        self.fold.toggled.connect(self._unfold)

    @property
    def measures(self) -> MeasuresPanel:
        """The measures of the page, made when they are first unfolded."""
        if self._measures is None:
            from cypp_desktop.ui.panels.measures import MeasuresPanel

            self._measures = made = MeasuresPanel(self._bridge, follows=False, parent=self)
            made.hide()
            self._column.insertWidget(self._column.count() - 1, made, 5)  # what one opens has the larger part
            made.show_page(self.top)
            made.table.grown.connect(self._fit_cards)
            made.counted.connect(self._say_measures)
        return self._measures

    # --- what is shown ---

    def show_page(self, top: str) -> None:
        """Show the page of a priority or outcome."""
        if not isinstance(self._bridge.plan.get(top), Priority | Outcome):
            return
        if top != self.top:
            self.commit_editor()
            self.top = top
            self.table.page.show(top)
            self.table.scrollToTop()
            if self._measures:
                self._measures.show_page(top)
        self._refresh()

    def _follow_selection(self, record: str) -> None:
        before, self._selected = self._selected, record
        found = self._bridge.plan.get(record)
        if self._own or found is None or self._bridge.within:
            return
        above = self._bridge.plan.ancestors(record)
        on_page = any(one.id == self.top for one in above)
        if on_page and before and before not in self._bridge.plan:
            return  # what was marked here was deleted
        if isinstance(found, Priority | Outcome):
            self.show_page(record)
        elif not on_page and not self._is_measure(found):
            self.show_page(next((one.id for one in above[::-1] if isinstance(one, Priority | Outcome)), ""))
        if self._is_measure(found):
            self.fold.setChecked(True)
            self.measures.mark(record)
        elif isinstance(found, Action) and self._current_record() != record:
            self.table.show_action(record)

    def _is_measure(self, record: Record) -> bool:
        plan = self._bridge.plan
        return isinstance(record, Measure) and record.id in {
            one.id for one in measures_of(plan, holder(plan, self.top))
        }

    def _current_record(self) -> str:
        action = self.table.page.action(self.table.line)
        return action.id if action else ""

    def _select(self, index: QModelIndex) -> None:
        """What is current in the table is what the window is about; the page stays."""
        if not index.isValid() or not (self.table.hasFocus() or self.table.editing.field):
            return
        self._own = True
        self._bridge.select(self.table.page.record(index.row(), index.column()))
        self._own = False

    def _follow(self, event: Event) -> None:
        if self.top and self.top not in event.after:
            gone = event.before.get(self.top)
            self.top = ""
            self.show_page(gone.parent if gone else "")
        elif self.top:
            self._refresh()

    def _on_period(self) -> None:
        self.commit_editor()
        self._refresh()

    def _refresh(self) -> None:
        found = self._bridge.plan.get(self.top)
        if not isinstance(found, Priority | Outcome):
            return
        model = self.table.page
        self.heading.show_top(found)
        self.heading.show_counts(model.counts)
        details = self._bridge.plan.details
        plans = "; ".join(model.shared_plans)
        facts = {"Plan": plans} if plans else {}
        if isinstance(found, Priority) and found.leads:
            facts["Strategic lead"] = ", ".join(self._bridge.plan.lead_names(found))
        self.heading.facts.say({**facts, plural(details.action_word): str(sum(model.counts.values()))})
        self._say_state()
        self._say_empty(found)
        self._say_measures()
        self._fit_cards()

    @property
    def closed(self) -> Banner:
        """What says that the period is closed, made when it first is."""
        if self._closed is None:
            from cypp_desktop.ui.banner import Banner

            self._closed = Banner("info", "", parent=self)
            self._closed.acted.connect(self._reopen)
            self._column.insertWidget(1, self._closed)
        return self._closed

    def _say_state(self) -> None:
        period = self._bridge.period
        closed = period is not None and period.closed and period == self._bridge.plan.current_period
        if period and closed:
            again = "Reopen it" if self._bridge.editable else ""
            self.closed.say("info", f"“{period.name}” is closed: its progress and status can only be read.", again)
            self.closed.show()
        elif self._closed:
            self._closed.hide()

    def _reopen(self) -> None:
        if period := self._bridge.period:
            self._bridge.commit(reopen_period(self._bridge.plan, period.id))

    def _say_empty(self, top: Priority | Outcome) -> None:
        plan, editable = self._bridge.plan, self._bridge.editable
        word = plan.details.action_word.lower()
        rows = self.table.page.rows
        blank = not any(row.action or row.measures for row in rows) and (isinstance(top, Outcome) or not rows)
        here = plan.level_word(top).lower()
        if isinstance(top, Priority):
            below = next(iter(plan.details.levels[1:]), "Outcome").lower()
            self._empty.say(f"This {here} has nothing below it yet.", f"Add {article(below)}" if editable else "")
        else:
            self._empty.say(f"This {here} has no {plural(word)} yet.", f"Add {article(word)}" if editable else "")
        self._card.fill(there=not blank)

    def _say_measures(self, _count: int = 0) -> None:
        plan = self._bridge.plan
        of = holder(plan, self.top)
        count = several(len(measures_of(plan, of)), plan.details.measure_word)
        name = priority_name(of) if isinstance(of, Priority) else (of.ref or of.title if of else "")
        self.fold.say("How will we measure progress", f"{count} of {name}")

    def _fit_cards(self) -> None:
        """A card ends with its last row, where there is room."""
        self._card.setMaximumHeight(theme.grid(32) if self._card.empty else _card_height(self.table))
        if self._measures:
            below = self._measures.height() - self._measures.table.height()
            self._measures.setMaximumHeight(_card_height(self._measures.table) + max(theme.grid(5), below))

    def _unfold(self, opened: bool) -> None:
        self.measures.setVisible(opened)
        self._fit_cards()

    # --- commands of the window ---

    @property
    def has_focus(self) -> bool:
        """Whether keys go to this panel."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @property
    def _at(self) -> ActionsView | MeasuresPanel:
        """The table that commands are for."""
        focus = QApplication.focusWidget()
        return self._measures if self._measures and focus and self._measures.isAncestorOf(focus) else self.table

    def commit_editor(self) -> bool:
        """Take over what is being typed; False where it was refused."""
        return self.table.editing.leave() and (not self._measures or self._measures.table.editing.leave())

    def add_action(self) -> None:
        """Add a key action after the current one and have it typed."""
        self._card.fill(there=True)
        self.table.add_action()
        self._refresh()

    def add_measure(self) -> None:
        """Add a measure after the marked one and have its name typed."""
        self.fold.setChecked(True)
        self.measures.add_measure()

    def add_reading(self) -> None:
        """Have a new latest value of the marked measure typed."""
        self.fold.setChecked(True)
        self.measures.add_reading()

    def add_outcome(self) -> None:
        """Add an outcome after the current one and have its title typed on the page of its priority."""
        plan, top = self._bridge.plan, self._bridge.plan.get(self.top)
        if top is None or not self._bridge.editable or not self.commit_editor():
            return
        current = next((one for one in self._chain() if isinstance(one, Outcome)), None)
        parent = current.parent if current else top.id
        number = len(plan.outcomes(parent)) + 1
        ref = getattr(plan[parent], "ref", "")
        step = add(
            plan,
            "outcome",
            parent,
            {"ref": f"{ref}.{number}" if ref and (not current or "." in current.ref) else ""},
            after=current.id if current else None,
            keys=self._bridge.document.keys,
        )
        if self._bridge.commit(step):
            self.show_page(parent)
            self._card.fill(there=True)
            row, column = self.table.page.row_of(step.record), self.table.page.column_of("outcome")
            self.table.setFocus()
            self.table.edit_cell(self.table.cell_index(row, max(0, column)))

    def _chain(self) -> list[object]:
        """The selected record and what it hangs on, nearest first, as far as this page reaches."""
        plan = self._bridge.plan
        found = plan.get(self._bridge.selection)
        return [found, *plan.ancestors(found.id)[::-1]] if found and found.id != self.top else [plan.get(self.top)]

    def _add_first(self) -> None:
        if isinstance(self._bridge.plan.get(self.top), Priority):
            self.add_outcome()
        else:
            self.add_action()

    def delete_selected(self) -> None:
        """Delete the marked actions or measures; it can be undone."""
        at = self._at
        if isinstance(at, ActionsView):
            at.delete_marked()
        else:
            at.delete_selected()

    def move_selected(self, by: int) -> None:
        """Move the current action or measure up (-1) or down (1)."""
        at = self._at
        if isinstance(at, ActionsView):
            at.move_marked(by)
        else:
            at.move_selected(by)

    def cut(self) -> None:
        """Cut the marked rows or the current cell."""
        self._at.cut()

    def copy(self) -> None:
        """Copy the marked rows or the current cell."""
        self._at.copy()

    def paste(self) -> None:
        """Paste records, cells or words."""
        self._at.paste()

    def set_status(self, place: int) -> None:
        """Give the marked actions a status of the plan's scale."""
        self.table.set_status(place)


class Fold(QAbstractButton):
    """A line that opens and closes what stands below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = ""

    def say(self, words: str, count: str) -> None:
        """Show the words, and muted behind them how much there is."""
        self.setText(words)
        self._count = count
        self.setAccessibleName(f"{words}, {count}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(40), theme.grid(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        with QPainter(self) as painter:
            side, x = theme.grid(2), float(theme.grid(0.5))
            chevron = "chevron-down" if self.isChecked() else "chevron-right"
            for name, size in ((chevron, side * 0.875), ("target", side)):
                icons.draw(painter, name, QRectF(x, (self.height() - size) / 2, size, size), "muted")
                x += size + theme.grid(1)
            for words, font, ink in (
                (self.text(), theme.font(bold=True), tokens.text),
                (self._count, theme.font(), tokens.muted),
            ):
                painter.setFont(font)
                painter.setPen(ink)
                wide = QFontMetrics(font).horizontalAdvance(words)
                painter.drawText(QRectF(x, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
                x += wide + theme.grid(1)
            if self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(tokens.focus, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(1, 1, min(x, self.width() - 2), self.height() - 2), 4, 4)


def _card_height(table: CellTable) -> int:
    return max(theme.grid(10), table.whole_height() + 2)
