"""Detects from headings and values what a file of others is, and the service or list it comes from.

It also parses the timestamps of those services, and knows their separators of choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from app.calendar.dates import WEEKDAYS
from app.foreign_files.cells.suspicious_texts import has_formula
from app.foreign_files.foreign_shape import ForeignRow, Kind
from app.foreign_files.tables.heading_roles import fold_heading
from db.digits import one_width

GOOGLE_FORMS = "google_forms_csv"
GOOGLE_SHEETS = "google_sheets_csv"
MS_FORMS = "ms_forms_xlsx"
LOGO_FORM = "logo_form_like_csv"
E_APPLICATION = "e_application_like_csv"
ORGANISATION_LIST = "organisation_list_csv"
ORGANISATION_WORKBOOK = "organisation_list_xlsx"
BOOKING_LIST = "booking_list_csv"
BOOKING_WORKBOOK = "booking_list_xlsx"
CLERK_WORKBOOK = "clerk_xlsx"
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
    ORGANISATION_WORKBOOK: "団体一覧のExcelブック",
    BOOKING_LIST: "施設予約のCSV",
    BOOKING_WORKBOOK: "施設予約のExcelブック",
    CLERK_WORKBOOK: "職員が作ったExcelブック",
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
"""Names of the sources for staff."""


_JST = timezone(timedelta(hours=9), "JST")
_STAMP = re.compile(
    r"(\d{4})[/\-.年](\d{1,2})[/\-.月](\d{1,2})日?"
    r"(?:[T\s]+(午前|午後|AM|PM)?\s*(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})秒?)?分?"
    r"(?:\.\d+)?\s*(午前|午後|AM|PM)?\s*(?:(?:GMT|UTC)?([+\-]\d{1,2}(?::?\d{2})?)|GMT|UTC|JST|Z)?)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?=\s|$)")
_WEEKDAY = re.compile(r"\s*\(([月火水木金土日])(?:曜日?)?(?:・[祝休])?\)")
_DIRECT = re.compile(r"\d\s*(午前|午後|AM|PM)\s+(GMT|UTC|JST)", re.IGNORECASE)
_SEPARATORS = {GOOGLE_FORMS: ";", GOOGLE_SHEETS: ", ", LOGO_FORM: ",", E_APPLICATION: ",", MS_FORMS: ";"}
_QUESTION = re.compile(r"満足|感想|役立|役に立|理解|わかりやす|年代")
_NUMBERED_HEADING = re.compile(r"^(?:q|問|設問)[0-9]+")
_SURVEY_HEADINGS = 3
_STAMP_HEADING = {"タイムスタンプ", "timestamp"}
_MS_FORMS = ({"開始時刻", "完了時刻"}, {"starttime", "completiontime"})
_FORMS = (
    ({"受付番号", "送信日時"}, LOGO_FORM),
    ({"申込番号", "申込日時"}, E_APPLICATION),
)
_LISTS: dict[Kind, tuple[str, str]] = {
    "団体一覧": (ORGANISATION_LIST, ORGANISATION_WORKBOOK),
    "会場予約": (BOOKING_LIST, BOOKING_WORKBOOK),
}
_SOURCE_BY_DAMAGE = {
    "decode_error": MIXED_ENCODING,
    "nul_byte": WITH_NUL,
    "unclosed_quote": UNCLOSED_QUOTE,
}
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls"})
_PLACE = re.compile(r"施設|室場|部屋|会場|利用場所|室名")
_DAY = re.compile(r"利用日|使用日|利用年月日|使用年月日|予約日|利用期日")
_TIME = re.compile(r"時間|時刻|開始|区分|コマ")
_LIST = re.compile(r"世帯|会長|代表者|補助金|役員|ツール|line|instagram|hp|キャッシュレス")
_NAME_OF_GROUP = re.compile(r"^(?:団体名|団体名称|町会・?自治会名|町会名|自治会名|名称|町会・?自治会|団体)$")
_OFFICER = re.compile(r"会長|代表|役員|補助金|担当")
_PERSON = re.compile(r"氏名|お?名前")
_PHONE = re.compile(r"電話|携帯|tel")
_APPLICATION = re.compile(r"申込|受付|送信|希望|タイムスタンプ|参加|人数|完了時刻|配慮|同行")


def choice_separator(source: str, cells: Iterable[str]) -> str:
    """Return the separator of choices in a cell: fixed by the source, else found in the cells, by default ","."""
    known = _SEPARATORS.get(source)
    if known:
        return known
    found = list(cells)
    if any(";" in cell for cell in found):
        return ";"
    return ", " if any(", " in cell for cell in found) else ","


def parse_timestamp(text: str) -> datetime | None:
    """Parse a timestamp such as ``2026/09/10 3:32:08 午後 GMT+9`` or ``2026/09/10 15:32:08``.

    Returns Japan time without a zone, or None for an invalid one. 午前12時 is midnight, 午後12時 noon. Another zone is
    converted to Japan time; ``9/30/2026 15:32:08``, as a sheet set to American English writes it, has its month first.
    A day with a wrong weekday is invalid.
    """
    plain = one_width(text).strip()
    weekday = _WEEKDAY.search(plain)
    if weekday is not None:
        plain = plain[: weekday.start()] + plain[weekday.end() :]
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
        if weekday is not None and weekday[1] != WEEKDAYS[stamp.weekday()]:
            return None
        zoned = stamp.replace(tzinfo=_zone(offset, text))
        return zoned.astimezone(_JST).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str) -> int | None:
    """Return an hour of 24, from one of 12 where ``half`` is given; None where that is impossible."""
    if not half:
        return hour
    if not 0 <= hour <= 12:
        return None
    return hour % 12 + (12 if half in {"午後", "PM"} else 0)


def _zone(offset: str | None, text: str) -> timezone:
    """Return the time zone that a time names by offset, GMT or Z; Japan where it names none."""
    if not offset:
        upper = text.upper()
        return UTC if "GMT" in upper or "UTC" in upper or upper.rstrip().endswith("Z") else _JST
    sign = -1 if offset.startswith("-") else 1
    digits = offset[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def detect_kind(headings: Sequence[str]) -> Kind:
    """Return what a table with these ``headings`` is: アンケート, 会場予約, 団体一覧, else 申込."""
    folded = [fold_heading(heading) for heading in headings]
    asked = sum(bool(_QUESTION.search(heading)) for heading in folded)
    numbered = sum(bool(_NUMBERED_HEADING.search(heading) or _QUESTION.search(heading)) for heading in folded)
    person = any(_PERSON.search(heading) and not _OFFICER.search(heading) for heading in folded)
    # A form that numbers its questions and asks for name and telephone takes applications.
    reachable = person and any(_PHONE.search(heading) for heading in folded)
    if asked >= _SURVEY_HEADINGS or (numbered >= _SURVEY_HEADINGS and not reachable):
        return "アンケート"
    if all(any(wanted.search(heading) for heading in folded) for wanted in (_DAY, _PLACE, _TIME)):
        return "会場予約"
    listed = sum(bool(_LIST.search(heading)) for heading in folded)
    applied = any(_APPLICATION.search(h) and not _OFFICER.search(h) for h in folded) or (person and listed < 2)
    branch = any("支部" in heading for heading in folded)
    if any(_NAME_OF_GROUP.search(heading) for heading in folded) and not applied and (listed >= 2 or branch):
        return "団体一覧"
    return "申込"


def detect_service(
    headings: Sequence[str], rows: Sequence[ForeignRow], kind: Kind, *, workbook: bool, tabs: bool = False
) -> str:
    """Return the form or list behind a table, the same word for every file of it, intact or damaged."""
    folded = [fold_heading(heading) for heading in headings]
    stamp = next((index for index, heading in enumerate(folded) if heading in _STAMP_HEADING), None)
    if stamp is not None:
        direct = any(_DIRECT.search(row.cells[stamp]) for row in rows)
        return GOOGLE_FORMS if direct else GOOGLE_SHEETS
    if any(pair <= set(folded) for pair in _MS_FORMS):
        return MS_FORMS
    if kind in _LISTS:
        return _LISTS[kind][workbook]
    if workbook or tabs:
        return CLERK_WORKBOOK if workbook else UTF16_TEXT
    named = next((word for pair, word in _FORMS if pair <= set(folded)), "")
    return named or OTHER_CSV


def text_source(service: str, rows: Sequence[ForeignRow], codes: set[str], *, path: Path, zipped: bool) -> str:
    """Return the source word of a text: its damage or container if any, else its service.

    Without rows it is ``HEADINGS_ONLY``, and ``FORMULA_TEXT`` where half of the rows of no known service (or of LoGo)
    begin a cell like a formula.

    Args:
        codes: the codes of its findings.
        path: for its ending only.
    """
    damage = next((word for code, word in _SOURCE_BY_DAMAGE.items() if code in codes), "")
    wrapped = ZIPPED if zipped else NAMED_WORKBOOK if path.suffix.lower() in _WORKBOOK_SUFFIXES else ""
    if damage or wrapped or not rows:
        return damage or wrapped or HEADINGS_ONLY
    if service in {LOGO_FORM, OTHER_CSV}:
        like_formula = sum(has_formula(row.cells) for row in rows)
        if like_formula * 2 >= len(rows):
            return FORMULA_TEXT
    return service


def workbook_source(service: str, *, far: bool, formulas: bool, first_sheet: bool, titled: bool) -> str:
    """Return the source word of a workbook: the service that made it, else its peculiarity, if any.

    That is far cells, a table not on the first sheet, or formulas where nothing stands above the headings.
    """
    if service != CLERK_WORKBOOK:
        return service
    if far:
        return FAR_CELL
    if not first_sheet:
        return MANY_SHEETS
    if formulas and not titled:
        return FORMULA_CELLS
    return service
