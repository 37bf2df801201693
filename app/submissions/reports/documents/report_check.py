"""実施報告書 確認票, the ward's own page on a received report, which is no part of the report."""

from __future__ import annotations

from datetime import date

from app.calendar import dates
from app.calendar.periods import closed_day_law
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Bullets, Column, DocumentContent, Heading, KeyValues, Paragraph, Table, Title
from app.documents.event_facts import EventFacts
from app.programme.rules import in_own_words
from app.submissions.reports.rules.number_extraction import dependent_differences
from app.submissions.reports.rules.report_figures import (
    SINGLE_ITEM,
    difference_words,
    different_options,
    differs,
    figure_state,
)
from db.records.submissions.reports import Report, ReportFigure

KIND = "実施報告書確認票"
_FOUND: dict[bool | None, str] = {True: "あり", False: "なし"}


def report_check(
    context: document_frame.DocumentContext,
    event: EventFacts,
    report: Report,
    figures: tuple[ReportFigure, ...],
    *,
    clause: str,
    due: date | None,
    due_words: str,
    points: tuple[str, ...],
    limit: date | None = None,
    first_received_on: date | None = None,
) -> DocumentContent:
    """Build the page with receipt, clause points, compared numbers, findings, and who checked.

    Args:
        clause: under which the points stand, at the right of their heading.
        due: 期限（暦どおり）, None = no date yet.
        due_words: the period of the contract (「1か月以内」) or why it was set by hand, printed beside the day.
        points: what the clause requires, each printed with あり, なし or nothing.
        limit: the last day that is in time, later than ``due`` where 民法142条 moves it; None = 期限内 is not stated.
        first_received_on: the day of the first receipt, by which 期限内 is stated; None = that of this version.
    """
    received = dates.long_date(report.received_on) if report.received_on else ""
    if limit is not None and report.received_on is not None:
        first = first_received_on or report.received_on
        how = fill_nonempty("{}　", report.received_how)
        how += f"初回の受領 {document_frame.table_day(first)}　" if first < report.received_on else ""
        in_time = f"（{how}{'期限内' if first <= limit else '期限後'}）"
    else:
        in_time = f"　{report.received_how}"
    rows = (
        ("事業", document_frame.event_name(event)),
        ("実施日", dates.long_date(event.event_date) if event.event_date else ""),
        ("提出期限", _due_words(due, limit, due_words)),
        ("受領日・方法", f"{received}{in_time}".strip()),
        ("収受番号", report.receipt_number),
        ("受領したもの", fill_nonempty("{}（控え）", report.file_name + fill_nonempty("　{}ページ", report.pages))),
        ("原本の場所", report.original_place),
        ("確認の結果", in_own_words(report.status, context.office)),
        (
            "確認日・確認者",
            f"{dates.long_date(report.checked_on) if report.checked_on else ''}　{report.checked_by}".strip(),
        ),
    )
    blocks = (
        Title(f"実施報告書{f'（第{report.version}版）' if report.version > 1 else ''}　確認票"),
        Heading(1, "1", "受領", sheet="確認票"),
        KeyValues(rows=rows),
        Heading(1, "2", "条文の項目", right=clause),
        Table(
            (Column("項目", width=125), Column("記載", width=40, align="center")),
            tuple((point, _FOUND.get(report.points.get(point), "")) for point in points),
            name="条文の項目",
        ),
        Heading(1, "3", "数字の突合", right=_tally_words(figures)),
        *_figures(figures),
        Heading(1, "4", "指摘"),
        *_remarks(report, figures, points),
    )
    return document_frame.frame_event_document(
        context,
        event,
        kind=KIND,
        ordinal=report.version,
        look="form",
        blocks=blocks,
        first_sheet="確認票",
        header_right=f"整理番号　{document_frame.facts_code(context.programme, event)}-確認　第{report.version}版",
    )


def _due_words(due: date | None, limit: date | None, period: str) -> str:
    """Return a due day with its basis, and the next working day where it is closed; "" without a day."""
    if due is None:
        return ""
    closed = (
        f"\n休日の場合　{dates.long_date(limit)}（{closed_day_law(period)}）"
        if limit is not None and limit != due
        else ""
    )
    return f"{dates.long_date(due)}　{period}{closed}"


def _remarks(report: Report, figures: tuple[ReportFigure, ...], points: tuple[str, ...]) -> tuple[Block, ...]:
    """Return what the contractor was or will be asked to correct, and the checker's remarks."""
    asked = [
        f"{figure.item}「{figure.theirs}」（区の記録は{figure.ours}{named_options(figure)}）"
        for figure in figures
        if differs(figure) and figure.handling in ("", "修正を依頼")
    ]
    asked += [f"「{point}」の記載なし" for point in points if report.points.get(point) is False]
    asked += [f"備考　{report.note}"] if report.note else []
    return (Bullets(items=tuple(asked)),) if asked else (Paragraph("指摘はない。"),)


def named_options(figure: ReportFigure) -> str:
    """Return the options of a question that differ, to end a sentence on both numbers; "" without any."""
    return f"。{options}" if (options := different_options(figure)) else ""


def _tally_words(figures: tuple[ReportFigure, ...]) -> str:
    """Return 「差 1件　一致 14件（うち表に載せない設問ごとの数 6件）」."""
    different = sum(1 for figure in figures if differs(figure))
    same = [figure for figure in figures if figure_state(figure) == "一致"]
    unlisted = sum(map(_is_agreeing_question, same))
    inside = fill_nonempty("（うち表に載せない設問ごとの数 {}件）", unlisted)
    return f"差 {different}件　一致 {len(same)}件{inside}"


def _is_agreeing_question(figure: ReportFigure) -> bool:
    """Return whether a figure is one question's matching number, which is counted and not listed."""
    return figure.item.startswith(f"{SINGLE_ITEM}　") and not differs(figure)


def _figures(figures: tuple[ReportFigure, ...]) -> tuple[Block, ...]:
    """Return the table of compared numbers, without agreeing ones of single questions; a sentence if there are none."""
    if not figures:
        return (Paragraph("突合した数字はありません。"),)
    columns = (
        Column("項目", width=38),
        Column("報告書", width=24, align="right"),
        Column("区の記録", width=24, align="right"),
        Column("差", width=15, align="center"),
        Column("区の記録の出どころ", width=32),
        Column("扱い", width=32),
    )
    shown = [figure for figure in figures if not _is_agreeing_question(figure)]
    rows = tuple(
        (
            figure.item + fill_nonempty("（p.{}）", figure.page),
            figure.theirs,
            figure.ours,
            difference_words(figure) if figure_state(figure) in ("差", "一致") else "",
            different_options(figure) or figure.source,
            join_nonempty(figure.handling, figure.reason),
        )
        for figure in shown
    )
    bold = tuple(number for number, figure in enumerate(shown) if differs(figure))
    return (Table(columns, rows, name="数字の突合", bold_rows=bold),)


def correction_request(
    title: str,
    figures: tuple[ReportFigure, ...],
    missing: tuple[str, ...],
    responsible: str,
    tally: tuple[str, ...],
) -> str:
    """Return the 修正依頼 as a text to copy, addressed to the 業務責任者; "" = nothing to correct.

    ``title`` is the formal name of the event, ``missing`` the points not found, ``responsible`` a name ("" = none);
    ``tally`` are lines about the contractor's アンケート集計 that were requested when it was compared. A difference
    that only follows from another is told with that one and not counted.
    """
    asked = [figure for figure in figures if differs(figure) and figure.handling in ("", "修正を依頼")]
    # A number not checked yet is assumed equal and so explains nothing.
    causes = dependent_differences(
        {figure.item: figure.theirs or figure.ours for figure in figures},
        {figure.item: figure.ours for figure in figures},
    )
    named = {figure.item for figure in asked}
    follow = {one.item: one for one in asked if causes.get(one.item) in named}
    asked = [figure for figure in asked if figure.item not in follow]
    count = len(asked) + len(missing) + len(tally)
    if not count:
        return ""
    lines = [f"受託者　業務責任者　{responsible}　様" if responsible else "受託者　業務責任者　様", ""]
    lines.append(f"{title}の実施報告書について、つぎの{count}点をご確認のうえ、修正したものをご提出ください。")
    number = 0
    for figure in asked:
        number += 1
        page = fill_nonempty("p.{}　", figure.page)
        rest = "".join(
            f"。これにより{one.item}は{one.ours}" for one in follow.values() if causes[one.item] == figure.item
        )
        lines.append(
            f"{number}　{page}{figure.item}「{figure.theirs}」（区の記録は{figure.ours}{named_options(figure)}{rest}）"
        )
    for point in missing:
        number += 1
        lines.append(f"{number}　「{point}」の記載が見当たりません。")
    for words in tally:
        number += 1
        lines.append(f"{number}　{words}")
    return "\n".join(lines)
