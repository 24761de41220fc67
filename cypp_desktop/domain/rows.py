"""The rows of the plan's own action table, the same on screen and on paper: who shares a cell with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cypp_desktop.domain.plan import Action, Measure, Outcome, Plan, Priority


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


def groups(plan: Plan, parent: str) -> list[tuple[Outcome, ...]]:
    """The outcomes below a priority or outcome, depth first; those that share a row stand in one group."""
    found: list[tuple[Outcome, ...]] = []
    for outcome in plan.outcomes(parent):
        if outcome.joined and found and found[-1][0].parent == parent:
            found[-1] = (*found[-1], outcome)
        else:
            found.append((outcome,))
        found += groups(plan, outcome.id)
    return found


def group_of(plan: Plan, outcome: Outcome) -> tuple[Outcome, ...]:
    """The outcomes that share a row with one, itself among them."""
    return next((group for group in groups(plan, outcome.parent) if outcome in group), (outcome,))


def rows(plan: Plan, top: Priority | Outcome) -> list[Row]:
    """The rows of a priority with all its outcomes, or of one outcome (and those that share its row) alone."""
    if isinstance(top, Outcome):
        return list(_group_rows(plan, group_of(plan, top)))
    found = list(_outcome_rows(plan, (), top.id)) if plan.actions(top.id) else []
    for group in groups(plan, top.id):
        found += _group_rows(plan, group)
    return found


def _group_rows(plan: Plan, group: tuple[Outcome, ...]) -> Iterator[Row]:
    made = [row for outcome in group for row in _outcome_rows(plan, group, outcome.id)]
    filled = [row for row in made if row.action or row.measures]
    nested = any(plan.outcomes(outcome.id) for outcome in group)
    yield from filled or ([] if nested else made[:1])


def _outcome_rows(plan: Plan, group: tuple[Outcome, ...], parent: str) -> list[Row]:
    """The rows of what hangs directly on one outcome or priority."""
    actions = plan.actions(parent)
    if not any(column.key == "measures" for column in columns(plan)):
        return [Row(group, (), action) for action in actions] or [Row(group, (), None)]
    measures = {measure.id: place for place, measure in enumerate(plan.measures(parent))}
    made: list[tuple[int, Row]] = []
    served: set[str] = set()
    for action in actions:
        places = sorted(measures[one] for one in action.measures if one in measures)
        mine = tuple(plan.measures(parent)[place] for place in places)
        served.update(measure.id for measure in mine)
        made.append((places[0] if places else len(measures), Row(group, mine, action)))
    for measure in plan.measures(parent):
        if measure.id not in served:
            made.append((measures[measure.id], Row(group, (measure,), None)))
    return [row for _, row in sorted(made, key=lambda one: one[0])] or [Row(group, (), None)]


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
