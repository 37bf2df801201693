"""A hand clicks, drags and presses keys on every kind of row, and presses every button, of every page and dialog of the
window: nothing fails, and what was not met is missed."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.main_window.main_window import MainWindow
from app.startup.pictures.sample_additions import event_ids
from tests.support.hands import (
    BELOW,
    CLOSED_DAY,
    COLUMNS,
    DAY,
    FOLD,
    HEADING,
    NO_ROWS,
    RECORD,
    SUM,
    WEEKDAYS,
    Hands,
    Met,
    hands_at,
    press_every_button,
    shown_sample,
    use_every_row,
)
from tests.support.in_full import IN_FULL
from tests.support.sample import NOW
from tests.support.visits import Visit, every_visit

ONE_OF_EACH = (
    "事業", "班分け", "受付", "支部ごとの数", "数字の食い違い検査", "報告書 内容確認", "アンケート 集計",
    "協議・打合せ", "消す時期が来たもの", "設定 closed_days",
)  # fmt: skip
"""With these, every kind of list is met with every kind of row it has anywhere, and so is a calendar."""
FEWEST = {
    RECORD: 80, HEADING: 19, COLUMNS: 65, SUM: 3, FOLD: 12, NO_ROWS: 16, BELOW: 20, DAY: 1, CLOSED_DAY: 1, WEEKDAYS: 1,
}  # fmt: skip
"""On at least so many pages and dialogs each kind of row is met."""


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    with shown_sample(tmp_path) as made:
        made.setUpdatesEnabled(IN_FULL)
        yield made


def gone_through(
    window: MainWindow, folder: Path, act: Callable[[Hands, Visit, Met], None], only: Iterable[str] = ()
) -> tuple[Met, list[str]]:
    """Do something at every place, or only at those named: what was met, and what failed."""
    met = Met()
    ids = event_ids(window.app_context.store, NOW.date())
    with hands_at(window, folder) as hands:
        for visit in every_visit(ids, folder):
            if not only or visit.name in only:
                act(hands, visit, met)
    return met, hands.failed


def kinds_of(met: Met, places: Iterable[str]) -> set[tuple[str, str]]:
    """Which kinds of row stand in which kind of list."""
    return {(spot.view.partition("「")[0], spot.kind) for place in places for spot in met.spots.get(place, ())}


def test_no_kind_of_row_fails_under_the_mouse_or_a_key(window, tmp_path):
    met, failed = gone_through(window, tmp_path, use_every_row, ONE_OF_EACH)

    assert failed == []
    assert set(met.places) == set(ONE_OF_EACH)
    assert {kind for _view, kind in kinds_of(met, met.places)} == set(FEWEST), met.told()
    assert met.lost == []


def test_no_button_fails(window, tmp_path):
    met, failed = gone_through(window, tmp_path, press_every_button, ONE_OF_EACH)

    assert failed == []
    assert (len(met.pressed) > 60, len(met.entries) > 10) == (True, True), met.told()


@pytest.mark.nightly  # every row of all pages and dialogs takes minutes
def test_no_row_of_any_page_fails_under_the_mouse_or_a_key(window, tmp_path):
    met, failed = gone_through(window, tmp_path, use_every_row)

    sys.stdout.write(f"{met.told()}\n")
    assert failed == []
    assert len(met.places) > 150
    few = {kind: count for kind, least in FEWEST.items() if (count := len(met.with_kind(kind))) < least}
    assert (few, met.lost) == ({}, []), met.told()
    assert kinds_of(met, met.places) - kinds_of(met, ONE_OF_EACH) == set()


@pytest.mark.nightly  # every button of all pages and dialogs takes minutes
def test_no_button_of_any_page_fails(window, tmp_path):
    met, failed = gone_through(window, tmp_path, press_every_button)

    sys.stdout.write(f"{met.told()}\n")
    assert failed == []
    assert (len(met.places) > 150, len(met.pressed) > 900, len(met.entries) > 80) == (True, True, True), met.told()
