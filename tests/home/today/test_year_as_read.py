"""The sample year as it is read on home, in the morning's page and in the search: every line with where it leads."""

from dataclasses import fields
from datetime import date

import pytest

from app.home.today.services.global_search import search_everything
from app.home.today.services.home import read_home
from app.home.today.services.week_sheet import read_week
from tests.support.paper_lines import assert_paper
from tests.support.sample import sample_store
from tests.support.stores import made_by

store = made_by(sample_store, scope="module")


def led(link):
    if link is None:
        return "→"
    given = (getattr(link, one.name) for one in fields(link) if one.name != "action")
    return f"→{link.action}" + "".join(f" {one}" for one in given if one is not None)


TYPED = (
    "LINE", "わかば町会", "12/1", "11/30", "13/1", "きのうの変更", "今日の変更を", "今週", "だれが変えた",
    "今日子", "受付名簿", "団体の記録", "受付名簿印刷", "予算要求", "派遣希望票", "資料", "情報授受簿",
    "見本さんの電話番号", "例野様", "仕様書", "役員氏名", "新しい町会", "日付を変えたい", "年度", "役員会",
)  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_a_search_finds_in_this_order_and_leads_there(store, text):
    found = search_everything(store, text=text, today=date(2026, 12, 1))
    said = [f"ほかの書き方：{'・'.join(found.other_spellings)}" if found.other_spellings else ""]
    for group in found.groups:
        said.append(f"■{group.title} {group.total}")
        said += [f"{one.title}｜{one.detail}｜{led(one.link)}{'＋' * one.creates_record}" for one in group.items]
    assert_paper(said, f"「{text}」を探す")


DAYS = (date(2026, 12, 4), date(2026, 12, 8), date(2027, 4, 1))


@pytest.mark.parametrize("day", DAYS)
def test_home_and_the_page_of_the_morning_say_what_is_due_on_a_day(store, day):
    home, week = read_home(store, today=day), read_week(store, today=day)
    coming = [one for one in (home.next_event, *home.days) if one is not None]
    assert_paper(
        [
            home.today_words,
            str(home.counts),
            f"ほか：{home.passed_words}｜{home.self_managed_words}｜{home.waiting_words}｜{home.late_waiting_count}",
            *home.moved_texts,
            *(
                f"{one.task.bucket}{'！' * one.is_main_action} {one.date_words}{one.year_words} {one.task.label}"
                f"｜{one.task.detail}｜{one.task.event_title}"
                for one in home.rows
            ),
            *("｜".join(str(value) for value in vars(one).values() if isinstance(value, str)) for one in coming),
            *("｜".join(one.cells).replace("\n", " / ") for one in week.events),
            *(
                f"■{name} {len(tasks)}：{'｜'.join(tasks[0].cells)} ～ {'｜'.join(tasks[-1].cells)}"
                for name, tasks in week.groups
            ),
            week.remark,
        ],
        f"{day}",
    )
