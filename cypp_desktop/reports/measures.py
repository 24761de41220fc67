"""The tables of measures: readings beside each priority's own comparators, or the names alone where none are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cypp_desktop.domain import text
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.plan import (
    NATIONAL,
    NEIGHBOURS,
    OURS,
    CustomField,
    Measure,
    Outcome,
    Plan,
    Priority,
    Reading,
    Record,
)
from cypp_desktop.domain.readings import adds_up, change, number
from cypp_desktop.domain.text import Item, Note, Rich, Run
from cypp_desktop.reports import charts
from cypp_desktop.reports.model import Arrow, Block, Cell, Column, Content, Figure, Heading, Table, Trend, Words
from cypp_desktop.reports.pack import Pack

_COMPARATORS = (NATIONAL, NEIGHBOURS)
_INDICATOR, _COMPARATOR, _TARGET, _VALUE, _POLARITY = 196.0, 78.0, 108.0, 82.0, 56.0
_PROSE = 150.0
_CHART, _MOVED = charts.WIDTH + 14, 110.0
_PHRASE, _SENTENCE = 20, 60  # characters of a value that need a wider column


def tables(pack: Pack, priority: Priority, kicker: str) -> Iterator[Block]:
    """A priority's measures: a table of those that are read, and of those that have more to say than their name."""
    plan = pack.plan
    below = [one for one in plan.branch(priority.id) if isinstance(one, Measure)]
    read = [measure for measure in below if _is_read(plan, measure)]
    rest = [measure for measure in below if measure not in read]
    word = plan.details.measure_word
    title = plan.details.measures_title or plural(word)
    if read:
        yield Heading(3, title, kicker)
        yield from _Readings(pack, read, word).blocks()
    if any(_says_more(measure) for measure in rest):
        yield Heading(3, plural(word) if read else title, kicker)
        yield _names(pack, rest)


def trend(plan: Plan, measure: Measure) -> Trend | None:
    """Which way a measure went since the reading before, and whether that is good; None where nobody can tell."""
    ours = [one.value for one in plan.readings(measure.id) if one.series == OURS][-2:]
    cumulative = adds_up(measure.name, measure.notes, *ours)
    good = "" if cumulative else measure.polarity
    found = change(number(ours[0]), number(ours[1]), good) if len(ours) > 1 else None
    if found is None:
        return None
    arrow: Arrow = "level" if not found.by else "up" if found.by > 0 else "down"
    return Trend(arrow, found.verdict, f"{found.words} (cumulative)" if cumulative else found.words)


def goal(pack: Pack, measure: Measure) -> str:
    """The name by which links find a measure: its own row, or that of what it hangs on where it has none."""
    above = pack.plan.get(measure.parent)
    if _is_read(pack.plan, measure) or not isinstance(above, Outcome | Priority):
        return f"measure {measure.id}"
    return pack.place(above)


def _is_read(plan: Plan, measure: Measure) -> bool:
    return bool(plan.readings(measure.id) or measure.target)


def _says_more(measure: Measure) -> bool:
    """Whether a measure has words that the action-plan table leaves out."""
    return bool(measure.notes or (measure.short_name and measure.short_name != measure.name))


class _Readings:
    """The table of measures that are read: each value in words, and how the latest stands beside the others."""

    def __init__(self, pack: Pack, found: list[Measure], word: str) -> None:
        self._pack, self._found, self._word = pack, found, word
        self._readings = {measure.id: pack.plan.readings(measure.id) for measure in found}
        present = dict.fromkeys(one.series for row in self._readings.values() for one in row if one.series != OURS)
        self._comparators = [one for one in _COMPARATORS if one in present]
        self._comparators += [one for one in present if one not in _COMPARATORS]
        self._charts: dict[str, Figure | None] = {}
        if pack.options.has("charts"):
            self._charts = {one.id: charts.indicator(one, self._readings[one.id], self._comparators) for one in found}
        self._charted = any(self._charts.values())
        self._trends = {one.id: trend(pack.plan, one) for one in found}
        self._pointed = any(measure.polarity for measure in found)
        self._targeted = any(measure.target for measure in found)
        filled = {field for measure in found for field, words in measure.custom if words}
        self._custom = [one for one in pack.plan.of(CustomField) if one.id in filled]

    def blocks(self) -> Iterator[Block]:
        columns = tuple(self._columns())
        rows = tuple(tuple(self._cells(measure)) for measure in self._found)
        said = f"{plural(self._word)} with {', '.join(column.heading for column in columns[1:])}"
        if self._charted:
            read = [charts.values(one, self._readings[one.id]) for one in self._found if self._charts[one.id]]
            kinds = dict.fromkeys(value.kind for values in read for value in values)
            yield charts.key(charts.in_order(kinds, self._comparators), self._comparators)
        yield Table(columns, rows, said, whole=True)

    def _columns(self) -> Iterator[Column]:
        yield Column(self._word, _INDICATOR)
        yield from (Column(_capital(one), _COMPARATOR) for one in self._comparators)
        if self._targeted:
            yield Column("Target", _TARGET)
        ours = [[one.value for one in row if one.series == OURS] for row in self._readings.values()]
        yield Column("Latest", _room([values[-1] for values in ours if values], _VALUE))
        yield Column("Previous", _room([values[-2] for values in ours if len(values) > 1], _VALUE))
        if self._pointed:
            yield Column("Good is", _room([one.polarity for one in self._found], _POLARITY))
        yield from (Column(field.name, _VALUE) for field in self._custom)
        if self._charted:
            yield Column("Comparison", _CHART)
        elif any(self._trends.values()):
            yield Column("Change", _MOVED)

    def _cells(self, measure: Measure) -> Iterator[Cell]:
        readings, undecided = self._readings[measure.id], self._pack.undecided
        ours = [one for one in readings if one.series == OURS]
        yield Cell(
            tuple(_name(measure)),
            scope="row",
            name=goal(self._pack, measure),
            undecided=undecided(measure.name, measure.notes),
        )
        for series in self._comparators:
            yield _value([one for one in readings if one.series == series])
        if self._targeted:
            yield _words(measure.target, undecided=undecided(measure.target))
        yield _value(ours[-1:], bold=True, undecided=undecided(*(one.value for one in ours[-1:])))
        yield _value(ours[:-1])
        if self._pointed:
            yield _words(measure.polarity)
        for field in self._custom:
            said = dict(measure.custom).get(field.id, "")
            yield _words(said, undecided=undecided(said))
        if self._charted or any(self._trends.values()):
            yield Cell(tuple(filter(None, (self._charts.get(measure.id), self._trends[measure.id]))))


def _room(values: list[str], usual: float) -> float:
    """The width of a column: more than usual where a value is a phrase or a sentence."""
    longest = max(map(len, values), default=0)
    return _PROSE if longest >= _SENTENCE else _TARGET if longest >= _PHRASE else usual


def _capital(series: str) -> str:
    return series[:1].upper() + series[1:]


def _name(measure: Measure) -> Iterator[Content]:
    yield Words(measure.name)
    for quiet in (measure.source, text.plain(measure.notes)):
        if quiet:
            yield Words(quiet, quiet=True)


def _words(value: str, *, undecided: bool = False) -> Cell:
    return Cell((Words(value),), undecided=undecided) if value else Cell()


def _value(readings: list[Reading], *, bold: bool = False, undecided: bool = False) -> Cell:
    """The last of some readings with its period, as "(provisional 2015-16)"; the others small below it."""
    if not readings:
        return Cell()
    *earlier, reading = readings
    content = [Words(reading.value, bold=bold)]
    if when := _when(reading):
        content.append(Words(f"({when})", quiet=True))
    if earlier:
        said = ", ".join(f"{one.value} ({when})" if (when := _when(one)) else one.value for one in reversed(earlier))
        content.append(Words(f"Earlier: {said}", quiet=True))
    return Cell(tuple(content), undecided=undecided)


def _when(reading: Reading) -> str:
    return " ".join(filter(None, ("provisional" if reading.provisional else "", reading.period)))


def _names(pack: Pack, found: list[Measure]) -> Table:
    """Measures by their full names, a row for each outcome that they hang on."""
    plan = pack.plan
    rows = [
        (_above(plan.get(parent)), _listed(pack, list(group)))
        for parent, group in groupby(found, lambda measure: measure.parent)
    ]
    word = plan.details.levels[1] if len(plan.details.levels) > 1 else "Outcome"
    columns = (Column(word, 30), Column(plural(plan.details.measure_word), 70))
    return Table(columns, tuple(rows), "Measures by their full names", whole=True)


def _listed(pack: Pack, measures: list[Measure]) -> Cell:
    undecided = pack.undecided(*(words for one in measures for words in (one.name, one.notes)))
    return Cell((_list(measures),), undecided=undecided)


def _list(measures: list[Measure]) -> Rich:
    """Names as bullets, with their notes as footnotes."""
    items: list[Item] = []
    notes: list[Note] = []
    for measure in measures:
        runs = [Run(f"{measure.name} ({measure.source})" if measure.source else measure.name)]
        if measure.notes:
            runs.append(Run(note=str(len(notes) + 1)))
            notes.append(Note(str(len(notes) + 1), (Run(text.plain(measure.notes)),)))
        items.append(Item(tuple(runs)))
    return Rich(tuple(items), tuple(notes))


def _above(record: Record | None) -> Cell:
    if not isinstance(record, Outcome):
        return Cell()
    title = f"{record.ref} {record.title}".strip()
    return Cell((Words(title, bold=True),), scope="row", again=(Words(f"{title} (continued)", quiet=True),))
