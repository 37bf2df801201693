"""The chapter 前回・前年との比較, which compares an event with earlier ones of the year and last year's.

A change is given in people, never as a difference of percentages. Empty = no record; 「—」 = does not apply."""

from __future__ import annotations

import re

from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.common.partial_count import PartialCount
from app.documents.blocks import Block, Bullets, Column, Heading, KeyValues, PairedBands, Table, TallyChart
from app.documents.event_facts import EventFacts
from app.submissions.reports.documents import report_parts as parts
from app.submissions.reports.documents.report_parts import ReportFacts
from app.submissions.reports.rules.report_points import COMPARED
from app.surveys.tally.documents import ReportSurvey
from db.digits import one_width, whole_number
from db.record import record

LAST_YEAR = "前年"
_NOT_APPLYING = "—"
LENT_TABLETS = "貸与タブレット"
COMPARED_NUMBERS = "数の比較"
_FIRST = "はじめて出席した人"


@record
class AttendanceCounts:
    """Attendance as ``noted`` at the check-in, with first-time people of the year and 団体 by 支部.

    ``first`` None = unknown.
    """

    noted: int = 0
    first: int | None = None
    branches: tuple[tuple[str, int], ...] = ()

    def is_complete(self, attended: int | None) -> bool:
        """Return whether everybody who came was noted; another number typed for the day leaves that unknown."""
        return bool(self.noted) and self.noted == attended


_NOBODY_NOTED = AttendanceCounts()


@record
class EarlierEvent:
    """An earlier event of the same kind in the year, with tally (None = nothing counted) and attendance."""

    event: EventFacts
    survey: ReportSurvey | None
    attendance: AttendanceCounts = _NOBODY_NOTED


@record
class _Number:
    """A number with its unit and a detail in brackets; its ``count`` may be unknown (no record) or partly unknown."""

    count: PartialCount
    unit: str = "人"
    detail: str = ""

    @property
    def words(self) -> str:
        """Return the number in words (「15件（93.8％）」, 「未確認（15人）」)."""
        said = self.count.words(self.unit)
        return f"{said}（{self.detail}）" if said and self.detail else said or self.detail


def comparison_chapter(
    facts: ReportFacts,
    earlier: tuple[EarlierEvent, ...],
    calendar: OfficeCalendar,
    *,
    attendance: AttendanceCounts,
) -> tuple[Block, ...]:
    """Return the chapter; () where there is neither an earlier event nor anything typed in its parts.

    ``attendance`` is that of this event.
    """
    report = facts.report
    last_year = _typed_numbers(facts)
    asked = (
        Column("前回の課題", width=40),
        Column("今回したこと", width=50),
        Column("今回の結果", width=50),
        Column("判定", width=25, align="center"),
    )
    blocks: list[tuple[str, str, tuple[Block, ...]]] = []
    if earlier or last_year:
        blocks.append(
            (COMPARED_NUMBERS, "ｎは回収数（件）", (_numbers(facts, earlier, last_year, calendar, attendance),))
        )
    parted = _groups_by_branch(facts, earlier, attendance)
    if parted and earlier:
        blocks.append(("参加団体の支部別", "単位は団体", (parted,)))
    for code, title, pair in _pairs(facts, earlier):
        blocks.append((f"{code}　{title}", "同じ設問・同じ選択肢の回だけを並べる", (pair,)))
    if parts.has_rows(report, "前回の課題"):
        blocks.append(("前回の課題は、どうなったか", "", parts.typed_table(report, "前回の課題", asked)))
    onward = parts.typed_lines(report.body.get("つぎの回", ""))
    if onward:
        blocks.append(("つぎの回への引継ぎ", "", (Bullets(items=onward),)))
    if not blocks:
        return ()
    made: list[Block] = [facts.heading(COMPARED, right="同じ種類の回を左に、今回を右に置く", sheet="比較")]
    for place, (text, right, inside) in enumerate(blocks, 1):
        made += [Heading(2, f"({place})", text, right=right), *inside]
    return tuple(made)


def _numbers(
    facts: ReportFacts,
    earlier: tuple[EarlierEvent, ...],
    last_year: dict[str, str],
    calendar: OfficeCalendar,
    attendance: AttendanceCounts,
) -> Table:
    """Return the table that compares this event with earlier ones and last year's."""
    this = _column(facts.event, facts.survey, attendance)
    before = [_column(one.event, one.survey, one.attendance) for one in earlier]
    names = [name for name in this if any(column[name].words for column in (*before, this)) or last_year.get(name)]
    count = len(earlier) + bool(last_year) + 1
    width = 30.0 if count <= 3 else 26.0
    change = 27.0 if earlier else 0.0
    columns = [Column("項目", width=165 - width * count - change)]
    columns += [Column(LAST_YEAR, width=width, align="right")] if last_year else []
    columns += [Column(_head(one.event, calendar), width=width, align="right") for one in earlier]
    columns.append(Column(f"今回　{_head(facts.event, calendar)}", width=width, align="right"))
    columns += [Column(f"{earlier[-1].event.ordinal_words}からの増減", width=change, align="right")] if earlier else []
    rows = []
    for name in names:
        cells = [name, *([last_year.get(name, "")] if last_year else []), *(column[name].words for column in before)]
        cells.append(this[name].words)
        if earlier:
            cells.append(_change(before[-1][name], this[name]))
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows), name=COMPARED_NUMBERS, note=_note(facts, earlier, last_year))


def _note(facts: ReportFacts, earlier: tuple[EarlierEvent, ...], last_year: dict[str, str]) -> str:
    """Return the notes below the comparison: source of last year's numbers and how they are counted."""
    source = facts.report.body.get("前年の出どころ", "").strip()
    told = [f"前年の数は{source}による" if source else "前年の数は係が入力した"] if last_year else []
    told += [f"「{_FIRST}」は今年度のそれまでの回（種別を問わない）に出席の記録がない人"]
    told += ["空欄は記録がないこと、「—」は当てはまらないこと", "増減は人数・件数・台数で示し、％の差は示さない"]
    columns = [(one.event, one.survey) for one in earlier] + [(facts.event, facts.survey)]
    told += [
        f"{event.ordinal_words}の回収率は、集計を確定したときの出席{survey.attendance}人による"
        for event, survey in columns
        if survey is not None and survey.rate and survey.attendance != event.people.attended
    ]
    return "注　" + "。".join(told) + "。"


def _head(event: EventFacts, calendar: OfficeCalendar) -> str:
    """Return the column heading of an event: its number and day."""
    day = dates.table_date(event.event_date, calendar) if event.event_date else ""
    return f"{event.ordinal_words}\n{day}" if event.ordinal_words else day


def _groups_by_branch(
    facts: ReportFacts, earlier: tuple[EarlierEvent, ...], attendance: AttendanceCounts
) -> KeyValues | None:
    """Return the 団体 of each event by 支部, one line an event; None unless everybody who came to this one was noted.

    Earlier events where not everybody was noted are left out.
    """
    if not attendance.is_complete(facts.event.people.attended) or not attendance.branches:
        return None
    found = [
        (one.event.ordinal_words, one.attendance)
        for one in earlier
        if one.attendance.is_complete(one.event.people.attended)
    ]
    found.append((f"今回　{facts.event.ordinal_words}".strip(), attendance))
    rows = tuple(
        (
            f"{name}　{sum(dict(one.branches).values())}団体",
            "、".join(f"{branch} {count}" for branch, count in one.branches),
        )
        for name, one in found
    )
    return KeyValues(rows=rows, label_width=38)


def _column(event: EventFacts, survey: ReportSurvey | None, attendance: AttendanceCounts) -> dict[str, _Number]:
    people = event.people
    returned = survey.response_count if survey else None
    rate = survey.rate if survey else ""
    figure = survey.satisfaction if survey else None
    satisfied = whole_number(figure.value) if figure is not None else None
    lends = event.year_kind.lends_devices or bool(people.used_lent)
    return {
        "申込": _number(people.applied),
        "出席": _number(people.attended),
        "参加団体": _number(people.attended_organisations, unit="団体"),
        _FIRST: _number(attendance.first if attendance.is_complete(people.attended) else None),
        "アンケート回収": _number(returned, unit="件", detail=rate),
        "満足計": _number(satisfied),
        LENT_TABLETS: _Number(count=people.lent_that_day, unit="台") if lends else _number(None, detail=_NOT_APPLYING),
    }


def _number(count: int | None, *, unit: str = "人", detail: str = "") -> _Number:
    return _Number(count=PartialCount(known=count), unit=unit, detail=detail)


def _change(before: _Number, now: _Number) -> str:
    """Return the difference of two numbers as 「+3」「−2」 or 「変更なし」.

    "—" if the row does not apply to one of them, 「未確認」 if one is partly unknown, "" if one is empty.
    """
    if _NOT_APPLYING in (before.words, now.words):
        return _NOT_APPLYING
    if before.count.exact is None or now.count.exact is None:
        # A difference to a partly unknown number cannot be stated.
        return "未確認" if before.words and now.words else ""
    more = now.count.exact - before.count.exact
    return "変更なし" if not more else f"{'+' if more > 0 else '−'}{abs(more)}"


def _typed_numbers(facts: ReportFacts) -> dict[str, str]:
    """Return last year's numbers as typed in the report, by the name of the row."""
    rows = facts.report.tables.get("前年の数", ())
    return {
        one_width(row[0]).strip(): row[1].strip() for row in rows if len(row) > 1 and row[0].strip() and row[1].strip()
    }


def _pairs(facts: ReportFacts, earlier: tuple[EarlierEvent, ...]) -> list[tuple[str, str, PairedBands]]:
    """Return at most one question compared with the event before: one cited by a finding, else one with a sum.

    [] without the surveys of both events.
    """
    before = earlier[-1] if earlier else None
    if before is None or before.survey is None or facts.survey is None:
        return []
    same = [(old, new) for new in facts.survey.charts for old in before.survey.charts if _is_same_question(old, new)]
    cited = " ".join(cell for row in facts.report.tables.get("課題と改善", ()) for cell in row)
    wanted = [pair for pair in same if re.search(rf"{re.escape(pair[1].code)}(?!\d)", cited)] or [
        pair for pair in same if pair[1].sum_label
    ]
    return [
        (
            new.code,
            new.title,
            PairedBands(labels=(before.event.ordinal_words, "今回"), charts=(old, new), note=_pair_note(old, new)),
        )
        for old, new in wanted[:1]
    ]


def _is_same_question(old: TallyChart, new: TallyChart) -> bool:
    return (
        new.type.takes_one
        and old.type.takes_one
        and old.title == new.title
        and [(row.number, row.text, row.kind) for row in old.rows]
        == [(row.number, row.text, row.kind) for row in new.rows]
        and bool(old.base and new.base)
    )


def _pair_note(old: TallyChart, new: TallyChart) -> str:
    """Return the note on units and small numbers below two charts."""
    few = "ｎが30未満のため％は参考値。" if old.reference_only or new.reference_only else ""
    return f"注　単位は人および％（小数第2位を四捨五入）。無回答を含めて100％とする。{few}"
