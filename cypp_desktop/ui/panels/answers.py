"""One question that copies left open: what was, what each side made of it, and the ways to answer."""

from __future__ import annotations

from collections import Counter
from functools import reduce

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document import conflicts
from cypp_desktop.document.conflicts import Conflict, Side
from cypp_desktop.domain import change, text, wordmerge
from cypp_desktop.domain.change import DELETED, PLACE, Refused, Step
from cypp_desktop.domain.naming import field_name, record_name, said, short, title_of
from cypp_desktop.domain.plan import Action, Plan, Record, Status, Value
from cypp_desktop.ui import theme, units
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.difference import Difference, look, pieces
from cypp_desktop.ui.panels import alike
from cypp_desktop.ui.panels.parts import card, when
from cypp_desktop.ui.richtext.editor import RichEditor
from cypp_desktop.ui.status_buttons import Chip

_CHOSEN = frozenset(
    {"status", "current_period", "state", "place", "shape", "colour", "due_date", "type", "subject", "series"}
)  # words that are chosen, not written: they cannot be put together
_SIDES = 24  # as many are shown
_JOINED = 6  # as many go into the proposal: each takes a comparison of whole texts


class Question(QWidget):
    """The cards of one question; an answer is committed at once."""

    later = Signal()
    """It is to be left open."""
    settled = Signal()
    """It was answered."""

    def __init__(self, bridge: Bridge, conflict: Conflict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self.conflict = bridge, conflict
        mine = bridge.document.author
        self._sides = sorted(conflict.sides, key=lambda side: side.author != mine)
        self._came = bridge.document.arrivals(side.id for side in conflict.sides[:_SIDES])
        self.uses: list[QPushButton] = []
        """The buttons that take a side, in the order of the sides."""
        self.editor: RichEditor | QLineEdit | None = None
        self.places = Chooser()
        self.use_text, self.keep, self.delete = QPushButton("Use this text"), QPushButton("Keep it"), QPushButton()
        self.leave, self.back = QPushButton("Leave for later"), QPushButton("Bring back what it hung on")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(2))
        self.leave.setProperty("kind", "quiet")
        self.leave.clicked.connect(self.later)
        kinds = {"value": self._value, "deleted": self._deleted, "place": self._lost}
        (kinds | {"twins": self._twins, "redact": self._removal})[conflict.kind]()
        for button in (*self.uses, self.use_text, self.keep, self.delete, self.back):
            if not bridge.editable:
                button.setEnabled(False)
                button.setToolTip(theme.tip(bridge.document.read_only))

    # --- different values ---

    def _value(self) -> None:
        conflict = self.conflict
        if conflict.field != PLACE:
            self._column.addWidget(self._before())
        self._column.addLayout(self._beside())
        sides = [side.value for side in self._sides]
        if conflict.field.partition("@")[0] not in _CHOSEN and all(isinstance(value, str) for value in sides):
            self._column.addWidget(self._together([str(value) for value in sides]))
        elif conflict.field != PLACE and all(isinstance(value, tuple) for value in sides):
            self._column.addWidget(self._all_of_them())
        else:
            self._column.addLayout(self._foot())

    def _before(self) -> QFrame:
        frame, column = card("sunken")
        column.addWidget(theme.label("Before", size="strong", tone="muted"))
        base = self._said(self.conflict.base) or "Nothing was here."
        column.addWidget(self._chip(self.conflict.base) or Difference(base, base))
        return frame

    def _beside(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.grid(2))
        mine = self._bridge.document.author
        whose = Counter(side.author == mine for side in self._sides)
        for number, side in enumerate(self._sides[:_SIDES]):
            word = "Yours" if side.author == mine else "Theirs"
            title = word if whose[side.author == mine] == 1 else side.author
            grid.addWidget(self._side(side, title), number // 2, number % 2)
        for place in (0, 1):
            grid.setColumnStretch(place, 1)
        return grid

    def _side(self, side: Side, title: str) -> QFrame:
        frame, column = card("card")
        column.addLayout(_head(title, side))
        came = self._came.get(side.id)
        where = f"in a copy taken in {_small(when(came))}" if came else "on this computer"
        words = f"{side.author}, {where}" if title != side.author else f"{where[:1].upper()}{where[1:]}"
        column.addWidget(theme.label(words, tone="muted", wrap=True))
        column.addWidget(self._shown(side))
        column.addStretch(1)
        use = QPushButton({"Yours": "Use yours", "Theirs": "Use theirs"}.get(title, "Use this"))
        use.setAccessibleName(f"Use what {side.author} wrote")
        use.clicked.connect(lambda: self._settle(side.value))
        self.uses.append(use)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(use)
        column.addLayout(row)
        if self.conflict.field == PLACE:
            parent = side.value[0] if isinstance(side.value, tuple) and side.value else ""
            use.clicked.disconnect()
            use.clicked.connect(lambda: self._settle(parent))
            use.setEnabled(parent in self._bridge.plan)
        return frame

    def _shown(self, side: Side) -> QWidget:
        if chip := self._chip(side.value):
            return chip
        if self.conflict.field == PLACE:
            return theme.label(self._said(side.value) or "Under something that was deleted", wrap=True)
        after = self._said(side.value)
        if isinstance(side.value, str) and after:
            return Difference(self._said(self.conflict.base), after)
        return theme.label(after or "Nothing", tone="text" if after else "muted", wrap=True)

    def _chip(self, value: Value) -> Chip | None:
        """A status as everywhere else; None for any other value."""
        found = self._bridge.plan.get(value) if isinstance(value, str) else None
        if not isinstance(found, Status):
            return None
        chip = Chip()
        chip.show_status(found)
        return chip

    def _said(self, value: Value) -> str:
        words = _words(self._bridge.plan, self.conflict.field, value)
        if self.conflict.field == PLACE and isinstance(value, tuple) and words:
            parent = self._bridge.plan[value[0]]
            words = f"Under {record_name(self._bridge.plan, parent)} – {title_of(parent)}"
        return words

    # --- both together ---

    def _together(self, sides: list[str]) -> QFrame:
        """A text that takes up the changes of all, to be looked at and written over."""
        base = self.conflict.base if isinstance(self.conflict.base, str) else ""
        parts = wordmerge.propose(base, sides[0], sides[1])
        clear = len(sides) == 2 and wordmerge.clean(parts)
        between = "\n\n" if self.conflict.field.partition("@")[0] in text.FIELDS else " – "
        words = reduce(lambda one, other: wordmerge.text(wordmerge.propose(base, one, other), between), sides[:_JOINED])
        frame, column = card("card")
        head = QHBoxLayout()
        head.setSpacing(theme.grid(1.5))
        head.addWidget(theme.label("Both together", size="subheading"))
        hint = "A proposal. " if clear else "A proposal: they changed the same words, so it holds both. "
        head.addWidget(theme.label(f"{hint}Nothing is changed until you choose.", tone="muted", wrap=True), 1)
        head.addWidget(_legend())
        column.addLayout(head)
        self.editor = self._editor(base, words)
        self.editor.setAccessibleName("Both together, a proposal")
        column.addWidget(self.editor)
        self.use_text.setProperty("kind", "primary")
        self.use_text.clicked.connect(lambda: self._settle(self.written))
        foot = self._foot(self.use_text)
        if status := self._status():
            foot.insertWidget(0, theme.label("Status", tone="muted"))
            foot.insertWidget(1, status)
        column.addLayout(foot)
        return frame

    def _status(self) -> Chip | None:
        """The status that stands beside a progress note."""
        name, _, period = self.conflict.field.partition("@")
        record = self._bridge.plan.get(self.conflict.record)
        if name != "note" or not isinstance(record, Action) or not record.update(period).status:
            return None
        chip = self._chip(record.update(period).status)
        if chip:
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return chip

    def _editor(self, base: str, words: str) -> RichEditor | QLineEdit:
        if self.conflict.field.partition("@")[0] not in text.FIELDS:
            return QLineEdit(words)
        made = RichEditor(self, lines=(2, 16))
        made.set_text(words)
        _mark(made.edit, text.plain(base))
        theme.signals.changed.connect(self._mark_again)
        return made

    def _mark_again(self) -> None:
        if isinstance(self.editor, RichEditor):
            _mark(self.editor.edit, self._said(self.conflict.base))

    @property
    def written(self) -> str:
        """The text that stands in the editor."""
        return self.editor.text() if self.editor else ""

    def _all_of_them(self) -> QFrame:
        """A list that holds what any side has."""
        values = [one for side in self.conflict.sides if isinstance(side.value, tuple) for one in side.value]
        both = tuple(dict.fromkeys(values))
        frame, column = card("card")
        column.addWidget(theme.label("Both together", size="subheading"))
        column.addWidget(theme.label(self._said(both), wrap=True))
        self.use_text.setText("Use both")
        self.use_text.setProperty("kind", "primary")
        self.use_text.clicked.connect(lambda: self._settle(both))
        column.addLayout(self._foot(self.use_text))
        return frame

    # --- deleted by one, changed by another; and what has lost its place ---

    def _deleted(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.grid(2))
        people: dict[tuple[str, bool], list[Side]] = {}
        for side in self.conflict.sides[:_SIDES]:
            people.setdefault((side.author, side.field == DELETED), []).append(side)
        for number, sides in enumerate(people.values()):
            frame, column = card("card")
            column.addLayout(_head(sides[0].author, max(sides, key=lambda side: side.at)))
            for side in sides:
                self._did(column, side)
            column.addStretch(1)
            grid.addWidget(frame, number // 2, number % 2)
        for place in (0, 1):
            grid.setColumnStretch(place, 1)
        self._column.addLayout(grid)
        self.keep.setProperty("kind", "primary")
        self.keep.clicked.connect(lambda: self._settle(value=False))
        self.delete.setText("Delete it anyway")
        self.delete.setProperty("kind", "danger")
        self.delete.clicked.connect(lambda: self._settle(value=True))
        self._column.addLayout(self._foot(self.delete, self.keep))

    def _did(self, column: QVBoxLayout, side: Side) -> None:
        """What somebody did to a record that somebody else deleted."""
        if side.field == DELETED:
            column.addWidget(theme.label("Deleted it" if side.value else "Kept it", wrap=True))
            return
        plan = self._bridge.plan
        name = "Its place" if side.field == PLACE else field_name(plan, side.field)
        column.addWidget(theme.label(f"Changed {name[:1].lower()}{name[1:]}:", tone="muted", wrap=True))
        words = _words(plan, side.field, side.value) or "Nothing"
        column.addWidget(self._chip(side.value) or Difference(words, words))

    def _lost(self) -> None:
        frame, column = card("card")
        gone = self._gone()
        what = f"{record_name(self._bridge.plan, gone[0])}, on which it hung" if gone else "what it hung on"
        who = [f"{side.author} deleted {what} ({_small(when(side.at))})." for side in self.conflict.sides[:_SIDES]]
        words = " ".join(who) or "What it hung on is not in the plan."
        column.addWidget(theme.label(words, wrap=True))
        if gone and title_of(gone[0]):
            column.addWidget(theme.label(title_of(gone[0]), tone="muted", wrap=True))
        for record in homes(self._bridge.plan, self.conflict.record):
            name = record_name(self._bridge.plan, record)
            self.places.addItem(f"{name} – {short(title_of(record))}", record.id)
        self.places.setAccessibleName("Move it to")
        self.keep.setText("Move it there")
        self.keep.setProperty("kind", "primary")
        self.places.setPlaceholderText("Choose a place")
        self.places.setCurrentIndex(-1)
        self.places.currentIndexChanged.connect(
            lambda place: self.keep.setEnabled(place >= 0 and self._bridge.editable)
        )
        self.keep.setEnabled(False)
        self.keep.setToolTip("Choose a place first")
        self.keep.clicked.connect(lambda: self._settle(str(self.places.currentData())))
        self.delete.setText("Delete")
        self.delete.setProperty("kind", "danger")
        self.delete.clicked.connect(self._delete)
        row = QHBoxLayout()
        row.addWidget(theme.label("Move it to"))
        row.addWidget(self.places, 1)
        column.addLayout(row)
        self.back.setVisible(bool(gone))
        self.back.clicked.connect(lambda: self._as_answer(change.restore([one.id for one in gone], "decision")))
        column.addLayout(self._foot(self.delete, self.back, self.keep))
        self._column.addWidget(frame)

    def _gone(self) -> list[Record]:
        """What a record hung on and that was deleted, from it upwards, where all of it can be brought back."""
        document, found = self._bridge.document, list[Record]()
        at = document.plan[self.conflict.record].parent
        while at not in document.plan:
            above = document.deleted([at])
            if not above or above[0] in found:
                return []
            found += above
            at = above[0].parent
        return found

    # --- likely twins, and a removal that a copy asks for ---

    def _twins(self) -> None:
        cards, self.uses = alike.twins(self._bridge.plan, self.conflict, self._settle)
        self._column.addLayout(cards)
        words = "What one of them lacks comes from the other, and what hangs on the other hangs on it from then on."
        self._column.addWidget(theme.label(words, tone="muted", wrap=True))
        self.keep.setText("Keep both")
        self.keep.clicked.connect(lambda: self._settle(value=False))
        self._column.addLayout(self._foot(self.keep))

    def _removal(self) -> None:
        self._column.addWidget(alike.removal(self._bridge.plan, self.conflict))
        self.keep.clicked.connect(lambda: self._settle(value=False))
        self.delete.setText("Remove it for good")
        self.delete.setProperty("kind", "danger")
        self.delete.clicked.connect(self._remove)
        self._column.addLayout(self._foot(self.delete, self.keep))

    def _remove(self) -> None:
        from cypp_desktop.ui.dialogs.remove import remove

        if remove(self._bridge, [bytes.fromhex(str(self.conflict.sides[0].value))]):
            self.settled.emit()

    def _foot(self, *buttons: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1))
        row.addStretch(1)
        for button in (self.leave, *buttons):
            row.addWidget(button)
        return row

    # --- answers ---

    def _settle(self, value: Value) -> None:
        try:
            step = conflicts.settle(self._bridge.plan, self.conflict, value)
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
        else:
            self._answer(step)

    def _answer(self, step: Step) -> None:
        if self._bridge.commit(step):
            self.settled.emit()

    @property
    def first(self) -> QPushButton:
        """The first of the buttons that answer."""
        return self.uses[0] if self.uses else self.keep

    def _delete(self) -> None:
        self._as_answer(change.delete(self._bridge.plan, [self.conflict.record], "decision"))

    def _as_answer(self, step: Step) -> None:
        self._answer(Step(step.label, "resolve", step.changes))


def _words(plan: Plan, field: str, value: object) -> str:
    """A value as one says it; what only another version of the program could have written, as it is."""
    return said(plan, field, value) if value is None or isinstance(value, str | bool | tuple) else str(value)


def homes(plan: Plan, record: str) -> list[Record]:
    """What a record can hang on, in the plan's order: not what is below it, nor what has itself no place."""
    tops = [record, *(top.id for top in plan.unplaced())]
    astray = {one.id for top in tops for one in plan.branch(top)}
    kinds = plan[record].hangs_on
    return [one for one in plan.branch(plan.root) if one.kind in kinds and one.id not in astray]


def _mark(area: QTextEdit, base: str) -> None:
    """Mark in a text what was not in the one before; the marks are no part of it."""
    words, at, found = area.toPlainText(), 0, []
    for mark, piece in pieces(base, words):
        if mark != "-" and words.startswith(piece, at):
            if mark == "+":
                selection = QTextEdit.ExtraSelection()
                cursor = area.textCursor()
                cursor.setPosition(units.length(words[:at]))
                cursor.setPosition(units.length(words[: at + len(piece.rstrip())]), cursor.MoveMode.KeepAnchor)
                selection.cursor, selection.format = cursor, look("+")
                found.append(selection)
            at += len(piece)
    area.setExtraSelections(found)


def _legend() -> Difference:
    """How words look that were put in, and that were taken out."""
    made = Difference("removed words", "added words", whole=True)
    made.setFixedWidth(theme.grid(27))
    return made


def _small(words: str) -> str:
    return words[:1].lower() + words[1:] if words.startswith(("Today", "Yesterday", "At ")) else words


def _head(title: str, side: Side) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(theme.label(title, size="subheading", wrap=True), 1)
    row.addWidget(theme.label(when(side.at), size="small", tone="muted"), 0, Qt.AlignmentFlag.AlignTop)
    return row
