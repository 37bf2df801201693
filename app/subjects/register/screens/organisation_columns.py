"""How 団体 and people become rows of the two lists."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.subjects.register.services.organisations import OrganisationRow
from app.subjects.register.services.search import PersonHit
from app.widgets.record_columns import Cell, Column, SheetPart


def organisation_columns(today: date) -> tuple[Column, ...]:
    """団体名, 会長, 世帯数, 受講. On the sheet every fact has a column of its own."""
    return (
        Column(
            key="name",
            title="団体名",
            show=_name,
            stretch=True,
            sort=lambda row: row.organisation.furigana or row.organisation.name,
            parts=(
                SheetPart(title="支部", show=lambda row: row.organisation.branch),
                SheetPart(title="団体名", show=lambda row: row.organisation.name),
                SheetPart(title="ふりがな", show=lambda row: row.organisation.furigana),
            ),
        ),
        Column(key="chair", title="会長", show=_chair, width=120, needs=360),
        Column(
            key="households",
            title="世帯数",
            show=_households,
            align="right",
            width=76,
            sort=lambda row: row.organisation.households,
            needs=420,
        ),
        Column(
            key="people",
            title="人",
            show=lambda row: f"{row.people}" if row.people else "—",
            align="right",
            width=48,
            sort=lambda row: row.people,
            needs=560,
        ),
        Column(
            key="events",
            title="受講",
            show=lambda row: _events(row, today),
            width=112,
            sort=lambda row: row.last_day,
            needs=680,
            parts=(
                SheetPart(title="受講した回数", show=lambda row: str(row.events)),
                SheetPart(
                    title="最後の実施日",
                    show=lambda row: short_date(row.last_day, today) if row.last_day else "",
                ),
            ),
        ),
    )


def _name(row: OrganisationRow) -> Cell:
    return Cell(text=row.organisation.name, second=row.organisation.furigana)


def _chair(row: OrganisationRow) -> Cell:
    return Cell(text=row.chair) if row.chair else Cell(text="—", tone="second")


def _households(row: OrganisationRow) -> Cell:
    one = row.organisation
    if one.households_text:
        return Cell(text=one.households_text)
    return Cell(text=f"{one.households:,}") if one.households is not None else Cell(text="—", tone="second")


def _events(row: OrganisationRow, today: date) -> Cell:
    if not row.events:
        return Cell(text="—", tone="second")
    return Cell(text=f"{row.events}回", second=short_date(row.last_day, today) if row.last_day else "")


def person_columns() -> tuple[Column, ...]:
    """氏名, 団体, 役職, the latest event."""
    return (
        Column(
            key="name",
            title="氏名",
            show=lambda hit: Cell(text=hit.person.name, second=hit.person.furigana),
            stretch=True,
            parts=(
                SheetPart(title="氏名", show=lambda hit: hit.person.name),
                SheetPart(title="ふりがな", show=lambda hit: hit.person.furigana),
            ),
        ),
        Column(
            key="organisation",
            title="団体",
            show=_place,
            stretch=True,
            parts=(
                SheetPart(title="支部", show=lambda hit: hit.branch),
                SheetPart(title="団体", show=lambda hit: hit.organisation_name),
            ),
        ),
        Column(key="role", title="役職", show=lambda hit: hit.person.role or "—", width=92, needs=400),
        Column(
            key="last",
            title="最後の申込・参加",
            show=lambda hit: hit.last_event or "—",
            width=220,
            sortable=False,
            needs=620,
        ),
    )


def _place(hit: PersonHit) -> Cell:
    if hit.organisation is None:
        return Cell(text="団体の登録なし", tone="second")
    return Cell(text=hit.organisation_name, second=hit.branch)
