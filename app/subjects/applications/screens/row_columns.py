"""How the rows of a file of applications, and the imports made so far, become rows of a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from app.calendar.dates import short_date
from app.subjects.applications.services.application_preview import PreviewRow
from app.subjects.applications.services.applications import ImportLine
from app.widgets.record_columns import Cell, Column, Tone

UNNAMED = "（氏名なし）"


def row_columns(today: date, titles: Mapping[int, str] | None = None) -> tuple[Column, ...]:
    """The columns of the preview; ``titles`` (event to its name) says where a row goes when each wish names its own event."""
    return (
        Column(
            key="row",
            title="行",
            show=lambda row: Cell(text=str(row.line), tone="second"),
            align="right",
            sort=lambda row: row.row,
            width=46,
        ),
        Column(key="outcome", title="結果", show=lambda row: Cell(badge=row.outcome)),
        Column(
            key="time",
            title="申込日時・経路",
            show=lambda row: Cell(
                text=stamp(row.received_at, today, date_only=row.date_only),
                second=row.way or "経路なし",
                tone=_tone(row),
            ),
            sort=lambda row: row.received_at,
        ),
        Column(key="organisation", title="団体", show=_organisation, widest=172),
        Column(key="name", title="氏名", show=_name, widest=140),
        Column(key="device", title="端末", show=_device, widest=84, narrow=False),
        Column(
            key="reason",
            title="理由・変わるところ" if titles is None else "実施回・理由",
            show=lambda row: _reason(row, titles),
            stretch=True,
            sortable=False,
        ),
    )


def stamp(moment: datetime | None, today: date, *, date_only: bool = False) -> str:
    """「9/12 21:16」, the day alone where no time came, or 「日時なし」."""
    if moment is None:
        return "日時なし"
    day = short_date(moment.date(), today).partition("(")[0]
    return day if date_only else f"{day} {moment.hour}:{moment:%M}"


def _tone(row: PreviewRow) -> Tone:
    return "second" if row.outcome in ("重複", "取り込まない") else ""


def _organisation(row: PreviewRow) -> Cell:
    doubtful = "organisation" in row.odd_fields and row.outcome == "確認が必要"
    other = row.organisation is not None and row.organisation.name != row.organisation_text.strip()
    second = f"ファイルでは「{row.organisation_text}」" if other and row.organisation_text.strip() else ""
    text = row.organisation_name or "（団体名なし）"
    return Cell(text=text, second=second, tone="amber" if doubtful else _tone(row), strong=doubtful)


def _name(row: PreviewRow) -> Cell:
    doubtful = "name" in row.odd_fields and row.outcome == "確認が必要"
    aside = f"{row.people}人" if row.people > 1 else ""
    return Cell(
        text=row.name or UNNAMED,
        aside=aside,
        second=row.furigana,
        tone="amber" if doubtful else _tone(row),
        strong=doubtful,
    )


def _device(row: PreviewRow) -> Cell:
    change = row.changed("device")
    if change is not None and change.old:
        return Cell(text=f"{change.old}→{change.new}", strong=True)
    told = row.device_text.strip()
    if not row.device:
        return Cell(text=told or "—", tone="second")
    return Cell(text=row.device, second=told if told not in ("", row.device) else "", tone=_tone(row))


def _reason(row: PreviewRow, titles: Mapping[int, str] | None) -> Cell:
    second = [] if titles is None else ["、".join(titles.get(event_id, "") for event_id in row.event_ids)]
    second.append("直した行です" if row.mended and row.outcome != "取り込まない" else "")
    return Cell(
        text=row.reason,
        second="　".join(part for part in (*second, row.note) if part),
        tone="second" if row.outcome != "確認が必要" else "",
    )


def import_columns(today: date) -> tuple[Column, ...]:
    """The columns of the files taken in so far."""
    return (
        Column(
            key="at",
            title="取り込んだ日時",
            show=lambda row: Cell(text=stamp(row.imported.at, today), second=row.imported.by),
            sortable=False,
        ),
        Column(
            key="file",
            title="ファイル",
            show=lambda row: Cell(text=row.imported.file_name, second=row.event_title or "希望欄のとおり各回へ"),
            stretch=True,
            sortable=False,
        ),
        Column(key="counts", title="結果", show=_counts, stretch=True, sortable=False),
    )


def _counts(row: ImportLine) -> Cell:
    taken = row.imported
    parts = [
        f"{word} {count}"
        for word, count in (
            ("新規", taken.new),
            ("更新", taken.updated),
            ("重複", taken.duplicate),
            ("確認が必要", taken.needs_check),
            ("取り込まない", taken.skipped),
        )
        if count
    ]
    return Cell(text="・".join(parts))
