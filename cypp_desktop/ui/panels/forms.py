"""The forms of the inspector: which fields each kind of record has, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from cypp_desktop.document.document import Event
from cypp_desktop.domain import text
from cypp_desktop.domain.change import Refused, Step, edit
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.periods import copy_last_notes, last_period, rename_period, worsened
from cypp_desktop.domain.plan import Action, CustomField, Plan, Status, Value, custom_field
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.fields import (
    CheckField,
    ChoiceField,
    DueField,
    Field,
    LeadsField,
    LinesField,
    PeriodText,
    PlansField,
    ServesField,
    StatusField,
    TextField,
    lines,
    rich,
    shape_choices,
    words,
)
from cypp_desktop.ui.panels.own_fields import READS, TYPES, PlanColumnsField, ReadField
from cypp_desktop.ui.status_buttons import Chip
from cypp_desktop.ui.words import WordsEditor


class Form(QWidget):
    """The fields of one kind of record, one below the other."""

    def __init__(self, bridge: Bridge, kind: str) -> None:
        super().__init__()
        self._bridge = bridge
        self.fields = list(_FIELDS[kind](bridge))
        self._held: tuple[bool, bool] | None = None  # what of it can only be read: all, its period; None: not told yet
        self._stops: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(2))
        for field in self.fields:
            column.addWidget(field)

    def look_at(self, record: str) -> None:
        """Show another record, "" for none; what was typed is saved first."""
        for field in self.fields:
            field.look_at(record)
        self._held = None
        self._order()

    def save(self) -> None:
        """Make a step of what was typed."""
        for field in self.fields:
            field.save()

    def follow(self, event: Event) -> None:
        """Show what the plan has now in the fields that an event is of consequence to, but where one types."""
        concerned = [field for field in self.fields if field.concerned(event)]
        for field in concerned:
            field.refresh()
            self._hold(field)
        if any(field.builds for field in concerned):
            self._order()

    def _order(self) -> None:
        """Have Tab walk as the eye does: widgets that fields made later stand last until they are told."""
        found = list(stops(self))
        if found != self._stops:
            self._stops = found
            for one, other in pairwise(found):
                QWidget.setTabOrder(one, other)

    def set_read_only(self, all_of_it: bool, period: bool) -> None:
        """Only show the record, or only what it has for its period."""
        if self._held != (all_of_it, period):
            self._held = (all_of_it, period)
            for field in self.fields:
                self._hold(field)

    def _hold(self, field: Field) -> None:
        all_of_it, period = self._held or (False, False)
        field.set_read_only(all_of_it or (period and field.per_period))


def stops(part: QWidget | QLayout) -> Iterator[QWidget]:
    """The widgets that Tab stops at, in the order of the layouts."""
    if isinstance(part, QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield part
        inside = None if isinstance(part, QAbstractScrollArea) else part.layout()
        if inside is not None:
            yield from stops(inside)
        return
    for place in range(part.count()):
        item = part.itemAt(place)
        below = (item.widget() or item.layout()) if item else None
        if below is not None:
            yield from stops(below)


def shape_of(plan: Plan, kind: str) -> tuple[object, ...]:
    """What a form is built from besides its kind: where it differs, another form is built."""
    own = tuple((field.id, field.name) for field in plan.of(CustomField) if field.subject == kind)
    details = plan.details
    return (kind, details.action_word, details.measure_word, own)


def _priority(bridge: Bridge) -> Iterator[Field]:
    yield words(bridge, "ref", "Number")
    yield words(bridge, "label", "Name in print", "such as “Priority One”")
    yield words(bridge, "title", "Title")
    yield LeadsField(bridge, "Strategic leads")
    yield rich(bridge, "statement", "Statement")


def _outcome(bridge: Bridge) -> Iterator[Field]:
    yield words(bridge, "ref", "Reference")
    yield words(bridge, "title", "Title")
    yield CheckField(bridge, "joined", "Shares the row of the one before it", "They have their key actions in common.")


def _action(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.richtext.editor import RichEditor

    details = bridge.plan.details
    yield ArchivedField(bridge)
    yield rich(bridge, "text", details.action_word)
    yield LeadsField(bridge)
    yield DueField(bridge)
    yield PeriodText(bridge, "note", "Progress", RichEditor(lines=(4, 16)))
    yield StatusField(bridge)
    yield ReasonField(bridge)
    yield LastPeriod(bridge)
    yield PlansField(bridge)
    yield ServesField(bridge, f"{plural(details.measure_word)} that it serves")
    yield from _custom(bridge, "action")
    yield words(bridge, "ref", "Number")


def _measure(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.panels.chart import ChartField
    from cypp_desktop.ui.panels.readings import ReadingsField

    yield words(bridge, "name", "Name")
    yield words(bridge, "short_name", "Short name", "for the action table")
    yield words(bridge, "target", "Target")
    yield words(bridge, "polarity", "Good is", "High, Low, or a sentence")
    yield ReadingsField(bridge)
    yield ChartField(bridge)
    yield words(bridge, "source", "Source")
    yield rich(bridge, "notes", "Notes")
    yield from _custom(bridge, "measure")


def _custom(bridge: Bridge, subject: str) -> Iterator[Field]:
    for field in bridge.plan.of(CustomField):
        if field.subject != subject:
            continue
        if field.type in ("choice", "yes/no"):
            known = ("Yes", "No") if field.type == "yes/no" else field.choices
            yield ChoiceField(bridge, custom_field(field.id), field.name, (("", "–"), *((one, one) for one in known)))
        elif field.type in READS:
            yield ReadField(bridge, field)
        else:
            yield lines(bridge, custom_field(field.id), field.name)


def _section(bridge: Bridge) -> Iterator[Field]:  # its text has the middle of the window
    yield words(bridge, "heading", "Heading")
    yield ChoiceField(bridge, "place", "Stands", (("before", "Before the tables"), ("after", "After the tables")))


def _plan(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.panels.records import RecordsField

    yield words(bridge, "title", "Title")
    yield words(bridge, "subtitle", "Subtitle")
    yield words(bridge, "organisation", "Organisation")
    yield words(bridge, "board", "Board")
    yield words(bridge, "years", "Years")
    yield ChoiceField(bridge, "state", "State", (("draft", "Draft"), ("agreed", "Agreed"), ("closed", "Closed")))
    yield RecordsField(bridge, "status", "Statuses", "status", {"label": "New status", "letter": "S"})
    yield RecordsField(bridge, "period", "Reporting periods", "reporting period", {"name": "New period"})
    yield RecordsField(bridge, "lead", "Leads", "lead", {"name": "New lead"})
    yield RecordsField(bridge, "field", "Own columns", "column", {"name": "New column"})
    yield LinesField(bridge, "levels", "Words for the levels", "from the top, one on each line")
    yield words(bridge, "action_word", "Word for an action")
    yield words(bridge, "measure_word", "Word for a measure")
    yield words(bridge, "measures_title", "Heading of the measures")
    yield PlanColumnsField(bridge)
    for field, name in _FRONT:
        yield words(bridge, field, name)
    yield rich(bridge, "pack_note", "Note on the front page")


_FRONT = (
    ("appendix", "Appendix"),
    ("pack_title", "Title of the pack"),
    ("meeting_date", "Date of the meeting"),
    ("meeting_time", "Time"),
    ("meeting_place", "Place"),
    ("governance_officer", "Governance officer"),
    ("direct_dial", "Direct dial"),
    ("agenda_item", "Agenda item"),
    ("agenda_title", "Title on the agenda"),
    ("agenda_pages", "Pages on the agenda"),
    ("report_of", "Report of"),
)


def _lead(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.panels.records import CountField, DeleteField

    yield words(bridge, "name", "Name")
    yield words(bridge, "role", "Role", "stands for the name where names are left out")
    yield words(bridge, "email", "E-mail")
    yield CountField(bridge)
    yield DeleteField(bridge, "this lead")


def _status(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.panels.records import DeleteField

    yield Preview(bridge)
    yield words(bridge, "label", "Word")
    yield words(bridge, "letter", "Letter")
    yield ChoiceField(bridge, "shape", "Shape", shape_choices())
    yield ColourField(bridge)
    yield lines(bridge, "meaning", "Meaning")
    yield DeleteField(bridge, "this status")


def _period(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.panels.records import DeleteField

    yield PeriodName(bridge)
    yield CurrentField(bridge)
    yield CheckField(bridge, "closed", "Closed", "Its progress can only be read.")
    yield DeleteField(bridge, "this period")


def _own_column(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.panels.records import DeleteField

    yield words(bridge, "name", "Name")
    yield ChoiceField(bridge, "subject", "Stands on", (("action", "Key actions"), ("measure", "Measures")))
    yield ChoiceField(bridge, "type", "Holds", TYPES)
    yield LinesField(bridge, "choices", "Choices")
    yield DeleteField(bridge, "this column")


def _reading(bridge: Bridge) -> Iterator[Field]:
    yield words(bridge, "series", "Whose")
    yield words(bridge, "period", "Period")
    yield words(bridge, "value", "Value")
    yield CheckField(bridge, "provisional", "Provisional")


_FIELDS: dict[str, Callable[[Bridge], Iterator[Field]]] = {
    "plan": _plan,
    "section": _section,
    "priority": _priority,
    "outcome": _outcome,
    "action": _action,
    "measure": _measure,
    "reading": _reading,
    "lead": _lead,
    "status": _status,
    "period": _period,
    "field": _own_column,
}


# --- fields of one form only -----------------------------------------------------------------------------------------


class PeriodName(TextField):
    """A period's name, which no other period has."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "name", "Name", WordsEditor())

    def step(self, plan: Plan, value: Value) -> Step:
        return rename_period(plan, self.record, str(value))


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
