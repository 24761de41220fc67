"""How wide a table's columns are on paper: as their numbers share out the page, and no word broken that need not be."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from cypp_desktop.reports import style
from cypp_desktop.reports.model import Words
from cypp_desktop.reports.pdf import wrap

if TYPE_CHECKING:
    from cypp_desktop.reports.grid import Placed
    from cypp_desktop.reports.model import Column

PAD = 6.0
"""Left and right of a cell's words."""
_NARROWEST = 30.0
_MOST_FOR_A_WORD = 0.25  # of the page: a longer word is broken
_LETTER = 5.5  # points: words with fewer letters than have room at this width plainly fit


def edges(columns: tuple[Column, ...], rows: list[list[Placed]], left: float, width: float) -> list[float]:
    """Where columns begin and the last one ends, in points, in a width from ``left`` on; ``rows`` are their cells."""
    wanted = [max(column.width, 0.0) for column in columns] or [1.0]
    wanted = wanted if any(wanted) else [1.0] * len(wanted)
    least = min(_NARROWEST, width / len(wanted))
    shares = [one * width / sum(wanted) for one in wanted]
    needed = [max(min(one, width * _MOST_FOR_A_WORD), least) for one in _longest_words(columns, rows, shares)]
    if sum(needed) > width:
        needed = [least] * len(wanted)
    return list(accumulate(_shared_out(wanted, needed, width), initial=left))


def _shared_out(wanted: list[float], needed: list[float], width: float) -> list[float]:
    """A width in the proportions that are wanted, but for columns that would get less than they need."""
    shares, kept = [0.0] * len(wanted), [False] * len(wanted)
    while True:
        spare = width - sum(one for one, fixed in zip(needed, kept, strict=True) if fixed)
        total = sum(one for one, fixed in zip(wanted, kept, strict=True) if not fixed)
        for at, fixed in enumerate(kept):
            shares[at] = needed[at] if fixed else wanted[at] * spare / total if total else 0.0
        short = [at for at, fixed in enumerate(kept) if not fixed and shares[at] < needed[at]]
        if not short:
            return shares
        for at in short:
            kept[at] = True


def _longest_words(columns: tuple[Column, ...], rows: list[list[Placed]], shares: list[float]) -> list[float]:
    """For each column the room for its longest word: of the heading, of names and values, not of running text."""
    needed = [wrap.longest(column.heading, style.COLUMN_HEAD) for column in columns] or [0.0]
    rooms = [max(share - 2 * PAD, one) for share, one in zip(shares, needed, strict=True)]
    for row in rows:
        for placed in row:
            at = placed.column
            for part in placed.cell.content:
                if isinstance(part, Words) and len(part.text) * _LETTER > rooms[at] and placed.columns == 1:
                    rooms[at] = max(rooms[at], _longest_word(part, rooms[at]))
    grown = zip(needed, rooms, shares, strict=True)
    return [2 * PAD + (room if room > share - 2 * PAD else one) for one, room, share in grown]


def _longest_word(part: Words, room: float) -> float:
    """The width of the longest word, in points; 0 where all plainly fit into some room."""
    if max(map(len, part.text.split()), default=0) * _LETTER <= room:
        return 0.0
    return wrap.longest(part.text, style.SMALL if part.quiet else style.CELL_BOLD if part.bold else style.CELL)
