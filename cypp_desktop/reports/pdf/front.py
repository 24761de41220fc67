"""The front page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cypp_desktop.reports import style
from cypp_desktop.reports.pdf import shapes, wrap
from cypp_desktop.reports.pdf.compose import owned
from cypp_desktop.reports.pdf.flow import pour
from cypp_desktop.reports.pdf.fonts import one_line
from cypp_desktop.reports.pdf.page import Bookmark

if TYPE_CHECKING:
    from cypp_desktop.reports.model import Front
    from cypp_desktop.reports.pdf.blocks import Layout

_TITLE_DEPTH = 70.0  # from the top of the content to the title
_TITLE_WIDTH = 620.0
_RULE_WIDTH = 64.0
_CORNER_LINES = 3  # a longer one stands above the title


def put(front: Front, layout: Layout) -> None:
    """Put the front page on the first page, and what that does not hold on the next; then begin a new page."""
    pages, root = layout.pages, layout.root
    page = pages.page
    page.front = True
    pages.y = top = pages.top
    corner = owned(wrap.words(front.corner, pages.width * 0.4, style.FRONT_CORNER), "P", root)
    if len(corner) <= _CORNER_LINES:
        x = pages.right - max((line.width() for line in corner), default=0.0)
        page.put(page.slot(), corner, x, top)
    else:
        pour(corner, pages)
    pour(owned(wrap.words(front.kicker, pages.width * 0.55, style.FRONT_KICKER), "P", root), pages)
    pages.y = min(pages.y - 16, top - _TITLE_DEPTH)
    title = wrap.words(front.title, _TITLE_WIDTH, style.FRONT_TITLE)
    layout.head(title, 1)
    pour(title, pages)
    pages.y -= 2
    pour(owned(wrap.words(front.subtitle, _TITLE_WIDTH, style.SUBTITLE), "P", root), pages)
    if said := one_line(front.title):
        page.bookmarks.append(Bookmark(1, said, top))
    pages.y -= 16
    pages.page.graphics.append(shapes.block(pages.left, pages.y, _RULE_WIDTH, 2.4, style.ACCENT))
    pages.y -= 24
    layout.put(front.blocks)
    pages.turn()
