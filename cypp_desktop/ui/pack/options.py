"""What goes into the board pack, in which layout: the choices at the left of its pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMenu,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.reports.options import PARTS
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.pack.choice import BUILT_IN, LayoutChoice
from cypp_desktop.ui.pack.columns import ColumnsField
from cypp_desktop.ui.pack.some import Some
from cypp_desktop.ui.ticks import Tick

_PAPERS = (("A4, landscape", "A4"), ("A3, landscape", "A3"))
_SIZES = (("Usual", ""), ("Large", "large"), ("Larger", "larger"))
_PEOPLE = (("Names", "names"), ("Roles in place of names", "roles"))
DRAFT = "Draft"
_LEAST, _MOST = 30, 44  # how wide, in steps of the grid


class PackOptions(QScrollArea):
    """Shows what the chosen layout asks for; every choice goes to the layout at once, and can be undone."""

    def __init__(self, bridge: Bridge, choice: LayoutChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self.choice = bridge, choice
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through what is in it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.grid(_LEAST))
        self.setMaximumWidth(theme.grid(_MOST))
        pane = QWidget()
        pane.setProperty("role", "pane")
        self._column = QVBoxLayout(pane)
        self._column.setContentsMargins(theme.grid(2), theme.grid(2), theme.grid(2), theme.grid(2))
        self._column.setSpacing(theme.grid(0.75))
        self._put_layout()
        self._put_parts()
        self._put_people()
        self._put_paper()
        self._put_columns()
        self._column.addStretch(1)
        self.setWidget(pane)
        self.refresh()
        choice.changed.connect(self.refresh)
        bridge.changed.connect(self.refresh)

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(_MOST), theme.grid(40))

    # --- how it is put together ---

    def _put_layout(self) -> None:
        self._column.addWidget(theme.label("Board pack", size="heading"))
        self._head("Layout")
        self.layouts = _chooser("Layout")
        self.layouts.activated.connect(lambda place: self.choice.choose(str(self.layouts.itemData(place))))
        more = QToolButton()
        more.setText("⋯")
        more.setToolTip("Save, rename or delete the layout")
        more.setAccessibleName("Save, rename or delete the layout")
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        self._save = menu.addAction("Save as…", self._ask_save)
        self._rename = menu.addAction("Rename…", self._ask_rename)
        self._delete = menu.addAction("Delete", self.choice.delete)
        more.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(self.layouts, 1)
        row.addWidget(more)
        self._column.addLayout(row)

    def _put_parts(self) -> None:
        self._head("It holds")
        self.parts: dict[str, Tick] = {}
        for part, words in PARTS.items():
            tick = self.parts[part] = Tick(words)
            tick.clicked.connect(self._on_parts)
            self._column.addWidget(tick)
        self._head("Priorities")
        self.priorities = Some("The whole plan")
        self.priorities.changed.connect(lambda: self.choice.change(priorities=self.priorities.value()))
        self._column.addWidget(self.priorities)

    def _put_people(self) -> None:
        self._head("Leads")
        self.leads = Some("Actions of all leads")
        self.leads.changed.connect(lambda: self.choice.change(leads=self.leads.value()))
        self._column.addWidget(self.leads)
        self._head("People are printed by")
        self.people = self._radio(_PEOPLE, lambda value: self.choice.change(people=value))
        self._head("Reporting period")
        self.period = self._chooser("Reporting period", lambda value: self.choice.change(period=value))

    def _put_paper(self) -> None:
        self._head("Paper")
        self.paper = self._chooser("Paper", lambda value: self.choice.change(paper=value))
        self._head("Size of text")
        self.text_size = self._chooser("Size of text", lambda value: self.choice.change(text_size=value))
        for chooser, entries in ((self.paper, _PAPERS), (self.text_size, _SIZES)):
            for words, value in entries:
                chooser.addItem(words, value)
        self._head("Watermark")
        self.watermark = QLineEdit()
        self.watermark.setAccessibleName("Watermark")
        self.watermark.setPlaceholderText(f"None; “{DRAFT}”, for example")
        self.watermark.setMaxLength(60)
        self.watermark.editingFinished.connect(self._on_watermark)
        self._column.addWidget(self.watermark)

    def _put_columns(self) -> None:
        self._head("Columns of the action tables")
        self.columns = ColumnsField()
        self.columns.changed.connect(lambda: self.choice.change(columns=self.columns.value(self._bridge.plan)))
        self._column.addWidget(self.columns)

    def _head(self, words: str) -> None:
        self._column.addSpacing(theme.grid(1.25))
        self._column.addWidget(theme.label(words, size="strong"))

    def _chooser(self, name: str, chosen: Callable[[str], None]) -> Chooser:
        made = _chooser(name)
        made.activated.connect(lambda place: chosen(str(made.itemData(place))))
        self._column.addWidget(made)
        return made

    def _radio(self, entries: tuple[tuple[str, str], ...], chosen: Callable[[str], None]) -> dict[str, QRadioButton]:
        group, made = QButtonGroup(self), {}
        for words, value in entries:
            button = made[value] = QRadioButton(words)
            button.clicked.connect(lambda _=False, value=value: chosen(value))
            group.addButton(button)
            self._column.addWidget(button)
        return made

    # --- what is shown ---

    def refresh(self, _cause: object = None) -> None:
        """Show what the layout asks for, in the plan as it is now."""
        plan, options = self._bridge.plan, self.choice.options
        _fill(self.layouts, self.choice.names(), self.choice.id)
        kept = self.choice.id not in BUILT_IN
        for action, able in ((self._save, True), (self._rename, kept), (self._delete, kept)):
            action.setEnabled(able and self._bridge.editable)
        for part, tick in self.parts.items():
            tick.box.setChecked(options.has(part))
        priorities = [(one.id, f"{one.ref} {' '.join(one.title.split())}".strip()) for one in plan.priorities]
        self.priorities.show_entries(priorities, options.priorities)
        self.leads.show_entries([(one.id, one.name) for one in plan.leads], options.leads)
        self.people[options.people].setChecked(True)
        seen, current = self._bridge.period, plan.current_period
        which = "The current one" if seen == current else "The one you look at"
        periods = [("", f"{which} ({seen.name})" if seen else "None yet")]
        _fill(self.period, [*periods, *((one.id, one.name) for one in plan.periods)], options.period)
        self.paper.setCurrentIndex(self.paper.findData(options.paper))
        self.text_size.setCurrentIndex(self.text_size.findData(options.text_size))
        if self.watermark.text().strip() != options.watermark:
            self.watermark.setText(options.watermark)
        self.columns.show_columns(plan, options.columns)

    # --- what is chosen ---

    def _on_parts(self) -> None:
        self.choice.change(parts=frozenset(part for part, tick in self.parts.items() if tick.box.isChecked()))

    def _on_watermark(self) -> None:
        self.choice.change(watermark=" ".join(self.watermark.text().split()))

    def _ask_save(self) -> None:
        name, given = QInputDialog.getText(self, "Save the layout", "Keep what is chosen here under the name:")
        if given:
            self.choice.save_as(name)

    def _ask_rename(self) -> None:
        own = self.choice.own
        if own is None:
            return
        name, given = QInputDialog.getText(self, "Rename the layout", "Another name for the layout:", text=own.name)
        if given:
            self.choice.rename(name)


def _chooser(name: str) -> Chooser:
    """A list that is as wide as there is room, and not as its longest entry."""
    made = Chooser()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    return made


def _fill(chooser: Chooser, entries: list[tuple[str, str]], chosen: str) -> None:
    """Offer entries, each an id and its words, one of them chosen; the first where that is gone."""
    if [(chooser.itemData(at), chooser.itemText(at)) for at in range(chooser.count())] != entries:
        chooser.clear()
        for one, words in entries:
            chooser.addItem(words, one)
    chooser.setCurrentIndex(max(0, chooser.findData(chosen)))
