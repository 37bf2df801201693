"""Writing in ledgers: rows, corrections, cancelling, answers to 要確認, checks.

Nothing is changed in place, nothing deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.ledgers.rules import (
    CHECK_INTERVALS,
    LedgerBook,
    LedgerColumn,
    LedgerLine,
    clean_cells,
    event_id_in,
    find_problems,
    future_day_problem,
    screen_words,
    value_problem,
)
from app.ledgers.services.ledger import Ledger, find_ledger
from app.ledgers.services.ledger_reading import read_books, require_year
from db.journal import Change
from db.record import record
from db.records.ledgers import LedgerNote, LedgerNumber, LedgerRow, LedgerSetting, NoteKind
from db.records.programme import Programme
from db.rows import row
from db.store import Store

_REOPEN = "管理簿の画面を開き直してください。"


@record
class _LedgerYear:
    """A ledger with its year and its book, as read for an action."""

    ledger: Ledger
    programme: Programme
    book: LedgerBook

    def line(self, row_key: str) -> LedgerLine:
        """Return a row by its key; raises ``UserError`` if it is gone or cancelled."""
        found = self.book.line(row_key)
        if found is None:
            raise UserError("この行は見つかりません。", _REOPEN)
        if found.cancel_reason:
            raise UserError(f"{found.number}番の行は取消になっています。", "新しい行を記入してください。")
        return found


def enter_row(context: ActionContext, *, key: str, fiscal_year: int, cells: Mapping[str, str]) -> ActionResult:
    """Add one typed row with the next number; undo marks it as 取消.

    Args:
        cells: values by column, as text (``app.ledgers.rules``).
    Raises:
        UserError: this ledger takes no typed rows, a required value is missing, one is not of its kind, a day is in
            the future, or the values contradict each other.
    """
    at = _read_year(context.store, key, fiscal_year, context.today)
    if not at.ledger.allows_typed_rows:
        raise UserError(f"{at.ledger.title}の行は、記録から入ります。", "元の画面で記録してください。")
    kept = _checked_cells(at.ledger, cells, context.today)
    number = at.book.next_number
    about = event_id_in(at.ledger.columns, kept)
    with context.change(f"{at.ledger.title}に記入（{number}番）", "ledgers", event_id=about) as change:
        (row_id,) = _insert_checked(change, at, (kept,), who=context.by, now=context.now)
    return ActionResult(f"{at.ledger.title}に{number}番を記入しました。", row_id)


def insert_rows(
    store: Store,
    change: Change,
    *,
    key: str,
    fiscal_year: int,
    rows: Sequence[Mapping[str, str]],
    who: str,
    now: datetime,
    received_on: date | None = None,
) -> tuple[int, ...]:
    """Add several rows inside the caller's open change, each with the next number; return their numbers.

    Whether the ledger takes typed rows is not checked.

    Args:
        received_on: the day on which the form came from which they were read.
    Raises:
        UserError: a required value is missing, one is not of its kind, a day is in the future, or the values of a row
            contradict each other.
    """
    at = _read_year(store, key, fiscal_year, now.date())
    kept = [_checked_cells(at.ledger, cells, now.date()) for cells in rows]
    _insert_checked(change, at, kept, who=who, now=now, received_on=received_on)
    return tuple(range(at.book.next_number, at.book.next_number + len(kept)))


def _insert_checked(
    change: Change,
    ledger_year: _LedgerYear,
    checked_rows: Sequence[dict[str, str]],
    *,
    who: str,
    now: datetime,
    received_on: date | None = None,
) -> tuple[int, ...]:
    """Make the numbers of derived rows final, insert checked rows with the next numbers; return their ids."""
    if checked_rows:
        assign_final_numbers(change, ledger_year.programme, ledger_year.ledger.key, ledger_year.book, now=now)
    return tuple(
        change.insert(
            LedgerRow(
                programme_id=ledger_year.programme.id,
                ledger=ledger_year.ledger.key,
                number=number,
                event_id=event_id_in(ledger_year.ledger.columns, cells),
                cells=cells,
                by=who,
                at=now,
                received_on=received_on,
            )
        )
        for number, cells in enumerate(checked_rows, ledger_year.book.next_number)
    )


def _checked_cells(ledger: Ledger, cells: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the cells of a row to store; raise ``UserError`` for an invalid row."""
    found = find_problems(ledger.columns, cells)
    if found:
        raise UserError("".join(one.sentence for one in found), "記入してから保存してください。")
    kept = clean_cells(ledger.columns, cells)
    if sentence := future_day_problem(ledger.columns, kept, today):
        raise UserError(sentence, "年と日付をご確認ください。")
    if ledger.row_problem is not None and (sentence := ledger.row_problem(kept)):
        raise UserError(sentence, "二つの値を確かめてください。")
    return kept


def correct_row(
    context: ActionContext, *, key: str, fiscal_year: int, row_key: str, column: str, value: str, reason: str
) -> ActionResult:
    """Correct one value by a 訂正行 under the row: the old value stays readable, with who, when and why.

    A value that is filled in when the matter closes (返却日時) needs no reason as long as it was never corrected. The
    numbers of derived rows become final.

    Args:
        row_key: of the row (``LedgerLine.key``). column: the key of the column. value: in stored form, "" empties it.
        reason: why; "" only where none is needed.
    Raises:
        UserError: no value, no reason, the same value, one not of its kind, in the future or at odds with the row, one
            that only the source record may set, or the row is 取消.
    """
    at = _read_year(context.store, key, fiscal_year, context.today)
    line, declared = at.line(row_key), at.ledger.column(column)
    new = value.strip()
    filled = _checked_correction(at.ledger, line, declared, line.cells, new, reason, context.today)
    part = 0 if filled else _last_correction_number(line) + 1
    # Where the event itself is corrected, the row is found under the one that it names now.
    now_about = replace(line, event_id=event_id_in(at.ledger.columns, {**line.cells, column: new}) or line.event_id)
    with _begin_change(
        context, at, f"{line.number}番の{declared.title}を{'記入' if filled else '訂正'}", now_about
    ) as change:
        assign_final_numbers(change, at.programme, key, at.book, now=context.now)
        note_id = _insert_correction(context, change, at, line, declared, new, part, reason)
    said = (
        f"{line.number}番に{declared.title}を記入しました。"
        if filled
        else f"訂正行 {line.number}-{part} を加えました。元の行は残ります。"
    )
    return ActionResult(said, note_id)


@record
class Correction:
    """The new value for one column of a row, with the reason for its 訂正行."""

    row_key: str
    column: str
    value: str
    reason: str


def insert_corrections(
    change: Change, context: ActionContext, *, key: str, fiscal_year: int, corrections: Sequence[Correction]
) -> None:
    """Write several 訂正行 inside the caller's open change, as ``correct_row`` writes one.

    Raises:
        UserError: as ``correct_row``.
    """
    at = _read_year(context.store, key, fiscal_year, context.now.date())
    stand = {line.key: dict(line.cells) for line in at.book.lines}
    parts = {line.key: _last_correction_number(line) for line in at.book.lines}
    if corrections:
        assign_final_numbers(change, at.programme, key, at.book, now=context.now)
    for one in corrections:
        line, declared, new = at.line(one.row_key), at.ledger.column(one.column), one.value.strip()
        cells = stand[line.key]
        filled = _checked_correction(at.ledger, line, declared, cells, new, one.reason, context.now.date())
        part = 0 if filled else parts[line.key] + 1
        parts[line.key] = max(part, parts[line.key])
        _insert_correction(context, change, at, line, declared, new, part, one.reason, old=cells.get(one.column, ""))
        cells[one.column] = new


def _last_correction_number(line: LedgerLine) -> int:
    return max((one.part for one in line.corrections), default=0)


def _checked_correction(
    ledger: Ledger,
    line: LedgerLine,
    declared: LedgerColumn,
    cells: Mapping[str, str],
    new: str,
    reason: str,
    today: date,
) -> bool:
    """Raise ``UserError`` for an invalid value; return whether the column is filled for the first time, without a
    訂正行.
    """
    column, old = declared.key, cells.get(declared.key, "")
    if not line.is_correctable(declared):
        raise UserError(
            f"{declared.title}は、管理簿には記入できません。", f"{declared.recorded_elsewhere}で記録してください。"
        )
    if not new and declared.recorded_elsewhere and not line.is_typed:
        raise UserError(f"{declared.title}は、管理簿では空にできません。", "誤りのときは、正しい値に訂正してください。")
    # Filled in again after it was cleared it stands against a 訂正行, and is one.
    filled = (
        line.is_filled_later(declared)
        and not old
        and all(one.withdrawn or one.about != column for one in line.corrections)
    )
    if not new and not old:
        raise UserError(f"{declared.title}が、まだ入力されていません。", "値を入力してから記入してください。")
    if new == old:
        raise UserError(f"{declared.title}は、いまと同じ値です。", "正しい値を入力してください。")
    if not new and declared.is_required:
        raise UserError(f"{declared.title}は空にできません。", "行が誤りのときは、取消にしてください。")
    if new and (sentence := value_problem(declared, new)):
        raise UserError(sentence, "正しい値を入力してください。")
    if sentence := future_day_problem((declared,), {column: new}, today):
        raise UserError(sentence, "年と日付をご確認ください。")
    if ledger.row_problem is not None and (sentence := ledger.row_problem({**cells, column: new})):
        raise UserError(sentence, "二つの値を確かめてください。")
    if not reason.strip() and not filled:
        raise UserError("訂正の理由が書かれていません。", "理由を書いてください。元の値と一緒に残ります。")
    return filled


def _insert_correction(
    context: ActionContext,
    change: Change,
    at: _LedgerYear,
    line: LedgerLine,
    declared: LedgerColumn,
    new: str,
    part: int,
    reason: str,
    *,
    old: str | None = None,
) -> int:
    """Insert the note of a correction of one column (``old`` None = the value it has now); return its id."""
    return change.insert(
        LedgerNote(
            programme_id=at.programme.id,
            ledger=at.ledger.key,
            row_key=line.key,
            what=NoteKind.CORRECTION,
            part=part,
            about=declared.key,
            old=line.cells.get(declared.key, "") if old is None else old,
            new=new,
            reason=reason.strip(),
            **context.signature,
        )
    )


def cancel_row(context: ActionContext, *, key: str, fiscal_year: int, row_key: str, reason: str) -> ActionResult:
    """Mark a typed row as 取消; it stays with the reason.

    Raises:
        UserError: no reason, the row is 取消 already, or it is derived from another record.
    """
    at = _read_year(context.store, key, fiscal_year, context.today)
    line = at.line(row_key)
    if not line.is_typed:
        raise UserError(
            f"{line.number}番は「{line.made_by}」の記録から入った行です。", "元の記録で取り消してください。"
        )
    if not reason.strip():
        raise UserError("取消の理由が書かれていません。", "理由を書いてください。行は消えずに残ります。")
    with _begin_change(context, at, f"{line.number}番を取消にした", line) as change:
        note_id = change.insert(
            LedgerNote(
                programme_id=at.programme.id,
                ledger=key,
                row_key=row_key,
                what=NoteKind.WITHDRAWAL,
                reason=reason.strip(),
                **context.signature,
            )
        )
    return ActionResult(f"{line.number}番を取消にしました。管理簿には残ります。", note_id)


def answer_doubt(
    context: ActionContext,
    *,
    key: str,
    fiscal_year: int,
    row_key: str,
    rule: str,
    how: NoteKind,
    words: str,
) -> ActionResult:
    """Answer a 要確認 without a correction; the numbers of derived rows become final.

    Args:
        rule: the name of the doubt's rule. how: 照会 = the contractor was asked (it waits), 理由 = the row is right.
        words: what was asked, or the reason.
    Raises:
        UserError: no words, the doubt no longer exists, or the row is 取消.
    """
    how = NoteKind(how)
    at = _read_year(context.store, key, fiscal_year, context.today)
    line = at.line(row_key)
    if not any(one.doubt.rule == rule for one in line.doubts):
        raise UserError(f"{line.number}番に、この確認はもうありません。", _REOPEN)
    if not words.strip():
        todo = (
            "何を確かめているかを書いてください。" if how.is_inquiry else "理由を書いてください。行と一緒に残ります。"
        )
        raise UserError("内容が書かれていません。", todo)
    with _begin_change(
        context, at, f"{line.number}番の要確認に{'照会中と記録' if how.is_inquiry else '理由を記録'}", line
    ) as change:
        assign_final_numbers(change, at.programme, key, at.book, now=context.now)
        note_id = change.insert(
            LedgerNote(
                programme_id=at.programme.id,
                ledger=key,
                row_key=row_key,
                what=how,
                about=rule,
                reason=words.strip(),
                **context.signature,
            )
        )
    said = "受託者に確かめていることを記録しました。" if how.is_inquiry else "理由を記録しました。"
    return ActionResult(said, note_id)


def note_check(context: ActionContext, *, key: str, fiscal_year: int, remark: str = "") -> ActionResult:
    """Record that a ledger was checked today, with how many rows it has, 取消 ones included; ``remark`` may be "".

    Raises:
        UserError: there is no such ledger, or that year was not started here.
    """
    at = _read_year(context.store, key, fiscal_year, context.today)
    with context.change(f"{at.ledger.title}を点検した", "ledgers") as change:
        note_id = change.insert(
            LedgerNote(
                programme_id=at.programme.id,
                ledger=key,
                row_key="",
                what=NoteKind.CHECK,
                new=str(len(at.book.lines)),
                reason=remark.strip(),
                **context.signature,
            )
        )
    return ActionResult(f"{at.ledger.title}の点検を記録しました（{short_date(context.today)}）。", note_id)


def set_ledger(
    context: ActionContext, *, key: str, fiscal_year: int, every: str, begins: date | None, basis: str, keep_years: int
) -> ActionResult:
    """Set how the ward checks a ledger (目安日), its rule of the ward, and its retention.

    Args:
        every: one of 毎週, 毎月, 四半期ごと, 半年ごと, 年1回, or "" for no check. begins: the day of the first check.
        basis: the ward's own rule, "" = none. keep_years: years after the end of the contract.
    Raises:
        UserError: an unknown interval, no day for it, or less than one year of retention.
    """
    ledger = find_ledger(key)
    programme = require_year(context.database, fiscal_year)
    if every and every not in CHECK_INTERVALS:
        raise UserError("この点検の間隔はありません。", f"「{'」「'.join(CHECK_INTERVALS)}」から選んでください。")
    if every and begins is None:
        raise UserError("点検を始める日が書かれていません。", "最初に点検する日を入力してください。")
    if keep_years < 1:
        raise UserError("保存年数は1以上で入力してください。", "区の保存年限を確かめてください。")
    known = row(context.database, LedgerSetting, programme_id=programme.id, ledger=key)
    with context.change(f"{ledger.title}の点検と根拠を変えた", "ledgers") as change:
        row_id = change.update_or_insert(
            LedgerSetting,
            known,
            programme_id=programme.id,
            ledger=key,
            every=every,
            begins=begins if every else None,
            basis=basis.strip(),
            keep_years=keep_years,
        )
    return ActionResult(f"{ledger.title}の点検と根拠を保存しました。", row_id)


def assign_final_numbers(change: Change, programme: Programme, key: str, book: LedgerBook, *, now: datetime) -> None:
    """Make the numbers of the derived rows that have no final one final; store their cells, without corrections."""
    for line in book.lines:
        if not line.is_typed and line.key not in book.fixed_number_keys:
            change.insert(
                LedgerNumber(
                    programme_id=programme.id,
                    ledger=key,
                    source_key=line.key,
                    number=line.number,
                    cells=dict(line.entered_cells),
                    at=now,
                )
            )


def correction_words(declared: LedgerColumn, book: LedgerBook, note: LedgerNote, today: date) -> str:
    """Return a correction in words for the window: 「件数 12枚 → 14枚」."""
    old, new = (screen_words(declared, text, book.names, today) for text in (note.old, note.new))
    return f"{declared.title}　{old or '（空欄）'} → {new or '（空欄）'}"


def _read_year(store: Store, key: str, fiscal_year: int, today: date) -> _LedgerYear:
    ledger = find_ledger(key)
    programme = require_year(store.database, fiscal_year)
    book, _setting = read_books(store.database, programme, today, (ledger,))[key]
    return _LedgerYear(ledger=ledger, programme=programme, book=book)


def _begin_change(
    context: ActionContext, ledger_year: _LedgerYear, what: str, line: LedgerLine
) -> AbstractContextManager[Change]:
    return context.change(f"{ledger_year.ledger.title}：{what}", "ledgers", event_id=line.event_id)
