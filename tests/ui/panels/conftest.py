"""The page of an outcome in a window of its own."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from cypp_desktop.document.document import Document
from cypp_desktop.exchange import samples
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.page import PagePanel
from tests.ui.finding import outcome


@pytest.fixture
def stage(tmp_path, qtbot):
    """Opens the page of an outcome of a sample plan in an active window."""
    documents = []

    def open_(name="county", ref="1.5", *, read_only=False):
        path = tmp_path / f"{name}{len(documents)}.cypp"
        documents.append(Document.create(path, "Tester", samples.load(name)))
        if read_only:
            documents.append(Document.open(path, "Reader"))
        bridge = Bridge(documents[-1])
        page = PagePanel(bridge)
        page.said = []
        bridge.failed.connect(page.said.append)
        qtbot.addWidget(page)
        page.resize(900, 800)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        if ref:
            bridge.select(outcome(bridge.plan, ref).id)
        page.table.setFocus()
        QApplication.processEvents()
        page.bridge = bridge
        return page

    yield open_
    for document in documents:
        document.close()


@pytest.fixture
def page(stage):
    return stage()
