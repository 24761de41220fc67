from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from cypp_desktop.ui.dialogs import preview
from cypp_desktop.ui.dialogs.preview import PreviewDialog
from cypp_desktop.ui.dialogs.printing import pages


@pytest.fixture
def dialog(qtbot, small):
    made = PreviewDialog(small)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.data), timeout=30_000)
    yield made
    made.reject()


def words(data):
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_what_is_shown_is_what_is_saved(qtbot, dialog, tmp_path, monkeypatch):
    assert dialog.document.pageCount() == len(PdfReader(io.BytesIO(dialog.data)).pages) >= 1
    target = tmp_path / "pack"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(dialog._save, Qt.MouseButton.LeftButton)
    assert (tmp_path / "pack.pdf").read_bytes() == dialog.data == bytes(dialog._buffer.data().data())
    assert "pack.pdf" in dialog._said.text()


def test_a_folder_that_cannot_be_written_to_is_said(dialog, tmp_path):
    dialog.save_to(tmp_path / "no such folder" / "pack.pdf")
    assert dialog._banner.isVisible()


def test_another_choice_makes_other_pages(qtbot, dialog):
    assert "Foreword" in words(dialog.data)
    before = dialog.data
    dialog.options._parts["sections"].box.click()
    qtbot.waitUntil(lambda: dialog.data != before, timeout=30_000)
    assert "Foreword" not in words(dialog.data)
    assert "Safe" in words(dialog.data)


def test_the_pages_are_turned_zoomed_and_searched(qtbot, dialog):
    count = dialog.document.pageCount()
    assert count > 1
    dialog.turn(1)
    assert dialog.view.pageNavigator().currentPage() == 1
    assert dialog._page.text() == "2"
    dialog.turn(count)
    assert dialog._page.text() == "2"
    for typed, shown in (("1", "1"), ("99", "1"), ("two", "1")):
        dialog._page.setText(typed)
        dialog._page.editingFinished.emit()
        assert dialog._page.text() == shown
    dialog.zoom(2)
    first = dialog.view.zoomFactor()
    dialog.zoom(2)
    assert dialog.view.zoomFactor() == pytest.approx(2 * first)
    dialog._find.setText("Vision")
    qtbot.waitUntil(lambda: dialog._found.text() not in ("", "0 found"))
    dialog.find_next()


def test_a_range_of_pages_is_printed(qtbot, dialog, tmp_path):
    target = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    dialog.print_on(printer)
    assert dialog._cancel.isVisible()
    qtbot.waitUntil(lambda: dialog._printing is None)
    (page,) = PdfReader(target).pages
    assert page.mediabox.width > page.mediabox.height
    assert dialog._said.text() == "Sent to the printer."


def test_printing_can_be_stopped(qtbot, dialog, tmp_path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_on(printer)
    qtbot.mouseClick(dialog._cancel, Qt.MouseButton.LeftButton)
    assert dialog._printing is None
    assert dialog._save.isEnabled()


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(2, 3, [1, 2]), (2, 0, [1, 2, 3]), (4, 9, [3]), (0, 0, [0, 1, 2, 3])]
)
def test_the_range_counts_from_one_and_ends_with_the_pages(qapp, first, last, expected):
    printer = QPrinter()
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(first, last) if last else printer.setFromTo(first, max(first, 4)) if first else None
    assert pages(printer, 4) == expected


def test_making_can_be_cancelled_and_closing_does_not_wait(qtbot, small):
    made = PreviewDialog(small)
    qtbot.addWidget(made)
    made.show()
    made.cancel()
    assert made.data == b""
    assert made._making is None
    assert not made._save.isEnabled()
    made.make()
    made.reject()
    assert made._making is None


def test_a_failure_is_said(qtbot, small, monkeypatch):
    from cypp_desktop.reports import tables

    def broken(*_):
        raise RuntimeError("no ink")

    monkeypatch.setattr(tables, "board_pack", broken)
    made = PreviewDialog(small)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made._banner.isVisible, timeout=30_000)
    assert made.data == b""
    made.reject()


def test_the_systems_own_reader_gets_the_same_bytes(dialog, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    monkeypatch.setattr(preview.tempfile, "mkdtemp", lambda prefix: str(dialog._bridge.document.path.parent))
    dialog.open_elsewhere()
    with open(opened[0].toLocalFile(), "rb") as file:  # noqa: PTH123 - the name as the reader gets it
        assert file.read() == dialog.data
