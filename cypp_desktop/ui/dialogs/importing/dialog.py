"""The dialog of an import: how the source is understood at the left, the plan that will come at the right."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.values import dataclass
from cypp_desktop.exchange import importing
from cypp_desktop.exchange.importing import Mapping, Proposal
from cypp_desktop.exchange.importing.fields import KIND_WORDS
from cypp_desktop.exchange.importing.tables import Table
from cypp_desktop.exchange.tables.grid import Source
from cypp_desktop.ui import controls, settings, theme, wording
from cypp_desktop.ui.dialogs.importing.columns import Choices
from cypp_desktop.ui.dialogs.importing.coming import ComingModel
from cypp_desktop.ui.help import guide
from cypp_desktop.ui.work import Say, Work

_SETTLED = 250  # milliseconds without another choice before the plan to come is made anew
_REMEMBERED = "import columns"
_COUNTED = ("priority", "outcome", "measure", "reading", "action", "lead", "section")


@dataclass(frozen=True, slots=True)
class _Understood:
    source: Source
    tables: list[Table]
    mapping: Mapping
    full: Mapping  # every table's columns, those of tables that are not taken too
    proposal: Proposal


class ImportDialog(QDialog):
    """Asks how a source is to be taken over into a plan (an empty one for a new plan); ``proposal`` is the answer.

    ``read`` brings the source and is called off the UI thread; nothing is changed by the dialog itself.
    """

    def __init__(self, name: str, read: Callable[[], Source], plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        guide.on_f1(self, "From and to other programs")
        self.proposal: Proposal | None = None
        self._plan = plan
        self._understood: _Understood | None = None
        self._mapping = Mapping()
        self._work: Work | None = None
        self._choices = Choices()
        self._choices.changed.connect(self._choose)
        self._coming = ComingModel(self)
        self._remarks = QStringListModel(self)
        self._later = QTimer(self, singleShot=True, interval=_SETTLED)
        self._later.timeout.connect(self._propose)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("How far it is")
        self._why = theme.label(tone="muted", wrap=True)
        self.button = QPushButton("Take over")
        self._lay_out(name)
        known = _remembered()
        self._start(partial(_understand, read, plan, known), self._show_understood)

    # --- what it looks like ---

    def _lay_out(self, name: str) -> None:
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        self.button.setEnabled(False)
        self.button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(1.5))
        foot.addWidget(self._why, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.button)
        panes = QSplitter()
        panes.setChildrenCollapsible(False)
        panes.addWidget(_pane("How it is understood", "Change what was guessed wrongly.", self._choices))
        panes.addWidget(self._result())
        panes.setSizes([theme.grid(62), theme.grid(78)])
        column = controls.column(self)
        column.addWidget(theme.label(f"Import from “{name}”", size="heading", wrap=True))
        column.addWidget(self._progress)
        column.addWidget(panes, 1)
        column.addLayout(foot)
        theme.give_size(self, 144, 92)

    def _result(self) -> QWidget:
        tree = QTreeView()
        tree.setModel(self._coming)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName("What will come")
        self._tree = tree
        remarks = QListView()
        remarks.setModel(self._remarks)
        remarks.setWordWrap(True)
        remarks.setSpacing(2)
        remarks.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        remarks.setAccessibleName("What to look at")
        for view in (tree, remarks):
            view.setProperty("role", "list")
        self._counts = theme.label(tone="muted", wrap=True)
        self._open = theme.label(tone="muted", wrap=True)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setContentsMargins(theme.grid(1.5), 0, 0, 0)
        parts.setChildrenCollapsible(False)
        parts.addWidget(_pane("What will come", self._counts, tree))
        parts.addWidget(_pane("What to look at", self._open, remarks))
        parts.setSizes([theme.grid(48), theme.grid(24)])
        return parts

    # --- understanding, off the UI thread ---

    def _start(self, function: Callable[[Say], object], show: Callable[[object], None]) -> None:
        if self._work:
            self._work.stop()
        self.button.setEnabled(False)
        self._progress.setVisible(True)
        self._work = work = Work(function, "It could not be understood")
        work.step.connect(self._say)
        work.done.connect(show)
        work.failed.connect(self._fail)
        work.begin()

    def _say(self, so_far: int, words: str) -> None:
        if self.sender() is self._work:
            self._progress.setValue(so_far)
            self._why.setText(f"{words}…")

    def _fail(self, sentence: str) -> None:
        if self.sender() is self._work:
            self.proposal = None
            self._progress.hide()
            self._why.setText(sentence)
            self._coming.show(None, self._plan)

    def _show_understood(self, found: object) -> None:
        if self.sender() is not self._work or not isinstance(found, _Understood):
            return
        self._understood, self._mapping = found, found.mapping
        labels = [one.label for one in self._plan.statuses] if self._plan.root else []
        self._choices.show_mapping(found.tables, found.mapping, found.full, labels)
        self._show_proposal(found.proposal)

    def _choose(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self.button.setEnabled(False)
        self._later.start()

    def _propose(self) -> None:
        if self._understood:
            source, mapping, plan = self._understood.source, self._mapping, self._plan

            def propose(say: Say) -> Proposal:
                say(20, "Reading the cells")
                return importing.propose(source, mapping, plan)

            self._start(propose, self._show_proposal)

    def _show_proposal(self, proposal: object) -> None:
        if self.sender() is not self._work or not isinstance(proposal, Proposal):
            return
        self.proposal = proposal
        self._progress.hide()
        self._coming.show(proposal, self._plan)
        self._tree.expandToDepth(0)
        open_first = sorted(proposal.remarks, key=lambda one: one not in proposal.open)
        self._remarks.setStringList([f"{'! ' if one in proposal.open else ''}{one}" for one in open_first])
        counts = proposal.counts()
        said = [f"{counts[kind]} {KIND_WORDS[kind][counts[kind] != 1]}" for kind in _COUNTED if counts.get(kind)]
        self._counts.setText(", ".join(said) or "Nothing.")
        number = len(proposal.open)
        self._open.setText(
            f"{wording.several(number, 'thing')} not understood, marked “!”. This list is kept until you dismiss it."
            if number
            else "Everything found a place."
        )
        self.button.setEnabled(bool(counts))
        undo = "It is one step, which undo takes back." if self._plan.root else "A new plan is made."
        self._why.setText(undo if counts else "There is nothing to take over. Choose other columns at the left.")

    # --- the end ---

    def done(self, result: int) -> None:
        self._later.stop()
        if self._work:
            self._work.stop()
        if result and self._understood:
            _remember(importing.remembered(self._understood.source, self._mapping))
        super().done(result)


def _understand(read: Callable[[], Source], plan: Plan, known: dict[str, str], say: Say) -> _Understood:
    say(5, "Reading the file")
    source = read()
    say(40, "Finding the tables and their columns")
    tables = importing.tables(source)
    mapping = importing.guess(source, plan, known)
    full = importing.guess(source, plan, known, only=range(len(tables)))
    say(60, "Reading the cells")
    return _Understood(source, tables, mapping, full, importing.propose(source, mapping, plan))


def _pane(title: str, below: QWidget | str, widget: QWidget) -> QWidget:
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.grid(0.75))
    column.addWidget(theme.label(title, size="subheading"))
    column.addWidget(theme.label(below, tone="muted", wrap=True) if isinstance(below, str) else below)
    column.addWidget(widget, 1)
    return pane


# --- what was chosen before, by heading ------------------------------------------------------------------------------


def _remembered() -> dict[str, str]:
    try:
        found = json.loads(settings.read(_REMEMBERED, "{}"))
    except ValueError:
        return {}
    from cypp_desktop.exchange.importing import fields

    pairs = found.items() if isinstance(found, dict) else ()
    return {str(heading): field for heading, field in pairs if isinstance(field, str) and fields.known(field)}


def _remember(fields: dict[str, str]) -> None:
    most = 200
    kept = list((_remembered() | fields).items())[-most:]
    settings.write(**{_REMEMBERED: json.dumps(dict(kept))})
