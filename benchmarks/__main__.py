"""Runs the benchmarks, each in a process of its own: all of them, or those that are named.

Each prints ratios against a peer or a limit measured in the same run; the figures stand in ARCHITECTURE.md.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_RUN = {"__main__", "__init__", "generate", "timing"}


def main(names: list[str]) -> int:
    """Run benchmarks by name; returns how many failed."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_RUN)
    if unknown := set(names) - set(known):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
        return 2
    failed = 0
    for name in names or known:
        print(f"\n== {name}", flush=True)
        failed += subprocess.call([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent) != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
