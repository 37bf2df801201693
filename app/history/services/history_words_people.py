"""What the tables and fields of 団体, applications, the roster, calls and venues are called in the 履歴."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TABLES: Final[Mapping[str, str]] = {
    "memberships": "役職の履歴", "contacts": "連絡先", "stage_marks": "活用の段階", "subsidies": "補助金",
    "applications": "申込", "foreign_imports": "ファイルの取り込み", "column_maps": "列の対応", "entries": "名簿",
    "selections": "参加者の決定", "table_groups": "班", "group_wishes": "班の希望", "arrangements": "配慮の手配",
    "tablets": "貸与タブレット", "tablet_loans": "タブレットの貸出", "change_decisions": "中止・変更の判断", "calls": "電話の記録",
    "second_entries": "2回目の入力", "comment_themes": "自由記述の分類", "comment_marks": "自由記述の扱い",
    "venues": "会場", "bookings": "会場の予約", "takeouts": "持出し管理簿", "paper_texts": "書類の文",
    "earlier_counts": "前の年度の集計",
}  # fmt: skip

FIELDS: Final[Mapping[str, str]] = {
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

OWN: Final[Mapping[tuple[str, str], str]] = {
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

HIDDEN: Final = frozenset(
    {
        "person_id", "application_id", "tablet_id", "entry_id", "first_entry_id", "second_entry_id", "substitute_for",
        "decision_id", "venue_id", "outgoing_id", "questionnaire_id", "sheet_id", "theme_id",
    }
)  # fmt: skip

YES_NO: Final = frozenset(
    {"walk_in", "withdrawn", "together", "organisations_first", "not_chosen_first", "cancelled", "archived", "quoted"}
)

NAMING: Final[Mapping[str, tuple[str, ...]]] = {
    "memberships": ("role",), "contacts": ("kind",), "stage_marks": ("tool",), "subsidies": ("fiscal_year",),
    "applications": ("receipt_number",), "foreign_imports": ("file_name",), "column_maps": ("target",),
    "entries": ("number",), "selections": ("method",), "table_groups": ("number",), "arrangements": ("kind",),
    "tablets": ("number",), "change_decisions": ("kind",), "calls": ("target",), "venues": ("name",),
    "bookings": ("venue_name",), "takeouts": ("contents",), "paper_texts": ("document_kind",), "comment_themes": ("name",),
    "earlier_counts": ("fiscal_year",),
}  # fmt: skip
