"""Taking over a plan of 1,000 rows from Word, Excel, CSV and HTML, as the program's own renderers write it.

Each measurement is a process of its own: read, guess, propose, and the step into a new file on the disk. Limit: 3 s.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

ROWS = 1000
KINDS = ("docx", "xlsx", "csv", "html")
LIMIT = 3.0


def main() -> int:
    """Measure, print, and say whether the limit holds."""
    from benchmarks.generate import plan
    from cypp_desktop.reports.tables import board_pack

    slow = 0
    report = board_pack(plan(ROWS))
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            file = Path(folder) / f"plan.{kind}"
            data = import_module(f"cypp_desktop.reports.{kind}").render(report)
            file.write_bytes(data if isinstance(data, bytes) else data.encode())
            command = [sys.executable, "-m", "benchmarks.importing", str(file)]
            runs = [
                json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(3)
            ]
            best = min(runs, key=lambda run: run["seconds"])
            slow += best["seconds"] > LIMIT
            parts = ", ".join(f"{name} {best[name]:.2f}" for name in ("read", "guess", "propose", "write"))
            print(f"{kind:5} {best['actions']:5} actions  {best['seconds']:5.2f} s ({parts}); at most {LIMIT:.0f} s")
    return 1 if slow else 0


def one(file: Path) -> None:
    """One measurement, the imports included."""
    times = [time.perf_counter()]
    from cypp_desktop.document.document import Document
    from cypp_desktop.domain.plan import Plan
    from cypp_desktop.exchange import importing
    from cypp_desktop.exchange.tables import reading

    source = reading.read(file)
    times.append(time.perf_counter())
    mapping = importing.guess(source)
    times.append(time.perf_counter())
    proposal = importing.propose(source, mapping, Plan(()))
    times.append(time.perf_counter())
    Document.create(
        file.with_suffix(f".{len(list(file.parent.iterdir()))}.cypp"), "", importing.step(Plan(()), proposal)
    ).close()
    times.append(time.perf_counter())
    names = ("read", "guess", "propose", "write")
    parts = {name: end - start for name, start, end in zip(names, times, times[1:], strict=False)}
    print(json.dumps({**parts, "seconds": times[-1] - times[0], "actions": proposal.counts().get("action", 0)}))


if __name__ == "__main__":
    sys.exit(one(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
