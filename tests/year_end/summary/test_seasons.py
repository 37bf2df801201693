"""Where 年度 leads: the rows of its seasons as they stand, and what the ward has to do there by now."""

from datetime import date, datetime
from typing import get_args

import pytest

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionId
from app.main_window.action_routes import ROUTES
from app.programme.services import read_programme
from app.year.dates.services import SUMMARY_PAGES, close_year, close_year_task
from app.year_end.summary.services.seasons import current_season, read_seasons
from app.year_end.summary.services.year_page import read_page
from tests.support.sample import BY, NOW, sample_store


def standing(store, today: date):
    return read_seasons(store, read_programme(store, on=today).programme, today)


def test_every_season_has_four_rows_and_the_first_open_one_of_the_season_that_is_on_is_next(tmp_path):
    store = sample_store(tmp_path)
    found = standing(store, NOW.date())
    assert [(card.month, card.name, len(card.rows)) for card in found.cards] == [
        ("4〜7月", "はじめる", 4),
        ("8〜1月", "半ば", 4),
        ("2・3月", "終える", 4),
    ]
    assert all(line.words for card in found.cards for line in card.rows)
    on = next(card for card in found.cards if card.current)
    openly = [line for line in on.rows if line.state != "済"]
    assert openly[0].state == "いま"
    assert [line.state for card in found.cards for line in card.rows].count("いま") == 1
    assert found.cards[2].rows[0].state == "受託者"
    assert {"年度の期日", "派遣の希望票"} <= {line.title for line in found.others}

    # What happens afterwards shows at once: the 提案書 came.
    came = datetime(2027, 2, 10, 9, 0)
    close_year_task(
        ActionContext(store, BY, came),
        programme_id=1,
        task="提案書",
        closed_on=date(2027, 2, 10),
        reason="提案書を受領",
    )
    after = standing(store, came.date()).cards[2]
    assert after.current
    assert (after.rows[0].state, after.rows[0].words) == ("済", "2/10(水) に受領")
    assert after.rows[1].state == "いま"
    assert after.count_words == "いま あと3件"


@pytest.mark.parametrize(
    ("today", "on"),
    [
        (date(2026, 3, 31), "はじめる"), (date(2026, 4, 1), "はじめる"), (date(2026, 7, 31), "はじめる"),
        (date(2026, 8, 1), "半ば"), (date(2027, 1, 31), "半ば"), (date(2027, 2, 1), "終える"),
        (date(2027, 3, 31), "終える"), (date(2027, 5, 1), "終える"),
    ],
)  # fmt: skip
def test_the_season_follows_the_year_that_is_shown_not_the_month_alone(tmp_path, today, on):
    store = sample_store(tmp_path)
    assert current_season(read_programme(store).programme, today) == on


def test_in_a_year_that_was_closed_nothing_is_asked_for_any_more(tmp_path):
    store = sample_store(tmp_path)
    day = date(2027, 4, 10)
    assert read_page(store, today=day, fiscal_year=2026).end_dates
    close_year(ActionContext(store, BY, datetime(2027, 4, 10, 9)), fiscal_year=2026, day=day, reason="支払が済んだ")
    found = standing(store, day)
    assert not any(card.current for card in found.cards)
    left = [line for card in found.cards for line in card.rows if line.state != "済"]
    assert {(line.state, line.words) for line in left} == {("閉じた", "年度を閉じました")}
    assert [card.count_words.partition(" ")[0] for card in found.cards] == ["済", "済", "済"]
    assert not read_page(store, today=day, fiscal_year=2026).end_dates


def test_every_page_asks_by_a_word_of_the_set_that_the_window_knows():
    assert {page.action for page in SUMMARY_PAGES} <= set(get_args(ActionId)) & set(ROUTES)
