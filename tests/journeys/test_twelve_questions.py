"""Twelve questions that a 課長 or a 議員 asks when the year is over: each is answered from the window in at most six
steps."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.startup.pictures.shot import close_dialogs
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from tests.bench.opening import window_on
from tests.support.clerk import Clerk
from tests.support.sample import sample_store
from tests.support.stores import made_by

pytestmark = pytest.mark.nightly

MOST = 6


class Asked:
    """Somebody at the window who counts what is pressed, typed and chosen."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        self.steps = 0

    def press(self, words: str, *, starts: bool = False) -> Asked:
        self.steps += 1
        self.clerk.press(words, starts=starts)
        return self

    def row(self, *words: str, double: bool = False) -> Asked:
        self.steps += 1
        self.clerk.row(*words, double=double)
        return self

    def search(self, words: str) -> Asked:
        """Ctrl+K, the words, Enter on the first that is found: three steps."""
        self.steps += 3
        self.clerk.search(words)
        return self

    def key(self, key: Qt.Key) -> Asked:
        """A key with Ctrl."""
        self.steps += 1
        self.clerk.key(key, Qt.KeyboardModifier.ControlModifier)
        self.clerk.wait()
        return self

    def type(self, label: str, words: str) -> Asked:
        self.steps += 1
        self.clerk.type(label, words)
        return self

    def reads(self, *words: str) -> None:
        self.clerk.sees(*words)
        assert self.steps <= MOST, self.steps


store = made_by(sample_store, scope="module")


@pytest.fixture(scope="module")
def window(qapp, store, tmp_path_factory) -> Iterator[Any]:
    made = window_on(store, tmp_path_factory.mktemp("home"))
    yield made
    made.hide()
    made.app_context.tasks.shutdown()


@pytest.fixture
def asked(qtbot, window) -> Asked:
    close_dialogs(window)
    window.go("home")
    clerk = Clerk(qtbot, SimpleNamespace(main_window=window, tasks=window.app_context.tasks))
    clerk.wait()
    return Asked(clerk)


def came(store: Store, kind: str = "") -> list[Entry]:
    """Who came to the events that were held, counted from the rows."""
    held = [one.id for one in rows(store.database, Event, status=EventStatus.HELD) if kind in ("", one.kind)]
    return [one for one in rows(store.database, Entry, event_id=held) if one.attendance == "出席"]


def the_year(asked: Asked, page: str = "") -> Asked:
    """年度, and where one of its rows leads."""
    asked.press("年度")
    return asked.press(page, starts=True) if page else asked


def test_how_many_events_and_how_many_people_came(asked, store):
    people = came(store)
    assert people
    the_year(asked).reads(f"延べ人数{len(people)}人")


def test_how_many_of_them_were_different_people_and_from_which_branches(asked, store):
    different = {one.person_id or one.id for one in came(store)}
    the_year(asked).reads(f"{len(different)}人")
    asked.search("支部ごとの数").reads("第1支部", "第17支部")


def test_what_the_participants_thought_of_it_and_how_that_moved(asked):
    asked.search("満足計").reads("満足計の移り変わり", "第1回 事例紹介講習会")


def test_who_the_people_behind_a_number_are(asked, store):
    the_year(asked).row("講習会", double=True).reads("第1回 事例紹介講習会")


def test_whether_what_the_contract_asks_for_was_done(asked):
    asked.search("仕様との対照").reads("仕4(1)", "仕4(3)")


def test_why_there_was_no_free_wifi(asked):
    asked.search("無料Wi-Fi").reads("ルーター2台を受託者が持参する。", "費用の追加はない。")


def test_what_came_late_from_the_contractor_and_what_from_us(asked):
    the_year(asked, "資料・報告").reads("遅れ")


def test_when_we_pay_and_what_is_still_missing(asked):
    the_year(asked, "完了・検査・支払").reads("出納閉鎖", "業務完了届")


def test_how_it_stood_on_a_day_in_the_past(asked):
    asked.press("事業").row("第6回 Instagram", double=True).key(Qt.Key.Key_H).press("その日の状態", starts=True).reads(
        "閲覧専用"
    )


def test_which_papers_with_names_left_the_house_and_whether_they_are_back(asked):
    asked.search("持出し管理簿").reads("受付名簿", "11/17(火) 16:30 確認")


def test_what_the_plan_for_next_year_rests_on(asked):
    the_year(asked, "次年度提案書の根拠").reads("課題", "根拠")


def test_what_one_organisation_took_part_in_and_how_far_it_has_come(asked):
    asked.search("見本あおば町会").reads("見本あおば町会", "第1回 派遣", "ツール")
