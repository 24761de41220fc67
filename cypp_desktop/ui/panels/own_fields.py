"""Fields for what a plan adds to itself: its extra fields by their types, and the columns of its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cypp_desktop.domain import dates
from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.plan import CustomField, custom_field
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.fields import Field, TextField
from cypp_desktop.ui.words import WordsEditor

TYPES = (
    ("text", "Words"),
    ("number", "A number"),
    ("date", "A date"),
    ("choice", "One of these choices"),
    ("yes/no", "Yes or no"),
)
"""What an extra field can hold, by the value that the plan keeps."""
_NUMBER = pattern(r"[-+–£$€]{0,2}\d[\d,]*(\.\d+)?%?")  # without blanks


def _as_number(words: str) -> str:
    return "" if _NUMBER.fullmatch("".join(words.split())) else "this is not a number"


def _as_date(words: str) -> str:
    day = dates.read(words)
    return f"→ {day.day} {day:%b %Y}" if day else "no date can be read in this"


READS: Mapping[str, Callable[[str], str]] = {"number": _as_number, "date": _as_date}
"""What is said beside the words of a typed field; the words are kept whatever they are."""


class ReadField(TextField):
    """A number or a date as it was written, and beside its name what was read in it."""

    def __init__(self, bridge: Bridge, field: CustomField) -> None:
        super().__init__(bridge, custom_field(field.id), field.name, WordsEditor())
        self._read = READS[field.type]
        self._text.edited.connect(self._say)

    def refresh(self) -> None:
        super().refresh()
        self._say()

    def _say(self) -> None:
        words = self._text.text().strip()
        self.say_hint(self._read(words) if words else "")


class PlanColumnsField(Field):
    """Which columns the plan's table has, in which order, under which headings."""

    looks_at = (CustomField,)

    def __init__(self, bridge: Bridge) -> None:
        from cypp_desktop.ui.pack.columns import ColumnsField

        super().__init__(bridge, "columns", "Columns of the table")
        self.columns = ColumnsField(sized=False)
        self.columns.setAccessibleName("Columns of the table")
        self.columns.changed.connect(self._choose)
        self.column.addWidget(self.columns)

    def refresh(self) -> None:
        self.columns.show_columns(self.bridge.plan, self.bridge.plan.details.columns)

    def set_read_only(self, read_only: bool) -> None:
        self.columns.setEnabled(not read_only)

    def _choose(self) -> None:
        if chosen := self.columns.chosen():
            self.choose(chosen)
        else:
            self.bridge.failed.emit("A table has at least one column.")
            self.refresh()
