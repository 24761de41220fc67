"""The commands of one window as Qt's actions, in its menus and on its toolbar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from cypp_desktop.domain.plan import Plan
from cypp_desktop.ui import icons, settings, theme, wording
from cypp_desktop.ui.later import Later
from cypp_desktop.ui.menus import ANY, BARE, MENUS, PAST, PLAN, STANDARD, STATES, TOOLBAR, ZOOMS, Command, Key
from cypp_desktop.ui.panes import INSPECTOR, TREE

if TYPE_CHECKING:
    from cypp_desktop.ui import operations, year
    from cypp_desktop.ui.plan_view import PlanView
    from cypp_desktop.ui.window import Window
else:
    operations = Later("cypp_desktop.ui.operations")
    year = Later("cypp_desktop.ui.year")

_ROLES = {"quit": QAction.MenuRole.QuitRole, "about": QAction.MenuRole.AboutRole}


class Commands:
    """The commands of one window as Qt's actions, in its menu bar."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.actions: dict[str, QAction] = {}
        self._needs: dict[str, str] = {}
        self._statuses: list[QAction] = []
        self._scale: object = None
        for title, entries in MENUS.items():
            menu = window.menuBar().addMenu(title)
            for entry in entries:
                self._put(menu, entry)
        self.refresh()

    def _put(self, menu: QMenu, entry: Command | str | None) -> None:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, Command):
            menu.addAction(action := self._action(entry))
            if on := entry.on:
                action.setCheckable(True)
                menu.aboutToShow.connect(lambda: action.setChecked(on()))
        else:
            within = menu.addMenu(entry)
            fill = {"Open &recent": self._recent, "S&tatus": self._status}
            fill |= {"The plan &is": self._states, "Text si&ze": self._zooms, "Light or dar&k": self._schemes}
            fill[entry](within)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.words, self._window)
        action.setShortcuts(_keys(command.key))
        action.setMenuRole(_ROLES.get(command.name, QAction.MenuRole.NoRole))
        if command.icon:
            action.setIcon(icons.icon(command.icon))
            action.setIconVisibleInMenu(False)
        _tip(action, command.tip or command.words)
        action.triggered.connect(lambda: command.do(self._window))
        self.actions[command.name], self._needs[command.name] = action, command.needs
        return action

    # --- menus within menus ---

    def _recent(self, menu: QMenu) -> None:
        def fill() -> None:
            menu.clear()
            for entry in settings.recent():
                action = menu.addAction(wording.on_button(entry.title))
                action.setToolTip(theme.tip(entry.path))
                action.triggered.connect(lambda _=False, path=entry.path: operations.open_recent(self._window, path))
            if menu.isEmpty():
                menu.addAction("No plan was opened yet").setEnabled(False)

        menu.aboutToShow.connect(fill)

    def _status(self, menu: QMenu) -> None:
        for number in range(7):
            action = menu.addAction("")
            action.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
            action.triggered.connect(lambda _=False, place=number: operations.set_status(self._window, place))
            self._statuses.append(action)
        self._window.addActions(self._statuses)

    def _states(self, menu: QMenu) -> None:
        group = QActionGroup(self._window)
        for state in STATES:
            action = menu.addAction(state.capitalize())
            action.setCheckable(True)
            action.setData(state)
            action.triggered.connect(lambda _=False, state=state: year.choose_state(self._window, state))
            group.addAction(action)

        def show() -> None:
            bridge = self._window.bridge
            for action in group.actions():
                action.setEnabled(bridge is not None and bridge.editable)
                action.setChecked(bridge is not None and bridge.plan.details.state == action.data())

        menu.aboutToShow.connect(show)

    def _zooms(self, menu: QMenu) -> None:
        group = QActionGroup(self._window)
        for zoom in ZOOMS:
            action = menu.addAction(f"{zoom:.0%}".replace("%", " %"))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, size=zoom: operations.choose_zoom(size))
            if zoom == 1:
                action.setShortcut(QKeySequence("Ctrl+0"))
            group.addAction(action)
        menu.aboutToShow.connect(lambda: group.actions()[ZOOMS.index(_nearest(theme.zoom()))].setChecked(True))

    def _schemes(self, menu: QMenu) -> None:
        group = QActionGroup(self._window)
        schemes = {"system": "Like the system", "light": "Light", "dark": "Dark"}
        for name, words in schemes.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, scheme=name: operations.choose_scheme(scheme))
            group.addAction(action)
        menu.aboutToShow.connect(lambda: group.actions()[list(schemes).index(theme.scheme())].setChecked(True))

    # --- keeping up with the plan ---

    def refresh(self, _cause: object = None) -> None:
        """Say what undo undoes, what the plan calls its records, and which commands can be given now."""
        bridge = self._window.bridge
        for name, needs in self._needs.items():
            able = needs == ANY or (bridge is not None and (needs == PLAN or bridge.editable))
            past = self._window.origin is not None
            if needs == PAST:
                able = past
                self.actions[name].setVisible(able)
            elif name == "send":
                able = able and not past  # what is sent from there could not come back
            self.actions[name].setEnabled(able)
        for action in self._statuses:
            action.setEnabled(bool(bridge and bridge.editable))
        if bridge is None:
            return
        for name, label in (("undo", bridge.document.undo_label), ("redo", bridge.document.redo_label)):
            action, verb = self.actions[name], name.capitalize()
            action.setText(f"&{verb} {wording.on_button(label)}".strip())
            action.setEnabled(bool(label) and bridge.writable)
            _tip(action, f"{verb} {wording.on_button(label)}" if label else f"There is nothing to {name}")
        self._name_levels(bridge.plan)

    def _name_levels(self, plan: Plan) -> None:
        details = plan.details
        if self._scale == (details.levels, details.action_word, details.measure_word, plan.statuses):
            return
        self._scale = (details.levels, details.action_word, details.measure_word, plan.statuses)
        priority, outcome, *_ = (*details.levels, *("Priority", "Outcome")[len(details.levels) :])
        words = {"action": details.action_word, "measure": details.measure_word}
        words |= {"priority": priority, "outcome": outcome}
        for kind, word in words.items():
            action = self.actions[f"add {kind}"]
            shown = wording.on_button(word.lower())
            action.setText(f"New {shown}")
            _tip(action, f"Add a new {shown}")
        for place, action in enumerate(self._statuses):
            known = place < len(plan.statuses)
            action.setVisible(known)
            action.setText(wording.on_button(plan.statuses[place].label) if known else "")

    # --- where else the commands stand ---

    def toolbar(self, view: PlanView) -> QToolBar:
        """The toolbar: words beside the icons, except for undo and redo; at its ends what opens the drawers."""
        bar = _Bar("Tools", self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setFloatable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        drawers = {TREE: bar.hold(self._button("tree"))}
        for name in TOOLBAR:
            if name is None:
                bar.addSeparator()
            else:
                bar.hold(self._button(name))
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.hold(space)
        bar.hold(view.search)
        drawers[INSPECTOR] = bar.hold(self._button("inspector"))

        def show() -> None:
            for side, action in drawers.items():
                action.setVisible(view.panes.can_open(side))

        view.panes.drawn.connect(show)
        show()
        return bar

    def _button(self, name: str) -> QToolButton:
        action, button = self.actions[name], QToolButton()
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if name in BARE:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            return button
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("worded", True)

        def say() -> None:
            plain = _plain(action.text()).removeprefix("New key ").removeprefix("New ")
            button.setText("\u2002" + wording.on_button(_capital(plain)))

        action.changed.connect(say)
        say()
        return button

    def menu(self, names: Iterable[str | None]) -> QMenu:
        """A context menu of some commands."""
        made = QMenu(self._window)
        for name in names:
            if name is None:
                made.addSeparator()
            else:
                made.addAction(self.actions[name])
        return made

    def list(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every menu with its commands and their keys, for the list of keys."""
        found = []
        for title, entries in MENUS.items():
            rows = [
                (_plain(action.text()), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
                for entry in entries
                if isinstance(entry, Command)
                for action in [self.actions[entry.name]]
            ]
            found.append((title.replace("&", ""), rows))
        return found


class _Bar(QToolBar):
    """A toolbar whose icons grow with the size of text, and that drops its words before anything falls off its end."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._held: list[QWidget] = []
        self._size()
        theme.signals.changed.connect(self._size)

    def hold(self, widget: QWidget) -> QAction:
        """Put a widget at the end."""
        self._held.append(widget)
        return self.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _size(self) -> None:
        self.setIconSize(QSize(theme.grid(2.25), theme.grid(2.25)))
        self._fit()

    def _fit(self) -> None:
        style = Qt.ToolButtonStyle
        worded = [one for one in self._held if isinstance(one, QToolButton) and one.property("worded")]
        for button in worded:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        least = [max(0, (one.sizeHint() if one in worded else one.minimumSizeHint()).width()) for one in self._held]
        lines = len(self.actions()) - len(self._held)
        if sum(least) + (len(least) + 2 * lines) * theme.grid(1) + theme.grid(4) > self.width():
            for button in worded:
                button.setToolButtonStyle(style.ToolButtonIconOnly)


def _keys(key: Key) -> list[QKeySequence]:
    """The keys of a command, first the system's own; then those that people know, as a system may have only one."""
    own = QKeySequence(key)  # empty where the system has none
    known = {
        STANDARD.Replace: ("Ctrl+Shift+F",),
        STANDARD.Redo: ("Ctrl+Y", "Ctrl+Shift+Z"),
        STANDARD.ZoomIn: ("Ctrl++", "Ctrl+="),
    }
    more = [QKeySequence(one) for name, words in known.items() if name == key for one in words]
    return [one for one in (own, *(one for one in more if one != own)) if not one.isEmpty()]


def _plain(words: str) -> str:
    """What people read of a command's words: a single & marks its key, two are one."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tip(action: QAction, words: str) -> None:
    """The tooltip: words, and the key."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    plain = _plain(words).rstrip("…")
    action.setToolTip(theme.tip(f"{plain}  ({key})" if key else plain))


def _nearest(zoom: float) -> float:
    return min(ZOOMS, key=lambda one: abs(one - zoom))
