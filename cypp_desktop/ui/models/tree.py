"""The plan as a tree of pages, priorities and outcomes, moved change by change.

An index holds a number that stands for a record's id for as long as the model lives. Actions are no rows of the tree;
their statuses are counted (see :mod:`cypp_desktop.ui.models.counts`).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from cypp_desktop.document.document import Event
from cypp_desktop.domain import naming, text
from cypp_desktop.domain.change import Refused, Step, edit, move
from cypp_desktop.domain.plan import Details, Outcome, Plan, Priority, Record, Section, Status
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.counts import Counts, worth_a_look

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

KIND, REFERENCE, MARKS, NUMBER, ICON, ID, ASKED, APART = (Role.UserRole + n for n in range(1, 9))
"""What a row is: "page", "last page" (a line stands below it), "foot" (a line above it), "last foot" (below another),
"priority", "outcome" or "stray"; its reference; its status marks (:class:`Mark`); the number of a page; a page's icon;
the record's id; how many questions copies left open below it; its title without what one beside it begins with too."""

PLAN, ACTIONS, LEADS, SECTIONS = "page:plan", "page:actions", "page:leads", "page:sections"
SLIP, UNPLACED, REVIEW, SETTLE, READY = "page:slip", "page:unplaced", "page:review", "page:settle", "page:ready"
PAGES = {
    SLIP: ("Your actions", "list-checks"),
    PLAN: ("Plan on a page", "layout-dashboard"),
    ACTIONS: ("All actions", "table"),
    LEADS: ("Leads", "users"),
    SECTIONS: ("Sections", "file-text"),
    UNPLACED: ("To place", "triangle-alert"),
    REVIEW: ("To review", "inbox"),
    SETTLE: ("To settle", "merge"),
    READY: ("Ready for the board?", "list-checks"),
}
"""What each page is called, and its icon."""
PINNED = (REVIEW, SETTLE, READY)
"""The pages that stay at the foot of the pane when the rest scrolls."""
RECORDS = "application/x-cypp-records"
"""The kind of data that is dragged: ids of records, a line each."""
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_DRAGGED = _READ | Qt.ItemFlag.ItemIsDragEnabled
_EDITED = _DRAGGED | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled
_MANY = 400  # changed rows of the tree from which on it is quicker to begin anew


@dataclass(frozen=True, slots=True)
class Mark:
    """A status shape at the end of a row, with how many (0: all is well, no number)."""

    shape: str
    colour: str
    count: int


class TreeModel(QAbstractItemModel):
    """The tree of one document; give it every event through :meth:`follow`."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._ids: list[str] = [""]  # number -> id; 0 is the invisible top
        self._numbers: dict[str, int] = {"": 0}
        self.findings = 0
        """How many things there are to look at before the board pack is ready."""
        self.questions = 0
        """How many questions copies left open."""
        self._asked: dict[str, int] = {}
        self.came, self.waiting = False, 0
        """Whether anything ever came in copies, and how much of it waits for a reviewer."""
        self.left = 0
        """How many actions of a return slip are still to be updated."""
        self._begin()
        bridge.changed.connect(self.follow)
        bridge.period_changed.connect(self._recount)

    def _begin(self) -> None:
        self._plan = self._bridge.plan
        period = self._bridge.period
        self.counts = Counts(self._plan, period.id if period else "")
        self._lost = _lost(self._plan)
        self._rows: dict[str, list[str]] = {}
        self._parents: dict[str, str] = {}
        self._told: dict[str, dict[str, str]] = {}
        self._grow("")

    def _grow(self, top: str) -> None:
        ready = [top]
        for one in ready:  # grows while it is walked
            self._rows[one] = self._wanted(one)
            for child in self._rows[one]:
                self._parents[child] = one
                ready.append(child)

    def _wanted(self, parent: str) -> list[str]:
        """The rows that belong below one, in order, as the plan has them now."""
        if not parent:
            if self._bridge.document.slip:
                return [SLIP, PLAN, SECTIONS, *(priority.id for priority in self._plan.priorities)]
            pages = [PLAN, ACTIONS, LEADS, SECTIONS, *(priority.id for priority in self._plan.priorities)]
            return [*pages, *([UNPLACED] if self._lost else []), *([REVIEW] if self.came else []), SETTLE, READY]
        if parent == UNPLACED:
            return list(self._lost)
        if parent in self._plan:
            return [one.id for one in self._plan.outcomes(parent) if one.id not in self._lost]
        return []

    # --- what Qt asks ---

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        rows = self._rows.get(self.id_of(parent), [])
        if column == 0 and 0 <= row < len(rows):
            return self.createIndex(row, 0, self._number(rows[row]))
        return QModelIndex()

    def parent(self, index: Index | None = None) -> QModelIndex:  # type: ignore[override]  # the other is QObject's
        return self.index_of(self._parents.get(self.id_of(index), ""))

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows.get(self.id_of(parent), []))

    def columnCount(self, parent: Index | None = None) -> int:
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        one = self.id_of(index)
        if not one:
            return Qt.ItemFlag.ItemIsDropEnabled
        record = self._plan.get(one)
        if not record or not self._bridge.editable:
            return _READ
        return _EDITED if isinstance(record, Priority | Outcome) else _DRAGGED

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        one = self.id_of(index)
        if not one:
            return None
        if role == ID:
            return one
        if record := self._plan.get(one):
            return self._record_data(record, role)
        return self._page_data(one, role)

    def _record_data(self, record: Record, role: int) -> object:
        if role in (Role.DisplayRole, APART):
            told = self._apart(self._parents[record.id]) if role == APART else {}
            return told.get(record.id) or words(record)
        if role == Role.EditRole:
            return str(getattr(record, "title", ""))
        if role == Role.ToolTipRole:
            return theme.tip("\n".join(part for part in (self._tip(record), self.counts.words(record.id)) if part))
        if role == Role.AccessibleTextRole:
            asked = f"{count:,} to settle" if (count := self._asked.get(record.id, 0)) else ""
            return ", ".join(part for part in (self._tip(record), self.counts.words(record.id), asked) if part)
        if role == KIND:
            return record.kind if isinstance(record, Priority | Outcome) else "stray"
        if role == ASKED:
            return self._asked.get(record.id, 0)
        if role == REFERENCE:
            return str(getattr(record, "ref", ""))
        return self._marks(record.id) if role == MARKS else None

    def _apart(self, parent: str) -> dict[str, str]:
        """What tells the rows below one from each other where there is no room for whole titles, by their ids."""
        if parent not in self._told:
            beside = [record for one in self._rows.get(parent, ()) if (record := self._plan.get(one))]
            told = naming.told_apart([words(one) for one in beside])
            self._told[parent] = {record.id: short for record, short in zip(beside, told, strict=True)}
        return self._told[parent]

    def _tip(self, record: Record) -> str:
        name = getattr(record, "label", "") if isinstance(record, Priority) else ""
        said = [name or f"{self._plan.level_word(record)} {self._plan.reference(record)}".strip(), words(record)]
        return ": ".join(part for part in said if part)

    def _page_data(self, page: str, role: int) -> object:
        title, icon = PAGES[page]
        if role == KIND:
            return self._page_kind(page)
        if role in (Role.DisplayRole, ICON):
            return title if role == Role.DisplayRole else icon
        if role in (NUMBER, Role.AccessibleTextRole):
            number = self._number_of(page)
            return number if role == NUMBER else f"{title}, {number}" if number else title
        if role == Role.ToolTipRole and page == UNPLACED:
            return "These lost their place when copies were merged. Drag them where they belong."
        return None

    def _page_kind(self, page: str) -> str:
        foot = [one for one in self._rows[""] if one in PINNED]
        if page in foot:
            return "foot" if page == foot[0] else "last foot"
        return {SECTIONS: "last page", UNPLACED: "foot"}.get(page, "page")

    def _number_of(self, page: str) -> int:
        """The number at the end of a page's row; 0 is not shown."""
        counts = {SLIP: self.left, REVIEW: self.waiting, SETTLE: self.questions, READY: self.findings}
        if page in counts:
            return counts[page]
        if page in (SECTIONS, LEADS):
            return len(self._plan.of(Section) if page == SECTIONS else self._plan.leads)
        return len(self._lost) if page == UNPLACED else 0

    def _marks(self, record: str) -> tuple[Mark, ...]:
        """What needs a look, with counts; else the worst of what is well, alone; nothing where no status is set."""
        found, scale = self.counts.of(record), self._plan.statuses
        look = [Mark(one.shape, one.colour, found[one.id]) for one in worth_a_look(scale) if found.get(one.id)]
        well = [one for one in scale if found.get(one.id)]
        return tuple(look) or tuple(Mark(one.shape, one.colour, 0) for one in well[-1:])

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        record = self._plan.get(self.id_of(index))
        title = str(value).strip()
        if role != Role.EditRole or not isinstance(record, Priority | Outcome) or title == record.title:
            return False
        word = self._plan.level_word(record).lower()
        return self._bridge.commit(edit(self._plan, record.id, {"title": title}, f"new title of {word}"))

    # --- ids and indexes ---

    def id_of(self, index: Index | None) -> str:
        """The record (or page) that an index is about; "" for none."""
        return self._ids[index.internalId()] if index is not None and index.isValid() else ""

    def index_of(self, record: str) -> QModelIndex:
        """The index of a record; of what it hangs on where it is no row of the tree itself; invalid for none."""
        while record not in self._parents and (one := self._plan.get(record)):
            record = SECTIONS if isinstance(one, Section) else one.parent
            record = PLAN if record == self._plan.root else record
        if record not in self._parents:
            return QModelIndex()
        row = self._rows[self._parents[record]].index(record)
        return self.createIndex(row, 0, self._number(record))

    def _number(self, record: str) -> int:
        if record not in self._numbers:
            self._numbers[record] = len(self._ids)
            self._ids.append(record)
        return self._numbers[record]

    # --- drag and drop ---

    def mimeTypes(self) -> list[str]:
        return [RECORDS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        made = QMimeData()
        made.setData(RECORDS, QByteArray("\n".join(self.id_of(one) for one in indexes).encode()))
        return made

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return bool(self._bridge.editable and data.hasFormat(RECORDS) and self._drop(data, row, parent))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if step := self._drop(data, row, parent):
            self._bridge.commit(step)
        return False  # the rows have moved already; True would have the view remove them

    def _drop(self, data: QMimeData, row: int, parent: Index) -> Step | None:
        """The step that a drop means; None where it is not allowed."""
        dragged = bytes(data.data(RECORDS).data()).decode().splitlines()
        if len(dragged) != 1 or dragged[0] not in self._plan:
            return None
        place = self.id_of(parent) or self._plan.root
        try:
            step = move(self._plan, dragged[0], place, self._after(row, parent, dragged[0]), self._bridge.document.keys)
        except Refused:
            return None
        return step or None

    def _after(self, row: int, parent: Index, dragged: str) -> str | None:
        """The sibling that a dropped record follows: None for the last place, "" for the first."""
        if row < 0:
            return None
        above = [one for one in self._rows[self.id_of(parent)][:row] if one in self._plan and one != dragged]
        return above[-1] if above else ""

    # --- following the document ---

    def follow(self, event: Event) -> None:
        """Move to the plan after an event."""
        nodes = [one for one in event.changed if one in self._parents or _is_node(event.after.get(one))]
        if len(nodes) > _MANY:
            self.beginResetModel()
            self._begin()
            self.endResetModel()
            return
        touched = self.counts.follow(event)
        for one in nodes:
            if one in self._parents and one not in event.after:
                self._remove(one)
        self._plan = event.after
        self._lost = self._unplaced(event)
        parents = {"", UNPLACED} | {record.parent for one in nodes if (record := event.after.get(one))}
        parents |= {old.parent for one in nodes if (old := event.before.get(one))} | set(nodes)
        self._arrange({"" if one == self._plan.root else one for one in parents})
        self._tell(touched | set(nodes) | (self._told_anew() if nodes else set()), event)

    def _told_anew(self) -> set[str]:
        """The rows that are told from those beside them by other words now."""
        before, self._told = self._told, {}
        return {
            row
            for parent, told in before.items()
            for row, short in (self._apart(parent).items() if parent in self._rows else ())
            if told.get(row) != short
        }

    def _unplaced(self, event: Event) -> list[str]:
        """The records without a place: looked for all over only where a move might have closed a circle."""
        changed = [record for one in event.changed if (record := event.after.get(one))]
        if self._lost or any(self._astray(record) for record in changed):
            return _lost(self._plan)
        gone = [one for one in event.changed if one not in event.after]
        left = any(child.id in event.after for one in gone for child in event.before.children(one))
        return _lost(self._plan) if left else []

    def _astray(self, record: Record) -> bool:
        if isinstance(record, Details):
            return False
        above = self._plan.ancestors(record.id)
        return (above[0] if above else record).parent != self._plan.root

    def _remove(self, record: str) -> None:
        index = self.index_of(record)
        self.beginRemoveRows(index.parent(), index.row(), index.row())
        self._rows[self._parents[record]].remove(record)
        self._forget(record)
        self.endRemoveRows()

    def _forget(self, record: str) -> None:
        for child in self._rows.pop(record, []):
            self._forget(child)
        del self._parents[record]

    def _arrange(self, parents: set[str]) -> None:
        """Bring the rows below some records into the plan's order, from the top down so that no move is a circle."""
        ready = sorted(parents, key=self._depth)
        for parent in ready:  # grows while it is walked
            if parent in self._rows:
                ready += self._bring(parent)
        for parent in ready:
            wanted = self._wanted(parent)
            for spare in [one for one in self._rows.get(parent, []) if one not in wanted]:
                self._remove(spare)

    def _depth(self, record: str) -> int:
        return 1 + len(self._plan.ancestors(record)) if record in self._plan else 0

    def _bring(self, parent: str) -> list[str]:
        """Put the wanted rows in front, moving or inserting each; returns those that are new."""
        rows, new = self._rows[parent], []
        for place, record in enumerate(self._wanted(parent)):
            if place < len(rows) and rows[place] == record:
                continue
            here = self.index_of(parent) if parent else QModelIndex()
            if record in self._parents:
                old, row = self._parents[record], self.index_of(record)
                self.beginMoveRows(row.parent(), row.row(), row.row(), here, place)
                self._rows[old].remove(record)
                rows.insert(place, record)
                self._parents[record] = parent
                self.endMoveRows()
            else:
                self.beginInsertRows(here, place, place)
                rows.insert(place, record)
                self._parents[record], self._rows[record] = parent, []
                self.endInsertRows()
                new.append(record)
        return new

    def _tell(self, records: set[str], event: Event) -> None:
        whole = any(
            isinstance(event.after.get(one) or event.before.get(one), Details | Status) for one in event.changed
        )
        for one in self._parents if whole else records | {LEADS, SECTIONS, UNPLACED, REVIEW, SETTLE, READY}:
            if one in self._parents:
                index = self.index_of(one)
                self.dataChanged.emit(index, index)

    def say_findings(self, count: int) -> None:
        """Show how many things there are to look at."""
        self.findings = count
        self._say(READY)

    def say_questions(self, records: Sequence[str]) -> None:
        """Show how many questions copies left open: one for each of the records, at the foot and in the tree."""
        self.questions = len(records)
        before, self._asked = self._asked, {}
        for record in records:
            if record in self._plan:
                for one in (record, *(above.id for above in self._plan.ancestors(record))):
                    self._asked[one] = self._asked.get(one, 0) + 1
        for one in {SETTLE} | before.keys() | self._asked.keys():
            self._say(one)

    def say_left(self, count: int) -> None:
        """Show how many actions of a return slip are still to be updated."""
        self.left = count
        self._say(SLIP)

    def _say(self, page: str) -> None:
        if page in self._parents:
            index = self.index_of(page)
            self.dataChanged.emit(index, index)

    def say_waiting(self, waiting: int, *, came: bool) -> None:
        """Show how much of what came in copies waits for a reviewer."""
        self.waiting = waiting
        if came != self.came:
            self.came = came
            self._arrange({""})
        for one in (REVIEW, SETTLE):
            self._say(one)

    def _recount(self, period: str) -> None:
        self.counts = Counts(self._plan, self._bridge.period.id if self._bridge.period else "")
        for one in self._parents:
            index = self.index_of(one)
            self.dataChanged.emit(index, index, [MARKS, Role.AccessibleTextRole])


def _lost(plan: Plan) -> list[str]:
    """The ids of what has no place; most plans have none of it, which a look at every parent tells."""
    for record in plan:
        parent = plan.get(record.parent)
        if (parent is None and not isinstance(record, Details)) or (parent and parent.kind not in record.hangs_on):
            break
        if (
            isinstance(record, Outcome)
            and isinstance(parent, Outcome)
            and plan.ancestors(record.id)[0].parent != plan.root
        ):
            break
    else:
        return []
    return [record.id for record in plan.unplaced()]


def _is_node(record: Record | None) -> bool:
    return isinstance(record, Priority | Outcome)


def words(record: Record) -> str:
    """What a record is called in a list: its title, or its first words."""
    for name in ("title", "heading", "name", "label", "text", "value"):
        if said := getattr(record, name, ""):
            return " ".join(text.plain(said).split())[:300]
    return "Untitled"
