"""Says from its headings and values what a foreign file is: its kind, the form or list behind it, its source word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from app.foreign_files import sources
from app.foreign_files.foreign_shape import ForeignRow, Kind
from app.foreign_files.heading_roles import fold_heading
from app.foreign_files.sources import is_direct_stamp
from app.foreign_files.telltale_texts import starts_like_formula

_ASKED = re.compile(r"満足|感想|役立|役に立|理解|わかりやす|年代")
_NUMBERED = re.compile(r"^(?:q|問|設問)[0-9]+")
_SURVEY_HEADINGS = 3
_STAMP = {"タイムスタンプ", "timestamp"}
_MS_FORMS = ({"開始時刻", "完了時刻"}, {"starttime", "completiontime"})
_FORMS = (
    ({"受付番号", "送信日時"}, sources.LOGO_FORM),
    ({"申込番号", "申込日時"}, sources.E_APPLICATION),
)
_LISTS: dict[Kind, tuple[str, str]] = {
    "団体一覧": (sources.ORGANISATION_LIST, sources.ORGANISATION_BOOK),
    "会場予約": (sources.BOOKING_LIST, sources.BOOKING_BOOK),
}
_DAMAGE = {
    "decode_error": sources.MIXED_ENCODING,
    "nul_byte": sources.WITH_NUL,
    "unclosed_quote": sources.UNCLOSED_QUOTE,
}
_BOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
_PLACE = re.compile(r"施設|室場|部屋|会場|利用場所|室名")
_DAY = re.compile(r"利用日|使用日|利用年月日|使用年月日|予約日|利用期日")
_TIME = re.compile(r"時間|時刻|開始|区分|コマ")
_LIST = re.compile(r"世帯|会長|代表者|補助金|役員|ツール|line|instagram|hp|キャッシュレス")
_NAME_OF_GROUP = re.compile(r"^(?:団体名|団体名称|町会・?自治会名|町会名|自治会名|名称|町会・?自治会|団体)$")
_OFFICER = re.compile(r"会長|代表|役員|補助金|担当")
_PERSON = re.compile(r"氏名|お?名前")
_PHONE = re.compile(r"電話|携帯|tel")
_APPLICATION = re.compile(r"申込|受付|送信|希望|タイムスタンプ|参加|人数|完了時刻|配慮|同行")


def kind_of(headings: Sequence[str]) -> Kind:
    """What a table with these ``headings`` is for."""
    folded = [fold_heading(heading) for heading in headings]
    asked = sum(bool(_ASKED.search(heading)) for heading in folded)
    numbered = sum(bool(_NUMBERED.search(heading) or _ASKED.search(heading)) for heading in folded)
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


def service_of(
    headings: Sequence[str], rows: Sequence[ForeignRow], kind: Kind, *, workbook: bool, tabs: bool = False
) -> str:
    """The form or list behind a table: the same word for every file of it, sound or damaged."""
    folded = [fold_heading(heading) for heading in headings]
    stamp = next((index for index, heading in enumerate(folded) if heading in _STAMP), None)
    if stamp is not None:
        direct = any(is_direct_stamp(row.cells[stamp]) for row in rows)
        return sources.GOOGLE_FORMS if direct else sources.GOOGLE_SHEETS
    if any(pair <= set(folded) for pair in _MS_FORMS):
        return sources.MS_FORMS
    if kind in _LISTS:
        return _LISTS[kind][workbook]
    if workbook or tabs:
        return sources.CLERK_BOOK if workbook else sources.UTF16_TEXT
    named = next((word for pair, word in _FORMS if pair <= set(folded)), "")
    return named or sources.OTHER_CSV


def text_source(service: str, rows: Sequence[ForeignRow], codes: set[str], *, path: Path, zipped: bool) -> str:
    """The source word of a text: its damage or wrapping when it has one, else its service."""
    damage = next((word for code, word in _DAMAGE.items() if code in codes), "")
    wrapped = sources.ZIPPED if zipped else sources.NAMED_WORKBOOK if path.suffix.lower() in _BOOKS else ""
    if damage or wrapped or not rows:
        return damage or wrapped or sources.HEADINGS_ONLY
    like_formula = sum(any(starts_like_formula(cell) for cell in row.cells) for row in rows)
    if service in {sources.LOGO_FORM, sources.OTHER_CSV} and like_formula * 2 >= len(rows):
        return sources.FORMULA_TEXT
    return service


def workbook_source(service: str, *, far: bool, formulas: bool, first_sheet: bool, titled: bool) -> str:
    """The source word of a workbook: what is odd about it, else its service."""
    if service != sources.CLERK_BOOK:
        return service
    if far:
        return sources.FAR_CELL
    if not first_sheet:
        return sources.MANY_SHEETS
    if formulas and not titled:
        return sources.FORMULA_CELLS
    return service
