"""The next reporting period: its name, what it begins with, and what becomes of the one before."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from cypp_desktop.domain.change import Step, joined
from cypp_desktop.domain.periods import close_period, start_period
from cypp_desktop.ui import controls, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Check, answers
from cypp_desktop.ui.help import guide


class PeriodDialog(QDialog):
    """Asks for what is needed to start a period; all of it becomes one step, to be undone as one."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._last = bridge, bridge.plan.current_period
        self.setWindowTitle("Start a reporting period")
        guide.on_f1(self, "A reporting period")
        self.name = QLineEdit()
        self.empty = QRadioButton("Begin with no progress: everybody writes anew")
        self.notes = QRadioButton("Begin with the last notes, to be rewritten")
        self.close_last = Check()
        self._why = theme.label(tone="muted", wrap=True)
        self.start = QPushButton("Start the period")
        self._lay_out()
        self.name.textChanged.connect(self._check)
        self._check()

    def _lay_out(self) -> None:
        column = controls.column(self, 2)
        column.addWidget(theme.label("Start a reporting period", size="heading", wrap=True))
        column.addWidget(self._text())
        column.addLayout(self._named())
        self.empty.setChecked(True)
        for button in (self.empty, self.notes):
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            column.addLayout(line)
            button.setVisible(self._last is not None)
        column.addWidget(self.close_last)
        column.addStretch(1)
        column.addLayout(answers(self, self.start, self._why))
        theme.give_size(self, 64)

    def _text(self) -> QWidget:
        kept = f"What was written for “{self._last.name}” is kept and stays beside it." if self._last else ""
        return theme.label(f"Progress and status are empty for the new period. {kept}".strip(), tone="muted", wrap=True)

    def _named(self) -> QVBoxLayout:
        heading = theme.label("Name", size="strong")
        heading.setBuddy(self.name)
        self.name.setAccessibleName("Name")
        self.name.setPlaceholderText("Year-end review 2026-27")
        last = self._last
        self.close_last.setText("Close the period before it, so that it can only be read")
        self.close_last.setToolTip(theme.tip(last.name if last else ""))
        self.close_last.setVisible(last is not None and not last.closed)
        self.close_last.setChecked(last is not None and not last.closed)
        column = QVBoxLayout()
        column.setSpacing(theme.grid(0.625))
        column.addWidget(heading)
        column.addWidget(self.name)
        return column

    def _check(self) -> None:
        name = " ".join(self.name.text().split())
        used = any(period.name.casefold() == name.casefold() for period in self._bridge.plan.periods)
        self._why.setText("It needs a name." if not name else "There is a period of that name already." if used else "")
        self.start.setEnabled(bool(name) and not used)

    def step(self) -> Step:
        """The step that was asked for."""
        plan = self._bridge.plan
        keys, copied = self._bridge.document.keys, self.notes.isChecked()
        started = start_period(plan, self.name.text(), copy_notes=copied, keys=keys)
        if self._last is None or not self.close_last.isChecked():
            return started
        return joined(started.label, [started, close_period(plan, self._last.id)])
