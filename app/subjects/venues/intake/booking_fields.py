"""Our own fields of a booking, which column of a foreign list probably holds which, and the words for its state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.foreign_files.heading_roles import fold_heading

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

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
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
_STATES: tuple[tuple[str, str], ...] = (
    (r"取り?消|キャンセル|却下|不承認|落選|無効", "取消"),
    (r"申請中|申込中|審査|抽選(?:申込|待)|受付中|未承認|承認待|処理中", "申請中"),
    (r"仮", "仮予約"),
    (r"承認|許可|確定|決定|予約済|利用済|支払|当選|本予約", "承認"),
)


def propose_booking_columns(headings: Sequence[str]) -> dict[int, str]:
    """Guess our field for each column (number from 0) by its heading; of two 番号 that of the 承認 is taken."""
    found: dict[int, str] = {}
    for index, heading in enumerate(headings):
        folded = fold_heading(heading)
        field = next((field for pattern, field in _PATTERNS if pattern.search(folded)), "") if folded else ""
        if field == "number" and field in found.values() and "承認" in folded:
            found = {place: known for place, known in found.items() if known != field}
        if field and field not in found.values():
            found[index] = field
    return found


def booking_state(text: str) -> str:
    """仮予約, 申請中, 承認 or 取消 by the words of a booking system; empty when they say none of these."""
    folded = "".join(text.split())
    return next((state for pattern, state in _STATES if re.search(pattern, folded)), "")
