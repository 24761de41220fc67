from __future__ import annotations

import pytest

from cypp_desktop.exchange.tables.numbers import BUILT_IN, shown


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        ("363", "", "363"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E+20", "", "1e+20"),
        ("0.68", "0%", "68%"),
        ("0.684", "0.0%", "68.4%"),
        ("-3.14159", "0.00", "-3.14"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("7", "000", "007"),
        ("1200", '"£"#,##0', "£1,200"),
        ("1200", "[$£-809]#,##0;[Red]-[$£-809]#,##0", "£1,200"),
        ("5", '0" days"', "5 days"),
        ("42825", "d/m/yyyy", "31 March 2017"),
        ("42825", "mmm-yy", "March 2017"),
        ("42825", "d-mmm", "31 March"),
        ("42825.5", "d/m/yyyy h:mm", "31 March 2017 12:00"),
        ("0.75", "h:mm", "18:00"),
        ("1", "d/m/yyyy", "1 January 1900"),
        ("42825", "dddd", "31 March 2017"[:8]),
        ("12.5", "@", "12.5"),
        ("nonsense", "0", "nonsense"),
        ("nan", "0", "nan"),
    ],
)
def test_a_number_says_what_its_cell_shows(value: str, form: str, words: str) -> None:
    assert shown(value, form) == words


def test_days_that_count_from_1904() -> None:
    assert shown("41363", "d/m/yyyy", later=True) == "31 March 2017"


def test_formats_that_are_named_by_number() -> None:
    assert shown("42825", BUILT_IN[14]) == "31 March 2017"
    assert shown("0.5", BUILT_IN[9]) == "50%"
