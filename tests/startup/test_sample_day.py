"""A day of one's choice is for the sample year alone: it opens at once, and the title bar says both; what was told for
a day before it has happened."""

from datetime import date
from functools import partial

import pytest

import app.startup.window as startup
from app.__main__ import main
from app.home.today.services.home import read_home
from app.startup.first_run import FirstRun
from app.widgets.dialogs.common_dialogs import LinkListDialog
from app.year_end.completion.services.completion import read_completion
from db.records.organisations import Contact, PlannedChange
from db.rows import row
from tests.support.sessions import NOW, in_main
from tests.support.waiting import stored

DAY = date(2026, 12, 8)


def test_the_sample_opens_on_that_day_and_says_so_and_real_data_keep_their_clock(sessions, qtbot):
    window = sessions.start(sample_day=DAY)
    qtbot.waitUntil(lambda: window.main_window is not None and not window.is_busy)
    main_window = window.main_window
    assert main_window.windowTitle() == "ホーム － デジ活デスク（見本データ　令和8年12月8日（火）を本日とする練習用）"
    assert main_window.app_context.sample
    assert main_window.app_context.now() == NOW.replace(year=2026, month=12, day=8)
    sixth = next(row for row in stored(qtbot, main_window.app_context, partial(read_home, today=DAY)).days)
    assert sixth.event_id == 6
    # What a 団体 told in advance took effect when the program was opened on or after its day, and no earlier.

    def first(record, **where):
        return stored(qtbot, main_window.app_context, lambda store: row(store.database, record, **where))

    qtbot.waitUntil(lambda: not window.is_busy and first(PlannedChange, applied_on=DAY) is not None)
    moved = first(PlannedChange, applied_on=DAY)
    assert first(Contact, organisation_id=moved.organisation_id, kind="住所").value == moved.value
    assert first(PlannedChange, applied_on=None) is not None
    sessions.end(window)

    first = sessions.start()
    real = sessions.make_data(first)
    assert (real.windowTitle(), real.app_context.today()) == ("ホーム － デジ活デスク", NOW.date())


@pytest.mark.parametrize("words", [["--today", "2026-12-08"], ["--today=R8.12.8"]])
def test_the_word_takes_any_day_as_staff_write_it(monkeypatch, words):
    opened = []
    monkeypatch.setattr(startup, "run", lambda *, sample_day: opened.append(sample_day) or 0)
    assert main(words) == 0
    assert opened == [DAY]


@pytest.mark.parametrize("words", [["--today"], ["--today", "いつか"], ["--today=2026-12-08（月）"]])
def test_what_is_no_day_is_said_and_opens_nothing(monkeypatch, capsys, words):
    monkeypatch.setattr(startup, "run", lambda **_given: pytest.fail("opened"))
    assert main(words) == 2
    assert "--today" in capsys.readouterr().err


@pytest.mark.in_full
def test_the_end_of_a_year_is_practised_on_a_sample_of_its_own(sessions, qtbot):
    window = sessions.start()
    with qtbot.waitSignal(window.session_started):
        window.findChild(FirstRun).open_sample(recreate=True)
    sessions.end(window)

    window = sessions.start()
    window.findChild(FirstRun).choose_sample()
    dialog = window.findChild(LinkListDialog)
    assert [one.words for one in dialog.entries] == [
        "前回の見本を開く", "新しい見本を作成する", "年度末の見本を作成する",
    ]  # fmt: skip
    with qtbot.waitSignal(window.session_started):
        dialog.entries[2].follow()
    main_window = in_main(window)
    assert main_window.windowTitle() == "ホーム － デジ活デスク（見本データ　令和9年4月5日（月）を本日とする練習用）"
    found = stored(qtbot, main_window.app_context, partial(read_completion, fiscal_year=2026, today=date(2027, 4, 5)))
    assert found.next_step == "業務完了届"
