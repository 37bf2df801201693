"""Content of the document of a past moment: state then and now, with the moment on every sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.calendar import dates
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, Table, Title
from app.documents.rules import with_known_numbers
from app.events.as_of.rules import AsOfView, count_words, current_deadline_text, entry_change_text

AS_OF = "その日の状態"


def moment_words(moment: datetime) -> str:
    """Return 「令和8年9月25日（金） 17:00」."""
    return f"{dates.long_date(moment.date())} {dates.clock_time(moment)}"


def moment_in_table(moment: datetime) -> str:
    """Return 「R8.9.25 17:00」, for a narrow column."""
    return f"{document_frame.table_day(moment.date())} {dates.clock_time(moment)}"


def as_of_document(context: document_frame.DocumentContext, reference: str, view: AsOfView) -> DocumentContent:
    """Return the document of an event at a past moment."""
    then, now = moment_in_table(view.moment), f"今　{moment_in_table(view.now)}"
    today = view.now.date()
    dues = [
        (
            one.label,
            f"{one.owner}\n{one.basis}",
            *(
                document_frame.with_printed_days(cell, today)
                for cell in (one.due_words, one.then.text, current_deadline_text(one))
            ),
        )
        for one in view.deadlines
    ]
    counts = [(one.label, *count_words(one), one.difference) for one in view.counts]
    people = [
        (one.organisation, one.name, entry_change_text(one.then, one.now, one.other_changes))
        for one in view.changed_people
    ]
    changes = [(moment_in_table(one.at), one.action, one.words, one.by) for one in view.changes]
    blocks: list[Block] = [
        Title(AS_OF, subtitle=view.title, lead=f"{moment_words(view.moment)} 時点"),
        KeyValues(rows=tuple(_header_rows(view))),
        Heading(1, "1", "期限と状態", sheet="期限と状態"),
        _table("期限と状態", (("やること", 41), ("担当・根拠", 38), ("期限", 26), (then, 30), (now, 30)), dues),
        Heading(1, "2", "数", sheet="数"),
        _table("数", (("項目", 66), (then, 33), (now, 33), ("差", 33)), counts, numbers=(1, 2, 3)),
        Heading(
            1,
            "3",
            "名簿",
            sheet="名簿",
            right=f"{view.people_count_then}人のうち、変わった方 {len(people)}人",
        ),
        _table("名簿", (("団体", 62), ("氏名", 38), (f"{then} → 今", 65)), people),
        Heading(1, "4", "このあと変わったこと", sheet="変わったこと", right=f"{len(changes)}件"),
        _table("変わったこと", (("日時", 27), ("操作", 50), ("もと → あと", 66), ("行った人", 22)), changes),
        Paragraph(f"操作の記録 {view.step_count:,}件から組み立てた。{_range_text(view)}", style="note"),
    ]
    programme = context.programme
    # What was changed is told as it was typed, so a name or a number may stand there.
    personal = bool(people or changes)
    content = DocumentContent(
        kind=AS_OF,
        reference=reference,
        version=0,
        look="report",
        blocks=tuple(blocks),
        first_sheet="期限と状態",
        file_stem=f"{reference}-{AS_OF}-{view.moment:%Y%m%d-%H%M}",
        header_left=f"{programme.title}　{moment_words(view.moment)} 時点",
        header_right=view.title,
        footer_left=document_frame.PERSONAL_DATA_NOTICE if personal else document_frame.NO_PERSONAL_DATA_NOTICE,
        footer_right=f"作成　{dates.stamp_words(view.now)}",
        sample=programme.sample,
        personal=personal,
        properties={
            "title": f"{AS_OF}　{view.title}　{moment_words(view.moment)} 時点",
            "created": view.now.isoformat(),
        },
    )
    return with_known_numbers(content, programme, context.kinds)


def _range_text(view: AsOfView) -> str:
    """Return the sentences on how far back the past is known (which erasure limits it) and the next disposal."""
    told = "これまでに消した情報はない。"
    if view.erased is not None:
        day, action = view.erased
        told = (
            f"{document_frame.table_day(day)}に情報を消した（{action}）。"
            f"消した分は前の時点にも出ないため、その前は組み立てない。"
        )
    if view.next_disposal is not None:
        told += f"つぎに消す予定は、連絡先の{document_frame.table_day(view.next_disposal)}。"
    return told


def _header_rows(view: AsOfView) -> list[tuple[str, str]]:
    """Return the pairs of label and text 日時・会場 and 状態 of then; where they differ, 「今　…」 on a second line."""
    return [
        (label, then if then == now else f"{then or 'まだなかった'}\n今　{now}")
        for label, then, now in (
            ("日時・会場", view.head_then, view.head_now),
            ("状態", view.state_then, view.state_now),
        )
    ]


def _table(
    name: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()
) -> Block:
    """Return the table, or a sentence that nothing changed if there are no rows."""
    if not rows:
        return Paragraph("変わったところはない。")
    return Table(
        tuple(
            Column(title, width, align="right" if place in numbers else "left")
            for place, (title, width) in enumerate(columns)
        ),
        tuple(map(tuple, rows)),
        name=name,
    )
