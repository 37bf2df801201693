"""Rules of a discussion: parsing typed lines, counting sticky notes, and the rows of a report.

A line is stored as typed: in 分類 「担い手の不足 9」 means nine sticky notes, 「*役員の仕事」 what the 班 chose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher

from app.calendar.date_parsing import parse_date
from app.calendar.dates import table_date
from app.calendar.office_days import DateProblem
from app.calendar.wareki import fiscal_year_of
from app.common.join_nonempty import join_nonempty
from app.programme.rules import in_short_brackets
from db.digits import narrow_digits, one_width
from db.record import record
from db.records.discussion import DiscussionLine, DiscussionPoint, DiscussionStep, SummaryPart

STEPS: tuple[DiscussionStep, ...] = tuple(DiscussionStep)
STEP_TITLES: Mapping[DiscussionStep, tuple[str, str]] = {
    DiscussionStep.PROBLEMS: ("課題", "個人ワーク"),
    DiscussionStep.SORTING: ("分類・選定", "付箋の枚数"),
    DiscussionStep.SOLUTIONS: ("解決策", "だれが・いつ・何を"),
    DiscussionStep.PRESENTATION: ("発表", "担当・時期"),
}
PARTS: Mapping[SummaryPart, tuple[str, ...]] = {
    SummaryPart.COMMON: ("共通したこと", "班"),
    SummaryPart.LINKS: ("すること", "もとになった討議", "担当", "時期", "確かめ方"),
    SummaryPart.HANDOVER: ("今回わかったこと", "つぎの回で変えること", "根拠"),
}
"""Cells of a row of each part, which are also its headings in a report."""
PART_TITLES: Mapping[SummaryPart, str] = {
    SummaryPart.COMMON: "班に共通したこと",
    SummaryPart.LINKS: "つぎにつなげること",
    SummaryPart.HANDOVER: "つぎの回への引継ぎ",
}
DISCUSSION_PARTS = ("班", *PARTS)
"""Tables of a report that are filled from the discussion, unless the report has rows of its own."""
STARRED_STEPS: tuple[DiscussionStep, ...] = (DiscussionStep.SOLUTIONS, DiscussionStep.PRESENTATION)
"""Steps whose chosen lines are counted for 共通点."""
FACILITATOR = "ファシリテーター"
_NOTE_COUNT = re.compile(r"^(.*\S)[ \u3000]+([0-9]{1,3})[ \u3000]*枚?$", re.DOTALL)
_WARD_NAME = re.compile(r"(?:[一-龠]{2,3})?(?<!地)区(?![民内域議町社])")
_OTHER_MUNICIPALITY = re.compile(
    r"[市町村都道府県](?:の.+|担当.*)?"
    r"|[一-龠]{0,4}[市町村都道府県](?:役所|役場|庁).*"
    r"|(?:[一-龠]{1,4}市|[一-龠]{2,4}[町村都道府県])(?![会内民域議立場])[一-龠]{1,12}[部課係室].*"
)
"""The ward where no 区 made the contract: 「市」, 「見本市協働推進課」; not 「本町」, 「町会」, 「中村営業部長」."""
_MONTH = re.compile(r"(\d{1,2})月(上旬|中旬|下旬|末|中|まで|末まで|中に)?")
_PART_OF_MONTH = {"上旬": 10, "中旬": 20}
_STAR_SIGNS = "*＊"


@record
class TypedLine:
    """One typed line: its text, the sticky notes of a 分類, and whether the 班 chose it."""

    text: str
    notes: int | None = None
    chosen: bool = False


def parse_step(step: DiscussionStep, text: str) -> tuple[TypedLine, ...]:
    """Return the lines of a typed cell, without empty ones.

    Only 分類 has sticky notes (「担い手の不足 9」, also 「９枚」) and a choice (「*役員の仕事」); of several stars the
    last one counts, because a 班 chooses one.
    """
    lines = [_parse_line(step, line) for line in text.splitlines()]
    found = [line for line in lines if line.text]
    chosen = [place for place, line in enumerate(found) if line.chosen]
    return tuple(
        TypedLine(text=line.text, notes=line.notes, chosen=line.chosen and place == chosen[-1])
        for place, line in enumerate(found)
    )


def _parse_line(step: DiscussionStep, typed: str) -> TypedLine:
    """Return a typed line without its bullet; in 分類 with its star or its number of notes."""
    text = typed.strip(" \u3000\t").lstrip("・▸ \u3000")
    if not step.is_sorting:
        return TypedLine(text=text)
    if text[:1] and text[0] in _STAR_SIGNS:
        return TypedLine(text=text.lstrip(_STAR_SIGNS).strip(" \u3000"), chosen=True)
    counted = _NOTE_COUNT.match(narrow_digits(text))
    if counted is None:
        return TypedLine(text=text)
    return TypedLine(text=text[: len(counted[1])], notes=int(counted[2]))


def editor_text(line: DiscussionLine | TypedLine) -> str:
    """Return a line of a discussion as it stands in the editor, with number and star."""
    if line.chosen:
        return f"*{line.text}"
    return line.text if line.notes is None else f"{line.text} {line.notes}"


def match_lines(
    stored_lines: Sequence[DiscussionLine], typed: Sequence[TypedLine]
) -> tuple[tuple[DiscussionLine | None, TypedLine], ...]:
    """Return each typed line with the stored line it corresponds to, or None for a new one.

    A reworded line stays the same line, so that references to it stay. Unchanged lines are matched first, so an
    inserted line replaces none.
    """
    old, new = [line.text for line in stored_lines], [line.text for line in typed]
    pairs = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        kept = list(stored_lines[old_from:old_to]) if tag in ("equal", "replace") else []
        for place, line in enumerate(typed[new_from:new_to]):
            pairs.append((kept[place] if place < len(kept) else None, line))
    return tuple(pairs)


@record
class GroupDiscussion:
    """One 班: facilitator, composition in numbers, counted sticky notes, and its lines in order.

    Attributes:
        composition: 「5人・4団体」 without names, counted from the roster or, if ``is_composition_typed``, typed.
    """

    number: int
    facilitator: str = ""
    composition: str = ""
    is_composition_typed: bool = False
    counted_notes: int | None = None
    lines: tuple[DiscussionLine, ...] = ()

    def lines_of(self, step: DiscussionStep) -> tuple[DiscussionLine, ...]:
        """Return the lines of one step."""
        return tuple(line for line in self.lines if line.step == step)

    @property
    def topic(self) -> str:
        """Return what the 班 chose to solve, or ""."""
        return next((line.text for line in self.lines_of(DiscussionStep.SORTING) if line.chosen), "")

    @property
    def sorted_notes(self) -> int | None:
        """Return the sticky notes of all 分類 together; None while none has a number."""
        counts = [line.notes for line in self.lines_of(DiscussionStep.SORTING) if line.notes is not None]
        return sum(counts) if counts else None

    @property
    def all_notes(self) -> int | None:
        """Return the sticky notes of the 班: as counted, else the sum of its 分類."""
        return self.sorted_notes if self.counted_notes is None else self.counted_notes

    @property
    def has_note_mismatch(self) -> bool:
        """Return whether the counted notes differ from those of the 分類, both known."""
        return (
            self.counted_notes is not None and self.sorted_notes is not None and self.counted_notes != self.sorted_notes
        )


@record
class NoteSums:
    """The sticky notes of all 班.

    Attributes:
        by_group: of each 班 whose number is known, in their order.
        counted_total: sum of the numbers as counted, of a 班 without one that of its 分類; None = one 班 has neither.
        sorted_total: sum of all 分類; None = one 班 has no number there.
    """

    by_group: tuple[int, ...]
    counted_total: int | None
    sorted_total: int | None

    @property
    def is_consistent(self) -> bool | None:
        """Return whether both numbers are equal; None while one is not known."""
        return (
            None if self.counted_total is None or self.sorted_total is None else self.counted_total == self.sorted_total
        )


def note_sums(groups: Sequence[GroupDiscussion]) -> NoteSums:
    """Return the sums of sticky notes, 23＋27＋21＋18＝89, counted and by 分類."""
    known = tuple(count for count in [group.all_notes for group in groups] if count is not None)
    parts = [count for group in groups if (count := group.sorted_notes) is not None]
    whole = bool(groups) and len(known) == len(groups)
    return NoteSums(
        by_group=known,
        counted_total=sum(known) if whole else None,
        sorted_total=sum(parts) if parts and len(parts) == len(groups) else None,
    )


def group_remarks(
    groups: Sequence[GroupDiscussion], *, names: Iterable[str], expected: int | None, clause: str
) -> tuple[str, ...]:
    """Return remarks about facilitators (one a 班, of the 配置表), sticky notes, and the number of 班.

    Args:
        names: people on duty that day by the 配置表.
        expected: number of 班 of the event.
        clause: the one about facilitators.
    """
    found = []
    known = {_name_key(name) for name in names}
    named = [group for group in groups if group.facilitator]
    if groups and len({_name_key(group.facilitator) for group in named}) < len(groups):
        count = len({_name_key(group.facilitator) for group in named})
        found.append(
            f"{len(groups)}班に対し、ファシリテーターが{count}人です。各班に1人が要ります{in_short_brackets(clause)}。"
        )
    found += [
        f"{group.number}班の{group.facilitator}さんは、この日の配置表にいません。"
        for group in named
        if _name_key(group.facilitator) not in known
    ]
    found += [
        f"{group.number}班：付箋は{group.counted_notes}枚ですが、分類の計は{group.sorted_notes}枚です。"
        for group in groups
        if group.has_note_mismatch
    ]
    if expected is not None and groups and expected != len(groups):
        found.append(f"班の記録が{len(groups)}班分で、実施回の{expected}班と合いません。")
    return tuple(found)


def _name_key(name: str) -> str:
    return re.sub(r"\s", "", name)


def groups_in_common(point: DiscussionPoint, groups: Sequence[GroupDiscussion]) -> tuple[int, ...]:
    """Return the 班 of a 共通点, counted from its chosen lines that still exist.

    An older row names its 班 in words, which count until lines are chosen.
    """
    if point.lines:
        return tuple(group.number for group in groups if any(line.id in point.lines for line in group.lines))
    named = _cell_text(point, 1)
    return tuple(dict.fromkeys(map(int, re.findall(r"\d{1,9}", one_width(named)))))


def origin_words(point: DiscussionPoint, groups: Sequence[GroupDiscussion]) -> tuple[str, ...]:
    """Return the source of a row, one text a line: 「4班 解決策「引継書の1枚」」, then the typed addition."""
    lines = [
        f"{group.number}班　{'選定' if line.chosen else line.step}「{line.text}」"
        for group in groups
        for line in group.lines
        if line.id in point.lines
    ]
    typed = _cell_text(point, 1) if point.part.is_link else ""
    return tuple(part for part in (*lines, typed) if part)


def _cell_text(point: DiscussionPoint, place: int) -> str:
    return point.cells[place].strip() if place < len(point.cells) else ""


def due_words(text: str, fiscal_year: int) -> str:
    """Return a typed day as documents write it (「12/25」 → 「R8.12.25（金）」); other text stays as typed."""
    try:
        return table_date(parse_date(text, fiscal_year))
    except DateProblem:
        return text.strip()


def is_of_ward(person: str) -> bool:
    """Return whether a 担当 means the ward (「区」, 「区・受託者」, 「見本区協働推進課」, 「市」), not 区民, a 町会."""
    parts = re.split(r"[・、,，／/と\s]+", person.strip())
    return any(_WARD_NAME.match(one) or _OTHER_MUNICIPALITY.fullmatch(one) for one in parts)


def action_due(when: str, event_day: date) -> date | None:
    """Return the last day of a 時期: a typed day, the end of a month (「1月中」) or its part, or 31 March (「年度内」).

    Args:
        event_day: the day of the discussion; a day or month without a year is the next one after it.

    Returns:
        None if the words name no day (「なるべく早く」).
    """
    year = fiscal_year_of(event_day)
    plain = one_width(when).strip()
    if plain in ("年度内", "今年度中", "年度末", "年度末まで"):
        return date(year + 1, 3, 31)
    if found := _MONTH.fullmatch(plain):
        return _day_in_month(int(found[1]), _PART_OF_MONTH.get(found[2] or ""), event_day)
    try:
        day = parse_date(when, year)
    except DateProblem:
        return None
    if day < event_day:
        try:
            # 「4/20」 written in November is the next April.
            return parse_date(when, year + 1)
        except DateProblem:
            return day
    return day


def _day_in_month(month: int, day: int | None, event_day: date) -> date | None:
    """Return the day in the year of the event or the next, the last of the month without ``day``; None for no month."""
    if not 1 <= month <= 12:
        return None
    year = event_day.year if month >= event_day.month else event_day.year + 1
    if day is not None:
        return date(year, month, day)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def missing_headings(point: DiscussionPoint, groups: Sequence[GroupDiscussion]) -> tuple[str, ...]:
    """Return the headings of the empty cells of a row of the まとめ; chosen lines fill the second cell, too."""
    told = {1: bool(origin_words(point, groups))} if point.part.is_link else {}
    if point.part.is_common:
        told = {1: bool(groups_in_common(point, groups))}
    return tuple(
        title for place, title in enumerate(PARTS[point.part]) if not told.get(place, bool(_cell_text(point, place)))
    )


Rows = tuple[tuple[str, ...], ...]


def report_rows(
    groups: Sequence[GroupDiscussion], points: Sequence[DiscussionPoint], *, include_done: bool = False
) -> dict[str, Rows]:
    """Return what a 実施報告書 prints of a discussion by part: 班, 共通点, つなげること, 引継ぎ.

    A row of 班 is: 班, 選定した題, 構成 with sticky notes, ファシリテーター, then the four steps; a 班 that wrote
    nothing has none. A part without rows is no key.

    Args:
        include_done: add below the 時期 when something was done, for the ward's own record.
    """
    rows = {"班": tuple(_group_report_row(group) for group in groups if group.lines)}
    for part, titles in PARTS.items():
        written = (
            _point_report_row(point, groups, len(titles), include_done=include_done)
            for point in points
            if point.part == part
        )
        rows[part] = tuple(cells for cells in written if any(cells))
    return {part: found for part, found in rows.items() if found}


def _group_report_row(group: GroupDiscussion) -> tuple[str, ...]:
    """Return the cells of a 班 for the report: 「1班」, its choice, 構成 with notes, facilitator, then four steps."""
    notes = "" if group.all_notes is None else f"付箋 {group.all_notes}枚"
    made_of = join_nonempty(group.composition, notes)
    return (
        f"{group.number}班", group.topic, made_of, group.facilitator,
        *("\n".join(map(_printed_line, group.lines_of(step))) for step in STEPS),
    )  # fmt: skip


def _printed_line(line: DiscussionLine) -> str:
    """Return a line as it is printed: 「選定：役員の仕事」, 「担い手の不足 9枚」, or its text alone."""
    if line.chosen:
        return f"選定：{line.text}"
    return line.text if line.notes is None else f"{line.text} {line.notes}枚"


def _point_report_row(
    point: DiscussionPoint, groups: Sequence[GroupDiscussion], width: int, *, include_done: bool
) -> tuple[str, ...]:
    """Return the first ``width`` cells of a row of the まとめ for the report.

    The second names the 班 of a 共通点 (「1、3」), or the lines that a row of つなげること comes from.
    """
    cells = [_cell_text(point, place) for place in range(width)]
    if point.part.is_common:
        cells[1] = "、".join(map(str, groups_in_common(point, groups)))
    elif point.part.is_link:
        cells[1] = "\n".join(origin_words(point, groups))
        if include_done and point.done_on is not None:
            cells[3] = f"{cells[3]}\n済　{table_date(point.done_on)}".strip()
    return tuple(cells)
