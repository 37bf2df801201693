"""今週の予定, one page for the morning meeting: what is due, and the events of this week and the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.calendar import dates
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Paragraph, Table, Title, WriteBox
from db.record import record

KIND = "今週の予定"
INSIDE = "庁内限り"
MOST_ROWS = 40
"""The most tasks on the page; what is beyond is counted."""
_MOST_EVENTS = 8
_TASKS = (
    Column("期限・目安日", 27), Column("残り", 14.5), Column("やること", 43.5), Column("実施回・団体", 47.5),
    Column("担当", 17.5), Column("根拠", 15),
)  # fmt: skip
_EVENTS = (
    Column("日時", 27), Column("人数", 14.5), Column("実施回・会場", 43.5), Column("まだのこと", 80),
)  # fmt: skip
"""On the edges of the columns above, since both stand on one sheet of the workbook."""
_BOX = (34.0, 24.0, 14.0, 9.0)
"""The heights of the box to write in that are tried, in millimetres."""


@record
class WeekTask:
    """One task in words, naming no participant: its day, the days left, what is to be done, the event or year it
    concerns, who does it, and the clause of the contract (or 目安日) it rests on.
    """

    day: str
    left: str
    what: str
    event: str
    owner: str
    basis: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the cells of its row, with a box to tick."""
        return (f"□ {self.day}", self.left, self.what, self.event, self.owner, self.basis)


@record
class WeekEvent:
    """One event in words: when, what and where, how many people, and what is still missing."""

    when: str
    title: str
    place: str
    people: str
    missing: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the cells of its row: when, people, title and place, what is missing."""
        return (self.when, self.people, join_nonempty(self.title, self.place, separator="\n"), self.missing)


@record
class WeekFacts:
    """What the page says: the tasks by group (「期限超過」「今日」 …), the events, and a remark below the tasks."""

    groups: tuple[tuple[str, tuple[WeekTask, ...]], ...]
    events: tuple[WeekEvent, ...]
    remark: str = ""

    @property
    def task_count(self) -> int:
        """Return how many tasks there are, shown or not."""
        return sum(len(tasks) for _name, tasks in self.groups)


def week_sheet(
    context: document_frame.DocumentContext, facts: WeekFacts, *, fits: Callable[[DocumentContent], bool]
) -> DocumentContent:
    """Build the one page: it says how many tasks do not fit, and a free rest of it is a box to write in.

    Args:
        fits: returns True for a content that takes one page only.
    """
    shown = min(facts.task_count, MOST_ROWS)
    content = _page(context, facts, shown)
    if not fits(content):
        # The most tasks that fit, found by halves: each is asked by laying the page out.
        least, most = 0, shown
        while most - least > 1:
            middle = (least + most) // 2
            least, most = (middle, most) if fits(_page(context, facts, middle)) else (least, middle)
        return _page(context, facts, least)
    for height in _BOX:
        wider = _page(context, facts, shown, box=height)
        if fits(wider):
            return wider
    return content


def _page(context: document_frame.DocumentContext, facts: WeekFacts, shown: int, *, box: float = 0) -> DocumentContent:
    """Return the sheet with the first ``shown`` tasks, and a box to write in of ``box`` millimetres (0 = none)."""
    programme, day = context.programme, context.made_at.date()
    reference = f"{programme.year_code}-{KIND}"
    blocks = [Title(KIND, lead=_lead(context, facts)), *_tasks(facts, shown), *_events(facts.events)]
    if box:
        blocks.append(WriteBox(label="覚え", height=box))
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}-{day:%Y%m%d}",
        title=f"{KIND}　{dates.long_date(day)}",
        look="form",
        header_right=f"{KIND}　{document_frame.table_day(day)}",
        footer_left=f"{INSIDE}　参加者の氏名　なし",
        stamp=INSIDE,
        at_most=1,
        packed=True,
    )


def _tasks(facts: WeekFacts, shown: int) -> list[Block]:
    """Return the table of the first ``shown`` tasks by group, how many there are beside them, and the remark.

    A group counts all of its tasks. Without any task there is a sentence and the remark.
    """
    rows: list[tuple[str, ...]] = []
    heads: list[int] = []
    for name, tasks in facts.groups:
        mine = tasks[: max(shown - (len(rows) - len(heads)), 0)]
        if mine:  # a heading stands only with a task below it
            heads.append(len(rows))
            rows.append((f"{name}　{len(tasks)}件", *("" for _ in _TASKS[1:])))
            rows += [task.cells for task in mine]
    if not facts.task_count:
        return [Paragraph("来週までに区がすることはありません。"), *_note(facts.remark)]
    left = facts.task_count - shown
    said = fill_nonempty("ほかに{}件あります。ホームの「区がやること」で確かめます。", left)
    table = [Table(_TASKS, tuple(rows), name="やること", group_rows=tuple(heads))] if rows else []
    return [*table, *([Paragraph(said, style="strong")] if said else []), *_note(facts.remark)]


def _events(events: Sequence[WeekEvent]) -> list[Block]:
    """Return heading and table of the first eight events (a sentence if there is none), and how many more there are."""
    shown = events[:_MOST_EVENTS]
    left = len(events) - len(shown)
    return [
        Paragraph("今週と来週の実施回", style="strong"),
        Table(_EVENTS, tuple(one.cells for one in shown), name="実施回")
        if shown
        else Paragraph("来週までに実施する回はありません。"),
        *_note(fill_nonempty("ほかに{}回あります。", left)),
    ]


def _note(words: str) -> list[Block]:
    return [Paragraph(words, style="note")] if words else []


def _lead(context: document_frame.DocumentContext, facts: WeekFacts) -> str:
    """Return the line below the title: 「令和8年9月16日（水）現在　協働推進課…　12件（期限超過 2件）」."""
    overdue = sum(len(tasks) for name, tasks in facts.groups if name == "期限超過")
    counted = f"{facts.task_count}件" + fill_nonempty("（期限超過 {}件）", overdue)
    return join_nonempty(
        f"{dates.long_date(context.made_at.date())}現在", f"{context.office.section}{context.office.unit}", counted
    )
