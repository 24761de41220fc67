"""Taking over a plan from Word, Excel, CSV, the web or the clipboard: shown and changed before it comes."""

from cypp_desktop.ui.dialogs.importing.dialog import ImportDialog

__all__ = ["ImportDialog"]
