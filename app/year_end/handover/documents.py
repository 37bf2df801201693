"""引継書, with open tasks, decisions, places of originals, contacts, problems and the first weeks.

Seven chapters on three pages, every row from a record; a chapter without rows says 「該当なし」. Staff add a remark
to each. Urgent items have rows of their own (a target of the ward missed for many events has one), later ones a
row for each subject, originals a row for each place; what does not fit is counted, with where it is found."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.calendar import dates
from app.common.and_others import and_others
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Paragraph,
    SignBoxes,
    Table,
    Title,
)
from db.record import group_by_key, record

KIND = "引継書"
GIVER, TAKER, DAY = "前任者", "後任者", "引継日"
OPEN, DECIDED, PLACES, CONTACTS, WRONG, FIRST, PRACTICE = (
    "終わっていないこと", "決めたことと理由", "もののありか", "連絡先", "うまくいかなかったこと", "最初の2か月",
    "この事務のやり方",
)  # fmt: skip
CHAPTERS = (OPEN, DECIDED, PLACES, CONTACTS, WRONG, FIRST, PRACTICE)
SOON_DAYS = 14
"""Days within which an item is urgent and has a row of its own."""
_MAX_ROWS: Mapping[str, int] = {DECIDED: 3, PLACES: 8, CONTACTS: 7, WRONG: 6, FIRST: 4, PRACTICE: 20}
"""The most rows of each chapter in the document; of past items the newest."""
_MOST_SOON, _MOST_LATER = 30, 14
_MIN_GROUPED = 3
"""How many events late with one target of the ward share a row, e.g. when a target is new in mid-year."""
_PAGES = 3
_NEWEST = frozenset((DECIDED, WRONG))
_ELSEWHERE: Mapping[str, str] = {
    OPEN: "アプリのホームと、各回の「概要」", DECIDED: "協議記録一覧", PLACES: "アプリの「資料・報告」",
    CONTACTS: "アプリの「会場」", WRONG: "問合せ・相談台帳と、提出物と遅れの一覧", FIRST: "アプリの「年度の期日」",
    PRACTICE: "アプリの「設定」の「契約」",
}  # fmt: skip
"""Where the rows of each chapter are found that do not fit on three pages."""
# The chapters share column edges (mm 24, 46, 149), which eases reading and keeps a workbook on one sheet.
_DAY, _NAME, _WHO = 24, 46, 16
_WIDTHS: Mapping[str, tuple[tuple[str, float], ...]] = {
    OPEN: (("期限", _DAY), ("すること（契約の根拠）", 125), ("だれが", _WHO)),
    DECIDED: (("決定日", _DAY), ("決めたこと（理由）", 125), ("記録", _WHO)),
    PLACES: (("場所", _NAME), ("もの", 119)),
    CONTACTS: (("相手", _NAME), ("窓口、気を付けること", 119)),
    WRONG: (("日", _DAY), ("こと（そのあと）", 141)),
    FIRST: (("日", _DAY), ("すること（契約の根拠）", 125), ("だれが", _WHO)),
    PRACTICE: (("こと", _NAME), ("やり方", 119)),
}

Rows = tuple[tuple[str, ...], ...]


@record
class OpenItem:
    """One open item.

    Attributes:
        subject: the event as 「第7回 講習会」, 「年度に共通」, or what an undated item is about (「宿題　…」).
        day: the due day, None = undecided.
        due: that day in words.
        label, detail: what to do, and the small print beside it.
        who: whose turn it is.
        clause: the clause that requires the day, "" = none.
        basis: the full basis of the day, "" = the ward's own.
        of_year: it is of no event; ``is_provisional``: an event without a day can still put it off.
        in_first_weeks: it is in the chapter of the first weeks too.
    """

    subject: str
    day: date | None
    due: str
    label: str
    who: str
    detail: str = ""
    clause: str = ""
    basis: str = ""
    of_year: bool = False
    is_provisional: bool = False
    in_first_weeks: bool = False


@record
class HandoverFacts:
    """The data of a 引継書.

    Attributes:
        people: 前任者, 後任者 and 引継日, as typed.
        progress_words: the progress of the year, in one sentence.
        open_items: open items by date, those without one last.
        first_weeks: items of the year due in the first weeks.
        rows: those of each other chapter: (決定日, 決めたこと, 理由, 記録番号), (もの, 場所, 数, 注意),
            (相手, 窓口, 注意), (日, こと, そのあと), (こと, やり方); of the first weeks promises,
            (いつ, すること, だれが).
        remarks: what staff added to a chapter ("" = nothing).
        policy_words: where a report says what was promised to a 団体, "" = the year has no visits.
    """

    people: Mapping[str, str]
    progress_words: str
    open_items: Sequence[OpenItem]
    first_weeks: Sequence[OpenItem]
    rows: Mapping[str, Sequence[tuple[str, ...]]]
    remarks: Mapping[str, str]
    policy_words: str = ""


def remark_of(chapter: str) -> str:
    """Return the name of the passage for a chapter's remark."""
    return f"書き添え　{chapter}"


def handover(context: document_frame.DocumentContext, facts: HandoverFacts) -> DocumentContent:
    """Return the 引継書, with fields for seals after the last chapter."""
    people = facts.people
    blocks: list[Block] = [
        Title(KIND),
        KeyValues(
            rows=(
                (
                    "前任者・後任者",
                    (
                        f"{people[GIVER] or '（未記入）'}　→　{people[TAKER] or '（未定）'}"
                        f"　　引継日　{people[DAY] or '（未定）'}"
                    ),
                ),
                ("事業の現況", f"{dates.long_date(context.made_at.date())}現在　{facts.progress_words}"),
            )
        ),
    ]
    for number, chapter in enumerate(CHAPTERS, 1):
        blocks += _chapter(number, chapter, facts, context.made_at.date())
    blocks.append(SignBoxes(boxes=tuple((who, "㊞") for who in (GIVER, TAKER, "係長"))))
    reference = f"{context.programme.year_code}-引継-01"
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=reference,
        blocks=blocks,
        first_sheet=OPEN,
        close=True,
        at_most=_PAGES,
        footer_left="区分　情報（職員および窓口の氏名を含む）",
    )


_RIGHT: Mapping[str, str] = {
    OPEN: "期限の早い順　根拠のない期限は目安日", DECIDED: "協議記録から", PLACES: "受領した書類ほか",
    WRONG: "日付の順", FIRST: "4月・5月", PRACTICE: "「設定」の「契約」から",
}  # fmt: skip


def _chapter(number: int, chapter: str, facts: HandoverFacts, today: date) -> list[Block]:
    """Return the blocks of one chapter: heading, table and remark."""
    table, told = _open_table(facts.open_items, today) if chapter == OPEN else _plain_table(chapter, facts)
    told = join_nonempty(told, facts.policy_words if chapter == FIRST else "")
    remark = facts.remarks.get(chapter, "").strip()
    return [
        Heading(1, str(number), chapter, right=join_nonempty(_RIGHT.get(chapter, ""), told), sheet=chapter),
        table if table.rows else Paragraph("該当なし"),
        *((Paragraph(remark),) if remark else ()),
    ]


def _open_table(items: Sequence[OpenItem], today: date) -> tuple[Table, str]:
    """Return the table of urgent items, then of later ones by subject, and words on what is left out ("" = nothing)."""
    end = today + timedelta(days=SOON_DAYS)
    soon = [one for one in items if one.day is not None and one.day <= end]
    later = [one for one in items if one not in soon and not one.in_first_weeks]
    matters = group_by_key((one.subject, one) for one in later)
    shown = dict(itertools.islice(matters.items(), _MOST_LATER))
    urgent = _urgent(soon, today)
    made: list[tuple[str, ...]] = []
    heads = []
    for head, count, lines in (
        (f"期限を過ぎたもの、{SOON_DAYS}日のうちに期限が来るもの", len(soon),
         [_urgent_row(of_row)
          for of_row in urgent[:_MOST_SOON]]),
        ("そのあとのもの（事項ごとに1行。4月・5月のものは6）", len(later),
         [_matter_row(of_matter) for of_matter in shown.values()]),
    ):  # fmt: skip
        if lines:
            heads.append(len(made))
            made += [(f"{head}　{count}件", "", ""), *lines]
    left = [*itertools.chain(*urgent[_MOST_SOON:]), *(one for one in later if one.subject not in shown)]
    first = f"（期限 {_in_line(left[0].due)}から）" if left else ""
    return replace(_table(OPEN, tuple(made)), group_rows=tuple(heads)), _remainder_words(OPEN, len(left), first)


def _urgent(soon: Sequence[OpenItem], today: date) -> list[list[OpenItem]]:
    """Return the items that share a row: single ones, or at least three missed 目安日 of the same label and person."""
    found = []
    goals: dict[tuple[str, str], list[OpenItem]] = {}
    for one in soon:
        late = one.day is not None and one.day < today and not (one.basis or one.clause)
        row = goals.setdefault((one.label, one.who), []) if late else []
        if not row:
            found.append(row)
        row.append(one)
    parted = [part for row in found for part in ([row] if len(row) >= _MIN_GROUPED else [[one] for one in row])]
    return sorted(parted, key=lambda row: soon.index(row[0]))


def _urgent_row(items: Sequence[OpenItem]) -> tuple[str, ...]:
    """Return the row (due, words, who) of items of one kind that are due soon."""
    first = items[0]
    if len(items) == 1:
        return first.due, join_nonempty(first.subject, first.label, first.detail) + _in_brackets(first.basis), first.who
    of_which = "、".join(dict.fromkeys(join_nonempty(one.subject, one.detail) for one in items))
    return f"{first.due}から", join_nonempty(first.label, f"{len(items)}件（{of_which}）"), first.who


def _matter_row(items: Sequence[OpenItem]) -> tuple[str, ...]:
    """Return one row for all later items of a subject.

    It has the next item and those of the contract; an event's own steps are counted, since its page lists them.
    """
    first = items[0]
    said = [one for one in items if one is first or one.clause or one.of_year]
    rest = and_others(items, len(said))
    return first.due, join_nonempty(first.subject, _joined_items(said, first)) + rest, first.who


def _month_rows(items: Sequence[OpenItem]) -> Rows:
    """Return a row (month, items, who) for each month that has items."""
    months = group_by_key(
        (document_frame.table_day(one.day).rpartition(".")[0], one) for one in items if one.day is not None
    )
    return tuple((month, _joined_items(of_month), of_month[0].who) for month, of_month in months.items())


def _joined_items(items: Sequence[OpenItem], dated: OpenItem | None = None) -> str:
    """Return the items in one line, each with its day except the one (``dated``) whose day the row has."""
    return "、".join(
        join_nonempty(
            ""
            if one is dated
            else document_frame.table_day(one.day)
            if one.day and not one.is_provisional
            else one.due,
            one.label + _in_brackets(one.clause) + (f"［{one.who}］" if one.who != items[0].who else ""),
        )
        for one in items
    )


def _in_brackets(clause: str) -> str:
    return f"（{_in_line(clause)}）" if clause else ""


def _in_line(text: str) -> str:
    return join_nonempty(*text.split("\n"))


def _plain_table(chapter: str, facts: HandoverFacts) -> tuple[Table, str]:
    """Return the table of any chapter but the first, and words on the rows that it leaves out ("" = none)."""
    rows = tuple(facts.rows[chapter])
    if chapter == PLACES:
        rows = _by_place(rows)
    elif chapter == DECIDED:
        rows = tuple((day, f"{decided}（{reason}）", number) for day, decided, reason, number in rows)
    elif chapter == CONTACTS:
        rows = tuple((who, join_nonempty(_in_line(ways), caution.strip("—"))) for who, ways, caution in rows)
    elif chapter == WRONG:
        rows = tuple((day, join_nonempty(what, _in_brackets(after))) for day, what, after in rows)
    elif chapter == FIRST:
        rows = (*_month_rows(facts.first_weeks), *rows)
    most = _MAX_ROWS[chapter]
    shown = rows[-most:] if chapter in _NEWEST else rows[:most]
    return _table(chapter, shown), _remainder_words(chapter, len(rows) - len(shown))


def _by_place(rows: Rows) -> Rows:
    """Return a row for each place with everything kept there, in the given order."""
    places = group_by_key((row[1], row) for row in rows)
    return tuple(
        (
            place,
            "、".join(join_nonempty(thing, count) + _in_brackets(caution) for thing, _place, count, caution in things),
        )
        for place, things in places.items()
    )


def _remainder_words(chapter: str, remaining: int, which: str = "") -> str:
    """Return how many rows of a chapter are left out and where they are (「ほか3件は、…にある」); "" for none."""
    return f"ほか{remaining}件{which}は、{_ELSEWHERE[chapter]}にある" if remaining > 0 else ""


def _table(chapter: str, rows: Rows) -> Table:
    return Table(tuple(Column(title, width) for title, width in _WIDTHS[chapter]), rows, name=chapter)
