"""How the window leads to what a service asks for: the words of the button, the place, and what is handed to it.

- ``way_to(asked) -> Route``
- ``WAYS`` – one line for each word of ``app.acts.action_id.ActionId``

Places: "event" takes ``tab`` (概要, 参加者, 資料, 当日, アンケート or 支援のあゆみ, 報告, 書類) and
    ``step_id`` or ``part`` for a place inside 概要, ``part`` also inside 支援のあゆみ and (人数連絡) inside 参加者,
    ``kind`` for the row of a paper, or of what is told without one, inside 書類;
what the others take stands at ``open_with`` of their screens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from app.acts.action_id import ActionId, Asked
from db.frozen_record import frozen_record

MANUAL: Final = "manual"
"""No screen: what lies over the window at the chapter of what is shown."""


@frozen_record
class Route:
    """A button: its words and where it leads."""

    label: str
    place: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@frozen_record
class _Line:
    """``handed`` are the rows of what is asked for that the place always gets, ``known`` those it gets where known.
    ``label`` may say the kind of paper."""

    label: str
    place: str
    handed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)


def _event(
    label: str, tab: str = "", *handed: str, part: str = "", kind: str = "", known: tuple[str, ...] = ()
) -> _Line:
    """A tab of an event, without one the tab that is open anyway, and a ``part`` of it; of 書類 the row of the paper
    ``kind``."""
    fixed = {name: word for name, word in (("tab", tab), ("part", part), ("kind", kind)) if word}
    return _Line(label=label, place="event", handed=("event_id", *handed), known=known, fixed=fixed)


def _of_event(label: str, place: str, *known: str, **fixed: str) -> _Line:
    """A place of its own that shows one event."""
    return _Line(label=label, place=place, handed=("event_id",), known=known, fixed=fixed)


def _settings(label: str, page: str) -> _Line:
    """A part of a page of 設定."""
    return _Line(label=label, place="settings", fixed={"page": page})


def _found(*handed: str, place: str = "organisations", known: tuple[str, ...] = (), **fixed: str) -> _Line:
    """What a search found: its row is the button."""
    return _Line(label="", place=place, handed=handed, known=known, fixed=fixed)


WAYS: Final[Mapping[ActionId, _Line]] = {
    "人数を連絡する": _event("人数連絡を作成", "参加者", part="人数連絡"),
    "人数の変更を連絡する": _event("変更連絡を作成", "参加者", part="人数連絡"),
    "変わったことを伝える": _event("書類を開く", "書類", known=("kind",)),
    "作成したものを伝える": _event("書類を開く", "書類", known=("kind",)),
    "資料の確認結果を伝える": _of_event("結果通知を作成", "turns", kind="資料"),
    "追加募集の団体を確かめる": _event("追加募集の団体を見る", "参加者"),
    "資料を確認する": _of_event("資料を開く", "turns", kind="資料"),
    "資料の提出を求める": _of_event("提出のお願い", "turns", kind="資料"),
    "設問を協議する": _event("設問を開く", "アンケート"),
    "当日資料を作成する": _event("当日資料を作成", "当日"),
    "検算をする": _event("検算を開く", "アンケート"),
    "結果を記録する": _event("結果を記録", "概要", part="result"),
    "報告書の提出を求める": _of_event("提出のお願い", "turns", kind="実施報告書"),
    "報告書を確認する": _of_event("報告書を確かめる", "report"),
    "日程を決める": _event("日程を決める", "概要"),
    "段取りを進める": _event("段取りを済にする", "概要", "step_id"),
    "段取りの書類": _Line(label="{kind}を開く", place="letters", handed=("event_id", "kind")),
    "申込を受け付ける": _event("申込を開く", "参加者", "step_id"),
    "実施回の期限を見る": _event("開く", "概要"),
    "年度の期日を終える": _Line(label="年度の期日を開く", place="year", handed=("task",), known=("programme_id",)),
    "提出物を受領する": _Line(label="提出物を開く", place="turns", handed=("task",), known=("programme_id",)),
    "完了の手続きを進める": _Line(label="完了・検査・支払を開く", place="completion", known=("programme_id",)),
    "中間集計をする": _Line(label="中間集計を開く", place="survey_year", fixed={"page": "中間集計"}),
    "電話をかけ直す": _of_event("電話一覧を開く", "calls"),
    "中止を伝える": _of_event("ほかの連絡先を開く", "calls", "kind"),
    "会場の予約を決める": _Line(label="予約を開く", place="venues", handed=("booking_id",)),
    "タブレットの返却を確かめる": _event("タブレットを開く", "当日", part="貸与"),
    "持出しの返却を記録する": _of_event("返却を記録", "takeouts"),
    "宿題を確かめる": _Line(label="宿題を開く", place="agreements", handed=("homework_id",)),
    "派遣のその後を聞く": _event("電話を記録", "支援のあゆみ"),
    "派遣のフォローアップを続ける": _event("フォローアップを開く", "支援のあゆみ", part="フォローアップ"),
    "消す時期が来たもの": _Line(label="消す時期が来たものを開く", place="disposal"),
    "契約の終わり": _Line(label="契約の終わりを開く", place="contract_end", known=("programme_id",)),
    "事故の対応": _Line(label="事故の対応を開く", place="incidents", known=("incident_id",)),
    "管理簿を点検する": _Line(label="管理簿を開く", place="ledgers", handed=("ledger",)),
    "実施回": _event("実施回を開く"),
    "実施日": _event("日程を決める"),
    "会場": _Line(label="会場を入力する", place="event", handed=("event_id",), fixed={"tab": "概要", "act": "venue"}),
    "当日の進行": _event("当日の進行を開く"),
    "参加者": _of_event("参加者を開く", "roster", "entry_id"),
    "氏名": _of_event("氏名を入力", "roster", "entry_id"),
    "名簿": _of_event("名簿を開く", "roster"),
    "参加者の決定": _of_event("参加者を決める", "choice"),
    "参加人数": _of_event("参加人数を開く", "participants"),
    "連絡した人数": _of_event("人数連絡を開く", "participants"),
    "資料": _of_event("資料を開く", "turns", kind="資料"),
    # 中間集計 is about a year and knows no event.
    "アンケート": _Line(label="アンケートを開く", place="survey", known=("event_id",)),
    "報告書": _of_event("報告書を開く", "report"),
    "中止・変更の連絡": _of_event("中止・変更の連絡を開く", "calls"),
    "中止・変更の通知": _of_event("中止・変更の通知を開く", "letters", "kind"),
    "班分け": _of_event("班分けを開く", "groups"),
    "事例発表": _of_event("事例発表を開く", "presentations"),
    "配慮の手配": _event("手配を開く", "当日", part="配慮"),
    "貸与タブレット": _event("端末を開く", "当日", part="貸与"),
    "入場番号": _of_event("決定通知を開く", "letters", kind="決定通知"),
    "当日のしおり": _event("しおりの文を開く", "当日", part="しおり"),
    "持出し管理簿": _Line(label="持出し・返却の画面へ", place="takeouts", known=("event_id",)),
    "確認票": _Line(label="確認票を開く", place="check_sheet", known=("ledger", "sheet_id")),
    "管理簿": _Line(label="管理簿を開く", place="ledgers", known=("ledger", "text")),
    "団体": _Line(label="団体を開く", place="organisations", handed=("organisation_id",)),
    "当日の記録": _event("当日の記録を直す", "概要", part="result"),
    "進行表": _event("進行表を直す", "概要", part="agenda"),
    "資料の記録": _event("資料を直す", "資料"),
    "アンケートの集計": _of_event("アンケートを開く", "survey"),
    "討議の記録": _of_event("討議の記録を開く", "discussion"),
    "討議のまとめ": _of_event("討議のまとめを開く", "discussion", "point_id", page="まとめ"),
    "人": _found("person_id"),
    "帳票": _Line(label="帳票を開く", place="documents", known=("event_id", "organisation_id", "kind", "copy")),
    "団体を加える": _found("name", add="団体"),
    "人を加える": _found("name", add="人"),
    "人の一覧": _found("text", view="人"),
    "日付を変える": _Line(
        label="日付を変える", place="event", handed=("event_id",), fixed={"tab": "概要", "act": "move"}
    ),
    "受付": _of_event("受付を開く", "reception"),
    "履歴": _of_event("変更の履歴を開く", "changes"),
    "変更": _Line(label="変更を開く", place="changes", known=("since", "event_id")),
    "実施回を加える": _Line(label="実施回を追加する", place="events", fixed={"new": "search"}),
    "年度の期日": _Line(label="年度の期日を開く", place="year"),
    "契約": _settings("契約を開く", "contract"),
    "提出物": _Line(label="資料・報告を開く", place="turns", known=("programme_id", "kind", "text")),
    "仕様書の読み比べ": _Line(label="仕様書の読み比べを開く", place="specification"),
    "引継書": _Line(label="引継書を開く", place="handover"),
    "提案書の根拠": _Line(label="提案書の根拠を開く", place="proposal", known=("programme_id", "evidence_id")),
    "検討メモ": _Line(label="検討メモを開く", place="budget_memo"),
    "年度まとめ": _Line(label="年度を開く", place="summary"),
    "照会への回答": _Line(label="照会への回答を開く", place="summary", fixed={"page": "照会への回答"}),
    "前年度の数": _Line(label="満足計・前年を開く", place="summary", fixed={"page": "満足計・前年"}),
    "支部ごとの数": _Line(label="支部ごとの数を開く", place="summary", fixed={"page": "支部ごとの数"}),
    "仕様との対照": _Line(label="仕様との対照を開く", place="summary", fixed={"page": "仕様との対照"}),
    "派遣の希望票": _Line(
        label="派遣の一覧を開く", place="events", known=("event_id", "organisation_id"), fixed={"view": "派遣"}
    ),
    "協議の記録": _Line(label="協議・打合せを開く", place="agreements", known=("agreement_id",)),
    "日程の比べ": _Line(label="日程の比較を開く", place="schedules"),
    "区の年中行事": _Line(label="区の年中行事を開く", place="ward_days", known=("ward_day_id",)),
    "ホーム": _Line(label="ホームを開く", place="home"),
    "事業の一覧": _Line(label="事業を開く", place="events"),
    "団体の一覧": _Line(label="団体を開く", place="organisations"),
    "団体の一覧を取り込む": _found(view="取り込み"),
    "会場・予約": _Line(label="会場を開く", place="venues", known=("event_id",)),
    "アンケートの一覧": _Line(label="アンケートを開く", place="survey"),
    "設問のひな形": _Line(label="設問のひな形を開く", place="questionnaires"),
    "年間で比べる": _Line(label="年間で比べるを開く", place="survey_year", fixed={"page": "比べる"}),
    "実績の一行": _Line(label="実績の一行を開く", place="summary"),
    "目的を選んで出力": _of_event("目的を選んで出力", "purpose_export"),
    "数字の食い違い検査": _of_event("食い違いを見る", "numbers"),
    "通知・募集": _of_event("通知・募集を開く", "letters"),
    "通知の文": _Line(label="{kind}の文を開く", place="letters", handed=("event_id", "kind"), fixed={"part": "文"}),
    "その日の状態": _of_event("その日の状態を見る", "past"),
    "紙の名簿から出欠": _of_event("出欠を入力", "attendance"),
    "年度の帳票": _Line(label="年度の帳票を開く", place="documents", known=("kind",), fixed={"page": "年度"}),
    "情報保護": _settings("情報保護を開く", "protection"),
    "守ることの一覧": _Line(label="守ることの一覧を開く", place="duties"),
    "契約の数": _settings("契約条件を開く", "numbers"),
    "閉庁日": _settings("閉庁日を開く", "closed_days"),
    "所属・担当者": _settings("所属・担当者を開く", "office"),
    "帳票の宛先": _settings("帳票の宛先を開く", "papers"),
    "利用者": _settings("利用者を開く", "users"),
    "バックアップ": _settings("バックアップを開く", "backup"),
    "保護された保存先": _settings("保護された保存先を開く", "protected_places"),
    "2つ目の場所": _settings("2つ目の場所を開く", "second_place"),
    "復元の点検": _settings("復元の点検を開く", "drill"),
    "復元の点検をする": _settings("復元の点検をする", "drill"),
    "表示": _settings("表示を開く", "look"),
    "使い方": _Line(label="使い方を開く", place=MANUAL),
}


def way_to(asked: Asked) -> Route:
    """Return the button that leads to what is asked for."""
    line = WAYS[asked.what]
    rows = {name: getattr(asked, name) for name in (*line.handed, *line.known)}
    given = {name: row for name, row in rows.items() if name in line.handed or row is not None}
    return Route(label=line.label.format(kind=asked.kind), place=line.place, arguments=given | dict(line.fixed))
