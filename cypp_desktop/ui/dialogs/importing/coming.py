"""The plan that an import would bring, as a tree to look at before it comes."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt

from cypp_desktop.domain import text
from cypp_desktop.domain.change import Branch
from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.values import dataclass, field
from cypp_desktop.exchange.importing import Proposal
from cypp_desktop.exchange.importing.fields import KIND_WORDS
from cypp_desktop.ui import theme

_SHOWN = ("section", "priority", "outcome", "measure", "action", "status", "period", "field", "lead")
_ONE_LINE = 160
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class _Line:
    words: str
    up: int
    row: int
    strong: bool = False
    below: list[int] = field(default_factory=list)


class ComingModel(QAbstractItemModel):
    """Lines of one column: the priorities with all below them, then a heading for each other kind with its records."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = [_Line("", -1, 0)]

    def show(self, proposal: Proposal | None, plan: Plan) -> None:
        """Show what a proposal brings into a plan; None shows nothing."""
        self.beginResetModel()
        self._lines = [_Line("", -1, 0)]
        others: dict[str, list[Branch]] = {}
        for parent, branches in proposal.additions if proposal else ():
            record = plan.get(parent) if parent and parent != plan.root else None
            title = " ".join(filter(None, (getattr(record, "ref", ""), getattr(record, "title", ""))))
            place = self._put(0, title, strong=True) if record else 0
            for branch in branches:
                if branch.kind in ("priority", "outcome", "measure", "action"):
                    self._branch(place, branch)
                else:
                    others.setdefault(branch.kind, []).append(branch)
        for kind in (one for one in _SHOWN if one in others):
            word = KIND_WORDS[kind][len(others[kind]) != 1]
            heading = self._put(0, f"{len(others[kind])} {word}", strong=True)
            for branch in others[kind]:
                self._put(heading, _said(branch))
        self.endResetModel()

    def _branch(self, up: int, branch: Branch) -> None:
        place = self._put(up, _said(branch), strong=branch.kind in ("priority", "outcome"))
        for child in sorted(branch.children, key=lambda one: one.kind not in ("action", "measure")):
            if child.kind in _SHOWN:
                self._branch(place, child)

    def _put(self, up: int, words: str, *, strong: bool = False) -> int:
        self._lines.append(_Line(words, up, len(self._lines[up].below), strong))
        self._lines[up].below.append(len(self._lines) - 1)
        return len(self._lines) - 1

    # --- what Qt asks ---

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        below = self._at(parent).below
        return self.createIndex(row, column, below[row]) if 0 <= row < len(below) and column == 0 else QModelIndex()

    def parent(self, child: Index | None = None) -> QModelIndex:  # type: ignore[override]  # the other is QObject's
        up = self._at(child).up if child is not None and child.isValid() else -1
        return self.createIndex(self._lines[up].row, 0, up) if up > 0 else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._at(parent).below)

    def columnCount(self, parent: Index | None = None) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._at(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words
        if role == Qt.ItemDataRole.FontRole and line.strong:
            return theme.font(bold=True)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, theme.grid(3))
        return None

    def _at(self, index: Index | None) -> _Line:
        return self._lines[index.internalId() if index is not None and index.isValid() else 0]


def _said(branch: Branch) -> str:
    """A record to come in one line: its reference and its words."""
    values = branch.fields
    words = next((str(values[name]) for name in ("title", "text", "name", "heading", "label") if values.get(name)), "")
    plain = " ".join(text.plain(words).split())
    short = plain if len(plain) <= _ONE_LINE else f"{plain[:_ONE_LINE].rstrip()}…"
    return "  ".join(filter(None, (str(values.get("ref", "")), short))) or "(without words)"
