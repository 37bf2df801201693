"""帳合い, the page behind the 進行表 on copies, order and versions of handouts (仕様書4 キ)."""

from __future__ import annotations

from collections.abc import Sequence

from app.calendar.dates import clock_words, long_date
from app.common.partial_count import PartialCount, sum_event_counts
from app.documents import document_frame
from app.documents.blocks import Block, Column, FillLine, Heading, KeyValues, SheetBreak, SignBoxes, Table, Title
from app.documents.event_facts import CopyFacts, EventFacts
from app.subjects.events.event.rules.copies import MIN_SPARE, SPARE_PERCENT
from db.frozen_record import frozen_record
from db.records.submissions.materials import MaterialVersion

COLLATION_KIND = "配布資料チェック表"
"""The name under which it left while it was a paper of its own; it is that of its sheet now."""
SURVEY = "アンケート用紙"
_WRITE = "　月　　日　　時　　氏名"


@frozen_record
class CollatedHandout:
    """One handout in order; ``version`` None = not received yet, ``survey`` marks the アンケート用紙.

    ``survey_pages`` are those of the latter, None before its questions are decided.
    """

    title: str
    version: MaterialVersion | None = None
    survey: bool = False
    survey_pages: int | None = None

    @property
    def pages(self) -> int | None:
        """Return its pages, None while unknown."""
        return self.survey_pages if self.survey else self.version.pages if self.version else None

    @property
    def sheets(self) -> int | None:
        """Return the sheets of paper a copy, printed on both sides."""
        return -(-self.pages // 2) if self.pages else None


def collation(event: EventFacts, handouts: Sequence[CollatedHandout], *, ward_prints: bool) -> tuple[Block, ...]:
    """Build the page of copies; the steps of the work are on it only where the ward prints."""
    needed = event.copies
    blocks: list[Block] = [
        SheetBreak(sheet=COLLATION_KIND, page=True),
        Title("配布資料チェック表（帳合い）"),
        KeyValues(
            rows=(
                ("実施日・会場", _when(event)),
                ("必要部数", _arithmetic(needed)),
                ("印刷・帳合い", "区" if ward_prints else "受託者"),
            )
        ),
        _table(handouts, needed),
    ]
    if ward_prints:
        blocks += [Heading(2, "", "作業の確認"), _steps(handouts, needed)]
        blocks.append(SignBoxes(boxes=(("作業者", _WRITE), ("照合者", _WRITE))))
    else:
        blocks.append(FillLine(parts=(("区の確認　　　月　　日", 0, ""), ("確認者", 40, ""))))
    return tuple(blocks)


def _when(event: EventFacts) -> str:
    if event.event_date is None:
        return document_frame.venue_words(event)
    return f"{long_date(event.event_date)}　{clock_words(event.start_time)}から　{document_frame.venue_words(event)}"


def _arithmetic(needed: CopyFacts) -> str:
    tenth = needed.people * SPARE_PERCENT / 100
    up = f"{tenth:g}→{-(-needed.people * SPARE_PERCENT // 100)}部" if tenth % 1 else f"{tenth:g}部"
    words = (
        f"{needed.total}部　＝　参加予定 {needed.people}人　＋　予備 {needed.spare}部"
        f"（{MIN_SPARE}部と{SPARE_PERCENT}％（{up}）の大きいほう）"
    )
    return words if needed.is_notified else f"{words}\n人数連絡の前の見込みの数"


def _table(handouts: Sequence[CollatedHandout], needed: CopyFacts) -> Table:
    rows = [_row(number, handout, needed) for number, handout in enumerate(handouts, 1)]
    pages = sum_event_counts(each.pages for each in handouts)
    sheets = sum_event_counts(each.sheets for each in handouts)
    rows.append(("", "計（1人分）", "", pages.minimum_words(), "", sheets.minimum_words(), "", "", "", ""))
    return Table(
        (
            Column("重ね順", width=13, align="center"),
            Column("資料名", width=52),
            Column("版", width=14, align="center"),
            Column("ページ", width=14, align="right"),
            Column("印刷", width=12, align="center"),
            Column("枚／部", width=13, align="right"),
            Column("部数", width=11, align="right"),
            Column("版を\n確認", width=11, align="center", tick=True),
            Column("印刷数", width=12, align="right"),
            Column("帳合い", width=13, align="center", tick=True),
        ),
        tuple(rows),
        name="配布資料",
        total_row=True,
        ruled=True,
        min_row_height=10.5,
        note=_note(handouts, needed, sheets),
    )


def _row(number: int, handout: CollatedHandout, needed: CopyFacts) -> tuple[str, ...]:
    version = handout.version
    pages = handout.pages
    edition = f"第{version.version}版" if version else ("" if handout.survey else "未受領")
    sides = "" if not pages else "片面" if pages == 1 else "両面"
    return (
        str(number), handout.title, edition, str(pages or ""), sides, str(handout.sheets or ""), str(needed.total),
        "", "　　部", "",
    )  # fmt: skip


def _note(handouts: Sequence[CollatedHandout], needed: CopyFacts, sheets: PartialCount) -> str:
    one, more = sheets.known or 0, "" if sheets.exact is not None else "以上"
    parts = [f"用紙の合計　A4 {one}枚×{needed.total}部＝{one * needed.total:,}枚{more}。"] if one else []
    if any(each.survey and each.pages is None for each in handouts):
        parts.append(f"{SURVEY}の枚数は、設問が確定してから記入する。")
    judged = [each.version.result_on for each in handouts if each.version and each.version.result == "確認済"]
    days = [day for day in judged if day is not None]
    open_ones = [each.title for each in handouts if not each.survey and not _confirmed(each)]
    if days and not open_ones:
        parts.append(f"版は区が確認した版（{document_frame.table_day(max(days))} 確認済）であること。")
    elif open_ones:
        parts.append(f"まだ確認済でない資料：{'、'.join(open_ones)}。")
    return "".join(parts)


def _confirmed(handout: CollatedHandout) -> bool:
    return handout.version is not None and handout.version.result == "確認済"


def _steps(handouts: Sequence[CollatedHandout], needed: CopyFacts) -> Table:
    steps = [
        "全種類の版およびページの順を見本と照合した",
        "1部ずつ重ね順どおりに帳合いした（落丁、乱丁、白紙なし）",
        f"部数を2人で数えた（{needed.total}部）",
        f"予備{needed.spare}部に「予備」と表示した",
        *([f"{SURVEY}は資料の最後に入れた"] if any(each.survey for each in handouts) else []),
        "残部および不良紙を数え、不良紙を裁断した",
    ]
    return Table(
        (
            Column("No", width=12, align="center"),
            Column("内容", width=103),
            Column("確認", width=15, align="center", tick=True),
            Column("数・時刻・記入", width=35),
        ),
        tuple((str(number), step, "", "") for number, step in enumerate(steps, 1)),
        name="作業の確認",
        ruled=True,
        min_row_height=9.5,
    )
