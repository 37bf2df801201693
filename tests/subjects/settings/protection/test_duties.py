"""守ることの一覧: no duty that must be met is missing, and each names something that the program declares."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.subjects.settings.protection.screens.duties_screen import DutiesScreen
from app.subjects.settings.protection.services import duties
from app.subjects.settings.protection.services.duties import UnknownPlace, read_duties
from tests.support.sample_desk import shown

ARTICLES = [f"特{number}" for number in range(1, 30)]
OF_PRIVACY = [f"K-{number:02d}" for number in range(1, 216)]
OF_THE_SPECIFICATION = [f"N-{number:02d}" for number in range(1, 92)]
SYSTEMS = [
    f"K-{number}"
    for number in (
        216, 218, 219, 220, 221, 222, 223, 229, 232, 234, 240, 241, 242, 243, 247, 254, 255, 257, 258, 266, 268, 276,
        279, 281, 282, 283, 284, 285, 287, 289, 290,
    )
]  # fmt: skip


def test_every_article_and_every_must_row_stands_in_it_once_in_order(qapp):
    found = [one.id for one in read_duties(must=True)]
    assert found == [*ARTICLES, *OF_PRIVACY, *OF_THE_SPECIFICATION, *SYSTEMS]
    every = [one.id for one in read_duties()]
    assert every[: len(found)] == found
    assert sorted(one for one in every if one.startswith("K-")) == sorted(
        [*OF_PRIVACY, *(f"K-{number}" for number in range(216, 297))]
    )


def test_what_is_no_matter_of_software_says_why_and_all_else_says_where(qapp):
    for one in read_duties():
        assert one.basis, one
        assert one.duty, one
        if one.how == "not software":
            assert (one.where, bool(one.reason)) == ("", True), one
        else:
            assert one.where, one


def test_each_names_what_the_program_declares_and_the_clauses_have_their_ledger_or_kind(qapp, monkeypatch):
    found = {one.id: one for one in read_duties()}
    assert (found["特20"].how, found["特20"].where) == ("check", "クラウドサービスのリスク確認票、外部サービス利用台帳")
    assert (found["特14"].how, found["特14"].where) == ("ledger", "許可・承認簿")
    assert (found["特25"].how, found["特25"].where) == ("form", "事故等報告書、訓練の記録、事故の対応、事故簿")
    assert found["特9"].where == "教育実施報告書、教育・周知の記録"
    monkeypatch.setattr(duties, "_lines", lambda: iter(["特14 | 特14 | 提供しない | l:nothing_of_that_name |"]))
    with pytest.raises(UnknownPlace, match="nothing_of_that_name"):
        read_duties()


def test_what_the_program_does_itself_is_not_said_to_be_elsewhere(qapp):
    """The window hides itself after ten minutes (``StartWindow``), whatever the PC does."""
    found = {one.id: one for one in read_duties()}
    assert (found["K-124"].how, found["K-124"].where) == ("setting", "利用者")
    assert "10分" in found["K-124"].reason


def test_enter_leads_to_the_place_of_a_duty_and_nowhere_where_an_event_would_have_to_be_chosen(qtbot, desk_at):
    desk = desk_at(datetime(2026, 12, 1, 9, 0))
    screen = DutiesScreen(desk)
    shown(qtbot, screen, desk)
    gone = []
    desk.going.connect(lambda place, handed: gone.append((place, handed)))
    for one in read_duties(must=True):
        screen.table.opened.emit(one)
    led = {place for place, _handed in gone}
    assert {"disposal", "contract_end", "incidents", "changes", "ledgers", "turns", "settings"} <= led
    assert not any(None in handed.values() for _place, handed in gone)
    gone.clear()
    screen.table.opened.emit(next(one for one in read_duties() if one.where == "進行表"))
    assert gone == []
