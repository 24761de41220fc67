"""The fields of a form: each is one cell of the plan with its name above it, and is saved as it is left."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import Event
from cypp_desktop.domain.change import Refused, Step, edit
from cypp_desktop.domain.plan import (
    SHAPES,
    Plan,
    Record,
    Value,
    cell,
    update_field,
)
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Check, Chooser
from cypp_desktop.ui.words import WordsEditor

DRAFT_EVERY = 1500
"""Milliseconds after which text that is being typed is kept as a draft."""


class TextEditor(Protocol):
    """What a field asks of the widget that one types in."""

    edited: SignalInstance
    left: SignalInstance
    put_back: SignalInstance
    done: SignalInstance

    def text(self) -> str:
        """What stands there."""

    def set_text(self, words: str) -> None:
        """Show a text that can be put back."""

    def replace_text(self, words: str) -> None:
        """Show words as if they had been typed."""

    def changed(self) -> bool:
        """Whether another text stands there."""

    def set_read_only(self, read_only: bool) -> None:
        """Only show it."""


class Field(QWidget):
    """A name, a hint at its end, and below them a widget that shows and changes one cell of a record.

    ``per_period`` fields ("note", "status", "reason") are those of the period that is looked at.
    """

    per_period = False
    looks_at: tuple[type[Record], ...] | None = None
    """The kinds of other records that it shows something of; None where any change may be of consequence to it."""
    builds = True
    """Whether widgets that Tab stops at come and go with what it shows."""

    def __init__(self, bridge: Bridge, field: str, name: str, hint: str = "") -> None:
        super().__init__()
        self.bridge = bridge
        self._field = field
        self.record = self.cell = ""
        self.name = theme.label(name, size="strong")
        self.hint = theme.label(size="small", tone="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignBottom)
        self._head = QHBoxLayout()
        self._head.addWidget(self.name)
        self._head.addWidget(self.hint)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.grid(0.625))
        self.column.addLayout(self._head)
        self.say_hint(hint)

    def say_hint(self, words: str) -> None:
        """Show other words beside the name; without any, a long name wraps."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self.name.setWordWrap(not words)
        self._head.setStretch(0, 0 if words else 1)
        self._head.setStretch(1, 1 if words else 0)

    def look_at(self, record: str) -> None:
        """Show the cell of another record; what was typed is saved first, to the record that it belongs to."""
        self.save()
        self.record = record
        self.aim()
        self.refresh()

    def aim(self) -> None:
        """Settle which cell is shown: "" for a field of a period while the plan has none."""
        period = self.bridge.period
        of_period = update_field(self._field, period.id) if period else ""
        self.cell = of_period if self.per_period else self._field

    @property
    def now(self) -> Value:
        """What the plan has in the cell."""
        record = self.bridge.plan.get(self.record)
        return cell(record, self.cell) if record and self.cell else ""

    def refresh(self) -> None:
        """Show what the plan has, unless something is being typed."""

    def concerned(self, event: Event) -> bool:
        """Whether an event changed anything that it shows."""
        before, after = event.before.get(self.record), event.after.get(self.record)
        if self.looks_at is None or before is None or after is None or not self.cell:
            return True
        if before is not after and cell(before, self.cell) != cell(after, self.cell):
            return True
        others = event.changed - {self.record}
        return any(isinstance(event.after.get(one) or event.before.get(one), self.looks_at) for one in others)

    def save(self) -> None:
        """Make a step of what was typed."""

    def set_read_only(self, read_only: bool) -> None:
        """Only show the cell."""

    def commit(self, value: Value) -> bool:
        """Give the cell a value; False where it was refused or could not be saved."""
        try:
            step = self.step(self.bridge.plan, value)
        except Refused as problem:
            self.bridge.failed.emit(str(problem))
            return False
        return self.bridge.commit(step)

    def choose(self, value: Value) -> None:
        """Give the cell a value that was chosen, or show what the plan has where that cannot be."""
        if not self.commit(value):
            self.refresh()

    def step(self, plan: Plan, value: Value) -> Step:
        """The step that gives the cell a value."""
        return edit(plan, self.record, {self.cell: value})


class TextField(Field):
    """A cell of words or rich text. While it is typed it is kept as a draft."""

    looks_at: tuple[type[Record], ...] | None = ()
    builds = False

    def __init__(self, bridge: Bridge, field: str, name: str, editor: QWidget, hint: str = "") -> None:
        super().__init__(bridge, field, name, hint)
        self.editor = editor
        self._text = cast("TextEditor", editor)
        self._unsaved: dict[tuple[str, str], str] = {}  # what could not be saved, shown again with its record
        self._drafted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_EVERY)
        self._timer.timeout.connect(self._keep_draft)
        editor.setAccessibleName(name)
        self.name.setBuddy(editor)
        self.setFocusProxy(editor)
        self.column.addWidget(editor)
        self._text.edited.connect(self._on_edited)
        self._text.left.connect(self.save)
        self._text.done.connect(self.save)
        self._text.put_back.connect(self._drop_draft)

    def refresh(self) -> None:
        if not self._text.changed():
            self._text.set_text(str(self.now or ""))

    def look_at(self, record: str) -> None:
        self.save()
        if self._text.changed() and self.record:
            self._unsaved[self.record, self.cell] = self._text.text()
        self._text.set_text("")
        super().look_at(record)
        if words := self._unsaved.pop((self.record, self.cell), ""):
            self.type_in(words)

    def type_in(self, words: str) -> None:
        """Show words as if they had been typed."""
        self._text.replace_text(words)

    def save(self) -> None:
        self._timer.stop()
        if self.record in self.bridge.plan and self._text.changed() and self.commit(self._text.text().strip()):
            self._text.set_text(self._text.text())
            self.refresh()  # as the plan has it now
            self._drop_draft()

    def set_read_only(self, read_only: bool) -> None:
        self._text.set_read_only(read_only)

    def _on_edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep_draft(self) -> None:
        if self._text.changed() and self.record:
            self._drafted |= self.bridge.keep_draft(self.record, self.cell, self._text.text())

    def _drop_draft(self) -> None:
        self._timer.stop()
        if self._drafted:
            self._drafted = False
            self.bridge.drop_draft(self.record, self.cell)

    def unsaved(self) -> dict[tuple[str, str], str]:
        """The words that are typed here and are no step yet, by record and cell."""
        typed = {(self.record, self.cell): self._text.text()} if self.record and self._text.changed() else {}
        return self._unsaved | typed


class LinesField(TextField):
    """A cell of several words, one a line."""

    def __init__(self, bridge: Bridge, field: str, name: str, hint: str = "one on each line") -> None:
        super().__init__(bridge, field, name, WordsEditor(paragraphs=True), hint)

    def refresh(self) -> None:
        if not self._text.changed():
            self._text.set_text("\n".join(cast("tuple[str, ...]", self.now or ())))

    def step(self, plan: Plan, value: Value) -> Step:
        lines = tuple(line.strip() for line in str(value).split("\n") if line.strip())
        return super().step(plan, lines)


class ChoiceField(Field):
    """A cell that has one of some words; ``choices`` are value and word."""

    def __init__(self, bridge: Bridge, field: str, name: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__(bridge, field, name)
        self._list = Chooser()
        self._list.setAccessibleName(name)
        self.name.setBuddy(self._list)
        for value, word in choices:
            self._list.addItem(word, value)
        self._list.activated.connect(lambda place: self.choose(self._list.itemData(place)))
        self.column.addWidget(self._list)

    def refresh(self) -> None:
        self._list.setCurrentIndex(self._list.findData(self.now))

    def set_read_only(self, read_only: bool) -> None:
        self._list.setEnabled(not read_only)


class CheckField(Field):
    """A cell that is yes or no."""

    def __init__(self, bridge: Bridge, field: str, name: str, hint: str = "") -> None:
        super().__init__(bridge, field, "", "")
        self.name.hide()
        self.hint.hide()
        self._box = Check()
        self._box.setText(name)
        self._box.setToolTip(theme.tip(hint))
        self._box.clicked.connect(self.choose)
        self.column.setSpacing(0)
        self.column.addWidget(self._box)

    def refresh(self) -> None:
        self._box.setChecked(self.now is True)

    def set_read_only(self, read_only: bool) -> None:
        self._box.setEnabled(not read_only)


def words(bridge: Bridge, field: str, name: str, hint: str = "") -> TextField:
    """A field of plain words."""
    return TextField(bridge, field, name, WordsEditor(), hint)


def lines(bridge: Bridge, field: str, name: str, hint: str = "") -> TextField:
    """A field of plain words that may have several lines."""
    return TextField(bridge, field, name, WordsEditor(paragraphs=True), hint)


def rich(bridge: Bridge, field: str, name: str, hint: str = "") -> TextField:
    """A field of rich text."""
    from cypp_desktop.ui.richtext.editor import RichEditor  # large: loaded with the first form that has one

    return TextField(bridge, field, name, RichEditor(), hint)


def shape_choices() -> tuple[tuple[str, str], ...]:
    """The shapes of statuses with their names."""
    return tuple((shape, shape.capitalize()) for shape in SHAPES)
