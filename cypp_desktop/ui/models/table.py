"""The plan's own action table as a model: the rows and shared cells of ``domain.rows`` in step with the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex

from cypp_desktop.document.document import Event
from cypp_desktop.domain import rows, text
from cypp_desktop.domain.change import Step
from cypp_desktop.domain.periods import last_period
from cypp_desktop.domain.plan import (
    Action,
    CustomField,
    Details,
    Lead,
    Measure,
    Outcome,
    Period,
    Plan,
    Priority,
    Record,
    Status,
    cell,
    custom_field,
    update_field,
)
from cypp_desktop.domain.rows import Column, Row
from cypp_desktop.domain.values import replace
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.celltext import Words
from cypp_desktop.ui.later import Later
from cypp_desktop.ui.models.cells import BLANK, LEADS, NONE, RICH, STATUS, WORDS, Cell, CellModel
from cypp_desktop.ui.models.tree import RECORDS

if TYPE_CHECKING:
    from cypp_desktop.domain.order import Keys
    from cypp_desktop.ui.models import writing
else:
    writing = Later("cypp_desktop.ui.models.writing")

NUMBER = "ref"
"""The key of the column with an action's number, which stands on the page of a single outcome."""
SHARED = ("outcome", "measures", "plans", "leads")


class ActionTable(CellModel[Row]):
    """The rows of one priority, with its outcomes, or of one outcome alone."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.top = ""
        self.counts: Counter[str] = Counter()
        """How many actions of the page have each status (by its id) in the period that is looked at."""
        self._period = self._last = ""  # the ids of the one that is looked at, and of the one before it
        self._spans: dict[str, tuple[list[int], list[int]]] = {}
        bridge.changed.connect(self.follow)
        bridge.period_changed.connect(self._look)

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.bridge.plan

    def show(self, top: str) -> None:
        """Show the rows of another priority or outcome; "" shows none."""
        self.beginResetModel()
        self.top = top
        self._find_period()
        found = self.plan.get(top)
        self.rows = rows.rows(self.plan, found) if isinstance(found, Priority | Outcome) else []
        self.keys = [self.key(row) for row in self.rows]
        self.columns = self._columns()
        self._spans = {column.key: ([], []) for column in self.columns if column.key in SHARED}
        self._share(0, 0, len(self.rows))
        self._count()
        self.endResetModel()

    def action(self, row: int) -> Action | None:
        """The action of a row."""
        return self.rows[row].action if 0 <= row < len(self.rows) else None

    def row_of(self, record: str) -> int:
        """The row of an action, or the first one of an outcome or measure; -1 where it is not on the page."""
        if record in self.keys:
            return self.keys.index(record)
        found = self.plan.get(record)
        if isinstance(found, Outcome | Measure):
            for place, row in enumerate(self.rows):
                if found in row.outcomes or found in row.measures:
                    return place
        return -1

    def column_of(self, key: str) -> int:
        """The place of a column by its key; -1 where the page has no such column."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), -1)

    # --- cells ---

    def key(self, row: Row) -> str:
        if row.action:
            return row.action.id
        return "/".join(one.id for one in (*row.outcomes, *row.measures)) or "-"

    def cell(self, row: int, column: int) -> Cell:
        key, line = self.columns[column].key, self.rows[row]
        if key == "outcome":
            return Cell(Words(_titles(tuple((one.ref, one.title) for one in line.outcomes))))
        if key == "measures":
            return Cell(Words("\n".join(one.short_name or one.name for one in line.measures), plain=True))
        if line.action is None:
            return BLANK
        if key == "status":
            last = self.plan.status(line.action, self._last) if self._last else None
            return Cell(status=self.plan.status(line.action, self._period), last=last)
        return Cell(self._words(line.action, key), muted=key == NUMBER)

    def _words(self, action: Action, key: str) -> Words:
        """The words of an action in a column."""
        if key == "actions":
            numbered = action.ref and self.columns[0].key != NUMBER
            return Words(action.text, mark=_numbered(action.ref) if numbered else "")
        if key == "leads":
            return Words("\n".join(self.plan.lead_names(action)), plain=True)
        if key == "plans":
            return Words("\n".join(action.plans), plain=True)
        if key == "note":
            return Words(action.update(self._period).note)
        if key.startswith("custom:"):
            return Words(str(cell(action, custom_field(key.removeprefix("custom:")))), plain=True)
        return Words(action.ref if key == NUMBER else action.due, plain=True, bold=key == NUMBER)

    def record(self, row: int, column: int) -> str:
        line, key = self.rows[row], self.columns[column].key
        if key == "outcome" and line.outcomes:
            return line.outcomes[0].id
        if key == "measures" and line.measures:
            return line.measures[0].id
        if line.action:
            return line.action.id
        return next((one.id for one in (*line.measures, *line.outcomes)), self.top)

    def field(self, row: int, column: int) -> str:
        key = self.columns[column].key
        if self.rows[row].action is None or key in SHARED:
            return ""
        if key in {"note", "status"}:
            return update_field(key, self._period) if self._period else ""
        if key.startswith("custom:"):
            return custom_field(key.removeprefix("custom:"))
        return {"actions": "text", NUMBER: "ref", "due": "due"}.get(key, "")

    def editor(self, row: int, column: int) -> str:
        if not self.bridge.editable:
            return NONE
        key, line = self.columns[column].key, self.rows[row]
        if key == "outcome":
            return WORDS if line.outcomes else NONE
        if key == "actions":
            return RICH
        if key == "measures":
            return WORDS if line.outcomes else NONE
        if line.action is None:
            return NONE
        if key in {"note", "status"}:
            period = self.bridge.period
            open_ = period is not None and not period.closed
            return (RICH if key == "note" else STATUS) if open_ else NONE
        return LEADS if key in {"leads", "plans"} else WORDS

    def source(self, row: int, column: int) -> str:
        key, line = self.columns[column].key, self.rows[row]
        if key == "outcome":
            return "\n".join(f"{one.ref} {one.title}".strip() for one in line.outcomes)
        if key == "measures":
            return "\n".join(one.short_name or one.name for one in line.measures)
        if line.action is None:
            return ""
        if key == "leads":
            return "; ".join(self.plan.lead_names(line.action))
        if key == "plans":
            return "; ".join(line.action.plans)
        field = self.field(row, column)
        return str(cell(line.action, field)) if field else ""

    def step(self, row: int, column: int, value: str) -> Step:
        key, line = self.columns[column].key, self.rows[row]
        if key == "outcome":
            return writing.outcomes(self.plan, line.outcomes, value)
        if key == "measures":
            first, count = self.shared(row, column)
            return writing.measures(self.plan, self.rows[first : first + count], value, self._keys)
        if line.action is None:
            return writing.new_action(self.plan, self.parent_of(row), value, serves=line.measures, keys=self._keys)
        if key in {"leads", "plans"}:
            first, count = self.shared(row, column)
            sharing = [one.action.id for one in self.rows[first : first + count] if one.action]
            write = writing.leads if key == "leads" else writing.plans
            return write(self.plan, sharing, value)
        return writing.words(self.plan, line.action.id, self.field(row, column), value)

    def parent_of(self, row: int) -> str:
        """What a new action beside a row hangs on."""
        line = self.rows[row] if 0 <= row < len(self.rows) else None
        if line is None:
            return self.top
        if line.action:
            return line.action.parent
        if line.measures:
            return line.measures[0].parent
        return line.outcomes[-1].id if line.outcomes else self.top

    def mimeTypes(self) -> list[str]:
        return [RECORDS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        actions = (self.action(row) for row in sorted({index.row() for index in indexes}))
        mime = QMimeData()
        mime.setData(RECORDS, QByteArray("\n".join(one.id for one in actions if one).encode()))
        return mime

    # --- shared cells ---

    def shared(self, row: int, column: int) -> tuple[int, int]:
        above, counts = self._spans.get(self.columns[column].key, ((), ()))
        if row >= len(counts) or len(counts) != len(self.rows):
            return row, 1
        top = row - above[row]
        return top, counts[top]

    def window(self, row: int) -> tuple[int, int]:
        """The rows from which to before which a row's group of outcomes reaches."""
        mine = self.rows[row].outcomes
        start, stop = row, row + 1
        while start and self.rows[start - 1].outcomes == mine:
            start -= 1
        while stop < len(self.rows) and self.rows[stop].outcomes == mine:
            stop += 1
        return start, stop

    def _share(self, start: int, old_stop: int, stop: int) -> bool:
        """Work out again who shares cells, where ``old_stop`` was the end of these rows; whether it changed."""
        table, changed = self.rows[start:stop], False
        for key, (above, counts) in self._spans.items():
            fresh = rows.spans(table, key)
            changed |= counts[start:old_stop] != fresh
            counts[start:old_stop] = fresh
            above[start:old_stop] = _above(fresh)
        return changed

    # --- following the plan ---

    def follow(self, event: Event) -> None:
        """Take over what a step changed, row by row."""
        pairs = [(event.before.get(one), event.after.get(one)) for one in event.changed]
        if event.after.get(self.top) is None:
            return
        period = self._period
        self._find_period()
        if period != self._period or any(isinstance(new, Details) and old != new for old, new in pairs):
            self.show(self.top)
            return
        self._recount(pairs, -1)
        stale = self._stale(pairs)
        if self.top in stale:
            self._rearrange(0, len(self.rows), rows.rows(self.plan, self._top))
        else:
            for parent in stale:
                self._rearrange_group(parent)
        self._renew([(old, new) for old, new in pairs if old and new])
        if self.top in stale:
            self._count()
        else:
            self._recount(pairs, +1)
        if isinstance(self.plan.get(self.top), Outcome) and self._columns() != self.columns:
            self.show(self.top)
        elif any(isinstance(one, Lead | Status | Period | CustomField) for pair in pairs for one in pair):
            self.touch(0, len(self.rows) - 1)

    @property
    def _top(self) -> Priority | Outcome:
        found = self.plan[self.top]
        assert isinstance(found, Priority | Outcome)  # noqa: S101 - show() took nothing else
        return found

    def _stale(self, pairs: Iterable[tuple[Record | None, Record | None]]) -> set[str]:
        """The parents whose rows come or go or change places; the page's own top stands for all of them."""
        stale: set[str] = set()
        for old, new in pairs:
            one = new or old
            if isinstance(one, Outcome) and _place(old) != _place(new):
                stale.add(self.top)
            elif isinstance(one, Action | Measure) and _place(old) != _place(new):
                stale.update(record.parent for record in (old, new) if record)
        if isinstance(self.plan.get(self.top), Outcome) and stale:
            return {self.top}
        return stale

    def _rearrange_group(self, parent: str) -> None:
        at = next((place for place, row in enumerate(self.rows) if any(one.id == parent for one in row.outcomes)), -1)
        group = self.plan.get(parent)
        if at < 0 or not isinstance(group, Outcome):
            if group and self._top in self.plan.ancestors(parent):
                self._rearrange(0, len(self.rows), rows.rows(self.plan, self._top))
            return
        self._rearrange(*self.window(at), rows.rows(self.plan, group))

    def _rearrange(self, start: int, stop: int, fresh: Sequence[Row]) -> None:
        self.arrange(start, stop, fresh)
        end = start + len(fresh)
        if self._share(start, stop, end):
            self.touch(start, end - 1)

    def _renew(self, pairs: Iterable[tuple[Record, Record]]) -> None:
        """Put records that only say something else in place of their older selves."""
        renamed: dict[str, Record] = {}
        for old, new in pairs:
            if isinstance(new, Action) and new.id in self.keys:
                row = self.keys.index(new.id)
                self.rows[row] = replace(self.rows[row], action=new)
                self.touch(row, row)
                if isinstance(old, Action) and (old.leads, old.plans) != (new.leads, new.plans):
                    self._share_again(row)
            elif isinstance(new, Outcome | Measure):
                renamed[new.id] = new
        for row, line in enumerate(self.rows) if renamed else ():
            fresh = replace(line, outcomes=_newer(line.outcomes, renamed), measures=_newer(line.measures, renamed))
            if fresh != line:
                self.rows[row] = fresh
                self.touch(row, row)

    def _share_again(self, row: int) -> None:
        start, stop = self.window(row)
        if self._share(start, stop, stop):
            self.touch(start, stop - 1)

    def _look(self, _period: str = "") -> None:
        self._find_period()
        self._count()
        self.touch(0, len(self.rows) - 1)

    def _count(self) -> None:
        self.counts = Counter(row.action.update(self._period).status for row in self.rows if row.action)

    def _recount(self, pairs: Iterable[tuple[Record | None, Record | None]], sign: int) -> None:
        for pair in pairs:
            one = pair[0 if sign < 0 else 1]
            if isinstance(one, Action) and one.id in self.keys:
                self.counts[one.update(self._period).status] += sign

    # --- small things ---

    def _find_period(self) -> None:
        period = self.bridge.period
        last = last_period(self.plan, period)
        self._period, self._last = period.id if period else "", last.id if last else ""

    @property
    def _keys(self) -> Keys:
        return self.bridge.document.keys

    @property
    def shared_plans(self) -> tuple[str, ...]:
        """The related plans that all actions of a single outcome have in common; its page says them once, above."""
        if not isinstance(self.plan.get(self.top), Outcome):
            return ()
        found = {row.action.plans for row in self.rows if row.action}
        return next(iter(found)) if len(found) == 1 else ()

    def _columns(self) -> list[Column]:
        own = rows.columns(self.plan)
        if not isinstance(self.plan.get(self.top), Outcome):
            return own
        left_out = {"outcome", "plans"} if self.shared_plans else {"outcome"}
        number = [Column(NUMBER, "No.")] if rows.numbered(self.plan) else []
        return number + [column for column in own if column.key not in left_out]


def _place(record: Record | None) -> tuple[object, ...]:
    """What decides where a record's rows stand."""
    if record is None:
        return ()
    extra: object = record.joined if isinstance(record, Outcome) else None
    if isinstance(record, Action):
        extra = record.measures, record.archived
    return record.parent, record.order, extra


def _above(spans: Sequence[int]) -> list[int]:
    """For each row, how far above it the first row of its cell is."""
    found: list[int] = []
    for count in spans:
        found.append(0 if count else found[-1] + 1)
    return found


RecordT = TypeVar("RecordT", bound=Record)


def _newer(olds: tuple[RecordT, ...], records: dict[str, Record]) -> tuple[RecordT, ...]:
    if not any(old.id in records for old in olds):
        return olds
    return tuple(cast("RecordT", records.get(old.id, old)) for old in olds)


@lru_cache(maxsize=4096)
def _titles(titles: tuple[tuple[str, str], ...]) -> str:
    """The references, bold, and titles of outcomes, a paragraph each."""
    blocks = [text.Paragraph((text.Run(ref, bold=True), text.Run(f" {title}"))) for ref, title in titles]
    return text.write(text.Rich(tuple(blocks)))


def _numbered(ref: str) -> str:
    return f"{ref}." if ref.isdigit() else ref
