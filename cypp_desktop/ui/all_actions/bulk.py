"""One change to many actions: what they are given, and what stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from cypp_desktop.domain import bulk
from cypp_desktop.domain.bulk import Bulk
from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, joined
from cypp_desktop.domain.plan import Action
from cypp_desktop.ui import controls, theme, wording
from cypp_desktop.ui.all_actions.filters import places
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Chooser, answers
from cypp_desktop.ui.models.writing import names

_LEAVE = "Leave as it is"
_LEADS = ((_LEAVE, ""), ("Give them to", bulk.REPLACE), ("Add", bulk.ADD), ("Take out", bulk.REMOVE))


class BulkDialog(QDialog):
    """Every line says "Leave as it is" until something else is chosen; all of it becomes one step."""

    def __init__(self, bridge: Bridge, actions: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._actions = bridge, list(actions)
        self.setWindowTitle("Change many at once")
        self.how, self.leads = _chooser("What becomes of their leads", _LEADS), QLineEdit()
        plan, period = bridge.plan, bridge.period
        statuses = [(f"{one.letter}  {one.label}".strip(), one.id) for one in plan.statuses]
        self.status = _chooser("Their status", [(_LEAVE, None), *statuses, ("No status", "")])
        self.status.setEnabled(bool(statuses) and period is not None and not period.closed)
        self.due_how = _chooser("When they are due", [(_LEAVE, False), ("Set it to", True)])
        self.due = QLineEdit()
        self.place = _chooser("Where they stand", [(_LEAVE, None), *places(plan)])
        archived = any(isinstance(one := plan.get(action), Action) and one.archived for action in self._actions)
        self.archive = _chooser("Whether they are archived", [(_LEAVE, None), ("Archive them", True)])
        if archived:
            self.archive.addItem("Bring them back", False)
        self._why = theme.label(tone="muted", wrap=True)
        self.keep = QPushButton()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        word, period = self._bridge.plan.details.action_word, self._bridge.period
        self._said = wording.several(len(self._actions), word)
        self.keep.setText(wording.on_button(f"Change {self._said}"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.grid(2))
        grid.setVerticalSpacing(theme.grid(1.5))
        grid.setColumnStretch(2, 1)
        status = f"Status, {period.name}" if period else "Status"
        lines = (("Leads", self.how, self.leads), (status, self.status, None), ("Due", self.due_how, self.due))
        for row, (name, first, second) in enumerate(
            (*lines, ("Place", self.place, None), ("Archive", self.archive, None))
        ):
            label = theme.label(name, size="strong", wrap=True)
            label.setBuddy(first)
            grid.addWidget(label, row, 0)
            grid.addWidget(first, row, 1, 1, 1 if second else 2)
            if second:
                grid.addWidget(second, row, 2)
        column = controls.column(self, 2)
        column.addWidget(theme.label(f"Change {self._said}", size="heading", wrap=True))
        closed = f" “{period.name}” is closed, so the status stays." if period and period.closed else ""
        column.addWidget(
            theme.label(f"All of it is one step: one Undo takes it back.{closed}", tone="muted", wrap=True)
        )
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(answers(self, self.keep, self._why))
        theme.give_size(self, 76)

    def _connect(self) -> None:
        known = [lead.name for lead in self._bridge.plan.leads]
        completer = QCompleter(known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.leads.setCompleter(completer)
        self.leads.setPlaceholderText("Names, between semicolons")
        self.leads.setAccessibleName("Names of leads, between semicolons")
        self.due.setPlaceholderText("Words, such as “By end June 2017”")
        self.due.setAccessibleName("When they are due, in words")
        for chooser in (self.how, self.status, self.due_how, self.place, self.archive):
            chooser.currentIndexChanged.connect(self._check)
        for field in (self.leads, self.due):
            field.textChanged.connect(self._check)
        self._check()

    def _check(self, _cause: object = None) -> None:
        how = self.how.currentData()
        self.leads.setVisible(bool(how))
        self.due.setVisible(bool(self.due_how.currentData()))
        lacks = bool(how) and how != bulk.REPLACE and not names(self.leads.text())
        why = "Name the leads." if lacks else "" if self.what() else "Choose what is to change."
        self._why.setText(why)
        self.keep.setEnabled(not why)

    def what(self) -> Bulk:
        """What is asked for; leads that the plan does not know stand in it by the ids that they will get."""
        how = str(self.how.currentData() or "")
        archive = self.archive.currentData()
        return Bulk(
            leads=tuple(self._ids()) if how else None,
            how=how or bulk.REPLACE,
            status=self.status.currentData(),
            due=self.due.text() if self.due_how.currentData() else None,
            parent=self.place.currentData(),
            archived=None if archive is None else bulk.archive_label(self._bridge.plan) if archive else "",
        )

    def _ids(self) -> list[str]:
        known = {lead.name.casefold(): lead.id for lead in reversed(self._bridge.plan.leads)}
        made = {name.casefold(): branch.id for name, branch in self._new().items()}
        return [one for name in names(self.leads.text()) if (one := (known | made).get(name.casefold()))]

    def _new(self) -> dict[str, Branch]:
        """A branch for each name that the plan does not know, where leads are given and not taken out."""
        if self.how.currentData() not in {bulk.REPLACE, bulk.ADD}:
            return {}
        known = {lead.name.casefold() for lead in self._bridge.plan.leads}
        fresh = [name for name in names(self.leads.text()) if name.casefold() not in known]
        made = getattr(self, "_made", {})
        self._made = {name: made.get(name) or Branch("lead", {"name": name}) for name in fresh}
        return self._made

    def step(self) -> Step:
        """The step that was asked for; Refused where it cannot be."""
        plan, keys, period = self._bridge.plan, self._bridge.document.keys, self._bridge.period
        changed = bulk.change(plan, self._actions, self.what(), period.id if period else "", keys)
        new = list(self._new().values())
        return joined(changed.label, [add_branches(plan, plan.root, new, keys=keys), changed]) if new else changed

    def take(self) -> bool:
        """Carry it out; False, with a sentence from the bridge, where it was refused."""
        try:
            return self._bridge.commit(self.step())
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
            return False


def _chooser(name: str, choices: Sequence[tuple[str, object]]) -> Chooser:
    made = Chooser()
    made.setAccessibleName(name)
    for words, value in choices:
        made.addItem(words, value)
    return made
