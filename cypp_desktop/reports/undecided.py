"""What is not decided yet ("TBC", "Placeholder"): a list of all such cells, each entry a link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import OURS, Action, CustomField, Measure, Outcome, Priority
from cypp_desktop.domain.undecided import is_undecided
from cypp_desktop.reports.actions import columns, groups
from cypp_desktop.reports.measures import goal
from cypp_desktop.reports.model import Block, Cell, Column, Heading, PageBreak, Report, Table, Words
from cypp_desktop.reports.pack import Pack, short, titled

_NAME = "undecided"
_LONGEST = 300  # characters of an action, which stands whole in its own table
_WIDTHS = (330.0, 120.0, 320.0)

Spot = tuple[Words, str, str]
"""Where something is not decided, what it is, and what stands there."""


def blocks(pack: Pack) -> Iterator[Block]:
    """The list with its heading; nothing where all is decided."""
    spots = list(_spots(pack))
    if spots:
        yield PageBreak()
        yield Heading(2, heading(len(spots)), name=_NAME)
        heads = ("Where", "What", "In words")
        headed = tuple(Column(head, width) for head, width in zip(heads, _WIDTHS, strict=True))
        rows = tuple(
            (Cell((where,), scope="row"), Cell((Words(what),)), Cell((Words(said),))) for where, what, said in spots
        )
        yield Table(headed, rows, "What is not decided yet")


def heading(number: int) -> str:
    """What stands above the list of so many cells."""
    return f"Not decided yet ({number})"


def count(report: Report) -> int:
    """How many undecided cells a report marks and lists."""
    for block, after in pairwise(report.blocks):
        if isinstance(block, Heading) and block.name == _NAME and isinstance(after, Table):
            return len(after.rows)
    return 0


def _spots(pack: Pack) -> Iterator[Spot]:
    keys = {one.key for one in columns(pack.columns)}
    for priority in pack.priorities:
        said = (("Title", priority.title), ("Statement", priority.statement))
        yield from _asked(_at(pack, priority, titled(priority)), said)
        for group in groups(pack, priority) if pack.options.has("actions") else ():
            for outcome in group.outcomes:
                yield from _asked(_at(pack, outcome, titled(outcome)), (("Title", outcome.title),))
                yield from _measures(pack, outcome)
            for action in group.actions:
                yield from _action(pack, action, keys)
        yield from _measures(pack, priority)


def _measures(pack: Pack, above: Outcome | Priority) -> Iterator[Spot]:
    if pack.options.leads or not pack.options.has("measures"):
        return
    for one in pack.plan.measures(above.id):
        where = Words(one.name or "Without a name", to=goal(pack, one))
        ours = [reading.value for reading in pack.plan.readings(one.id) if reading.series == OURS][-1:]
        said = [("Name", one.name), ("Notes", one.notes), ("Target", one.target)]
        yield from _asked(where, [*said, *(("Latest", value) for value in ours)])


def _action(pack: Pack, action: Action, keys: Collection[str]) -> Iterator[Spot]:
    plan = pack.plan
    said = [
        ("actions", plan.details.action_word, action.text),
        *(("leads", "Lead", name) for name in pack.names(action.leads)),
        *(("plans", "Related plan", one) for one in action.plans),
        ("due", "Due", action.due),
        ("note", "Progress", action.update(pack.period.id).note if pack.period else ""),
        *((f"custom:{field}", _field(pack, field), value) for field, value in action.custom),
    ]
    yield from _asked(
        _at(pack, action, _called(pack, action)), ((what, words) for key, what, words in said if key in keys)
    )


def _called(pack: Pack, action: Action) -> str:
    """An action in words: its own where they are decided, else those of the first measure that it serves."""
    words, plan = text.plain(action.text), pack.plan
    served = (plan.get(one) for one in action.measures)
    first = next((one for one in served if isinstance(one, Measure)), None)
    if first and is_undecided(action.text):
        words = first.short_name or first.name
    return f"{plan.reference(action)} {words}".strip()


def _field(pack: Pack, field: str) -> str:
    found = pack.plan.get(field)
    return found.name if isinstance(found, CustomField) else "Custom field"


def _at(pack: Pack, record: Action | Outcome | Priority, words: str) -> Words:
    return Words(short(words, _LONGEST) or "Without words", to=pack.place(record))


def _asked(where: Words, said: Iterable[tuple[str, str]]) -> Iterator[Spot]:
    for what, words in said:
        if is_undecided(words):
            yield where, what, short(text.plain(words), _LONGEST)
