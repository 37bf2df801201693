"""実施報告書 確認票: the ward's own one page on a received report; never part of the report itself."""

from __future__ import annotations

from datetime import date

from app.documents import paper
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, Table, Title
from app.rules import dates
from app.rules.report_figures import difference_words, differs, figure_state
from db.records.events import Event
from db.records.reports import Report, ReportFigure

KIND = "実施報告書確認票"
_FOUND: dict[bool | None, str] = {True: "あり", False: "なし"}


def report_check(
    context: paper.PaperContext,
    event: Event,
    report: Report,
    figures: tuple[ReportFigure, ...],
    *,
    clause: str,
    due: date | None,
    due_words: str,
    points: tuple[str, ...],
) -> DocumentContent:
    """Build the sheet: receipt, the clause's points, the numbers theirs beside ours, who checked."""
    received = dates.long_date(report.received_on) if report.received_on else ""
    rows = (
        ("事業", paper.event_name(event)),
        ("実施日", dates.long_date(event.event_date) if event.event_date else ""),
        ("提出期限", f"{dates.long_date(due)}　{due_words}" if due else ""),
        ("受領日・方法", f"{received}　{report.received_how}".strip()),
        ("収受番号", report.receipt_number),
        ("受領したもの", f"{report.file_name}　{report.pages or ''}ページ（控え）".strip() if report.file_name else ""),
        ("原本の場所", report.original_place),
        ("備考", report.note or "なし"),
        ("確認の結果", report.status),
        (
            "確認日・確認者",
            f"{dates.long_date(report.checked_on) if report.checked_on else ''}　{report.checked_by}".strip(),
        ),
    )
    blocks: tuple[Block, ...] = (
        Title(text="実施報告書　確認票"),
        Heading(level=1, number="1", text="受領", sheet="確認票"),
        KeyValues(rows=rows),
        Heading(level=1, number="2", text="条文の項目", right=clause),
        Table(
            name="条文の項目",
            columns=(Column(title="項目", width=125), Column(title="記載", width=40, align="center")),
            rows=tuple((point, _FOUND.get(report.points.get(point), "")) for point in points),
        ),
        Heading(level=1, number="3", text="数字の突合", right=_tally_words(figures)),
        *_figures(figures),
    )
    return paper.finish(
        context,
        event,
        kind=KIND,
        version=report.version,
        look="form",
        blocks=blocks,
        first_sheet="確認票",
        header_right=f"整理番号　{paper.event_sign(context.programme, event)}-確認　第{report.version}版",
    )


def _tally_words(figures: tuple[ReportFigure, ...]) -> str:
    different = sum(1 for figure in figures if differs(figure))
    same = sum(1 for figure in figures if figure_state(figure) == "一致")
    return f"差 {different}件　一致 {same}件"


def _figures(figures: tuple[ReportFigure, ...]) -> tuple[Block, ...]:
    if not figures:
        return (Paragraph(text="突合した数字はありません。"),)
    columns = (
        Column(title="項目", width=38),
        Column(title="報告書", width=24, align="right"),
        Column(title="区の記録", width=24, align="right"),
        Column(title="差", width=15, align="center"),
        Column(title="区の記録の出どころ", width=32),
        Column(title="扱い", width=32),
    )
    rows = tuple(
        (
            figure.item + (f"（p.{figure.page}）" if figure.page else ""),
            figure.theirs,
            figure.ours,
            _verdict(figure),
            figure.source,
            "　".join(part for part in (figure.handling, figure.reason) if part),
        )
        for figure in figures
    )
    bold = tuple(number for number, figure in enumerate(figures) if differs(figure))
    return (Table(name="数字の突合", columns=columns, rows=rows, bold_rows=bold),)


def _verdict(figure: ReportFigure) -> str:
    return difference_words(figure) if figure_state(figure) in ("差", "一致") else ""


def correction_request(
    event: Event, figures: tuple[ReportFigure, ...], missing: tuple[str, ...], responsible: str
) -> str:
    """Return the 修正依頼 as a text to copy, addressed to the 業務責任者, never to a lecturer; "" = nothing to ask."""
    asked = [figure for figure in figures if differs(figure) and figure.handling in ("", "修正を依頼")]
    count = len(asked) + len(missing)
    if not count:
        return ""
    lines = [f"受託者　業務責任者　{responsible}　様" if responsible else "受託者　業務責任者　様", ""]
    lines.append(
        f"{event.full_title}の実施報告書について、つぎの{count}点をご確認のうえ、修正したものをご提出ください。"
    )
    number = 0
    for figure in asked:
        number += 1
        page = f"p.{figure.page}　" if figure.page else ""
        lines.append(f"{number}　{page}{figure.item}「{figure.theirs}」（区の記録は{figure.ours}）")
    for point in missing:
        number += 1
        lines.append(f"{number}　「{point}」の記載が見当たりません。")
    return "\n".join(lines)
