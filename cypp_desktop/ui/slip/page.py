"""The page of a return slip: its reader's actions in a list, beside them what is asked of each, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.domain import text
from cypp_desktop.domain.naming import title_of
from cypp_desktop.domain.plan import Action
from cypp_desktop.domain.slips import confirm
from cypp_desktop.ui import icons, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.action_fields import LastPeriod, PeriodText, ReasonField, StatusField
from cypp_desktop.ui.panels.fields import Field
from cypp_desktop.ui.slip.progress import SlipProgress
from cypp_desktop.ui.ticks import Tick


class SlipPanel(QWidget):
    """Shows one action at a time; all that can be written are its note, status and reason."""

    send_back = Signal()
    """The slip is to go back."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.progress = progress = SlipProgress(bridge, self)
        self._kicker = theme.label(size="small", tone="accent", wrap=True)
        self._title = theme.label(size="heading", wrap=True)
        self._said = theme.label(tone="muted", wrap=True)
        self.back = QPushButton(icons.icon("send", "on_accent"), "\u2002Send it back…")
        self.list = _Actions()
        self.card = ActionCard(bridge, progress)
        self._lay_out()
        self.list.currentRowChanged.connect(self._turn_to)
        self.card.next_wanted.connect(self.next)
        self.back.clicked.connect(self._send)
        progress.changed.connect(self.refresh)
        self.refresh()
        self.list.setCurrentRow(next(iter(self._open()), 0))

    def _lay_out(self) -> None:
        self.back.setProperty("kind", "primary")
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        for label in (self._kicker, self._title, self._said):
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(theme.grid(2))
        head.addLayout(words, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        area = QScrollArea()
        area.setWidget(self.card)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through what is in it
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for widget, least in ((self.list, 24), (area, 32)):
            widget.setMinimumWidth(theme.grid(least))
            split.addWidget(widget)
        split.setSizes([theme.grid(48), theme.grid(64)])
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(1.5), theme.grid(1.5))
        column.setSpacing(theme.grid(1.5))
        column.addLayout(head)
        column.addWidget(split, 1)
        for key, by in (("Ctrl+Return", 1), ("Ctrl+Enter", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda _by=by: self.next())

    def refresh(self) -> None:
        """Show how far it is, and the actions as they are now."""
        plan, actions = self._bridge.plan, self.progress.actions
        period = plan.get(self.progress.slip.period)
        count, left = len(actions), self.progress.left
        theirs = wording.several(count, plan.details.action_word)
        names = " and ".join(title_of(lead) for one in self.progress.slip.leads if (lead := plan.get(one)))
        kicker = [f"Return slip for {names}" if names else "Return slip", *([title_of(period)] if period else [])]
        self._kicker.setText(" · ".join(kicker))
        self._title.setText(f"Your {theirs} to update")
        if left:
            done = f"{count - left} of {count} updated."
            self._said.setText(f"{done} Each needs a progress note{' and a status' if plan.statuses else ''}.")
        else:
            self._said.setText(f"{count} of {count} updated – send it back.")
        self.list.show_actions(self._bridge, self.progress)
        self.card.refresh()

    def save(self) -> None:
        """Make a step of what is being typed."""
        self.card.save()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bridge.look_at(self.progress.slip.period)  # whatever period was looked at elsewhere

    def next(self) -> None:
        """Go on to the next action that is still to be updated; to the next one where all are."""
        self.save()
        here, count = self.list.currentRow(), self.list.count()
        others = [(here + by) % count for by in range(1, count)] if count else []
        open_ = set(self._open())
        to = next((place for place in others if place in open_), others[0] if others else here)
        self.list.setCurrentRow(to)
        self.card.focus_first()

    def _open(self) -> list[int]:
        """The places of the actions that are still to be updated."""
        actions = self.progress.actions
        return [place for place, action in enumerate(actions) if not self.progress.is_updated(action.id)]

    def _turn_to(self, place: int) -> None:
        actions = self.progress.actions
        self.card.look_at(actions[place].id if 0 <= place < len(actions) else "")

    def _send(self) -> None:
        self.save()
        self.send_back.emit()


class _Actions(QListWidget):
    """The actions with their references, each with a tick once it is updated."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Your actions")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_Lines(self))
        theme.signals.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setIconSize(QSize(theme.grid(2), theme.grid(2)))
        self.setSpacing(theme.grid(0.75))

    def show_actions(self, bridge: Bridge, progress: SlipProgress) -> None:
        """Show actions as they are now; the current one stays."""
        plan = bridge.plan
        if self.count() != len(progress.actions):
            self.clear()
            self.addItems([""] * len(progress.actions))
        for place, action in enumerate(progress.actions):
            item, updated = self.item(place), progress.is_updated(action.id)
            status = plan.status(action, progress.slip.period)
            words = " ".join(text.plain(action.text).split())
            state = status.label if status else "No status yet" if plan.statuses else ""
            _fill(item, f"{plan.reference(action)}  {words}".strip(), state, updated=updated)
        self.scheduleDelayedItemsLayout()  # words of another length need other heights


class _Lines(QStyledItemDelegate):
    """As high as the words are in the list's width; Qt's own measure forgets the space around an item."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self.parent()
        if not isinstance(view, QListWidget):
            return super().sizeHint(option, index)
        width = view.viewport().width() - 2 * view.spacing() - 1
        room = QRect(0, 0, width - view.iconSize().width() - theme.grid(2), 1 << 20)
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        lines = QFontMetrics(view.font()).boundingRect(room, Qt.TextFlag.TextWordWrap, words)
        return QSize(width, lines.height() + theme.grid(0.5))


def _fill(item: QListWidgetItem, words: str, state: str, *, updated: bool) -> None:
    item.setText("\n".join(part for part in (words, state) if part))
    item.setIcon(icons.icon("check", "good") if updated else icons.icon("chevron-right", "muted"))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{'Updated' if updated else 'To update'}: {words}. {state}")


class ActionCard(QWidget):
    """One action: what it is, what was written last period, and the fields for this one."""

    next_wanted = Signal()

    def __init__(self, bridge: Bridge, progress: SlipProgress) -> None:
        from cypp_desktop.ui.richtext.editor import RichEditor

        super().__init__()
        self._bridge, self._progress = bridge, progress
        self._record = ""
        self.setProperty("role", "pane")
        self._above = theme.label(size="small", tone="muted", wrap=True)
        self._words = theme.label(size="lead", wrap=True)
        self._due = theme.label(tone="muted", wrap=True)
        bridge.period_changed.connect(lambda _: self.look_at(self._record))
        self.note = PeriodText(bridge, "note", "Progress", RichEditor(lines=(5, 16)))
        self.status = StatusField(bridge)
        self.fields: list[Field] = [self.note, self.status, ReasonField(bridge), LastPeriod(bridge)]
        self.same = Tick("Nothing has changed: what is written here still holds")
        self.same.clicked.connect(self._confirm)
        self.next = QPushButton("Next to update")
        self.next.setToolTip("Go on to the next action that is still to be updated  (Ctrl+Return)")
        self.next.clicked.connect(self.next_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2), 0, theme.grid(1), theme.grid(1))
        column.setSpacing(theme.grid(2))
        head = QVBoxLayout()
        head.setSpacing(theme.grid(0.5))
        for label in (self._above, self._words, self._due):
            head.addWidget(label)
        column.addLayout(head)
        for field in self.fields[:3]:
            column.addWidget(field)
        column.addWidget(self.same)
        column.addWidget(theme.rule())
        column.addWidget(self.fields[3])
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.next)
        column.addLayout(row)
        column.addStretch(1)

    def look_at(self, record: str) -> None:
        """Show another action; what was typed is saved first."""
        self._record = record
        for field in self.fields:
            field.look_at(record)
        self.refresh()

    def refresh(self) -> None:
        """Show the action as it is now, but where one types."""
        plan = self._bridge.plan
        action = plan.get(self._record)
        self.setVisible(isinstance(action, Action))
        if not isinstance(action, Action):
            return
        above = plan.get(action.parent)
        self._above.setText(f"{getattr(above, 'ref', '')}  {title_of(above)}".strip() if above else "")
        words = " ".join(text.plain(action.text).split())
        self._words.setText(f"{plan.reference(action)}  {words}".strip())
        self._due.setText(f"Due: {action.due}" if action.due else "")
        self._due.setVisible(bool(action.due))
        for field in self.fields:
            field.refresh()
            field.set_read_only(not self._bridge.writable)
        self.same.setVisible(self._progress.is_written(action))
        self.same.box.setChecked(self._progress.is_confirmed(action.id))
        self.same.setEnabled(self._bridge.writable)
        self.next.setVisible(len(self._progress.actions) > 1)

    def save(self) -> None:
        """Make a step of what is being typed."""
        for field in self.fields:
            field.save()

    def focus_first(self) -> None:
        """Put the cursor into the note."""
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _confirm(self) -> None:
        self.save()
        if not self._bridge.commit(confirm(self._progress.slip, self._record, unchanged=self.same.box.isChecked())):
            self.refresh()
