"""All actions of a plan as rows under headings, as a view asks for them, in step with the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from cypp_desktop.document.document import Event
from cypp_desktop.domain import rows, text
from cypp_desktop.domain.naming import short, title_of
from cypp_desktop.domain.plan import Action, CustomField, Outcome, Priority, View
from cypp_desktop.domain.rows import Column, Row
from cypp_desktop.domain.views import Group, Sieve, values
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.celltext import Words
from cypp_desktop.ui.models.cells import BLANK, NONE, Cell
from cypp_desktop.ui.models.table import NUMBER, ActionTable

PLACE, ARCHIVED = "place", "archived"
"""The keys of the columns that say where an action stands, and when it was archived."""
_HEADINGS = {"leads": "Lead", "due": "Due", "note": "Progress to date", "status": "Status"}
_NOTE = 130  # letters of a note that are shown
_MANY = 400  # rows in which the old and the new list differ from which on it is quicker to begin anew
Index = QModelIndex | QPersistentModelIndex


class AllActions(ActionTable):
    """The rows that a view asks for. Where actions are grouped, every group begins with a row that has no action."""

    def __init__(self, bridge: Bridge) -> None:
        self.view = View(id="")
        self.headings: list[tuple[str, int]] = []
        """For every row its heading and how many actions follow; ("", 0) for the rows of actions."""
        self.found = 0
        """How many different actions are shown."""
        self._sieve = Sieve()
        self._known: dict[str, Row] = {}
        self._seen = False
        super().__init__(bridge)

    def look(self, view: View) -> None:
        """Show what another view asks for."""
        self.view, self._seen = view, True
        self._find_period()
        self._fill()

    def ahead(self) -> Iterator[Action]:
        """Read the texts of all actions one by one, before words are looked for in them."""
        return self._sieve.ahead(self.plan, self._period)

    def rest(self) -> None:
        """Follow the plan no more until there is somebody to look."""
        self._seen = False

    def _fill(self) -> None:
        columns = self._columns()
        lines = list(self._lines(self._sieve.sift(self.plan, self.view, self._period)))
        fresh, headings, keys = [one[0] for one in lines], [one[1] for one in lines], [one[2] for one in lines]
        self.found = len({row.action.id for row in fresh if row.action} if self.view.group else fresh)
        if columns != self.columns or not self._follow_rows(fresh, headings, keys):
            self.beginResetModel()
            self.columns, self.rows, self.headings, self.keys = columns, fresh, headings, keys
            self.endResetModel()

    def _lines(self, groups: Sequence[Group]) -> Iterator[tuple[Row, tuple[str, int], str]]:
        """The rows with their headings and keys; an action that stands in two groups has a row in each."""
        for group in groups:
            if group.heading:
                yield Row((), (), None), (group.heading, len(group.actions)), f"heading {group.heading}"
            for action in group.actions:
                key = f"{action.id} {group.heading}".strip()
                yield self._row(key, action), ("", 0), key

    def _row(self, key: str, action: Action) -> Row:
        """The row of an action: the same object as before where it says the same."""
        parent = self.plan.get(action.parent)
        known = self._known.get(key)
        if known is None or known.action is not action or (known.outcomes and known.outcomes[0] is not parent):
            known = Row((parent,) if isinstance(parent, Outcome) else (), (), action)
            self._known[key] = known
        return known

    def _follow_rows(self, fresh: list[Row], headings: list[tuple[str, int]], keys: list[str]) -> bool:
        """Change the rows into others where they differ in one stretch that is not long; False where it is."""
        start, stop = 0, 0
        most = min(len(self.keys), len(keys))
        while start < most and self.keys[start] == keys[start]:
            start += 1
        while stop < most - start and self.keys[-1 - stop] == keys[-1 - stop]:
            stop += 1
        old, new = len(self.keys) - stop, len(keys) - stop
        if max(old, new) - start > _MANY:
            return False
        self.headings = headings
        if old > start:
            self.beginRemoveRows(QModelIndex(), start, old - 1)
            del self.rows[start:old], self.keys[start:old]
            self.endRemoveRows()
        if new > start:
            self.beginInsertRows(QModelIndex(), start, new - 1)
            self.rows[start:start], self.keys[start:start] = fresh[start:new], keys[start:new]
            self.endInsertRows()
        self._update(0, fresh)
        return True

    # --- what a cell shows ---

    def cell(self, row: int, column: int) -> Cell:
        key, action = self.columns[column].key, self.rows[row].action
        if action is None:
            return BLANK
        if key == PLACE:
            return Cell(Words(self._place(action), plain=True), muted=True)
        if key == ARCHIVED:
            return Cell(Words(action.archived, plain=True))
        if key == "note":
            return Cell(Words(_begun(action.update(self._period).note), plain=True))
        if key == NUMBER:
            return Cell(Words(self.plan.reference(action), plain=True, bold=True), muted=True)
        return super().cell(row, column)

    def _place(self, action: Action) -> str:
        parent = self.plan.get(action.parent)
        return short(title_of(parent)) if isinstance(parent, Priority | Outcome) else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        heading, count = self.headings[index.row()] if index.row() < len(self.headings) else ("", 0)
        if heading and role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{heading}, {count}" if role == Qt.ItemDataRole.AccessibleTextRole or not index.column() else ""
        return super().data(index, role)

    def record(self, row: int, column: int) -> str:
        action = self.rows[row].action
        return action.id if action else ""

    def editor(self, row: int, column: int) -> str:
        action = self.rows[row].action
        if action is None or action.archived or self.columns[column].key in {PLACE, ARCHIVED}:
            return NONE
        return super().editor(row, column)

    def row_of(self, record: str) -> int:
        return next((place for place, row in enumerate(self.rows) if row.action and row.action.id == record), -1)

    def shared(self, row: int, column: int) -> tuple[int, int]:
        return row, 1

    # --- following the plan ---

    def follow(self, event: Event) -> None:
        """Show what actions say now; sift again where that has one come, go or move."""
        if not self._seen:
            return
        period = self._period
        self._find_period()
        if period == self._period and self._sieve.stays(event.before, event.after, event.changed, self.view, period):
            self._renew_rows(event.changed)
            return
        self._fill()
        self.touch(0, len(self.rows) - 1) if _told_everywhere(event) else None

    def _renew_rows(self, changed: frozenset[str]) -> None:
        """Take over actions that changed where they stand."""
        found = [place for place, row in enumerate(self.rows) if row.action and row.action.id in changed]
        for place in found:
            action = self.rows[place].action
            new = self.plan.get(action.id) if action else None
            if isinstance(new, Action):
                self.rows[place] = self._row(self.keys[place], new)
                self.touch(place, place)

    def _look(self, _period: str = "") -> None:
        if self._seen:
            self._find_period()
            self._fill()
            self.touch(0, len(self.rows) - 1)

    def _columns(self) -> list[Column]:
        plan = self.plan
        own = {column.key: column.heading for column in rows.columns(plan)}
        level = plan.details.levels[-1] if plan.details.levels else "Outcome"
        found = [Column(NUMBER, "No."), Column("actions", own.get("actions", plan.details.action_word))]
        found += [Column(PLACE, level), *(Column(key, own.get(key, _HEADINGS[key])) for key in ("leads", "due"))]
        if values(self.view, "archived") == ["yes"]:
            found.append(Column(ARCHIVED, "Archived in"))
        if plan.periods:
            found.append(Column("note", own.get("note", _HEADINGS["note"])))
            found += [Column("status", own.get("status", _HEADINGS["status"]))] if plan.statuses else []
        fields = (field for field in plan.of(CustomField) if field.subject == Action.kind)
        return found + [Column(f"custom:{field.id}", field.name or "Own column") for field in fields]


@lru_cache(maxsize=4096)
def _begun(note: str) -> str:
    """The beginning of a note: here one looks through many actions, and reads the whole of it beside the table."""
    words = " ".join(text.plain(note).split())
    return words if len(words) <= _NOTE else words[: _NOTE - 1].rsplit(" ", 1)[0] + "…"


def _told_everywhere(event: Event) -> bool:
    """Whether an event changed what many rows show of other records than their actions."""
    return any(not isinstance(event.after.get(one) or event.before.get(one), Action) for one in event.changed)
