"""The board pack as Word, Excel, web page and CSV: processor time from a plan to the file’s bytes, and how it grows.

Each measurement is a process of its own, its library's import included. Limits at 1,000 actions: Word and Excel 0.6 s,
web page and CSV 0.3 s; 10,000 actions in at most 13 times what 1,000 take.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time

from benchmarks.generate import plan

LIMITS = {"docx": 0.6, "xlsx": 0.6, "html": 0.3, "csv": 0.3}
RUNS = 5


def main() -> int:
    """Measure, print, and say whether the limits hold."""
    kept = True
    for kind, limit in LIMITS.items():
        usual, large = measured(kind, 1000), measured(kind, 10000)
        growth = large["seconds"] / usual["seconds"]
        kept = kept and usual["seconds"] <= limit and growth <= 13
        print(
            f"{kind:5} 1,000 actions {usual['seconds']:5.2f} s (at most {limit}), {usual['kilobytes']:6.0f} kB;  "
            f"10,000 actions {growth:4.1f} times as long (at most 13), {large['kilobytes']:6.0f} kB"
        )
    return 0 if kept else 1


def measured(kind: str, size: int) -> dict[str, float]:
    """The best of several processes, the one that others disturbed least."""
    command = [sys.executable, "-m", "benchmarks.formats", kind, str(size)]
    runs = [json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(RUNS)]
    return {key: min(run[key] for run in runs) for key in runs[0]}


def one(kind: str, size: int) -> None:
    """One measurement."""
    made = plan(size)
    start = time.process_time()
    from cypp_desktop.reports import tables

    data = importlib.import_module(f"cypp_desktop.reports.{kind}").render(tables.board_pack(made))
    print(json.dumps({"seconds": time.process_time() - start, "kilobytes": len(data) / 1000}))


if __name__ == "__main__":
    sys.exit(one(sys.argv[1], int(sys.argv[2])) if sys.argv[1:] else main())
