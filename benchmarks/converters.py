"""The board pack's PDF beside what LibreOffice and WeasyPrint take for it, where these are installed.

They get the same pack as a Word file and as a web page. What each takes for an empty document, its start, is not
counted. Limits: at 1,000 actions LibreOffice takes at least 15 times as long as ours, WeasyPrint 40 times; by turns,
and in processor time, so that other work on the machine does not count. Each is asked for tagged PDF/UA.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.generate import plan
from benchmarks.pdf import measured
from cypp_desktop.reports import docx, html
from cypp_desktop.reports.model import Report
from cypp_desktop.reports.tables import board_pack

SIZE = 1000
RUNS = 3
LIMITS = {"soffice": 15, "weasyprint": 40}


def main() -> int:
    """Measure, print, and say whether the limits hold."""
    found = [name for name in LIMITS if shutil.which(name)]
    for name in LIMITS.keys() - set(found):
        print(f"{name} is not installed and not measured")
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for kind, report in (("full", board_pack(plan(SIZE))), ("empty", Report("Empty"))):
            Path(folder, f"{kind}.docx").write_bytes(docx.render(report))
            Path(folder, f"{kind}.html").write_bytes(html.render(report))
        for name in found:
            ratios = []
            for _ in range(RUNS):
                ours = measured("ours", SIZE)["processor"]
                theirs = spent(name, folder, "full") - spent(name, folder, "empty")
                ratios.append(theirs / ours)
                print(f"  {name} {theirs:.1f} s, ours {ours:.2f} s")
            times = statistics.median(ratios)
            kept = kept and times >= LIMITS[name]
            print(f"{name} takes {times:.0f} times as long (limit {LIMITS[name]})")
    return 0 if kept else 1


def spent(name: str, folder: str, kind: str) -> float:
    """Processor time of one conversion, in seconds."""
    office = [
        "soffice", "--headless", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--convert-to",
        'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}', "--outdir", folder,
        f"{folder}/{kind}.docx",
    ]  # fmt: skip
    command = (
        office
        if name == "soffice"
        else ["weasyprint", "--pdf-variant", "pdf/ua-1", f"{folder}/{kind}.html", f"{folder}/{kind}.pdf"]
    )
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    if not Path(folder, f"{kind}.pdf").stat().st_size:
        raise AssertionError(name)
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    sys.exit(main())
