"""The refresh for a new year, step by step: the new year, what is finished, the numbers, and what will become of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.folding import unmarked
from cypp_desktop.domain.naming import short, title_of
from cypp_desktop.domain.plan import Action
from cypp_desktop.domain.refresh import Choices, proposed, refresh, renumbered, without
from cypp_desktop.domain.values import replace
from cypp_desktop.ui import controls, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Check
from cypp_desktop.ui.delegates.ticked import TickedDelegate
from cypp_desktop.ui.help import guide

_ID = Qt.ItemDataRole.UserRole
_TITLES = ("The new year", "What is finished", "Numbers", "What will become of the plan")
_FINISHED, _NUMBERS = 1, 2  # the places of these pages
_SHOWN = 200  # renumbered references that are listed


class RefreshDialog(QDialog):
    """Four steps to look through; nothing happens before the last one, and all of it is one step to undo."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._first = proposed(bridge.plan)
        self.setWindowTitle("Refresh for a new year")
        guide.on_f1(self, "A new year")
        self.title, self.subtitle, self.years = (
            QLineEdit(words) for words in (self._first.title, self._first.subtitle, self._first.years)
        )
        self.period = QLineEdit(self._first.period)
        self.archived_in = QLineEdit(self._first.archived_in)
        self.close_last, self.renumber = Check(), Check()
        self.live = QListWidget()
        self._numbers = QListWidget()
        self._counts = theme.label(tone="muted", wrap=True)
        self._result = theme.label(wrap=True)
        self._heading = theme.label(size="heading", wrap=True)
        self._step = theme.label(size="small", tone="accent")
        self._why = theme.label(tone="muted", wrap=True)
        self.pages = QStackedWidget()
        self.back, self.next = QPushButton("Back"), QPushButton("Next")
        for page in (self._new_year(), self._finished(), self._numbered(), self._preview()):
            self.pages.addWidget(page)
        self._lay_out()
        self._connect()
        self._turn(0)

    # --- the four pages ---

    def _new_year(self) -> QWidget:
        plan, page = self._bridge.plan, QWidget()
        last = plan.current_period
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.grid(2))
        grid.setVerticalSpacing(theme.grid(1.5))
        fields = (("Title", self.title), ("Subtitle", self.subtitle), ("Years", self.years))
        for row, (name, field) in enumerate((*fields, ("First reporting period", self.period))):
            label = theme.label(name, size="strong", wrap=True)
            label.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self.period.setPlaceholderText("None: it is started later")
        self.close_last.setText(f"Close “{short(last.name)}”, so that it can only be read" if last else "")
        self.close_last.setVisible(last is not None and not last.closed)
        self.close_last.setChecked(True)
        grid.addWidget(self.close_last, 4, 1)
        about = "The plan becomes a draft again. Ids, history and all earlier periods stay as they are."
        grid.addWidget(theme.label(about, tone="muted", wrap=True), 5, 1)
        grid.setRowStretch(6, 1)
        return page

    def _finished(self) -> QWidget:
        plan, page = self._bridge.plan, QWidget()
        archive = set(self._first.archive)
        live = [one for one in plan.walk() if isinstance(one, Action)]
        for one in sorted(live, key=lambda one: one.id not in archive):
            status = plan.status(one)
            begun = short(unmarked(one.text.strip().split("\n")[0]))  # there may be thousands
            parts = (plan.reference(one), begun, status.label if status else "No status")
            item = QListWidgetItem("  ".join(part for part in parts if part))
            item.setData(_ID, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.id in archive else Qt.CheckState.Unchecked)
            self.live.addItem(item)
        self.live.setAccessibleName("Which are archived")
        self.live.setItemDelegate(TickedDelegate(self.live))
        self.live.setUniformItemSizes(True)
        self.archived_in.setAccessibleName("Archived under")
        under = QHBoxLayout()
        label = theme.label("Archived under", size="strong")
        label.setBuddy(self.archived_in)
        under.addWidget(label)
        under.addWidget(self.archived_in, 1)
        about = "What is ticked is archived: it leaves the table, the counts and the board pack, and can come back."
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        column.addWidget(theme.label(about, tone="muted", wrap=True))
        column.addWidget(self.live, 1)
        column.addWidget(self._counts)
        column.addLayout(under)
        return page

    def _numbered(self) -> QWidget:
        page = QWidget()
        self.renumber.setText("Number the plan anew, from the first to the last")
        self._numbers.setAccessibleName("References that would change")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(1.5))
        about = "Numbers keep their form. People may know the old ones, so it is left to you."
        column.addWidget(theme.label(about, tone="muted", wrap=True))
        column.addWidget(self.renumber)
        column.addWidget(self._numbers, 1)
        return page

    def _preview(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._result)
        column.addStretch(1)
        return page

    def _lay_out(self) -> None:
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        self.next.setDefault(True)
        foot = controls.foot(self._why, cancel, self.back, self.next)
        column = controls.column(self)
        column.addWidget(self._step)
        column.addWidget(self._heading)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        theme.give_size(self, 88, 68)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._turn(self.pages.currentIndex() - 1))
        self.next.clicked.connect(self._go_on)
        self.live.itemChanged.connect(lambda _item: self._count())
        self.renumber.toggled.connect(self._numbers.setEnabled)
        self.period.textChanged.connect(lambda _words: self._check())

    # --- going through ---

    def _go_on(self) -> None:
        if self.pages.currentIndex() == len(_TITLES) - 1:
            self.accept()
        else:
            self._turn(self.pages.currentIndex() + 1)

    def _turn(self, page: int) -> None:
        last = len(_TITLES) - 1
        self.pages.setCurrentIndex(page)
        self._heading.setText(_TITLES[page])
        self._step.setText(f"Step {page + 1} of {last + 1}")
        self.back.setVisible(page > 0)
        self.next.setText("Refresh the plan" if page == last else "Next")
        self.next.setProperty("kind", "primary" if page == last else "")
        theme.polish(self.next)
        if page == _FINISHED:
            self._count()
        elif page == _NUMBERS:
            self._list_numbers()
        elif page == last:
            self._result.setText("\n\n".join(self._sentences()))
        self._check()

    def _check(self) -> None:
        name = " ".join(self.period.text().split()).casefold()
        used = any(one.name.casefold() == name for one in self._bridge.plan.periods)
        self._why.setText("There is a period of that name already." if used else "")
        self.next.setEnabled(not used)

    def _count(self) -> None:
        archived = len(self._archive())
        self._counts.setText(f"{archived} archived, {self.live.count() - archived} carried forward")

    def _archive(self) -> list[str]:
        items = (self.live.item(row) for row in range(self.live.count()))
        return [str(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _list_numbers(self) -> None:
        plan = self._bridge.plan
        found = renumbered(plan, self._archive())
        self._numbers.clear()
        for record, old, new in found[:_SHOWN]:
            self._numbers.addItem(f"{old or 'none'} → {new}   {short(title_of(plan[record]))}")
        if not found:
            self._numbers.addItem("No reference would change.")
        elif len(found) > _SHOWN:
            self._numbers.addItem(f"… and {len(found) - _SHOWN:,} more")
        self._numbers.setEnabled(self.renumber.isChecked())
        self.renumber.setEnabled(bool(found))

    # --- what is asked for ---

    def choices(self) -> Choices:
        """What was chosen on the pages."""
        numbers = self.renumber.isChecked() and bool(renumbered(self._bridge.plan, self._archive()))
        return replace(
            self._first,
            title=self.title.text(),
            subtitle=self.subtitle.text(),
            years=self.years.text(),
            period=self.period.text(),
            archive=self._archive(),
            archived_in=" ".join(self.archived_in.text().split()) or self._first.archived_in,
            close=self.close_last.isChecked(),
            renumber=numbers,
        )

    def _sentences(self) -> list[str]:
        plan, chosen = self._bridge.plan, self.choices()
        word, last = plan.details.action_word, plan.current_period
        left = sum(isinstance(one, Action) for one in without(plan, chosen.archive).walk())
        said = [f"The plan is called “{chosen.title or 'Untitled'}”, for {chosen.years or 'no years'}, and is a draft."]
        archived = len(chosen.archive)
        said.append(f"{wording.several(archived, word)} archived under “{chosen.archived_in}”, {left} carried forward.")
        if last and chosen.close and not last.closed:
            said.append(f"“{last.name}” is closed.")
        if chosen.period.strip():
            said.append(f"“{' '.join(chosen.period.split())}” is started, its progress empty, the last beside it.")
        if chosen.renumber:
            said.append(f"{wording.several(len(renumbered(plan, chosen.archive)), 'reference')} changed.")
        return [*said, "One Undo takes all of it back."]

    def said(self) -> str:
        """What was done, in a sentence."""
        self._count()
        return f"The plan is refreshed for {self.years.text() or 'a new year'}: {self._counts.text()}."

    def take(self) -> bool:
        """Carry it out; False, with a sentence from the bridge, where it was refused."""
        try:
            return self._bridge.commit(refresh(self._bridge.plan, self.choices(), self._bridge.document.keys))
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
            return False
