"""事故等報告書 of the ward itself (F-35): what happened, measures, notifications with deadlines, cause and prevention.

第一報, 続報 and 最終 are versions of it. Unknown facts are printed as 調査中; nobody affected is named in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.calendar import dates
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, SignBoxes, Table, Title
from db.record import record
from db.records.documents import Outgoing
from db.records.incidents import Incident, IncidentMeasure, IncidentNote, IncidentSort

KIND = "事故等報告書（区）"
_UNKNOWN = "調査中"
_SORTS = tuple(IncidentSort)
_NOTE = (
    "注　空欄は「調査中」としている。期限は"
    f"{clause_of('漏えい等の報告')}（把握した日を1日目とする）と設定の日数から計算した。"
    "要否は人が判断する。本人の氏名は書かない。"
)


@record
class IncidentReportFacts:
    """The facts of the report; ``report_type`` is 第一報, 続報 or 最終, ``version`` counts the reports.

    ``notified_parties`` are addressee, basis, deadline and result; ``outgoing`` is what left the program in the
    ``days`` before the incident was discovered.
    """

    incident: Incident
    year_words: str
    event: str
    report_type: str
    version: int
    basis: str
    notes: Sequence[IncidentNote]
    notified_parties: Sequence[tuple[str, str, str, str]]
    measures: Sequence[IncidentMeasure]
    outgoing: Sequence[Outgoing]
    days: int


def incident_report(context: document_frame.DocumentContext, facts: IncidentReportFacts) -> DocumentContent:
    """Build the report of one incident."""
    one = facts.incident
    reference = f"{facts.year_words}-事故-{one.number:02d}"
    blocks: list[Block] = [
        Title("事故等報告書", subtitle=f"{facts.report_type}（第{facts.version}版）　根拠　{facts.basis}"),
        KeyValues(
            rows=(
                (
                    "事故番号・種別",
                    f"{reference}　" + "　".join(f"{'■' if word == one.sort else '□'}{word}" for word in _SORTS),
                ),
                ("件名・発生元", f"{one.title}（{one.place}）"),
                ("発生・把握", f"発生　{one.happened or _UNKNOWN}\n把握　{_moment(one.known_at)}　{one.known_by}"),
                ("内容", one.what or _UNKNOWN),
                ("数量・対象", f"{one.amount or _UNKNOWN}　対象者　{_people(one)}"),
                ("発生場所", "　".join(part for part in (one.spot or _UNKNOWN, facts.event) if part)),
                ("発生状況", one.course or _UNKNOWN),
            )
        ),
        Heading(1, "1", "講じた措置と経過", right="時刻順", sheet="経過"),
        Table(
            columns=(Column("日時", 40), Column("したこと", 88), Column("した者", 37)),
            rows=tuple((_moment(note.at), _course_text(note), note.by) for note in facts.notes),
            name="経過",
        ),
        Heading(1, "2", "知らせる相手と期限", right="期限は設定の値。要否は人が決める"),
        Table(
            columns=(Column("相手", 52), Column("要否・根拠", 34), Column("期限", 30), Column("結果", 49)),
            rows=tuple(
                tuple(document_frame.with_printed_days(cell, context.made_at.date()) for cell in row)
                for row in facts.notified_parties
            ),
            name="知らせる相手",
        ),
        Paragraph(_decision_text(one), style="note"),
        Heading(1, "3", "原因"),
        Paragraph(one.cause or _UNKNOWN),
        Heading(1, "4", "再発防止策"),
        _measures(facts.measures),
        Heading(1, "5", "アプリの記録", right=f"個人情報を含むもので、把握の前{facts.days}日から出したもの"),
        _outgoing_table(facts.outgoing),
        Paragraph(_NOTE, style="note"),
    ]
    if one.closed_on is not None:
        why = fill_nonempty("　理由　{}", one.closed_reason)
        ended = f"閉じた　{dates.table_date(one.closed_on)}　{one.closed_how}　{one.closed_by}{why}"
        blocks.append(Paragraph(ended, style="strong"))
    blocks.append(SignBoxes(boxes=(("課長", "㊞"), ("係長", "㊞"), ("報告した人", "㊞"))))
    stem = f"{reference}-事故等報告書-第{facts.version}版"
    return document_frame.frame_document(
        context, kind=KIND, reference=reference, version=facts.version, blocks=blocks, stem=stem
    )


def _moment(at: datetime) -> str:
    """Return a moment for a table: 「R8.9.17（木） 13:10」."""
    return f"{dates.table_date(at.date())} {dates.clock_time(at)}"


def _people(one: Incident) -> str:
    return f"{one.people}人" if one.people is not None else _UNKNOWN


def _course_text(note: IncidentNote) -> str:
    return f"{note.words}　{note.outcome}" if note.outcome and note.outcome not in note.words else note.words


def _decision_text(one: Incident) -> str:
    """Return the decisions on the report to the 委員会 and on notifying the persons, each with who decided and why.

    One that was not made is 「要否は未決定」.
    """
    parts = []
    for what, needed, by, why in (
        ("委員会への報告", one.needed, one.needed_by, one.needed_reason),
        ("本人への通知", one.owners_needed, one.owners_by, one.owners_how),
    ):
        known = f"「{needed}」（判断　{by}）{why}" if needed else "要否は未決定"
        parts.append(f"{what}　{known}")
    return "。".join(parts)


def _measures(measures: Sequence[IncidentMeasure]) -> Block:
    """Return the table of measures, or words that none is known."""
    if not measures:
        return Paragraph(_UNKNOWN)
    rows = tuple(
        (
            str(number),
            one.what,
            one.who,
            dates.table_date(one.planned_on) if one.planned_on is not None else "",
            dates.table_date(one.done_on) if one.done_on is not None else "",
        )
        for number, one in enumerate(measures, 1)
    )
    columns = (Column("No", 10), Column("すること", 75), Column("担当", 28), Column("予定日", 26), Column("実施日", 26))
    return Table(columns=columns, rows=rows, name="再発防止策")


def _outgoing_table(left: Sequence[Outgoing]) -> Block:
    if not left:
        return Paragraph("ありません。")
    rows = tuple((_moment(one.at), one.document_kind, one.way, str(one.copies), one.by) for one in left)
    columns = (
        Column("日時", 40), Column("書類・一覧", 50), Column("発信方法", 28), Column("部数", 14, align="right"),
        Column("した人", 33),
    )  # fmt: skip
    return Table(columns=columns, rows=rows, name="アプリの記録")
