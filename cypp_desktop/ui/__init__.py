"""The window; the only place with Qt."""

from cypp_desktop.ui import pyside

pyside.load()  # before any module of this room names PySide6
