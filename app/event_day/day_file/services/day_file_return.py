"""Imports a 当日持出しファイル: preview, choices where office and venue differ, one change, then deletion of the
file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import (
    clock_time,
    short_date,
)
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.services.event_records import read_event_or_error
from app.event.services.event_results import update_counted_result
from app.event_day.checkouts.services import KIND, is_day_file, was_merged
from app.event_day.day_file.services.day_file_checkout import DayFileLabel, seal_of
from app.event_day.day_file.services.day_file_differences import (
    MergeItem,
    VenueDifference,
    erased_since,
    find_merge_items,
)
from app.event_day.day_file.services.day_file_opening import OpenedDayFile, close_day_file, open_day_file
from app.event_day.reception.services import read_reception
from app.events.roster.services.roster import write_missing_numbers
from db.record import record
from db.records.events import Event
from db.records.protection import Checkout
from db.rows import by_id
from db.store import Store

Side = Literal["会場", "事務所"]
_NOTHING = "名簿もファイルも変わっていません。"


@record
class ReturnPreview:
    """What the import of a 当日持出しファイル would change.

    Attributes:
        attended_count, walk_in_count: as the venue counted.
        notes: about the file itself.
        is_already_merged: the same file was imported before, so nothing changes any more.
    """

    event: Event
    checkout: Checkout
    differences: tuple[VenueDifference, ...]
    attended_count: int
    walk_in_count: int
    notes: tuple[str, ...]
    is_already_merged: bool

    @property
    def conflicts(self) -> tuple[VenueDifference, ...]:
        """Return the differences about which a person has to choose."""
        return tuple(one for one in self.differences if one.verdict == "食い違い")

    @property
    def renumbered(self) -> tuple[VenueDifference, ...]:
        """Return the people who were told another number at the venue than the office's roster has."""
        return tuple(one for one in self.differences if one.renumbered)

    @property
    def unconflicted(self) -> tuple[VenueDifference, ...]:
        """Return the differences that only the venue made."""
        return tuple(one for one in self.differences if one.verdict == "入れる")


def read_return(store: Store, *, path: Path, password: str) -> ReturnPreview:
    """Return what the file at ``path`` would change; nothing is written.

    Raises:
        UserError: the file was not made by this data folder, or its row is 取消.
        WrongPassword, Damaged …: as in opening.
    """
    day = open_day_file(path, password=password)
    try:
        row = _checkout_row_of(store, day.label)
        door = read_reception(day.store, event_id=day.label.event_id)
        merged = was_merged(row)
        return ReturnPreview(
            event=read_event_or_error(store.database, day.label.event_id),
            checkout=row,
            differences=() if merged else tuple(item.difference for item in find_merge_items(store, day)),
            attended_count=len(door.received),
            walk_in_count=door.walk_in_count,
            notes=(*day.file_notes, *_omitted_words(erased_since(store, day))),
            is_already_merged=merged,
        )
    finally:
        close_day_file(day)


def _omitted_words(erased: int) -> tuple[str, ...]:
    return (f"消去した{erased}人の記録は入れません（出欠などの印だけを入れます）。",) if erased else ()


def return_day_file(
    context: ActionContext, *, path: Path, password: str, choices: Mapping[str, Side], checked_by: str
) -> ActionResult:
    """Import the venue's changes into the roster, record the return, and destroy the file, in one change.

    The file is destroyed only after the commit; if that fails, the ledger says so.

    Args:
        choices: for each conflict by its key, which side is kept.
        checked_by: 返却確認者.

    Raises:
        UserError: imported before, no 返却確認者, or a conflict without a choice (also one that arose meanwhile).
        StorageProblem: the file does not open, or nothing could be saved; then file and roster are unchanged.
    """
    if not checked_by.strip():
        raise UserError("返却確認者が書かれていません。", "返却を確かめた方の氏名を入力してください。", _NOTHING)
    day = open_day_file(path, password=password)
    try:
        row = _checkout_row_of(context.store, day.label)
        if was_merged(row):
            raise UserError(
                f"このファイルは、{_when(row.returned_at)}に戻されています。",
                "同じ記録を2度入れることはありません。",
                _NOTHING,
            )
        count, renumbered = _merge(context, day, row, choices, checked_by.strip())
    except BaseException:
        close_day_file(day)
        raise
    destroyed = _destroy(day)
    if not destroyed:
        _clear_destroyed_mark(context, row.id)
    said = f"会場の記録{count}件を名簿に戻し"
    said += (
        "、ファイルを消去しました。ほかの写しは手で消してください。"
        if destroyed
        else f"ました。「{path.name}」は消去できません。手で消してください。"
    )
    if renumbered:
        said += f"会場で伝えた番号と変わった方がいます（{'、'.join(renumbered)}）。"
    return ActionResult(said, row.id, can_undo=destroyed)


def destroy_day_copy(*, path: Path, password: str) -> bool:
    """Destroy a copy of a file that was imported before; return whether it is gone.

    The caller has checked that it was imported (``ReturnPreview.is_already_merged``); here any that opens is destroyed.

    Raises:
        WrongPassword, Damaged …: it does not open as a 当日持出しファイル, and is not touched.
    """
    return _destroy(open_day_file(path, password=password))


def _merge(
    context: ActionContext, day: OpenedDayFile, row: Checkout, choices: Mapping[str, Side], checked_by: str
) -> tuple[int, tuple[str, ...]]:
    """Write what the venue recorded into the roster and the return into the ledger, in one change.

    Returned are the number of items and the changed numbers in words (「29番→30番」).
    """
    event = read_event_or_error(context.database, day.label.event_id)
    with context.change(
        f"{event.full_title}：{KIND}の受付の記録を名簿に戻した", "takeouts", event_id=event.id
    ) as change:
        wanted = _items_to_write(find_merge_items(context.store, day), choices)
        for item in wanted:
            item.write(change)
        write_missing_numbers(context.store, change, event.id)
        update_counted_result(context.store, change, event.id)
        renumbered = tuple(item.difference.renumbered for item in wanted if item.difference.renumbered)
        told = fill_nonempty("番号の変わった方 {}", "、".join(renumbered))
        change.update(
            Checkout,
            row.id,
            returned_at=row.returned_at or context.now,
            return_checked_by=row.return_checked_by or checked_by,
            returned_copies=row.copies,
            disposed_at=context.now,
            merged_at=context.now,
            note=join_nonempty(row.note, f"{_when(context.now)}　受付の記録を名簿に戻した（{len(wanted)}件）", told),
        )
    return len(wanted), renumbered


def _items_to_write(items: tuple[MergeItem, ...], choices: Mapping[str, Side]) -> list[MergeItem]:
    """Return the items to write: all that only the venue changed, and conflicts decided for the venue.

    Raises ``UserError`` while a conflict is undecided.
    """
    open_ones = [
        one for one in items if one.difference.verdict == "食い違い" and choices.get(one.difference.key) is None
    ]
    if open_ones:
        raise UserError(
            f"会場と事務所で違う{len(open_ones)}件が、まだ選ばれていません。",
            "内容をもう一度確かめて、どちらにするかを選んでください。",
            _NOTHING,
        )
    return [
        one
        for one in items
        if one.difference.verdict == "入れる"
        or (one.difference.verdict == "食い違い" and choices[one.difference.key] == "会場")
    ]


def _checkout_row_of(store: Store, label: DayFileLabel) -> Checkout:
    """Return the ledger row of a file; raises ``UserError`` if this data folder did not make it or the row is 取消."""
    row = by_id(store.database, Checkout, label.takeout_id) if label.seal == seal_of(store, label) else None
    if row is None or not is_day_file(row) or row.reference != label.reference:
        raise UserError(
            "このファイルは、いま開いているデータから持ち出したものではありません。",
            "持ち出した年度のデータを開いて戻してください。",
            _NOTHING,
        )
    if row.cancelled:
        raise UserError(
            "この持出しは、管理簿で「取消」になっています。",
            "取消を元に戻すか、「紙の名簿から出欠」で入力してください。",
            _NOTHING,
        )
    return row


def _destroy(day: OpenedDayFile) -> bool:
    """Destroy the day file; return False where it could not be removed."""
    day.store.database.conn.close()
    try:
        day.file.destroy()
    except OSError:
        day.file.close()
        return False
    return True


def _clear_destroyed_mark(context: ActionContext, takeout_id: int) -> None:
    """Save that the file could not be destroyed, in place of the day when it was."""
    row = by_id(context.database, Checkout, takeout_id)
    note = f"{row.note if row else ''}　ファイルは消去できず、手で消す必要があります"
    with context.change(
        f"{KIND}を消去できなかったことを記録した", "takeouts", event_id=row.event_id if row else None
    ) as change:
        change.update(Checkout, takeout_id, disposed_at=None, note=note)


def _when(at: datetime | None) -> str:
    """Return 「9/24(木) 12:30」, "" for None."""
    return f"{short_date(at.date())} {clock_time(at)}" if at is not None else ""
