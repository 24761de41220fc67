"""Find and replace over a whole plan: every place where words stand, and the step that puts others there.

What a closed period says and what is archived is history, and is not looked through.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from cypp_desktop.domain import text
from cypp_desktop.domain.change import Refused, Step, edit, joined
from cypp_desktop.domain.folding import unmarked
from cypp_desktop.domain.plan import CustomField, Plan, Record, Value, cell, custom_field, update_field
from cypp_desktop.domain.text import Item, Note, Paragraph, Rich, Run
from cypp_desktop.domain.values import dataclass, replace

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "plan": ("title", "subtitle", "organisation", "board", "years", "pack_title", "pack_note", "report_of"),
    "section": ("heading", "text"),
    "priority": ("label", "title", "statement"),
    "outcome": ("title",),
    "measure": ("name", "short_name", "target", "source", "notes"),
    "action": ("text", "due", "plans"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words to look for: whether capitals matter, and whether they must be whole words. Any blank stands for any."""

    words: str
    case: bool = False
    whole: bool = False

    def pattern(self) -> re.Pattern[str]:
        """What matches them; Refused where there are none."""
        parts = [re.escape(part) for part in self.words.split()]
        if not parts:
            raise Refused("There is nothing to look for: type the words first.")
        found = r"\s+".join(parts)
        return re.compile(rf"(?<!\w){found}(?!\w)" if self.whole else found, 0 if self.case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the words stand: the cell, which of its matches it is, and the line around it."""

    record: str
    field: str
    number: int
    line: str
    start: int
    length: int


def places(plan: Plan, wanted: Wanted) -> Iterator[Place]:
    """Every place where the words stand, in the order in which the plan is read; Refused where there are no words."""
    pattern = wanted.pattern()
    for record in plan.walk():
        for field in _fields(plan, record):
            number, value = 0, cell(record, field)
            if isinstance(value, str) and unmarked(value) == value and not pattern.search(value):
                continue  # as most cells; a text without marks need not be taken apart for that
            for runs in _pieces(field, value):
                line = text.words(runs)
                for match in pattern.finditer(line):
                    yield Place(record.id, field, number, line, match.start(), len(match[0]))
                    number += 1


def put(plan: Plan, wanted: Wanted, words: str, chosen: Collection[Place]) -> Step:
    """Put other words in the chosen places, as one step; places that are no longer there are passed over."""
    cells: dict[tuple[str, str], set[int]] = {}
    for place in chosen:
        cells.setdefault((place.record, place.field), set()).add(place.number)
    pattern, steps = wanted.pattern(), []
    for (record, field), numbers in cells.items():
        if found := plan.get(record):
            value = _written(field, cell(found, field), pattern, words, numbers)
            steps.append(edit(plan, record, {field: value}))
    return joined(f"replacing of “{' '.join(wanted.words.split())}”", steps)


def _fields(plan: Plan, record: Record) -> Iterator[str]:
    """The cells of a record that are looked through, in the order in which one reads them."""
    yield from _FIELDS.get(record.kind, ())
    if record.kind == "action":
        for period in plan.periods:
            if not period.closed:
                yield from (update_field(name, period.id) for name in ("note", "reason"))
    for field in plan.of(CustomField):
        if field.subject == record.kind and field.type == "text":
            yield custom_field(field.id)


def _is_rich(field: str) -> bool:
    return field.partition("@")[0] in text.FIELDS


def _pieces(field: str, value: Value) -> list[tuple[Run, ...]]:
    """What a match cannot reach across: the blocks and footnotes of a rich text, the words of a plain cell or list."""
    if isinstance(value, tuple):
        return [(Run(one),) for one in value]
    if not isinstance(value, str):
        return []
    if _is_rich(field):
        rich = text.parse(value)
        return [one.runs for one in (*rich.blocks, *rich.notes)]
    return [(Run(value),)]


def _written(field: str, value: Value, pattern: re.Pattern[str], words: str, numbers: Collection[int]) -> Value:
    """A cell's value with other words at the matches of some numbers."""
    number, fresh = 0, []
    for runs in _pieces(field, value):
        matches = list(pattern.finditer(text.words(runs)))
        chosen = [match.span() for place, match in enumerate(matches, number) if place in numbers]
        number += len(matches)
        fresh.append(_put(runs, chosen, words))
    if isinstance(value, tuple):
        return tuple(said for runs in fresh if (said := text.words(runs).strip()))
    if not _is_rich(field):
        return text.words(fresh[0]) if fresh else value
    rich = text.parse(str(value))
    made: list[Paragraph | Item | Note] = [
        replace(one, runs=runs) for one, runs in zip((*rich.blocks, *rich.notes), fresh, strict=True)
    ]
    blocks = tuple(one for one in made if not isinstance(one, Note))
    return text.write(Rich(blocks, tuple(one for one in made if isinstance(one, Note))))


def _put(runs: Sequence[Run], spans: Sequence[tuple[int, int]], words: str) -> tuple[Run, ...]:
    """Runs with other words at some spans of their text; the words look as the first letter that they replace."""
    fresh, begin = [], 0
    for run in runs:
        end, said, at = begin + len(run.text), "", begin
        for start, stop in spans:
            if start < end and stop > begin:
                said += run.text[at - begin : max(start, begin) - begin] + (words if begin <= start else "")
                at = min(stop, end)
        fresh.append(replace(run, text=said + run.text[at - begin :]))
        begin = end
    return tuple(fresh)
