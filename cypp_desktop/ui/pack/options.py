"""What goes into the board pack: parts, priorities and paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from cypp_desktop.reports.options import Options
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.ticks import Tick

_PARTS = (
    ("front", "Front page"),
    ("sections", "Sections"),
    ("legend", "Legend of the statuses"),
    ("actions", "Action tables"),
    ("measures", "Indicator tables"),
)


class PackOptions(QScrollArea):
    """The choices at the left of the preview."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.grid(33))
        pane = QWidget()
        pane.setProperty("role", "pane")
        self._column = QVBoxLayout(pane)
        self._column.setContentsMargins(theme.grid(2), theme.grid(2), theme.grid(2), theme.grid(2))
        self._column.setSpacing(theme.grid(0.75))
        self._column.addWidget(theme.label("Board pack", size="heading"))
        self._parts = {part: self._check(words) for part, words in self._head("It holds", _PARTS)}
        self._head("Priorities", ())
        self.whole, self.chosen = QRadioButton("The whole plan"), QRadioButton("Only these:")
        self.whole.setChecked(True)
        for button in (self.whole, self.chosen):
            self._column.addWidget(button)
        self.priorities = {one.id: self._check(f"{one.ref} {one.title}".strip()) for one in bridge.plan.priorities}
        self._show_chosen()
        self.whole.toggled.connect(self._on_range)
        self._head("Paper", ())
        self.paper = Chooser()
        self.paper.setAccessibleName("Paper")
        self.paper.addItem("A4, landscape", "A4")
        self.paper.addItem("A3, landscape", "A3")
        self.paper.activated.connect(self.changed)
        self._column.addWidget(self.paper)
        self._column.addStretch(1)
        self.setWidget(pane)

    def _head(self, words: str, rest: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        self._column.addSpacing(theme.grid(1.25))
        self._column.addWidget(theme.label(words, size="strong"))
        return rest

    def _check(self, words: str) -> Tick:
        tick = Tick(words)
        tick.box.setChecked(True)
        tick.clicked.connect(self.changed)
        self._column.addWidget(tick)
        return tick

    def _on_range(self) -> None:
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        for tick in self.priorities.values():
            tick.setEnabled(self.chosen.isChecked())

    def options(self) -> Options:
        """What was chosen; with no priority ticked, the whole plan."""
        some = (
            tuple(one for one, tick in self.priorities.items() if tick.box.isChecked())
            if self.chosen.isChecked()
            else ()
        )
        period = self._bridge.period
        return Options(
            parts=frozenset(part for part, tick in self._parts.items() if tick.box.isChecked()),
            priorities=some,
            period=period.id if period else "",
            paper="A3" if self.paper.currentData() == "A3" else "A4",
        )
