"""Which pictures the program takes of itself, in the order of the work; each says what must be seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from app.main_window.main_window import MainWindow
from app.startup.pictures.sample import numbered, organisation_list
from app.startup.pictures.shot import Shot, enter, fill, press

_DAY_OF_EVENT = date(2026, 12, 8)
_DOOR = "番号、または ふりがな"


def shots_of_people(events: Mapping[str, int], scratch: Path) -> Iterator[Shot]:
    """Yield 団体, people, applications and the roster; ``scratch`` takes a list that is read."""
    coming, open_one = numbered(events, "第6回"), numbered(events, "第7回")

    def read_list(window: QWidget) -> None:
        screen = cast(MainWindow, window).screen_of("organisations")
        screen.files.take_file(organisation_list(scratch))  # type: ignore[attr-defined]

    yield Shot(
        name="団体",
        place="organisations",
        shows="団体を加える",
        arguments={"view": "団体"},
        bare=("替わる日の決まった届出はありません。",),
    )
    yield Shot(name="人", place="organisations", shows="人を加える", arguments={"view": "人"})
    yield Shot(
        name="団体の一覧を取り込む",
        place="organisations",
        shows="見本しらかば団地自治会",
        arguments={"view": "団体"},
        steps=(read_list,),
    )
    yield Shot(
        name="申込を取り込む",
        place="applications",
        shows="申込のファイルを選ぶ",
        arguments={"event_id": open_one, "page": "取り込み"},
    )
    yield Shot(
        name="電話の申込",
        place="applications",
        shows="受け付けて閉じる",
        arguments={"event_id": open_one, "page": "電話"},
        steps=(fill("団体", "あおば"),),
    )
    yield Shot(name="参加者", place="roster", shows="欠席連絡 F4", arguments={"event_id": open_one}, paper="roster")
    yield Shot(
        name="参加者を決める",
        place="choice",
        shows="決め方",
        arguments={"event_id": open_one},
        bare=("まだ決めていません。",),
    )
    yield Shot(name="目的を選んで出力", place="purpose_export", shows="持ち出し先", arguments={"event_id": coming})
    yield Shot(name="持出し管理簿", place="takeouts", shows="見本こもれび区民館")
    yield Shot(name="情報保護", place="ledgers", shows="暗号化の記録がありません", arguments={"ledger": "transfers"})
    yield Shot(name="守ることの一覧", place="duties", shows="管理責任者の選任と提出")


def shots_before_the_day(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield what is prepared for an event: papers, numbers, handouts, groups, 配慮, tablets."""
    coming, open_one = numbered(events, "第6回"), numbered(events, "第7回")
    held, exchange = numbered(events, "第2回 LINE"), numbered(events, "第1回 意見交換会")
    letters = {"event_id": open_one, "kind": "募集チラシ"}
    yield Shot(name="通知と募集の書類", place="letters", shows="募集チラシ", arguments=letters)
    yield Shot(
        name="人数連絡",
        place="event",
        shows="参加予定人数",
        arguments={"event_id": coming, "tab": "参加者", "part": "人数連絡"},
    )
    yield Shot(name="資料・報告", place="turns", shows="届いたものを受領する", arguments={"kind": "資料"})
    yield Shot(
        name="資料のページと指摘",
        place="materials",
        shows="資料・報告へ",
        arguments={"event_id": coming},
        bare=(
            "紙で受領した版です。原本を見ながら、ページの番号を入力して指摘を書けます。",
            "指摘はありません。下の行に書くと、ここに並びます。",
        ),
    )
    yield Shot(name="帳票", place="documents", shows="実施報告書", arguments={"event_id": held, "kind": "実施報告書"})
    yield Shot(name="班分け", place="groups", shows="班の希望", arguments={"event_id": exchange})
    yield Shot(name="討議の記録", place="discussion", shows="ファシリテーター", arguments={"event_id": exchange})
    asked = {"event_id": numbered(events, "第2回 意見交換会")}
    yield Shot(name="事例発表", place="presentations", shows="発表のお願いを加える", arguments=asked)
    outside = {"event_id": coming, "tab": "当日"}
    yield Shot(name="配慮の手配", place="event", shows="撮影の可否", arguments={**outside, "part": "配慮"})
    yield Shot(name="貸与タブレット", place="event", shows="予備", arguments={**outside, "part": "貸与"})


def shots_of_the_day(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield the day itself: its papers, the file for the venue, the door."""
    coming = {"event_id": numbered(events, "第6回")}
    papers = {**coming, "tab": "当日"}
    yield Shot(name="当日", place="event", shows="受付の前に", arguments=papers, paper="day")
    yield Shot(
        name="当日持出しファイル",
        place="event",
        shows="ファイルを作る",
        arguments={**papers, "part": "持出しファイル"},
        steps=(press("持出しファイルを作る"), fill("承認者", "見本　課長")),
    )
    yield Shot(
        name="受付",
        place="reception",
        shows="受付を閉じる",
        arguments=coming,
        day=_DAY_OF_EVENT,
        steps=(enter(_DOOR, "1"), enter(_DOOR, "6"), enter(_DOOR, "9")),
        paper="reception",
    )
    yield Shot(
        name="紙の名簿から出欠", place="attendance", shows="出席の番号を入れる", arguments=coming, day=_DAY_OF_EVENT
    )


def shots(events: Mapping[str, int], scratch: Path) -> Iterator[Shot]:
    """Yield the pictures of the main window; ``scratch`` takes files that are read for one."""
    yield from _year(events)
    yield from shots_of_people(events, scratch)
    yield from shots_before_the_day(events)
    yield from shots_of_the_day(events)
    yield from _surveys(events)
    yield from _reports(events)
    yield from _end_of_year(events)
    yield from _settings()


def _year(events: Mapping[str, int]) -> Iterator[Shot]:
    coming, moved = numbered(events, "第6回"), numbered(events, "第7回")
    overview = {"event_id": coming, "tab": "概要"}
    yield Shot(name="ホーム", place="home", shows="来週から", paper="home")
    yield Shot(name="事業", place="events", shows="実施回を追加")
    yield Shot(
        name="実施回を追加",
        place="events",
        shows="実施回を追加する",
        steps=(
            press("実施回を追加"),
            fill("名称", "防災とLINE講習会"),
            fill("実施日", "12/22"),
            fill("会場", "見本つつじ台区民館"),
        ),
    )
    yield Shot(name="実施回の概要", place="event", shows="期限と根拠", arguments=overview, paper="event")
    yield Shot(
        name="日付を変える",
        place="event",
        shows="動く期限",
        arguments={"event_id": moved, "tab": "概要"},
        steps=(press("日付を変える"), fill("新しい日付", "12/22")),
        paper="event-move",
    )
    yield Shot(name="会場・予約", place="venues", shows="予約を追加")
    yield Shot(name="年度", place="summary", shows="照会・議会・予算の一行")
    yield Shot(name="仕様との対照", place="summary", shows="理由を直す", arguments={"page": "仕様との対照"})
    yield Shot(name="年度の期日", place="year", shows="日付を変える")
    yield Shot(
        name="中止・変更の連絡",
        place="calls",
        shows="電話一覧",
        arguments={"event_id": coming},
        bare=("判断を記録すると、文がここに出ます。",),
    )


def _surveys(events: Mapping[str, int]) -> Iterator[Shot]:
    coming, line, fifth = (numbered(events, part) for part in ("第6回", "第2回 LINE", "第5回"))
    versions = (("ひな形", 1), ("ひな形", 2))

    def of(event: int, page: str) -> dict[str, Any]:
        return {"event_id": event, "page": page}

    yield Shot(name="アンケートの一覧", place="survey", shows="年間で比べる")
    yield Shot(name="設問のひな形", place="questionnaires", shows="ひな形を作る")
    yield Shot(name="設問を比べる", place="questionnaires", shows="入れ替える", arguments={"compare": versions})
    yield Shot(name="設問", place="survey", shows="設問を加える", arguments=of(coming, "設問"))
    yield Shot(name="検算・代行入力", place="survey", shows="入力を始める", arguments=of(fifth, "検算・代行入力"))
    yield Shot(
        name="紙の回答の入力",
        place="survey",
        shows="問1",
        arguments=of(fifth, "検算・代行入力"),
        steps=(press("入力を始める"),),
        paper="survey-entry",
    )
    yield Shot(name="オンラインの取込み", place="survey", shows="回答のファイルを選ぶ", arguments=of(fifth, "取り込み"))
    yield Shot(name="回答", place="survey", shows="合わせ方の決まり", arguments=of(fifth, "回答"))
    yield Shot(name="確かめる", place="survey", shows="↑↓ で設問を選びます", arguments=of(fifth, "照合"))
    yield Shot(name="集計", place="survey", shows="集計表を出力", arguments=of(line, "集計"))
    yield Shot(name="年間の集計", place="survey_year", shows="今年度の回ごとに並べる")


def _reports(events: Mapping[str, int]) -> Iterator[Shot]:
    names = ("第2回 LINE", "第1回 意見交換会", "第5回", "第3回 Instagram")
    line, exchange, fifth, third = (numbered(events, part) for part in names)
    yield Shot(
        name="資料・報告 届出", place="turns", shows="従事者・配置表の届", arguments={"kind": "従事者・配置表の届"}
    )
    yield Shot(
        name="報告書の様式", place="report", shows="章と記入する者", arguments={"event_id": line, "view": "form"}
    )
    yield Shot(
        name="報告書の内容確認",
        place="report",
        shows="第1回 意見交換会",
        arguments={"event_id": exchange, "view": "check"},
        paper="report-check",
    )
    yield Shot(
        name="数字の食い違い検査", place="numbers", shows="紙・集計・報告書と比べました", arguments={"event_id": third}
    )
    yield Shot(name="数字の食い違い（年度）", place="numbers", shows="比べた紙・報告書")
    yield Shot(name="履歴", place="changes", shows="その日の状態を見る", arguments={"event_id": fifth})


def _end_of_year(events: Mapping[str, int]) -> Iterator[Shot]:
    """Yield what was agreed, the support of a 派遣, the year as a whole, its end and the next one."""
    coming, dispatch = numbered(events, "第6回"), numbered(events, "派遣")
    yield Shot(name="協議・打合せ", place="agreements", shows="協議・打合せ")
    yield Shot(
        name="支援のあゆみ",
        place="event",
        shows="支援のあゆみ",
        arguments={"event_id": dispatch, "tab": "支援のあゆみ"},
    )
    yield Shot(name="派遣の希望票", place="events", shows="団体別の進み具合", arguments={"view": "派遣"})
    yield Shot(name="日程の比較", place="schedules", shows="候補日")
    yield Shot(name="区の年中行事", place="ward_days", shows="区の年中行事")
    yield Shot(name="支部ごとの数", place="summary", shows="実人数", arguments={"page": "支部ごとの数"})
    yield Shot(name="満足計・前年", place="summary", shows="満足計", arguments={"page": "満足計・前年"})
    yield Shot(name="照会への回答", place="summary", shows="照会への回答", arguments={"page": "照会への回答"})
    yield Shot(name="変更", place="changes", shows="変更")
    yield Shot(name="その日の状態", place="past", shows="その日の状態", arguments={"event_id": coming})
    yield Shot(name="次年度提案書の根拠", place="proposal", shows="根拠")
    yield Shot(name="検討メモ", place="budget_memo", shows="庁内限り")
    yield Shot(name="仕様書の読み比べ", place="specification", shows="仕様書の読み比べ")
    yield Shot(
        name="完了・検査・支払",
        place="completion",
        shows="検査",
        bare=("書類を受領すると、契約の記録とくらべられます。",),
    )
    yield Shot(name="引継書", place="handover", shows="引継書")
    yield Shot(
        name="確認票",
        place="check_sheet",
        shows="確認票",
        arguments={"ledger": "cloud"},
        bare=("この確認票は、まだありません。",),
    )


def _settings() -> Iterator[Shot]:
    pages = (
        ("contract", "契約", "契約変更の履歴"), ("numbers", "契約条件", "すべて元の値に戻す"),
        ("closed_days", "閉庁日", "閉庁日を加える"),
        ("office", "所属・担当者", "文書記号"), ("papers", "帳票の宛先", "公文書（起案・決裁）"),
        ("users", "利用者", "新しい回復キーを発行する"), ("backup", "バックアップ・表示", "データを点検する"),
        ("protection", "情報保護", "情報授受簿"),
    )  # fmt: skip
    yield Shot(name="消す時期が来たもの", place="disposal", shows="消したあとも残るもの")
    yield Shot(name="契約の終わり", place="contract_end", shows="提出した報告書・資料の控え")
    yield Shot(
        name="事故の対応",
        place="incidents",
        shows="撮影の了解書1枚",
        arguments={"incident_id": 1, "step": 2},
        bare=("この年度の事故の記録は、ありません。",),
    )
    yield Shot(
        name="プログラムの障害の記録",
        place="settings",
        shows="この内容を、そのままファイルに保存します。",
        arguments={"page": "edition"},
        steps=(press("プログラムの障害の記録"),),
    )
    for page, name, shows in pages:
        paper = page if page == "backup" else ""
        yield Shot(name=f"設定 {name}", place="settings", shows=shows, arguments={"page": page}, paper=paper)
