"""The tables of measures: readings beside each priority's own comparators, or the names alone where none are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import NATIONAL, NEIGHBOURS, OURS, Measure, Outcome, Plan, Priority, Reading, Record
from cypp_desktop.domain.text import Item, Note, Rich, Run
from cypp_desktop.reports.model import Block, Cell, Column, Content, Heading, Table, Words

_COMPARATORS = (NATIONAL, NEIGHBOURS)
_INDICATOR, _COMPARATOR, _TARGET, _VALUE, _POLARITY = 214.0, 76.0, 120.0, 92.0, 70.0
_SENTENCE = 20  # characters of what good is that need a wider column


def tables(plan: Plan, priority: Priority, kicker: str) -> Iterator[Block]:
    """A priority's measures: a table of those that are read, and of those that have more to say than their name."""
    below = [one for one in plan.branch(priority.id) if isinstance(one, Measure)]
    read = [measure for measure in below if plan.readings(measure.id) or measure.target]
    rest = [measure for measure in below if measure not in read]
    word = plan.details.measure_word
    title = plan.details.measures_title or f"{word}s"
    if read:
        yield Heading(3, title, kicker)
        yield _readings(plan, read, word)
    if any(_says_more(measure) for measure in rest):
        yield Heading(3, f"{word}s" if read else title, kicker)
        yield _names(plan, rest)


def _says_more(measure: Measure) -> bool:
    """Whether a measure has words that the action-plan table leaves out."""
    return bool(measure.notes or (measure.short_name and measure.short_name != measure.name))


def _readings(plan: Plan, found: list[Measure], word: str) -> Table:
    readings = {measure.id: plan.readings(measure.id) for measure in found}
    present = list(dict.fromkeys(one.series for row in readings.values() for one in row if one.series != OURS))
    comparators = [one for one in _COMPARATORS if one in present]
    comparators += [one for one in present if one not in _COMPARATORS]
    targeted = any(measure.target for measure in found)
    pointed = any(measure.polarity for measure in found)
    columns = [Column(word, _INDICATOR), *(Column(_capital(one), _COMPARATOR) for one in comparators)]
    columns += [Column("Target", _TARGET)] * targeted
    columns += [Column("Latest", _VALUE), Column("Previous", _VALUE)]
    columns += [
        Column("Good is", _POLARITY if all(len(one.polarity) < _SENTENCE for one in found) else _TARGET)
    ] * pointed
    rows = []
    for measure in found:
        ours = [one for one in readings[measure.id] if one.series == OURS]
        cells = [Cell(tuple(_name(measure)), scope="row")]
        cells += [_value([one for one in readings[measure.id] if one.series == series][-1:]) for series in comparators]
        cells += [_words(measure.target)] * targeted
        cells += [_value(ours[-1:], bold=True), _value(ours[-2:-1])]
        cells += [_words(measure.polarity)] * pointed
        rows.append(tuple(cells))
    return Table(
        tuple(columns), tuple(rows), f"{word}s with {', '.join(column.heading for column in columns[1:])}", whole=True
    )


def _capital(series: str) -> str:
    return series[:1].upper() + series[1:]


def _name(measure: Measure) -> Iterator[Content]:
    yield Words(measure.name)
    for quiet in (measure.source, text.plain(measure.notes)):
        if quiet:
            yield Words(quiet, quiet=True)


def _words(value: str) -> Cell:
    return Cell((Words(value),)) if value else Cell()


def _value(readings: list[Reading], *, bold: bool = False) -> Cell:
    """A reading with the period that it is for, as "(provisional 2015-16)"."""
    if not readings:
        return Cell()
    [reading] = readings
    when = " ".join(filter(None, ("provisional" if reading.provisional else "", reading.period)))
    value = Words(reading.value, bold=bold)
    return Cell((value, Words(f"({when})", quiet=True)) if when else (value,))


def _names(plan: Plan, found: list[Measure]) -> Table:
    """Measures by their full names, a row for each outcome that they hang on."""
    rows = [
        (_above(plan.get(parent)), Cell((_list(list(group)),)))
        for parent, group in groupby(found, lambda measure: measure.parent)
    ]
    word = plan.details.levels[1] if len(plan.details.levels) > 1 else "Outcome"
    columns = (Column(word, 30), Column(f"{plan.details.measure_word}s", 70))
    return Table(columns, tuple(rows), "Measures by their full names", whole=True)


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
