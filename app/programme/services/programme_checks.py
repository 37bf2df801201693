"""What is refused of a year's settings before they are saved: periods, numbers, and the day and reason of a 契約変更."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from app.calendar import dates, periods
from app.programme.services.programme_view import YearRows
from app.refusal import Refusal
from db.records.programme import Contractor, ContractTerms, KindNumbers, Office, PaperSetting

Dated: TypeAlias = KindNumbers | ContractTerms | Office | Contractor | PaperSetting


def check_change(rows: YearRows, mine: Iterable[Dated], valid_from: date, reason: str | None) -> None:
    """Refuse a 契約変更 without a reason, on a day of another year, or on a day that has one already.

    Args:
        reason: None while it is only looked at; the reason may come last.
    """
    year = rows.base.fiscal_year
    if reason is not None and not reason.strip():
        raise Refusal("契約変更の理由が書かれていません。", "理由を書いてください。設定と履歴に残ります。")
    if dates.fiscal_year_of(valid_from) != year:
        raise Refusal(
            f"{dates.long_date(valid_from)}は、{dates.fiscal_year_words(year)}の日ではありません。",
            "その年度の4月1日から3月31日までの日を入力してください。",
        )
    if any(row.valid_from == valid_from for row in mine):
        raise Refusal(
            f"{dates.long_date(valid_from)}から適用する変更は、もう記録されています。",
            "その行を直すか、ほかの日を入力してください。",
        )


def check_numbers(numbers: KindNumbers) -> None:
    """Refuse numbers that can't be counted with."""
    check_periods(numbers.headcount_period, numbers.material_period, numbers.report_period)
    if numbers.window_end < numbers.window_start:
        raise Refusal("期間の終わりが、始まりより前になっています。", "二つの日付を確かめてください。")
    if numbers.people_max < numbers.people_min:
        raise Refusal("人数の上限が、下限より小さくなっています。", "二つの人数を確かめてください。")


def check_periods(*texts: str) -> None:
    """Refuse a period that the deadline rules cannot read, in the rule's own words."""
    for text in texts:
        try:
            periods.parse_period(text)
        except periods.PeriodProblem as problem:
            raise Refusal(str(problem)) from problem
