"""The pictures of one event: who comes, what is prepared, the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from app.main_window.main_window import MainWindow
from app.startup.pictures.sample import numbered, organisation_list
from app.startup.pictures.shot import Shot
from app.startup.pictures.steps import enter, fill, press

_DAY_OF_EVENT = date(2026, 12, 8)
_DOOR = "番号、または ふりがな"


def shots_of_people(events: Mapping[str, int], scratch: Path) -> Iterator[Shot]:
    """Yield 団体, people, applications and the roster; ``scratch`` takes a list that is read."""
    coming, open_one = numbered(events, "第6回"), numbered(events, "第7回")

    def read_list(window: QWidget) -> None:
        screen = cast(MainWindow, window).screen_of("organisations")
        screen.intake.show_file(organisation_list(scratch))  # type: ignore[attr-defined]

    yield Shot(name="団体", place="organisations", shows="団体を加える", arguments={"view": "団体"})
    yield Shot(name="人", place="organisations", shows="人を加える", arguments={"view": "人"})
    yield Shot(
        name="団体の一覧を取り込む", place="organisations", shows="見本しらかば団地自治会",
        arguments={"view": "取り込み"}, steps=(read_list, press("行ごとの結果を見る")),
    )  # fmt: skip
    yield Shot(
        name="申込を取り込む", place="applications", shows="申込のファイルを選ぶ",
        arguments={"event_id": open_one, "page": "取り込み"},
    )  # fmt: skip
    yield Shot(
        name="電話の申込", place="applications", shows="受け付ける", arguments={"event_id": open_one, "page": "電話"},
        steps=(fill("団体", "あおば"),),
    )  # fmt: skip
    yield Shot(name="参加者", place="roster", shows="欠席連絡 F4", arguments={"event_id": open_one}, paper="roster")
    yield Shot(
        name="参加者を決める", place="choice", shows="決め方", arguments={"event_id": open_one},
        bare=("まだ決めていません。",),
    )  # fmt: skip
    yield Shot(name="目的を選んで出力", place="purpose_export", shows="持ち出し先", arguments={"event_id": coming})
    yield Shot(name="持出し管理簿", place="takeouts", shows="見本こもれび区民館")


def shots_before_the_day(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield what is prepared for an event: papers, numbers, handouts, groups, 配慮, tablets."""
    coming, open_one = numbered(events, "第6回"), numbered(events, "第7回")
    held, exchange = numbered(events, "第2回 LINE"), numbered(events, "第1回 意見交換会")
    letters = {"event_id": open_one, "kind": "募集チラシ"}
    yield Shot(name="通知と募集の書類", place="letters", shows="募集チラシ", arguments=letters)
    yield Shot(name="人数連絡", place="event", shows="参加予定人数", arguments={"event_id": coming, "tab": "人数連絡"})
    yield Shot(name="資料確認", place="materials", shows="資料を受領する", arguments={"event_id": coming})
    yield Shot(name="帳票", place="documents", shows="実施報告書", arguments={"event_id": held, "kind": "実施報告書"})
    yield Shot(name="班分け", place="groups", shows="班の希望", arguments={"event_id": exchange})
    yield Shot(name="配慮の手配", place="arrangements", shows="撮影の可否", arguments={"event_id": coming})
    yield Shot(name="貸与タブレット", place="tablets", shows="予備", arguments={"event_id": coming})


def shots_of_the_day(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield the day itself: its papers, the file for the venue, the door."""
    coming = {"event_id": numbered(events, "第6回")}
    papers = {**coming, "tab": "当日"}
    yield Shot(name="当日", place="event", shows="当日セットを印刷", arguments=papers, paper="day")
    yield Shot(
        name="当日持出しファイル", place="event", shows="ファイルを作る", arguments=papers,
        steps=(press("持出しファイルを作る", under="当日の作業"), fill("承認者", "見本　課長")),
    )  # fmt: skip
    yield Shot(
        name="受付", place="reception", shows="受付を終える", arguments=coming, day=_DAY_OF_EVENT,
        steps=(enter(_DOOR, "1"), enter(_DOOR, "6"), enter(_DOOR, "9")), paper="reception",
    )  # fmt: skip
    yield Shot(
        name="紙の名簿から出欠", place="attendance", shows="出席の番号を入れる", arguments=coming, day=_DAY_OF_EVENT
    )
