"""Who may carry out a 検査, and what a clerk is asked about first.

- ``check_people(inspection) -> None`` – refuses a 検査員 who is one of the 担当, or the 立会人
- ``check_days(inspection, notice_on, today) -> None``
- ``names_in(text) -> tuple[str, ...]`` – the people in a field with several
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.calendar.dates import long_date
from app.refusal import Refusal
from db.records.completion import Inspection

_BETWEEN = re.compile(r"[、,，・/／\n]+")


def names_in(text: str) -> tuple[str, ...]:
    """Return the people of 「山田、中臺」, without spaces inside, in one width."""
    parts = ("".join(unicodedata.normalize("NFKC", part).split()) for part in _BETWEEN.split(text))
    return tuple(part for part in parts if part)


def check_people(inspection: Inspection) -> None:
    """Refuse a 検査 whose 検査員 is one of the 担当 or the 立会人: who ran the contract does not inspect it.

    A family name alone is the same person as that name with more behind it (原 and 原 昭子).

    Raises:
        Refusal: no 検査員, or the same person twice.
    """
    (inspector, *_more) = names_in(inspection.inspector) or ("",)
    if not inspector:
        raise Refusal("検査員の氏名が入っていません。", "検査をした職員の氏名を入力してください。")
    if any(_one(inspector, name) for name in names_in(inspection.staff)):
        raise Refusal(
            f"検査員「{inspection.inspector}」は、この契約の担当です。",
            "検査は、担当でない職員が行います。検査員を変えるか、担当の名前を確かめてください。",
        )
    if any(_one(inspector, name) for name in names_in(inspection.witness)):
        raise Refusal(f"検査員と立会人が、同じ「{inspection.inspector}」です。", "別の職員の氏名を入力してください。")


def _one(left: str, right: str) -> bool:
    return left.startswith(right) or right.startswith(left)


def check_days(inspection: Inspection, notice_on: date | None, today: date) -> None:
    """Refuse days that run backwards: 業務完了届 → 検査 → 手直し → today.

    Args:
        notice_on: when the 業務完了届 came, None = it did not.

    Raises:
        Refusal: no 業務完了届, or a day out of order; 手直し without what is to be mended.
    """
    if notice_on is None:
        raise Refusal(
            "業務完了届を、まだ受領していません。", "検査は、業務完了届を受けてから行います。先に受領を記録してください。"
        )
    if not notice_on <= inspection.held_on <= today:
        raise Refusal(
            f"検査の日が、業務完了届の受領（{long_date(notice_on)}）より前か、本日より後です。", "日付をご確認ください。"
        )
    if inspection.result == "手直し" and not inspection.repair.strip():
        raise Refusal("手直しの内容がありません。", "何を直すかを書いてください。検査調書別紙に載ります。")
    if inspection.repair_due is not None and inspection.repair_due < inspection.held_on:
        raise Refusal("手直しの期限が、検査の日より前です。", "日付をご確認ください。")
    if inspection.repaired_on is not None and not inspection.held_on <= inspection.repaired_on <= today:
        raise Refusal("手直しが済んだ日が、検査の日より前か、本日より後です。", "日付をご確認ください。")
