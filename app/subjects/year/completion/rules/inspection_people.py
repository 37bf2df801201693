"""Validate people and days of a 検査 (who may inspect, and the order of days)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.actions.user_error import UserError
from app.calendar.dates import long_date
from db.records.year.completion import Inspection

_SHORTEST = 2
"""The least characters of family name and first name written as one word."""
_BETWEEN = re.compile(r"[、,，・/／\n]+")


def names_in(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the people of 「山田　太郎、中臺」, each as the words of the name, in one width."""
    parts = (tuple(unicodedata.normalize("NFKC", part).split()) for part in _BETWEEN.split(text))
    return tuple(part for part in parts if part)


def have_common_person(first: str, second: str) -> bool:
    """Return whether a person is in both fields, by the same name or the same family name alone.

    Typed without a space, 「山田太郎」 matches 「山田」; 「原田」 does not match 「原」.
    """
    return any(
        _is_same_person(left, right) or _is_same_person(right, left)
        for left in names_in(first)
        for right in names_in(second)
    )


def _is_same_person(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    family, whole = "".join(short), "".join(long)
    if family == whole:
        return True
    if len(short) > 1:
        return False
    if len(long) > 1:
        return family == long[0]
    return whole.startswith(family) and min(len(family), len(whole) - len(family)) >= _SHORTEST


def check_people(inspection: Inspection) -> None:
    """Raise where the 検査員 is one of the 担当 or the 立会人, since who ran the contract may not inspect it.

    Raises:
        UserError: no 検査員, or the same person twice.

    Raises:
        UserError: no 検査員, or the same person twice.
    """
    if not names_in(inspection.inspector):
        raise UserError("検査員の氏名が入っていません。", "検査をした職員の氏名を入力してください。")
    if have_common_person(inspection.inspector, inspection.staff):
        raise UserError(
            f"検査員「{inspection.inspector}」は、この契約の担当です。",
            "検査は、担当でない職員が行います。検査員を変えるか、担当の名前を確かめてください。",
        )
    if have_common_person(inspection.inspector, inspection.witness):
        raise UserError(f"検査員と立会人が、同じ「{inspection.inspector}」です。", "別の職員の氏名を入力してください。")


def check_days(inspection: Inspection, notice_on: date | None, today: date) -> None:
    """Raise where days are out of order (業務完了届 → 検査 → 手直し → today).

    Args:
        notice_on: when the 業務完了届 was received, None = not yet.

    Raises:
        UserError: no 業務完了届, or a day out of order; 手直し without what is to be corrected.
    """
    if notice_on is None:
        raise UserError(
            "業務完了届を、まだ受領していません。",
            "検査は、業務完了届を受けてから行います。先に受領を記録してください。",
        )
    if not notice_on <= inspection.held_on <= today:
        raise UserError(
            f"検査の日が、業務完了届の受領（{long_date(notice_on)}）より前か、本日より後です。",
            "日付をご確認ください。",
        )
    if inspection.result == "手直し" and not inspection.repair.strip():
        raise UserError("手直しの内容がありません。", "何を直すかを書いてください。検査調書別紙に載ります。")
    if inspection.repair_due is not None and inspection.repair_due < inspection.held_on:
        raise UserError("手直しの期限が、検査の日より前です。", "日付をご確認ください。")
    if inspection.repaired_on is not None and not inspection.held_on <= inspection.repaired_on <= today:
        raise UserError("手直しが済んだ日が、検査の日より前か、本日より後です。", "日付をご確認ください。")
