"""What validators say of a PDF: page-validation, outloud, and veraPDF where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import outloud
import page
from outloud.rules import tables

VERAPDF = shutil.which("verapdf")
"""The program of a veraPDF that somebody has installed; no package registry has one."""


def failures(data, *, sensible=True):
    """What breaks the rules of PDF/UA-1 by either validator.

    Where a report is ``sensible``, also what outloud takes for an error by the words: headers that outnumber data, a
    page's head as long as prose. Reports that chance has made have such words.
    """
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    found = [f"{one.rule_id}: {one.message}" for one in report.failures]
    with patch.object(tables.Grid, "row_widths", row_widths):
        return found + outloud_errors(data, layers=None if sensible else ["conformance"])


def outloud_errors(data, layers=None):
    """The errors that outloud reports."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.pdf")
        file.write_bytes(data)
        result = outloud.check(str(file), layers=layers)
    assert not result.error, result.error
    return [f"{one.rule}: {one.message}" for one in result.findings if one.severity == "error"]


def row_widths(grid):
    """How many columns each row of a table covers.

    In place of outloud's own count, which forgets a cell from above where it ends with the row and stands at its end
    (``test_validators.py`` shows it).
    """
    covered = Counter()
    for number, row in enumerate(grid.rows):
        for cell in row:
            for down in range(min(cell.rowspan, len(grid.rows) - number)):
                covered[number + down] += cell.colspan
    return [covered[number] for number in range(len(grid.rows))]


def verapdf_failures(data):
    """What veraPDF reports of its PDF/UA-1 profile."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.pdf")
        file.write_bytes(data)
        run = subprocess.run(
            [VERAPDF, "--flavour", "ua1", "--format", "text", str(file)], capture_output=True, text=True, check=False
        )
    return [] if run.stdout.startswith("PASS") else run.stdout.splitlines() + run.stderr.splitlines()
