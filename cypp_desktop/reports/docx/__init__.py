"""Reports as Word documents (Office Open XML, ECMA-376), written with the standard library alone."""

from __future__ import annotations

from cypp_desktop.reports.docx.document import render as render
