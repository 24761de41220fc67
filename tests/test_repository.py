from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


def lines(name):
    return (ROOT / name).read_text("utf-8").splitlines()


def texts():
    """Every text file of the repository but this one; what .gitignore names aside."""
    ignored = {".git", *(line.strip("/") for line in lines(".gitignore"))}
    rooms = [path for path in ROOT.iterdir() if path.name not in ignored]
    paths = [path for top in rooms for path in ([top] if top.is_file() else top.rglob("*")) if path.is_file()]
    other = {".pyc", ".ttf", ".png", ".pdf", ".cypp"}
    return [path for path in paths if path.suffix not in other and path != Path(__file__)]


def pins(name):
    return dict(line.split(" ")[0].split("==") for line in lines(name) if "==" in line)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_hashes_and_no_host(name):
    text = (ROOT / name).read_text("utf-8")
    entries = re.findall(
        r"^[a-z0-9-]+==\S+(?: ; .+)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE
    )
    assert len(entries) == len(re.findall(r"^[^ #\n]", text, re.MULTILINE)) > 10
    assert "://" not in text
    assert "index" not in text


def test_the_locks_agree_with_each_other_and_with_the_project():
    runtime, development = (pins(name) for name in LOCKS)
    assert runtime.items() <= development.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[=<>]", dependency)[0].lower() for dependency in project["dependencies"]]
    assert set(names) <= set(runtime)
    assert not {"numpy", "pandas"} & set(development)  # sqlite-utils would load them


def test_no_file_names_the_machine_that_it_was_made_on():
    private = re.compile(
        r"/(?:home|Users)/[a-z]\w*/|/root/|/tmp/\w|[A-Z]:\\Users\\[a-z]"  # somebody's folders
        r"|(?:index-url|find-links|trusted-host|registry)\s*[= ]\s*\S*://"  # and registries
    )
    read = {path: path.read_text("utf-8", errors="replace") for path in texts()}
    assert len(read) > 30
    assert not [(path.name, hit[0]) for path, text in read.items() if (hit := private.search(text))]


def test_the_readme_names_only_what_is_there():
    text = (ROOT / "README.md").read_text("utf-8")
    local = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert local
    assert not [link for link in local if not (ROOT / link).exists()]
    run = [sys.executable, ROOT / "run.py", "--help"]
    usage = subprocess.run(run, capture_output=True, encoding="utf-8", check=True).stdout
    command = re.compile(r"^python3 run\.py(?: (\w+))?", re.MULTILINE)
    assert {"", "test"} <= set(command.findall(text)) <= set(command.findall(usage))


def test_what_is_shipped_has_its_licence():
    licences = (ROOT / "resources" / "LICENCES.md").read_text("utf-8")
    for folder in ("icons", "fonts", "samples"):
        assert f"`{folder}/`" in licences
    for named in re.findall(r"`((?:icons|fonts)/\S+)`", licences):
        assert (ROOT / "resources" / named).exists()


def test_qt_loses_no_reference_to_none(qtbot):
    """Python before 3.12 aborts when None's count is used up; PySide6 6.12.0 loses one in most of its calls there."""
    from PySide6.QtGui import QColor, QPainter, QPixmap
    from PySide6.QtWidgets import QLabel

    label, pixmap = QLabel(), QPixmap(8, 8)
    qtbot.addWidget(label)
    painter = QPainter(pixmap)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
        label.setEnabled(bool(number % 2))
        label.resize(number, 10)
        painter.fillRect(0, 0, 8, 8, QColor("red"))
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < 500
