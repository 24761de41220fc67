"""Lists in a text document: two levels of bullets and numbers, made, joined, shifted and left."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextList

from cypp_desktop.domain.patterns import pattern
from cypp_desktop.ui.richtext.convert import following, list_format, numbered, place, style

_TYPED = pattern(r"(?:[-*•]|(\d{1,9})[.)])")


def toggle(cursor: QTextCursor, *, numbers: bool) -> None:
    """Make the selected paragraphs list items with bullets or numbers, or paragraphs again where all are such items."""
    blocks = list(_selected(cursor))
    held = [block.textList() for block in blocks]
    off = all(found is not None and numbered(found) == numbers for found in held)
    cursor.beginEditBlock()
    for block in blocks:
        if off:
            leave(QTextCursor(block))
        else:
            _put(QTextCursor(block), place(block)[0] or 0, 1 if numbers else None)
    cursor.endEditBlock()


def leave(cursor: QTextCursor) -> None:
    """Make a list item a paragraph."""
    held = cursor.currentList()
    if held is not None:
        cursor.beginEditBlock()
        held.remove(cursor.block())
        form = QTextBlockFormat()
        form.setIndent(0)
        cursor.mergeBlockFormat(form)
        style(cursor, listed=False)
        cursor.endEditBlock()


def can_shift(cursor: QTextCursor, by: int) -> bool:
    """Whether the item under the cursor can go a level down (1) or up (-1)."""
    level, _ = place(cursor.block())
    if level is None or level + by not in (0, 1):
        return False
    return by < 0 or place(cursor.block().previous())[0] is not None


def shift(cursor: QTextCursor, by: int) -> None:
    """Take the selected list items a level down (1) or up (-1)."""
    cursor.beginEditBlock()
    for block in list(_selected(cursor)):
        one = QTextCursor(block)
        if can_shift(one, by):
            level, number = place(block)
            above = _above(block, (level or 0) + by)
            if by < 0 and above is not None:
                number = following(above)
            _put(one, (level or 0) + by, None if number is None else 1)
    cursor.endEditBlock()


def begin(cursor: QTextCursor) -> bool:
    """Turn a mark that was typed at a paragraph's start ("-", "1.") into a list; False where there is none."""
    before = cursor.block().text()[: cursor.positionInBlock()]
    match = _TYPED.fullmatch(before.rstrip(" "))
    if cursor.currentList() is not None or not match or cursor.hasSelection():
        return False
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    _put(cursor, 0, int(match[1]) if match[1] else None)
    cursor.endEditBlock()
    return True


def step_out(cursor: QTextCursor) -> bool:
    """Take an item one step out of its list, a level up or to a paragraph; False where it is none."""
    if cursor.currentList() is None:
        return False
    if can_shift(cursor, -1):
        shift(cursor, -1)
    else:
        leave(cursor)
    return True


def _selected(cursor: QTextCursor) -> Iterator[QTextBlock]:
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    while block.isValid() and block.blockNumber() <= last.blockNumber():
        yield block
        block = block.next()


def _put(cursor: QTextCursor, level: int, number: int | None) -> None:
    """Make the block an item, in the list above it where it continues that one, and join one that begins below."""
    above = _above(cursor.block(), level)
    if above is not None and (numbered(above) == (number is not None)) and number in (None, 1, following(above)):
        above.add(cursor.block())
        mine = above
    else:
        mine = cursor.createList(list_format(level, number))
    style(cursor, listed=True)
    below = cursor.block().next().textList()
    if below is not None and below != mine and _continues(below, mine):
        for block in [below.item(index) for index in range(below.count())]:
            mine.add(block)


def _continues(below: QTextList, mine: QTextList) -> bool:
    if below.format().indent() != mine.format().indent() or numbered(below) != numbered(mine):
        return False
    return not numbered(mine) or below.format().start() == 1


def _above(block: QTextBlock, level: int) -> QTextList | None:
    """The list of a level that a block stands directly below."""
    before = block.previous()
    while before.isValid():
        found, _ = place(before)
        if found is None or found < level:
            return None
        if found == level:
            return before.textList()
        before = before.previous()
    return None
