"""アンケート中間集計, the totals over all events held so far, for the next year's budget request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.calendar import dates
from app.calendar.wareki import fiscal_year_words
from app.common.display_words import count_words
from app.common.join_nonempty import fill_nonempty
from app.common.partial_count import sum_event_counts
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Bullets,
    Column,
    DocumentContent,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
    TallyChart,
    Title,
)
from app.event.rules.target_dates import INTERIM_PAPER
from app.surveys.questions.rules import REFERENCE_BASE, percent
from app.surveys.tally.rules import QuestionTally
from db.record import record
from db.records.events import Event
from db.records.programme import EventKind, VisitStep

KIND = INTERIM_PAPER
REMARK = "所見"
_ROLES = (("satisfaction", "満足計"), ("understanding", "理解できた（肯定計）"), ("intent", "活用の意向あり（肯定計）"))
_PAGES = 6
"""The number of pages that it should not exceed, as a summary for decision makers."""


@record
class InterimEvent:
    """One event with responses, whether its totals are fixed, and its own sums.

    ``attendance`` None = not recorded; ``rate`` is the return rate in per cent, without a sign, by
    ``rate_attendance``: of fixed totals the 出席 of then. ``frozen_on`` None = the totals are open.
    """

    event: Event
    attendance: int | None
    rate_attendance: int | None
    paper: int
    online: int
    rate: str | None
    frozen_on: date | None
    satisfaction: QuestionTally | None = None


@record
class InterimKind:
    """All events of one kind, by its key and its name.

    ``sums_by_role`` are the summed questions by role (satisfaction, understanding, intent), ``free_text_counts`` the
    title of each free-text question with the number of its answers.
    """

    kind: str
    name: str
    events: tuple[InterimEvent, ...]
    charts: tuple[TallyChart, ...]
    sums_by_role: Mapping[str, QuestionTally]
    free_text_counts: tuple[tuple[str, int], ...]

    @property
    def response_count(self) -> int:
        """Return how many responses all events together have."""
        return sum(one.paper + one.online for one in self.events)


@record
class InterimFacts:
    """The data of an アンケート中間集計; ``events_without_answers`` are held events without a response.

    ``unasked_kinds`` are the kinds of the year without a survey, ``record_line`` is 実績の一行.
    """

    as_of: date
    kinds: tuple[InterimKind, ...]
    unasked_kinds: tuple[EventKind, ...]
    events_without_answers: tuple[str, ...]
    record_line: str


def interim_totals(
    context: document_frame.DocumentContext, facts: InterimFacts, *, remark: str = ""
) -> DocumentContent:
    """Build the document of the year; while an event is not fixed every page says so.

    ``remark`` is what staff wrote about the numbers; a 公文書 has its number and day under the title.
    """
    programme = context.programme
    year = fiscal_year_words(programme.fiscal_year)
    open_ones = [one for kind in facts.kinds for one in kind.events if one.frozen_on is None]
    lead = (
        f"{dates.long_date(facts.as_of)}までに実施した回の、{dates.stamp_words(context.made_at)}現在の集計。"
        + _issued_words(context)
    )
    blocks: list[Block] = [
        Title(KIND, subtitle=programme.title, lead=lead),
        KeyFigures(figures=_figures(facts)),
        Heading(1, "1", "まとめ"),
        _summary(facts),
        Paragraph(f"実績の一行　{facts.record_line}"),
        _remarks(facts, len(open_ones)),
    ]
    if remark.strip():
        blocks += [Heading(2, "", REMARK), Paragraph(remark.strip())]
    blocks += [Heading(1, "2", "回ごとの回収と満足計", sheet="回ごと"), _events(facts)]
    for number, kind in enumerate(facts.kinds, 3):
        blocks += _kind(kind, number)
    reference = f"{programme.year_code}-{KIND}-{facts.as_of:%Y%m%d}"
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=reference,
        blocks=blocks,
        stem=reference,
        title=f"{KIND}　{year}　{document_frame.table_day(facts.as_of)}現在",
        first_sheet="概要",
        header_right=f"{KIND}　{document_frame.table_day(facts.as_of)}現在",
        stamp="確定前の回を含む" if open_ones else "",
        at_most=_PAGES,
    )


def _issued_words(context: document_frame.DocumentContext) -> str:
    """Return 「　8練地協第120号　令和8年10月5日（月）施行」 once the document is a 公文書 that was decided."""
    letter = context.letter
    if letter is None or not letter.form.is_formal or not letter.state.is_decided:
        return ""
    day = f"　{dates.long_date(letter.issued_on)}施行" if letter.issued_on else ""
    return f"　{letter.document_number}{day}"


def _figures(facts: InterimFacts) -> tuple[Figure, ...]:
    """Return the key figures of the year so far: events, people, responses, their rate, and the satisfied."""
    held = [one for kind in facts.kinds for one in kind.events]
    returned = sum(kind.response_count for kind in facts.kinds)
    came = sum_event_counts(one.attendance for one in held)
    attended = came.known or 0
    of = sum(one.rate_attendance or 0 for one in held)
    known = sum(one.paper + one.online for one in held if one.rate_attendance is not None)
    figures = [
        Figure("集計した回", str(len(held)), unit="回"),
        Figure(
            "出席者（延べ）",
            str(attended) if came.has_number else "",
            unit=came.unit_words("人") if came.has_number else "人",
            note=fill_nonempty("{}回 記録なし", came.missing),
        ),
        Figure(
            "回収",
            str(returned),
            unit="件",
            note=f"紙{sum(one.paper for one in held)}・オンライン{sum(one.online for one in held)}",
        ),
        # More responses than people: one of both is wrong, as in the tally of an event.
        Figure("回収率", percent(known, of) if 0 < known <= of else "", unit="％", note="出席者の分かる回"),
    ]
    people, base = _role_totals(facts, "satisfaction")
    if base:
        figures.append(Figure("満足計", str(people), unit="人", note=f"ｎ＝{base}の{_share_words(people, base)}"))
    return tuple(figures)


def _role_totals(facts: InterimFacts, role: str) -> tuple[int, int]:
    """Return people and n of a role over all kinds, summed before dividing."""
    found = [kind.sums_by_role[role] for kind in facts.kinds if role in kind.sums_by_role]
    return sum(one.sum_count for one in found), sum(one.base for one in found)


def _share_words(people: int, base: int) -> str:
    return f"{percent(people, base)}％" + ("（参考）" if base < REFERENCE_BASE else "")


def _summary(facts: InterimFacts) -> Table:
    """Return the table with one row for each kind of event, and a row 計 where there are several."""
    columns = (
        Column("事業", width=33),
        Column("回数", width=15, align="right"),
        Column("回収", width=18, align="right"),
        *(Column(title, width=33, align="right") for _role, title in _ROLES),
    )
    rows = []
    for kind in facts.kinds:
        cells = [_sum_words(kind.sums_by_role.get(role), kind.response_count) for role, _title in _ROLES]
        rows.append((kind.name, f"{len(kind.events)}回", f"{kind.response_count}件", *cells))
    if len(facts.kinds) > 1:
        sums = [_role_totals(facts, role) for role, _title in _ROLES]
        returned = sum(kind.response_count for kind in facts.kinds)
        whole = [_people_and_share(people, base, returned) if base else "" for people, base in sums]
        times = sum(len(kind.events) for kind in facts.kinds)
        rows.append(("計", f"{times}回", f"{returned}件", *whole))
    return Table(
        columns,
        tuple(rows),
        name="まとめ",
        bold_rows=(len(rows) - 1,) if len(facts.kinds) > 1 else (),
        total_row=len(facts.kinds) > 1,
        note="注　満足計・肯定計は、回ごとの人数を足してから、無回答を含む回収数で割った。"
        "単位は人および％（小数第2位を四捨五入）。",
    )


def _sum_words(question_tally: QuestionTally | None, returned: int) -> str:
    """Return the sum of a question with its percentage, "" for None; ``returned`` as ``_people_and_share``."""
    if question_tally is None:
        return ""
    return _people_and_share(question_tally.sum_count, question_tally.base, returned)


def _people_and_share(people: int, base: int, returned: int) -> str:
    """Return people and percentage (「12人　80.0％」, few: 「…（参考）」), with n where it is not all ``returned``."""
    of = f"（ｎ＝{base}）" if base != returned else ""
    return f"{people}人　{_share_words(people, base)}{of}"


def _remarks(facts: InterimFacts, open_events: int) -> Bullets:
    """Return the remarks below the summary: events not fixed, without answers, kinds without a survey."""
    lines = []
    if open_events:
        lines.append(f"集計が確定していない回が{open_events}回あり、このあと変わることがある。")
    if facts.events_without_answers:
        lines.append(f"実施したが回答がまだない回：{'、'.join(facts.events_without_answers)}")
    for one in facts.unasked_kinds:
        instead = "（事前ヒアリング）" if one.form.at_organisation and VisitStep.HEARING in one.steps else ""
        lines.append(f"{one.name_in_text}にはアンケートがない{instead}。")
    return Bullets(items=tuple(lines))


def _kind(kind: InterimKind, number: int) -> list[Block]:
    """Return the blocks of the chapter on one kind of event: charts, and how many wrote free texts."""
    right = f"{len(kind.events)}回　回収{kind.response_count}件"
    blocks: list[Block] = [
        Heading(1, str(number), f"{kind.name}　設問ごとの集計（全回）", sheet=kind.name, right=right),
        *kind.charts,
    ]
    if kind.free_text_counts:
        words = tuple(f"{title}　記入{count}件" for title, count in kind.free_text_counts)
        blocks.append(Bullets(title="自由記述", items=words))
    return blocks


def _events(facts: InterimFacts) -> Table:
    """Return the table with one line for each event under its kind; a note says which percentages are 参考値."""
    columns = (
        Column("実施回", width=52),
        Column("実施日", width=26),
        Column("出席", width=13, align="right"),
        Column("紙", width=10, align="right"),
        Column("オンライン", width=17, align="right"),
        Column("回収率", width=15, align="right"),
        Column("満足計", width=15, align="right"),
        Column("％", width=17, align="right"),
    )
    rows: list[tuple[str, ...]] = []
    heads = []
    few = False
    for kind in facts.kinds:
        heads.append(len(rows))
        rows.append((kind.name, *("" for _column in columns[1:])))
        for one in kind.events:
            rows.append(_event_row(one))
            few = few or (one.satisfaction is not None and one.satisfaction.is_reference_only)
    reference = f"ｎが{REFERENCE_BASE}未満の回の％は参考値。" if few else ""
    note = f"注　％は満足計÷回収数（小数第2位を四捨五入）。{reference}「確定前」は、集計が確定していない回。"
    of_then = [
        f"{one.event.full_title}（{one.rate_attendance}人）"
        for kind in facts.kinds
        for one in kind.events
        if one.rate and one.rate_attendance != one.attendance
    ]
    note += fill_nonempty("回収率が集計を確定したときの出席による回：{}。", "、".join(of_then))
    return Table(columns, tuple(rows), name="回ごと", group_rows=tuple(heads), note=note)


def _event_row(interim_event: InterimEvent) -> tuple[str, ...]:
    """Return the cells of one event: title, day, attendance, paper, online, return rate, 満足計 and its percentage.

    「（確定前）」 follows the title while its totals are open; what is not known is "".
    """
    found = interim_event.satisfaction
    return (
        interim_event.event.full_title + ("" if interim_event.frozen_on else "（確定前）"),
        dates.table_date(interim_event.event.event_date) if interim_event.event.event_date else "",
        count_words(interim_event.attendance, "人"),
        str(interim_event.paper),
        str(interim_event.online),
        fill_nonempty("{}％", interim_event.rate),
        "" if found is None else f"{found.sum_count}人",
        "" if found is None else found.sum_percent,
    )
