"""The measures of a priority or outcome as a model: one row a measure, with its latest readings of each series."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from cypp_desktop.document.document import Event
from cypp_desktop.domain import rows, text
from cypp_desktop.domain.change import Refused, Step
from cypp_desktop.domain.plan import (
    OURS,
    CustomField,
    Details,
    Measure,
    Outcome,
    Plan,
    Priority,
    Reading,
    cell,
    custom_field,
)
from cypp_desktop.domain.rows import Column
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.celltext import Words
from cypp_desktop.ui.later import Later
from cypp_desktop.ui.models.cells import NONE, WORDS, Cell, CellModel

if TYPE_CHECKING:
    from cypp_desktop.reports.model import Figure
    from cypp_desktop.ui.models import writing
else:
    writing = Later("cypp_desktop.ui.models.writing")

LATEST, PREVIOUS = "latest", "previous"


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with its readings, all series together, in order."""

    measure: Measure
    readings: tuple[Reading, ...]

    def last(self, series: str, back: int = 0) -> Reading | None:
        """The last reading of a series, or one that lies ``back`` before it."""
        own = [reading for reading in self.readings if reading.series == series]
        return own[-1 - back] if len(own) > back else None


def holder(plan: Plan, top: str) -> Priority | Outcome | None:
    """Whose measures belong to a page: the outcome's, where it has some, else those of its priority."""
    found = plan.get(top)
    if isinstance(found, Outcome) and not any(plan.measures(one.id) for one in rows.group_of(plan, found)):
        above = next((one for one in plan.ancestors(found.id) if isinstance(one, Priority)), None)
        own = above is not None and plan.measures(above.id)
        return above if own else found
    return found if isinstance(found, Priority | Outcome) else None


def measures_of(plan: Plan, of: Priority | Outcome | None) -> list[Measure]:
    """The measures of a priority with those of its outcomes, or of an outcome and those that share its row."""
    if of is None:
        return []
    if isinstance(of, Outcome):
        return [measure for one in rows.group_of(plan, of) for measure in plan.measures(one.id)]
    below = [outcome for group in rows.groups(plan, of.id) for outcome in group]
    return [measure for one in (of, *below) for measure in plan.measures(one.id)]


class MeasureTable(CellModel[MeasureRow]):
    """Name, comparators that these measures have, target, latest, previous, and what good is."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.top = ""
        self.of: Priority | Outcome | None = None
        """Whose measures these are."""
        self.adding = ""
        """The id of the measure whose next latest reading is a new one."""
        self._pictures: dict[str, tuple[MeasureRow, tuple[Figure | None, str]]] = {}
        bridge.changed.connect(self.follow)

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.bridge.plan

    def show(self, top: str) -> None:
        """Show the measures that belong to the page of a priority or outcome."""
        self.top, self.adding = top, ""
        self.of = holder(self.plan, top)
        made = self._made()
        self.reset(self._columns(made), made)

    def follow(self, event: Event) -> None:
        """Take over what a step changed."""
        kinds = {one.kind for pair in event.changed for one in (event.before.get(pair), event.after.get(pair)) if one}
        if self.top not in event.after or not kinds & {"measure", "reading", "outcome", "plan", "field"}:
            return
        of = holder(event.after, self.top)
        old, self.of = self.of, of
        made = self._made()
        columns = self._columns(made)
        if columns != self.columns or (old.id if old else "") != (of.id if of else ""):
            self.reset(columns, made)
        else:
            self.arrange(0, len(self.rows), made)

    def _made(self) -> list[MeasureRow]:
        return [MeasureRow(measure, self.plan.readings(measure.id)) for measure in measures_of(self.plan, self.of)]

    def _columns(self, made: Sequence[MeasureRow]) -> list[Column]:
        series = dict.fromkeys(reading.series for row in made for reading in row.readings if reading.series != OURS)
        compared = [Column(f"series:{one}", one[:1].upper() + one[1:]) for one in series]
        own = [Column(f"custom:{one.id}", one.name) for one in self.plan.of(CustomField) if one.subject == "measure"]
        details = self.plan.details
        return [
            Column("name", details.measure_word if isinstance(details, Details) else "Measure"),
            *compared,
            Column("target", "Target"),
            Column(LATEST, "Latest"),
            Column(PREVIOUS, "Previous"),
            Column("polarity", "Good is"),
            *own,
        ]

    # --- cells ---

    def key(self, row: MeasureRow) -> str:
        return row.measure.id

    def reading(self, row: int, column: int) -> Reading | None:
        """The reading that a cell shows."""
        key = self.columns[column].key
        series = key.removeprefix("series:") if key.startswith("series:") else OURS
        return self.rows[row].last(series, 1 if key == PREVIOUS else 0)

    def cell(self, row: int, column: int) -> Cell:
        measure = self.rows[row].measure
        key = self.columns[column].key
        if key == "name":
            notes = " ".join(text.plain(measure.notes).split("\n"))
            picture = partial(self._picture, self.rows[row]) if len(self.rows[row].readings) > 1 else None
            return Cell(Words(measure.name, plain=True, small=notes), picture=picture)
        if self._is_reading(key):
            found = self.reading(row, column)
            if found is None:
                return Cell()
            period = " ".join(one for one in ("provisional" if found.provisional else "", found.period) if one)
            return Cell(Words(found.value, plain=True, small=period, bold=key == LATEST))
        return Cell(Words(str(cell(measure, self._name(key))), plain=True))

    def _picture(self, line: MeasureRow) -> tuple[Figure | None, str]:
        """The readings of a measure as a small chart, the same as on paper, and which way they went."""
        kept = self._pictures.get(line.measure.id)
        if kept and kept[0] is line:
            return kept[1]
        from cypp_desktop.reports import charts, measures  # when the first one is seen

        compared = [one.key.removeprefix("series:") for one in self.columns if one.key.startswith("series:")]
        moved = measures.trend(self.plan, line.measure)
        made = charts.indicator(line.measure, line.readings, compared), moved.text if moved else ""
        self._pictures[line.measure.id] = (line, made)
        return made

    def record(self, row: int, column: int) -> str:
        return self.rows[row].measure.id

    def field(self, row: int, column: int) -> str:
        key = self.columns[column].key
        return "" if self._is_reading(key) else self._name(key)

    def editor(self, row: int, column: int) -> str:
        if not self.bridge.editable:
            return NONE
        alone = self.columns[column].key == PREVIOUS and self.reading(row, column) is None
        return NONE if alone else WORDS

    def source(self, row: int, column: int) -> str:
        key, line = self.columns[column].key, self.rows[row]
        if self._is_reading(key):
            found = self.reading(row, column)
            new = key == LATEST and self.adding == line.measure.id
            return writing.reading_words(found) if found and not new else ""
        return str(cell(line.measure, self._name(key)))

    def step(self, row: int, column: int, value: str) -> Step:
        key, measure = self.columns[column].key, self.rows[row].measure
        if not self._is_reading(key):
            if key == "name" and not value.strip():
                raise Refused("A measure needs a name. To take it out, delete it.")
            return writing.words(self.plan, measure.id, self._name(key), " ".join(value.split("\n")).strip())
        new = key == LATEST and self.adding == measure.id
        old = None if new else self.reading(row, column)
        series = key.removeprefix("series:") if key.startswith("series:") else OURS
        if old and not value.strip():
            return writing.no_reading(self.plan, old)
        return writing.reading(self.plan, measure.id, old, value, series=series, keys=self.bridge.document.keys)

    @staticmethod
    def _is_reading(key: str) -> bool:
        return key in {LATEST, PREVIOUS} or key.startswith("series:")

    @staticmethod
    def _name(key: str) -> str:
        return custom_field(key.removeprefix("custom:")) if key.startswith("custom:") else key
