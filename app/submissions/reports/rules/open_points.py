"""What a 実施報告書 still lacks, as empty chapters and contradictions in typed text.

While there is any, the report lists them once, at its beginning, and does not end with 「以上」."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.common.row_cells import filled_cells
from app.submissions.reports.rules.dispatch_tables import dispatch_remarks
from app.submissions.reports.rules.evidence_counts import Counts, names_count, with_counts
from app.submissions.reports.rules.group_sums import group_numbers, sum_remarks
from app.submissions.reports.rules.report_points import COMPARED, Section, chapters_of, is_written, outline
from db.record import group_by_key, record
from db.records.programme import EventKind
from db.records.submissions.reports import Report

_MAY_STAY_EMPTY = frozenset({"要点", "概要", "写真", "フォローアップ", "配布資料", COMPARED})
"""Chapters that may stay empty, since they print records or say that nothing is there."""


@record
class OpenPoint:
    """The title of a chapter and what to write or check there; "" = the whole chapter."""

    section: str
    words: str = ""


def open_points(
    kind: EventKind,
    report: Report,
    *,
    attended: int | None,
    groups: int | None = None,
    tools: Sequence[str] = (),
    stages: Mapping[str, str] | None = None,
    fiscal_year: int,
    asked: int | None = None,
    counts: Counts | None = None,
) -> tuple[OpenPoint, ...]:
    """Return what an event's report lacks, in the order of its chapters.

    Args:
        attended: people who came.
        groups: how many 班 there were.
        tools, stages: of a 派遣, the tools of the event and the stages of its 団体 before it.
        asked: whom the abilities were asked of, None = all who came.
        counts: the options of the survey with their people.
    """
    remarks = list(_evidence_without_count(report, counts or {}))
    if kind.form.at_organisation:
        remarks += dispatch_remarks(
            report.tables,
            people=attended if asked is None else asked,
            tools=tools,
            stages=stages or {},
            fiscal_year=fiscal_year,
            measured=report.body.get("確かめ方", ""),
        )
    if kind.form.in_groups:
        remarks += _exchange_gaps(report, attended=attended, groups=groups)
    found = []
    for section in outline(kind):
        if _is_empty(kind, section, report):
            found.append(OpenPoint(section=section.title))
            continue
        found += [OpenPoint(section=section.title, words=words) for title, words in remarks if title == section.title]
    return tuple(found)


def point_words(points: Sequence[OpenPoint]) -> tuple[str, ...]:
    """Return one line a chapter: 「講師所感：未記入」 where it is empty, else with what to write or check."""
    lines = group_by_key((point.section, point.words) for point in points)
    return tuple(f"{title}：{'、'.join(words)}" if all(words) else f"{title}：未記入" for title, words in lines.items())


def _is_empty(kind: EventKind, section: Section, report: Report) -> bool:
    """Return whether a section that must be filled is not: one of its required parts is not written.

    A section without required parts is empty when none of its parts is written, unless it prints records.
    """
    chapters = chapters_of(kind, section)
    if section.title in _MAY_STAY_EMPTY or not chapters:
        return False
    wanted = [chapter for chapter in chapters if not chapter.optional]
    if wanted:
        return not all(is_written(chapter, report) for chapter in wanted)
    return not section.sources and not any(is_written(chapter, report) for chapter in chapters)


def _evidence_without_count(report: Report, counts: Counts) -> list[tuple[str, str]]:
    """Return (chapter title, what is missing) for each row of 課題と改善 whose evidence has no number.

    An option quoted with its question gets its number from ``counts``; evidence without any proves little
    (仕様書4(1)コ).
    """
    rows = [row for row in report.tables.get("課題と改善", ()) if any(cell.strip() for cell in row)]
    return [
        ("課題と次回への改善", f"{number}行目の根拠の人数または件数")
        for number, row in enumerate(rows, 1)
        if not names_count(with_counts(row[1], counts) if len(row) > 1 else "")
    ]


_GROUP_CELLS = ("", "選定した題", "構成", "ファシリテーター", "課題", "分類・選定", "解決策", "発表")
_ACTION_CELLS = ("すること", "もとになった討議", "担当", "時期", "確かめ方")
_CHANGE_CELLS = ("今回わかったこと", "つぎの回で変えること", "根拠")
_COMMON_CELLS = ("共通したこと", "班")


def _exchange_gaps(report: Report, *, attended: int | None, groups: int | None) -> list[tuple[str, str]]:
    """Return (chapter title, what to check) for wrong sums of the 班, and for empty fields of chapter 3 and まとめ."""
    tables = report.tables
    sums = sum_remarks(group_numbers(tables.get("班", ())), attended=attended, expected=groups)
    found = [("グループワークの討議内容", words.rstrip("。")) for words in sums]
    for row in tables.get("班", ()):
        missing = _missing(row, _GROUP_CELLS)
        found += [("グループワークの討議内容", f"{row[0]}の{'・'.join(missing)}")] if missing else []
    for key, title, cells in (
        ("共通点", "班に共通したこと", _COMMON_CELLS),
        ("つなげること", "つぎにつなげること", _ACTION_CELLS),
        ("引継ぎ", "つぎの回への引継ぎ", _CHANGE_CELLS),
    ):
        rows = [row for row in tables.get(key, ()) if any(cell.strip() for cell in row)]
        for number, row in enumerate(rows, 1):
            missing = _missing(row, cells)
            found += [("まとめ", f"{title}{number}の{'・'.join(missing)}")] if missing else []
    return found


def _missing(row: Sequence[str], names: Sequence[str]) -> list[str]:
    cells = filled_cells(row, len(names))
    return [name for name, cell in zip(names, cells, strict=True) if name and not cell.strip()]


def discussion_stops(report: Report) -> tuple[str, ...]:
    """Return what prevents the report of an 意見交換会 from being confirmed.

    These are sticky notes that do not add up to the total of their 班, and a next step without words, origin, person or
    date.
    """
    groups = group_numbers(report.tables.get("班", ()))
    sums = [words.rstrip("。") for words in sum_remarks(groups, attended=None, expected=None)]
    rows = [row for row in report.tables.get("つなげること", ()) if any(cell.strip() for cell in row)]
    for number, row in enumerate(rows, 1):
        missing = _missing(row, _ACTION_CELLS[:4])
        if missing:
            sums.append(f"つぎにつなげること{number}の{'・'.join(missing)}")
    return tuple(sums)
