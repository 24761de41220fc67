from __future__ import annotations

import io
import zipfile

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from cypp_desktop.domain.change import edit
from cypp_desktop.ui.pack import saving
from cypp_desktop.ui.pack.printing import pages


def words(data):
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def choose(monkeypatch, path, used=""):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), used))


def pdf_printer(target):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def test_what_is_shown_is_what_is_saved(qtbot, dialog, tmp_path, monkeypatch):
    data = dialog.view.data
    assert dialog.view.pdf.pageCount() == len(PdfReader(io.BytesIO(data)).pages) >= 1
    choose(monkeypatch, tmp_path / "pack")
    qtbot.mouseClick(dialog._save, Qt.MouseButton.LeftButton)
    assert (tmp_path / "pack.pdf").read_bytes() == data == bytes(dialog.view._buffer.data().data())
    assert "pack.pdf" in dialog.said.text()


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "csv"])
def test_it_is_saved_in_every_format(qtbot, dialog, tmp_path, monkeypatch, kind):
    path = tmp_path / f"pack.{kind}"
    choose(monkeypatch, path)
    dialog.save_as()
    assert dialog._cancel.isVisible()
    qtbot.waitUntil(lambda: dialog._making is None, timeout=30_000)
    assert path.name in dialog.said.text()
    data = path.read_bytes()
    said = b"".join(map(zipfile.ZipFile(path).read, zipfile.ZipFile(path).namelist())) if data[:2] == b"PK" else data
    assert b"Do that" in said
    assert dialog.view.data[:4] == b"%PDF"


def test_a_file_can_be_given_up_while_it_is_made(dialog, tmp_path):
    dialog.save_to(tmp_path / "pack.docx")
    dialog.cancel()
    assert dialog._making is None
    assert not (tmp_path / "pack.docx").exists()
    assert dialog._save.isEnabled()


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("pack", "pdf", "pack.pdf"),
        ("pack", "docx", "pack.docx"),
        ("Pack 3.5", "html", "Pack 3.5.html"),
        ("pack.XLSX", "pdf", "pack.XLSX"),
        ("pack.pdf", "csv", "pack.csv"),
        ("pack.docx", "csv", "pack.docx"),
    ],
)
def test_the_ending_names_the_format(tmp_path, typed, kind, expected):
    assert saving.named(tmp_path / typed, kind).name == expected


def test_no_file_is_replaced_that_was_not_chosen(dialog, tmp_path, monkeypatch):
    (tmp_path / "pack.docx").write_text("mine")
    choose(monkeypatch, tmp_path / "pack.pdf", "Word document (*.docx)")
    dialog.save_as()
    assert dialog._banner.isVisible()
    assert (tmp_path / "pack.docx").read_text() == "mine"


def test_a_folder_that_cannot_be_written_to_is_said(dialog, tmp_path):
    dialog.save_to(tmp_path / "no such folder" / "pack.pdf")
    assert dialog._banner.isVisible()


def test_another_choice_makes_other_pages(qtbot, dialog):
    assert "Foreword" in words(dialog.view.data)
    before = dialog.view.data
    dialog.options.parts["sections"].box.click()
    qtbot.waitUntil(lambda: dialog.view.data != before, timeout=30_000)
    assert "Foreword" not in words(dialog.view.data)
    assert "Safe" in words(dialog.view.data)


def test_an_edit_of_the_plan_shows_on_its_page(qtbot, dialog, small):
    before = dialog.view.data
    action = next(one for one in small.plan if one.kind == "action")
    small.commit(edit(small.plan, action.id, {"text": "Something else entirely"}))
    qtbot.waitUntil(lambda: dialog.view.data != before, timeout=30_000)
    assert "Something else entirely" in words(dialog.view.data)
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.view.data == before, timeout=30_000)


def test_looking_back_in_the_window_makes_the_pages_of_then(qtbot, dialog, small):
    old = small.plan.periods[0]
    before = dialog.view.data
    small.look_at(old.id)
    qtbot.waitUntil(lambda: dialog.view.data != before, timeout=30_000)
    assert old.name in words(dialog.view.data)
    small.look_at("")
    qtbot.waitUntil(lambda: dialog.view.data == before, timeout=30_000)


def test_a_range_of_pages_is_printed(qtbot, dialog, tmp_path):
    target = tmp_path / "printed.pdf"
    printer = pdf_printer(target)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    dialog.print_on(printer)
    assert dialog._cancel.isVisible()
    qtbot.waitUntil(lambda: dialog._printing is None)
    (page,) = PdfReader(target).pages
    assert page.mediabox.width > page.mediabox.height
    assert dialog.said.text() == "Sent to the printer."


def test_printing_can_be_stopped(qtbot, dialog, tmp_path):
    dialog.print_on(pdf_printer(tmp_path / "printed.pdf"))
    qtbot.mouseClick(dialog._cancel, Qt.MouseButton.LeftButton)
    assert dialog._printing is None
    assert dialog._save.isEnabled()


def test_printing_waits_for_the_pages(qtbot, make, monkeypatch):
    asked = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: asked.append((self.minPage(), self.maxPage())) and 0)
    dialog = make()
    dialog.print_soon()
    assert not asked
    qtbot.waitUntil(lambda: bool(asked), timeout=30_000)
    assert asked == [(1, dialog.view.pdf.pageCount())]
    dialog.print_soon()
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(2, 3, [1, 2]), (2, 0, [1, 2, 3]), (4, 9, [3]), (0, 0, [0, 1, 2, 3])]
)
def test_the_range_counts_from_one_and_ends_with_the_pages(qapp, first, last, expected):
    printer = QPrinter()
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(first, last) if last else printer.setFromTo(first, max(first, 4)) if first else None
    assert pages(printer, 4) == expected


def test_making_can_be_cancelled_and_closing_does_not_wait(make):
    made = make()
    made.cancel()
    assert made.view.data == b""
    assert made._making is None
    assert not made._save.isEnabled()
    made.make()
    made.reject()
    assert made._making is None


def test_a_failure_is_said(qtbot, make, monkeypatch):
    from cypp_desktop.reports import tables

    def broken(*_):
        raise RuntimeError("no ink")

    monkeypatch.setattr(tables, "board_pack", broken)
    made = make()
    qtbot.waitUntil(made._banner.isVisible, timeout=30_000)
    assert made.view.data == b""


def test_the_systems_own_reader_gets_the_same_bytes(dialog, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    monkeypatch.setattr(saving.tempfile, "mkdtemp", lambda prefix: str(tmp_path))
    dialog.open_elsewhere()
    with open(opened[0].toLocalFile(), "rb") as file:  # noqa: PTH123 - the name as the reader gets it
        assert file.read() == dialog.view.data
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog.open_elsewhere()
    assert dialog._banner.isVisible()


def test_tab_goes_from_the_choices_over_the_bar_to_the_pages_and_the_foot(qtbot, dialog):
    dialog.options.layouts.setFocus()
    parts = {"choices": dialog.options, "bar": dialog.bar, "small": dialog.thumbnails, "pages": dialog.view}
    walk = []
    for _ in range(120):
        focus = dialog.focusWidget()
        here = next((name for name, one in parts.items() if one is focus or one.isAncestorOf(focus)), "foot")
        if walk[-1:] != [here]:
            walk.append(here)
        if len(walk) > 1 and focus is dialog.options.layouts:
            break
        dialog.focusNextPrevChild(True)
    assert walk == ["choices", "bar", "small", "pages", "foot", "choices"]


def test_a_change_of_the_plan_waits_for_a_file_that_is_being_made(qtbot, dialog, small, tmp_path):
    before = dialog.view.data
    path = tmp_path / "pack.docx"
    dialog.save_to(path)
    action = next(one for one in small.plan if one.kind == "action")
    small.commit(edit(small.plan, action.id, {"text": "Said meanwhile"}))
    dialog.make()
    qtbot.waitUntil(path.exists, timeout=30_000)
    qtbot.waitUntil(lambda: dialog.view.data != before, timeout=30_000)
    assert "Said meanwhile" in words(dialog.view.data)


def test_pages_that_were_given_up_are_said_to_be_old(qtbot, dialog, small):
    dialog.cancel()
    assert dialog.said.text() == ""
    small.commit(edit(small.plan, small.plan.root, {"title": "Another title"}))
    dialog.make()
    dialog.cancel()
    assert dialog.said.text() == "Stopped: the pages do not show the last changes."


def test_in_a_narrow_window_the_search_has_a_line_of_its_own_and_the_small_pages_are_left_out(qtbot, dialog):
    finding = dialog.bar.finding
    assert finding.y() < dialog.bar.height() / 2
    assert dialog.thumbnails.isVisible()
    dialog.resize(dialog.minimumSizeHint().width(), 800)
    qtbot.waitUntil(lambda: finding.y() >= dialog.bar.height() / 2 - 1)
    assert not dialog.thumbnails.isVisible()
    assert finding.width() <= dialog.bar.width()
    dialog.resize(1400, 900)
    qtbot.waitUntil(lambda: finding.y() < dialog.bar.height() / 2)
