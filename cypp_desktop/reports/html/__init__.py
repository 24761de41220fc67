"""Reports as one self-contained, accessible web page."""

from __future__ import annotations

from cypp_desktop.reports.html.page import render as render
