"""Maps each ``ActionLink`` of a service to a button: its text, the screen it opens, and the arguments.

Screens: "event" takes ``tab`` (概要, 参加者, 資料, 当日, アンケート or 支援のあゆみ, 報告, 書類) and ``step_id`` or
``part`` for a place inside 概要, ``part`` also inside 支援のあゆみ and (人数連絡) inside 参加者, ``kind`` for the row
of a document or notification inside 書類. The arguments of other screens are described at their ``open_with``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, field, replace

from app.actions.action_id import ActionId, ActionLink
from app.window.year_words import in_year_words
from db.record import frozen, record

MANUAL = "manual"
"""No screen: the manual, opened over the window at the chapter of the current screen."""


@record
class Route:
    """A button: its text, the screen it opens, and the arguments that its ``open_with`` gets."""

    label: str
    screen_name: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@frozen
class _RouteTemplate:
    """Template of a route: text of the button, screen, and which arguments it gets from the link.

    ``required`` names the ids always passed to the screen, ``optional`` those passed if known; ``fixed`` are arguments
    of the route itself. ``label`` may contain a placeholder for the kind of document.
    """

    label: str
    screen_name: str
    _: KW_ONLY
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)


def _event_route(
    label: str, tab: str = "", *handed: str, part: str = "", optional: tuple[str, ...] = ()
) -> _RouteTemplate:
    """Return the route to a ``part`` of an event's ``tab`` ("" = the current tab).

    ``handed`` are ids of the link that are passed besides the event's, ``optional`` those passed where known.
    """
    fixed = {name: word for name, word in (("tab", tab), ("part", part)) if word}
    return _RouteTemplate(label, "event", required=("event_id", *handed), optional=optional, fixed=fixed)


def _event_screen_route(label: str, screen_name: str, *known: str, **fixed: str) -> _RouteTemplate:
    """Return the route to a screen of its own that shows one event.

    ``known`` are ids of the link passed where they are known, ``fixed`` further arguments.
    """
    return _RouteTemplate(label, screen_name, required=("event_id",), optional=known, fixed=fixed)


def _settings_route(label: str, page: str) -> _RouteTemplate:
    return _RouteTemplate(label, "settings", fixed={"page": page})


def _search_result_route(*handed: str, **fixed: str) -> _RouteTemplate:
    """Return the route of a search result, without label as its row is itself the button.

    ``handed`` are ids or texts of the link that are always passed.
    """
    return _RouteTemplate("", "organisations", required=handed, fixed=fixed)


ROUTES: Mapping[ActionId, _RouteTemplate] = {
    "人数を連絡する": _event_route("人数連絡を作成", "参加者", part="人数連絡"),
    "人数の変更を連絡する": _event_route("変更連絡を作成", "参加者", part="人数連絡"),
    "変わったことを伝える": _event_route("書類を開く", "書類", optional=("kind",)),
    "作成したものを伝える": _event_route("書類を開く", "書類", optional=("kind",)),
    "資料の確認結果を伝える": _event_screen_route("結果通知を作成", "turns", kind="資料"),
    "追加募集の団体を確かめる": _event_route("追加募集の団体を見る", "参加者"),
    "資料を確認する": _event_screen_route("資料を開く", "turns", kind="資料"),
    "資料の提出を求める": _event_screen_route("提出のお願い", "turns", kind="資料"),
    "設問を協議する": _event_route("設問を開く", "アンケート"),
    "当日資料を作成する": _event_route("当日を開く", "当日"),
    "検算をする": _event_route("検算を開く", "アンケート"),
    "結果を記録する": _event_route("結果を記録", "概要", part="result"),
    "報告書の提出を求める": _event_screen_route("提出のお願い", "turns", kind="実施報告書"),
    "報告書を確認する": _event_screen_route("報告書を確かめる", "report"),
    "日程を決める": _event_route("日程を決める", "概要"),
    "受託者と協議する": _event_route("協議を記録", "概要", part="talk"),
    "段取りを進める": _event_route("段取りを済にする", "概要", "step_id"),
    "段取りの書類": _event_route("{kind}を開く", "書類", "kind"),
    "申込を受け付ける": _event_route("申込を開く", "参加者", "step_id"),
    "実施回の期限を見る": _event_route("開く", "概要"),
    "年度の期日を終える": _RouteTemplate("年度の期日を開く", "year", required=("task",), optional=("programme_id",)),
    "提出物を受領する": _RouteTemplate("提出物を開く", "turns", required=("task",), optional=("programme_id",)),
    "完了の手続きを進める": _RouteTemplate("完了・検査・支払を開く", "completion", optional=("programme_id",)),
    "中間集計をする": _RouteTemplate("中間集計を開く", "survey_year", fixed={"page": "中間集計"}),
    "電話をかけ直す": _event_screen_route("電話一覧を開く", "calls"),
    "確認の電話": _event_screen_route("電話一覧を開く", "confirmations"),
    "中止を伝える": _event_screen_route("ほかの連絡先を開く", "calls", "kind"),
    "会場の予約を決める": _RouteTemplate("予約を開く", "venues", required=("booking_id",)),
    "タブレットの返却を確かめる": _event_route("タブレットを開く", "当日", part="貸与"),
    "持出しの返却を記録する": _event_screen_route("返却を記録", "takeouts"),
    "宿題を確かめる": _RouteTemplate("宿題を開く", "agreements", required=("homework_id",)),
    "派遣のその後を聞く": _event_route("電話を記録", "支援のあゆみ", part="3か月後"),
    "派遣のフォローアップを続ける": _event_route("フォローアップを開く", "支援のあゆみ", part="フォローアップ"),
    "消す時期が来たもの": _RouteTemplate("消す時期が来たものを開く", "disposal"),
    "契約の決まり": _settings_route("契約の決まりを開く", "practices"),
    "記録の保留": _RouteTemplate("記録の保留を開く", "disposal", fixed={"hold": "一覧"}),
    "応対メモ": _RouteTemplate("応対メモを開く", "memos", optional=("memo_id",)),
    "応対メモを書く": _RouteTemplate("応対メモを書く", "memos", fixed={"act": "new"}),
    "本人からの請求": _RouteTemplate("本人からの請求を開く", "data_requests", optional=("request_id",)),
    "留守にする": _RouteTemplate("留守にする", "home", fixed={"act": "away"}),
    "契約の終わり": _RouteTemplate("契約の終わりを開く", "contract_end", optional=("programme_id",)),
    "事故の対応": _RouteTemplate("事故の対応を開く", "incidents", optional=("incident_id",)),
    "管理簿を点検する": _RouteTemplate("管理簿を開く", "ledgers", required=("ledger",)),
    "実施回": _event_route("実施回を開く"),
    "実施日": _event_route("日程を決める"),
    "会場": _RouteTemplate("会場を入力する", "event", required=("event_id",), fixed={"tab": "概要", "act": "venue"}),
    "当日の進行": _event_route("当日の進行を開く"),
    "参加者": _event_route("参加者を開く", "参加者", optional=("entry_id",)),
    "氏名": _RouteTemplate(
        "氏名を入力", "event", required=("event_id",), optional=("entry_id",), fixed={"tab": "参加者", "field": "name"}
    ),
    "名簿": _event_route("名簿を開く", "参加者"),
    "参加者の決定": _event_screen_route("参加者を決める", "choice"),
    "参加人数": _event_screen_route("参加人数を開く", "participants"),
    "連絡した人数": _event_screen_route("人数連絡を開く", "participants"),
    "資料": _event_screen_route("資料を開く", "turns", kind="資料"),
    # 中間集計 is about a year and knows no event.
    "アンケート": _RouteTemplate("アンケートを開く", "survey", optional=("event_id",)),
    "報告書": _event_screen_route("報告書を開く", "report"),
    "中止・変更の連絡": _event_screen_route("中止・変更の連絡を開く", "calls"),
    "中止・変更の通知": _event_route("通知を開く", "書類", optional=("kind",)),
    "班分け": _event_screen_route("班分けを開く", "groups"),
    "事例発表": _event_screen_route("事例発表を開く", "presentations"),
    "配慮の手配": _event_route("手配を開く", "当日", part="配慮"),
    "貸与タブレット": _event_route("端末を開く", "当日", part="貸与"),
    "入場番号": _RouteTemplate(
        "決定通知を開く", "event", required=("event_id",), fixed={"tab": "書類", "kind": "決定通知"}
    ),
    "当日のしおり": _event_route("しおりの文面を開く", "当日", part="しおり"),
    "持出し管理簿": _RouteTemplate("持出し・返却の画面へ", "takeouts", optional=("event_id",)),
    "確認票": _RouteTemplate("確認票を開く", "check_sheet", optional=("ledger", "sheet_id")),
    "管理簿": _RouteTemplate("管理簿を開く", "ledgers", optional=("ledger", "text")),
    "団体": _RouteTemplate("団体を開く", "organisations", required=("organisation_id",)),
    "当日の記録": _event_route("当日の記録を直す", "概要", part="result"),
    "進行表": _event_route("進行表を直す", "概要", part="agenda"),
    "資料の記録": _event_route("資料を直す", "資料"),
    "アンケートの集計": _event_screen_route("アンケートを開く", "survey"),
    "討議の記録": _event_screen_route("討議の記録を開く", "discussion"),
    "討議のまとめ": _event_screen_route("討議のまとめを開く", "discussion", "point_id", page="まとめ"),
    "人": _search_result_route("person_id"),
    "帳票": _RouteTemplate("帳票を開く", "documents", optional=("event_id", "organisation_id", "kind", "copy")),
    "団体を加える": _search_result_route("name", add="団体"),
    "人を加える": _search_result_route("name", add="人"),
    "人の一覧": _search_result_route("text", view="人"),
    "日付を変える": _RouteTemplate(
        "日付を変える", "event", required=("event_id",), fixed={"tab": "概要", "act": "move"}
    ),
    "受付": _event_screen_route("受付を開く", "reception"),
    "履歴": _event_screen_route("変更の履歴を開く", "changes"),
    "変更": _RouteTemplate("変更を開く", "changes", optional=("since", "event_id")),
    "実施回を加える": _RouteTemplate("実施回を追加する", "events", fixed={"new": "search"}),
    "年度の期日": _RouteTemplate("年度の期日を開く", "year"),
    "契約": _settings_route("契約を開く", "contract"),
    "提出物": _RouteTemplate("資料・報告を開く", "turns", optional=("programme_id", "kind", "text")),
    "仕様書の読み比べ": _RouteTemplate("仕様書の読み比べを開く", "specification"),
    "引継書": _RouteTemplate("引継書を開く", "handover"),
    "提案書の根拠": _RouteTemplate("提案書の根拠を開く", "proposal", optional=("programme_id", "evidence_id")),
    "検討メモ": _RouteTemplate("検討メモを開く", "budget_memo"),
    "年度まとめ": _RouteTemplate("年度を開く", "summary"),
    "照会への回答": _RouteTemplate("照会への回答を開く", "summary", fixed={"page": "照会への回答"}),
    "前年度の数": _RouteTemplate("満足計・前年を開く", "summary", fixed={"page": "満足計・前年"}),
    "支部ごとの数": _RouteTemplate("支部ごとの数を開く", "summary", fixed={"page": "支部ごとの数"}),
    "数を絵で": _RouteTemplate("数を絵で見る", "summary", fixed={"page": "数を絵で"}),
    "仕様との対照": _RouteTemplate("仕様との対照を開く", "summary", fixed={"page": "仕様との対照"}),
    "派遣の希望票": _RouteTemplate(
        "派遣の一覧を開く", "events", optional=("event_id", "organisation_id"), fixed={"view": "派遣"}
    ),
    "協議の記録": _RouteTemplate("協議・打合せを開く", "agreements", optional=("agreement_id",)),
    "日程の比べ": _RouteTemplate("日程の比較を開く", "schedules"),
    "区の年中行事": _RouteTemplate("区の年中行事を開く", "ward_days", optional=("ward_day_id",)),
    "ホーム": _RouteTemplate("ホームを開く", "home"),
    "事業の一覧": _RouteTemplate("事業を開く", "events"),
    "団体の一覧": _RouteTemplate("団体を開く", "organisations"),
    "団体の一覧を取り込む": _search_result_route(view="取り込み"),
    "会場・予約": _RouteTemplate("会場を開く", "venues", optional=("event_id", "venue_id")),
    "アンケートの一覧": _RouteTemplate("アンケートを開く", "survey"),
    "設問のひな形": _RouteTemplate("設問のひな形を開く", "questionnaires"),
    "年間で比べる": _RouteTemplate("年間で比べるを開く", "survey_year", fixed={"page": "比べる"}),
    "実績の一行": _RouteTemplate("実績の一行を開く", "summary"),
    "目的を選んで出力": _event_screen_route("目的を選んで出力", "purpose_export"),
    "数字の食い違い検査": _event_screen_route("食い違いを見る", "numbers"),
    "通知・募集": _event_route("書類を開く", "書類"),
    "通知の文": _event_route("{kind}の文を開く", "書類", "kind", part="文"),
    "発信・決裁": _event_route("発信・決裁を開く", "書類", "kind", part="発信・決裁"),
    "その日の状態": _event_screen_route("その日の状態を見る", "past"),
    "紙の名簿から出欠": _event_screen_route("出欠を入力", "attendance"),
    "年度の帳票": _RouteTemplate("年度の帳票を開く", "documents", optional=("kind",), fixed={"page": "年度"}),
    "情報保護": _settings_route("情報保護を開く", "protection"),
    "守ることの一覧": _RouteTemplate("守ることの一覧を開く", "duties"),
    "契約の数": _settings_route("契約条件を開く", "numbers"),
    "閉庁日": _settings_route("閉庁日を開く", "closed_days"),
    "所属・担当者": _settings_route("所属・担当者を開く", "office"),
    "帳票の宛先": _settings_route("帳票の宛先を開く", "papers"),
    "利用者": _settings_route("利用者を開く", "users"),
    "バックアップ": _settings_route("バックアップを開く", "backup"),
    "保護された保存先": _settings_route("保護された保存先を開く", "protected_places"),
    "アクセスの記録": _settings_route("アクセスの記録を開く", "accesses"),
    "2つ目の場所": _settings_route("2つ目の場所を開く", "second_place"),
    "復元の点検": _settings_route("復元の点検を開く", "drill"),
    "復元の点検をする": _settings_route("復元の点検をする", "drill"),
    "表示": _settings_route("表示を開く", "look"),
    "使い方": _RouteTemplate("使い方を開く", MANUAL, optional=("text",)),
}


def route_to(link: ActionLink) -> Route:
    """Return the label, screen and arguments to which a link leads.

    A document of an event is in its tab, one of the year or a 団体 on a screen of its own.
    """
    line = ROUTES[link.action]
    rows = {name: getattr(link, name) for name in (*line.required, *line.optional)}
    given = {name: row for name, row in rows.items() if name in line.required or row is not None}
    if line.screen_name == "documents" and given.get("event_id"):
        line = replace(line, screen_name="event", fixed={"tab": "書類"})
    return Route(
        label=in_year_words(line.label).format(kind=link.name or in_year_words(link.kind or "")),
        screen_name=line.screen_name,
        arguments=given | dict(line.fixed),
    )
