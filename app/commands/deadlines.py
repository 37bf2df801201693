"""The command ``deadlines``: deadlines of an event, 検査 or 支払, or by one rule; needs no data folder."""

from __future__ import annotations

import argparse
from datetime import date

from app.calendar.date_parsing import parse_date
from app.calendar.dates import long_date, table_date
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import closed_day_law, parse_period
from app.commands.command_line import DONE, WrongUsage, add_output_options, print_result, requested_now
from app.common.join_nonempty import fill_nonempty
from app.event.rules.closing_deadlines import INSPECTION, PAYMENT, inspection_deadline, payment_deadline
from app.event.rules.deadlines import Deadline, event_deadlines, make_deadline
from app.programme.intake import find_definition
from app.programme.rules import YearDefinition, checked_lecture_names

HELP = "実施日から期限を計算する"
DESCRIPTION = "実施日から期限を計算します（--preset がなければ、令和8年度の数値）。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deadlines`` to its ``parser``."""
    parser.add_argument("--kind", metavar="種別", help="定義にある種類の名前（講習会 など）、検査 または 支払")
    parser.add_argument("--rule", metavar="期間", help="期間だけで計算する（5日前、1か月以内 など）")
    parser.add_argument(
        "--date",
        metavar="日付",
        help="実施日、業務完了届か請求書の受領日など、起算のもとになる日（2026-09-30、R8.9.30 など）",
    )
    parser.add_argument(
        "--preset", metavar="定義", default="r8", help="年度の定義（r8＝令和8年度、または定義ファイルの場所）"
    )
    add_output_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the deadlines; returns exit code 0.

    Raises WrongUsage for options that don't fit, DateProblem or PeriodProblem for a day or period that can't be read.
    """
    deadlines = _deadlines(arguments)
    text = "\n\n".join(map(_as_text, deadlines))
    print_result(arguments, [_as_json(each) for each in deadlines], text)
    return DONE


def _deadlines(arguments: argparse.Namespace) -> tuple[Deadline, ...]:
    """Return the requested deadlines with the numbers of a definition; raises WrongUsage for options that don't fit."""
    definition, calendar = find_definition(arguments.preset), OfficeCalendar()
    programme = definition.programme
    known = (*(one.name for one in definition.kinds), INSPECTION, PAYMENT)
    if bool(arguments.kind) == bool(arguments.rule):
        raise WrongUsage(f"--kind（{'、'.join(known)}）か --rule（5日前 など）のどちらか一方を指定してください。")
    if not arguments.date:
        raise WrongUsage("--date で日付を指定してください（2026-09-30、R8.9.30 など）。")
    if arguments.kind and arguments.kind not in known:
        raise WrongUsage(f"種別「{arguments.kind}」はありません。{'、'.join(known)} から指定してください。")
    day = parse_date(arguments.date, programme.fiscal_year)
    today = requested_now(arguments).date()
    if arguments.rule:
        return (_one_rule(definition, arguments.rule, day, calendar, today),)
    if arguments.kind == INSPECTION:
        return (inspection_deadline(day, calendar, today=today),)
    if arguments.kind == PAYMENT:
        return (payment_deadline(programme, day, calendar, today=today),)
    numbers = next(each for each in definition.kinds if each.name == arguments.kind)
    return event_deadlines(
        numbers, programme, day, calendar, today=today, lectures=checked_lecture_names(definition.kinds)
    )


def _one_rule(definition: YearDefinition, rule: str, day: date, calendar: OfficeCalendar, today: date) -> Deadline:
    """Return the deadline of a single period.

    A period as long as that of 支払 in the definition may end after 履行期間; every other one belongs inside it (domain
    rule of 目安日).
    """
    programme, period = definition.programme, parse_period(rule)
    is_payment = period == parse_period(programme.payment_period)
    return make_deadline(
        task=period.words,
        owner="",
        clause="",
        period=period,
        start=day,
        start_name="指定した日",
        calendar=calendar,
        programme=None if is_payment else programme,
        today=today,
    )


def _as_json(deadline: Deadline) -> dict[str, object]:
    return {
        "task": deadline.task,
        "owner": deadline.owner,
        "clause": deadline.clause,
        "basis": deadline.basis,
        "direction": deadline.direction,
        "nominal": deadline.nominal.isoformat(),
        "working": deadline.working.isoformat(),
        "margin": deadline.margin.isoformat(),
        "warnings": _warnings(deadline),
    }


def _warnings(deadline: Deadline) -> list[str]:
    """Return the notes of a deadline, first of them that the day it is counted from is a closed day, if it is."""
    reason = OfficeCalendar().closed_reason(deadline.start)
    closed = [f"もとの日 {table_date(deadline.start)} は閉庁日です（{reason}）。"] if reason else []
    return [*closed, *deadline.warnings]


def _as_text(deadline: Deadline) -> str:
    before = deadline.direction == "before"
    working = "期限（開庁日）" if before else f"休日の場合の期限（{closed_day_law(deadline.rule)}）"
    owner = fill_nonempty("（{}）", deadline.owner)
    lines = [
        f"{deadline.task}{owner}　{long_date(deadline.start)}から",
        f"  期限（暦どおり）　{table_date(deadline.nominal)}",
        f"  {working}　{table_date(deadline.working)}",
        f"  目安日　{table_date(deadline.margin)}",
        f"  根拠　{deadline.basis}。{deadline.margin_basis}",
    ]
    return "\n".join([*lines, *(f"  注意　{warning}" for warning in _warnings(deadline))])
