"""Every place of the window: the screens, the tabs of an event and the dialogs, each with what opens it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.main_window.main_window import MainWindow
from app.startup.pictures.sample_additions import event_with
from app.startup.pictures.shot import Shot
from app.startup.pictures.shots import shots
from db.records.year.rights import RequestKind
from tests.bench.opening import visits


@dataclass(frozen=True)
class Visit:
    """One screen or dialog: where it is and what opens it there."""

    name: str
    place: str
    arguments: dict[str, Any] = field(default_factory=dict)
    opening: tuple[Callable[[MainWindow], object], ...] = ()


def of_screen(place: str, act: Callable[[Any], object]) -> Callable[[MainWindow], object]:
    return lambda window: act(window.screen_of(place))


def every_visit(ids: Mapping[str, int], scratch: Path, kind: str = "講習会") -> Iterator[Visit]:
    """The screens as the bench knows them, what the pictures show, and dialogs that no picture shows.

    ``ids`` are the events by title, ``scratch`` takes files to be read, ``kind`` is one of the year.
    """
    for name, place, given in visits(dict(ids)):
        yield Visit(name, place, given)
    yield Visit("設定 contract", "settings", {"page": "contract"})
    yield Visit("設定 practices", "settings", {"page": "practices"})
    for shot in shots(ids, scratch):
        if shot.steps:
            yield Visit(f"絵 {shot.name}", shot.screen_name, dict(shot.arguments), _steps(shot))
    coming, exchange = {"event_id": event_with(ids, "第6回")}, {"event_id": event_with(ids, "第1回 意見交換会")}
    open_one, telling = {"event_id": event_with(ids, "第7回")}, {"event_id": event_with(ids, "第2回 意見交換会")}
    for name, place, given, act in (
        ("実施回の内容を変える", "event", coming, lambda page: page.edit()),
        ("予約を追加", "venues", {}, lambda page: page.add_booking()),
        ("協議を記録", "agreements", {}, lambda page: page.add()),
        ("打合せを記録", "agreements", {}, lambda page: page.add_meeting()),
        ("前の年度の数を入力", "summary", {}, lambda page: page.enter_earlier_figures()),
        ("照会への回答を残す", "summary", {}, lambda page: page.write_answer()),
        ("数の元の一覧", "summary", {}, lambda page: page.open_source_rows(kind, "実人数")),
        ("集計から根拠を集める", "proposal", {}, lambda page: page.totals.click()),
        ("後任者へ引き継ぐ", "handover", {}, lambda page: page.open_change()),
        ("候補を足す", "schedules", {}, lambda page: page.add()),
        ("案を加える", "schedules", {}, lambda page: page.add_plan()),
        ("行事を加える", "ward_days", {}, lambda page: page.add()),
        ("応対メモを書く", "memos", {}, lambda page: page.add()),
        ("請求を受け付ける", "data_requests", {}, lambda page: page.add(RequestKind.SUSPENSION)),
        (
            "申出を記録する",
            "organisations",
            {"person_id": 1},
            lambda page: page.people_page.edit_shown(
                lambda view: page.people_page.edit_contact(view, None, is_report=True)
            ),
        ),
        ("留守にする", "home", {}, lambda page: page._go_away()),
        ("確認の電話の決まり", "confirmations", open_one, lambda page: page._ask_options()),
        ("希望票を記録", "events", {"view": "派遣"}, lambda page: page.kind_page.add()),
        ("希望票を直す", "events", {"view": "派遣"}, lambda page: page.kind_page.edit_request()),
        ("選定を記録", "events", {"view": "派遣"}, lambda page: page.kind_page.detail.open_decision()),
        ("会場を追加", "venues", {}, lambda page: page.add_venue()),
        ("予約の注意", "venues", {}, lambda page: page.list_warnings()),
        ("団体を加える", "organisations", {"view": "団体"}, lambda page: page._add()),
        ("人を加える", "organisations", {"view": "人"}, lambda page: page._add()),
        ("団体の取り込み", "organisations", {"view": "団体"}, lambda page: page.import_menu.list_imports()),
        ("二重の登録", "organisations", {"view": "団体"}, lambda page: page._find_duplicates()),
        (
            "会長が替わった団体",
            "organisations",
            {"view": "団体"},
            lambda page: page.organisation_page.list_changed_chairs(),
        ),
        ("参加者を直す", "roster", open_one, lambda page: page.open_entry()),
        ("代理", "roster", open_one, lambda page: page.open_substitute()),
        ("状態", "roster", open_one, lambda page: page.open_state()),
        ("資料 実施回", "event", coming | {"tab": "資料"}, None),
        ("資料の受領", "turns", coming | {"kind": "資料"}, lambda page: page._receive()),
        ("資料をページと確かめる", "materials", coming, None),
        ("資料の2つの版", "materials", coming, lambda page: page._pages.setCurrentWidget(page.compare)),
        ("資料の権利", "materials", coming, lambda page: page._ask_rights()),
        ("持出しの記入", "takeouts", {}, lambda page: page.add_row()),
        ("管理簿の行を加える", "ledgers", {"ledger": "transfers"}, lambda page: page.add_row()),
        ("訂正行", "ledgers", {"ledger": "workers"}, lambda page: page.correct_value()),
        ("期日を済にする", "year", {}, lambda page: page.close_task()),
        ("期日を変える", "year", {}, lambda page: page.change_date()),
        ("発表のお願い", "presentations", telling, lambda page: page.add()),
        ("承諾書を受ける", "presentations", telling, lambda page: (page.list.choose(bool), page.record_answer())),
        ("承諾の取りやめ", "presentations", telling, lambda page: (page.list.choose(bool), page.record_withdrawal())),
        ("班の希望", "groups", exchange, lambda page: page.open_wishes()),
        ("部数と選び直し", "day", coming, lambda page: page.choose_papers()),
        (
            "タブレットの台帳",
            "day",
            {**coming, "part": "貸与"},
            lambda page: page.outside.parts["貸与"].open_register(),
        ),
        ("当日受付", "reception", coming, lambda page: page.add_walk_in()),
        ("受付を閉じる", "reception", coming, lambda page: page.end()),
        ("ひな形を作る", "questionnaires", {}, lambda page: page.create_master()),
        ("報告書の受領", "report", {**exchange, "receive": True}, None),
        ("区の自主管理", "home", {}, lambda page: page._show_self_managed()),
        ("契約変更", "settings", {"page": "numbers"}, lambda page: page.page("numbers").agree.click()),
        ("種類を加える", "settings", {"page": "numbers"}, lambda page: page.page("numbers").add.click()),
        ("種類の名前・順", "settings", {"page": "numbers"}, lambda page: page.page("numbers")._ask_names(kind)),
        ("所属・担当者の変更", "settings", {"page": "office"}, lambda page: page.page("office")._change_office()),
    ):
        yield Visit(f"窓 {name}", place, dict(given), (of_screen(place, act),) if act is not None else ())


def _steps(shot: Shot) -> tuple[Callable[[MainWindow], object], ...]:
    return tuple(shot.steps)


def until_quiet(window: MainWindow) -> None:
    """Until nothing is under way, the rows have got their heights and what comes turn by turn is there."""
    tasks, turns = window.app_context.tasks, 3
    while turns:
        turns -= 1
        QApplication.processEvents()
        while tasks.is_busy:
            # What a thread has ready comes as an event; to ask again and again would keep that thread from its work.
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        timers = window._stack.currentWidget().findChildren(QTimer) if not turns else []
        if any(one.isActive() and not one.interval() for one in timers):
            turns = 1
