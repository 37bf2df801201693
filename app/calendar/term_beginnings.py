"""How a contract says from when its 履行期間 runs: from the day it is made, from the day after, or from a fixed day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.calendar.date_parsing import parse_date
from app.calendar.dates import long_date_plain
from app.calendar.office_days import DateProblem
from db.digits import one_width
from db.record import frozen

_MADE = r"(?P<made>契約(?:確定|締結|成立)?の?日)(?P<after>の?翌日)?"
_DAY = r"(?P<day>(?:令和|平成)(?:元|\d{1,2})年\d{1,2}月\d{1,2}日|20\d\d年\d{1,2}月\d{1,2}日)(?:\([^()]{1,4}\))?"
_WHOLE = re.compile(rf"{_MADE}(?:から)?")
_ANYWHERE = re.compile(rf"(?:{_MADE}|{_DAY})(?:から|より)")
_NO_YEAR = 0
FORMS = "契約確定日の翌日、契約締結日、令和9年4月1日"
"""The forms in which a beginning can be written, as examples."""


class BeginningProblem(ValueError):
    """A beginning that cannot be read; its text is a Japanese sentence."""


@frozen
class TermBeginning:
    """The first day of 履行期間: ``day``, or else the day that ``made`` names (契約確定日) or the one after it."""

    made: str = ""
    is_day_after: bool = False
    day: date | None = None

    @property
    def words(self) -> str:
        """Return it in the contract's words: 「契約確定日の翌日」「契約締結日」「令和9年4月1日」."""
        return long_date_plain(self.day) if self.day else f"{self.made}{'の翌日' if self.is_day_after else ''}"

    def first_day(self, made_on: date | None) -> date | None:
        """Return the first day of a contract made on ``made_on``; None if that is None and no day is fixed."""
        if self.day is not None or made_on is None:
            return self.day
        return made_on + timedelta(days=self.is_day_after)


def parse_term_beginning(text: str) -> TermBeginning:
    """Return the beginning that a text is: 「契約確定日の翌日」「契約締結日」「契約日から」「令和9年4月1日」「R9.4.1」.

    Raises:
        BeginningProblem: it is none; the text names the forms that can be read.
    """
    plain = one_width(text).strip()
    if found := _WHOLE.fullmatch(plain):
        return _of(found)
    try:
        return TermBeginning(day=parse_date(plain.removesuffix("から"), _NO_YEAR))
    except DateProblem:
        raise BeginningProblem(
            f"「{text}」は履行期間の始まりとして読めません。{FORMS} のように入力してください。"
        ) from None


def find_term_beginning(said: str) -> tuple[TermBeginning, str] | None:
    """Return the first beginning that a sentence of a contract states, with its words and から or より; None = none."""
    for found in _ANYWHERE.finditer(said):
        if found["made"]:
            return _of(found), found[0]
        try:
            return TermBeginning(day=parse_date(found["day"], _NO_YEAR)), found[0]
        except DateProblem:
            continue
    return None


def _of(found: re.Match[str]) -> TermBeginning:
    return TermBeginning(made=found["made"], is_day_after=bool(found["after"]))
