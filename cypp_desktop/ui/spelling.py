"""Spelling while one types: words that no dictionary has are underlined in the field that has the keyboard.

The field's menu offers what may have been meant, and to keep the word among the plan's own. The dictionary is read, off
the UI thread, when a text field is first typed in.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QTextEdit, QWidget

from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Details, Lead
from cypp_desktop.spelling import Speller, dictionary
from cypp_desktop.ui import settings, theme, units
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.work import Work

_PAUSE = 250  # milliseconds without typing after which a text is looked at
_LONGEST = 100_000  # characters of a text that is looked at
Area = QTextEdit | QPlainTextEdit


class Spelling(QObject):
    """Follows the keyboard from field to field of one window."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._area: Area | None = None
        self._speller: Speller | None = None
        self._work: Work | None = None
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self.look)
        bridge.changed.connect(self._on_changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
            self._on_focus(None, app.focusWidget())

    # --- which field ---

    @property
    def watching(self) -> bool:
        """Whether the keyboard is in a text whose spelling is looked at."""
        return self._area is not None

    @property
    def on(self) -> bool:
        """Whether spelling is looked at."""
        return settings.spells()

    def turn(self, on: bool) -> None:
        """Look at spelling, or leave it."""
        settings.write(spelling="on" if on else "off")
        self._later.start()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QMenu):
            return
        area = new if isinstance(new, QTextEdit | QPlainTextEdit) and self._ours(new) else None
        if area is self._area:
            return
        self._leave()
        if area is not None:
            self._area = area
            area.destroyed.connect(self._forget)
            area.textChanged.connect(self._later.start)
            area.viewport().installEventFilter(self)
            area.installEventFilter(self)
            self._later.start()

    def _ours(self, area: Area) -> bool:
        return not area.isReadOnly() and area.window() in (self._window, *self._window.findChildren(QWidget))

    def _leave(self) -> None:
        area, self._area = self._area, None
        if area is not None:
            area.destroyed.disconnect(self._forget)
            area.textChanged.disconnect(self._later.start)
            area.viewport().removeEventFilter(self)
            area.removeEventFilter(self)
            area.setExtraSelections([])
        self._later.stop()

    def _forget(self) -> None:
        self._area = None

    def _on_changed(self, event: object) -> None:
        plan = self._bridge.plan
        changed = getattr(event, "changed", ())
        if any(isinstance(plan.get(one), Details | Lead) for one in changed):
            self._speller = None
            self._later.start()

    # --- looking ---

    def _words(self) -> Iterator[str]:
        """The plan's own words: those that were kept, and its names."""
        plan = self._bridge.plan
        details = plan.details
        yield from details.words
        yield from (lead.name for lead in plan.leads)
        yield from (details.organisation, details.board, details.title, *details.levels)

    def look(self) -> None:
        """Underline what is not known in the field; where the dictionary is not read yet, once it is."""
        area = self._area
        if area is None:
            return
        if not self.on:
            area.setExtraSelections([])
        elif self._speller is not None:
            area.setExtraSelections([self._underlined(area, *place) for place in self._wrong(area)])
        elif self._work is None:
            self._work = Work(lambda _say: dictionary(), "The dictionary could not be read")
            self._work.done.connect(self._read)
            self._work.begin()
        elif self._work.isFinished():
            self._speller = Speller(self._words())
            self.look()

    def _read(self, _found: object) -> None:
        self._speller = Speller(self._words())
        self.look()

    def _wrong(self, area: Area, *, typed: bool = False) -> Iterator[tuple[int, int]]:
        """Where words are not known; that which is being typed only if ``typed`` says so."""
        text, here = units.as_counted(area.toPlainText()), area.textCursor().position()
        if self._speller is None or len(text) > _LONGEST:
            return
        for start, end in self._speller.wrong(text):
            if typed or end != here or not area.document().isModified():
                yield start, end

    @staticmethod
    def _underlined(area: Area, start: int, end: int) -> QTextEdit.ExtraSelection:
        found = QTextEdit.ExtraSelection()
        cursor = QTextCursor(area.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        form.setUnderlineColor(theme.tokens().danger)
        found.cursor, found.format = cursor, form
        return found

    # --- going to the next one, and mending it ---

    def next_wrong(self) -> bool:
        """Select the next word of the field that is not known; False where there is none."""
        area = self._area
        if area is None or self._speller is None:
            return False
        places = list(self._speller.wrong(units.as_counted(area.toPlainText())))
        here = area.textCursor().selectionEnd()
        place = next((one for one in places if one[0] >= here), places[0] if places else None)
        if place is None:
            return False
        cursor = area.textCursor()
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        area.setTextCursor(cursor)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent) and self._area is not None and self.on:
            area = self._area
            asked = event.reason() == QContextMenuEvent.Reason.Keyboard
            at = area.cursorRect().bottomLeft() if asked else area.viewport().mapFromGlobal(event.globalPos())
            menu = self.menu(area, at, here=asked)
            if menu is not None:
                menu.popup(area.viewport().mapToGlobal(at))
                return True
        return super().eventFilter(watched, event)

    def menu(self, area: Area, at: QPoint, *, here: bool = False) -> QMenu | None:
        """The field's menu with what may have been meant by the word at a point (or at the cursor); None for others."""
        place = area.textCursor().position() if here else area.cursorForPosition(at).position()
        found = next((one for one in self._wrong(area, typed=True) if one[0] <= place <= one[1]), None)
        if found is None or self._speller is None:
            return None
        word = units.as_counted(area.toPlainText())[found[0] : found[1]]
        menu = area.createStandardContextMenu()
        first = menu.actions()[0]
        own: list[tuple[str, object]] = [
            (one.replace("&", "&&"), lambda _=False, words=one: self._put(area, found, words))
            for one in self._speller.suggest(word)
        ]
        own.append((f"Keep “{word}” as a word of this plan".replace("&", "&&"), lambda: self.keep(word)))
        own.append(("Do not look at spelling", lambda: self.turn(False)))
        for words, do in own:
            action = menu.addAction(words)
            action.triggered.connect(do)
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _put(self, area: Area, place: tuple[int, int], words: str) -> None:
        cursor = area.textCursor()
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        self.look()

    def keep(self, word: str) -> None:
        """Make a word one of the plan's own."""
        plan = self._bridge.plan
        words = tuple(sorted({*plan.details.words, word}, key=str.casefold))
        self._bridge.commit(edit(plan, plan.root, {"words": words}, f"word “{word}”"))
