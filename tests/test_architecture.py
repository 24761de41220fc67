from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "cypp_desktop"

# Room: the rooms that it may import from, its own aside.
ROOMS = {
    "domain": set(),
    "document": {"domain"},
    "reports": {"domain", "resources"},
    "exchange": {"domain", "document", "reports", "resources"},
    "spelling": {"resources"},
    "ui": {"domain", "document", "reports", "exchange", "resources", "spelling"},
    "cli": {"domain", "document", "reports", "exchange", "ui"},  # "open" alone goes to the window: see the last test
    "resources": set(),
    "__init__": set(),
    "__main__": {"cli", "ui", "resources"},
}
# Library: the only place that may import it, as the start of a module's path.
HOMES = {
    "sqlite3": "document/",
    "sqlite_utils": "document/",
    "PySide6": "ui/",
    "shiboken6": "ui/",
    "reportlab": "reports/pdf/",
    "xlsxwriter": "reports/xlsx.py",
    "bidi": "reports/pdf/",
    "arabic_reshaper": "reports/pdf/",
    "hunspell": "spelling.py",
}
# Names that say nothing about what is inside.
VAGUE = {"utils", "util", "common", "helpers", "manager", "base", "misc", "core"}


def modules():
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def room(module):
    return module.split("/")[0].removesuffix(".py")


def imported(module):
    """Every module that this one names in an import, in functions too."""
    for node in ast.walk(ast.parse((PACKAGE / module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import hides the room it comes from"
            deep = node.module == "cypp_desktop"
            yield from (f"{node.module}.{alias.name}" for alias in node.names) if deep else [node.module]


@pytest.mark.parametrize("module", modules())
def test_imports_go_one_way(module):
    own = {name.split(".")[1] for name in imported(module) if name.startswith("cypp_desktop.")}
    assert own - {room(module), "__version__"} <= ROOMS[room(module)]


@pytest.mark.parametrize("module", modules())
def test_each_library_has_one_home(module):
    libraries = {name.split(".")[0] for name in imported(module)}
    assert not [library for library in libraries if not module.startswith(HOMES.get(library, ""))]
    if room(module) == "domain":
        assert libraries <= sys.stdlib_module_names | {"cypp_desktop"}


@pytest.mark.parametrize("module", modules())
def test_a_module_has_one_concern_and_a_name_for_it(module):
    assert Path(module).stem not in VAGUE
    assert len((PACKAGE / module).read_text("utf-8").splitlines()) <= 500


def loaded_by(statement):
    """The libraries that a fresh Python has loaded after one statement."""
    return {name.split(".")[0] for name in fresh(f"import sys; {statement}; print(*sys.modules)")}


def fresh(code):
    """The words that a fresh Python says last."""
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()[-1].split()


def test_the_command_line_never_loads_qt(tmp_path):
    file = str(tmp_path / "plan.cypp")
    for command in (["new", file, "--sample", "county"], ["show", file], ["report", file, "-o", f"{file}.pdf"]):
        loaded = loaded_by(f"from cypp_desktop.cli import main; assert main({command!r}) == 0")
        assert not {"PySide6", "shiboken6"} & loaded, command
        assert ("reportlab" in loaded) == (command[0] == "report"), command


def test_the_window_starts_without_what_is_slow_to_load(tmp_path):
    file = str(tmp_path / "plan.cypp")
    loaded_by(f"from cypp_desktop.cli import main; main(['new', {file!r}, '--sample', 'county'])")
    started = loaded_by(f"from cypp_desktop.cli import main; main(['open', {file!r}, '--exit-when-ready'])")
    by_qt_itself = loaded_by("import PySide6.QtWidgets")  # shiboken takes numpy along where there is one
    slow = {
        "reportlab",
        "docx",
        "openpyxl",
        "xlsxwriter",
        "sqlite_utils",
        "numpy",
        "pandas",
        "PIL",
        "markdown_it",
        "bidi",
        "arabic_reshaper",
    }
    slow.add("difflib")  # for comparing texts
    assert "PySide6" in started
    assert not slow & (started - by_qt_itself)
    assert not UNNEEDED & opened(file)


UNNEEDED = {"argparse", "csv", "dataclasses", "hashlib", "html", "inspect", "ipaddress", "logging", "lzma", "random"}
UNNEEDED |= {"shutil", "socket", "tempfile", "traceback"}
"""Modules of Python's library that the first view of a plan does without."""
MOST = 86
"""How many modules of this program the window may load at its start; each costs a thousandth of the whole or more."""
LATER = (
    *(
        "cli",
        "domain.bulk",
        "domain.rules",
        "domain.wordmerge",
        "document.merge",
        "document.safe_open",
        "document.backups",
    ),
    *("ui.dialogs", "ui.operations", "ui.exchanging", "ui.looking_back", "ui.richtext", "ui.pack"),
    *("ui.panels.measures", "ui.panels.sections", "ui.panels.ready", "ui.panels.settle", "ui.changes", "ui.overview"),
    *("ui.panels.action_fields", "ui.panels.own_fields", "ui.panels.scale_fields", "ui.pills", "ui.clipboard"),
    *("ui.models.writing", "ui.leads", "ui.all_actions", "exchange", "reports"),
)
"""Modules, or rooms with all in them, that the first view of a plan does without."""


def opened(file):
    """What a fresh Python has loaded when the window is open and idle; it is ended there, before it closes.

    What begins a moment later is held back, as on a busy machine that moment may come first.
    """
    code = (
        "import builtins, os, sys; say = builtins.print;"
        "builtins.print = lambda *_: (say(*sys.modules, flush=True), os._exit(0));"
        "from cypp_desktop.ui import app, plan_view;"
        "from cypp_desktop.ui.models import questions, readiness; from cypp_desktop.ui.panels import search;"
        "app.REMEMBERED_AFTER = app.WATCHED_AFTER = plan_view.CAME_AFTER = 10**8;"
        "questions.BEGIN = readiness.BEGIN = search._BEGIN = 10**8;"
        f"from cypp_desktop.__main__ import main; main(['open', {file!r}, '--exit-when-ready'])"
    )
    return set(fresh(code))


def test_the_window_starts_with_few_modules(tmp_path):
    file = str(tmp_path / "plan.cypp")
    loaded_by(f"from cypp_desktop.cli import main; main(['new', {file!r}, '--sample', 'county'])")
    own = {name.partition(".")[2] for name in opened(file) if name.startswith("cypp_desktop.")}
    assert "ui.plan_view" in own
    assert not [name for name in own for later in LATER if f"{name}.".startswith(f"{later}.")]
    assert len(own) <= MOST
