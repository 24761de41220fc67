"""Every command of the window: its words, key and icon, and the menus and toolbar that they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import icons, settings, theme
from cypp_desktop.ui.later import Later
from cypp_desktop.ui.panes import INSPECTOR, TREE

if TYPE_CHECKING:
    from cypp_desktop.ui import exchanging, looking_back, operations, year
    from cypp_desktop.ui.copies import operations as copies
    from cypp_desktop.ui.help import operations as help_operations
    from cypp_desktop.ui.plan_view import PlanView
    from cypp_desktop.ui.window import Window
else:
    copies = Later("cypp_desktop.ui.copies.operations")
    exchanging = Later("cypp_desktop.ui.exchanging")
    help_operations = Later("cypp_desktop.ui.help.operations")
    looking_back = Later("cypp_desktop.ui.looking_back")
    operations = Later("cypp_desktop.ui.operations")
    year = Later("cypp_desktop.ui.year")

Key = str | QKeySequence.StandardKey
_STANDARD = QKeySequence.StandardKey
ANY, PLAN, EDIT, PAST = "any", "plan", "edit", "past"
"""When a command can be given: always, with a plan open, one that can be edited, one as it was at a moment."""
STATES = ("draft", "agreed", "closed")
"""The states of a plan, in the order in which it goes through them."""
ZOOMS = (1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can have done; ``tip`` says more than its words do."""

    name: str
    words: str
    do: Callable[[Window], None]
    key: Key = ""
    icon: str = ""
    tip: str = ""
    needs: str = PLAN


_o, _e, _h = operations, exchanging, help_operations
MENUS: Mapping[str, tuple[Command | str | None, ...]] = {  # a word is a menu within, None a line
    "&File": (
        Command("new", "&New plan…", _e.new_plan, _STANDARD.New, "plus", "Make a new plan", ANY),
        Command("open", "&Open a plan…", _o.open_plan, _STANDARD.Open, "folder-open", "Open a plan", ANY),
        "Open &recent",
        Command("open mail", "Open a plan that came by &e-mail…", _o.open_mailed, "", "mail-open", "", ANY),
        None,
        Command("save", "&Save", _o.say_saved, _STANDARD.Save, "", "Everything is saved as you type"),
        Command("save copy", "Save a &copy…", _o.save_copy, "Ctrl+Shift+S", "", "Save a copy to keep"),
        None,
        Command(
            "import",
            "&Import from Word or Excel…",
            _e.import_file,
            "Ctrl+Shift+I",
            "",
            "Take a table over",
            EDIT,
        ),
        Command("import pasted", "Import the copied &table…", _e.import_pasted, "", "", "From Word or the web", EDIT),
        Command("export", "E&xport the data…", _e.export_data, "", "", "For other programs and for analysts"),
        None,
        Command("backups", "Restore a &backup…", _o.restore_backup, "", "history", "The plan as it was before"),
        None,
        Command("settings", "&Settings…", _h.show_settings, "", "", "Your name, size of text, colours, backups", ANY),
        None,
        Command("close", "Close", _o.close, _STANDARD.Close),
        Command("quit", "&Quit", _o.quit_program, "Ctrl+Q", "", "", ANY),
    ),
    "&Edit": (
        Command("undo", "&Undo", _o.undo, _STANDARD.Undo, "undo-2", "", EDIT),
        Command("redo", "&Redo", _o.redo, _STANDARD.Redo, "redo-2", "", EDIT),
        None,
        Command("cut", "Cu&t", _o.cut, _STANDARD.Cut, "", "", EDIT),
        Command("copy", "&Copy", _o.copy, _STANDARD.Copy),
        Command("paste", "&Paste", _o.paste, _STANDARD.Paste, "", "", EDIT),
        Command("delete", "&Delete", _o.delete, "Delete", "trash-2", "Delete what is selected", EDIT),
        Command("select all", "Select &all", _o.select_all, _STANDARD.SelectAll),
        None,
        Command("find", "&Find in the plan…", _o.find, _STANDARD.Find, "search"),
        Command("spelling", "Next &misspelt word", _o.next_misspelling, "F7", "", "In the text that you type in", EDIT),
        Command("toggle spelling", "Spe&lling while you type", _o.toggle_spelling, "", "", "On or off", EDIT),
        Command("replace", "Find and &replace…", _o.replace, "Ctrl+Shift+F", "", "Over the whole plan"),
    ),
    "&Plan": (
        Command("add action", "New key &action", _o.add_action, "Ctrl+Shift+A", "plus", "Add a key action", EDIT),
        Command("add measure", "New &measure", _o.add_measure, "Ctrl+Shift+M", "target", "Add a measure", EDIT),
        Command("add reading", "New &reading", _o.add_reading, "Ctrl+Shift+G", "", "Add a value of a measure", EDIT),
        Command("add outcome", "New &outcome", _o.add_outcome, "Ctrl+Shift+O", "", "", EDIT),
        Command("add priority", "New &priority", _o.add_priority, "Ctrl+Shift+K", "", "", EDIT),
        Command("add section", "New &section", _o.add_section, "Ctrl+Shift+E", "", "", EDIT),
        None,
        Command("rename", "Rena&me", _o.rename, "F2", "", "Type another title", EDIT),
        Command("move up", "Move &up", _o.move_up, "Alt+Up", "", "", EDIT),
        Command("move down", "Move &down", _o.move_down, "Alt+Down", "", "", EDIT),
        Command("move in", "Move &in", _o.move_in, "Alt+Right", "", "Hang it on the one before it", EDIT),
        Command("move out", "Move &out", _o.move_out, "Alt+Left", "", "Take it out of the one above it", EDIT),
        None,
        "S&tatus",
        None,
        Command("restore", "Restore deleted…", _o.restore_deleted, "", "history", "Bring back what was deleted", EDIT),
        Command("history", "Who changed what…", looking_back.show_history, "Ctrl+H", "history"),
        Command("remove", "Remove from history…", looking_back.remove, "", "", "Take written words out for good", EDIT),
        Command(
            "past",
            "As it &was on…",
            looking_back.choose_past,
            "Ctrl+Shift+H",
            "calendar",
            "The whole plan as it was on a day",
        ),
        Command(
            "bring back",
            "&Bring this back to today",
            looking_back.bring_back,
            "Ctrl+Shift+J",
            "",
            "Into the plan of today",
            PAST,
        ),
        Command("details", "Plan &details", _o.show_details, "Ctrl+I", "", "Titles, levels and front page of the plan"),
    ),
    "&Year": (
        Command("all actions", "All actio&ns", year.show_all_actions, "Ctrl+Shift+L", "table", "Find and change many"),
        Command("leads", "&Leads", year.show_leads, "", "users", "Who has what, and one spelling for each"),
        Command("ready", "Ready for the &board?", year.show_ready, "Ctrl+Shift+B", "list-checks", "What to look at"),
        None,
        Command("start period", "Start a reporting &period…", year.start_period, "", "calendar", "", EDIT),
        Command("close period", "&Close the period", year.close_period, "", "", "Have it read only from now on", EDIT),
        Command("reopen period", "Re&open the period", year.reopen_period, "", "", "Have it written for again", EDIT),
        Command("copy note", "Cop&y last note", year.copy_note, "Ctrl+Shift+N", "", "Begin with the last note", EDIT),
        Command("copy notes", "Copy &all last notes", year.copy_notes, "", "", "Where there is no note yet", EDIT),
        Command("say why", "Say &why it is worse", year.say_why, "Ctrl+Shift+Y", "", "The reason of the status", EDIT),
        None,
        Command("refresh", "&Refresh for a new year…", year.refresh, "", "", "Archive what is finished, go on", EDIT),
        Command("archive", "Archi&ved actions", year.show_archive, "", "", "What was finished in earlier years"),
        "The plan &is",
    ),
    "&Share": (
        Command(
            "send", "&Send a copy…", copies.send_copy, "Ctrl+Shift+D", "send", "Return slips, whole or clean copies"
        ),
        Command(
            "take in", "&Take in copies…", _o.take_in_copies, "Ctrl+Shift+T", "inbox", "Take in what came back", EDIT
        ),
        Command(
            "copies out", "Copies &out…", copies.show_copies_out, "", "", "Who has copies, and who has not answered"
        ),
        Command("watch", "&Watch a folder…", copies.watch_folder, "", "", "Offer copies that land in a folder", EDIT),
        None,
        Command("review", "&Review what came", _o.show_review, "Ctrl+Shift+R", "inbox", "Keep or put back what came"),
        Command("settle", "To &settle", _o.show_questions, "Ctrl+Shift+U", "merge", "What copies left open"),
    ),
    "&Reports": (
        Command("pack", "&Board pack…", _o.board_pack, "Ctrl+Shift+P", "printer", "See the board pack, save it as PDF"),
        Command("print", "&Print…", _o.print_pack, _STANDARD.Print, "", "Print the board pack, from its preview"),
    ),
    "&View": (
        Command("tree", "&Tree", _o.toggle_tree, "F3", "layout-dashboard", "Show or hide the tree"),
        Command(
            "inspector", "&Details at the side", _o.toggle_inspector, "F4", "file-text", "Show or hide the details"
        ),
        None,
        Command("next pane", "&Next pane", _o.next_pane, "F6"),
        Command("previous pane", "&Previous pane", _o.previous_pane, "Shift+F6"),
        None,
        Command("larger", "&Larger text", _o.larger, _STANDARD.ZoomIn, "", "", ANY),
        Command("smaller", "&Smaller text", _o.smaller, _STANDARD.ZoomOut, "", "", ANY),
        "Text si&ze",
        "Light or dar&k",
    ),
    "&Help": (
        Command("guide", "&Guide", _h.show_guide, _STANDARD.HelpContents, "info", "Help on what you see", ANY),
        Command("what", "&What’s this?", _h.ask_what, "Shift+F1", "", "Then click on what you want to know", ANY),
        Command("keys", "&Keyboard", _h.show_keys, "Ctrl+F1", "", "Every command with its key", ANY),
        Command("about", "&About", _h.show_about, "", "", "", ANY),
    ),
}
TOOLBAR = ("undo", "redo", None, "add action", "add measure", None, "send", "take in", None, "pack")
_BARE = ("undo", "redo", "tree", "inspector")  # icons without words on the toolbar
TREE_MENU = (
    "add outcome", "add priority", "add action", None, "rename", "move up", "move down", "move in", "move out", None,
    "cut", "copy", "paste", None, "delete",
)  # fmt: skip
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
            menu.addAction(self._action(entry))
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
                action = menu.addAction(entry.title.replace("&", "&&"))
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
            action.setText(f"&{verb} {label}".strip().replace("&&", "&"))
            action.setEnabled(bool(label) and bridge.writable)
            _tip(action, f"{verb} {label}".strip() if label else f"There is nothing to {name}")
        self._name_levels(bridge.plan)

    def _name_levels(self, plan: Plan) -> None:
        details = plan.details
        if self._scale == (details.levels, details.action_word, details.measure_word, plan.statuses):
            return
        self._scale = (details.levels, details.action_word, details.measure_word, plan.statuses)
        levels = (*details.levels, "Outcome")
        words = {"action": details.action_word, "measure": details.measure_word}
        words |= {"priority": levels[0], "outcome": levels[1]}
        for kind, word in words.items():
            action = self.actions[f"add {kind}"]
            action.setText(f"New {word.lower()}")
            _tip(action, f"Add a new {word.lower()}")
        for place, action in enumerate(self._statuses):
            known = place < len(plan.statuses)
            action.setVisible(known)
            action.setText(plan.statuses[place].label.replace("&", "&&") if known else "")

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
        if name in _BARE:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            return button
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("worded", True)

        def say() -> None:
            plain = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&&")
            button.setText("\u2002" + _capital(plain.removeprefix("New key ").removeprefix("New ")))

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
                (_words(action), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
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
    """The keys of a command, first the system's own; Redo has both that people know, as a system may have only one."""
    keys = [QKeySequence(key)] if key else []
    more = (QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")) if key == _STANDARD.Redo else ()
    return keys + [one for one in more if one not in keys]


def _words(action: QAction) -> str:
    return action.text().replace("&", "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tip(action: QAction, words: str) -> None:
    """The tooltip: words, and the key."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    plain = words.replace("&", "").rstrip("…")
    action.setToolTip(theme.tip(f"{plain}  ({key})" if key else plain))


def _nearest(zoom: float) -> float:
    return min(ZOOMS, key=lambda one: abs(one - zoom))
