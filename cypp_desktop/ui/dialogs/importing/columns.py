"""What an import makes of a source, to be changed: its tables, its columns and its statuses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cypp_desktop.domain.values import replace
from cypp_desktop.exchange.importing import Mapping, fields
from cypp_desktop.exchange.importing.fields import SKIP
from cypp_desktop.exchange.importing.tables import Table, own
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.controls import Check, Chooser

_SPLITS = (
    ("whole", "Each cell is one key action"),
    ("numbers", "Numbers in a cell part key actions"),
    ("bullets", "Numbers and bullets part them"),
)
_SAMPLES = 2
_SAMPLE = 48
NO_STATUS = "No status"


class Choices(QScrollArea):
    """A form for a mapping; ``changed`` brings another one."""

    changed = Signal(object)
    """The :class:`Mapping` as it was chosen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through what is in it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What is taken over")
        self._mapping = Mapping()
        self._full: list[tuple[str, ...]] = []

    def show_mapping(self, tables: Sequence[Table], mapping: Mapping, full: Mapping, labels: Sequence[str]) -> None:
        """Show a mapping; ``full`` maps the columns of every table, and ``labels`` are the plan's own statuses."""
        self._mapping = mapping
        self._full = [row or full.columns[number] for number, row in enumerate(mapping.columns)]
        page = QWidget()
        page.setProperty("role", "pane")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.grid(1.5), 0)
        column.setSpacing(theme.grid(1.5))
        for number, table in enumerate(tables):
            column.addWidget(self._table(number, table))
        if mapping.statuses:
            column.addWidget(self._statuses(labels))
        column.addWidget(self._options())
        column.addStretch(1)
        self.setWidget(page)

    def _emit(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self.changed.emit(mapping)

    # --- one table ---

    def _table(self, number: int, table: Table) -> QWidget:
        rows = f"{table.name} · {wording.several(len(table.lines), 'row')}"
        card, form = _card()
        taken = Check(rows)
        taken.setChecked(bool(self._mapping.columns[number]))
        taken.setToolTip("Take this table over")
        form.addWidget(taken, 0, 0, 1, 2)
        inside: list[QWidget] = []
        for place in range(table.width):
            inside += self._column(form, number, place, table)

        def take(on: bool) -> None:
            for widget in inside:
                widget.setVisible(on)
            columns = list(self._mapping.columns)
            columns[number] = self._full[number] if on else ()
            self._emit(replace(self._mapping, columns=tuple(columns)))

        for widget in inside:
            widget.setVisible(taken.isChecked())
        taken.toggled.connect(take)
        return card

    def _column(self, form: QGridLayout, number: int, place: int, table: Table) -> list[QWidget]:
        heading = table.headings[place] or f"Column {place + 1}"
        words = QVBoxLayout()
        words.setSpacing(0)
        name = theme.label(heading, size="strong", wrap=True)
        sample = theme.label(_sample(table, place), size="small", tone="muted", wrap=True)
        words.addWidget(name)
        words.addWidget(sample)
        chooser = Chooser()
        options = _fields(heading, self._full[number][place])
        for field in options:
            chooser.addItem(fields.name_of(field), field)
        chooser.setCurrentIndex(options.index(self._full[number][place]))
        chooser.setAccessibleName(f"{table.name}, {heading}: goes to")
        chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

        def choose(at: int) -> None:
            row = list(self._full[number])
            row[place] = options[at]
            self._full[number] = tuple(row)
            self._emit(self._mapping.with_column(number, place, options[at]))

        chooser.activated.connect(choose)
        line = form.rowCount()
        form.addLayout(words, line, 0)
        form.addWidget(chooser, line, 1)
        return [name, sample, chooser]

    # --- statuses and options ---

    def _statuses(self, labels: Sequence[str]) -> QWidget:
        card, form = _card()
        form.addWidget(theme.label("Statuses", size="strong"), 0, 0, 1, 2)
        options = list(dict.fromkeys([*labels, *(label for _, label in self._mapping.statuses if label)]))
        for seen, label in self._mapping.statuses:
            chooser = Chooser()
            chooser.addItems([*options, NO_STATUS])
            chooser.setCurrentText(label or NO_STATUS)
            chooser.setAccessibleName(f"The source’s “{seen}” is")
            chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            chooser.textActivated.connect(
                lambda chosen, seen=seen: self._emit(
                    self._mapping.with_status(seen, "" if chosen == NO_STATUS else chosen)
                )
            )
            line = form.rowCount()
            said = f"cells coloured {seen.upper()}" if seen.startswith("#") else f"“{seen}”"
            form.addWidget(theme.label(said, wrap=True), line, 0)
            form.addWidget(chooser, line, 1)
        return card

    def _options(self) -> QWidget:
        card, form = _card()
        form.addWidget(theme.label("How cells are read", size="strong"), 0, 0, 1, 2)
        split = Chooser()
        for name, words in _SPLITS:
            split.addItem(words, name)
        split.setCurrentIndex([name for name, _ in _SPLITS].index(self._mapping.split))
        split.setAccessibleName("Several key actions in one cell")
        split.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        split.activated.connect(lambda at: self._emit(replace(self._mapping, split=_SPLITS[at][0])))
        form.addWidget(split, 1, 0, 1, 2)
        leads = Check("Several names in a cell are several leads")
        leads.setChecked(self._mapping.split_leads)
        leads.toggled.connect(lambda on: self._emit(replace(self._mapping, split_leads=on)))
        form.addWidget(leads, 2, 0, 1, 2)
        sections = Check("Text between tables becomes sections")
        sections.setChecked(self._mapping.sections)
        sections.toggled.connect(lambda on: self._emit(replace(self._mapping, sections=on)))
        form.addWidget(sections, 3, 0, 1, 2)
        return card


def _card() -> tuple[QFrame, QGridLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    form = QGridLayout(card)
    form.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
    form.setHorizontalSpacing(theme.grid(2))
    form.setVerticalSpacing(theme.grid(1.25))
    form.setColumnStretch(0, 1)
    form.setColumnStretch(1, 1)
    return card, form


def _sample(table: Table, place: int) -> str:
    """The first words that a column holds."""
    found: dict[str, None] = {}
    for row in table.lines:
        box = row[place]
        if box in own(row) and (words := fields.line(box.words) or box.fill):
            found[words if len(words) <= _SAMPLE else f"{words[:_SAMPLE].rstrip()}…"] = None
        if len(found) == _SAMPLES:
            break
    return " | ".join(found) or "empty"


def _fields(heading: str, current: str) -> list[str]:
    """The fields that a column can be put into; those with a name of their own have its heading."""
    name = " ".join(heading.split())
    named = [f"{start}{name}" for start in fields.NAMED]
    plain = [field for field in fields.FIELDS if field != SKIP]
    return list(dict.fromkeys([SKIP, current or SKIP, *plain, *named]))
