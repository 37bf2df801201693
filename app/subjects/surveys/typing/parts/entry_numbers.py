"""Which paper sheet comes next, which numbers were passed over, and how a row of numbers is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.services.survey_entry import SHEETS, missing_numbers
from app.subjects.surveys.typing.services.survey_second_entry import waiting_numbers


def paper_total(view: SurveyView | None) -> int | None:
    """How many paper sheets came back as far as somebody said so, else None."""
    if view is None or view.survey is None:
        return None
    return view.survey.contractor_counts.get(SHEETS, {}).get("紙")


def next_new(view: SurveyView | None, *, under_way: Collection[int] = ()) -> int:
    """The number of the next new sheet: one above the highest; at the end of the pile the first one passed over."""
    if view is None:
        return 1
    highest = max((*(sheet.number or 0 for sheet in view.paper), *under_way), default=0)
    total = paper_total(view)
    passed_over = [number for number in missing_numbers(view.paper) if number not in under_way]
    if passed_over and total is not None and highest >= total:
        return passed_over[0]
    return highest + 1


def next_second(view: SurveyView | None, *, least: int, under_way: Collection[int] = ()) -> int | None:
    """The number of the next sheet to type a second time, not below ``least``; None when there is none."""
    waiting = waiting_numbers(view) if view is not None else ()
    return next((number for number in waiting if number >= least and number not in under_way), None)


def untyped_below(view: SurveyView, number: int, *, under_way: Collection[int] = ()) -> tuple[int, ...]:
    """The numbers below ``number`` under which no sheet was typed yet."""
    taken = {sheet.number for sheet in view.paper} | set(under_way)
    return tuple(one for one in range(1, number) if one not in taken)


def said_numbers(numbers: Iterable[int]) -> str:
    """「1～3、5」: runs of three and more are drawn together."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"{run[0]}～{run[-1]}" if len(run) > 2 else "、".join(str(number) for number in run) for run in runs
    )
