"""Short forms of the long runs in ``tests/long``: killed programs and power cuts lose nothing that was acknowledged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.long import cuts, mistakes

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork; its kills are tried in test_open")
def test_nothing_acknowledged_is_lost_by_kills_at_random_moments():
    run = [sys.executable, "-m", "tests.long.kills", "12", "1516"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("12 kills")


@pytest.mark.skipif(os.name == "nt", reason="what is replayed is what SQLite does on other systems")
def test_nothing_acknowledged_is_lost_by_power_cuts():
    assert cuts.cut("EXTRA", 20, seed=1516, steps=10) == {"well": 20}


@pytest.mark.skipif(os.name == "nt", reason="what is replayed is what SQLite does on other systems")
@pytest.mark.parametrize(("synchronous", "ends"), [("FULL", "lost"), ("OFF", "damaged")])
def test_the_simulated_power_cuts_bite_where_less_is_synced(synchronous, ends):
    assert cuts.cut(synchronous, 30, seed=1617, steps=10)[ends] > 3


def test_every_planted_mistake_still_has_its_place(tmp_path):
    assert len(mistakes.MISTAKES) >= 15
    for number, mistake in enumerate(mistakes.MISTAKES):
        root = tmp_path / str(number)
        module = root / "cypp_desktop" / mistake.module
        module.parent.mkdir(parents=True)
        module.write_text((ROOT / "cypp_desktop" / mistake.module).read_text("utf-8"), "utf-8")
        mistake.plant(root)


def test_a_planted_mistake_is_caught():
    assert mistakes.caught(mistakes.MISTAKES[1], 12)
