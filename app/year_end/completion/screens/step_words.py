"""The texts of the steps and the payment period of 完了・検査・支払."""

from __future__ import annotations

from typing import Any

from app.calendar.dates import short_date, short_date_in_year, short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.window import theme as t
from app.year_end.completion.services.completion import INVOICE_PAPER, NOTICE_PAPER, Completion
from app.year_end.completion.services.payments import BOTH_ENDS

_GREEN, _AMBER, _RED = ("check-circle-fill", t.GREEN), ("clock-fill", t.AMBER), ("warning-octagon-fill", t.RED)


def counted_words(found: Completion) -> str:
    """Return words on how the last day is counted, with the stricter count and open questions."""
    clock, year = found.clock, found.programme.fiscal_year + 1
    assert clock is not None

    def day(value: Any) -> str:
        """Return a day in short, with the year where it is not that of the payment."""
        return short_date_in_year(value, year)

    received = day(clock.cells[0].day)
    if clock.last_day is None:
        away = found.open_return
        since = (
            f"{day(away.return_closing.closed_on)} に返戻（{away.return_closing.reason}）。" if away is not None else ""
        )
        return f"{received} に受領、{since}再受領の日まで、支払の期限は数えません。"
    parts = [f"{received} の翌日から{clock.days}日は {day(clock.last_day_without_returns)}。"]
    if clock.stopped:
        parts.append(f"止めた{clock.stopped}日を足して {day(clock.last_day)}。")
    assert clock.careful_last_day is not None
    assert clock.careful_last_open_day is not None
    stops = f"・止めた日{clock.careful_stopped}日とみて" if clock.stopped else "では"
    moved = (
        f" → 前の開庁日 {day(clock.careful_last_open_day)}"
        if clock.careful_last_open_day != clock.careful_last_day
        else ""
    )
    parts.append(f"目安日は当日算入{stops} {day(clock.careful_last_day)}{moved}。")
    asked = next((one for one in found.questions if one.matter == BOTH_ENDS), None)
    if asked is not None and asked.answered_on is not None:
        parts.append(f"両端の数え方　会計課の回答（{day(asked.answered_on)}）　{asked.answer}")
    elif asked is not None:
        parts.append(f"両端の数え方は会計課に確認中（{day(asked.asked_on)} {asked.asked_by}）。")
    elif clock.stopped:
        parts.append("両端の数え方は、会計課に確かめてください。")
    return "".join(parts)


StepWords = tuple[str, tuple[str, ...], tuple[str, str] | None, bool]
"""The day, the lines, the icon before the first line, and whether the step is done."""


def _notice_words(found: Completion) -> StepWords:
    """Return day, lines, icon and whether done, for the step 業務完了届."""
    if found.notice_on is None:
        task = found.tasks.get(NOTICE_PAPER)
        return (f"目安 {short_date(task.due, found.today)}" if task else "", ("受託者から",), None, False)
    paper = found.notice.paper if found.notice is not None else None
    said = found.notice.reading.said if found.notice is not None and found.notice.reading is not None else {}
    lines = [f"受領　{paper.received_how}".strip() if paper is not None else "受領"]
    if said.get("完了年月日"):
        lines.append(f"完了 {said['完了年月日'][5:7].lstrip('0')}/{said['完了年月日'][8:].lstrip('0')}")
    lines.append("確認済" if found.notice is not None and found.notice.is_finished else "区が確認中" if paper else "")
    return short_date(found.notice_on, found.today), tuple(line for line in lines if line), _GREEN, True


def _inspection_words(found: Completion) -> StepWords:
    """Return day, lines, icon and whether done, for the step 検査."""
    last, task = found.inspection, found.inspection_task
    people: tuple[str, ...] = ()
    if last is not None:
        witness = fill_nonempty("　立会人 {}", last.witness)
        people = (f"検査員 {last.inspector}{witness}",)
    if last is not None:
        told = f"結果通知 {short_date(found.notified_on, found.today)}" if found.notified_on else "結果は未通知"
        people = (*people, told)
    if found.passed_on is not None:
        within = fill_nonempty("　10日以内 {}", short_date_or("", task.nominal, found.today))
        return short_date(found.passed_on, found.today), (f"合格{within}", *people), _GREEN, True
    if last is not None:
        state = "手直し中" if last.repaired_on is None and last.result.needs_rework else last.result
        due = fill_nonempty("期限 {}", short_date_or("", last.repair_due, found.today))
        return due, (state, *people), _AMBER, False
    early = task.deadline.early
    lines = ["区の対応" if task.is_contract_duty else "区"]
    if task.is_contract_duty and early is not None:
        lines.append(f"目安日 {short_date(early, found.today)}")
    sign = (_RED if task.bucket == "期限超過" else _AMBER) if task.is_contract_duty else None
    head = "期限" if task.is_contract_duty else "目安日"
    return f"{head} {short_date(task.due, found.today)}", tuple(lines), sign, False


def _invoice_words(found: Completion) -> StepWords:
    """Return day, lines, icon and whether done, for the step 請求書."""
    if found.invoice_on is None:
        task = found.tasks.get(INVOICE_PAPER)
        return (f"目安日 {short_date(task.due, found.today)}" if task else "", ("受託者から",), None, False)
    first = found.invoices[0] if found.invoices else None
    lines = [join_nonempty("受領", f"{found.programme.clause_payment} 書面".strip())]
    if first is not None and first.reading is not None and first.reading.said.get("請求日"):
        dated = next(one.theirs for one in first.points if one.point.fields == ("請求日",))
        lines.append(f"日付 {dated}")
    return short_date(found.invoice_on, found.today), tuple(lines), _GREEN, True


def _return_words(found: Completion) -> StepWords:
    """Return day, lines, icon and whether done, for the step 返戻."""
    if not found.returns:
        done = found.invoice is not None and found.invoice.is_finished
        return (
            "",
            ("なし" if done or found.paid_on is not None else "不備があれば返戻する",),
            None,
            done or found.paid_on is not None,
        )
    last = found.returns[-1]
    times = f"{len(found.returns)}回目　" if len(found.returns) > 1 else ""
    lines = [f"{times}{last.return_closing.reason.splitlines()[0]}"]
    if last.received_again is None:
        lines.append("受託者からの再受領待ち")
    else:
        checked = found.invoice.reading.checked_on if found.invoice and found.invoice.reading else None
        state = fill_nonempty("　確認済 {}", short_date_or("", checked, found.today))
        lines.append(f"再受領 {short_date(last.received_again.closed_on, found.today)}{state}")
    return (
        short_date(last.return_closing.closed_on, found.today), tuple(lines), ("arrow-u-up-left", t.INK_SECONDARY),
        last.received_again is not None,
    )  # fmt: skip


def _payment_words(found: Completion) -> StepWords:
    """Return day, lines, icon and whether done, for the step 支払."""
    if found.paid_on is not None:
        return short_date(found.paid_on, found.today), ("支払済",), _GREEN, True
    task, payment, clock = found.payment_task, found.payment, found.clock
    if task.provisional_words or clock is None or clock.last_day is None:
        return task.provisional_words or "", ("区",), None, False
    lines = [f"支出命令 {short_date(payment.ordered_on, found.today)}" if payment else "区の対応"]
    lines[0] += f"　{join_nonempty(found.programme.payment_period, found.programme.payment_way, separator='・')}"
    if clock.careful_last_open_day is not None:
        lines.append(f"目安日 {short_date(clock.careful_last_open_day, found.today)}")
    sign = _RED if task.bucket == "期限超過" else _AMBER
    return f"期限 {short_date(task.due, found.today)}", tuple(lines), sign, False


STEP_WORDS = {
    "業務完了届": _notice_words,
    "検査": _inspection_words,
    "請求書": _invoice_words,
    "返戻": _return_words,
    "支払": _payment_words,
}
