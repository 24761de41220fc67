"""The action-plan table: the plan's own columns, and cells that the rows of an outcome share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import Action, Measure, Outcome, Period, Plan, Priority
from cypp_desktop.reports import model
from cypp_desktop.reports.model import Cell, Chip, Content, Words

_WIDTHS = {"outcome": 112.0, "measures": 150.0, "plans": 86.0, "actions": 160.0, "leads": 76.0, "due": 64.0}
_WIDTHS |= {"note": 228.0, "status": 112.0}
_OTHER_WIDTH = 90.0
_ACTIONS_ALONE = 300.0  # where no progress note stands beside them
_SHORT = 40  # characters of a title that a continuation page says again


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: what it shows and how it is headed."""

    key: str
    heading: str


@dataclass(frozen=True, slots=True)
class Group:
    """Outcomes that share rows, the actions in those rows, and the measures that no action serves."""

    outcomes: tuple[Outcome, ...]
    actions: tuple[Action, ...]
    alone: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    action: Action | None
    measures: tuple[Measure, ...]


def columns(written: tuple[str, ...]) -> tuple[Column, ...]:
    """Columns from ``key=Heading``, without a heading from the key alone; the usual ones where none are named."""
    named = ((key.strip(), heading.strip()) for key, _, heading in (one.partition("=") for one in written))
    found = tuple(Column(key, heading or key.capitalize()) for key, heading in named if key)
    return found or (
        Column("outcome", "Outcome"),
        Column("actions", "Key actions"),
        Column("leads", "Lead"),
        Column("due", "Due"),
        Column("note", "Progress"),
        Column("status", "Status"),
    )


def period(plan: Plan, chosen: str) -> Period | None:
    """The period whose notes and statuses are shown: the chosen one, else the current one."""
    found = plan.get(chosen) if chosen else None
    return found if isinstance(found, Period) else plan.current_period


def groups(plan: Plan, priority: Priority, leads: tuple[str, ...] = ()) -> list[Group]:
    """The rows of a priority's table; with ``leads`` only those of actions that one of them leads."""
    out: list[Group] = []
    own = _led(plan.actions(priority.id), leads)
    if own:
        out.append(Group((), own, ()))
    for joined in _sharing(_outcomes(plan, priority.id)):
        found = _led(tuple(action for outcome in joined for action in plan.actions(outcome.id)), leads)
        served = {measure for action in found for measure in action.measures}
        alone = tuple(
            measure for outcome in joined for measure in plan.measures(outcome.id) if measure.id not in served
        )
        if found or not leads:
            out.append(Group(joined, found, () if leads else alone))
    return out


def table(plan: Plan, rows: list[Group], shown: tuple[Column, ...], chosen: str = "") -> model.Table | None:
    """The table of some rows, in some columns; None where there are no rows."""
    current = period(plan, chosen)
    keys = [column.key for column in shown]
    body = [row for group in rows for row in _Cells(plan, group, keys, current.id if current else "").rows()]
    if not body:
        return None
    widths = _WIDTHS if "note" in keys else {**_WIDTHS, "actions": _ACTIONS_ALONE}
    heads = tuple(model.Column(column.heading, widths.get(column.key, _OTHER_WIDTH)) for column in shown)
    return model.Table(heads, tuple(body), f"{plan.details.action_word}s, with {_listed(shown)}")


def _listed(shown: tuple[Column, ...]) -> str:
    return ", ".join(column.heading for column in shown)


def _led(found: tuple[Action, ...], leads: tuple[str, ...]) -> tuple[Action, ...]:
    return tuple(action for action in found if not leads or set(leads) & set(action.leads))


def _outcomes(plan: Plan, parent: str) -> Iterator[Outcome]:
    """All outcomes below a parent, each before those below it."""
    for outcome in plan.outcomes(parent):
        yield outcome
        yield from _outcomes(plan, outcome.id)


def _sharing(outcomes: Iterator[Outcome]) -> list[tuple[Outcome, ...]]:
    """Outcomes in groups that share rows."""
    out: list[tuple[Outcome, ...]] = []
    for outcome in outcomes:
        if outcome.joined and out:
            out[-1] = (*out[-1], outcome)
        else:
            out.append((outcome,))
    return out


class _Cells:
    """The cells of one group's rows."""

    def __init__(self, plan: Plan, group: Group, keys: list[str], current: str) -> None:
        self._plan, self._group, self._keys, self._current = plan, group, keys, current
        self._rows = list(self._listed())

    def rows(self) -> list[tuple[Cell, ...]]:
        """Each row's own cells: what it shares with the row above it is left to that."""
        columns = [self._column(key) for key in self._keys]
        return [tuple(cell for cell in cells if cell) for cells in zip(*columns, strict=True)] if columns else []

    def _listed(self) -> Iterator[_Row]:
        for action in self._group.actions:
            served = (self._plan.get(one) for one in action.measures)
            yield _Row(action, tuple(one for one in served if isinstance(one, Measure)))
        if "measures" in self._keys:
            for measure in self._group.alone:
                yield _Row(None, (measure,))
        if not self._group.actions and not ("measures" in self._keys and self._group.alone):
            yield _Row(None, ())

    def _column(self, key: str) -> list[Cell | None]:
        """The cells of a column, row by row; None where the row above shares its cell."""
        match key:
            case "outcome":
                return [self._outcome(), *[None] * (len(self._rows) - 1)]
            case "measures":
                return self._shared(lambda row: row.measures, self._measures)
            case "plans":
                return self._shared(lambda row: (self._set(row), row.action.plans if row.action else ()), self._plans)
            case "leads":
                return self._shared(lambda row: (self._set(row), row.action.leads if row.action else ()), self._leads)
            case _:
                return [self._own(key, row.action) for row in self._rows]

    def _set(self, row: _Row) -> tuple[Measure, ...]:
        """Leads and plans are not shared across the sets of measures, where these have a column."""
        return row.measures if "measures" in self._keys else ()

    def _shared(self, key: Callable[[_Row], object], cell: Callable[[_Row, int], Cell]) -> list[Cell | None]:
        out: list[Cell | None] = []
        for _, rows in groupby(self._rows, key):
            found = list(rows)
            out += [cell(found[0], len(found)), *[None] * (len(found) - 1)]
        return out

    def _outcome(self) -> Cell:
        titles = [f"{outcome.ref} {outcome.title}".strip() for outcome in self._group.outcomes]
        first = (
            _short(titles[0]) if len(titles) == 1 else ", ".join(filter(None, (o.ref for o in self._group.outcomes)))
        )
        again = (Words(f"{first} (continued)", quiet=True),) if titles else ()
        content = tuple(Words(title, bold=True) for title in titles)
        return Cell(content, rows=len(self._rows), scope="row" if titles else "", again=again)

    def _measures(self, row: _Row, rows: int) -> Cell:
        content: list[Content] = []
        for measure in row.measures:
            content.append(Words(measure.short_name or measure.name))
            if measure.source:
                content.append(Words(measure.source, quiet=True))
        first = row.measures[0] if row.measures else None
        again = (Words(f"{_short(first.short_name or first.name)} (continued)", quiet=True),) if first else ()
        return Cell(tuple(content), rows=rows, again=again)

    def _plans(self, row: _Row, rows: int) -> Cell:
        return _names(row.action.plans if row.action else (), rows)

    def _leads(self, row: _Row, rows: int) -> Cell:
        return _names(tuple(self._plan.lead_names(row.action)) if row.action else (), rows)

    def _own(self, key: str, action: Action | None) -> Cell:
        if action is None:
            return Cell()
        if key == "actions":
            again = (Words(f"{action.ref} (continued)", quiet=True),) if action.ref else ()
            return Cell((text.parse(action.text),), mark=action.ref, again=again)
        if key == "note":
            return Cell((text.parse(action.update(self._current).note),))
        if key == "status":
            status = self._plan.status(action, self._current)
            return Cell((Chip(status),), again=(Chip(status),)) if status else Cell()
        if key == "due":
            return Cell((Words(action.due),)) if action.due else Cell()
        value = dict(action.custom).get(key.removeprefix("custom:"), "")
        return Cell((Words(value),)) if value else Cell()


def _names(names: tuple[str, ...], rows: int) -> Cell:
    return Cell(tuple(map(Words, names)), rows=rows, again=tuple(Words(name, quiet=True) for name in names))


def _short(title: str) -> str:
    return title if len(title) <= _SHORT else title[:_SHORT].rsplit(" ", 1)[0] + " …"
