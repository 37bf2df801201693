"""What a foreign file comes from: the words for the form or list behind it and for the damage or container that shows.

Here are read, too, the time stamps of the services that answers come from, and what parts two choices in a cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

GOOGLE_FORMS = "google_forms_csv"
GOOGLE_SHEETS = "google_sheets_csv"
MS_FORMS = "ms_forms_xlsx"
LOGO_FORM = "logo_form_like_csv"
E_APPLICATION = "e_application_like_csv"
ORGANISATION_LIST = "organisation_list_csv"
ORGANISATION_BOOK = "organisation_list_xlsx"
BOOKING_LIST = "booking_list_csv"
BOOKING_BOOK = "booking_list_xlsx"
CLERK_BOOK = "clerk_xlsx"
UTF16_TEXT = "utf16le_tsv"
OTHER_CSV = "other_csv"

MIXED_ENCODING = "mixed_encoding_csv"
WITH_NUL = "nul_csv"
UNCLOSED_QUOTE = "unclosed_quote_csv"
HEADINGS_ONLY = "header_only_csv"
FORMULA_TEXT = "formula_injection_csv"
NAMED_WORKBOOK = "csv_named_xlsx"
ZIPPED = "zipped_csv"
FORMULA_CELLS = "formula_xlsx"
FAR_CELL = "far_cell_xlsx"
MANY_SHEETS = "multi_sheet_xlsx"

SOURCE_WORDS = {
    GOOGLE_FORMS: "GoogleフォームのCSV",
    GOOGLE_SHEETS: "Googleスプレッドシート経由のCSV",
    MS_FORMS: "Microsoft FormsのExcelブック",
    LOGO_FORM: "LoGoフォーム風のCSV",
    E_APPLICATION: "電子申請風のCSV",
    ORGANISATION_LIST: "団体一覧のCSV",
    ORGANISATION_BOOK: "団体一覧のExcelブック",
    BOOKING_LIST: "施設予約のCSV",
    BOOKING_BOOK: "施設予約のExcelブック",
    CLERK_BOOK: "職員が作ったExcelブック",
    UTF16_TEXT: "ExcelのUnicodeテキスト",
    OTHER_CSV: "そのほかのCSV",
    MIXED_ENCODING: "文字コードの混ざったCSV",
    WITH_NUL: "文章に現れない符号（NUL）の入ったCSV",
    UNCLOSED_QUOTE: "引用符の閉じていないCSV",
    HEADINGS_ONLY: "見出しだけのCSV",
    FORMULA_TEXT: "数式のような文字の入ったCSV",
    NAMED_WORKBOOK: "名前がExcelブックで中身がCSVのファイル",
    ZIPPED: "圧縮（zip）されたCSV",
    FORMULA_CELLS: "数式のあるExcelブック",
    FAR_CELL: "離れたセルに値のあるExcelブック",
    MANY_SHEETS: "複数のシートのあるExcelブック",
}
"""The words for staff."""


_JST = timezone(timedelta(hours=9), "JST")
_STAMP = re.compile(
    r"(\d{4})[/\-.年](\d{1,2})[/\-.月](\d{1,2})日?"
    r"(?:[T\s]+(午前|午後|AM|PM)?\s*(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})秒?)?分?"
    r"(?:\.\d+)?\s*(午前|午後|AM|PM)?\s*(?:(?:GMT|UTC)?([+\-]\d{1,2}(?::?\d{2})?)|GMT|UTC|JST|Z)?)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?=\s|$)")
_WEEKDAY = re.compile(r"\s*\([月火水木金土日](?:・祝)?\)")
_DIRECT = re.compile(r"\d\s*(午前|午後|AM|PM)\s+(GMT|UTC|JST)", re.IGNORECASE)
_SEPARATORS = {GOOGLE_FORMS: ";", GOOGLE_SHEETS: ", ", LOGO_FORM: ",", E_APPLICATION: ",", MS_FORMS: ";"}


def is_direct_stamp(text: str) -> bool:
    """Whether ``text`` is a time stamp as Google writes it into a CSV by itself (with 午前 or 午後 and a zone)."""
    return bool(_DIRECT.search(text))


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
    午後12時 noon. A stamp of another zone is turned into Japan time; ``9/30/2026 15:32:08``, as a sheet set to
    American English writes it, has its month first.
    """
    plain = _WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip(), count=1)
    match = _STAMP.fullmatch(_MONTH_FIRST.sub(r"\3/\1/\2", plain, count=1))
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
        return UTC if "GMT" in upper or "UTC" in upper or upper.rstrip().endswith("Z") else _JST
    sign = -1 if offset.startswith("-") else 1
    digits = offset[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
