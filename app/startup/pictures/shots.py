"""The pictures that the program takes of itself, in the order of the work, each with its expected text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from app.main_window.main_window import MainWindow
from app.startup.pictures.sample_additions import event_with, organisation_list
from app.startup.pictures.shot import Shot, press_button, type_and_enter, type_text

_DAY_OF_EVENT = date(2026, 12, 8)
_CHECK_IN_HINT = "番号、または ふりがな"


def shots_of_people(events: Mapping[str, int], temporary_folder: Path) -> Iterator[Shot]:
    """Yield 団体, people, applications and the roster; ``temporary_folder`` takes a list to import."""
    coming, open_one = event_with(events, "第6回"), event_with(events, "第7回")

    def read_list(window: QWidget) -> None:
        """Have the list of 団体 read, as if its file had been chosen."""
        screen = cast(MainWindow, window).screen_of("organisations")
        screen.import_menu.take_file(organisation_list(temporary_folder))  # type: ignore[attr-defined]

    yield Shot(
        "団体",
        "organisations",
        expected_text="団体を加える",
        arguments={"view": "団体"},
        expected_empty=("替わる日の決まった届出はありません。",),
    )
    yield Shot("人", "organisations", expected_text="人を加える", arguments={"view": "人"})
    yield Shot(
        "団体の一覧を取り込む",
        "organisations",
        expected_text="見本しらかば団地自治会",
        arguments={"view": "団体"},
        steps=(read_list,),
    )
    yield Shot(
        "申込を取り込む",
        "applications",
        expected_text="申込のファイルを選ぶ",
        arguments={"event_id": open_one, "page": "取り込み"},
    )
    yield Shot(
        "電話の申込",
        "applications",
        expected_text="受け付けて閉じる",
        arguments={"event_id": open_one, "page": "電話"},
        steps=(type_text("団体", "あおば"),),
    )
    yield Shot(
        "参加者",
        "roster",
        expected_text="欠席連絡 F4",
        arguments={"event_id": open_one},
        document_picture="roster",
    )
    yield Shot(
        "参加者を決める",
        "choice",
        expected_text="決め方",
        arguments={"event_id": open_one},
        expected_empty=("まだ決めていません。",),
    )
    yield Shot(
        "目的を選んで出力",
        "purpose_export",
        expected_text="持ち出し先",
        arguments={"event_id": coming},
    )
    yield Shot("持出し管理簿", "takeouts", expected_text="見本こもれび区民館")
    yield Shot(
        "情報保護",
        "ledgers",
        expected_text="暗号化の記録がありません",
        arguments={"ledger": "transfers"},
    )
    yield Shot("守ることの一覧", "duties", expected_text="管理責任者の選任と提出")


def shots_before_the_day(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield the preparation of an event: documents, numbers, handouts, groups, 配慮, tablets."""
    coming, open_one = event_with(events, "第6回"), event_with(events, "第7回")
    held, exchange = event_with(events, "第2回 LINE"), event_with(events, "第1回 意見交換会")
    letters = {"event_id": open_one, "tab": "書類", "kind": "募集チラシ"}
    yield Shot("通知と募集の書類", "event", expected_text="募集チラシ", arguments=letters)
    yield Shot(
        "人数連絡",
        "event",
        expected_text="参加予定人数",
        arguments={"event_id": coming, "tab": "参加者", "part": "人数連絡"},
    )
    yield Shot("資料・報告", "turns", expected_text="いまの状態", arguments={"kind": "資料"})
    yield Shot(
        "資料のページと指摘",
        "materials",
        expected_text="資料・報告へ",
        arguments={"event_id": coming},
        expected_empty=(
            "紙で受領した版です。原本を見ながら、ページの番号を入力して指摘を書けます。",
            "指摘はありません。下の行に書くと、ここに並びます。",
        ),
    )
    yield Shot(
        "帳票",
        "event",
        expected_text="実施報告書",
        arguments={"event_id": held, "tab": "書類", "kind": "実施報告書"},
        expected_empty=("まだ保存も印刷もしていません。",),
    )
    yield Shot("班分け", "groups", expected_text="班の希望", arguments={"event_id": exchange})
    yield Shot("討議の記録", "discussion", expected_text="ファシリテーター", arguments={"event_id": exchange})
    asked = {"event_id": event_with(events, "第2回 意見交換会")}
    yield Shot("事例発表", "presentations", expected_text="発表のお願いを加える", arguments=asked)
    outside = {"event_id": coming, "tab": "当日"}
    yield Shot("配慮の手配", "event", expected_text="撮影の可否", arguments={**outside, "part": "配慮"})
    yield Shot("貸与タブレット", "event", expected_text="予備", arguments={**outside, "part": "貸与"})


def shots_of_the_day(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield the day itself: its documents, the file for the venue, the check-in."""
    coming = {"event_id": event_with(events, "第6回")}
    papers = {**coming, "tab": "当日"}
    yield Shot("当日", "event", expected_text="受付の前に", arguments=papers, document_picture="day")
    yield Shot(
        "当日持出しファイル",
        "event",
        expected_text="ファイルを作る",
        arguments={**papers, "part": "持出しファイル"},
        steps=(press_button("持出しファイルを作る"), type_text("承認者", "見本　課長")),
    )
    yield Shot(
        "受付",
        "reception",
        expected_text="受付を閉じる",
        arguments=coming,
        day=_DAY_OF_EVENT,
        steps=(
            type_and_enter(_CHECK_IN_HINT, "1"),
            type_and_enter(_CHECK_IN_HINT, "6"),
            type_and_enter(_CHECK_IN_HINT, "9"),
        ),
        document_picture="reception",
    )
    yield Shot(
        "紙の名簿から出欠",
        "attendance",
        expected_text="出席の番号を入れる",
        arguments=coming,
        day=_DAY_OF_EVENT,
    )


def shots(events: Mapping[str, int], temporary_folder: Path) -> Iterator[Shot]:
    """Yield the pictures of the main window; ``temporary_folder`` takes files to be read."""
    yield from _year(events)
    yield from shots_of_people(events, temporary_folder)
    yield from shots_before_the_day(events)
    yield from shots_of_the_day(events)
    yield from _surveys(events)
    yield from _reports(events)
    yield from _end_of_year(events)
    yield from _settings()


def _year(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield home, events, one event, venues, the year with its dates, and the calls."""
    coming, moved = event_with(events, "第6回"), event_with(events, "第7回")
    overview = {"event_id": coming, "tab": "概要"}
    yield Shot("ホーム", "home", expected_text="来週から", document_picture="home")
    yield Shot("事業", "events", expected_text="実施回を追加")
    yield Shot(
        "実施回を追加",
        "events",
        expected_text="実施回を追加する",
        arguments={"kind": ""},
        steps=(
            press_button("実施回を追加"),
            type_text("名称", "防災とLINE講習会"),
            type_text("実施日", "12/22"),
            type_text("会場", "見本つつじ台区民館"),
        ),
    )
    yield Shot(
        "実施回の概要",
        "event",
        expected_text="区がやること",
        arguments=overview,
        document_picture="event",
    )
    yield Shot(
        "日付を変える",
        "event",
        expected_text="動く期限",
        arguments={"event_id": moved, "tab": "概要"},
        steps=(press_button("日付を変える"), type_text("新しい日付", "12/22")),
        document_picture="event-move",
    )
    yield Shot("会場・予約", "venues", expected_text="予約を追加")
    yield Shot("年度", "summary", expected_text="照会・議会・予算の一行")
    yield Shot("仕様との対照", "summary", expected_text="理由を直す", arguments={"page": "仕様との対照"})
    yield Shot("年度の期日", "year", expected_text="提案書の提出")
    yield Shot(
        "中止・変更の連絡",
        "calls",
        expected_text="電話一覧",
        arguments={"event_id": coming},
        expected_empty=("判断を記録すると、文がここに出ます。",),
    )
    yield Shot(
        "確認の電話",
        "confirmations",
        expected_text="電話で話す文",
        arguments={"event_id": coming},
    )


def _surveys(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield the surveys: list, questionnaires, entry, import, responses, check, tally, comparison."""
    coming, line, fifth = (event_with(events, part) for part in ("第6回", "第2回 LINE", "第5回"))
    versions = (("ひな形", 1), ("ひな形", 2))

    def of(event: int, page: str) -> dict[str, Any]:
        """Return the arguments for a page of an event's survey."""
        return {"event_id": event, "page": page}

    yield Shot("アンケートの一覧", "survey", expected_text="年間で比べる")
    yield Shot("設問のひな形", "questionnaires", expected_text="ひな形を作る")
    yield Shot("設問を比べる", "questionnaires", expected_text="入れ替える", arguments={"compare": versions})
    yield Shot("設問", "survey", expected_text="設問を加える", arguments=of(coming, "設問"))
    yield Shot("検算・代行入力", "survey", expected_text="入力を始める", arguments=of(fifth, "検算・代行入力"))
    yield Shot(
        "紙の回答の入力",
        "survey",
        expected_text="問1",
        arguments=of(fifth, "検算・代行入力"),
        steps=(press_button("入力を始める"),),
        document_picture="survey-entry",
    )
    yield Shot(
        "オンラインの取込み",
        "survey",
        expected_text="回答のファイルを選ぶ",
        arguments=of(fifth, "取り込み"),
    )
    yield Shot("回答", "survey", expected_text="集計のしかた", arguments=of(fifth, "回答"))
    yield Shot("確かめる", "survey", expected_text="確かめること", arguments=of(fifth, "照合"))
    yield Shot("集計", "survey", expected_text="クロス集計", arguments=of(line, "集計"))
    yield Shot("年間の集計", "survey_year", expected_text="今年度の回ごとに並べる")


def _reports(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield notices of the contractor, report form and check, differing numbers, and the history of an event."""
    names = ("第2回 LINE", "第1回 意見交換会", "第5回", "第3回 Instagram")
    line, exchange, fifth, third = (event_with(events, part) for part in names)
    yield Shot(
        "資料・報告 届出",
        "turns",
        expected_text="従事者・配置表の届",
        arguments={"kind": "従事者・配置表の届"},
    )
    yield Shot(
        "報告書の様式",
        "event",
        expected_text="章と記入する者",
        arguments={"event_id": line, "tab": "報告", "part": "様式"},
    )
    yield Shot(
        "報告書の内容確認",
        "report",
        expected_text="第1回 意見交換会",
        arguments={"event_id": exchange, "view": "check"},
        document_picture="report-check",
    )
    yield Shot(
        "数字の食い違い検査",
        "numbers",
        expected_text="紙・集計・報告書と比べました",
        arguments={"event_id": third},
    )
    yield Shot("数字の食い違い（年度）", "numbers", expected_text="比べた紙・報告書")
    yield Shot("履歴", "changes", expected_text="その日の状態を見る", arguments={"event_id": fifth})


def _end_of_year(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield agreements, the support of a 派遣, the year as a whole, its end and the next one."""
    coming, dispatch = event_with(events, "第6回"), event_with(events, "派遣")
    yield Shot("協議・打合せ", "agreements", expected_text="協議・打合せ")
    yield Shot(
        "支援のあゆみ",
        "event",
        expected_text="支援のあゆみ",
        arguments={"event_id": dispatch, "tab": "支援のあゆみ"},
    )
    yield Shot("派遣の希望票", "events", expected_text="団体別の進み具合", arguments={"view": "派遣"})
    yield Shot("日程の比較", "schedules", expected_text="候補日")
    yield Shot("区の年中行事", "ward_days", expected_text="区の年中行事")
    yield Shot("数を絵で", "summary", expected_text="各回の出席者", arguments={"page": "数を絵で"})
    yield Shot("支部ごとの数", "summary", expected_text="実人数", arguments={"page": "支部ごとの数"})
    yield Shot("満足計・前年", "summary", expected_text="満足計", arguments={"page": "満足計・前年"})
    yield Shot("照会への回答", "summary", expected_text="照会への回答", arguments={"page": "照会への回答"})
    yield Shot("変更", "changes", expected_text="変更")
    yield Shot("その日の状態", "past", expected_text="今に戻る", arguments={"event_id": coming})
    yield Shot("次年度提案書の根拠", "proposal", expected_text="根拠")
    yield Shot("検討メモ", "budget_memo", expected_text="庁内限り")
    yield Shot("仕様書の読み比べ", "specification", expected_text="仕様書の読み比べ")
    yield Shot(
        "完了・検査・支払",
        "completion",
        expected_text="検査",
        expected_empty=("書類を受領すると、契約の記録とくらべられます。",),
    )
    yield Shot("引継書", "handover", expected_text="引継書")
    yield Shot(
        "確認票",
        "check_sheet",
        expected_text="確認票",
        arguments={"ledger": "cloud"},
        expected_empty=("この確認票は、まだありません。",),
    )


def _settings() -> Iterator[Shot]:
    """Yield disposal, end of the contract, incidents, the failure log, and the pages of 設定."""
    pages = (
        ("contract", "契約", "契約変更の履歴"), ("numbers", "契約条件", "回数・人数・期限"),
        ("practices", "契約の決まり", "仕様書の文"),
        ("closed_days", "閉庁日", "閉庁日を加える"),
        ("office", "所属・担当者", "文書記号"), ("papers", "帳票の宛先", "公文書（起案・決裁）"),
        ("users", "利用者", "新しい回復キーを発行する"), ("backup", "バックアップ・表示", "バックアップを作成する"),
        ("protection", "情報保護", "情報授受簿"),
    )  # fmt: skip
    yield Shot("消す時期が来たもの", "disposal", expected_text="消したあとも残るもの")
    yield Shot("契約の終わり", "contract_end", expected_text="提出した報告書・資料の控え")
    yield Shot(
        "事故の対応",
        "incidents",
        expected_text="撮影の了解書1枚",
        arguments={"incident_id": 1, "step": 2},
        expected_empty=("この年度の事故の記録は、ありません。",),
    )
    yield Shot(
        "プログラムの障害の記録",
        "settings",
        expected_text="この内容を、そのままファイルに保存します。",
        arguments={"page": "edition"},
        steps=(press_button("プログラムの障害の記録"),),
    )
    for page, name, shows in pages:
        paper = page if page == "backup" else ""
        yield Shot(
            f"設定 {name}",
            "settings",
            expected_text=shows,
            arguments={"page": page},
            document_picture=paper,
            expected_empty=("まだありません。", "まだありません。個人情報のある書類は、暗号化して保存します。"),
        )
