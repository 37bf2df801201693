"""Where 年度まとめ leads: the four steps that close a contract, and the pages that the subjects named."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

from app.subjects.summary.services.ways_on import count_waiting, read_ways

from app.asked import What
from app.subjects.events.services.year_dates import close_year_task
from app.subjects.year.services.summary_pages import SUMMARY_PAGES
from tests.support.sample import BY, NOW, sample_store


def test_steps_and_pages_stand_as_the_due_dates_of_the_year_do(tmp_path):
    store = sample_store(tmp_path)
    found = read_ways(store, today=NOW.date())
    assert [step.title for step in found.steps] == ["業務完了届", "検査", "請求", "支払"]
    assert [step.done for step in found.steps] == [False] * 4
    assert found.steps[3].day_words.startswith("仮")
    assert found.steps[0].lines[0] == "受託者から"
    assert {"年度の期日", "受託者の提出物"} <= {page.title for page in found.pages}
    assert all(page.words for page in found.pages)

    received = datetime(2027, 3, 25, 9, 0)
    close_year_task(
        store, programme_id=1, task="業務完了届", closed_on=date(2027, 3, 25), reason="届を受領", by=BY, now=received
    )
    after = read_ways(store, today=received.date())
    assert (after.steps[0].day_words, after.steps[0].lines) == ("3/25(木) 済", ("届を受領",))
    # The inspection is counted from the receipt: 10 days.
    assert after.steps[1].day_words == "4/4(日)"


def test_the_side_bar_counts_what_the_ward_has_to_do_by_now(tmp_path):
    store = sample_store(tmp_path)
    assert count_waiting(store, today=date(2026, 7, 1)) == 0
    # Both 中間集計 are not told before their time; on the last open day of September one is.
    assert count_waiting(store, today=date(2027, 5, 31)) > 0


def test_every_page_asks_by_a_word_of_the_set():
    assert {page.what for page in SUMMARY_PAGES} <= set(get_args(What))
