"""What is asked of the table of all actions: fields and lists for words, leads, statuses, due dates and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStyleOptionComboBox, QWidget

from cypp_desktop.domain.naming import short
from cypp_desktop.domain.plan import CustomField, Outcome, Plan, Priority, View
from cypp_desktop.domain.values import replace
from cypp_desktop.domain.views import DUE, GROUPS, NONE, SORTS, values, with_values
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.flow import Flow

AFTER = 150
"""Milliseconds after the last letter from which on typed words are looked for."""
Choice = tuple[str, str]


class Filters(QWidget):
    """Fields in lines that wrap; what they ask for is a view."""

    changed = Signal()
    """Something else is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = View(id="")
        self._fields: tuple[CustomField, ...] | None = None
        self._choosers: dict[str, KeyChooser] = {}
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words in them")
        self.words.setAccessibleName("Words that stand in them")
        self.words.setClearButtonEnabled(True)
        self.words.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._typed = QTimer(self, singleShot=True, interval=AFTER)
        self._typed.timeout.connect(self._take_words)
        self.words.textEdited.connect(lambda _words: self._typed.start())
        self.words.returnPressed.connect(self._take_words)
        self._flow = Flow(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.grid(1))
        self._flow.addWidget(self.words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._size()
        theme.signals.changed.connect(self._size)

    def _size(self) -> None:
        self.words.setFixedWidth(theme.grid(19))
        for chooser in self._choosers.values():
            chooser.give_room()

    @property
    def view(self) -> View:
        """What is asked for now; the id and name are those of the saved view that it began with, if any."""
        return self._view

    def chooser(self, key: str) -> KeyChooser:
        """The list of a key, "group" and "sort" included."""
        return self._choosers[key]

    def show_view(self, plan: Plan, view: View) -> None:
        """Ask for something else, as far as the plan still has it."""
        self._view = view
        self.show_plan(plan)

    def show_plan(self, plan: Plan) -> None:
        """List what the plan has now."""
        fields = tuple(f for f in plan.of(CustomField) if f.subject == "action" and f.choices and f.type == "choice")
        if fields != self._fields:
            self._build(fields)
        if values(self._view, "text") != [self.words.text()] and not self._typed.isActive():
            self.words.setText(" ".join(values(self._view, "text")))
        leads = [(lead.name or "Without a name", lead.id) for lead in sorted(plan.leads, key=lambda one: one.name)]
        self._offer("lead", "Any lead", [*leads, ("No lead", NONE)])
        statuses = [(status.label, status.id) for status in plan.statuses]
        self._offer("status", "Any status", [*statuses, ("No status", NONE)])
        self._choosers["status"].setVisible(bool(statuses))
        self._offer("due", "Any due date", [(words, key) for key, words in DUE.items()])
        self._offer("below", "The whole plan", list(places(plan)))
        self._offer("archived", "Live actions", [("Archived actions", "yes")])
        for field in fields:
            self._offer(f"custom:{field.id}", f"Any {field.name.lower()}", [(one, one) for one in field.choices])
        self._choosers["group"].offer("", [(words, key) for key, words in GROUPS.items()], [self._view.group])
        self._choosers["sort"].offer("", [(words, key) for key, words in SORTS.items()], [self._view.sort])

    def _offer(self, key: str, whole: str, choices: Sequence[Choice]) -> None:
        self._choosers[key].offer(whole, choices, values(self._view, key))

    def _build(self, fields: tuple[CustomField, ...]) -> None:
        for old in self._choosers.values():
            self._flow.removeWidget(old)
            old.deleteLater()
        self._fields = fields
        names = {"lead": "Lead", "status": "Status", "due": "Due", "below": "Part of the plan"}
        names |= {f"custom:{field.id}": field.name for field in fields}
        names |= {"archived": "Live or archived", "group": "Group", "sort": "Order"}
        self._choosers = {key: KeyChooser(name) for key, name in names.items()}
        for key, chooser in self._choosers.items():
            self._flow.addWidget(chooser)
            chooser.chosen.connect(lambda chosen, key=key: self._take(key, chosen))
        self._size()

    def _take_words(self) -> None:
        self._typed.stop()
        self._take("text", [" ".join(self.words.text().split())])

    def _take(self, key: str, chosen: Sequence[str]) -> None:
        one = next(iter(chosen), "")
        if key == "group":
            self._view = replace(self._view, group=one)
        elif key == "sort":
            self._view = replace(self._view, sort=one)
        else:
            self._view = replace(self._view, filters=with_values(self._view, key, chosen))
        self.changed.emit()


class KeyChooser(Chooser):
    """The values of one key: any of them, one, or the several that a saved view asks for."""

    chosen = Signal(list)
    """The values that are asked for; none for any."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._offered: object = None
        self.setAccessibleName(name)
        self.currentTextChanged.connect(lambda words: self.setToolTip(theme.tip(f"{name}: {words}")))
        self.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda place: self.chosen.emit(list(self.itemData(place))))

    def give_room(self) -> None:
        """Be as wide as the first words; longer ones are cut in the field, but not in its list."""
        words = QFontMetrics(theme.font()).horizontalAdvance(self.itemText(0))
        self.setMaximumWidth(max(theme.grid(15), words + theme.grid(5)))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        room = self.width() - theme.grid(4.5)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)

    def offer(self, whole: str, choices: Sequence[Choice], asked: Sequence[str]) -> None:
        """Offer any (where there is a word for it) and each of the choices, and show what is asked for."""
        if (whole, choices) != self._offered:
            self._offered = whole, choices
            self.clear()
            if whole:
                self.addItem(whole, ())
            for words, value in choices:
                self.addItem(words, (value,))
            self.give_room()
        wanted = tuple(asked) if whole else tuple(asked) or ("",)
        place = next((one for one in range(self.count()) if tuple(self.itemData(one)) == wanted), -1)
        if place < 0:
            names = {value: words for words, value in choices}
            self.addItem(short(", ".join(names.get(one, "what is no longer there") for one in wanted)), wanted)
            self._offered, place = None, self.count() - 1
        self.setCurrentIndex(place)


def places(plan: Plan) -> Iterable[Choice]:
    """Priorities and outcomes, those below others further in."""
    for one in plan.walk():
        if isinstance(one, Priority | Outcome):
            deep = len(plan.ancestors(one.id)) if isinstance(one, Outcome) else 0
            yield "\u2003" * deep + short(" ".join(part for part in (one.ref, one.title) if part)), one.id
