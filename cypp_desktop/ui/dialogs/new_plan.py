"""A new plan in a minute: its titles, its words for its levels, its status scale, its first reporting period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.domain.change import Branch
from cypp_desktop.domain.plan import Value
from cypp_desktop.ui import theme
from cypp_desktop.ui.controls import Chooser

Scale = Sequence[tuple[str, str, str, str, str]]
SCALES: Mapping[str, Scale] = {  # label, letter, shape, colour, meaning
    "No statuses": (),
    "Three: green, amber, red": (
        ("Green", "G", "disc", theme.GREEN, "on track"),
        ("Amber", "A", "triangle", theme.AMBER, "some concern"),
        ("Red", "R", "diamond", theme.RED, "off track"),
    ),
    "Five: completed, on schedule, behind schedule, behind, no information": (
        ("Completed", "C", "square", theme.BLUE, "work has been successfully completed to deadline"),
        ("On schedule", "G", "disc", theme.GREEN, "work has started and is meeting milestones"),
        (
            "Happening but behind schedule",
            "A",
            "triangle",
            theme.AMBER,
            "work is not meeting milestones, but is expected to by the deadline if adjustments are made",
        ),
        (
            "Behind or not happening",
            "R",
            "diamond",
            theme.RED,
            "work has not started, or is unlikely to meet its milestones",
        ),
        ("No information received", "N", "ring", theme.GREY, ""),
    ),
}
_LEVELS = ("Outcome", "Key activity", "Objective", "Pledge", "Aim")


def plan_branch(words: Mapping[str, str], scale: Scale) -> Branch:
    """The records of a new plan; ``words`` are title, organisation, years, top, below, action and period."""
    statuses = [
        Branch("status", {"label": label, "letter": letter, "shape": shape, "colour": colour, "meaning": meaning})
        for label, letter, shape, colour, meaning in scale
    ]
    period = Branch("period", {"name": words["period"] or "First period"})
    tail = ("note=Progress to date", "status=Status") if scale else ()
    columns = (
        f"outcome={words['below']}",
        *(() if scale else ("measures=Measures",)),
        f"actions={words['action']}s",
        "leads=Lead",
        "due=Due",
        *tail,
    )
    fields: dict[str, Value] = {
        "title": words["title"],
        "organisation": words["organisation"],
        "years": words["years"],
        "levels": (words["top"], words["below"]),
        "action_word": words["action"],
        "columns": columns,
        "current_period": period.id,
    }
    return Branch("plan", fields, [*statuses, period])


class NewPlanDialog(QDialog):
    """Asks for what a plan begins with; everything can be changed later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New plan")
        self._fields: dict[str, QLineEdit | Chooser] = {}
        self._why = theme.label("A plan needs a title.", tone="muted")
        self._make = QPushButton("Choose where to keep it…")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(3), theme.grid(2.5), theme.grid(3), theme.grid(2.5))
        column.setSpacing(theme.grid(2))
        column.addWidget(theme.label("New plan", size="heading"))
        column.addLayout(self._field("title", "Title", hint="Children and Young People’s Plan"))
        column.addLayout(
            self._row(self._field("organisation", "Organisation"), self._field("years", "Years", hint="2026-27"))
        )
        column.addLayout(
            self._row(
                self._field("top", "Top level is called", "Priority"),
                self._field("below", "Below it", "Outcome", choices=_LEVELS),
                self._field("action", "What is done", "Key action"),
            )
        )
        column.addWidget(theme.label("Status scale", size="strong"))
        self._scales = QButtonGroup(self)
        for number, name in enumerate(SCALES):
            button = QRadioButton(name)
            self._scales.addButton(button, number)
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            column.addLayout(line)
        self._scales.buttons()[-1].setChecked(True)
        column.addLayout(self._field("period", "First reporting period", hint="Mid-year review 2026-27"))
        column.addStretch(1)
        column.addLayout(self._buttons())
        self.resize(theme.grid(72), self.sizeHint().height())
        self._fields["title"].setFocus()
        self._check()

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        self._make.setProperty("kind", "primary")
        self._make.setDefault(True)
        self._make.clicked.connect(self.accept)
        row = self._row()
        row.addWidget(self._why, 1)
        row.addStretch(0)
        row.addWidget(cancel)
        row.addWidget(self._make)
        return row

    def _row(self, *parts: QVBoxLayout) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        for part in parts:
            row.addLayout(part, 1)
        return row

    def _field(
        self, name: str, label: str, words: str = "", *, hint: str = "", choices: Sequence[str] = ()
    ) -> QVBoxLayout:
        field: QLineEdit | Chooser
        if choices:
            field = Chooser()
            field.setEditable(True)
            field.addItems(list(choices))
        else:
            field = QLineEdit(words)
            field.setPlaceholderText(hint)
            field.textChanged.connect(self._check)
        field.setAccessibleName(label)
        heading = theme.label(label, size="strong")
        heading.setBuddy(field)
        self._fields[name] = field
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addWidget(heading)
        column.addWidget(field)
        return column

    def _check(self) -> None:
        ready = bool(self.words()["title"])
        self._make.setEnabled(ready)
        self._why.setText("" if ready else "A plan needs a title.")

    def words(self) -> dict[str, str]:
        """What was typed, by field; the words for the levels are never empty."""
        typed = {
            name: (field.currentText() if isinstance(field, Chooser) else field.text()).strip()
            for name, field in self._fields.items()
        }
        otherwise = {"top": "Priority", "below": "Outcome", "action": "Key action"}
        return {name: words or otherwise.get(name, "") for name, words in typed.items()}

    def branch(self) -> Branch:
        """The records of the plan that was asked for."""
        return plan_branch(self.words(), list(SCALES.values())[self._scales.checkedId()])
