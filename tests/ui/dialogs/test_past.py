"""As it was on…: the days with changes stand out, and what was changed on one is listed before it is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt

from cypp_desktop.document import document as documents
from cypp_desktop.document import history
from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Action
from cypp_desktop.ui.days import to_date, to_qt
from cypp_desktop.ui.dialogs.past import PastDialog

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
TODAY = to_date(QDate.currentDate())
MAY, MARCH = TODAY - timedelta(days=40), TODAY - timedelta(days=90)


@pytest.fixture
def dialog(qtbot, small, monkeypatch):
    action = next(record for record in small.plan if isinstance(record, Action))
    for day, words in ((MARCH, "March"), (MAY, "May")):
        monkeypatch.setattr(documents, "_now", lambda day=day: f"{day.isoformat()}T12:00:00+00:00")
        small.commit(edit(small.plan, action.id, {"due": words}))
    made = PastDialog(small)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.calendar.setFocus()
    qtbot.waitUntil(lambda: made.day == MAY and made.list.isVisible())
    return made


def test_days_with_changes_stand_out_and_say_how_many(dialog, small):
    assert list(history.days(small.document.path)) == [MARCH, MAY, TODAY]
    marked = dialog.calendar.dateTextFormat()
    assert set(marked) == {to_qt(day) for day in (MARCH, MAY, TODAY)}
    assert marked[to_qt(MAY)].toolTip() == "1 change"
    assert marked[to_qt(MAY)].fontUnderline()  # not by colour alone
    assert dialog.calendar.minimumDate() == to_qt(MARCH)


def test_it_begins_at_the_last_day_before_today_and_says_who_did_what(dialog):
    assert dialog._said.text() == f"{MAY:%A} {MAY.day} {MAY:%B %Y} · 1 change by Tess"
    assert [row.contribution.edits[0].after for row in dialog.model.rows] == ["May"]


def test_keys_go_from_change_to_change(dialog, qtbot):
    qtbot.keyClick(dialog.calendar, KEY.Key_Left, ALT)
    qtbot.waitUntil(lambda: dialog.day == MARCH)
    assert not dialog.earlier.isEnabled()
    qtbot.waitUntil(lambda: [row.contribution.edits[0].after for row in dialog.model.rows] == ["March"])
    for day in (MAY, TODAY):
        qtbot.keyClick(dialog.calendar, KEY.Key_Right, ALT)
        qtbot.waitUntil(lambda day=day: dialog.day == day)
    assert not dialog.later.isEnabled()


def test_a_day_without_changes_says_so(dialog, qtbot):
    dialog.calendar.setSelectedDate(to_qt(MAY + timedelta(days=1)))
    qtbot.waitUntil(dialog._empty.isVisible)
    assert "1 change" not in dialog._said.text()
    dialog.earlier.click()
    assert dialog.day == MAY


def test_enter_shows_the_plan_of_the_day(dialog, qtbot):
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.calendar.focusProxy() or dialog.calendar, KEY.Key_Return)
    assert dialog.day == MAY


def test_a_clock_that_ran_ahead_is_no_harm(qtbot, small):
    made = PastDialog(small)
    qtbot.addWidget(made)
    ahead = date(TODAY.year + 3, 1, 1)
    made.take({TODAY: 1, ahead: 2})
    made.later.click()
    assert made.day == ahead
    made.reject()
