from __future__ import annotations

import marshal
import subprocess
import sys
from pathlib import Path

import pytest

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


COMPILED = (
    "import builtins\nwhole = builtins.compile\nmade = []\n"
    "def said(source, filename, *rest, **options):\n"
    " made.append(filename)\n return whole(source, filename, *rest, **options)\n"
    "builtins.compile = said\nimport cypp_desktop.ui\nbuiltins.compile = whole\n"
    "from PySide6.QtCore import QObject\n"
    "print(*(one for one in made if str(one).startswith(('shibokensupport/', 'signature'))))\n"
)


def test_parts_of_pyside_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "")
    first = said(COMPILED).split()
    assert "shibokensupport/signature/loader.py" in first
    assert said(COMPILED).split() == []
    (kept,) = tmp_path.rglob("*.parts")
    for damaged in (b"", b"nonsense", kept.read_bytes()[:-99], marshal.dumps([1]), marshal.dumps({})):
        kept.write_bytes(damaged)
        assert said(COMPILED).split() == first
        assert said(COMPILED).split() == []


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert said(COMPILED).split()
    assert not list(tmp_path.rglob("*.parts"))
