"""What validators say of a PDF: page-validation, outloud, and veraPDF where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import outloud
import page

VERAPDF = shutil.which("verapdf")
"""The program of a veraPDF that somebody has installed; no package registry has one."""


def failures(data, *, sensible=True, skip=()):
    """What breaks the rules of PDF/UA-1 by either validator, but for the rules of outloud that are skipped.

    Where a report is ``sensible``, also what outloud takes for an error by the words: headers that outnumber data, a
    page's head as long as prose. Reports that chance has made have such words.
    """
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    found = [f"{one.rule_id}: {one.message}" for one in report.failures]
    findings = outloud_findings(data, layers=None if sensible else ["conformance"], skip=skip)
    return found + [f"{one.rule}: {one.message}" for one in findings if one.severity == "error"]


def outloud_findings(data, **chosen):
    """The errors and warnings that outloud reports, as it does from its command line."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.pdf")
        file.write_bytes(data)
        result = outloud.check(str(file), **chosen)
    assert not result.error, result.error
    return result.findings


def verapdf_failures(data):
    """What veraPDF reports of its PDF/UA-1 profile."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.pdf")
        file.write_bytes(data)
        run = subprocess.run(
            [VERAPDF, "--flavour", "ua1", "--format", "text", str(file)], capture_output=True, text=True, check=False
        )
    return [] if run.stdout.startswith("PASS") else run.stdout.splitlines() + run.stderr.splitlines()
