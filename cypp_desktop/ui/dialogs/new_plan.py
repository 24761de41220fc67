"""A new plan in a minute: what it begins with, its titles, its words for its levels, its scale, its first period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain.change import Branch, Refused, Step
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.plan import CustomField, Plan, Value
from cypp_desktop.exchange import templates
from cypp_desktop.ui import controls, files, settings, theme
from cypp_desktop.ui.controls import Check, Chooser
from cypp_desktop.ui.help import guide

Scale = Sequence[tuple[str, str, str, str, str]]
SCALES: Mapping[str, Scale] = {  # label, letter, shape, colour, meaning
    "No statuses": (),
    "Three: green, amber, red": (
        ("Green", "G", "disc", theme.GREEN, "on track"),
        ("Amber", "A", "triangle", theme.AMBER, "some concern"),
        ("Red", "R", "diamond", theme.RED, "off track"),
    ),
    "Five: completed, green, amber, red, no information": (
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
        f"actions={plural(words['action'])}",
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


OWN, OTHER, FILE = "own", "other plan", "file"
"""The beginnings that are no template."""
_PART = Qt.ItemDataRole.UserRole
_ABOUT = {
    OWN: "Say what its levels are called and which statuses it uses. Everything can be changed later.",
    OTHER: "Takes the levels, statuses, columns and extra fields of a plan that you have, and none of its content.",
    FILE: "Takes over the tables of a plan that was written in Word or Excel. You see what will come before it does.",
}


class NewPlanDialog(QDialog):
    """Asks for what a plan begins with; everything can be changed later.

    ``beginning`` says how: OWN words, a template's name, OTHER plan or FILE; for all but FILE ``content`` is the plan.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New plan")
        guide.on_f1(self, "Begin")
        self._fields: dict[str, QLineEdit | Chooser] = {}
        self._other: Plan | None = None
        self._templates = {one.name: one for one in templates.listed()}
        self._why = theme.label("A plan needs a title.", tone="muted")
        self._make = QPushButton("Choose where to keep it…")
        self.beginnings = self._list()
        row = QHBoxLayout()
        row.setSpacing(theme.grid(3))
        row.addWidget(self.beginnings, 1)
        row.addWidget(self._page(), 2)
        column = controls.column(self, 2)
        column.addWidget(theme.label("New plan", size="heading"))
        column.addLayout(row, 1)
        column.addLayout(self._buttons())
        theme.give_size(self, 112, 74)
        self.beginnings.setCurrentRow(0)
        self._fields["title"].setFocus()

    # --- what it begins with ---

    def _list(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName("What the plan begins with")
        made.setWordWrap(True)
        made.setSpacing(theme.grid(0.5))
        entries = [(OWN, "Your own levels and statuses")]
        entries += [(name, one.title) for name, one in self._templates.items()]
        entries += [(OTHER, "As another plan, without its content"), (FILE, "From Word, Excel or CSV")]
        for name, words in entries:
            made.addItem(words)
            made.item(made.count() - 1).setData(_PART, name)
        made.currentRowChanged.connect(self._show_beginning)
        return made

    @property
    def beginning(self) -> str:
        """What the plan begins with."""
        item = self.beginnings.currentItem()
        return str(item.data(_PART)) if item else OWN

    def begin_with(self, beginning: str) -> None:
        """Choose what the plan begins with."""
        rows = [self.beginnings.item(row).data(_PART) for row in range(self.beginnings.count())]
        self.beginnings.setCurrentRow(rows.index(beginning))

    def _show_beginning(self, _row: int) -> None:
        chosen = self.beginning
        template = self._templates.get(chosen)
        self._about.setText(template.about if template else _ABOUT[chosen])
        self._words.setVisible(chosen == OWN)
        self._titles.setVisible(chosen != FILE)
        self._from.setVisible(chosen == OTHER)
        outline = self._plan() if chosen not in (OWN, FILE) else None
        self._outline.setText(_outline(outline) if outline else "")
        self._outline.setVisible(outline is not None)
        self._check()

    def _plan(self) -> Plan | None:
        """The plan that shows what a template or another plan brings."""
        if self.beginning == OTHER:
            return self._other
        return templates.preview(self.beginning)

    def _choose_other(self) -> None:
        if path := files.ask_open(self, "As this plan"):
            self.take_after(path)

    def take_after(self, path: Path) -> None:
        """Begin with the words, statuses and columns of the plan in a file."""
        try:
            with closing(Document.open(path, settings.author(), read_only=True)) as document:
                self._other = document.plan
        except (Refused, CannotSave, OSError) as problem:
            self._other = None
            self._which.setText(str(problem))
        else:
            self._which.setText(self._other.details.title or path.stem)
        self._show_beginning(0)

    # --- the form ---

    def _page(self) -> QScrollArea:
        """What is asked; it scrolls where text is large and the screen small."""
        page, area = QWidget(), QScrollArea()
        page.setProperty("role", "pane")
        page.setLayout(self._form())
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through what is in it
        area.setAccessibleName("What the plan begins with")
        return area

    def _form(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.grid(2))
        self._about = theme.label(tone="muted", wrap=True)
        column.addWidget(self._about)
        self._titles = QWidget()
        titles = QVBoxLayout(self._titles)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(theme.grid(2))
        titles.addLayout(self._field("title", "Title", hint="Children and Young People’s Plan"))
        titles.addLayout(
            self._row(self._field("organisation", "Organisation"), self._field("years", "Years", hint="2026-27"))
        )
        titles.addLayout(self._field("period", "First reporting period", hint="Mid-year review 2026-27"))
        column.addWidget(self._titles)
        column.addWidget(self._from_other())
        column.addWidget(self._own_words())
        self._outline = theme.label(wrap=True)
        self._outline.setAccessibleName("What it brings")
        column.addWidget(self._outline)
        column.addStretch(1)
        return column

    def _from_other(self) -> QWidget:
        self._from = QWidget()
        column = QVBoxLayout(self._from)
        column.setContentsMargins(0, 0, 0, 0)
        choose = QPushButton("Choose the plan…")
        choose.clicked.connect(self._choose_other)
        self._which = theme.label("No plan is chosen yet.", tone="muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1.5))
        row.addWidget(choose)
        row.addWidget(self._which, 1)
        self._leads = Check("With its list of leads")
        column.addLayout(row)
        column.addWidget(self._leads)
        return self._from

    def _own_words(self) -> QWidget:
        self._words = QWidget()
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
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
        return self._words

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
        why = ""
        if self.beginning == OTHER and self._other is None:
            why = "Choose the plan that it is to be like."
        elif self.beginning != FILE and not self.words()["title"]:
            why = "A plan needs a title."
        self._make.setText("Choose the file…" if self.beginning == FILE else "Choose where to keep it…")
        self._make.setEnabled(not why)
        self._why.setText(why)

    def words(self) -> dict[str, str]:
        """What was typed, by field; the words for the levels are never empty."""
        typed = {
            name: (field.currentText() if isinstance(field, Chooser) else field.text()).strip()
            for name, field in self._fields.items()
        }
        otherwise = {"top": "Priority", "below": "Outcome", "action": "Key action"}
        return {name: words or otherwise.get(name, "") for name, words in typed.items()}

    def content(self) -> Branch | Step:
        """The records of the plan that was asked for; Refused where it begins with something that is not there."""
        words = self.words()
        if self.beginning == OWN:
            return plan_branch(words, list(SCALES.values())[self._scales.checkedId()])
        details = {name: words[name] for name in ("title", "organisation", "years") if words[name]}
        if self.beginning != OTHER:
            return templates.load(self.beginning, details, words["period"])
        if self._other is None:
            raise Refused("Choose the plan that it is to be like.")
        return templates.emptied(self._other, details, words["period"], with_leads=self._leads.isChecked())


def _outline(plan: Plan) -> str:
    """What a plan brings besides its content, in lines."""
    details = plan.details
    columns = (one.partition("=")[2] for one in details.columns)
    rows = {
        "Levels": " › ".join((*details.levels, details.action_word)),
        "Columns": " · ".join(filter(None, columns)),
        "Statuses": ", ".join(one.label for one in plan.statuses) or "none",
        "Extra fields": ", ".join(one.name for one in plan.of(CustomField)),
    }
    return "\n\n".join(f"{name}: {words}" for name, words in rows.items() if words)
