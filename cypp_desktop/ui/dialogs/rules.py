"""Which kinds of findings are looked for in this plan."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from cypp_desktop.domain.rules import RULES
from cypp_desktop.ui import controls, theme
from cypp_desktop.ui.controls import Check, answers


class RulesDialog(QDialog):
    """A tick for each kind; the choice is kept in the plan, so it holds for everybody who works on it."""

    def __init__(self, off: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What is looked for")
        self.boxes = {rule: Check() for rule in RULES}
        page = QWidget()
        page.setProperty("role", "pane")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, theme.grid(1), 0)
        for rule, box in self.boxes.items():
            box.setText(RULES[rule])
            box.setChecked(rule not in off)
            rows.addWidget(box)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through what is in it
        area.setAccessibleName("Kinds of findings")
        column = controls.column(self, 2)
        column.addWidget(theme.label("What is looked for in this plan", size="heading", wrap=True))
        column.addWidget(theme.label("The choice is kept in the plan.", tone="muted", wrap=True))
        column.addWidget(area, 1)
        column.addLayout(answers(self, "Keep this choice"))
        theme.give_size(self, 60, 72)

    def chosen(self) -> set[str]:
        """The kinds that are ticked."""
        return {rule for rule, box in self.boxes.items() if box.isChecked()}
