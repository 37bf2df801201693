"""What is derived of the record equals what stood written here before."""

from __future__ import annotations

import re

from app.subjects.venues import intake
from db.fields import typed_fields
from db.records.venues import Booking

BOOKING_FIELDS: dict[str, str] = {
    "venue": "施設",
    "room": "部屋",
    "day": "利用日",
    "slot": "利用時間帯",
    "start": "開始",
    "end": "終了",
    "number": "受付・承認番号",
    "state": "状態",
    "applied_on": "申請日",
    "approved_on": "承認日",
    "cancel_by": "取消期限",
    "fee": "使用料",
    "reduction": "減免",
    "purpose": "利用目的",
    "equipment": "備品",
    "note": "備考",
}
"""Field key to its Japanese label, in the order in which a mapping screen shows them."""

_PATTERNS: tuple = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"取消(?:可能)?(?:期限|期日|締切)|キャンセル期限", "cancel_by"),
        (r"減免|免除", "reduction"),
        (r"使用料|利用料|料金|金額", "fee"),
        (r"承認日|許可日|決定日", "approved_on"),
        (r"申請日|申込日|受付日|予約日", "applied_on"),
        (r"利用日|使用日|利用年月日|使用年月日|利用期日|^日付$|^年月日$", "day"),
        (r"開始|^(?:利用)?時間\(?自\)?$|から$", "start"),
        (r"終了|^(?:利用)?時間\(?至\)?$|まで$", "end"),
        (r"時間帯|利用時間|使用時間|時間区分|利用区分|使用区分|コマ|^区分$|^時間$", "slot"),
        (r"受付番号|申請番号|承認番号|予約番号|申込番号|許可番号|利用番号|管理番号", "number"),
        (r"状態|状況|ステータス|申請区分|予約区分|取消", "state"),
        (r"目的|催物|行事|内容|名称\(?催", "purpose"),
        (r"備品|設備|附属|付属", "equipment"),
        (r"室場|部屋|室名|会議室|^室$|面$", "room"),
        (r"施設|会場|館名|利用場所|^場所$", "venue"),
        (r"備考|メモ|摘要|連絡", "note"),
    )
)
_STORED = (
    "venue_name", "room", "day", "start_time", "end_time", "state", "reserved_on", "applied_on", "approval_number",
    "approved_on", "reduction", "fee", "equipment", "key_note", "cancel_by", "purpose", "note",
)  # fmt: skip


def test_what_lists_bring_and_a_form_stores_is_what_it_was():
    assert list(intake.BOOKING_FIELDS.items()) == list(BOOKING_FIELDS.items())
    assert [(one.pattern, key) for one, key in intake._PATTERNS] == [(one.pattern, key) for one, key in _PATTERNS]
    assert set(typed_fields(Booking)) == set(_STORED)
