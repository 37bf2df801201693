"""The papers of one event: which kinds fit, what they say now, and how they look as a file.

Public functions: ``kinds_for``, ``build_paper``, ``render``; saving and printing are in
``app.services.paper_saving``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.documents import (
    headcount_notice,
    material_result,
    paper,
    report_check,
    report_dispatch,
    report_exchange,
    report_lecture,
)
from app.documents.blocks import DocumentContent
from app.documents.report_parts import ReportFacts
from app.rules import dates
from app.rules.report_points import CHAPTERS, POINTS
from app.services import report_facts, survey_tally
from app.services.programme import ProgrammeView, office_calendar, read_programme
from app.services.refusal import Refusal
from app.services.reports import newest
from db.records.events import Event
from db.records.papers import Letter
from db.records.programme import Kind
from db.records.reports import Report
from db.store import Store
from db.tables import events, materials, outgoing, participants, reports, surveys

Format = Literal["pdf", "xlsx"]
HEADCOUNT = headcount_notice.KIND
CHANGE = headcount_notice.CHANGE_KIND
MATERIAL = material_result.KIND
REPORT = report_lecture.KIND
CHECK = report_check.KIND
KINDS = (HEADCOUNT, CHANGE, MATERIAL, REPORT, CHECK)
FORMATS: dict[str, tuple[Format, ...]] = dict.fromkeys(KINDS, ("pdf", "xlsx")) | {CHECK: ("pdf",)}
NOT_CONFIRMED = "様式・受託者確認前"
_REPORTS: dict[Kind, Callable[..., DocumentContent]] = {
    "講習会": report_lecture.report_lecture,
    "派遣": report_dispatch.report_dispatch,
    "意見交換会": report_exchange.report_exchange,
}


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """One paper as a file in memory: bytes, number of pages (0 = unknown), content it was drawn from."""

    content: DocumentContent
    format: Format
    data: bytes
    pages: int


def kinds_for(store: Store, *, event_id: int) -> tuple[str, ...]:
    """Return the kinds of paper that can be made for the event as it stands."""
    database = store.database
    notices = participants.notices(database, event_id)
    kinds = []
    if notices:
        kinds.append(HEADCOUNT)
    if len(notices) > 1:
        kinds.append(CHANGE)
    if any(
        version.result
        for one in materials.of_event(database, event_id)
        for version in materials.versions(database, one.id)
    ):
        kinds.append(MATERIAL)
    found = reports.reports_of_event(database, event_id)
    if newest(found, "作成"):
        kinds.append(REPORT)
    if newest(found, "受領"):
        kinds.append(CHECK)
    return tuple(kinds)


def build_paper(store: Store, *, event_id: int, kind: str, now: datetime) -> DocumentContent:
    """Return what the paper says now.

    Raises:
        Refusal: the event or what the paper is about is not there yet; the sentence says what to do.
    """
    event = events.event(store.database, event_id)
    if event is None:
        raise Refusal("この実施回は見つかりません。", "一覧から選び直してください。")
    view = read_programme(store)
    context = _context(store, view, event, kind, now)
    builders: dict[str, Callable[[], DocumentContent]] = {
        HEADCOUNT: lambda: _headcount(store, view, context, event, change=False),
        CHANGE: lambda: _headcount(store, view, context, event, change=True),
        MATERIAL: lambda: _material(store, view, context, event),
        REPORT: lambda: _report(store, context, event),
        CHECK: lambda: _check(store, context, event),
    }
    if kind not in builders:
        raise Refusal(f"「{kind}」という帳票はありません。", f"つぎの中から選んでください：{'、'.join(KINDS)}")
    return builders[kind]()


def render(content: DocumentContent, *, format: Format) -> Rendered:  # noqa: A002
    """Draw the content as PDF or Excel bytes; nothing is written to disk."""
    if format == "pdf":
        from app.documents.pdf.render import render_pdf

        drawn = render_pdf(content)
        return Rendered(content=content, format=format, data=drawn.data, pages=drawn.pages)
    from app.documents.excel.render import render_xlsx

    return Rendered(content=content, format=format, data=render_xlsx(content), pages=0)


def render_paper(store: Store, *, event_id: int, kind: str, format: Format, now: datetime) -> Rendered:  # noqa: A002
    """Build and draw in one step (what the preview shows is what is saved)."""
    return render(build_paper(store, event_id=event_id, kind=kind, now=now), format=format)


def _context(store: Store, view: ProgrammeView, event: Event, kind: str, now: datetime) -> paper.PaperContext:
    settings = {setting.document_kind: setting for setting in view.paper_settings}
    return paper.PaperContext(
        programme=view.programme,
        office=view.office,
        contractor=view.contractor,
        calendar=office_calendar(store),
        made_at=now,
        setting=settings.get(kind),
        letter=letter_of(store, event.id, kind),
    )


def letter_of(store: Store, event_id: int, kind: str) -> Letter | None:
    """Return the newest state of the outgoing paper of that kind, or None (= 事務連絡)."""
    found = [one for one in outgoing.letters_of_event(store.database, event_id) if one.document_kind == kind]
    return found[-1] if found else None


def _headcount(
    store: Store, view: ProgrammeView, context: paper.PaperContext, event: Event, *, change: bool
) -> DocumentContent:
    notices = participants.notices(store.database, event.id)
    first = [notice for notice in notices if notice.revision == 1]
    if not notices or not first:
        raise Refusal("参加人数がまだまとまっていません。", "「参加者」で人数を入力し、人数連絡を作成してください。")
    if not change:
        return headcount_notice.headcount_notice(context, event, view.numbers[event.kind], first[0])
    if len(notices) < 2:
        raise Refusal("人数の変更はまだありません。", "変更があったときに作成できます。")
    return headcount_notice.headcount_notice(context, event, view.numbers[event.kind], notices[-1], notices[-2])


def _material(store: Store, view: ProgrammeView, context: paper.PaperContext, event: Event) -> DocumentContent:
    database = store.database
    reviewed = []
    for one in materials.of_event(database, event.id):
        judged = [version for version in materials.versions(database, one.id) if version.result]
        if judged:
            last = judged[-1]
            findings = tuple(materials.findings(database, last.id))
            reviewed.append(material_result.ReviewedMaterial(material=one, version=last, findings=findings))
    if not reviewed:
        raise Refusal("確認の結果がまだありません。", "資料の結果を選んでから作成してください。")
    sent = sum(
        1
        for row in outgoing.outgoing_of_event(database, event.id)
        if row.document_kind == MATERIAL and row.format == "pdf"
    )
    resubmit = context.calendar.add_open_days(context.made_at.date(), 3)
    return material_result.material_result(
        context,
        event,
        view.numbers[event.kind],
        tuple(reviewed),
        notice_number=sent + 1,
        resubmit_by=resubmit,
    )


def _report(store: Store, context: paper.PaperContext, event: Event) -> DocumentContent:
    report = newest(reports.reports_of_event(store.database, event.id), "作成")
    if report is None:
        raise Refusal("報告書の様式がまだありません。", "「報告書」で様式を作成してください。")
    facts = report_facts.gather(store, event=event, report=report)
    stamp = "" if report.contractor_confirmed_on else NOT_CONFIRMED
    content = _REPORTS[event.kind](context, facts, stamp=stamp)
    if event.kind != "派遣" and surveys.survey_of_event(store.database, event.id) is not None:
        flagged = survey_tally.tally_survey(store, event_id=event.id).flags
        if flagged:
            content = replace(content, personal=True, footer_left="自由記述に個人が分かる語のおそれ（確認前）")
    return content


def _check(store: Store, context: paper.PaperContext, event: Event) -> DocumentContent:
    report = newest(reports.reports_of_event(store.database, event.id), "受領")
    if report is None:
        raise Refusal("受領した報告書がまだありません。", "受託者の報告書を受領として登録してください。")
    facts = report_facts.gather(store, event=event, report=report)
    clause = facts.numbers.clause_report.replace("仕", "仕様書", 1)
    return report_check.report_check(
        context,
        event,
        report,
        tuple(reports.figures_of_report(store.database, report.id)),
        clause=clause,
        due=facts.due,
        due_words=facts.numbers.report_period,
        points=POINTS[event.kind],
    )


def mail_text(store: Store, *, event_id: int, change: bool) -> str:
    """Return the headcount as a mail to copy (nothing is sent)."""
    event = events.event(store.database, event_id)
    notices = participants.notices(store.database, event_id)
    if event is None or not notices:
        raise Refusal("参加人数がまだまとまっていません。", "「参加者」で人数を入力し、人数連絡を作成してください。")
    office = read_programme(store).office
    previous = notices[-2] if change and len(notices) > 1 else None
    sender = f"{office.ward}{office.department}{office.section}{office.unit}　電話 {office.phone}"
    return headcount_notice.mail_text(event, notices[-1], previous, sender)


def report_request_text(store: Store, *, event_id: int) -> str:
    """Return the text that asks the contractor's 業務責任者 to complete the form and hand it in."""
    event = events.event(store.database, event_id)
    report = newest(reports.reports_of_event(store.database, event_id), "作成")
    if event is None or report is None:
        raise Refusal("報告書の様式がまだありません。", "「報告書」で様式を作成してください。")
    facts: ReportFacts = report_facts.gather(store, event=event, report=report)
    contractor = read_programme(store).contractor
    missing = _missing_chapters(event, report)
    due = f"{dates.long_date(facts.due)}までにメールでご提出ください。" if facts.due else "ご提出ください。"
    lines = [f"{contractor.name}　業務責任者　{contractor.responsible}　様".replace("　　", "　"), ""]
    lines += [f"{event.full_title}の実施報告書の様式をお送りします。", "区で分かる項目は記入しました。"]
    lines += [f"内容をご確認のうえ、つぎの項目を加え、{due}", *(f"・{title}" for title in missing)]
    return "\n".join(lines)


def _missing_chapters(event: Event, report: Report) -> tuple[str, ...]:
    return tuple(
        chapter.title
        for chapter in CHAPTERS[event.kind]
        if chapter.writer == "受託者"
        and not (
            report.body.get(chapter.key, "").strip() if chapter.shape == "text" else report.tables.get(chapter.key)
        )
    )
