"""What is open over a year: a duty of the ward that is late stays late; a sentence for the council says what may
change."""

from __future__ import annotations

from datetime import date

from app.subjects.summary.services.year_page import read_page
from db.records.materials import Material
from db.rows import rows
from tests.support.sample import event_id, sample_store
from tests.support.years import tell_result

TODAY = date(2026, 12, 1)


def test_a_late_duty_stays_late_while_a_mended_version_is_awaited(tmp_path):
    store = sample_store(tmp_path)
    number = event_id(store, "講習会", 6)
    (asked_back,) = (row.id for row in rows(store.database, Material, event_id=number) if "投稿と注意点" in row.title)
    tell_result(store, asked_back, date(2026, 11, 20))

    cells = next(row.cells for row in read_page(store, today=TODAY).course.rows if row.id == number)

    assert (cells["資料確認"].state, cells["資料確認"].words) == ("遅れ", "11/24")
    assert cells["資料確認"].under.startswith("再提出 ")


def test_the_sentence_for_the_council_says_how_many_answers_are_not_fixed_yet(tmp_path):
    asked = read_page(sample_store(tmp_path), today=TODAY).summary.satisfaction

    still_open = sum(one.satisfaction.base for one in asked.events if one.satisfaction and one.frozen_on is None)
    assert 0 < still_open < asked.sheets
    assert asked.words.startswith(f"参加者の満足計は{asked.sheets}件（うち{still_open}件は確定前）中")
