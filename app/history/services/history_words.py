"""What tables and fields are called in the 履歴, and how their values read there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from app.calendar.dates import long_date

TABLES: Final[Mapping[str, str]] = {
    "programmes": "年度の事業",
    "kind_numbers": "種別ごとの数値",
    "contract_terms": "契約の内容の変更",
    "task_closings": "手で済みにした期限",
    "closed_days": "閉庁日",
    "offices": "所属・担当者",
    "contractors": "受託者",
    "paper_settings": "書類の宛先",
    "users": "利用者",
    "organisations": "団体",
    "people": "参加者",
    "events": "事業",
    "agenda_items": "当日進行",
    "equipment_items": "機材",
    "recruitment_steps": "募集の段取り",
    "deadline_overrides": "期限の変更",
    "event_results": "当日の結果",
    "agreements": "協議",
    "expected_counts": "参加見込み",
    "headcount_notices": "参加人数連絡",
    "stored_files": "保管ファイル",
    "letters": "通知文",
    "outgoing": "出力の記録",
    "outgoing_people": "控えに載る人",
    "outgoing_organisations": "控えに載る団体",
    "materials": "資料",
    "material_versions": "資料の版",
    "findings": "指摘",
    "questionnaires": "設問のひな形",
    "event_surveys": "アンケート",
    "survey_imports": "オンライン回答の取り込み",
    "answer_sheets": "回答",
    "reports": "実施報告書",
    "report_figures": "突合の数字",
    "confirmed_states": "確認したときの内容",
    "memberships": "役職の履歴",
    "contacts": "連絡先",
    "stage_marks": "活用の段階",
    "subsidies": "補助金",
    "applications": "申込",
    "foreign_imports": "ファイルの取り込み",
    "column_maps": "列の対応",
    "entries": "名簿",
    "selections": "参加者の決定",
    "table_groups": "班",
    "group_wishes": "班の希望",
    "arrangements": "配慮の手配",
    "tablets": "貸与タブレット",
    "tablet_loans": "タブレットの貸出",
    "change_decisions": "中止・変更の判断",
    "calls": "電話の記録",
    "second_entries": "2回目の入力",
    "comment_themes": "自由記述の分類",
    "comment_marks": "自由記述の扱い",
    "venues": "会場",
    "bookings": "会場の予約",
    "takeouts": "持出し管理簿",
    "paper_texts": "書類の文",
    "earlier_counts": "前の年度の集計",
}

# Fields named once for every table; a table's own word stands in _OWN.
_FIELDS: Final[Mapping[str, str]] = {
    "action": "操作", "added_at": "保管した日時", "address": "所在地", "addressee": "宛先", "agreed_on": "協議が整った日",
    "agreement": "協議番号", "announce_days": "知らせる日", "answered_at": "回答日時", "answers": "回答",
    "applied": "申込者数", "applied_organisations": "申込団体数", "asked_on": "協議を始めた日", "at": "日時",
    "attended": "出席者数", "attended_organisations": "出席団体数", "absent": "欠席者数", "author": "作成者",
    "basis": "根拠", "body": "本文", "branch": "支部", "by": "行った人", "cancel_reason": "中止の理由",
    "cancelled_on": "中止を決めた日", "care_count": "配慮が必要な人数", "care_request": "配慮の内容",
    "checked_by": "確認者", "checked_on": "確認日", "check_open_days": "確認の目標（開庁日）",
    "clause_content": "条項（内容）", "clause_equipment": "条項（機材）", "clause_material": "条項（資料）",
    "clause_minutes": "条項（時間）", "clause_people": "条項（人数）", "clause_planned": "条項（回数）",
    "clause_report": "条項（報告）", "clause_survey": "条項（アンケート）", "clause_window": "条項（実施期間）",
    "clauses_checked": "契約書との照合", "closed_on": "閉じた日", "closed_reason": "閉じた理由", "content": "内容", "contract_date": "契約確定日", "contractor_counts": "受託者の集計", "contractor_confirmed_on": "受託者の確認日",
    "copy_erased_on": "控えを消去した日", "copy_sha256": "控えの照合値", "copy_years": "控えの保存年数", "print_use": "印刷の使い道",
    "copies": "部数", "counted": "集計に入れる", "counted_by": "集計した者", "counted_on": "集計日", "day": "日付",
    "days": "予定日数", "decided_on": "決裁日", "decision": "判断の理由", "department": "部", "detail": "詳細",
    "display_name": "表示名", "active": "利用中", "distributed": "配布数", "document_kind": "書類の種類",
    "document_number": "文書番号", "document_symbol": "文書記号", "done_by": "行った人", "done_on": "済んだ日",
    "draft_lead_open_days": "案の目標（開庁日前）", "dropped_columns": "取り込まなかった列", "due": "期限", "duplicate": "重複",
    "duty": "区分", "email": "メール", "end_time": "終了時刻", "event_date": "実施日", "exception_kind": "実施期間外の扱い",
    "exception_reason": "実施期間外の理由", "extra": "そのほかの欄", "extra_materials": "追加資料あり",
    "facilitators": "ファシリテーター数", "fax": "ファクス", "file_name": "ファイル名", "fiscal_year": "年度",
    "fixed_on": "設問を決定した日", "form": "形", "format": "形式", "freeze_note": "確定の覚え", "frozen_at": "集計を確定した日時",
    "frozen_by": "集計を確定した人", "furigana": "ふりがな", "groups": "グループ数", "handed_out": "配布部数",
    "handling": "取扱い", "hands_on": "実機操作あり", "has_survey": "アンケートあり", "headcount_period": "人数連絡の期限",
    "honorific": "敬称", "households": "世帯数", "issued_on": "施行日", "item": "項目", "kind": "種別", "lecturer": "講師",
    "lent_devices": "貸与端末", "locked": "確定済", "login_id": "ID", "made_on": "作成日", "material_period": "資料確認の期限",
    "media_type": "ファイルの種類", "minutes": "時間（分）", "name": "名称", "nature": "協議の扱い", "needs_check": "確認が必要",
    "network": "通信環境", "new": "新規", "note": "備考", "number": "番号", "offset_days": "何日前", "online_close": "オンライン締切",
    "online_url": "オンライン回答の場所", "ordinal": "回", "organisation_name": "団体", "organisations": "団体数",
    "original_place": "原本の保管場所", "ours": "区の数字", "own_devices": "持参端末", "owner": "担当", "page": "ページ",
    "pages": "ページ数", "partner": "協議の相手", "payment_period": "支払の期間", "people": "人数", "people_max": "人数の上限",
    "people_min": "人数の下限", "personal": "個人情報あり", "phone": "電話", "planned": "予定回数", "planned_unit": "数え方",
    "points": "条文の項目", "position": "順番", "postal_code": "郵便番号", "printed": "印刷部数", "problems": "気になる点",
    "proposal_period": "提案書の期間", "purpose": "入力の目的", "quantity": "数量", "question_lead_open_days": "設問の目標（開庁日前）",
    "questions": "設問", "reason": "理由", "receipt_number": "受付番号", "received_how": "受領の方法", "received_on": "受領日",
    "reference": "整理番号", "report_period": "報告の期限", "representative": "代表者", "resolved": "対応済", "response": "対応",
    "responsible": "業務責任者", "result": "確認結果", "result_by": "確認した人", "result_note": "確認結果の備考",
    "result_on": "確認結果の日", "review_open_days": "確認の目標（開庁日）", "revision": "版", "role": "役職", "room": "部屋",
    "sample": "見本", "sample_today": "見本の今日", "section": "課", "sender": "発信者", "settled_on": "協議が整った日",
    "sha256": "ファイルの照合値", "size": "大きさ", "skipped": "取り込まない", "source": "出どころ", "staff": "担当者", "stages": "活用の段階",
    "start_time": "開始時刻", "state": "状態", "status": "状態", "strict": "「程度」なし", "subject": "名称",
    "support_policy": "支援方針", "tables": "表", "task": "期限の種類", "term_end": "履行期間末", "text": "本文",
    "theirs": "受託者の数字", "title": "題名", "told_by": "連絡した人", "told_how": "連絡の方法", "told_on": "連絡日",
    "told_to": "連絡先", "tools": "ツール", "topic": "協議の題", "unit": "係", "uses": "使うもの", "valid_from": "適用する日", "venue": "会場",
    "venue_booked_on": "会場を予約した日", "venue_capacity": "会場の定員", "version": "版", "walk_ins": "当日受付",
    "ward": "区", "way": "方法", "window_end": "実施期間の終わり", "window_start": "実施期間の始め", "witness": "立会い",
    "agreed_with": "協議の相手", "archived": "使わない", "asked_of": "聞く相手", "large_copies": "拡大版の部数", "question_code": "設問", "quote": "引用する文",
    "quoted": "引用する", "settled_at": "確かめた日時", "first_answers": "1回目の回答", "typed_by": "入力した人", "absent_note": "欠席の連絡の内容", "absent_told_at": "欠席の連絡", "access": "行き方", "again_at": "かけ直す時刻",
    "amount": "金額（円）", "applied_at": "申込日時", "applied_on": "申請日", "approval_number": "承認番号",
    "approved_by": "承認者", "approved_on": "承認日", "attendance": "出欠", "attended_at": "受付の時刻", "back_at": "返却の時刻",
    "barrier_free": "段差・設備", "cancel_by": "取消期限", "cancelled": "取消", "capacity": "定員", "care": "配慮",
    "cleared_by": "片付けを確かめた人", "cleared_on": "片付けの確認", "columns": "列", "contents": "格納情報",
    "count_source": "人数の出どころ", "decided_at": "判断した時刻", "decided_by": "判断した者", "destination": "持ち出し先",
    "device": "端末", "dispose_on": "廃棄予定日", "disposed_at": "廃棄した日時", "doubtful": "確認が必要なこと",
    "due_back_at": "返却予定", "encoding": "文字コード", "encryption": "暗号化の方法", "equipment": "備品",
    "facilitator": "ファシリテーター", "fee": "使用料（円）", "from_on": "就任日", "group_number": "班",
    "households_text": "世帯数（書かれたまま）", "initialised_at": "初期化した時刻", "key_note": "鍵", "lines": "決まり方",
    "made_at": "行った日時", "marked_on": "確かめた日", "medium": "媒体", "method": "決め方", "not_chosen_first": "前に外れた人を先に",
    "ordered_on": "依頼日", "ordered_to": "依頼先", "organisation_limit": "1団体の上限", "organisations_first": "1団体1人を先に",
    "out_at": "貸し出した時刻", "outcome": "結果", "part": "書類の部分", "photo": "撮影", "received_at": "受付日時",
    "reduction": "減免", "remembered_at": "覚えた日時", "reserved_on": "仮予約した日", "retired_on": "使わなくした日",
    "return_checked_by": "返却確認者", "returned_at": "返却日時", "returned_copies": "返却部数", "seat": "席", "seed": "抽選の種",
    "settled_by": "確かめた人", "source_key": "出どころ", "stage": "段階", "taken_at": "持ち出し日時",
    "taken_by": "持ち出した者", "target": "相手", "to_on": "退任日", "together": "同じ班にする", "tool": "ツール",
    "updated": "更新", "value": "連絡先", "venue_name": "会場", "waiting_order": "補欠の順", "walk_in": "当日受付",
    "whom": "話した相手", "wishes": "希望", "withdrawn": "取下げ",
}  # fmt: skip

_OWN: Final[Mapping[tuple[str, str], str]] = {
    ("people", "name"): "氏名",
    ("organisations", "name"): "団体名",
    ("stored_files", "name"): "ファイル名",
    ("events", "content"): "講習内容",
    ("answer_sheets", "number"): "用紙の番号",
    ("reports", "way"): "作成・受領",
    ("event_results", "lent_devices"): "貸与端末数",
    ("agreements", "number"): "協議番号",
    ("task_closings", "closed_on"): "済んだ日",
    ("applications", "name"): "氏名",
    ("applications", "people"): "人数",
    ("arrangements", "settled_on"): "手配が済んだ日",
    ("arrangements", "kind"): "手配の種類",
    ("entries", "number"): "名簿の番号",
    ("entries", "way"): "経路",
    ("applications", "way"): "経路",
    ("tablets", "number"): "タブレットの番号",
    ("table_groups", "number"): "班",
    ("takeouts", "purpose"): "用途",
    ("contacts", "purpose"): "使う目的",
    ("bookings", "purpose"): "利用目的",
    ("earlier_counts", "events"): "回数",
    ("earlier_counts", "sheets"): "回収数",
}

# Fields that mean nothing to a reader: links to other rows and keyed hashes.
_HIDDEN: Final = frozenset(
    {
        "id", "event_id", "programme_id", "organisation_id", "material_id", "version_id", "survey_id", "import_id",
        "report_id", "file_id", "copy_file_id", "withdraws", "keyed_hash", "row_key", "respondent_key",
        "person_id", "application_id", "tablet_id", "entry_id", "first_entry_id", "second_entry_id", "substitute_for",
        "decision_id", "venue_id", "outgoing_id", "questionnaire_id", "sheet_id", "theme_id",
    }
)  # fmt: skip

_YES_NO: Final = frozenset(
    {
        "active", "sample", "strict", "has_survey", "extra_materials", "hands_on", "locked", "resolved", "counted",
        "personal",
        "walk_in", "withdrawn", "together", "organisations_first", "not_chosen_first", "cancelled", "archived", "quoted",
    }
)  # fmt: skip

# The column that tells one row of a table from another, for a reader.
_NAMING: Final[Mapping[str, tuple[str, ...]]] = {
    "programmes": ("title",), "kind_numbers": ("kind",), "contract_terms": ("valid_from",), "task_closings": ("task",), "closed_days": ("day",), "contractors": ("name",),
    "paper_settings": ("document_kind",), "users": ("display_name",), "organisations": ("name",), "people": ("name",),
    "events": ("subject",), "agenda_items": ("title",), "equipment_items": ("name",), "recruitment_steps": ("name",),
    "deadline_overrides": ("task",), "agreements": ("topic",), "expected_counts": ("organisation_name",),
    "headcount_notices": ("revision",), "stored_files": ("name",), "letters": ("document_kind",),
    "outgoing": ("document_kind",), "materials": ("title",), "material_versions": ("version",), "findings": ("text",),
    "questionnaires": ("name",), "event_surveys": ("title",), "survey_imports": ("file_name",),
    "answer_sheets": ("number",), "reports": ("version",), "report_figures": ("item",),
    "memberships": ("role",), "contacts": ("kind",), "stage_marks": ("tool",), "subsidies": ("fiscal_year",),
    "applications": ("receipt_number",), "foreign_imports": ("file_name",), "column_maps": ("target",),
    "entries": ("number",), "selections": ("method",), "table_groups": ("number",), "arrangements": ("kind",),
    "tablets": ("number",), "change_decisions": ("kind",), "calls": ("target",), "venues": ("name",),
    "bookings": ("venue_name",), "takeouts": ("contents",), "paper_texts": ("document_kind",), "comment_themes": ("name",),
    "earlier_counts": ("fiscal_year",),
}  # fmt: skip

_EMPTY: Final = "（空欄）"


def table_name(table: str) -> str:
    """Return what a table's rows are called."""
    return TABLES.get(table, "記録")


def row_name(table: str, row: Mapping[str, Any]) -> str:
    """Return 「資料「テキスト」」, or the table's name alone when the row has no name of its own."""
    named = [str(row[name]) for name in _NAMING.get(table, ()) if row.get(name)]
    return f"{table_name(table)}「{value_words(_NAMING[table][0], named[0])}」" if named else table_name(table)


def is_shown(field: str) -> bool:
    """Say whether a field means anything to a reader."""
    return field not in _HIDDEN


def field_name(table: str, field: str) -> str:
    """Return what a field is called."""
    return _OWN.get((table, field)) or _FIELDS.get(field, "そのほか")


def value_words(field: str, value: Any) -> str:
    """Return a stored value as a reader knows it: dates in full, yes and no, lists with 、."""
    if value is None or value in ("", "[]", "{}"):
        return _EMPTY
    if field in _YES_NO:
        return "はい" if value else "いいえ"
    if isinstance(value, str):
        return _text_words(value)
    return str(value)


def _text_words(value: str) -> str:
    if value[:1] in "[{":
        try:
            return _plain_words(json.loads(value))
        except ValueError:
            return value
    if value[:4].isdigit() and value[4:5] == "-":
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        day = long_date(date(moment.year, moment.month, moment.day))
        return day if len(value) == 10 else f"{day} {moment:%H:%M}"
    return value


def _plain_words(plain: Any) -> str:
    """Return a list or a mapping in one line; records inside are named by their title or their values."""
    if isinstance(plain, dict):
        if "title" in plain:
            return str(plain["title"])
        return "、".join(
            f"{name}：{_plain_words(item)}" for name, item in plain.items() if item not in (None, "", [], {})
        )
    if isinstance(plain, list):
        return "、".join(_plain_words(item) for item in plain)
    if isinstance(plain, bool):
        return "はい" if plain else "いいえ"
    return str(plain)
