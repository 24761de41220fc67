import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cypp_desktop.domain.text import Item, Note, Paragraph, Rich, Run, normal, parse, plain, write
from cypp_desktop.ui.richtext import convert
from cypp_desktop.ui.richtext.editor import NoteDialog, RichEditor
from cypp_desktop.ui.richtext.marks import LinkDialog, address

RICH = (
    "On **schedule** – see [site](https://x.org)[^1]\n\n- one\n  - one *a*\n- two\n\n3. three\n4. four\n\n[^1]: A note"
)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def stage(qtbot):
    """A rich field between two plain ones, in an active window."""
    window = QWidget()
    window.before, window.field, window.after = QLineEdit(), RichEditor(), QLineEdit()
    column = QVBoxLayout(window)
    for one in (window.before, window.field, window.after):
        column.addWidget(one)
    qtbot.addWidget(window)
    window.resize(400, 500)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.field.setFocus()
    return window


@pytest.fixture
def field(stage):
    return stage.field


def type_in(qtbot, field, words):
    qtbot.keyClicks(field.edit, words)


def select(field, start, end):
    cursor = field.edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    field.edit.setTextCursor(cursor)


def to_end(field):
    field.edit.moveCursor(QTextCursor.MoveOperation.End)


# --- the round trip --------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\u2028\u2029\ufffc\ufdd0\ufdd1\x85"), max_size=8)
LINKS = st.sampled_from(["", "", "", "https://x.org/a(b)", "mailto:a@b.uk"])
RUNS = st.lists(
    st.builds(Run, WORDS, st.booleans(), st.booleans(), LINKS)
    | st.builds(Run, note=st.sampled_from(["1", "2", "x.y"])),
    max_size=4,
).map(tuple)
NUMBERS = st.none() | st.integers(0, 4) | st.integers(0, 999_999_999)
BLOCKS = st.lists(st.builds(Paragraph, RUNS) | st.builds(Item, RUNS, st.integers(0, 1), NUMBERS), max_size=6).map(tuple)
NOTE_RUNS = st.lists(st.builds(Run, WORDS, st.booleans(), st.booleans()), max_size=2).map(tuple)
NOTES = st.lists(
    st.builds(Note, st.sampled_from(["1", "2", "x.y", "orphan"]), NOTE_RUNS), unique_by=lambda n: n.label
).map(tuple)


@given(st.builds(Rich, BLOCKS, NOTES))
def test_a_document_holds_every_text_exactly(qapp, rich):
    rich = parse(write(rich))
    document = QTextDocument()
    convert.fill(document, rich)
    back = convert.read(document, rich.notes)
    assert back == Rich(rich.blocks, back.notes)
    assert {note.label: note for note in back.notes} == {note.label: note for note in rich.notes}


@given(st.text(max_size=60) | st.text("-*1. \n[]^:\\a", max_size=60))
def test_a_field_left_untouched_gives_back_its_very_source(qapp, source):
    field = RichEditor(compact=True)
    field.set_text(source)
    assert field.text() == source
    assert not field.changed()
    field.deleteLater()


@pytest.mark.parametrize("source", ["*  not normal  *\n* a\n\n\n*   b", "a\u2028b", "  ", "1) x", "__x__\r\ny"])
def test_a_source_in_no_normal_form_stays_until_something_is_typed(qtbot, field, source):
    field.set_text(source)
    type_in(qtbot, field, "x")
    assert field.text() != source
    field.edit.undo()
    assert field.text() == source


def test_words_are_kept_where_the_document_cannot_hold_a_character(qtbot, field):
    field.set_text("a\u2029b")
    to_end(field)
    type_in(qtbot, field, "c")
    assert plain(field.text()) == "a\nbc"


# --- typing ----------------------------------------------------------------------------------------------------------


def test_marks_at_the_start_of_a_line_make_lists(qtbot, field):
    type_in(qtbot, field, "- one")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    type_in(qtbot, field, "two")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    type_in(qtbot, field, "4. four")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    type_in(qtbot, field, "five")
    assert field.text() == "- one\n- two\n4. four\n5. five"


def test_undo_takes_a_list_back_to_its_mark(qtbot, field):
    type_in(qtbot, field, "- ")
    field.edit.undo()
    assert field.edit.toPlainText() == "- "
    assert field.edit.textCursor().currentList() is None


def test_tab_changes_the_level_of_an_item_and_only_where_it_can(qtbot, stage):
    field = stage.field
    field.set_text("- one\n- two")
    to_end(field)
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert field.text() == "- one\n  - two"
    assert field.edit.hasFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert stage.after.hasFocus()
    field.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Backtab, SHIFT)
    assert field.text() == "- one\n- two"


def test_tab_that_only_passes_changes_nothing(qtbot, stage):
    field = stage.field
    field.set_text("- one\n- two")
    to_end(field)
    stage.before.setFocus()
    qtbot.keyClick(stage.before, Qt.Key.Key_Tab)
    assert field.edit.hasFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert field.text() == "- one\n- two"
    assert not field.edit.hasFocus()
    qtbot.keyClick(stage.before, Qt.Key.Key_Tab)
    qtbot.keyClick(field.edit, Qt.Key.Key_End)
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert field.text() == "- one\n  - two"


def test_a_numbered_item_taken_up_a_level_goes_on_counting(qtbot, field):
    field.set_text("1. one\n   1. sub\n2. two")
    select(field, 5, 5)
    qtbot.keyClick(field.edit, Qt.Key.Key_Backtab, SHIFT)
    assert field.text() == "1. one\n2. sub\n3. two"


def test_tab_passes_the_bar_and_shift_tab_reaches_it(qtbot, stage):
    stage.before.setFocus()
    qtbot.keyClick(stage.before, Qt.Key.Key_Tab)
    assert stage.field.edit.hasFocus()
    qtbot.keyClick(stage.field.edit, Qt.Key.Key_Backtab, SHIFT)
    bold = QGuiApplication.focusObject()
    assert bold.accessibleName() == "Bold"
    assert stage.field.property("focused")
    qtbot.keyClick(bold, Qt.Key.Key_Right)
    assert QGuiApplication.focusObject().accessibleName() == "Italic"
    qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
    assert stage.field.edit.hasFocus()


@pytest.mark.parametrize(("key", "steps"), [(Qt.Key.Key_Return, 2), (Qt.Key.Key_Backspace, 2)])
def test_an_empty_item_is_left_level_by_level(qtbot, field, key, steps):
    field.set_text("- one\n  - two")
    to_end(field)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    for _ in range(steps):
        qtbot.keyClick(field.edit, key)
    type_in(qtbot, field, "words")
    assert field.text() == "- one\n  - two\n\nwords"


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_B, CONTROL, "**words**"),
        (Qt.Key.Key_I, CONTROL, "*words*"),
        (Qt.Key.Key_8, CONTROL | SHIFT, "- words"),
        (Qt.Key.Key_7, CONTROL | SHIFT, "1. words"),
    ],
)
def test_keys_format_what_is_selected_and_take_it_back(qtbot, field, key, modifiers, expected):
    field.set_text("words")
    field.edit.selectAll()
    qtbot.keyClick(field.edit, key, modifiers)
    assert field.text() == expected
    qtbot.keyClick(field.edit, key, modifiers)
    assert field.text() == "words"


def test_the_bar_formats_and_shows_what_is_on(qtbot, field):
    field.set_text("some words")
    select(field, 5, 10)
    bold = next(one for one in field._bar._buttons if one.accessibleName() == "Bold")
    qtbot.mouseClick(bold, Qt.MouseButton.LeftButton)
    assert field.text() == "some **words**"
    assert bold.isChecked()
    select(field, 0, 0)
    assert not bold.isChecked()
    assert field.edit.hasFocus()


def test_numbers_made_from_below_join_into_one_list(qtbot, field):
    field.set_text("a\n\nb\n\nc")
    for start in (4, 2, 0):
        select(field, start, start)
        qtbot.keyClick(field.edit, Qt.Key.Key_7, CONTROL | SHIFT)
    assert field.text() == "1. a\n2. b\n3. c"


def test_words_after_a_link_or_a_reference_do_not_belong_to_it(qtbot, field):
    field.set_text("[site](https://x.org)")
    to_end(field)
    type_in(qtbot, field, "!")
    assert field.text() == "[site](https://x.org)!"
    field.set_text("a[^1]\n\n[^1]: n")
    to_end(field)
    type_in(qtbot, field, "b")
    assert field.text() == "a[^1]b\n\n[^1]: n"


def test_escape_puts_back_and_leaving_is_told_once(qtbot, stage):
    field = stage.field
    field.set_text(RICH)
    type_in(qtbot, field, "x")
    with qtbot.waitSignal(field.put_back):
        qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert field.text() == RICH
    left = []
    field.left.connect(lambda: left.append(field.text()))
    field._bar.enter()
    assert not left
    stage.after.setFocus()
    assert left == [RICH]


def test_control_enter_is_told(qtbot, field):
    with qtbot.waitSignal(field.done):
        qtbot.keyClick(field.edit, Qt.Key.Key_Return, CONTROL)
    assert field.text() == ""


# --- footnotes and links ---------------------------------------------------------------------------------------------


def answer(monkeypatch, kind, fill):
    def exec_(self):
        fill(self)
        self.accept()
        return self.result()

    monkeypatch.setattr(kind, "exec", exec_)


def test_a_footnote_is_added_changed_everywhere_and_deleted(qtbot, field, monkeypatch):
    field.set_text("words")
    to_end(field)
    answer(monkeypatch, NoteDialog, lambda dialog: dialog.editor.edit.setPlainText("why"))
    field._do("Footnote")
    assert field.text() == "words[^1]\n\n[^1]: why"
    assert field._notes.text() == "1  why"
    field.edit.selectAll()
    field.edit.copy()
    field.set_text("a[^1] b[^1]\n\n[^1]: old\n\n[^z]: kept")
    to_end(field)
    field._do("Footnote")
    assert field.text() == "a[^1] b[^1]\n\n[^1]: why\n\n[^z]: kept"
    field.edit.selectAll()
    qtbot.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert field.text() == "[^z]: kept"


def test_a_footnote_behind_an_emoji_is_kept_when_something_is_typed(qtbot, field):
    field.set_text("\U0001f389 words[^1]\n\n[^1]: why")
    assert field._notes.text() == "1  why"
    to_end(field)
    type_in(qtbot, field, "x")
    assert field.text() == "\U0001f389 words[^1]x\n\n[^1]: why"


def test_a_link_is_made_and_removed(qtbot, field, monkeypatch):
    field.set_text("see here now")
    select(field, 4, 8)
    answer(monkeypatch, LinkDialog, lambda dialog: dialog.address.setText("www.example.org/a"))
    field._do("Link")
    assert field.text() == "see [here](https://www.example.org/a) now"
    select(field, 6, 6)
    answer(monkeypatch, LinkDialog, LinkDialog._remove)
    field._do("Link")
    assert field.text() == "see here now"


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("https://x.org", "https://x.org"),
        ("x.org/a?b", "https://x.org/a?b"),
        ("a.b@c.uk", "mailto:a.b@c.uk"),
        ("javascript:alert(1)", ""),
        ("file:///c:/x", ""),
        ("two words", ""),
    ],
)
def test_only_web_and_mail_addresses_are_links(words, href):
    assert address(words) == href


# --- the clipboard ---------------------------------------------------------------------------------------------------


def paste(field, **formats):
    mime = QMimeData()
    if "html" in formats:
        mime.setHtml(formats["html"])
    mime.setText(formats.get("text", ""))
    field.edit.insertFromMimeData(mime)


def test_pages_and_plain_lines_are_pasted_clean(qtbot, field):
    type_in(qtbot, field, "before ")
    paste(field, html="<p style='font:30pt Arial;color:red'>x <b>y</b></p><ul><li>z</ul>", text="ignored")
    assert field.text() == "before x **y**\n\n- z"
    field.set_text("")
    paste(field, text="Actions:\r\n• one\r\n• two\r\n")
    assert field.text() == "Actions:\n\n- one\n- two"
    field.set_text("")
    paste(field, text="5 * 3 * 2")
    assert plain(field.text()) == "5 * 3 * 2"


def test_what_is_copied_here_is_pasted_whole_with_free_footnote_labels(qtbot, field):
    field.set_text(RICH)
    field.edit.selectAll()
    mime = field.edit.createMimeDataFromSelection()
    assert normal(parse(bytes(mime.data("application/x-cypp-text").data()).decode())) == parse(RICH)
    assert mime.text() == plain(RICH)
    to_end(field)
    field.edit.insertFromMimeData(mime)
    assert {note.label for note in parse(field.text()).notes} == {"1", "2"}


def test_a_read_only_field_takes_nothing(qtbot, field):
    field.set_text("words")
    field.set_read_only(True)
    type_in(qtbot, field, "x")
    field._do("Bold")
    assert field.text() == "words"
    assert not field._bar.isVisible()


def test_it_grows_with_its_text(qtbot, field):
    low = field.height()
    field.set_text("\n\n".join(["line"] * 8))
    qtbot.waitUntil(lambda: field.height() > low + 60)
