"""The rows of the plan's own action table, the same on screen and on paper: who shares a cell with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cypp_desktop.domain.plan import Action, Measure, Outcome, Plan, Priority
from cypp_desktop.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the action table: its key (see ``Details.columns``) and the plan's heading for it."""

    key: str
    heading: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the outcomes it belongs to (several where they share a row), the measures it serves, its action if any."""

    outcomes: tuple[Outcome, ...]
    measures: tuple[Measure, ...]
    action: Action | None


DEFAULT_COLUMNS = (
    "outcome=Outcomes",
    "actions=Key actions",
    "leads=Lead",
    "note=Progress to date",
    "status=Status",
)


def columns(plan: Plan) -> list[Column]:
    """The columns of the plan's action table, in order."""
    parts = (one.partition("=") for one in plan.details.columns or DEFAULT_COLUMNS)
    return [Column(key, heading) for key, _, heading in parts]


@lru_cache(maxsize=16)
def _shows_measures(columns: tuple[str, ...]) -> bool:
    return any(column.partition("=")[0] == "measures" for column in columns)


def numbered(plan: Plan) -> bool:
    """Whether the plan numbers its actions."""
    return any(isinstance(record, Action) and record.ref for record in plan)


def groups(plan: Plan, parent: str) -> list[tuple[Outcome, ...]]:
    """The outcomes below a priority or outcome, depth first; those that share a row stand in one group."""
    found: list[tuple[Outcome, ...]] = []
    walked = {parent}  # a merge can hang outcomes on one another in a circle
    ready = _level(plan, parent)[::-1]
    while ready:
        group = ready.pop()
        found.append(group)
        if group[-1].id not in walked:
            walked.add(group[-1].id)
            ready += _level(plan, group[-1].id)[::-1]
    return found


def _level(plan: Plan, parent: str) -> list[tuple[Outcome, ...]]:
    """The groups that hang directly on a priority or outcome; nothing joins one that has outcomes below it."""
    found: list[tuple[Outcome, ...]] = []
    for outcome in plan.outcomes(parent):
        if outcome.joined and found and not plan.outcomes(found[-1][-1].id):
            found[-1] = (*found[-1], outcome)
        else:
            found.append((outcome,))
    return found


def group_of(plan: Plan, outcome: Outcome) -> tuple[Outcome, ...]:
    """The outcomes that share a row with one, itself among them."""
    return next((group for group in _level(plan, outcome.parent) if outcome in group), (outcome,))


def rows(plan: Plan, top: Priority | Outcome) -> list[Row]:
    """The rows of a priority with all its outcomes, or of one outcome (and those that share its row) alone."""
    if isinstance(top, Outcome):
        return list(_group_rows(plan, group_of(plan, top)))
    columns = plan.details.columns
    found = list(_outcome_rows(plan, (), top.id, columns)) if plan.actions(top.id) else []
    for group in groups(plan, top.id):
        found += _group_rows(plan, group)
    return found


def printed(plan: Plan, priority: Priority, columns: tuple[str, ...]) -> Iterator[tuple[Row, ...]]:
    """The rows of a priority in some columns, group by group; one blank row for outcomes that have none."""
    if plan.actions(priority.id):
        yield tuple(_outcome_rows(plan, (), priority.id, columns))
    for group in groups(plan, priority.id):
        made = [row for outcome in group for row in _outcome_rows(plan, group, outcome.id, columns)]
        yield tuple([row for row in made if row.action or row.measures] or made[:1])


def _group_rows(plan: Plan, group: tuple[Outcome, ...]) -> Iterator[Row]:
    made = [row for outcome in group for row in _outcome_rows(plan, group, outcome.id, plan.details.columns)]
    filled = [row for row in made if row.action or row.measures]
    nested = any(plan.outcomes(outcome.id) for outcome in group)
    yield from filled or ([] if nested else made[:1])


def _outcome_rows(plan: Plan, group: tuple[Outcome, ...], parent: str, columns: tuple[str, ...]) -> list[Row]:
    """The rows of what hangs directly on one outcome or priority, in some columns."""
    actions = plan.actions(parent)
    blank = [Row(group, (), None)]
    if not _shows_measures(columns):
        return [Row(group, (), action) for action in actions] or blank
    measures = plan.measures(parent)
    place = {measure.id: number for number, measure in enumerate(measures)}
    made: list[tuple[int, Row]] = []
    for action in actions:
        served = sorted({place[one] for one in action.measures if one in place})
        made.append(
            (served[0] if served else len(measures), Row(group, tuple(measures[one] for one in served), action))
        )
    idle = place.keys() - {measure.id for _, row in made for measure in row.measures}
    made += [(place[one], Row(group, (measures[place[one]],), None)) for one in idle]
    return [row for _, row in sorted(made, key=lambda one: one[0])] or blank


def spans(table: Sequence[Row], key: str) -> list[int]:
    """For each row, how many rows its cell in a column covers; 0 where a cell above covers it.

    A cell is shared only within one group of outcomes: outcomes by all of its rows, measures by the rows that serve
    the same ones, related plans and leads where neighbours have the same.
    """
    found = [1] * len(table)
    if key not in {"outcome", "measures", "plans", "leads"}:
        return found
    top = 0
    for place in range(1, len(table)):
        if _shares(table[top], table[place], key):
            found[top] += 1
            found[place] = 0
        else:
            top = place
    return found


def _shares(one: Row, other: Row, key: str) -> bool:
    if one.outcomes != other.outcomes:
        return False
    if key == "outcome":
        return True
    if one.measures != other.measures:
        return False
    if key == "measures":
        return bool(one.measures)
    if one.action is None or other.action is None:
        return False
    mine, theirs = (action.plans if key == "plans" else action.leads for action in (one.action, other.action))
    return mine == theirs and bool(mine)
