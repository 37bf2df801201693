"""Links from a service to a place in the window: the id of an action and the rows it concerns.

A service names what is to be done or looked at, never a button or a screen: the text of the button, the screen and its
arguments stand in ``app.main_window.action_routes``, one line for each id here.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Literal

from db.record import frozen

ActionId = Literal[
    # Needed by a task of an event.
    "人数を連絡する",
    "人数の変更を連絡する",
    "変わったことを伝える",
    "作成したものを伝える",
    "資料の確認結果を伝える",
    "追加募集の団体を確かめる",
    "資料を確認する",
    "資料の提出を求める",
    "設問を協議する",
    "当日資料を作成する",
    "検算をする",
    "結果を記録する",
    "報告書の提出を求める",
    "報告書を確認する",
    "日程を決める",
    "受託者と協議する",
    "段取りを進める",
    "段取りの書類",
    "申込を受け付ける",
    "実施回の期限を見る",
    # Needed by a task of the year.
    "年度の期日を終える",
    "提出物を受領する",
    "完了の手続きを進める",
    "中間集計をする",
    "復元の点検をする",
    "アクセスの記録",
    # Needed because of the state of the records alone.
    "電話をかけ直す",
    "確認の電話",
    "中止を伝える",
    "会場の予約を決める",
    "タブレットの返却を確かめる",
    "持出しの返却を記録する",
    "宿題を確かめる",
    "派遣のその後を聞く",
    "派遣のフォローアップを続ける",
    "管理簿を点検する",
    "消す時期が来たもの",
    "契約の終わり",
    "契約の決まり",
    "記録の保留",
    "応対メモ",
    "応対メモを書く",
    "本人からの請求",
    "留守にする",
    "事故の対応",
    # What a document waits for, and what checks of documents found.
    "実施回",
    "実施日",
    "会場",
    "当日の進行",
    "参加者",
    "氏名",
    "名簿",
    "参加者の決定",
    "参加人数",
    "連絡した人数",
    "資料",
    "アンケート",
    "報告書",
    "中止・変更の連絡",
    "中止・変更の通知",
    "班分け",
    "事例発表",
    "配慮の手配",
    "貸与タブレット",
    "当日のしおり",
    "入場番号",
    "管理簿",
    "持出し管理簿",
    "確認票",
    "団体",
    # The ward's own records that a report rests on.
    "当日の記録",
    "進行表",
    "資料の記録",
    "アンケートの集計",
    "討議の記録",
    "討議のまとめ",
    # What a search finds, and what can be done with the words typed.
    "人",
    "帳票",
    "団体を加える",
    "人を加える",
    "人の一覧",
    "日付を変える",
    "受付",
    "履歴",
    "変更",
    "実施回を加える",
    "年度の期日",
    "契約",
    "協議の記録",
    "派遣の希望票",
    "提出物",
    "年度まとめ",
    "日程の比べ",
    "区の年中行事",
    "提案書の根拠",
    "引継書",
    "仕様書の読み比べ",
    "検討メモ",
    "照会への回答",
    "前年度の数",
    "仕様との対照",
    "支部ごとの数",
    "数を絵で",
    # The places of the window and what stands behind them, by the names they have and had.
    "ホーム",
    "事業の一覧",
    "団体の一覧",
    "団体の一覧を取り込む",
    "会場・予約",
    "アンケートの一覧",
    "設問のひな形",
    "年間で比べる",
    "実績の一行",
    "目的を選んで出力",
    "数字の食い違い検査",
    "通知・募集",
    "通知の文",
    "発信・決裁",
    "その日の状態",
    "紙の名簿から出欠",
    "年度の帳票",
    "情報保護",
    "守ることの一覧",
    "契約の数",
    "閉庁日",
    "所属・担当者",
    "帳票の宛先",
    "利用者",
    "バックアップ",
    "2つ目の場所",
    "保護された保存先",
    "復元の点検",
    "表示",
    "使い方",
]
"""The ids of all actions that a service may link to."""


@frozen
class ActionLink:
    """A link to an action of the window, with the rows it concerns as far as they are known (None = not given).

    Attributes:
        action: which action. event_id, organisation_id, person_id, entry_id (a roster entry), booking_id, venue_id,
            step_id (a recruitment step), incident_id, memo_id (an 応対メモ), request_id, programme_id: ids of rows.
        agreement_id, homework_id: a 協議, a 宿題. point_id: a row of the まとめ of a discussion. evidence_id: what was
            collected for the 提案書. ward_day_id: a row of the ward's own calendar.
        task: the rule's name of a task of the year.
        ledger: a ledger by its key. sheet_id: a filled check list. kind: a document kind, a received kind, or whom to
            call; copy: the id of the row of the outgoing log whose copy is meant.
        name: the name for a new record, or what a button calls the kind; text: the filter of a list, or a step of a
            page. since: the first day of a span.
    """

    action: ActionId
    _: KW_ONLY
    event_id: int | None = None
    organisation_id: int | None = None
    person_id: int | None = None
    entry_id: int | None = None
    booking_id: int | None = None
    venue_id: int | None = None
    step_id: int | None = None
    programme_id: int | None = None
    agreement_id: int | None = None
    homework_id: int | None = None
    evidence_id: int | None = None
    point_id: int | None = None
    ward_day_id: int | None = None
    incident_id: int | None = None
    memo_id: int | None = None
    request_id: int | None = None
    task: str | None = None
    kind: str | None = None
    copy: int | None = None
    ledger: str | None = None
    sheet_id: int | None = None
    name: str | None = None
    text: str | None = None
    since: date | None = None
