"""The findings as a list: under a heading for each kind, or for each place in the plan."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cypp_desktop.domain.naming import record_name, title_of
from cypp_desktop.domain.plan import Outcome, Plan, Priority, Record
from cypp_desktop.domain.rules import RULES, Finding, fix
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.readiness import Readiness

Index = QModelIndex | QPersistentModelIndex
ROW, TO_DO = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
BY_KIND, BY_PLACE = "kind", "place"

_TO_DO: Mapping[str, str] = {  # what one goes there for
    "no-update": "Write a note…",
    "no-status": "Set a status…",
    "contradiction": "Set the status…",
    "worse": "Say why…",
    "overdue": "Change the date…",
    "ongoing": "Change the date…",
    "no-lead": "Add a lead…",
    "several-leads": "Choose one…",
    "no-text": "Write it…",
    "undecided": "Decide it…",
    "no-target": "Add a target…",
    "same-reference": "Change it…",
    "no-reference": "Add one…",
    "long-sentence": "Shorten it…",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list, ``place`` being where its record is; without a finding it is a heading."""

    words: str
    count: int = 0
    rule: str = ""
    place: str = ""
    finding: Finding | None = None


class ReadyModel(QAbstractListModel):
    """Rows made of the findings; it is filled anew where they are others."""

    def __init__(self, bridge: Bridge, readiness: Readiness, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._readiness = bridge, readiness
        self.arranged, self.only = BY_KIND, ""
        """By kind or by place; the one rule that is shown, "" for all."""
        self.rows: list[Row] = []
        self._to_do: dict[int, str] = {}
        self.fill()

    def fill(self) -> None:
        """Show the findings as they are now."""
        plan = self._bridge.plan
        found = [one for one in self._readiness.findings if self.only in ("", one.rule) and one.record in plan]
        rows = _by_kind(plan, found) if self.arranged == BY_KIND else _by_place(plan, found)
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        self._to_do.clear()

    def to_do(self, row: int) -> str:
        """What can be done about the finding of a row: found out when it is looked at, as there may be thousands."""
        if row not in self._to_do:
            finding, plan = self.rows[row].finding, self._bridge.plan
            known = fix(plan, finding) if finding else None
            self._to_do[row] = known.words if known else _TO_DO.get(finding.rule, "") if finding else ""
        return self._to_do[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = index.isValid() and self.rows[index.row()].finding is None
        return Qt.ItemFlag.ItemIsEnabled if heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == TO_DO:
            return self.to_do(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.words, row.place, str(row.count or "")) if part)
        return None


def _by_kind(plan: Plan, findings: list[Finding]) -> list[Row]:
    rows = []
    for rule, name in RULES.items():
        group = [one for one in findings if one.rule == rule]
        rows += [Row(name, len(group), rule)] if group else []
        rows += [_row(one, _place(plan, plan[one.record])) for one in group]
    return rows


def _by_place(plan: Plan, findings: list[Finding]) -> list[Row]:
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        groups.setdefault(_place(plan, plan[one.record]), []).append(one)
    rows = []
    for place, group in groups.items():
        rows.append(Row(place or "The whole plan", len(group)))
        rows += [_row(one, RULES[one.rule]) for one in group]
    return rows


def _row(finding: Finding, below: str) -> Row:
    return Row(finding.sentence, rule=finding.rule, place=below, finding=finding)


def _place(plan: Plan, record: Record) -> str:
    """The priority or outcome that a record belongs to, as one says it: "1.5 The development of …"."""
    at = next((one for one in (record, *plan.ancestors(record.id)[::-1]) if isinstance(one, Priority | Outcome)), None)
    if at is None:
        return record_name(plan, record)
    return " ".join(part for part in (at.ref, " ".join(title_of(at).split())) if part)
