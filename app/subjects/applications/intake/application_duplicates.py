"""Finds applications of a list that may be one person's, and namesakes that must not be taken for one."""

from __future__ import annotations

from collections.abc import Sequence

from app.subjects.applications.intake.application_shape import ApplicationDuplicate, ApplicationRow
from app.subjects.register.intake.person_values import folded_name


def find_application_duplicates(rows: Sequence[ApplicationRow]) -> tuple[ApplicationDuplicate, ...]:
    """Group rows by name and telephone number; namesakes with another number and 団体 are named as different people."""
    groups: dict[tuple[str, str], list[ApplicationRow]] = {}
    by_name: dict[str, list[ApplicationRow]] = {}
    for row in rows:
        name = folded_name(row.name)
        if row.broken or row.test or not name:
            continue
        by_name.setdefault(name, []).append(row)
        if row.phone:
            groups.setdefault((name, row.phone), []).append(row)
        elif row.organisation:
            groups.setdefault((name, f"団体:{folded_name(row.organisation)}"), []).append(row)
    found = [_one_person(group) for group in groups.values() if len(group) > 1]
    for namesakes in by_name.values():
        found += _namesakes(namesakes)
    return tuple(sorted(found, key=lambda duplicate: duplicate.rows))


def _one_person(group: Sequence[ApplicationRow]) -> ApplicationDuplicate:
    rows = tuple(row.row for row in group)
    if all(_content(row) == _content(group[0]) for row in group):
        reason = "内容が同じ申込（二度送信の疑い）。まとめるなら先の申込を残す"
        return ApplicationDuplicate(rows=rows, kind="double_submit", reason=reason, keep=rows[0])
    # A list kept by hand holds days without a time, or none: which of two is the later one stays open.
    timed = [row for row in group if row.received_at is not None and not row.date_only]
    keep = max(timed, key=lambda row: (row.received_at, row.row)).row if len(timed) == len(group) else None
    rest = "。まとめるなら後の申込を残す" if keep else ""
    reason = f"電話番号と氏名（空白とカナの幅を除く）が同じ{rest}"
    return ApplicationDuplicate(rows=rows, kind="same_person_width", reason=reason, keep=keep)


def _namesakes(group: Sequence[ApplicationRow]) -> list[ApplicationDuplicate]:
    """Name those of one name whose telephone number and 団体 are both new in the list."""
    found = []
    phones: set[str] = set()
    organisations: set[str] = set()
    for row in group:
        organisation = folded_name(row.organisation)
        if phones and row.phone and row.phone not in phones and organisation not in organisations:
            reason = "同姓同名だが、電話も団体も違う別の人。まとめない"
            rows = (group[0].row, row.row)
            found.append(ApplicationDuplicate(rows=rows, kind="same_name_different_person", reason=reason))
        phones.update({row.phone} - {""})
        organisations.add(organisation)
    return found


def _content(row: ApplicationRow) -> tuple[object, ...]:
    left = {"received_at", "receipt_number", "memo"}
    return tuple(sorted((field, text) for field, text in row.values.items() if field not in left))
