"""How one place of the roster becomes a row of the list."""

from __future__ import annotations

from datetime import datetime

from app.subjects.roster.services.entries import STATUSES, EntryRow
from app.widgets.record_columns import Cell, Column, SheetPart
from app.window import theme as t


def roster_columns() -> tuple[Column, ...]:
    """The columns; on a narrow window those that the door needs go first."""
    return (
        Column(key="number", title="番号", show=_number, align="right", sort=_number_rank, needs=1000),
        Column(
            key="status", title="状態", show=_status, sort=_status_rank, widest=150,
            parts=(
                SheetPart(title="状態", show=lambda row: row.status_words),
                SheetPart(title="状態の補足", show=lambda row: row.status_hint),
            ),
        ),
        Column(
            key="applied", title="申込", show=_applied, sort=_applied_rank,
            parts=(
                SheetPart(title="申込日時", show=lambda row: row.applied_words),
                SheetPart(title="経路", show=lambda row: row.entry.way),
            ),
        ),
        Column(
            key="organisation", title="団体・支部", show=_organisation, widest=230,
            parts=(
                SheetPart(title="団体", show=lambda row: row.row.organisation_name),
                SheetPart(title="支部", show=lambda row: row.row.branch),
            ),
        ),
        Column(
            key="name", title="氏名", show=_name, sort=lambda row: row.row.furigana or row.row.name, widest=200,
            parts=(
                SheetPart(title="氏名", show=lambda row: row.row.name),
                SheetPart(title="ふりがな", show=lambda row: row.row.furigana),
            ),
        ),
        Column(key="role", title="役職", show=lambda row: row.row.role, widest=110, needs=760),
        Column(key="device", title="端末", show=lambda row: row.entry.device),
        Column(key="group", title="班", show=_group, sort=_group_rank, align="right", needs=900),
        Column(key="care", title="配慮", show=_care, copied=lambda row: "●" if row.entry.care.strip() else ""),
        Column(key="photo", title="撮影", show=_photo, needs=840),
        Column(
            key="look", title="確認・備考", show=_look, stretch=True, sort=lambda row: (not row.entry.doubtful, row.entry.note),
            parts=(
                SheetPart(title="確認が必要なこと", show=lambda row: row.entry.doubtful),
                SheetPart(title="備考", show=lambda row: row.entry.note),
            ),
        ),
    )  # fmt: skip


def searched(row: EntryRow) -> str:
    """What a row is found by beside its cells."""
    return f"{row.row.furigana} {row.row.branch} {row.entry.note}"


def tint(row: EntryRow) -> str:
    """Rows somebody has to look at stand out."""
    return t.AMBER_BOX if row.entry.doubtful.strip() else ""


def _number(row: EntryRow) -> str:
    return str(row.entry.number) if row.entry.number is not None else ""


def _number_rank(row: EntryRow) -> int | None:
    return row.entry.number


def _status(row: EntryRow) -> Cell:
    return Cell(badge=row.status, text=row.status_words, second=row.status_hint)


def _status_rank(row: EntryRow) -> tuple[int, int]:
    return STATUSES.index(row.status), row.entry.waiting_order or 0


def _applied(row: EntryRow) -> Cell:
    return Cell(text=row.applied_words or "—", second=row.entry.way, tone="" if row.applied_words else "second")


def _applied_rank(row: EntryRow) -> datetime | None:
    return row.entry.applied_at


def _organisation(row: EntryRow) -> Cell:
    known = row.row.organisation is not None
    second = row.row.branch if known else "登録のない団体" if row.row.organisation_name else ""
    return Cell(text=row.row.organisation_name or "—", second=second)


def _name(row: EntryRow) -> Cell:
    if row.row.person is None:
        return Cell(text=row.row.name, tone="second")
    return Cell(text=row.row.name, second=row.row.furigana, strong=True)


def _group(row: EntryRow) -> str:
    return f"{row.entry.group_number}班" if row.entry.group_number is not None else ""


def _group_rank(row: EntryRow) -> int | None:
    return row.entry.group_number


def _care(row: EntryRow) -> Cell:
    return Cell(badge="配慮", tip="内容は Enter で開いて見ます。") if row.entry.care.strip() else Cell()


def _photo(row: EntryRow) -> Cell:
    return Cell(text="不可", icon="eye-slash", strong=True) if row.entry.photo == "不可" else Cell(text=row.entry.photo)


def _look(row: EntryRow) -> Cell:
    if row.entry.doubtful.strip():
        return Cell(badge="確認が必要", second=row.entry.doubtful, second_tone="amber")
    return Cell(text=row.entry.note)
