"""How a line of the plan on a page is painted: words at the left, what they count at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.standing import Standing
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import chips, drawings, shapes, theme
from cypp_desktop.ui.overview.rows import NO_READING, Row

ROW = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading
_RIGHT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing
_SIDE, _GAP = 1.5, 0.5  # of a shape and between two, in steps of the grid
_EDGE = 1.5


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the lines of a card share: the room for numbers, shapes, arrows and charts, and the most actions of one."""

    ref: int = 0
    shapes: int = 0
    travel: int = 0
    most: int = 1
    chart: int = 0


def _measured(rows: Sequence[Row]) -> _Columns:
    metrics = QFontMetrics(theme.font(bold=True))
    outcomes = [row for row in rows if row.kind == "outcome"]
    ref = max((metrics.horizontalAdvance(row.ref) for row in outcomes), default=0)
    return _Columns(
        ref + theme.grid(1.25) if ref else 0,
        max((_shapes_width(row, metrics) for row in outcomes), default=0) + theme.grid(1.5),
        max((_travel_width(row.standing) for row in outcomes), default=0),
        max([1, *(row.standing.actions for row in rows)]),
        max((drawings.size(row.figure.drawing).width() for row in rows if row.figure), default=0),
    )


class LineDelegate(QStyledItemDelegate):
    """Lines as high as their words need at the width of the view; ``rows`` gives all lines of the view."""

    def __init__(self, view: QListView, rows: Callable[[], Sequence[Row]]) -> None:
        super().__init__(view)
        self._view = view
        self._rows = rows
        self._measured = _Columns()
        self._measured_rows: Sequence[Row] = ()
        self._measured_at = 0.0

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row, wide = _row(index), self._view.viewport().width()
        high = self._words(row, QRect(0, 0, wide, 0)).height()
        if row.kind == "head":
            high += theme.grid(4.75) if row.parts else theme.grid(1)
        elif row.kind == "bar":
            high = max(high, theme.grid(2.75))
        elif row.kind == "measure":
            high = max(high, self._chart_size(row).height(), self._trend_rect(row, QRect(0, 0, wide, 0)).height())
        return QSize(theme.grid(20), high + theme.grid(1.25))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, rect = _row(index), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self._view.layoutDirection())
        current = self._view.hasFocus() and index == self._view.currentIndex()
        if current:
            self._focus(painter, rect)
        paint = {
            "head": self._head,
            "outcome": self._outcome,
            "bar": self._bar,
            "measure": self._measure,
            "more": self._more,
        }[row.kind]
        paint(painter, rect, row, theme.tokens().on_selection if current else theme.tokens().text)
        painter.restore()

    # --- where things stand ---

    def _mirrored(self, rect: QRect, box: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), rect, box)

    def _words(self, row: Row, rect: QRect) -> QRect:
        """Where the words of a line stand, as high as they need."""
        left = theme.grid(_EDGE) + self._ref_room(row)
        metrics = QFontMetrics(_font(row))
        room = rect.width() - left - theme.grid(_EDGE)
        if row.kind == "outcome":
            room -= self._columns().shapes + self._columns().travel
        elif row.kind == "bar":
            room = round(room * 0.32)
        elif row.kind == "measure":
            room = round(room * 0.36)
        elif row.kind == "head":
            room -= QFontMetrics(theme.font()).horizontalAdvance(f"  {row.note}") + _travel_width(row.standing)
        box = QRect(rect.x() + left, rect.y() + theme.grid(0.75), max(room, theme.grid(8)), 10_000)
        box.setHeight(metrics.boundingRect(box, _WRAP, row.words).height())
        if row.kind == "bar" and rect.height():
            box.moveTop(rect.center().y() - box.height() // 2)
        return box

    def _ref_room(self, row: Row) -> int:
        """The room for a number before the words: a column of its own below a priority."""
        if row.kind == "head":
            wide = QFontMetrics(_font(row)).horizontalAdvance(row.ref)
            return wide + theme.grid(1.25) if wide else 0
        return self._columns().ref if row.kind in {"outcome", "more"} else 0

    def _columns(self) -> _Columns:
        """The columns of the card, measured once for its lines and the size of text."""
        rows, size = self._rows(), theme.font().pointSizeF()
        if rows is not self._measured_rows or size != self._measured_at:
            self._measured_rows, self._measured_at, self._measured = rows, size, _measured(rows)
        return self._measured

    # --- what is painted ---

    def _focus(self, painter: QPainter, rect: QRect) -> None:
        look = theme.tokens()
        painter.setPen(QPen(look.focus, 2))
        painter.setBrush(look.selection)
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4)

    def _head(self, painter: QPainter, rect: QRect, row: Row, ink: object) -> None:
        look, font = theme.tokens(), theme.font(theme.SCALES["subheading"], bold=True)
        words = self._words(row, rect)
        painter.setFont(font)
        painter.setPen(look.accent)
        painter.drawText(self._mirrored(rect, words.translated(-self._ref_room(row), 0)), _WRAP, row.ref)
        painter.setPen(ink)
        painter.drawText(self._mirrored(rect, words), _WRAP, row.words)
        line = QRect(words.x(), words.y(), rect.right() - theme.grid(_EDGE) - words.x(), words.height())
        painter.setFont(theme.font())
        painter.setPen(look.muted)
        painter.drawText(self._mirrored(rect, line), _RIGHT, row.note)
        before = QFontMetrics(theme.font()).horizontalAdvance(f"{row.note}  ")
        self._travel(painter, rect, line.adjusted(0, 0, -before, 0), row.standing)
        left, top = rect.x() + theme.grid(_EDGE), words.bottom() + theme.grid(1)
        bar = QRect(left, top, rect.width() - theme.grid(2 * _EDGE), theme.grid(2.75))
        chips.draw_counts(painter, QRectF(bar), row.parts, self._view.isRightToLeft())

    def _outcome(self, painter: QPainter, rect: QRect, row: Row, ink: object) -> None:
        look, words = theme.tokens(), self._words(row, rect)
        painter.setFont(theme.font(bold=True))
        painter.setPen(look.muted)
        painter.drawText(self._mirrored(rect, words.translated(-self._ref_room(row), 0)), _WRAP, row.ref)
        painter.setFont(theme.font())
        painter.setPen(ink)
        painter.drawText(self._mirrored(rect, words), _WRAP, row.words)
        end = rect.right() - theme.grid(_EDGE)
        start = end - self._columns().shapes - self._columns().travel + theme.grid(1.5)
        line = QRect(start, words.y(), end - start, QFontMetrics(theme.font()).height())
        if row.parts:
            self._shapes(painter, rect, line, row)
        elif row.note:
            painter.setPen(look.muted)
            painter.drawText(self._mirrored(rect, line), _RIGHT if row.standing.actions else _WRAP, row.note)
        self._travel(painter, rect, line, row.standing)

    def _shapes(self, painter: QPainter, rect: QRect, line: QRect, row: Row) -> None:
        """A shape for each action; where these are many, a shape and a number for each status."""
        side, x = theme.grid(_SIDE), line.x()
        painter.setFont(theme.font(bold=True))
        metrics = QFontMetrics(painter.font())
        for status, number in [(one, 0) for one in row.shapes] or row.parts:
            box = QRect(x, line.y() + (line.height() - side) // 2, side, side)
            _shape(painter, status, self._mirrored(rect, box))
            x += side + theme.grid(_GAP)
            if number:
                wide = metrics.horizontalAdvance(f"{number:,}")
                painter.setPen(theme.tokens().text)
                box = self._mirrored(rect, QRect(x, line.y(), wide, line.height()))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{number:,}")
                x += wide + theme.grid(1)

    def _bar(self, painter: QPainter, rect: QRect, row: Row, ink: object) -> None:
        """Words, a number, and a bar as long as the number is beside the largest of the list."""
        words = self._words(row, rect)
        painter.setFont(theme.font())
        painter.setPen(ink)
        painter.drawText(self._mirrored(rect, words), _WRAP, row.words)
        start, end = words.right() + theme.grid(2), rect.right() - theme.grid(_EDGE)
        number = QRect(start, words.y(), theme.grid(5), words.height())
        painter.setPen(theme.tokens().muted)
        painter.drawText(self._mirrored(rect, number), _RIGHT, f"{row.standing.actions:,}")
        left, room = number.right() + theme.grid(1.5), end - number.right() - theme.grid(13)
        least = len(row.parts) * theme.grid(5.75)
        bar = QRect(left, rect.center().y() - theme.grid(1.375), 0, theme.grid(2.75))
        bar.setWidth(min(room, max(least, round(room * row.standing.actions / self._columns().most))))
        chips.draw_counts(painter, QRectF(self._mirrored(rect, bar)), row.parts, self._view.isRightToLeft())
        self._travel(painter, rect, QRect(left + room, words.y(), end - left - room, words.height()), row.standing)

    def _measure(self, painter: QPainter, rect: QRect, row: Row, ink: object) -> None:
        """A name, the latest value, the chart of its readings, and which way it went."""
        look, words = theme.tokens(), self._words(row, rect)
        painter.setFont(theme.font())
        painter.setPen(ink)
        painter.drawText(self._mirrored(rect, words), _WRAP, row.words)
        value = QRect(words.right() + theme.grid(1.5), words.y(), self._value_room(rect), rect.bottom() - words.y())
        read = row.note != NO_READING
        painter.setFont(theme.font(bold=read))
        painter.setPen(ink if read else look.muted)
        painter.drawText(self._mirrored(rect, value), _WRAP, row.note)
        if row.figure:
            size = self._chart_size(row)
            chart = QRect(value.right() + theme.grid(1.5), words.y(), size.width(), size.height())
            current = self._view.hasFocus() and look.selection
            drawings.draw(painter, row.figure.drawing, QRectF(self._mirrored(rect, chart)), current or None)
        if row.trend:
            verdict = {"better": look.good, "worse": look.danger}.get(row.trend.verdict, look.muted)
            painter.setFont(theme.font())
            painter.setPen(verdict)
            painter.drawText(self._mirrored(rect, self._trend_rect(row, rect)), _WRAP, row.trend.text)

    @staticmethod
    def _value_room(rect: QRect) -> int:
        return round(rect.width() * 0.13)

    @staticmethod
    def _chart_size(row: Row) -> QSize:
        return drawings.size(row.figure.drawing) if row.figure else QSize()

    def _trend_rect(self, row: Row, rect: QRect) -> QRect:
        """Where a measure's trend stands: behind the room for a chart, as high as its words need."""
        if row.trend is None:
            return QRect()
        words = self._words(row, rect)
        left = words.right() + self._value_room(rect) + theme.grid(4.5) + self._columns().chart
        box = QRect(left, words.y(), max(theme.grid(8), rect.right() - theme.grid(_EDGE) - left), 10_000)
        box.setHeight(QFontMetrics(theme.font()).boundingRect(box, _WRAP, row.trend.text).height())
        return box

    def _more(self, painter: QPainter, rect: QRect, row: Row, ink: object) -> None:
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.tokens().accent)
        painter.drawText(self._mirrored(rect, self._words(row, rect)), _WRAP, row.words)

    def _travel(self, painter: QPainter, rect: QRect, line: QRect, standing: Standing) -> None:
        """How many went up and down since the period before, at the end of a line."""
        look, side, end = theme.tokens(), theme.grid(1.25), line.right()
        painter.setFont(_small())
        metrics = QFontMetrics(painter.font())
        for number, up in ((standing.worse, False), (standing.better, True)):
            if number:
                ink = look.good if up else look.danger
                wide = metrics.horizontalAdvance(f"{number:,}")
                painter.setPen(ink)
                box = QRect(end - wide, line.y(), wide, QFontMetrics(theme.font()).height())
                painter.drawText(self._mirrored(rect, box), Qt.AlignmentFlag.AlignCenter, f"{number:,}")
                arrow = QRect(box.x() - side - 2, box.center().y() - side // 2, side, side)
                shapes.draw_arrow(painter, QRectF(self._mirrored(rect, arrow)), ink, up=up)
                end = arrow.x() - theme.grid(0.75)


def _shape(painter: QPainter, status: Status, box: QRect) -> None:
    ink, _ = theme.status_colours(status.colour)
    shapes.draw(painter, status.shape, QRectF(box), ink, theme.tokens().surface)


def _font(row: Row) -> QFont:
    return theme.font(theme.SCALES["subheading"] if row.kind == "head" else 1.0, bold=row.kind in {"head", "more"})


def _shapes_width(row: Row, metrics: QFontMetrics) -> int:
    """What the shapes of an outcome need, or its shapes and numbers, or its number of actions alone."""
    side, gap = theme.grid(_SIDE), theme.grid(_GAP)
    if row.shapes:
        return len(row.shapes) * (side + gap)
    if row.parts:
        return sum(side + gap + metrics.horizontalAdvance(f"{number:,}") + theme.grid(1) for _, number in row.parts)
    return metrics.horizontalAdvance(row.note)


def _travel_width(standing: Standing) -> int:
    metrics = QFontMetrics(_small())
    found = [number for number in (standing.better, standing.worse) if number]
    return sum(metrics.horizontalAdvance(f"{number:,}") + theme.grid(1.25) + 2 + theme.grid(0.75) for number in found)


def _small() -> QFont:
    return theme.font(theme.SCALES["small"], bold=True)


def _row(index: _Index) -> Row:
    row = index.data(ROW)
    assert isinstance(row, Row)  # noqa: S101 - the model has no other rows
    return row
