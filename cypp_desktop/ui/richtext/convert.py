"""Rich text in a ``QTextDocument`` and back.

A numbered list starts with its first item's number; where the numbers jump, another list starts, so that they stay as
they were written. A footnote reference is one object character whose format holds the footnote's label and text.
"""

from __future__ import annotations

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
)

from cypp_desktop.domain.text import Block, Item, Note, Paragraph, Rich, Run, normal, parse, write
from cypp_desktop.domain.values import replace

OBJECT = "\ufffc"
REFERENCE = QTextFormat.ObjectTypes.UserObject.value + 1
LABEL = QTextFormat.Property.UserProperty.value + 1
TEXT = QTextFormat.Property.UserProperty.value + 2
LINE_HEIGHT = 130
BREAK = "\u2028"
_BREAKS = str.maketrans({"\n": BREAK, "\u2029": BREAK, OBJECT: "\ufffd", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})


# --- writing a document ----------------------------------------------------------------------------------------------


def fill(document: QTextDocument, rich: Rich) -> None:
    """Make a document hold a text and nothing else; it cannot be undone there."""
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    style(cursor, listed=False)
    insert(cursor, rich)
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def insert(cursor: QTextCursor, rich: Rich) -> None:
    """Put a text in place of what is selected, as one edit; its first and last paragraphs join what stands there."""
    notes = {note.label: write(Rich((Paragraph(note.runs),))) for note in rich.notes}
    lists: dict[int, QTextList] = {}
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    for index, block in enumerate(rich.blocks):
        if index:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        joined = not index and (isinstance(block, Paragraph) or cursor.block().length() > 1)
        if not joined or not cursor.currentList():
            style(cursor, listed=isinstance(block, Item))
        if isinstance(block, Item) and not joined:
            _list(cursor, block, lists)
        elif isinstance(block, Paragraph):
            lists.clear()
        for run in block.runs:
            _insert_run(cursor, run, notes)
    cursor.endEditBlock()


def style(cursor: QTextCursor, *, listed: bool) -> None:
    """Give the blocks of a selection the distances of paragraphs or of list items."""
    form = QTextBlockFormat()
    form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setBottomMargin(cursor.document().defaultFont().pointSizeF() * (0.2 if listed else 0.6))
    cursor.mergeBlockFormat(form)


def list_format(level: int, number: int | None) -> QTextListFormat:
    """How a list looks: by its level, and the number that it starts with (None for bullets)."""
    form = QTextListFormat()
    form.setIndent(level + 1)
    if number is None:
        form.setStyle(QTextListFormat.Style.ListCircle if level else QTextListFormat.Style.ListDisc)
    else:
        form.setStyle(QTextListFormat.Style.ListDecimal)
        form.setStart(number)
    return form


def _list(cursor: QTextCursor, item: Item, lists: dict[int, QTextList]) -> None:
    current = lists.get(item.level)
    if current is not None and item.number == following(current):
        current.add(cursor.block())
    else:
        lists[item.level] = cursor.createList(list_format(item.level, item.number))
    if item.level == 0:
        lists.pop(1, None)


def following(found: QTextList) -> int | None:
    """The number of the item that would come next in a list; None where it has bullets."""
    return found.format().start() + found.count() if numbered(found) else None


def numbered(found: QTextList) -> bool:
    """Whether a list has numbers."""
    return found.format().style() == QTextListFormat.Style.ListDecimal


def _insert_run(cursor: QTextCursor, run: Run, notes: dict[str, str]) -> None:
    if run.note:
        cursor.insertText(OBJECT, reference_format(run.note, notes.get(run.note, "")))
    else:
        cursor.insertText(run.text.translate(_BREAKS), char_format(run))


def char_format(run: Run) -> QTextCharFormat:
    """How the words of a run look."""
    form = QTextCharFormat()
    if run.bold:
        form.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        form.setFontItalic(True)
    if run.link:
        form.setAnchor(True)
        form.setAnchorHref(run.link)
    return form


def reference_format(label: str, source: str) -> QTextCharFormat:
    """The format of the character that refers to a footnote and carries its text."""
    form = QTextCharFormat()
    form.setObjectType(REFERENCE)
    form.setProperty(LABEL, label)
    form.setProperty(TEXT, source)
    return form


# --- reading a document ----------------------------------------------------------------------------------------------


def read(document: QTextDocument, notes: tuple[Note, ...] = ()) -> Rich:
    """The text that a document holds, in normal form.

    ``notes`` are the footnotes that it had before: they keep their order, and those that nothing refers to are kept.
    """
    blocks: list[Block] = []
    found: dict[str, str] = {}
    block = document.begin()
    while block.isValid():
        runs = tuple(_runs(block, found))
        level, number = place(block)
        blocks.append(Paragraph(runs) if level is None else Item(runs, level, number))
        block = block.next()
    kept = [replace(note, runs=_note_runs(found.pop(note.label))) if note.label in found else note for note in notes]
    kept += [Note(label, _note_runs(source)) for label, source in found.items()]
    return normal(Rich(tuple(blocks), tuple(kept)))


def place(block: QTextBlock) -> tuple[int | None, int | None]:
    """A block's level in a list (None outside of lists), and its number (None for bullets)."""
    held = block.textList()
    if held is None:
        return None, None
    number = held.format().start() + held.itemNumber(block) if numbered(held) else None
    return min(max(held.format().indent() - 1, 0), 1), number


def _runs(block: QTextBlock, notes: dict[str, str]) -> list[Run]:
    runs: list[Run] = []
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        at += 1
        form = fragment.charFormat()
        if form.objectType() == REFERENCE:
            label = str(form.property(LABEL))
            notes.setdefault(label, str(form.property(TEXT) or ""))
            # words that a text field inserted beside a reference may have got its format
            runs += [Run(note=label) if one == OBJECT else Run(one) for one in fragment.text()]
        else:
            words = fragment.text().replace(BREAK, "\n")
            bold = form.fontWeight() >= QFont.Weight.DemiBold
            runs.append(Run(words, bold, form.fontItalic(), form.anchorHref()))
    return runs


def _note_runs(source: str) -> tuple[Run, ...]:
    """A footnote's text as one paragraph."""
    runs: list[Run] = []
    for block in parse(source).blocks:
        runs += [Run(" "), *block.runs] if runs else block.runs
    return tuple(runs)
