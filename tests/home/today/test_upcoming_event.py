"""What stands on home of an event of the coming days."""

from datetime import date, timedelta
from types import SimpleNamespace as Facts

import pytest

from app.event_day.day.services.day_pack import PACK
from app.home.today.services import next_working_event

DAY = date(2026, 10, 7)


def upcoming(monkeypatch, *, today=DAY, awaited="", people=0, place="", issued=None):
    monkeypatch.setattr(next_working_event, "kinds_of_set", lambda _subject: ["甲", "乙"])
    monkeypatch.setattr(next_working_event, "subject_of", lambda _file: None)
    event = Facts(id=1, kind="講習会", event_date=DAY, hours="13:00", full_title="題")
    file = Facts(
        event=event, last_issued_on=issued or {}, event_as_planned=Facts(place_words=place), people=people,
        people_word="参加予定", awaited_change=awaited,
    )  # fmt: skip
    return next_working_event._upcoming_event(file, today)


@pytest.mark.parametrize(
    ("ahead", "when"),
    [(0, "きょう 13:00"), (1, "あした 10/7(水) 13:00"), (2, "10/7(水) 13:00"), (-1, "10/7(水) 13:00")],
)
def test_the_day_is_said_from_today_and_the_door_opens_on_it(monkeypatch, ahead, when):
    found = upcoming(monkeypatch, today=DAY - timedelta(days=ahead))
    assert (found.when_words, found.check_in is not None) == (when, ahead == 0)
    assert (found.place_words, found.printed_words) == ("会場未定", "当日資料は、まだ印刷していません。")
    assert found.backup_print_words.startswith("まだ印刷していません：甲、乙。")


def test_what_waits_for_another_day_has_no_door_and_what_was_printed_is_said(monkeypatch):
    left = {PACK: DAY, "他": DAY + timedelta(days=1)}
    found = upcoming(monkeypatch, awaited="延期", people=3, place="甲館", issued=left)
    assert (found.when_words, found.check_in) == ("延期（もとの日時 きょう 13:00）", None)
    assert found.place_words == "甲館　参加予定 3人"
    assert found.printed_words == "当日資料は 10/7(水) に印刷・保存しました。"
    assert found.backup_print_words.startswith(found.printed_words)
