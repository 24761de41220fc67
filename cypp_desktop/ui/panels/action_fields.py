"""The fields of a key action, loaded with the first form that has one of them."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton

from cypp_desktop.domain import dates, text
from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, edit, joined
from cypp_desktop.domain.periods import copy_last_notes, last_period, worsened
from cypp_desktop.domain.plan import Action, Details, Lead, Measure, Period, Plan, Priority, Record, Status, Value
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.fields import Field, TextField
from cypp_desktop.ui.pills import Name, Pills
from cypp_desktop.ui.status_buttons import Chip, StatusButtons
from cypp_desktop.ui.ticks import Tick
from cypp_desktop.ui.words import WordsEditor


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


class ReasonField(PeriodText):
    """Why a status worsened; asked for where it did."""

    looks_at = None  # also at the action's status

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "reason", "Why is it worse than last period?", WordsEditor(paragraphs=True))

    def refresh(self) -> None:
        super().refresh()
        self.say_hint("")  # its name needs the room
        plan, period, action = self.bridge.plan, self.bridge.period, self.bridge.plan.get(self.record)
        worse = isinstance(action, Action) and period is not None and worsened(plan, action, period.id)
        self.setVisible(worse or bool(self.now))


class LastPeriod(Field):
    """What was written about an action in the period before, to be read, or taken as a start for the new note."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "", "Last period")
        self._chip = Chip()
        self._note = theme.label(tone="muted", wrap=True)
        self._copy = QPushButton("Copy the note as a start")
        self._copy.setAccessibleName("Copy the last note as a start")
        self._copy.setProperty("kind", "quiet")
        self._copy.setProperty("flush", True)
        self._copy.clicked.connect(self._begin_with_it)
        line = QHBoxLayout()
        line.addWidget(self._copy)
        line.addStretch(1)
        self.column.addWidget(self._chip)
        self.column.addWidget(self._note)
        self.column.addLayout(line)

    def _begin_with_it(self) -> None:
        if period := self.bridge.period:
            try:
                self.bridge.commit(copy_last_notes(self.bridge.plan, period.id, [self.record]))
            except Refused as problem:
                self.bridge.failed.emit(str(problem))

    def refresh(self) -> None:
        plan, period = self.bridge.plan, self.bridge.period
        last = last_period(plan, self.bridge.period)
        action = plan.get(self.record)
        self.setVisible(bool(plan.statuses or last))
        update = action.update(last.id) if last and isinstance(action, Action) else None
        status = plan.get(update.status) if update else None
        self._chip.show_status(status if isinstance(status, Status) else None)
        said = text.plain(update.note) if update else ""
        self._note.setText(said)
        self._note.setVisible(bool(said))
        writing = self.bridge.editable and period is not None and not period.closed
        begun = isinstance(action, Action) and period is not None and action.update(period.id).note.strip()
        live = isinstance(action, Action) and not action.archived
        self._copy.setVisible(bool(said) and writing and live and not begun)
        recorded = bool(said) or isinstance(status, Status)
        self.say_hint(last.name if last and recorded else "None recorded")


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


class ArchivedField(Field):
    """That an action is archived, and the button that brings it back; nothing for a live one."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "archived", "Archived")
        self._button = QPushButton("Bring it back")
        self._button.clicked.connect(lambda: self.commit(""))
        self.column.addWidget(self._button)

    def refresh(self) -> None:
        self.setVisible(bool(self.now))
        self.say_hint(f"in {self.now}" if self.now else "")

    def set_read_only(self, read_only: bool) -> None:
        self._button.setEnabled(self.bridge.editable)
