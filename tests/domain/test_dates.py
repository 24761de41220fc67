from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.dates import MONTHS, read, short


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("31 March 2017", date(2017, 3, 31)),
        ("31st of March, 2017", date(2017, 3, 31)),
        ("March 2017", date(2017, 3, 31)),
        ("Feb 2016", date(2016, 2, 29)),
        ("by end June 2017", date(2017, 6, 30)),
        ("By 1st Sept. 2015", date(2015, 9, 1)),
        ("March 31, 2017", date(2017, 3, 31)),
        ("31/03/2017", date(2017, 3, 31)),
        ("1.4.17", date(2017, 4, 1)),
        ("2017-03-31", date(2017, 3, 31)),
        ("September 2014 (website permitting)", date(2014, 9, 30)),
        ("By end June", None),
        ("Ongoing", None),
        ("31 August (annually)", None),
        ("2016-17", None),
        ("March 2016-17", None),
        ("March 2017 and June 2017", None),
        ("mid March 2017", None),
        ("31/13/2017", None),
        ("30 February 2017", None),
        ("Marching 2017", None),
        ("", None),
    ],
)
def test_only_what_names_one_date_is_read(words, expected):
    assert read(words) == expected


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_however_it_is_written(day):
    name = MONTHS[day.month - 1]
    for words in (f"{day.day} {name} {day.year}", f"{day:%d/%m/%Y}", day.isoformat(), short(day)):
        assert read(words) == day


@given(st.text())
def test_any_words_can_be_asked(words):
    read(words)
