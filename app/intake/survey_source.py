"""Says which service a delimited answer file comes from, and reads that service's time stamps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from app.intake.table import Table

GOOGLE_FORMS = "google_forms_csv"
GOOGLE_SHEETS = "google_sheets_csv"
LOGO_FORM = "logo_form_like_csv"
E_APPLICATION = "e_application_like_csv"
ORGANISATION_LIST = "organisation_list_csv"
UTF16_TEXT = "utf16le_tsv"
OTHER_CSV = "other_csv"

SOURCE_WORDS = {
    GOOGLE_FORMS: "GoogleフォームのCSV",
    GOOGLE_SHEETS: "Googleスプレッドシート経由のCSV",
    LOGO_FORM: "LoGoフォーム風のCSV",
    E_APPLICATION: "電子申請風のCSV",
    ORGANISATION_LIST: "団体一覧のCSV",
    UTF16_TEXT: "ExcelのUnicodeテキスト",
    OTHER_CSV: "そのほかのCSV",
}

_JST = timezone(timedelta(hours=9), "JST")
_STAMP = re.compile(
    r"(\d{4})[/\-.年](\d{1,2})[/\-.月](\d{1,2})日?"
    r"(?:[T\s]+(午前|午後|AM|PM)?\s*(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})秒?)?分?"
    r"\s*(午前|午後|AM|PM)?\s*(?:(?:GMT|UTC)([+\-]\d{1,2}(?::?\d{2})?)?|JST)?)?",
    re.IGNORECASE,
)
_DIRECT = re.compile(r"\d\s*(午前|午後|AM|PM)\s+(GMT|UTC|JST)", re.IGNORECASE)
_STAMP_HEADINGS = {"タイムスタンプ", "timestamp"}
_SEPARATORS = {GOOGLE_FORMS: ";", GOOGLE_SHEETS: ", ", LOGO_FORM: ",", E_APPLICATION: ","}


def fold_heading(text: str) -> str:
    """A heading's comparison key: width folded, every space removed, letters in one case. Never shown."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def recognise_source(table: Table, encoding: str) -> str:
    """Name the source of ``table`` by its headings and time stamps, in the words of this module."""
    folded = [fold_heading(heading) for heading in table.headings]
    stamps = [index for index, heading in enumerate(folded) if heading in _STAMP_HEADINGS]
    if stamps:
        values = [row.cells[stamps[0]] for row in table.rows]
        return GOOGLE_FORMS if any(_DIRECT.search(value) for value in values) else GOOGLE_SHEETS
    if encoding.startswith("utf-16") and table.delimiter == "\t":
        return UTF16_TEXT
    if {"受付番号", "送信日時"} <= set(folded):
        return LOGO_FORM
    if {"申込番号", "申込日時"} <= set(folded):
        return E_APPLICATION
    if "支部" in folded and {"団体名", "町会・自治会名"} & set(folded) and "世帯数" in folded:
        return ORGANISATION_LIST
    return OTHER_CSV


def choice_separator(source: str, cells: Iterable[str]) -> str:
    """The text between two choices of one cell: fixed by the source, else the one that the cells show."""
    known = _SEPARATORS.get(source)
    if known:
        return known
    found = list(cells)
    if any(";" in cell for cell in found):
        return ";"
    return ", " if any(", " in cell for cell in found) else ","


def parse_timestamp(text: str) -> datetime | None:
    """Read a stamp such as ``2026/09/10 3:32:08 午後 GMT+9`` or ``2026/09/10 15:32:08``.

    Returns Japan time without a zone, or None when it is no date and time that exists. 午前12時 is midnight,
    午後12時 noon. A stamp of another zone is turned into Japan time.
    """
    match = _STAMP.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        return None
    year, month, day, before, hour_text, minute, second, after, offset = match.groups()
    half = (before or after or "").upper()
    hour = _hour(int(hour_text or 0), half)
    if hour is None:
        return None
    try:
        stamp = datetime(  # noqa: DTZ001 - the zone is attached just below
            int(year), int(month), int(day), hour, int(minute or 0), int(second or 0)
        )
        zoned = stamp.replace(tzinfo=_zone(offset, text))
        return zoned.astimezone(_JST).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str) -> int | None:
    if not half:
        return hour
    if not 0 <= hour <= 12:
        return None
    return hour % 12 + (12 if half in {"午後", "PM"} else 0)


def _zone(offset: str | None, text: str) -> timezone:
    if not offset:
        upper = text.upper()
        return UTC if "GMT" in upper or "UTC" in upper else _JST
    sign = -1 if offset.startswith("-") else 1
    digits = offset[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
