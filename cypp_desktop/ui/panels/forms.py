"""The forms of the inspector: which fields each kind of record has, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QVBoxLayout, QWidget

from cypp_desktop.document.document import Event
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.plan import CustomField, Plan, custom_field
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.fields import (
    CheckField,
    ChoiceField,
    Field,
    LinesField,
    lines,
    rich,
    shape_choices,
    words,
)


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
    from cypp_desktop.ui.panels.action_fields import LeadsField

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
    from cypp_desktop.ui.panels import action_fields as fields
    from cypp_desktop.ui.richtext.editor import RichEditor

    details = bridge.plan.details
    yield fields.ArchivedField(bridge)
    yield rich(bridge, "text", details.action_word)
    yield fields.LeadsField(bridge)
    yield fields.DueField(bridge)
    yield fields.PeriodText(bridge, "note", "Progress", RichEditor(lines=(4, 16)))
    yield fields.StatusField(bridge)
    yield fields.ReasonField(bridge)
    yield fields.LastPeriod(bridge)
    yield fields.PlansField(bridge)
    yield fields.ServesField(bridge, f"{plural(details.measure_word)} that it serves")
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
        from cypp_desktop.ui.panels.own_fields import READS, ReadField

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
    from cypp_desktop.ui.panels.own_fields import PlanColumnsField
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
    from cypp_desktop.ui.panels.scale_fields import ColourField, Preview

    yield Preview(bridge)
    yield words(bridge, "label", "Word")
    yield words(bridge, "letter", "Letter")
    yield ChoiceField(bridge, "shape", "Shape", shape_choices())
    yield ColourField(bridge)
    yield lines(bridge, "meaning", "Meaning")
    yield DeleteField(bridge, "this status")


def _period(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.panels.records import DeleteField
    from cypp_desktop.ui.panels.scale_fields import CurrentField, PeriodName

    yield PeriodName(bridge)
    yield CurrentField(bridge)
    yield CheckField(bridge, "closed", "Closed", "Its progress can only be read.")
    yield DeleteField(bridge, "this period")


def _own_column(bridge: Bridge) -> Iterator[Field]:
    from cypp_desktop.ui.panels.own_fields import TYPES
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
