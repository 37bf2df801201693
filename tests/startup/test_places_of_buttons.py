"""Every button that leads somewhere: its words, its place and what it hands on, and that every such place
is a screen."""

from __future__ import annotations

import ast
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args

from app.asked import Asked, What
from app.main_window.ways import WAYS, way_to
from app.papers.services.paper_kind import PAPERS
from app.papers.services.paper_scope import PaperScope
from app.startup.screens import screens
from app.subjects.day.rules import PreflightFinding, Subject
from app.subjects.day.services.preflight import asked_about
from app.subjects.events.services import deadlines
from app.subjects.reports.services.report_form import read_form_screen
from app.subjects.settings.screens.doors import SettingsDoors
from db.records.events import Event
from db.rows import rows
from tests.support.sample import sample_store
from tests.support.trees import nodes_of

_KNOWN = (
    "event_id", "organisation_id", "person_id", "entry_id", "booking_id", "step_id", "programme_id", "task",
    "kind", "copy", "name", "text",
)  # fmt: skip
_OF_THE_YEAR = [date(2026, 4, 1) + timedelta(days=7 * number) for number in range(57)]

# What asks | words of the button | place | what is handed to it: an id by its name alone, a fixed word as name=word.
FROZEN = """
報告書 討議の記録から | 討議のまとめを開く | discussion | event_id page=まとめ
報告書 討議の記録から | 討議の記録を開く | discussion | event_id
報告書 アンケートの集計から | アンケートを開く | survey | event_id
報告書 当日の記録から | 当日の記録を直す | event | event_id part=result tab=概要
報告書 資料の記録から | 資料を直す | materials | event_id
報告書 進行表から | 進行表を直す | event | event_id part=agenda tab=概要
帳票 協議記録 | 協議・打合せを開く | agreements |
帳票 打合せ記録 | 協議・打合せを開く | agreements |
帳票 協議記録一覧 | 協議・打合せを開く | agreements |
帳票 その日の状態 | 履歴を開く | event | event_id tab=履歴
期限 討議のまとめ | 討議のまとめを開く | discussion | event_id page=まとめ point_id=5
期限 討議のまとめ | 討議のまとめを開く | discussion | event_id page=まとめ point_id=7
期限 協議の宿題 | 宿題を開く | agreements | homework_id=4
期限 協議の宿題 | 宿題を開く | agreements | homework_id=5
期限 協議の宿題 | 宿題を開く | agreements | homework_id=6
期限 届出の予定 | 団体を開く | organisations | organisation_id
期限 区の年中行事 | 区の年中行事を開く | ward_days | ward_day_id=5
期限 区の年中行事 | 区の年中行事を開く | ward_days | ward_day_id=6
期限 区の年中行事 | 区の年中行事を開く | ward_days | ward_day_id=7
帳票 年間計画 | 区の年中行事を開く | ward_days |
帳票 日程の比べ | 日程の比べを開く | schedules |
帳票 アドバイザー派遣募集要項 | 契約を開く | settings | page=contract
帳票 アドバイザー派遣希望票 | 契約を開く | settings | page=contract
帳票 起案資料（派遣の選定） | 希望票の一覧を開く | dispatches |
帳票 派遣不採択通知 | 希望票の一覧を開く | dispatches | organisation_id
帳票 派遣先の連絡先 | 希望票の一覧を開く | dispatches | event_id
期限 派遣の3か月後の電話 | 電話を記録 | event | event_id tab=支援のあゆみ
期限 派遣のフォローアップ | フォローアップを開く | event | event_id part=フォローアップ tab=支援のあゆみ
帳票 アンケート中間集計 | アンケートを開く | survey |
帳票 年間実績総括 | 年度まとめを開く | summary |
帳票 照会への回答 | 年度まとめを開く | summary |
帳票 アンケート用紙 | アンケートを開く | survey | event_id
帳票 アンケート用紙（拡大版） | アンケートを開く | survey | event_id
帳票 アンケート集計表 | アンケートを開く | survey | event_id
帳票 クロス集計表 | アンケートを開く | survey | event_id
帳票 ホームページ原稿 | 実施回を開く | event | event_id
帳票 中止通知 | 中止・変更の連絡を開く | calls | event_id
帳票 会長あて案内文 | 実施回を開く | event | event_id
帳票 募集チラシ | 実施回を開く | event | event_id
帳票 区報原稿 | 実施回を開く | event | event_id
帳票 参加人数変更連絡書 | 参加人数を開く | participants | event_id
帳票 参加人数連絡書 | 参加人数を開く | participants | event_id
帳票 参加申込書 | 実施回を開く | event | event_id
帳票 参加者決定の記録 | 参加者を決める | choice | event_id
帳票 受付名簿 | 参加者を開く | roster | event_id
帳票 名札 | 参加者を開く | roster | event_id
帳票 団体の記録 | 団体を開く | organisations | organisation_id
帳票 変更通知 | 中止・変更の連絡を開く | calls | event_id
帳票 宛名ラベル | 参加者を開く | roster | event_id
帳票 実施報告書 | 報告書を開く | report | event_id
帳票 実施報告書確認票 | 報告書を開く | report | event_id
帳票 実施確認票 | 日程を決める | event | event_id
帳票 席札 | 参加者を開く | roster | event_id
帳票 当日進行表・機材チェック表 | 当日の進行を開く | event | event_id
帳票 支部長あて依頼文 | 実施回を開く | event | event_id
帳票 決定通知 | 参加者を開く | roster | event_id
帳票 班札 | 班分けを開く | groups | event_id
帳票 討議の記録 | 討議の記録を開く | discussion | event_id
帳票 落選通知 | 参加者を決める | choice | event_id
帳票 資料確認結果通知 | 資料を開く | materials | event_id
帳票 起案資料 | 参加者を開く | roster | event_id
帳票 起案資料（中止・変更） | 中止・変更の連絡を開く | calls | event_id
帳票 追加募集の対象団体 | 名簿を開く | roster | event_id
帳票 開催通知 | 参加者を開く | roster | event_id
帳票 電話一覧 | 中止・変更の連絡を開く | calls | event_id
帳票 提案書の様式 | 提案書の根拠を開く | proposal |
帳票 予算要求・次年度仕様書 検討メモ | 検討メモを開く | budget_memo |
帳票 引継書 | 引継書を開く | handover |
帳票 仕様書の読み比べ | 仕様書の読み比べを開く | specification |
帳票 検査調書別紙 | 完了・検査・支払を開く | completion |
帳票 業務完了届 | 完了・検査・支払を開く | completion |
帳票 請求書の点検票 | 完了・検査・支払を開く | completion |
帳票 実施報告書の数字（様式） | 報告書を開く | report | event_id
帳票 報告書の提出のお願い | 報告書を開く | report | event_id
帳票 報告書の受領の通知 | 報告書を開く | report | event_id
帳票 報告書の修正の依頼 | 報告書を開く | report | event_id
帳票 従事者・配置表（様式） | 提出物を開く | deliverables |
帳票 物品持込許可申請書（様式） | 提出物を開く | deliverables |
帳票 提出物と遅れの一覧 | 提出物を開く | deliverables |
帳票 提出物の通知 | 提出物を開く | deliverables |
帳票 物品持込許可簿 | 管理簿を開く | ledgers |
帳票 提供物台帳 | 管理簿を開く | ledgers |
帳票 契約台帳 | 契約を開く | settings | page=contract
帳票 従事者名簿 | 管理簿を開く | ledgers |
帳票 情報授受簿 | 管理簿を開く | ledgers |
帳票 持出し管理簿 | 管理簿を開く | ledgers |
帳票 問合せ・相談台帳 | 管理簿を開く | ledgers |
帳票 貸与タブレット貸出返却簿 | 管理簿を開く | ledgers |
帳票 問合せ・相談台帳 | 管理簿を開く | ledgers |
帳票 クラウドサービス確認票一覧 | 管理簿を開く | ledgers |
帳票 クラウドサービス確認票 | 確認票を開く | check_sheet |
印刷前 ふりがな | 参加者を開く | roster | event_id
印刷前 ふりがな ひとり | 参加者を開く | roster | entry_id event_id
印刷前 タブレット | 端末を開く | tablets | event_id
印刷前 タブレット ひとり | 端末を開く | tablets | event_id
印刷前 人数 | 人数連絡を開く | participants | event_id
印刷前 人数 ひとり | 人数連絡を開く | participants | event_id
印刷前 字形 | 参加者を開く | roster | event_id
印刷前 字形 ひとり | 参加者を開く | roster | entry_id event_id
印刷前 氏名未定 | 氏名を入力 | roster | event_id
印刷前 氏名未定 ひとり | 氏名を入力 | roster | entry_id event_id
印刷前 資料 | 資料を開く | materials | event_id
印刷前 資料 ひとり | 資料を開く | materials | event_id
印刷前 配慮 | 手配を開く | arrangements | event_id part=配慮
印刷前 配慮 ひとり | 手配を開く | arrangements | event_id part=配慮
印刷前 重複 | 参加者を開く | roster | event_id
印刷前 重複 ひとり | 参加者を開く | roster | entry_id event_id
印刷前 長い名前 | 参加者を開く | roster | event_id
印刷前 長い名前 ひとり | 参加者を開く | roster | entry_id event_id
期限 アンケートの検算 | 検算を開く | event | event_id tab=アンケート
期限 契約の満了 | 年度の期日を開く | year | programme_id task
期限 中間集計（査定資料） | 中間集計を開く | survey_year | page=中間集計
期限 中間集計（次年度の見積） | 中間集計を開く | survey_year | page=中間集計
期限 会計課への確認 | 完了・検査・支払を開く | completion | programme_id
期限 支出命令 | 完了・検査・支払を開く | completion | programme_id
期限 中止・変更の電話 | 電話一覧を開く | calls | event_id
期限 人数の変更連絡 | 変更連絡を作成 | event | event_id tab=人数連絡
期限 持出しの返却 | 返却を記録 | takeouts | event_id
期限 人数連絡 | 人数連絡を作成 | event | event_id tab=人数連絡
期限 会場の取消期限 | 予約を開く | venues | booking_id
期限 出納閉鎖 | 年度の期日を開く | year | programme_id task
期限 募集の段取り | 段取りを開く | event | event_id step_id tab=概要
期限 募集の段取り | 申込を開く | event | event_id step_id tab=参加者
期限 報告書の修正版 | 提出のお願い | report | event_id
期限 報告書の内容確認 | 報告書を確かめる | report | event_id
期限 実施報告書 | 提出のお願い | report | event_id
期限 実施結果の記録 | 結果を記録 | event | event_id part=result tab=概要
期限 当日資料一式 | 当日資料を作成 | event | event_id tab=当日
期限 提案書 | 提出物を開く | deliverables | programme_id task
期限 支払を終える | 完了・検査・支払を開く | completion | programme_id
期限 検査を終える | 完了・検査・支払を開く | completion | programme_id
期限 業務完了届 | 提出物を開く | deliverables | programme_id task
期限 設問の決定 | 設問を開く | event | event_id tab=アンケート
期限 請求書 | 提出物を開く | deliverables | programme_id task
期限 資料案の受領 | 提出のお願い | materials | event_id
期限 資料確認 | 資料を開く | materials | event_id
期限 資料確認結果の連絡 | 結果通知を作成 | materials | event_id
"""


def _registered(qapp) -> set[str]:
    doors = SettingsDoors(
        folder=Path(), login_id="mihon", clock=datetime.now, backup_made=lambda: None, leave_for_restore=lambda: None
    )
    return {entry.place for entry in screens(doors)}


def _named_in(folder: Path) -> dict[str, set[str]]:
    """Every place written in the source: ``place="…"`` of a button of a screen, and ``go("…")``."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        for node in nodes_of(path):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [word.value for word in node.keywords if word.arg == "place"] if name == "WayThere" else []
            given += node.args[:1] if name == "go" else []
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found.setdefault(value.value, set()).add(path.name)
    return found


def _line(who: str, asked: Asked) -> str:
    """One line of the table; an id that is not the one asked about would stand there with its value."""
    way = way_to(asked)
    given = [
        name if name in _KNOWN and value == getattr(asked, name) else f"{name}={value}"
        for name, value in sorted(way.arguments.items())
    ]
    return f"{who} | {way.label} | {way.place} | {' '.join(given)}"


def _of_tasks(store) -> set[str]:
    found = set()
    for day in _OF_THE_YEAR:
        for task in deadlines.all_tasks(store, today=day):
            assert task.asked.event_id in (task.event_id, None)
            assert task.asked.step_id in (task.step_id, None)
            found.add(_line(f"期限 {task.task}", task.asked))
    return found


def _of_papers() -> set[str]:
    scopes = {
        "実施回": PaperScope(event_id=6), "年度": PaperScope(fiscal_year=2026), "団体": PaperScope(organisation_id=3),
    }  # fmt: skip
    return {_line(f"帳票 {paper.kind}", paper.asked(scopes[paper.about])) for paper in PAPERS}


def _of_the_check(event: Event) -> set[str]:
    return {
        _line(
            f"印刷前 {subject}{'' if entry_id is None else ' ひとり'}",
            asked_about(
                PreflightFinding(subject=subject, gravity="参考", sentence="", details=(), entry_id=entry_id), event.id
            ),
        )
        for subject in get_args(Subject)
        for entry_id in (None, 7)
    }


def _of_the_form(store) -> set[str]:
    return {
        _line(f"報告書 {facts.title.partition('（')[0]}", facts.asked)
        for event in rows(store.database, Event)
        for section in read_form_screen(store, event_id=event.id, today=date(2026, 12, 1)).sections
        for facts in section.facts
    }


def test_every_button_of_the_sample_year_says_and_leads_as_it_always_did(tmp_path):
    store = sample_store(tmp_path)
    event = next(iter(rows(store.database, Event)))

    led = _of_tasks(store) | _of_papers() | _of_the_check(event) | _of_the_form(store)

    frozen = {line.strip() for line in FROZEN.splitlines() if line.strip()}
    assert {line.strip() for line in led} == frozen


def test_every_word_a_service_may_ask_by_has_its_line_and_a_screen(qapp):
    everything = {name: 1 for name in _KNOWN if name not in ("task", "kind", "name", "text")}

    led = {
        way_to(Asked(what=what, **everything, task="検査", kind="名札", name="見本", text="見本")).place
        for what in get_args(What)
    }

    assert set(WAYS) == set(get_args(What))
    assert led - _registered(qapp) == set()
    assert {"year", "survey_year", "documents"} <= led


def test_every_kind_of_paper_asks_by_a_word_of_the_set():
    assert {paper.todo for paper in PAPERS} - set(get_args(What)) == set()


def test_every_place_written_in_the_program_is_a_screen(qapp, project_folder):
    named = _named_in(project_folder / "app")

    assert {"event", "events", "survey"} <= set(named)
    assert {place: files for place, files in named.items() if place not in _registered(qapp)} == {}


def test_no_service_names_a_place_of_the_window(qapp, project_folder):
    windows = {"screens", "parts", "main_window", "widgets", "window", "startup"}
    places = _registered(qapp)

    told = {
        path.name
        for path in (project_folder / "app").rglob("*.py")
        if not windows & set(path.parts)
        for node in nodes_of(path)
        if isinstance(node, ast.keyword) and node.arg == "place"
        if isinstance(node.value, ast.Constant) and node.value.value in places
    }

    assert told == set()
