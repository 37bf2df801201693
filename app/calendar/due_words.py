"""How a contract says by when a paper is owed once a year: counted from a day of the contract, a day, or when asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from app.calendar.date_parsing import parse_date
from app.calendar.dates import long_date_plain
from app.calendar.office_days import DateProblem, OfficeCalendar
from app.calendar.periods import Period, PeriodProblem, nominal_date, parse_period
from db.digits import one_width
from db.record import frozen

Anchor = Literal["契約", "始まり", "半ば", "終わり", "実施"]
_ANCHORS: Mapping[str, Anchor] = {
    "契約確定日": "契約", "契約締結日": "契約", "契約の日": "契約", "契約日": "契約",
    "業務を始める日": "始まり", "業務の開始": "始まり", "履行期間の始まり": "始まり",
    "契約の期間の半ば": "半ば", "履行期間の半ば": "半ば",
    "契約の終了": "終わり", "契約の終わり": "終わり", "履行期間の末日": "終わり",
    "最後の実施日": "実施", "実施日": "実施",
}  # fmt: skip
_CORE = (
    rf"(?P<anchor>{'|'.join(_ANCHORS)})"
    r"(?:の(?P<before>前日|\d+\D{1,3}前)まで|(?:の翌日)?から(?P<after>\d+\D{1,3}?)(?:以内)?|(?P<on>まで))"
)
_WHOLE = re.compile(rf"(?:{_CORE}(?:に\d+回)?(?:\([^()]*\))?|[^()]*\({_CORE.replace('?P<', '?P<in_')}(?:に\d+回)?\))")
WHEN_ASKED = "求めたとき"
DUE_FORMS = (
    "契約確定日から14日以内、業務を始める日の前日まで、実施日の翌日から3週間以内、契約の終了まで、"
    "令和8年7月30日、求めたとき"
)
"""The forms in which it can be written, as examples."""


@frozen
class DueRule:
    """By when a paper is owed: ``day``, or a ``period`` (None = the day itself) from an ``anchor``; "" = when asked."""

    words: str
    anchor: Anchor | Literal[""] = ""
    period: Period | None = None
    day: date | None = None

    def due(self, days: Mapping[Anchor, date | None], calendar: OfficeCalendar) -> date | None:
        """Return the day by the days of the contract; None while it is not known."""
        known = days[self.anchor] if self.anchor else self.day
        return known if known is None or self.period is None else nominal_date(self.period, known, calendar)


def parse_due(text: str) -> DueRule:
    """Return the rule that a text is: 「契約確定日から14日以内」「令和8年7月30日」; a remark may stand in brackets.

    Raises:
        PeriodProblem: it is none; the text names the forms that can be read.
    """
    plain = one_width(text).strip()
    if plain == WHEN_ASKED:
        return DueRule(plain)
    try:
        if found := _WHOLE.fullmatch(plain):
            told = {name.removeprefix("in_"): value for name, value in found.groupdict().items() if value}
            before, after = told.get("before"), told.get("after")
            period = parse_period(before, "before") if before else parse_period(f"{after}以内") if after else None
            return DueRule(text.strip(), _ANCHORS[told["anchor"]], period)
        day = parse_date(plain.removesuffix("まで"), 0)
    except (DateProblem, PeriodProblem):
        raise PeriodProblem(f"「{text}」は、いつまでかの決まりとして読めません。{DUE_FORMS} の形で書きます。") from None
    return DueRule(long_date_plain(day), day=day)
