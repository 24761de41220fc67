"""The board pack of the small plan, with its pages made."""

import pytest
from PySide6.QtCore import Qt

from cypp_desktop.ui.pack.dialog import PackDialog


@pytest.fixture
def make(qtbot, small):
    """Opens the board pack; it is closed and deleted at the test's end, and not before."""

    def opened(parent=None):
        made = PackDialog(small, parent)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        made.resize(1400, 900)
        made.show()
        dialogs.append(made)
        return made

    dialogs = []
    yield opened
    for one in dialogs:
        one.reject()


@pytest.fixture
def dialog(qtbot, make):
    made = make()
    qtbot.waitUntil(lambda: bool(made.view.data), timeout=30_000)
    return made
