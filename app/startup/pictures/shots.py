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
        name="団体",
        screen_name="organisations",
        expected_text="団体を加える",
        arguments={"view": "団体"},
        expected_empty=("替わる日の決まった届出はありません。",),
    )
    yield Shot(name="人", screen_name="organisations", expected_text="人を加える", arguments={"view": "人"})
    yield Shot(
        name="団体の一覧を取り込む",
        screen_name="organisations",
        expected_text="見本しらかば団地自治会",
        arguments={"view": "団体"},
        steps=(read_list,),
    )
    yield Shot(
        name="申込を取り込む",
        screen_name="applications",
        expected_text="申込のファイルを選ぶ",
        arguments={"event_id": open_one, "page": "取り込み"},
    )
    yield Shot(
        name="電話の申込",
        screen_name="applications",
        expected_text="受け付けて閉じる",
        arguments={"event_id": open_one, "page": "電話"},
        steps=(type_text("団体", "あおば"),),
    )
    yield Shot(
        name="参加者",
        screen_name="roster",
        expected_text="欠席連絡 F4",
        arguments={"event_id": open_one},
        document_picture="roster",
    )
    yield Shot(
        name="参加者を決める",
        screen_name="choice",
        expected_text="決め方",
        arguments={"event_id": open_one},
        expected_empty=("まだ決めていません。",),
    )
    yield Shot(
        name="目的を選んで出力",
        screen_name="purpose_export",
        expected_text="持ち出し先",
        arguments={"event_id": coming},
    )
    yield Shot(name="持出し管理簿", screen_name="takeouts", expected_text="見本こもれび区民館")
    yield Shot(
        name="情報保護",
        screen_name="ledgers",
        expected_text="暗号化の記録がありません",
        arguments={"ledger": "transfers"},
    )
    yield Shot(name="守ることの一覧", screen_name="duties", expected_text="管理責任者の選任と提出")


def shots_before_the_day(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield the preparation of an event: documents, numbers, handouts, groups, 配慮, tablets."""
    coming, open_one = event_with(events, "第6回"), event_with(events, "第7回")
    held, exchange = event_with(events, "第2回 LINE"), event_with(events, "第1回 意見交換会")
    letters = {"event_id": open_one, "kind": "募集チラシ"}
    yield Shot(name="通知と募集の書類", screen_name="letters", expected_text="募集チラシ", arguments=letters)
    yield Shot(
        name="人数連絡",
        screen_name="event",
        expected_text="参加予定人数",
        arguments={"event_id": coming, "tab": "参加者", "part": "人数連絡"},
    )
    yield Shot(name="資料・報告", screen_name="turns", expected_text="届いたものを受領する", arguments={"kind": "資料"})
    yield Shot(
        name="資料のページと指摘",
        screen_name="materials",
        expected_text="資料・報告へ",
        arguments={"event_id": coming},
        expected_empty=(
            "紙で受領した版です。原本を見ながら、ページの番号を入力して指摘を書けます。",
            "指摘はありません。下の行に書くと、ここに並びます。",
        ),
    )
    yield Shot(
        name="帳票",
        screen_name="documents",
        expected_text="実施報告書",
        arguments={"event_id": held, "kind": "実施報告書"},
    )
    yield Shot(name="班分け", screen_name="groups", expected_text="班の希望", arguments={"event_id": exchange})
    yield Shot(
        name="討議の記録", screen_name="discussion", expected_text="ファシリテーター", arguments={"event_id": exchange}
    )
    asked = {"event_id": event_with(events, "第2回 意見交換会")}
    yield Shot(name="事例発表", screen_name="presentations", expected_text="発表のお願いを加える", arguments=asked)
    outside = {"event_id": coming, "tab": "当日"}
    yield Shot(
        name="配慮の手配", screen_name="event", expected_text="撮影の可否", arguments={**outside, "part": "配慮"}
    )
    yield Shot(name="貸与タブレット", screen_name="event", expected_text="予備", arguments={**outside, "part": "貸与"})


def shots_of_the_day(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield the day itself: its documents, the file for the venue, the check-in."""
    coming = {"event_id": event_with(events, "第6回")}
    papers = {**coming, "tab": "当日"}
    yield Shot(name="当日", screen_name="event", expected_text="受付の前に", arguments=papers, document_picture="day")
    yield Shot(
        name="当日持出しファイル",
        screen_name="event",
        expected_text="ファイルを作る",
        arguments={**papers, "part": "持出しファイル"},
        steps=(press_button("持出しファイルを作る"), type_text("承認者", "見本　課長")),
    )
    yield Shot(
        name="受付",
        screen_name="reception",
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
        name="紙の名簿から出欠",
        screen_name="attendance",
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
    yield Shot(name="ホーム", screen_name="home", expected_text="来週から", document_picture="home")
    yield Shot(name="事業", screen_name="events", expected_text="実施回を追加")
    yield Shot(
        name="実施回を追加",
        screen_name="events",
        expected_text="実施回を追加する",
        steps=(
            press_button("実施回を追加"),
            type_text("名称", "防災とLINE講習会"),
            type_text("実施日", "12/22"),
            type_text("会場", "見本つつじ台区民館"),
        ),
    )
    yield Shot(
        name="実施回の概要",
        screen_name="event",
        expected_text="期限と根拠",
        arguments=overview,
        document_picture="event",
    )
    yield Shot(
        name="日付を変える",
        screen_name="event",
        expected_text="動く期限",
        arguments={"event_id": moved, "tab": "概要"},
        steps=(press_button("日付を変える"), type_text("新しい日付", "12/22")),
        document_picture="event-move",
    )
    yield Shot(name="会場・予約", screen_name="venues", expected_text="予約を追加")
    yield Shot(name="年度", screen_name="summary", expected_text="照会・議会・予算の一行")
    yield Shot(
        name="仕様との対照", screen_name="summary", expected_text="理由を直す", arguments={"page": "仕様との対照"}
    )
    yield Shot(name="年度の期日", screen_name="year", expected_text="日付を変える")
    yield Shot(
        name="中止・変更の連絡",
        screen_name="calls",
        expected_text="電話一覧",
        arguments={"event_id": coming},
        expected_empty=("判断を記録すると、文がここに出ます。",),
    )
    yield Shot(
        name="確認の電話",
        screen_name="confirmations",
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

    yield Shot(name="アンケートの一覧", screen_name="survey", expected_text="年間で比べる")
    yield Shot(name="設問のひな形", screen_name="questionnaires", expected_text="ひな形を作る")
    yield Shot(
        name="設問を比べる", screen_name="questionnaires", expected_text="入れ替える", arguments={"compare": versions}
    )
    yield Shot(name="設問", screen_name="survey", expected_text="設問を加える", arguments=of(coming, "設問"))
    yield Shot(
        name="検算・代行入力", screen_name="survey", expected_text="入力を始める", arguments=of(fifth, "検算・代行入力")
    )
    yield Shot(
        name="紙の回答の入力",
        screen_name="survey",
        expected_text="問1",
        arguments=of(fifth, "検算・代行入力"),
        steps=(press_button("入力を始める"),),
        document_picture="survey-entry",
    )
    yield Shot(
        name="オンラインの取込み",
        screen_name="survey",
        expected_text="回答のファイルを選ぶ",
        arguments=of(fifth, "取り込み"),
    )
    yield Shot(name="回答", screen_name="survey", expected_text="集計のしかた", arguments=of(fifth, "回答"))
    yield Shot(name="確かめる", screen_name="survey", expected_text="↑↓ で設問を選びます", arguments=of(fifth, "照合"))
    yield Shot(name="集計", screen_name="survey", expected_text="集計表を出力", arguments=of(line, "集計"))
    yield Shot(name="年間の集計", screen_name="survey_year", expected_text="今年度の回ごとに並べる")


def _reports(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield notices of the contractor, report form and check, differing numbers, and the history of an event."""
    names = ("第2回 LINE", "第1回 意見交換会", "第5回", "第3回 Instagram")
    line, exchange, fifth, third = (event_with(events, part) for part in names)
    yield Shot(
        name="資料・報告 届出",
        screen_name="turns",
        expected_text="従事者・配置表の届",
        arguments={"kind": "従事者・配置表の届"},
    )
    yield Shot(
        name="報告書の様式",
        screen_name="report",
        expected_text="章と記入する者",
        arguments={"event_id": line, "view": "form"},
    )
    yield Shot(
        name="報告書の内容確認",
        screen_name="report",
        expected_text="第1回 意見交換会",
        arguments={"event_id": exchange, "view": "check"},
        document_picture="report-check",
    )
    yield Shot(
        name="数字の食い違い検査",
        screen_name="numbers",
        expected_text="紙・集計・報告書と比べました",
        arguments={"event_id": third},
    )
    yield Shot(name="数字の食い違い（年度）", screen_name="numbers", expected_text="比べた紙・報告書")
    yield Shot(name="履歴", screen_name="changes", expected_text="その日の状態を見る", arguments={"event_id": fifth})


def _end_of_year(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield agreements, the support of a 派遣, the year as a whole, its end and the next one."""
    coming, dispatch = event_with(events, "第6回"), event_with(events, "派遣")
    yield Shot(name="協議・打合せ", screen_name="agreements", expected_text="協議・打合せ")
    yield Shot(
        name="支援のあゆみ",
        screen_name="event",
        expected_text="支援のあゆみ",
        arguments={"event_id": dispatch, "tab": "支援のあゆみ"},
    )
    yield Shot(name="派遣の希望票", screen_name="events", expected_text="団体別の進み具合", arguments={"view": "派遣"})
    yield Shot(name="日程の比較", screen_name="schedules", expected_text="候補日")
    yield Shot(name="区の年中行事", screen_name="ward_days", expected_text="区の年中行事")
    yield Shot(name="数を絵で", screen_name="summary", expected_text="各回の出席者", arguments={"page": "数を絵で"})
    yield Shot(name="支部ごとの数", screen_name="summary", expected_text="実人数", arguments={"page": "支部ごとの数"})
    yield Shot(name="満足計・前年", screen_name="summary", expected_text="満足計", arguments={"page": "満足計・前年"})
    yield Shot(
        name="照会への回答", screen_name="summary", expected_text="照会への回答", arguments={"page": "照会への回答"}
    )
    yield Shot(name="変更", screen_name="changes", expected_text="変更")
    yield Shot(name="その日の状態", screen_name="past", expected_text="その日の状態", arguments={"event_id": coming})
    yield Shot(name="次年度提案書の根拠", screen_name="proposal", expected_text="根拠")
    yield Shot(name="検討メモ", screen_name="budget_memo", expected_text="庁内限り")
    yield Shot(name="仕様書の読み比べ", screen_name="specification", expected_text="仕様書の読み比べ")
    yield Shot(
        name="完了・検査・支払",
        screen_name="completion",
        expected_text="検査",
        expected_empty=("書類を受領すると、契約の記録とくらべられます。",),
    )
    yield Shot(name="引継書", screen_name="handover", expected_text="引継書")
    yield Shot(
        name="確認票",
        screen_name="check_sheet",
        expected_text="確認票",
        arguments={"ledger": "cloud"},
        expected_empty=("この確認票は、まだありません。",),
    )


def _settings() -> Iterator[Shot]:
    """Yield disposal, end of the contract, incidents, the failure log, and the pages of 設定."""
    pages = (
        ("contract", "契約", "契約変更の履歴"), ("numbers", "契約条件", "回数・人数・期限"),
        ("closed_days", "閉庁日", "閉庁日を加える"),
        ("office", "所属・担当者", "文書記号"), ("papers", "帳票の宛先", "公文書（起案・決裁）"),
        ("users", "利用者", "新しい回復キーを発行する"), ("backup", "バックアップ・表示", "データを点検する"),
        ("protection", "情報保護", "情報授受簿"),
    )  # fmt: skip
    yield Shot(name="消す時期が来たもの", screen_name="disposal", expected_text="消したあとも残るもの")
    yield Shot(name="契約の終わり", screen_name="contract_end", expected_text="提出した報告書・資料の控え")
    yield Shot(
        name="事故の対応",
        screen_name="incidents",
        expected_text="撮影の了解書1枚",
        arguments={"incident_id": 1, "step": 2},
        expected_empty=("この年度の事故の記録は、ありません。",),
    )
    yield Shot(
        name="プログラムの障害の記録",
        screen_name="settings",
        expected_text="この内容を、そのままファイルに保存します。",
        arguments={"page": "edition"},
        steps=(press_button("プログラムの障害の記録"),),
    )
    for page, name, shows in pages:
        paper = page if page == "backup" else ""
        yield Shot(
            name=f"設定 {name}",
            screen_name="settings",
            expected_text=shows,
            arguments={"page": page},
            document_picture=paper,
        )
