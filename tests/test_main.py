from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdf

ROOT = Path(__file__).parent.parent


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "cypp_desktop", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_program_checks_itself():
    done = run("self-test")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("self-test: all well\n")


def test_a_demo_leaves_the_plan_its_pack_and_a_picture(tmp_path):
    done = run("demo", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {"demo.cypp", "board-pack.pdf", "window.png"}
    words = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "board-pack.pdf").pages)
    assert "Checked by the program itself." in " ".join(words.split())
    assert all(str(path) in done.stdout for path in tmp_path.iterdir())


def test_what_the_window_complains_of_fails_the_check():
    code = (
        "from cypp_desktop.ui import selftest, window\n"
        "def paint(*_): raise ValueError('a mistake of ours')\n"
        "window.Window.paintEvent = paint\n"
        "raise SystemExit(selftest.main(['self-test']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "a mistake of ours" in done.stderr


def test_a_mistake_while_painting_does_not_end_in_a_crash():
    code = (
        "from cypp_desktop.ui import selftest\n"
        "from cypp_desktop.ui import chips\n"
        "def draw(*_): raise ValueError('a mistake of ours')\n"
        "chips._draw_part = draw\n"
        "raise SystemExit(selftest.main(['self-test']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1  # a painter that outlives what it paints on ends the process with a signal
    assert "a mistake of ours" in done.stderr


def test_other_words_go_to_the_command_line(tmp_path):
    file = tmp_path / "plan.cypp"
    assert run("new", file, "--sample", "city").returncode == 0
    assert run("show", file).returncode == 0
    assert run("show", tmp_path / "none.cypp").returncode == 2
