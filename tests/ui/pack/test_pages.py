"""The pages: turned, sized, searched, marked and copied, and kept in place when others come."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QMouseEvent
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cypp_desktop.domain.change import edit

CONTROL = Qt.KeyboardModifier.ControlModifier


def drag(view, start, end):
    """Drag the mouse over the pages, as Qt would tell."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, point, button, held in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):
        where = view.viewport().mapToGlobal(point)
        event = QMouseEvent(kind, QPointF(point), QPointF(where), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view.viewport(), event)


def spot_of(view, page, words):
    """The corners of some words on a page, in the view."""
    text = view.pdf.getAllText(page).text()
    found = view.pdf.getSelectionAtIndex(page, text.index(words), len(words)).boundingRectangle()
    rect = view.rects()[page]
    scale = rect.width() / view.pdf.pagePointSize(page).width()
    down = view.verticalScrollBar().value()
    corner = QPointF(rect.left(), rect.top() - down)
    middle = found.center().y()
    ends = QPointF(found.left() + 1, middle), QPointF(found.right() - 1, middle)
    return [(corner + end * scale).toPoint() for end in ends]


def test_the_pages_are_turned_and_numbers_that_are_none_are_put_back(dialog):
    view, count = dialog.view, dialog.view.pdf.pageCount()
    assert count > 1
    dialog.bar.turn(1)
    assert view.page == 1
    assert dialog.bar.page.text() == "2"
    dialog.bar.turn(count)
    assert dialog.bar.page.text() == "2"
    for typed, shown in (("1", "1"), ("99", "1"), ("two", "1"), ("9" * 5_000, "1")):
        dialog.bar.page.setText(typed)
        dialog.bar.page.editingFinished.emit()
        assert dialog.bar.page.text() == shown
    assert f"Page 1 of {count}" in view.accessibleDescription()


def test_the_pages_are_zoomed_from_what_is_seen(dialog):
    view = dialog.view
    wide = view.rects()[0].width()
    view.zoom(1)
    assert view.rects()[0].width() == pytest.approx(1.2 * wide, rel=0.01)
    view.zoom(-1)
    assert view.rects()[0].width() == pytest.approx(wide, rel=0.01)
    view.fit_page()
    assert view.rects()[0].height() <= view.viewport().height()
    view.fit_width()
    assert view.zoomMode() == QPdfView.ZoomMode.FitToWidth


def test_words_are_found_and_walked_through(qtbot, dialog):
    find = dialog.bar.finding
    qtbot.keyClick(dialog, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(find.field.hasFocus)
    qtbot.keyClicks(find.field, "vision")
    qtbot.waitUntil(lambda: find.count > 0)
    count = find.count
    seen = []
    for _ in range(count + 1):
        qtbot.keyClick(find.field, Qt.Key.Key_Return)
        seen.append(find.said.text())
    assert seen == [*(f"{place} of {count}" for place in range(1, count + 1)), f"1 of {count}"]
    qtbot.keyClick(find.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert find.said.text() == f"{count} of {count}"
    find.field.setText("no such words")
    qtbot.waitUntil(lambda: find.said.text() == "Not found")
    qtbot.keyClick(find.field, Qt.Key.Key_Escape)
    assert (find.field.text(), find.said.text()) == ("", "")
    assert dialog.isVisible()


def test_text_is_marked_with_the_mouse_and_copied(qtbot, dialog):
    view = dialog.view
    view.fit_page()
    page = next(one for one in range(view.pdf.pageCount()) if "Foreword" in view.pdf.getAllText(one).text())
    view.go_to(page)
    drag(view, *spot_of(view, page, "Foreword"))
    assert view.text == "Foreword"
    qtbot.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "Foreword"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.text == ""


def test_text_is_marked_over_pages(dialog):
    view = dialog.view
    for _ in range(9):
        view.zoom(-1)
    last = view.pdf.getAllText(1).text().split()[0]
    start, _ = spot_of(view, 0, "Plan")
    _, end = spot_of(view, 1, last)
    drag(view, start, end)
    assert view.text.startswith("Plan")
    assert view.text.rstrip().endswith(last)
    backwards = view.text
    drag(view, end, start)
    assert view.text == backwards


def test_the_text_of_a_page_is_marked_by_keyboard(qtbot, dialog):
    view = dialog.view
    view.setFocus()
    plain = view.grab().toImage()
    qtbot.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert view.grab().toImage() != plain
    assert view.text.split() == view.pdf.getAllText(0).text().split()
    names = [action.text() for action in view.menu().actions() if action.isEnabled()]
    assert names == ["Copy", "Select the text of this page"]


def test_other_pages_come_at_the_same_place(qtbot, dialog):
    view = dialog.view
    view.zoom(1)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() - 10)
    page, place = view.page, bar.value()
    before = view.data
    dialog.options.parts["legend"].box.click()
    qtbot.waitUntil(lambda: view.data != before, timeout=30_000)
    assert bar.value() == min(place, bar.maximum())
    assert view.page == min(page, view.pdf.pageCount() - 1)


def test_the_pages_in_small_lead_to_the_page(qtbot, dialog):
    small, view = dialog.thumbnails, dialog.view
    assert small.model().rowCount() == view.pdf.pageCount()
    qtbot.waitUntil(lambda: bool(small._pages._pictures))
    small.setFocus()
    qtbot.keyClick(small, Qt.Key.Key_Down)
    assert view.page == small.currentIndex().row() == 1
    dialog.bar.turn(-1)
    assert small.currentIndex().row() == 0
    assert small.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "Page 1"


def test_the_pages_in_small_follow_the_pages(qtbot, dialog):
    small, before = dialog.thumbnails, dialog.view.data
    qtbot.waitUntil(lambda: bool(small._pages._pictures))
    old = dict(small._pages._pictures)
    dialog.options.parts["front"].box.click()
    qtbot.waitUntil(lambda: dialog.view.data != before, timeout=30_000)
    assert small.model().rowCount() == dialog.view.pdf.pageCount()
    qtbot.waitUntil(lambda: small._pages._pictures.get(0) != old[0])


def test_a_click_on_a_link_follows_it_and_a_drag_marks_its_words(qtbot, dialog, monkeypatch):
    view = dialog.view
    view.fit_page()
    page = next(one for one in range(view.pdf.pageCount()) if "Contents" in view.pdf.getAllText(one).text())
    view.go_to(page)
    start, end = spot_of(view, page, "Foreword")
    drag(view, start, end)
    assert view.text == "Foreword"
    assert view.page == page
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert view.page != page
    assert "Foreword" in view.pdf.getAllText(view.page).text()


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("https://www.example.org/plan", True),
        ("mailto:clerk@example.org", True),
        ("file:///etc/passwd", False),
        ("ms-msdt:/id", False),
        ("//host/share", False),
    ],
)
def test_only_the_web_and_mail_are_opened_outside(dialog, monkeypatch, address, opened):
    seen = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(url.toString()) or True)
    dialog.view.follow(SimpleNamespace(isValid=lambda: True, url=lambda: QUrl(address)))
    assert seen == ([address] if opened else [])


def test_undecided_cells_are_said_and_listed_where_one_can_go(qtbot, dialog, small):
    assert not dialog.undecided.isVisible()
    action = next(one.id for one in small.plan if one.kind == "action")
    before = dialog.view.data
    small.commit(edit(small.plan, action, {"text": "TBC"}))
    qtbot.waitUntil(lambda: dialog.view.data != before, timeout=30_000)
    assert dialog.undecided.isVisible()
    assert dialog.undecided.accessibleName().startswith("1 cell is undecided; it is marked")
    assert dialog.view.page == 0
    dialog.undecided.acted.emit()
    assert "Not decided yet (1)" in dialog.view.pdf.getAllText(dialog.view.page).text()
    before = dialog.view.data
    dialog.options.parts["undecided"].box.click()
    qtbot.waitUntil(lambda: dialog.view.data != before, timeout=30_000)
    assert not dialog.undecided.isVisible()
