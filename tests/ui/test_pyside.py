from __future__ import annotations

import subprocess
import sys

MISTAKES = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
app = QApplication([])
widget = QWidget()
for mistake in (
    lambda: widget.resize("wide"),
    lambda: widget.resize(),
    lambda: widget.nothing,
    lambda: widget.setEnabled(1, 2),
    lambda: QLabel(nothing=1),
    lambda: QTimer.singleShot("soon", widget),
):
    try:
        mistake()
    except (AttributeError, TypeError) as problem:
        print(type(problem), problem)
print(QWidget.resize.__doc__)
"""
LIGHTLY = "import cypp_desktop.ui\n"


def said(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout


def test_mistakes_are_worded_as_pyside_words_them() -> None:
    lightly = said(LIGHTLY + MISTAKES)
    assert "resize(w: int, h: int, /)" in lightly
    assert lightly == said(MISTAKES)


def test_what_only_describes_pyside_is_not_loaded_before_it_is_asked_for() -> None:
    window = "from PySide6.QtWidgets import QApplication, QWidget; app = QApplication([]); QWidget().show()\n"
    loaded = said(LIGHTLY + window + "import sys; print(*sys.modules)").split()
    assert "PySide6.QtWidgets" in loaded
    assert {"argparse", "ast", "inspect", "logging"}.isdisjoint(loaded)


def test_modules_that_pyside_hardly_needs_are_there_for_it_and_for_others() -> None:
    code = (
        "import sys\nassert 'shiboken6' in sys.modules\n"
        "print(sorted({'lzma', 'shutil', 'tempfile', 'traceback'} & set(sys.modules)))\n"
        "import shiboken6, tempfile, zipfile\nfrom traceback import format_exc\n"
        "print(tempfile.__file__ is not None, shiboken6.tempfile.gettempdir() == tempfile.gettempdir())\n"
        "print(shiboken6.traceback.format_exc is format_exc, zipfile.shutil.copyfileobj.__module__)\n"
    )
    assert said(LIGHTLY + code).splitlines() == ["[]", "True True", "True shutil"]


def test_a_module_put_aside_is_loaded_where_it_is_needed_at_once() -> None:
    code = (
        "import sys\nfrom cypp_desktop.ui.pyside import _Aside\n"
        "sys.modules['shutil'] = _Aside('shutil')\nfrom shutil import copyfile\n"
        "print(copyfile.__module__, type(sys.modules['shutil']).__name__)\n"
    )
    assert said(LIGHTLY + code).split() == ["shutil", "module"]


def test_imports_are_left_alone_where_pyside_is_loaded_already() -> None:
    assert (
        said("import PySide6.QtCore, builtins\nwas = builtins.compile\n" + LIGHTLY + "print(was is compile)")
        == "True\n"
    )
