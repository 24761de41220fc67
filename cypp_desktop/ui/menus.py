"""Every command of the window: its words, key and icon, and the menus and toolbar that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import settings
from cypp_desktop.ui.later import Later

if TYPE_CHECKING:
    from cypp_desktop.ui import exchanging, looking_back, operations, year
    from cypp_desktop.ui.copies import operations as copies
    from cypp_desktop.ui.help import operations as help_operations
    from cypp_desktop.ui.window import Window
else:
    copies = Later("cypp_desktop.ui.copies.operations")
    exchanging = Later("cypp_desktop.ui.exchanging")
    help_operations = Later("cypp_desktop.ui.help.operations")
    looking_back = Later("cypp_desktop.ui.looking_back")
    operations = Later("cypp_desktop.ui.operations")
    year = Later("cypp_desktop.ui.year")

Key = str | QKeySequence.StandardKey
STANDARD = QKeySequence.StandardKey
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
    on: Callable[[], bool] | None = None
    """Whether it is on now, where it is a switch; its menu ticks it then."""


_o, _e, _h = operations, exchanging, help_operations
MENUS: Mapping[str, tuple[Command | str | None, ...]] = {  # a word is a menu within, None a line
    "&File": (
        Command("new", "&New plan…", _e.new_plan, STANDARD.New, "plus", "Make a new plan", ANY),
        Command("open", "&Open a plan…", _o.open_plan, STANDARD.Open, "folder-open", "Open a plan", ANY),
        "Open &recent",
        Command("open mail", "Open a plan that came by &e-mail…", _o.open_mailed, "", "mail-open", "", ANY),
        None,
        Command("save", "&Save", _o.say_saved, STANDARD.Save, "", "Everything is saved as you type"),
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
        Command("import left", "What an import did not &understand…", _e.show_left, "", "", "Kept until dismissed"),
        Command("export", "E&xport the data…", _e.export_data, "", "", "For other programs and for analysts"),
        None,
        Command("backups", "Restore a &backup…", _o.restore_backup, "", "history", "The plan as it was before"),
        None,
        Command("settings", "Settin&gs…", _h.show_settings, "", "", "Your name, size of text, colours, backups", ANY),
        None,
        Command("close", "C&lose", _o.close, STANDARD.Close),
        Command("quit", "&Quit", _o.quit_program, "Ctrl+Q", "", "", ANY),
    ),
    "&Edit": (
        Command("undo", "&Undo", _o.undo, STANDARD.Undo, "undo-2", "", EDIT),
        Command("redo", "&Redo", _o.redo, STANDARD.Redo, "redo-2", "", EDIT),
        None,
        Command("cut", "Cu&t", _o.cut, STANDARD.Cut, "", "", EDIT),
        Command("copy", "&Copy", _o.copy, STANDARD.Copy),
        Command("paste", "&Paste", _o.paste, STANDARD.Paste, "", "", EDIT),
        Command("delete", "&Delete", _o.delete, "Delete", "trash-2", "Delete what is selected", EDIT),
        Command("select all", "Select &all", _o.select_all, STANDARD.SelectAll),
        Command("context menu", "M&enu for this place", _o.show_menu, "Shift+F10", "", "What can be done there"),
        None,
        Command("find", "&Find in the plan…", _o.find, STANDARD.Find, "search"),
        Command("replace", "Find and rep&lace…", _o.replace, STANDARD.Replace, "", "Over the whole plan"),
        None,
        Command("spelling", "Next &misspelt word", _o.next_misspelling, "F7", "", "In the text that you type in", EDIT),
        Command(
            "toggle spelling",
            "&Spelling while you type",
            _o.toggle_spelling,
            "",
            "",
            "",
            EDIT,
            settings.spells,
        ),
    ),
    "&Plan": (
        Command("add action", "New key action", _o.add_action, "Ctrl+Shift+A", "plus", "Add a key action", EDIT),
        Command("add measure", "New measure", _o.add_measure, "Ctrl+Shift+M", "target", "Add a measure", EDIT),
        Command("add reading", "New &reading", _o.add_reading, "Ctrl+Shift+G", "", "Add a value of a measure", EDIT),
        Command("add outcome", "New outcome", _o.add_outcome, "Ctrl+Shift+O", "", "", EDIT),
        Command("add priority", "New priority", _o.add_priority, "Ctrl+Shift+K", "", "", EDIT),
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
        Command("restore", "Restore d&eleted…", _o.restore_deleted, "", "history", "Bring back what was deleted", EDIT),
        Command("history", "Who &changed what…", looking_back.show_history, "Ctrl+Shift+H", "history"),
        Command("remove", "Remove from &history…", looking_back.remove, "", "", "Take words out for good", EDIT),
        Command(
            "past",
            "&As it was on…",
            looking_back.choose_past,
            "Ctrl+Shift+W",
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
        Command("details", "Plan detai&ls", _o.show_details, "Alt+Return", "", "Titles, levels, front page"),
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
        Command("settle", "To settl&e", _o.show_questions, "Ctrl+Shift+U", "merge", "What copies left open"),
    ),
    "&Reports": (
        Command("pack", "&Board pack…", _o.board_pack, "Ctrl+Shift+P", "printer", "See the board pack, save it as PDF"),
        Command("print", "&Print…", _o.print_pack, STANDARD.Print, "", "Print the board pack, from its preview"),
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
        Command("larger", "&Larger text", _o.larger, STANDARD.ZoomIn, "", "", ANY),
        Command("smaller", "&Smaller text", _o.smaller, STANDARD.ZoomOut, "", "", ANY),
        "Text si&ze",
        "Light or dar&k",
    ),
    "&Help": (
        Command("guide", "&Guide", _h.show_guide, STANDARD.HelpContents, "info", "Help on what you see", ANY),
        Command("what", "&What’s this?", _h.ask_what, "Shift+F1", "", "Then click on what you want to know", ANY),
        Command("keys", "&Keyboard", _h.show_keys, "Ctrl+F1", "", "Every command with its key", ANY),
        Command("about", "&About", _h.show_about, "", "", "", ANY),
    ),
}
TOOLBAR = ("undo", "redo", None, "add action", "add measure", None, "send", "take in", None, "pack")
BARE = ("undo", "redo", "tree", "inspector")
"""Those that stand on the toolbar as icons, without words."""
TREE_MENU = (
    "add outcome", "add priority", "add action", None, "rename", "move up", "move down", "move in", "move out", None,
    "cut", "copy", "paste", None, "delete",
)  # fmt: skip
PAGES_MENU = ("add priority", "paste")
"""For the rows of the tree that are no record, such as the plan on a page."""
