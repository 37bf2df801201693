"""Our own fields of an application, and which column of a foreign list probably holds which of them."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.foreign_file import ForeignFile

APPLICATION_FIELDS: dict[str, str] = {
    "received_at": "申込日時",
    "receipt_number": "受付番号",
    "way": "経路",
    "status": "状態（取下げ）",
    "organisation": "団体",
    "branch": "支部",
    "name": "氏名",
    "furigana": "ふりがな",
    "role": "役職",
    "phone": "電話",
    "email": "メール",
    "fax": "FAX",
    "address": "住所",
    "wishes": "希望する実施回",
    "themes": "テーマ・相談内容",
    "people": "人数",
    "names": "同行者の氏名",
    "date1": "希望日（第1）",
    "date2": "希望日（第2）",
    "date3": "希望日（第3）",
    "contact_name": "連絡担当の氏名",
    "contact_furigana": "連絡担当のふりがな",
    "contact_phone": "連絡担当の電話",
    "device": "端末",
    "care": "配慮",
    "photo": "撮影",
    "note": "備考",
    "memo": "内部メモ",
}
"""Field key to its Japanese label, in the order in which a mapping screen shows them."""

DROPPED = "dropped"
"""The word for a column with personal data that the programme does not need (生年月日, 年齢, 性別): never kept."""


def propose_columns(headings: Sequence[str], source: str = "") -> dict[int, str]:
    """Guess our field for each column (number from 0) by its heading; columns without a guess are missing.

    A heading that stands twice is told apart by its place. ``DROPPED`` marks columns that are not kept.
    """
    return {}


def suggest_field(heading: str) -> str:
    """The field whose usual headings resemble an unknown ``heading`` most, or an empty text; only a suggestion."""
    return ""


def dropped_columns(headings: Sequence[str], columns: dict[int, str]) -> tuple[str, ...]:
    """The headings of the columns that are dropped, to be said on the screen."""
    return tuple(headings[index] for index, field in sorted(columns.items()) if field == DROPPED)


def source_key(file: ForeignFile) -> str:
    """The key under which the columns of this form are remembered: its service and its folded headings."""
    return file.service
