"""Content of the document of a past moment: state then and now, with the moment on every sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.calendar import dates
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, Table, Title
from app.documents.rules import with_known_numbers
from db.record import record

AS_OF: Final = "その日の状態"
_UNCHANGED: Final = "変わったところはない。"


@record
class AsOfFacts:
    """Rows of texts for the document, as the page shows them; a row equal then and now says 同じ.

    Attributes:
        reference: code of the event (「R8-講08」).
        deadlines: やること, 担当と根拠, 期限, then, now; days as in the window (9/18(金)) are reformatted.
        counts: 項目, then, now, 差.
        people: 団体, 氏名, then → now.
        changes: 日時, 操作, もと → あと, 行った人; typed text stays as it is.
        erased: day before which the past is not known because of an erasure, with the action (None = none).
        next_disposal: day on which the next contact is disposed of.
    """

    reference: str
    title: str
    moment: datetime
    now: datetime
    head_then: str
    head_now: str
    state_then: str
    state_now: str
    deadlines: Sequence[tuple[str, str, str, str, str]]
    counts: Sequence[tuple[str, str, str, str]]
    people: Sequence[tuple[str, str, str]]
    people_count_then: int
    changes: Sequence[tuple[str, str, str, str]]
    step_count: int
    erased: tuple[date, str] | None
    next_disposal: date | None


def moment_words(moment: datetime) -> str:
    """Return 「令和8年9月25日（金） 17:00」."""
    return f"{dates.long_date(moment.date())} {moment.hour}:{moment.minute:02d}"


def moment_in_table(moment: datetime) -> str:
    """Return 「R8.9.25 17:00」, for a narrow column."""
    return f"{document_frame.table_day(moment.date())} {moment.hour}:{moment.minute:02d}"


def as_of_document(context: document_frame.DocumentContext, facts: AsOfFacts) -> DocumentContent:
    """Return the document of an event at a past moment."""
    then, now = moment_in_table(facts.moment), f"今　{moment_in_table(facts.now)}"
    today = facts.now.date()
    dues = [
        (label, owner, *(document_frame.with_printed_days(cell, today) for cell in cells))
        for label, owner, *cells in facts.deadlines
    ]
    blocks: list[Block] = [
        Title(AS_OF, subtitle=facts.title, lead=f"{moment_words(facts.moment)} 時点"),
        KeyValues(rows=tuple(_header_rows(facts))),
        Heading(1, "1", "期限と状態", sheet="期限と状態"),
        _table("期限と状態", (("やること", 41), ("担当・根拠", 38), ("期限", 26), (then, 30), (now, 30)), dues),
        Heading(1, "2", "数", sheet="数"),
        _table("数", (("項目", 66), (then, 33), (now, 33), ("差", 33)), facts.counts, numbers=(1, 2, 3)),
        Heading(
            1,
            "3",
            "名簿",
            sheet="名簿",
            right=f"{facts.people_count_then}人のうち、変わった方 {len(facts.people)}人",
        ),
        _table("名簿", (("団体", 62), ("氏名", 38), (f"{then} → 今", 65)), facts.people),
        Heading(1, "4", "このあと変わったこと", sheet="変わったこと", right=f"{len(facts.changes)}件"),
        _table("変わったこと", (("日時", 27), ("操作", 50), ("もと → あと", 66), ("行った人", 22)), facts.changes),
        Paragraph(f"操作の記録 {facts.step_count:,}件から組み立てた。{_range_text(facts)}", style="note"),
    ]
    programme = context.programme
    content = DocumentContent(
        kind=AS_OF,
        reference=facts.reference,
        version=0,
        look="report",
        blocks=tuple(blocks),
        first_sheet="期限と状態",
        file_stem=f"{facts.reference}-{AS_OF}-{facts.moment:%Y%m%d-%H%M}",
        header_left=f"{programme.title}　{moment_words(facts.moment)} 時点",
        header_right=facts.title,
        footer_left=document_frame.PERSONAL_DATA_NOTICE if facts.people else document_frame.NO_PERSONAL_DATA_NOTICE,
        footer_right=f"作成　{dates.stamp_words(facts.now)}",
        sample=programme.sample,
        personal=bool(facts.people),
        properties={
            "title": f"{AS_OF}　{facts.title}　{moment_words(facts.moment)} 時点",
            "created": facts.now.isoformat(),
        },
    )
    return with_known_numbers(content, programme)


def _range_text(facts: AsOfFacts) -> str:
    """Return the sentences on how far back the past is known (which erasure limits it) and the next disposal."""
    told = "これまでに消した情報はない。"
    if facts.erased is not None:
        day, action = facts.erased
        told = (
            f"{document_frame.table_day(day)}に情報を消した（{action}）。"
            f"消した分は前の時点にも出ないため、その前は組み立てない。"
        )
    if facts.next_disposal is not None:
        told += f"つぎに消す予定は、連絡先の{document_frame.table_day(facts.next_disposal)}。"
    return told


def _header_rows(facts: AsOfFacts) -> list[tuple[str, str]]:
    """Return the pairs of label and text 日時・会場 and 状態 of then; where they differ, 「今　…」 on a second line."""
    return [
        (label, then if then == now else f"{then or 'まだなかった'}\n今　{now}")
        for label, then, now in (
            ("日時・会場", facts.head_then, facts.head_now),
            ("状態", facts.state_then, facts.state_now),
        )
    ]


def _table(
    name: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()
) -> Block:
    """Return the table, or a sentence that nothing changed if there are no rows."""
    if not rows:
        return Paragraph(_UNCHANGED)
    return Table(
        tuple(
            Column(title, width, align="right" if place in numbers else "left")
            for place, (title, width) in enumerate(columns)
        ),
        tuple(tuple(row) for row in rows),
        name=name,
    )
