"""Content of the documents on handouts: 帳合い (仕様書4 キ), 配布資料の中身, and 資料確認結果通知.

The notice has the result of every handout and the findings to answer (仕様書4(1)キ, (2)キ, (3)キ).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.calendar import dates
from app.calendar.dates import clock_words, long_date
from app.common.join_nonempty import fill_nonempty
from app.common.partial_count import PartialCount, sum_event_counts
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Closing,
    Column,
    DocumentContent,
    FillLine,
    Heading,
    KeyValues,
    Paragraph,
    SheetBreak,
    SignBoxes,
    Table,
    Title,
)
from app.documents.event_facts import CopyFacts, EventFacts
from app.event.rules.copies import MIN_SPARE, SPARE_PERCENT
from app.programme.rules import based_on, cited_clause, in_brackets
from db.record import record
from db.records.programme import EventKind
from db.records.submissions.materials import Finding, Material, MaterialResult, MaterialVersion

COLLATION_KIND = "配布資料チェック表"
"""Its document kind while it was separate, now the name of its sheet."""
SURVEY = "アンケート用紙"
_WRITE = "　月　　日　　時　　氏名"


@record
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
        """Return the sheets of paper a copy, printed on both sides; None while its pages are unknown."""
        return -(-self.pages // 2) if self.pages else None


def collation(event: EventFacts, handouts: Sequence[CollatedHandout], *, ward_prints: bool) -> tuple[Block, ...]:
    """Return the page 配布資料チェック表; the steps of the work are on it only where the ward prints."""
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
    """Return 「令和8年9月24日（木）　午後2時から　venue」, only the venue without a day."""
    if event.event_date is None:
        return document_frame.venue_words(event)
    return f"{long_date(event.event_date)}　{clock_words(event.start_time)}から　{document_frame.venue_words(event)}"


def _arithmetic(needed: CopyFacts) -> str:
    """Return how the number of copies is calculated."""
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
    """Return the notes below the table: paper and what is still open."""
    one, more = sheets.known or 0, "" if sheets.exact is not None else "以上"
    parts = [f"用紙の合計　A4 {one}枚×{needed.total}部＝{one * needed.total:,}枚{more}。"] if one else []
    if any(each.survey and each.pages is None for each in handouts):
        parts.append(f"{SURVEY}の枚数は、設問が確定してから記入する。")
    judged = [each.version.result_on for each in handouts if each.version and each.version.is_checked]
    days = [day for day in judged if day is not None]
    open_ones = [each.title for each in handouts if not each.survey and not _confirmed(each)]
    if days and not open_ones:
        parts.append(f"版は区が確認した版（{document_frame.table_day(max(days))} 確認済）であること。")
    elif open_ones:
        parts.append(f"まだ確認済でない資料：{'、'.join(open_ones)}。")
    return "".join(parts)


def _confirmed(handout: CollatedHandout) -> bool:
    return handout.version is not None and handout.version.is_checked


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


ENCLOSURES_KIND = "配布資料の中身"


def enclosures(
    context: document_frame.DocumentContext, event: EventFacts, handouts: Sequence[CollatedHandout]
) -> DocumentContent:
    """Return the sheet that lists the handouts of a set; it names nobody."""
    # With a handout whose pages are unknown the sum is a minimum.
    pages = sum_event_counts(each.pages for each in handouts)
    rows = [
        (str(number), each.title, f"第{each.version.version}版" if each.version else "", str(each.pages or ""))
        for number, each in enumerate(handouts, start=1)
    ]
    content = document_frame.frame_event_document(
        context,
        event,
        kind=ENCLOSURES_KIND,
        look="form",
        first_sheet=ENCLOSURES_KIND,
        outgoing=True,
        blocks=(
            Title(ENCLOSURES_KIND, subtitle=event.participant_title, lead=document_frame.date_time_words(event)),
            Table(
                name=ENCLOSURES_KIND,
                columns=(
                    Column("順", width=14, align="center"),
                    Column("資料名", width=111),
                    Column("版", width=20, align="center"),
                    Column("ページ", width=20, align="right"),
                ),
                rows=(*rows, ("", f"計　{len(rows)}点", "", pages.minimum_words())),
                total_row=True,
                min_row_height=9.5,
            ),
            Paragraph("足りないもの、ページの抜けがあるときは、受付へお申し出ください。"),
        ),
    )
    return replace(content, header_right="", copies=event.copies.total if event.copies.people else 0)


RESULT_KIND = "資料確認結果通知"


@record
class ReviewedMaterial:
    """One handout with its newest judged version and its findings, preceded by open ones of older versions."""

    material: Material
    version: MaterialVersion
    findings: tuple[Finding, ...]


def material_result(
    context: document_frame.DocumentContext,
    event: EventFacts,
    numbers: EventKind,
    reviewed: tuple[ReviewedMaterial, ...],
    *,
    notice_number: int,
    resubmit_by: date | None = None,
    confirm_by: date | None = None,
) -> DocumentContent:
    """Return the 資料確認結果通知 about these handouts.

    Args:
        resubmit_by: the day by which the ward asks for the corrected version; None = no dates are printed.
        confirm_by: 期限（暦どおり） of the confirmation; printed only while it is not before the document's own date,
            so that no outgoing document states a lateness of the ward.
    """
    ahead = confirm_by if confirm_by is not None and confirm_by >= context.issue_day else None
    lead = (
        f"{document_frame.event_name(event)}"
        f"（{dates.long_date_plain(event.event_date) if event.event_date else '日程協議中'}実施）の"
        f"資料について、{based_on(numbers.clause_material).removesuffix('、')}確認した結果を、つぎのとおり通知します。"
    )
    return document_frame.frame_event_document(
        context,
        event,
        kind=RESULT_KIND,
        ordinal=notice_number,
        look="letter",
        first_sheet="確認結果",
        outgoing=True,
        blocks=(
            document_frame.outgoing_head(context),
            Title("資料確認結果通知書", lead=lead),
            Paragraph("記", style="letter", align="center"),
            *_results(reviewed),
            *_findings(reviewed),
            *_dates(
                reviewed,
                resubmit_by,
                ahead,
                f"実施日の{numbers.material_period}まで{in_brackets(numbers.clause_material)}",
            ),
            Closing(),
            document_frame.office_contact(context.office),
        ),
    )


def _results(reviewed: tuple[ReviewedMaterial, ...]) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(number),
            one.material.title,
            f"第{one.version.version}版" + fill_nonempty("・{}ページ", one.version.pages),
            one.version.result or "",
            f"{len(one.findings)}件",
        )
        for number, one in enumerate(reviewed, 1)
    )
    columns = (
        Column("No", width=8, align="center"),
        Column("資料名", width=70),
        Column("版・ページ数", width=27),
        Column("結果", width=48, choices=tuple(MaterialResult)),
        Column("指摘", width=12, align="right"),
    )
    return (Heading(2, "1", "確認の結果"), Table(columns, rows, name="確認の結果"))


# The edges of both tables meet, so that the workbook needs no narrow columns between them.
def _findings(reviewed: tuple[ReviewedMaterial, ...]) -> tuple[Block, ...]:
    """Return the table of findings, or a sentence that there are none."""
    rows: list[tuple[str, ...]] = []
    for number, one in enumerate(reviewed, 1):
        for finding in one.findings:
            duty = f"必須\n（{cited_clause(finding.basis)}）" if finding.duty.is_required else "お願い"
            page = "" if finding.page in ("", "—") else finding.page
            rows.append((str(len(rows) + 1), str(number), page, finding.text, duty, finding.response, ""))
    if not rows:
        return (Heading(2, "2", "指摘一覧"), Paragraph("指摘はありません。"))
    must = sum(1 for one in reviewed for finding in one.findings if finding.duty.is_required)
    columns = (
        Column("No", width=8, align="center"),
        Column("資料", width=10, align="center"),
        Column("ページ", width=12, align="right"),
        Column("指摘", width=48),
        Column("区分", width=27),
        Column("対応（受託者が記入）", width=48),
        Column("確認", width=12, align="center"),
    )
    return (
        Heading(2, "2", "指摘一覧", right=f"計{len(rows)}件（必須{must}件、お願い{len(rows) - must}件）"),
        Table(
            columns,
            tuple(rows),
            name="指摘一覧",
            ruled=True,
            note="注　「必須」は修正を確認するまで印刷しないでください。「お願い」は対応の有無を記入してください。",
        ),
    )


def _dates(
    reviewed: tuple[ReviewedMaterial, ...], resubmit_by: date | None, confirm_by: date | None, period: str
) -> tuple[Block, ...]:
    """Return by when a corrected version is due and will be checked; () when all is 確認済 or no day is set."""
    if all(one.version.is_checked for one in reviewed) or resubmit_by is None:
        return ()
    rows = [("修正版の提出", f"{dates.long_date(resubmit_by)}まで")]
    if confirm_by is not None and confirm_by >= resubmit_by:  # what is over is nothing to the contractor
        rows.append(("区の確認の期限", f"{dates.long_date(confirm_by)}　{period}"))
    return (Heading(2, "3", "期限"), KeyValues(rows=tuple(rows)))


_PAGES = re.compile(r"[\d、,・\-－–〜～~\s]+")


def _page_words(page: str) -> str:
    """Return the page of a finding in a mail, 「4ページ　」; words as typed (「表紙　」), "" without a page."""
    typed = page.strip()
    if typed in ("", "—"):
        return ""
    return f"{typed}ページ　" if _PAGES.fullmatch(typed) else f"{typed}　"


def result_mail(
    event: EventFacts, reviewed: tuple[ReviewedMaterial, ...], resubmit_by: date | None, *, addressee: str, sender: str
) -> str:
    """Return the results and findings of a 資料確認結果通知 as a mail to copy; nothing is sent by the app."""
    held = f"（{dates.long_date_plain(event.event_date)}実施）" if event.event_date else ""
    lines = [f"件名：{event.title}の資料の確認結果について", "", addressee, ""]
    lines += [f"{event.title}{held}の資料を確認した結果を、つぎのとおり連絡します。", ""]
    for one in reviewed:
        lines.append(f"・{one.material.title}　第{one.version.version}版　{one.version.result}")
        for finding in one.findings:
            page = _page_words(finding.page)
            duty = f"必須（{cited_clause(finding.basis)}）" if finding.duty.is_required else "お願い"
            lines.append(f"　　{page}{duty}　{finding.text}")
    if resubmit_by is not None and any(not one.version.is_checked for one in reviewed):
        lines += ["", f"修正版は、{dates.long_date(resubmit_by)}までにご提出をお願いします。"]
    return "\n".join([*lines, "", sender])
