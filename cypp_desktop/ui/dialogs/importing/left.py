"""What imports left to look at: a list that stays in the plan's file until each line is dismissed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import CannotSave
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.values import replace
from cypp_desktop.exchange import importing
from cypp_desktop.exchange.importing import Kept
from cypp_desktop.exchange.importing.remarks import OPEN, Remark
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.help import guide

_PLACE = Qt.ItemDataRole.UserRole  # which import, and which of its remarks


class LeftDialog(QDialog):
    """Lines can be copied and dismissed, and what was dismissed brought back until the dialog is closed."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What an import did not understand")
        guide.on_f1(self, "From and to other programs")
        self._bridge = bridge
        self._all = self._left = importing.kept(bridge.document)
        self.list = QListWidget()
        self.list.setAccessibleName("What is left to look at")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.itemSelectionChanged.connect(self._can)
        self.copy, self.dismiss, self.back = QPushButton("Copy"), QPushButton("Dismiss"), QPushButton("Bring back")
        self._said = theme.label(tone="muted", wrap=True)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        close, foot, room = QPushButton("Close"), QHBoxLayout(), QWidget()
        self.back.setProperty("kind", "quiet")
        for button, act, tip in (
            (self.back, self._bring_back, "What you dismissed here"),
            (self.copy, self.take_words, "The selected words, for another program  (Ctrl+C)"),
            (self.dismiss, self.dismiss_selected, "You have seen to the selected lines  (Delete)"),
            (close, self.reject, ""),
        ):
            button.setAutoDefault(False)
            button.setToolTip(theme.tip(tip) if tip else "")
            button.clicked.connect(act)
            foot.addWidget(button)
            if button is self.back:
                foot.addStretch(1)
        for key, act in (
            (QKeySequence(QKeySequence.StandardKey.Copy), self.take_words),
            (QKeySequence(Qt.Key.Key_Delete), self.dismiss_selected),
        ):
            short = QShortcut(key, self.list)
            short.setContext(Qt.ShortcutContext.WidgetShortcut)
            short.activated.connect(act)
        self._stack = QStackedLayout(room)
        self._stack.addWidget(self.list)
        self._stack.addWidget(Empty("check", "Nothing is left of an import to look at."))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(2), theme.grid(2.5), theme.grid(2))
        column.setSpacing(theme.grid(1.25))
        column.addWidget(theme.label("What an import did not understand", size="heading", wrap=True))
        column.addWidget(self._said)
        column.addWidget(room, 1)
        column.addLayout(foot)
        theme.give_size(self, 96, 72)

    def _show(self) -> None:
        self.list.clear()
        now = datetime.now().astimezone()
        for which, one in enumerate(self._left):
            heading = QListWidgetItem(f"From {one.name} · {wording.when_written(one.at, now)}")
            heading.setFont(theme.font(bold=True))
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(heading)
            for place, remark in enumerate(one.remarks):
                item = QListWidgetItem(f"{'! ' if remark.kind == OPEN else ''}{remark}")
                item.setData(_PLACE, (which, place))
                self.list.addItem(item)
        self._stack.setCurrentIndex(0 if self._left else 1)
        why = "Lines with “!” are in no record of the plan. They are kept here until you dismiss them."
        self._said.setText(why if self._left else "")
        self._said.setVisible(bool(self._left))
        self._can()

    def _can(self) -> None:
        some = bool(self.list.selectedItems())
        self.copy.setEnabled(some)
        self.dismiss.setEnabled(some and self._bridge.editable)
        self.back.setVisible(self._left != self._all)

    # --- what can be done ---

    def _selected(self) -> list[Remark]:
        places = sorted(item.data(_PLACE) for item in self.list.selectedItems())
        return [self._left[which].remarks[place] for which, place in places]

    def take_words(self) -> None:
        """Put the words of the selected lines on the clipboard."""
        if found := self._selected():
            QApplication.clipboard().setText("\n".join(one.words or one.sentence for one in found))

    def dismiss_selected(self) -> None:
        """Forget the selected lines."""
        gone = {tuple(item.data(_PLACE)) for item in self.list.selectedItems()}
        left = [
            replace(one, remarks=tuple(it for place, it in enumerate(one.remarks) if (which, place) not in gone))
            for which, one in enumerate(self._left)
        ]
        if gone and self._bridge.editable:
            self._keep([one for one in left if one.remarks])

    def _bring_back(self) -> None:
        self._keep(self._all)

    def _keep(self, left: list[Kept]) -> None:
        try:
            importing.put(self._bridge.document, left)
        except (Refused, CannotSave) as problem:
            self._said.setText(str(problem))
            return
        row = self.list.currentRow()
        self._left = left
        self._show()
        self.list.setCurrentRow(max(1, min(row, self.list.count() - 1)))
        self.list.setFocus()
