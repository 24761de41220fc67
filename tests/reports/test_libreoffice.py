"""What LibreOffice makes of our Word and Excel files: it opens them, and every page holds what it should."""

from __future__ import annotations

import shutil
import subprocess

import pypdfium2
import pytest

from cypp_desktop.domain.plan import Measure
from cypp_desktop.exchange import samples
from cypp_desktop.reports import docx, xlsx
from cypp_desktop.reports.tables import board_pack
from tests.strategies import plan_of

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_libreoffice_prints_our_files(tmp_path):
    plan = plan_of(samples.load("county"))
    report = board_pack(plan)
    (tmp_path / "pack.docx").write_bytes(docx.render(report))
    (tmp_path / "sheets.xlsx").write_bytes(xlsx.render(report))
    command = [OFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf"]
    files = [str(tmp_path / "pack.docx"), str(tmp_path / "sheets.xlsx")]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=300)
    for name in ("pack", "sheets"):
        pages = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(tmp_path / f"{name}.pdf")]
        words = " ".join(" ".join(pages).split())
        assert all(" ".join(priority.title.split()) in words for priority in plan.priorities)
        compact = words.replace(" ", "")
        measures = [one for one in plan if isinstance(one, Measure)]
        said = {words for one in measures for words in (one.name, one.polarity)}
        assert not [one for one in said if "".join(one.split()) not in compact]
        assert all(status.label in words for status in plan.statuses)
        heads = [page for page in pages if "Progress to Date" in page]
        assert len(heads) > len(plan.priorities)  # heading rows repeat
