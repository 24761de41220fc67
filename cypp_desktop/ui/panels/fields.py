"""The fields of a form: each is one cell of the plan with its name above it, and is saved as it is left."""

from __future__ import annotations

from datetime import date
from typing import Protocol, cast

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtWidgets import (
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import Event
from cypp_desktop.domain import dates
from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, edit, joined
from cypp_desktop.domain.plan import (
    SHAPES,
    Action,
    Details,
    Lead,
    Measure,
    Period,
    Plan,
    Priority,
    Record,
    Status,
    Value,
    cell,
    update_field,
)
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Check, Chooser
from cypp_desktop.ui.pills import Name, Pills
from cypp_desktop.ui.status_buttons import StatusButtons
from cypp_desktop.ui.ticks import Tick
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


class PeriodText(TextField):
    """A cell of an action that the period looked at has for itself."""

    per_period = True
    looks_at: tuple[type[Record], ...] | None = (Details, Period)

    def refresh(self) -> None:
        if not self.cell:
            self.aim()
        super().refresh()
        period = self.bridge.period
        self.setVisible(period is not None)
        self.say_hint(period.name if period else "")


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


class DueField(TextField):
    """When an action is due: words, and beside its name the date that was read in them."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "due", "Due", WordsEditor())
        editor = cast("WordsEditor", self.editor)
        editor.set_placeholder("Words, such as “By end June”")
        editor.edited.connect(self._read)
        self._calendar = QToolButton()
        self._calendar.setIcon(icons.icon("calendar", "muted"))
        self._calendar.setToolTip("Choose a day")
        self._calendar.setAccessibleName("Choose a day")
        self._calendar.clicked.connect(self._choose_day)
        editor.row.addWidget(self._calendar, 0, Qt.AlignmentFlag.AlignTop)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._calendar.setVisible(not read_only)

    def _choose_day(self) -> None:
        from cypp_desktop.ui.days import Days

        days = Days(dates.read(self._text.text()), self)
        days.chosen.connect(self.take_day)
        days.drop(self._calendar.mapToGlobal(self._calendar.rect().bottomLeft()))

    def take_day(self, day: date) -> None:
        """Write a day in words, and save it."""
        words = dates.in_words(day)
        if words != self._text.text():
            self.type_in(words)
            self.save()

    def refresh(self) -> None:
        super().refresh()
        self._read()

    def _read(self) -> None:
        day = dates.read(self._text.text())
        self.say_hint(f"read as {dates.short(day)}" if day else "")

    def step(self, plan: Plan, value: Value) -> Step:
        day = dates.read(str(value))
        return edit(plan, self.record, {"due": value, "due_date": day.isoformat() if day else ""}, "change of due")


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


class LeadsField(Field):
    """The leads of an action or a priority; a name that the plan does not know becomes a lead in the same step."""

    looks_at = (Lead,)

    def __init__(self, bridge: Bridge, name: str = "Leads") -> None:
        super().__init__(bridge, "leads", name)
        self.pills = Pills("lead")
        self.pills.setAccessibleName(name)
        self.pills.chosen.connect(lambda: self.choose(tuple(one.key for one in self.pills.names())))
        self.pills.opened.connect(bridge.select)
        self.column.addWidget(self.pills)

    def refresh(self) -> None:
        plan = self.bridge.plan
        led = plan.get(self.record)
        if isinstance(led, Action | Priority):
            known = [Name(lead.id, lead.name) for lead in plan.leads]
            by_id = {name.key: name for name in known}
            self.pills.show_names([by_id[one] for one in led.leads if one in by_id], known)

    def set_read_only(self, read_only: bool) -> None:
        self.pills.set_read_only(read_only)

    def step(self, plan: Plan, value: Value) -> Step:
        new = [Branch("lead", {"name": one.words}) for one in self.pills.names() if not one.key]
        made = iter(new)
        leads = tuple(one.key or next(made).id for one in self.pills.names())
        steps = [add_branches(plan, plan.root, new)] if new else []
        return joined("change of leads", [*steps, edit(plan, self.record, {"leads": leads})])


class PlansField(Field):
    """The names of the plans that an action is part of."""

    looks_at = (Action,)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "plans", "Related plans")
        self.pills = Pills("plan")
        self.pills.setAccessibleName("Related plans")
        self.pills.chosen.connect(lambda: self.choose(tuple(one.words for one in self.pills.names())))
        self.column.addWidget(self.pills)

    def refresh(self) -> None:
        plan = self.bridge.plan
        around = plan.actions(plan[self.record].parent) if self.record in plan else ()
        used = dict.fromkeys(name for action in around for name in action.plans)
        names = cast("tuple[str, ...]", self.now or ())
        self.pills.show_names([Name(name, name) for name in names], [Name(name, name) for name in used])

    def set_read_only(self, read_only: bool) -> None:
        self.pills.set_read_only(read_only)


class ServesField(Field):
    """Which measures of its outcome an action serves; hidden where there are none."""

    looks_at = (Measure,)

    def __init__(self, bridge: Bridge, name: str) -> None:
        super().__init__(bridge, "measures", name)
        self._lines: list[tuple[str, Tick]] = []
        self._shown: tuple[Measure, ...] = ()
        self._read_only = False

    def refresh(self) -> None:
        plan = self.bridge.plan
        action = plan.get(self.record)
        measures = plan.measures(action.parent) if isinstance(action, Action) else ()
        if measures != self._shown:
            self._rebuild(measures)
        serves = action.measures if isinstance(action, Action) else ()
        for measure, line in self._lines:
            line.box.setChecked(measure in serves)
        self.setVisible(bool(measures))

    def _rebuild(self, measures: tuple[Measure, ...]) -> None:
        self._shown = measures
        for _, old in self._lines:
            old.hide()
            old.deleteLater()
        self._lines = []
        for measure in measures:
            line = Tick(measure.short_name or measure.name)
            line.clicked.connect(self._on_clicked)
            line.setEnabled(not self._read_only)
            self._lines.append((measure.id, line))
            self.column.addWidget(line)

    def _on_clicked(self) -> None:
        there = {measure for measure, _ in self._lines}
        others = [one for one in cast("tuple[str, ...]", self.now or ()) if one not in there]
        self.choose((*others, *(measure for measure, line in self._lines if line.box.isChecked())))

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for _, line in self._lines:
            line.setEnabled(not read_only)


class StatusField(Field):
    """An action's status in the period; nothing where the plan has no scale."""

    per_period = True
    looks_at = (Details, Period, Status)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "status", "Status")
        self.buttons = StatusButtons()
        self.buttons.setAccessibleName("Status")
        self.buttons.chosen.connect(lambda: self.choose(self.buttons.value()))
        self.column.addWidget(self.buttons)

    def refresh(self) -> None:
        if not self.cell:
            self.aim()
        statuses = self.bridge.plan.statuses
        self.setVisible(bool(statuses) and self.bridge.period is not None)
        self.buttons.show_statuses(statuses, str(self.now or ""))

    def set_read_only(self, read_only: bool) -> None:
        self.buttons.set_read_only(read_only)


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
