"""The action-plan table: the plan's own columns, and cells that the rows of an outcome share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cypp_desktop.domain import text
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.plan import Action, Outcome, Priority
from cypp_desktop.domain.rows import Row, spans
from cypp_desktop.reports import model
from cypp_desktop.reports.model import Cell, Chip, Content, Words
from cypp_desktop.reports.pack import Pack, short, titled

_WIDTHS = {"outcome": 112.0, "measures": 150.0, "plans": 86.0, "actions": 160.0, "leads": 76.0, "due": 64.0}
_WIDTHS |= {"note": 228.0, "status": 112.0}
_OTHER_WIDTH = 90.0
_SHARED = frozenset({"outcome", "measures", "plans", "leads"})  # columns in which neighbours share their cells
_ACTIONS_ALONE = 300.0  # where no progress note stands beside them
_WIDTH = re.compile(r"(?P<heading>.*)\|\s*(?P<width>\d{1,4}(?:\.\d+)?)\s*", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: what it shows, how it is headed, and how wide it is, in points; 0 for its usual width."""

    key: str
    heading: str
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of outcomes that share them, or of a priority itself."""

    rows: tuple[Row, ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes; none for a priority's own rows."""
        return self.rows[0].outcomes

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions, row by row."""
        return tuple(row.action for row in self.rows if row.action)


def columns(written: tuple[str, ...]) -> tuple[Column, ...]:
    """Columns from ``key=Heading`` or ``key=Heading|width``; the usual ones where none are named.

    Without a heading the key is one.
    """
    return tuple(one for one in map(_column, written) if one.key) or (
        Column("outcome", "Outcome"),
        Column("actions", "Key actions"),
        Column("leads", "Lead"),
        Column("due", "Due"),
        Column("note", "Progress"),
        Column("status", "Status"),
    )


def _column(written: str) -> Column:
    key, _, heading = written.partition("=")
    sized = _WIDTH.fullmatch(heading)
    heading = (sized["heading"] if sized else heading).strip()
    return Column(key.strip(), heading or key.strip().capitalize(), float(sized["width"]) if sized else 0.0)


def groups(pack: Pack, priority: Priority) -> list[Group]:
    """The rows of a priority's table in their groups (see `Pack.rows`)."""
    return [Group(rows) for rows in pack.rows(priority)]


def table(pack: Pack, rows: list[Group], shown: tuple[Column, ...]) -> model.Table | None:
    """The table of some rows, in some columns; None where there are no rows."""
    plan = pack.plan
    keys = [column.key for column in shown]
    body = [row for group in rows for row in _Cells(pack, group, keys).rows()]
    if not body:
        return None
    widths = _WIDTHS if "note" in keys else {**_WIDTHS, "actions": _ACTIONS_ALONE}
    heads = tuple(
        model.Column(column.heading, column.width or widths.get(column.key, _OTHER_WIDTH)) for column in shown
    )
    return model.Table(heads, tuple(body), f"{plural(plan.details.action_word)}, with {_listed(shown)}")


def _listed(shown: tuple[Column, ...]) -> str:
    return ", ".join(column.heading for column in shown)


class _Cells:
    """The cells of one group's rows."""

    def __init__(self, pack: Pack, group: Group, keys: list[str]) -> None:
        self._pack, self._group, self._keys = pack, group, keys
        self._current = pack.period.id if pack.period else ""
        self._named = next((key for key in keys if key not in _SHARED), "")  # where links to an action lead

    def rows(self) -> list[tuple[Cell, ...]]:
        """Each row's own cells: what it shares with the row above it is left to that."""
        columns = [self._column(key) for key in self._keys]
        return [tuple(cell for cell in cells if cell) for cells in zip(*columns, strict=True)] if columns else []

    def _column(self, key: str) -> list[Cell | None]:
        """The cells of a column, row by row; None where the row above shares its cell."""
        rows = self._group.rows
        return [self._cell(key, row, span) if span else None for row, span in zip(rows, spans(rows, key), strict=True)]

    def _cell(self, key: str, row: Row, span: int) -> Cell:
        match key:
            case "outcome":
                return self._outcome(span)
            case "measures":
                return self._measures(row, span)
            case "plans":
                return self._names(row.action.plans if row.action else (), span)
            case "leads":
                return self._names(tuple(self._pack.names(row.action.leads)) if row.action else (), span)
            case _:
                return self._own(key, row.action)

    def _outcome(self, rows: int) -> Cell:
        titles = [titled(outcome) for outcome in self._group.outcomes]
        first = short(titles[0]) if len(titles) == 1 else ", ".join(filter(None, (o.ref for o in self._group.outcomes)))
        again = (Words(f"{first} (continued)", quiet=True),) if titles else ()
        content = tuple(Words(title, bold=True) for title in titles)
        name = self._pack.place(self._group.outcomes[0]) if titles else ""
        scope: model.Scope = "row" if titles else ""
        undecided = self._pack.undecided(*titles)
        return Cell(content, rows=rows, scope=scope, again=again, name=name, undecided=undecided)

    def _measures(self, row: Row, rows: int) -> Cell:
        content: list[Content] = []
        for measure in row.measures:
            content.append(Words(measure.short_name or measure.name))
            if measure.source:
                content.append(Words(measure.source, quiet=True))
        first = row.measures[0] if row.measures else None
        again = (Words(f"{short(first.short_name or first.name)} (continued)", quiet=True),) if first else ()
        undecided = self._pack.undecided(*(one for measure in row.measures for one in (measure.name, measure.notes)))
        return Cell(tuple(content), rows=rows, again=again, undecided=undecided)

    def _names(self, names: tuple[str, ...], rows: int) -> Cell:
        again = tuple(Words(name, quiet=True) for name in names)
        return Cell(tuple(map(Words, names)), rows=rows, again=again, undecided=self._pack.undecided(*names))

    def _own(self, key: str, action: Action | None) -> Cell:
        if action is None:
            return Cell()
        cell = self._status(action) if key == "status" else self._said(key, action)
        return replace(cell, name=self._pack.place(action)) if key == self._named else cell

    def _said(self, key: str, action: Action) -> Cell:
        if key == "actions":
            again = (Words(f"{action.ref} (continued)", quiet=True),) if action.ref else ()
            undecided = self._pack.undecided(action.text)
            return Cell((text.parse(action.text),), mark=action.ref, again=again, undecided=undecided)
        if key == "note":
            note = action.update(self._current).note
            return Cell((text.parse(note),), undecided=self._pack.undecided(note))
        value = action.due if key == "due" else dict(action.custom).get(key.removeprefix("custom:"), "")
        return Cell((Words(value),), undecided=self._pack.undecided(value)) if value else Cell()

    def _status(self, action: Action) -> Cell:
        """The status, and below it which way the action went, where from, and why if for the worse."""
        pack = self._pack
        status = pack.status(action)
        content: list[Content] = [Chip(status)] if status else []
        content += pack.since(action)
        reason = action.update(self._current).reason
        content += [Words(f"Why: {reason}", quiet=True)] if reason.strip() else []
        return Cell(tuple(content), again=(Chip(status),) if status else ())
