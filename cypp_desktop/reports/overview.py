"""The plan on a page: every priority with its outcomes, how many actions each has, and how these stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cypp_desktop.domain.naming import plural, several
from cypp_desktop.domain.plan import Outcome, Priority
from cypp_desktop.domain.rows import groups
from cypp_desktop.domain.standing import Standing
from cypp_desktop.reports import charts
from cypp_desktop.reports.model import (
    Arrow,
    Block,
    Cell,
    Column,
    Content,
    Heading,
    PageBreak,
    StatusBar,
    Table,
    Trend,
    Verdict,
    Words,
)
from cypp_desktop.reports.pack import Pack, titled

_PRIORITY, _OUTCOME, _NUMBER, _BAR, _TREND = 118.0, 450.0, 62.0, 138.0, 98.0


def blocks(pack: Pack) -> Iterator[Block]:
    """The page; nothing for a plan without priorities."""
    page = _Page(pack)
    if page.lines:
        yield PageBreak()
        yield Heading(2, "Plan on a page", bar=page.bar(), name="overview")
        yield page.table()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page: the outcomes that share it, or a priority's own; how its actions stand; its measures."""

    outcomes: tuple[Outcome, ...]
    standing: Standing
    measures: int


class _Page:
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        found = {priority.id: list(self._found(priority)) for priority in pack.priorities}
        if pack.options.leads:  # what they have nothing to do with is left out
            found = {key: [line for line in lines if line.standing.actions] for key, lines in found.items()}
        self.lines = {key: lines for key, lines in found.items() if lines}
        self._most = max((line.standing.actions for lines in self.lines.values() for line in lines), default=0)
        self._stands = bool(pack.plan.statuses and pack.period)
        self._moved = self._stands and pack.last is not None

    def _found(self, priority: Priority) -> Iterator[_Line]:
        plan, found = self._pack.plan, groups(self._pack.plan, priority.id)
        if plan.actions(priority.id) or not found:
            yield _Line((), self._pack.standing(plan.actions(priority.id)), len(plan.measures(priority.id)))
        for group in found:
            standing = self._pack.standing(action for one in group for action in plan.actions(one.id))
            yield _Line(group, standing, sum(len(plan.measures(one.id)) for one in group))

    def bar(self) -> StatusBar | None:
        """How all actions stand."""
        plan = self._pack.plan
        standings = [line.standing for lines in self.lines.values() for line in lines]
        counts = ((status, sum(one.counts.get(status.id, 0) for one in standings)) for status in plan.statuses)
        shown = tuple((status, number) for status, number in counts if number)
        whole = several(sum(one.actions for one in standings), plan.details.action_word)
        return StatusBar(shown, whole) if shown else None

    def table(self) -> Table:
        details = self._pack.plan.details
        level, below = (*details.levels, *("Priority", "Outcome")[len(details.levels) :])[:2]
        columns = [Column(level, _PRIORITY), Column(below, _OUTCOME), Column(plural(details.action_word), _NUMBER)]
        columns += [Column("Status", _BAR)] if self._stands else [Column(plural(details.measure_word), _NUMBER)]
        columns += [Column("Change", _TREND)] * self._moved
        rows = [row for one in self._pack.priorities if one.id in self.lines for row in self._rows(one)]
        return Table(tuple(columns), tuple(rows), "How many actions each part of the plan has, and how they stand")

    def _rows(self, priority: Priority) -> Iterator[tuple[Cell, ...]]:
        lines = self.lines[priority.id]
        yield (self._first(priority, len(lines)), *self._cells(priority, lines[0]))
        for line in lines[1:]:
            yield tuple(self._cells(priority, line))

    def _first(self, priority: Priority, rows: int) -> Cell:
        kicker = priority.label or f"{self._pack.plan.level_word(priority)} {priority.ref}".strip()
        title = Words(priority.title or kicker, bold=True, to=self._pack.place(priority))
        content = (Words(kicker, quiet=True), title) if priority.title else (title,)
        return Cell(content, rows=rows, scope="row", again=(Words(f"{kicker} (continued)", quiet=True),))

    def _cells(self, priority: Priority, line: _Line) -> Iterator[Cell]:
        titles = [Words(titled(one), to=self._pack.place(line.outcomes[0])) for one in line.outcomes]
        yield Cell(tuple(titles) or (Words("The priority itself", to=self._pack.place(priority)),), scope="row")
        yield Cell((Words(str(line.standing.actions)),))
        yield self._bar(line.standing) if self._stands else Cell((Words(str(line.measures)),))
        if self._moved:
            yield Cell(tuple(_moved(line.standing)))

    def _bar(self, standing: Standing) -> Cell:
        shown = standing.shown(self._pack.plan.statuses)
        content: list[Content] = [charts.counts(shown, _BAR - 14, self._most)] if shown else []
        if silent := standing.counts.get("", 0):
            content.append(Words(f"{silent} without a status", quiet=True))
        return Cell(tuple(content))


def _moved(standing: Standing) -> Iterator[Content]:
    """How many actions went which way; the arrow is that of the more."""
    parts = [f"{number} {word}" for number, word in ((standing.better, "better"), (standing.worse, "worse")) if number]
    if parts:
        net = standing.better - standing.worse
        arrow: Arrow = "up" if net > 0 else "down" if net else "level"
        verdict: Verdict = "better" if net > 0 else "worse" if net else "same"
        yield Trend(arrow, verdict, ", ".join(parts))
