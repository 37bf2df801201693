"""資料確認結果通知, with the result of every handout and the findings to answer (仕様書4(1)キ, (2)キ, (3)キ)."""

from __future__ import annotations

from datetime import date

from app.calendar import dates
from app.documents import document_frame
from app.documents.blocks import Block, Closing, Column, DocumentContent, Heading, KeyValues, Paragraph, Table, Title
from app.documents.event_facts import EventFacts
from app.subjects.events.event.rules.basis import cited_clause
from db.frozen_record import frozen_record
from db.records.programme import KindNumbers
from db.records.submissions.materials import MATERIAL_RESULTS, Finding, Material, MaterialVersion

RESULT_KIND = "資料確認結果通知"


@frozen_record
class ReviewedMaterial:
    """One handout with its newest version and the findings on that version."""

    material: Material
    version: MaterialVersion
    findings: tuple[Finding, ...]


def material_result(
    context: document_frame.DocumentContext,
    event: EventFacts,
    numbers: KindNumbers,
    reviewed: tuple[ReviewedMaterial, ...],
    *,
    notice_number: int,
    resubmit_by: date | None = None,
    confirm_by: date | None = None,
) -> DocumentContent:
    """Build the notice.

    Args:
        resubmit_by: the day by which the ward asks for the corrected version.
        confirm_by: 期限（暦どおり） of the confirmation; printed only while it is after the document's own date,
            so that no outgoing document states a lateness of the ward.
    """
    ahead = confirm_by if confirm_by is not None and confirm_by >= context.issue_day else None
    clause = numbers.clause_material.replace("仕", "仕様書", 1)
    lead = (
        f"{document_frame.event_name(event)}"
        f"（{dates.long_date_plain(event.event_date) if event.event_date else '日程協議中'}実施）の"
        f"資料について、{clause}に基づき確認した結果を、つぎのとおり通知します。"
    )
    return document_frame.frame_event_document(
        context,
        event,
        kind=RESULT_KIND,
        version=notice_number,
        look="letter",
        first_sheet="確認結果",
        outgoing=True,
        blocks=(
            document_frame.outgoing_head(context),
            Title("資料確認結果通知書", lead=lead),
            Paragraph("記", style="letter", align="center"),
            *_results(reviewed),
            *_findings(reviewed),
            *_dates(reviewed, resubmit_by, ahead, f"実施日の{numbers.material_period}まで（{clause}）"),
            Closing(),
            document_frame.office_contact(context.office),
        ),
    )


def _results(reviewed: tuple[ReviewedMaterial, ...]) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(number),
            one.material.title,
            f"第{one.version.version}版" + (f"・{one.version.pages}ページ" if one.version.pages else ""),
            one.version.result or "",
            f"{len(one.findings)}件",
        )
        for number, one in enumerate(reviewed, 1)
    )
    columns = (
        Column("No", width=8, align="center"),
        Column("資料名", width=70),
        Column("版・ページ数", width=27),
        Column("結果", width=48, choices=MATERIAL_RESULTS),
        Column("指摘", width=12, align="right"),
    )
    return (Heading(2, "1", "確認の結果"), Table(columns, rows, name="確認の結果"))


# The edges of both tables meet, so that the workbook needs no narrow columns between them.
def _findings(reviewed: tuple[ReviewedMaterial, ...]) -> tuple[Block, ...]:
    rows: list[tuple[str, ...]] = []
    for number, one in enumerate(reviewed, 1):
        for finding in one.findings:
            duty = f"必須\n（{cited_clause(finding.basis)}）" if finding.duty == "必須" else "お願い"
            page = "" if finding.page in ("", "—") else finding.page
            rows.append((str(len(rows) + 1), str(number), page, finding.text, duty, finding.response, ""))
    if not rows:
        return (Heading(2, "2", "指摘一覧"), Paragraph("指摘はありません。"))
    must = sum(1 for one in reviewed for finding in one.findings if finding.duty == "必須")
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
    if all(one.version.result == "確認済" for one in reviewed) or resubmit_by is None:
        return ()
    rows = [("修正版の提出", f"{dates.long_date(resubmit_by)}まで")]
    if confirm_by is not None:
        rows.append(("区の確認の期限", f"{dates.long_date(confirm_by)}　{period}"))
    return (Heading(2, "3", "期限"), KeyValues(rows=tuple(rows)))


def mail_text(
    event: EventFacts, reviewed: tuple[ReviewedMaterial, ...], resubmit_by: date | None, *, addressee: str, sender: str
) -> str:
    """Return the same results and findings as a mail to copy; nothing is sent by the app."""
    held = f"（{dates.long_date_plain(event.event_date)}実施）" if event.event_date else ""
    lines = [f"件名：{event.title}の資料の確認結果について", "", addressee, ""]
    lines += [f"{event.title}{held}の資料を確認した結果を、つぎのとおり連絡します。", ""]
    for one in reviewed:
        lines.append(f"・{one.material.title}　第{one.version.version}版　{one.version.result}")
        for finding in one.findings:
            page = f"{finding.page}ページ　" if finding.page not in ("", "—") else ""
            duty = f"必須（{cited_clause(finding.basis)}）" if finding.duty == "必須" else "お願い"
            lines.append(f"　　{page}{duty}　{finding.text}")
    if resubmit_by is not None and any(one.version.result != "確認済" for one in reviewed):
        lines += ["", f"修正版は、{dates.long_date(resubmit_by)}までにご提出をお願いします。"]
    return "\n".join([*lines, "", sender])
