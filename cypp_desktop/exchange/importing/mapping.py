"""How a source is to be taken over: which tables, which column is which field, which word is which status.

A :class:`Mapping` is a plain value. It is guessed, shown to a person, changed, and then carried out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Named
from dataclasses import dataclass, replace

from cypp_desktop.domain import dates
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange.importing import cells, fields, headings, leads, statuses
from cypp_desktop.exchange.importing.fields import ACTION_FIELDS, LEVELS, MEASURE_FIELDS, SKIP
from cypp_desktop.exchange.importing.tables import Table, laid_out
from cypp_desktop.exchange.tables.grid import Source

SPLITS = ("whole", "numbers", "bullets")
_SHORT = 60
_MOST = 0.6  # a column is what this share of its cells is
_SEEN_THROUGH = 4  # fields that a table without headings must show to be taken unasked
_LOOKED_AT = 200  # rows are enough to see what a column holds


@dataclass(frozen=True, slots=True)
class Mapping:
    """``columns`` has for each table a field for each of its columns, none at all where the table is not taken.

    ``statuses`` pairs what the source writes (words in small letters, or a colour) with a status's label, "" for none.
    ``split``: a cell of several key actions stays "whole", or is parted by its "numbers" where the progress has the
    same ones, or by its "bullets" too. ``split_leads``: names in one cell are told apart. ``sections``: headed text
    becomes sections of the plan.
    """

    columns: tuple[tuple[str, ...], ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    split: str = "numbers"
    split_leads: bool = True
    sections: bool = True

    def with_column(self, table: int, column: int, field: str) -> Mapping:
        """The mapping with another field for a column; Refused where there is no such field or column."""
        if not fields.known(field):
            raise Refused(f"There is no field “{field}” to put a column into.")
        if not (0 <= table < len(self.columns) and 0 <= column < len(self.columns[table])):
            raise Refused("There is no such column.")
        row = list(self.columns[table])
        row[column] = field
        return replace(self, columns=(*self.columns[:table], tuple(row), *self.columns[table + 1 :]))

    def with_status(self, seen: str, label: str) -> Mapping:
        """The mapping with another status for what the source writes."""
        return replace(self, statuses=tuple({**dict(self.statuses), seen: label}.items()))


def tables(source: Source) -> list[Table]:
    """The tables that a mapping of a source speaks of, in order."""
    return [part for part in laid_out(source) if isinstance(part, Table)]


def guess(
    source: Source,
    plan: Plan | None = None,
    known: Named[str, str] | None = None,
    only: Sequence[int] | None = None,
) -> Mapping:
    """The mapping that the headings and the cells of a source speak for.

    ``known`` are fields by heading that a person chose before; ``only`` the numbers (from 0) of the tables to take.
    Refused where one of them cannot be.
    """
    found = tables(source)
    _check(found, known or {}, only or ())
    chosen = {headings.plain_heading(heading): field for heading, field in (known or {}).items()}
    scale = plan.statuses if plan and plan.root else ()
    letters = {word for one in scale for word in (one.letter.casefold(), one.label.casefold()) if word}
    columns = [_columns(table, chosen, letters) for table in found]
    columns = [
        row if (number in only if only is not None else _worth(table, row, alone=len(found) == 1)) else ()
        for number, (table, row) in enumerate(zip(found, columns, strict=True))
    ]
    seen = _seen_statuses(found, columns)
    return Mapping(tuple(columns), tuple(statuses.guess(seen, scale).items()))


def checked(source: Source, known: Named[str, str]) -> Named[str, str]:
    """Fields by heading, as a person wrote them; Refused where the source has no such column."""
    there = {headings.plain_heading(heading) for table in tables(source) for heading in table.headings}
    for heading in known:
        if headings.plain_heading(heading) not in there:
            raise Refused(f"There is no column “{heading}” in it.")
    return known


def _check(found: Sequence[Table], known: Named[str, str], only: Sequence[int]) -> None:
    if not found:
        raise Refused("There is no table in it, so there is nothing to take over.")
    for field in known.values():
        if not fields.known(field):
            raise Refused(f"There is no field “{field}”; there are {', '.join(fields.FIELDS)}, and custom:NAME.")
    for number in only:
        if not 0 <= number < len(found):
            raise Refused(f"There is no table {number + 1} in it; it has {len(found)}.")


def remembered(source: Source, mapping: Mapping) -> dict[str, str]:
    """The fields of a mapping by heading, to be ``known`` for the next source that is headed alike."""
    pairs = zip(tables(source), mapping.columns, strict=True)
    return {
        heading: field for table, row in pairs for heading, field in zip(table.headings, row, strict=False) if heading
    }


def _worth(table: Table, row: Sequence[str], *, alone: bool) -> bool:
    """Whether a table is one of a plan: actions, measures or outcomes with something beside them, or statuses."""
    real = {field for field in row if field != SKIP and not field.startswith("custom:")}
    main = real & {"action", "measure", "outcome", "priority"}
    if not table.lines or not real or table.hidden:
        return False
    if is_scale(row):
        return True
    if not any(table.headings):
        return alone or ("action" in real and len(real) >= _SEEN_THROUGH)
    return alone or bool(main)


def _columns(table: Table, chosen: Named[str, str], letters: set[str]) -> tuple[str, ...]:
    found = headings.guess(table.headings)
    for place, heading in enumerate(table.headings):
        if (field := chosen.get(headings.plain_heading(heading))) and fields.known(field):
            found = ["" if one == field and not one.startswith("custom:") else one for one in found]
            found[place] = field
    sights = [_Sight.of(table, column, letters) for column in range(table.width)]
    if not any(table.headings):
        _by_content(found, sights)
    _promote(found, table)
    if not {"status"} & set(found) and "measure" not in found:
        _first(found, sights, "status", lambda sight: sight.statuses > _MOST)
    _places(found, table, sights)
    _twins(found, table)
    _unnamed(found, table, sights)
    return tuple(found)


def _promote(found: list[str], table: Table) -> None:
    """A table with leads, dates or progress has actions: the column that could be them is, where none is headed so."""
    real = set(found)
    if "action" in real or "measure" in real or not real & (ACTION_FIELDS - {"status"}) or "meaning" in real:
        return
    fitting = [place for place, heading in enumerate(table.headings) if headings.scores(heading).get("action")]
    fitting = fitting or [place for place, field in enumerate(found) if field in LEVELS[1:]]
    if fitting:
        found[fitting[-1]] = "action"


def _places(found: list[str], table: Table, sights: Sequence[_Sight]) -> None:
    """An unnamed column before the others that holds references is theirs."""
    for place, field in enumerate(found):
        if field or table.headings[place] or sights[place].references <= _MOST:
            continue
        after = next((one for one in found[place + 1 :] if one in (*LEVELS, "action")), "")
        if after and f"{after} ref" not in found:
            found[place] = f"{after} ref"


def _twins(found: list[str], table: Table) -> None:
    """Two columns for one field are both taken where no row fills both: tables stand in one, one below another."""
    for place, heading in enumerate(table.headings):
        field = next(iter(headings.guess([heading])), "")
        if found[place] or field not in found:
            continue
        twins = [at for at, one in enumerate(found) if one == field]
        if not any(row[place].words and any(row[at].words for at in twins) for row in table.lines):
            found[place] = field


def _unnamed(found: list[str], table: Table, sights: Sequence[_Sight]) -> None:
    """What no field fits is kept in a custom field of its heading; an empty column is left out."""
    names: Counter[str] = Counter()
    for place, field in enumerate(found):
        if field:
            continue
        if sights[place].empty:
            found[place] = SKIP
        elif "measure" in found and "action" not in found and sights[place].numbers > _MOST and table.headings[place]:
            found[place] = f"series:{table.headings[place]}"
        else:
            name = table.headings[place] or f"Column {place + 1}"
            names[name] += 1
            found[place] = f"custom:{name}" + (f" {names[name]}" if names[name] > 1 else "")


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the cells of a column look like, as shares of those that are filled (0 to 1), and their mean length."""

    empty: bool
    length: float
    dates: float
    statuses: float
    names: float
    references: float
    numbers: float

    @classmethod
    def of(cls, table: Table, column: int, letters: set[str]) -> _Sight:
        boxes = list({id(line[column]): line[column] for line in table.lines[:_LOOKED_AT]}.values())
        words = [fields.line(box.words) for box in boxes if box.words]
        coloured = [box for box in boxes if not box.words and statuses.hue(box.fill) not in {"", "grey"}]
        said = [word for word in words if _says_status(word, letters)]
        count = max(len(words), 1)
        return cls(
            empty=not words and not coloured,
            length=sum(map(len, words)) / count,
            dates=sum(bool(_is_date(word)) for word in words) / count,
            statuses=(len(said) + len(coloured)) / max(len(words) + len(coloured), 1),
            names=sum(leads.is_name(word) for word in words) / count,
            references=sum(cells.is_bare_reference(word) for word in words) / count,
            numbers=sum(bool(re.match(r"[£<>~]?-?\d|n/?a\b|-$", word.lower())) for word in words) / count,
        )


def _says_status(word: str, letters: set[str]) -> bool:
    return word.casefold() in letters or (bool(statuses.kind(word)) and word.casefold() not in {"tbc", "n/a"})


def _is_date(word: str) -> bool:
    return len(word) <= _SHORT and bool(
        dates.read(word) or re.match(r"(?i)(by |end |on-?going|annual|q[1-4]\b|(spring|summer|autumn|winter)\b)", word)
    )


def _first(found: list[str], sights: Sequence[_Sight], field: str, fits: Callable[[_Sight], bool]) -> None:
    for place, sight in enumerate(sights):
        if not found[place] and not sight.empty and fits(sight):
            found[place] = field
            return


def _by_content(found: list[str], sights: Sequence[_Sight]) -> None:
    """Fields for the columns of a table without headings: what is short by its looks, what is long by its place."""
    _first(found, sights, "status", lambda sight: sight.statuses > _MOST)
    _first(found, sights, "due", lambda sight: sight.dates > _MOST)
    _first(found, sights, "leads", lambda sight: sight.names > _MOST)
    free = [
        place
        for place, sight in enumerate(sights)
        if not found[place] and not sight.empty and sight.references <= _MOST
    ]
    long = sorted(sorted(free, key=lambda place: -sights[place].length)[:3])
    for place, field in zip(
        long, {1: ("action",), 2: ("action", "note"), 3: ("outcome", "action", "note")}.get(len(long), ()), strict=True
    ):
        found[place] = field


def _seen_statuses(found: Sequence[Table], columns: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    seen: dict[tuple[str, str], None] = {}
    for table, row in zip(found, columns, strict=True):
        for place, field in enumerate(row):
            if field == "status" or field.startswith("status@"):
                seen |= {(line[place].words, line[place].fill): None for line in table.lines}
    return list(seen)


def in_words(plan: Plan, field: str) -> str:
    """A field as one says it in a plan, with the plan's own words for its levels."""
    details = plan.details if plan.root else None
    if details and field in LEVELS and LEVELS.index(field) < len(details.levels):
        return details.levels[LEVELS.index(field)]
    if details and field in {"action", "measure"}:
        return details.action_word if field == "action" else details.measure_word
    return fields.name_of(field)


def is_measure_table(row: Sequence[str]) -> bool:
    """Whether a table's columns are about measures, and none about actions."""
    return bool(set(row) & MEASURE_FIELDS) and not set(row) & (ACTION_FIELDS - {"status"})


def is_scale(row: Sequence[str]) -> bool:
    """Whether a table says what the statuses mean."""
    return {"meaning", "status"} <= set(row) and not set(row) & {"action", "measure", *LEVELS}
