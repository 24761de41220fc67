"""The fields of a status of the plan's scale and of a reporting period."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from cypp_desktop.domain.change import Step, edit
from cypp_desktop.domain.periods import rename_period
from cypp_desktop.domain.plan import Plan, Status, Value
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.fields import Field, TextField
from cypp_desktop.ui.status_buttons import Chip
from cypp_desktop.ui.words import WordsEditor


class Preview(Field):
    """How a status looks."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "", "")
        self.name.hide()
        self.hint.hide()
        self._chip = Chip()
        self.column.addWidget(self._chip)

    def refresh(self) -> None:
        found = self.bridge.plan.get(self.record)
        self._chip.show_status(found if isinstance(found, Status) else None)


class ColourField(Field):
    """A status's colour; the scheme shows it lighter or darker until it can be read."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "colour", "Colour", "its lightness is adapted so that it can be read")
        self._button = QPushButton()
        self._button.clicked.connect(self._ask)
        self.column.addWidget(self._button)

    def refresh(self) -> None:
        self._button.setText(str(self.now or ""))
        self._button.setAccessibleName(f"Colour {self.now}")

    def _ask(self) -> None:
        from PySide6.QtWidgets import QColorDialog

        colour = QColorDialog.getColor(QColor(str(self.now)), self, "Colour of the status")
        if colour.isValid():
            self.commit(colour.name().upper())

    def set_read_only(self, read_only: bool) -> None:
        self._button.setEnabled(not read_only)


class PeriodName(TextField):
    """A period's name, which no other period has."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "name", "Name", WordsEditor())

    def step(self, plan: Plan, value: Value) -> Step:
        return rename_period(plan, self.record, str(value))


class CurrentField(Field):
    """Whether a period is the one that progress is written for, and the button that makes it so."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "", "Current period")
        self._said = theme.label(wrap=True)
        self._button = QPushButton("Make it the current period")
        self._button.clicked.connect(self._make)
        self.column.addWidget(self._said)
        self.column.addWidget(self._button)

    def refresh(self) -> None:
        current = self.bridge.plan.current_period
        here = current is not None and current.id == self.record
        self._said.setText("Progress is written for this period." if here else "")
        self._said.setVisible(here)
        self._button.setVisible(not here)

    def set_read_only(self, read_only: bool) -> None:
        self._button.setEnabled(not read_only)

    def _make(self) -> None:
        plan = self.bridge.plan
        self.bridge.commit(edit(plan, plan.root, {"current_period": self.record}, "change of current period"))
