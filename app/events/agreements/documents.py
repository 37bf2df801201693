"""Content of 協議記録, 打合せ記録, 協議記録一覧 and 契約変更の協議書.

A 協議記録 answers 「なぜ」 long after: question, both views, decision, reason, effect on the contract (仕様書7). The
contractor checks the 打合せ記録 and returns it with its name; the 契約変更の協議書 is one page to be signed by both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from app.calendar import dates
from app.common.display_words import display_word
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Column,
    DocumentContent,
    FillLine,
    Heading,
    KeyValues,
    Paragraph,
    SignBoxes,
    Table,
    Title,
)
from app.documents.handout_blocks import NoticeBox
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, WITHIN_TOLERANCE
from app.events.agreements.rules import is_open, side_words
from app.programme.rules import term_words
from app.programme.tax import yen_text
from db.record import record
from db.records.agreements import Agreement, Homework, Meeting

RECORD = "協議記録"
MINUTES = "打合せ記録"
YEAR_LIST = "協議記録一覧"
WHOLE_YEAR = "年度に共通"
_NONE = "（記録なし）"
_GOES_ON = "継続。"
_STATE_EXPLANATIONS = {
    WITHIN_TOLERANCE: "数や期間の「程度」の中に収まる。",
    AGREEMENT: "仕様書が協議に委ねた事項である。契約の金額・期間は変わらない。",
}


@record
class RecordFacts:
    """Facts of a 協議記録; ``about`` is the title of its event ("" = the whole year), ``files`` the names of files."""

    record: Agreement
    about: str
    homework: Sequence[Homework]
    files: Sequence[str]


@record
class MeetingView:
    """One 打合せ with its 協議 by number, withdrawn ones included, as screens and its 打合せ記録 show it.

    Attributes:
        titles: of the events of its 協議 and of ``continued``, by id.
        homework: of the 打合せ and of its 協議; ``earlier_homework_count`` that of earlier 打合せ and their 協議,
            ``earlier_homework_done`` how much of it is done.
        continued: 協議 of earlier 打合せ that were not settled before its day, without withdrawn ones.
    """

    meeting: Meeting
    records: Sequence[Agreement]
    titles: Mapping[int, str]
    homework: Sequence[Homework]
    earlier_homework_done: int
    earlier_homework_count: int
    continued: Sequence[Agreement]

    def about(self, agreement: Agreement) -> str:
        """Return the title of the event of a 協議, "" where it is about the whole year."""
        return self.titles.get(agreement.event_id or 0, "")


def agreement_record(context: document_frame.DocumentContext, facts: RecordFacts) -> DocumentContent:
    """Return the 協議記録 of one 協議."""
    one = facts.record
    day = one.settled_on or one.asked_on
    people = join_nonempty(side_words("区", one.ward_people), side_words("受託者", one.partner), separator="　　")
    blocks: list[Block] = [
        Title(RECORD, subtitle=one.topic, lead=_lead(one)),
        KeyValues(
            rows=(
                (
                    "協議の日・方法",
                    join_nonempty(dates.long_date(day) if day else "", one.way) or _NONE,
                ),
                ("事業", facts.about or WHOLE_YEAR),
                ("根拠", clause_words(one) or _NONE),
                ("出た人", people or _NONE),
            )
        ),
        Heading(1, "1", "論点", sheet=RECORD),
        Paragraph(one.content or one.topic),
        Heading(1, "2", "双方の意見"),
        Table(
            (Column("区の意見", 82.5), Column("受託者の意見", 82.5)),
            ((one.ward_view or _NONE, one.contractor_view or _NONE),),
            name="双方の意見",
            ruled=True,
        ),
        Heading(1, "3", "決めたこと"),
        NoticeBox(
            title="",
            text=one.decision or ("協議中である。" if one.settled_on is None else _NONE),
            size=11,
            strong=bool(one.decision),
        ),
        Heading(1, "4", "理由"),
        Paragraph(one.reason or _NONE),
        Heading(1, "5", "契約との関わり"),
        _contract_table(one),
        Heading(1, "6", "宿題"),
        _homework_table(facts.homework),
    ]
    below = join_nonempty(fill_nonempty("添付　{}", "、".join(facts.files)), fill_nonempty("関係　{}", one.related))
    if below:
        blocks.append(Paragraph(below, style="note"))
    if one.withdrawn_on is not None:
        blocks.append(
            Paragraph(
                f"この記録は{dates.long_date(one.withdrawn_on)}に取り消した。{one.withdrawn_reason}",
                style="strong",
            )
        )
    blocks.append(
        SignBoxes(
            boxes=(
                ("区　記録・確認", one.ward_people),
                ("受託者　業務責任者の確認", _confirmation_text(one.confirmed_on, one.confirmed_how)),
                ("原本の所在", one.original_place),
            )
        )
    )
    return _content(context, RECORD, f"協-{one.ordinal or 0:03d}" if one.ordinal else f"協-仮{one.id}", blocks)


def clause_words(agreement: Agreement) -> str:
    """Return the clause of a 協議 as typed, with 仕 before a digit written out: 「仕4(1)ク」 as 「仕様書4(1)ク」."""
    return re.sub(r"(?<![一-龠々])仕(?=\d)", "仕様書", agreement.clause)


def _lead(agreement: Agreement) -> str:
    """Return 「記録番号 …」 of a 協議, or that it has none yet; 「取消」 is added if it was withdrawn."""
    number = f"記録番号　{agreement.record_number}" if agreement.record_number else "協議中（番号はまだない）"
    return number + ("　取消" if agreement.withdrawn_on is not None else "")


def _contract_table(agreement: Agreement) -> Table:
    """Return the table of how a 協議 concerns the contract, its case ticked, with the answer of 契約課."""
    asked = "　".join(
        (
            (
                "確認した日　"
                f"{document_frame.table_day(agreement.section_asked_on) if agreement.section_asked_on else '　　　　'}"
            ),
            f"相手　{agreement.section_person or '　　　　　　'}",
            f"回答　{agreement.section_answer}",
        )
    )
    rows = []
    for word in (WITHIN_TOLERANCE, AGREEMENT, CONTRACT_CHANGE):
        chosen = agreement.nature == word
        said = asked if word == CONTRACT_CHANGE else _STATE_EXPLANATIONS[word]
        rows.append(("■" if chosen else "□", display_word(word), said))
    return Table(
        (
            Column("", 9, align="center"),
            Column("区分", 56),
            Column("説明", 100),
        ),
        tuple(rows),
        name="契約との関わり",
        bold_rows=tuple(place for place, row in enumerate(rows) if row[0] == "■"),
    )


def _homework_table(homework: Sequence[Homework]) -> Block:
    if not homework:
        return Paragraph("宿題はない。")
    rows = tuple(
        (str(place), one.text, join_nonempty(one.side, one.person),
         dates.table_date(one.due) if one.due else "期限なし",
         "未" if is_open(one) else f"済　{document_frame.table_day(one.done_on)}" if one.done_on else "済")
        for place, one in enumerate(homework, 1)
    )  # fmt: skip
    return Table(
        (
            Column("No", 9, align="center"), Column("内容", 72), Column("担当", 28),
            Column("期限", 29), Column("状態", 27),
        ), rows, name="宿題",
    )  # fmt: skip


def _confirmation_text(on: date | None, how: str) -> str:
    """Return 「R8.9.25（金）　メールの返信」: when and how a record was confirmed; "" if it was not."""
    if on is None:
        return ""
    return f"{dates.table_date(on)}　{how}".strip()


def meeting_minutes(context: document_frame.DocumentContext, view: MeetingView) -> DocumentContent:
    """Return the 打合せ記録 of one 打合せ.

    At its end stands the box for the contractor to fill in; once ``confirmed_on`` is set, when and how it confirmed.
    """
    meeting = view.meeting
    times = dates.time_range_words(meeting.start_time, meeting.end_time) if meeting.start_time else ""
    held = [one for one in view.records if one.withdrawn_on is None]
    withdrawn = len(view.records) - len(held)
    decided = sum(one.settled_on is not None for one in held)
    span = _number_range_text(view.records)
    people = join_nonempty(
        side_words("区", meeting.ward_people), side_words("受託者", meeting.contractor_people), separator="　　"
    )
    rows = [
        ("日時・場所", join_nonempty(dates.long_date(meeting.held_on), times, meeting.place)),
        ("出た人", people or _NONE),
    ]
    if meeting.handed:
        rows.append(("配ったもの", meeting.handed))
    blocks = [
        Title(MINUTES, subtitle=f"第{meeting.ordinal}回　{meeting.subject}", lead=span),
        KeyValues(rows=tuple(rows)),
        Heading(
            1,
            "1",
            "協議した事項",
            sheet=MINUTES,
            right=f"{len(view.records)}件（決定{decided}件、継続{len(held) - decided}"
            f"件{f'、取消{withdrawn}件' if withdrawn else ''}）",
        ),
        _matters_table(view),
        *_continued_blocks(view),
        Heading(
            1,
            "2",
            "宿題",
            right=f"前回までの分は、{view.earlier_homework_count}件のうち{view.earlier_homework_done}件が済んだ"
            if view.earlier_homework_count
            else "",
        ),
        _homework_table(view.homework),
    ]
    if meeting.next_meeting:
        blocks.append(Paragraph(f"つぎの打合せ　{meeting.next_meeting}", style="strong"))
    if meeting.confirmed_on is not None:
        blocks.append(
            NoticeBox(
                title="受託者の確認",
                text=f"業務責任者が内容を確認した。{_confirmation_text(meeting.confirmed_on, meeting.confirmed_how)}"
                f"{_changed_since_confirmation(view)}",
                size=10.5,
            )
        )
    else:
        until = f"{dates.long_date(meeting.answer_by)}までに、" if meeting.answer_by else ""
        blocks += [
            NoticeBox(
                title="受託者の確認欄",
                text=f"{until}この欄に記入して電子メールでお返しください。\n"
                f"□　この記録のとおりで相違ない　　□　直すところがある（番号と内容を余白に記入）",
                size=10.5,
            ),
            FillLine(
                parts=(("確認した日　令和", 10, "年"), ("", 8, "月"), ("", 8, "日"), ("業務責任者　氏名", 44, ""))
            ),
        ]
    return _content(context, MINUTES, f"打-{meeting.ordinal:02d}", blocks)


def _changed_since_confirmation(view: MeetingView) -> str:
    """Return a line that names its decided 協議 changed since the contractor confirmed the 打合せ; "" = none."""
    day = view.meeting.confirmed_on
    since = [
        one.record_number
        for one in view.records
        if day is not None and one.settled_on is not None and _is_changed_since(one, day)
    ]
    return fill_nonempty("\n{}は、この確認のあとの記録である。", "、".join(since))


def _is_changed_since(agreement: Agreement, day: date) -> bool:
    """Return whether a 協議 in effect was confirmed after ``day`` or not at all.

    For a withdrawn one, whether it had been confirmed and was withdrawn on ``day`` or later.
    """
    if agreement.withdrawn_on is not None:
        return agreement.confirmed_on is not None and agreement.withdrawn_on >= day
    return agreement.confirmed_on is None or agreement.confirmed_on > day


def _number_range_text(records: Sequence[Agreement]) -> str:
    """Return 「協議記録 第12号、第24号」; three or more consecutive numbers as 「第12号から第14号まで」; "" = none."""
    numbered = [one for one in records if one.record_number]
    if not numbered:
        return ""
    ordinals = [one.ordinal for one in numbered]
    first, last = numbered[0].record_number, numbered[-1].record_number
    if (
        len(numbered) > 2
        and None not in ordinals
        and ordinals == list(range(ordinals[0] or 0, (ordinals[0] or 0) + len(ordinals)))
    ):
        return f"協議記録　{first}から{last}まで"
    return f"協議記録　{'、'.join(one.record_number for one in numbered)}"


def _matters_table(view: MeetingView) -> Block:
    """Return the table of the 協議 of a meeting with decision, views and reason, or a sentence that it has none."""
    if not view.records:
        return Paragraph("この打合せに結び付けた協議はない。")
    rows = []
    for one in view.records:
        subject = join_nonempty(one.topic, view.about(one), clause_words(one), separator="\n")
        views = join_nonempty(
            fill_nonempty("区　{}", one.ward_view),
            fill_nonempty("受託者　{}", one.contractor_view),
            fill_nonempty("理由　{}", one.reason),
            separator="\n",
        )
        decided = _decision_text(one) or _GOES_ON
        if one.withdrawn_on is not None:
            decided = f"【取消】{one.decision}\n{dates.table_date(one.withdrawn_on)}　{one.withdrawn_reason}"
        rows.append((one.record_number or "—", subject, decided, views))
    return Table(
        (
            Column("記録", 17),
            Column("件名・根拠", 46),
            Column("決めたこと", 48),
            Column("双方の意見・理由", 54),
        ),
        tuple(rows),
        name="協議した事項",
        note="記録の番号は協議記録の番号。決まっていない事項に番号はない。",
    )


def _decision_text(agreement: Agreement) -> str:
    return agreement.decision or (
        f"{dates.table_date(agreement.settled_on)}に決定。" if agreement.settled_on is not None else ""
    )


def _continued_blocks(view: MeetingView) -> list[Block]:
    """Return the table of 協議 left open by an earlier meeting with their result at this one, nothing without any."""
    if not view.continued:
        return []
    held = view.meeting.held_on
    rows = []
    for one in view.continued:
        now = _GOES_ON
        if one.settled_on is not None:
            later = one.settled_on > held
            now = (
                f"継続。この打合せのあと、{dates.table_date(one.settled_on)}に決定。" if later else _decision_text(one)
            )
        rows.append((one.record_number or "—", join_nonempty(one.topic, view.about(one), separator="\n"), now))
    return [
        Table(
            (
                Column("記録", 17),
                Column("前回までから継続の事項", 66),
                Column("この打合せで", 82),
            ),
            tuple(rows),
            name="前回までから継続の事項",
        )
    ]


def records_of_year(
    context: document_frame.DocumentContext, records: Sequence[tuple[Agreement, str]]
) -> DocumentContent:
    """Return the 協議記録一覧 of a year in two tables: 協議 with a decision or a reason, then those that have neither.

    Args:
        records: each 協議 with the title of its event ("" = the whole year); their order is kept within each table.
    """
    said = [(one, about) for one, about in records if one.decision.strip() or one.reason.strip()]
    rest = [(one, about) for one, about in records if not (one.decision.strip() or one.reason.strip())]
    open_ones = sum(one.settled_on is None for one, _about in records)
    blocks: list[Block] = [
        Title(
            YEAR_LIST,
            subtitle=f"{len(records)}件（協議中 {open_ones}件）",
            lead=f"{dates.long_date(context.made_at.date())}現在",
        ),
        Heading(1, "1", "決めたことと理由", sheet="決めたことと理由", right=f"{len(said)}件"),
        _reasoned_records_table(said),
        Heading(1, "2", "そのほかの事項", sheet="そのほかの事項", right=f"{len(rest)}件"),
        _other_records_table(rest),
    ]
    return _content(context, YEAR_LIST, "協-一覧", blocks, first="決めたことと理由")


def _reasoned_records_table(records: Sequence[tuple[Agreement, str]]) -> Block:
    """Return the table of 協議 with decision, reason and both views, or 「該当なし」 without records."""
    if not records:
        return Paragraph("該当なし")
    rows = []
    for one, about in records:
        day = document_frame.table_day(one.settled_on) if one.settled_on else "協議中"
        subject = join_nonempty(one.topic, about or WHOLE_YEAR, clause_words(one), separator="\n")
        decided = one.decision or "—"
        if one.withdrawn_on is not None:
            decided = f"【取消】{decided}"
        views = join_nonempty(
            fill_nonempty("理由　{}", one.reason),
            fill_nonempty("区　{}", one.ward_view),
            fill_nonempty("受託者　{}", one.contractor_view),
            separator="\n",
        )
        rows.append((one.record_number or "—", day, subject, decided, views))
    columns = (("記録", 16), ("決定日", 19), ("件名・実施回", 42), ("決めたこと", 38), ("理由・双方の意見", 50))
    return Table(
        tuple(Column(title, width) for title, width in columns),
        tuple(rows),
        name="決めたことと理由",
    )


def _other_records_table(records: Sequence[tuple[Agreement, str]]) -> Block:
    """Return the table of records without decision and reason (open, or only ticked), or 「該当なし」."""
    if not records:
        return Paragraph("該当なし")
    columns = (("記録", 20), ("事項", 34), ("実施回", 63), ("始めた日", 24), ("整った日", 24))
    rows = tuple(
        (
            one.record_number or "—",
            one.topic,
            about or WHOLE_YEAR,
            document_frame.table_day(one.asked_on) if one.asked_on else "",
            document_frame.table_day(one.settled_on) if one.settled_on else "協議中",
        )
        for one, about in records
    )
    return Table(
        tuple(Column(title, width) for title, width in columns),
        rows,
        name="そのほかの事項",
    )


def _content(
    context: document_frame.DocumentContext, kind: str, number: str, blocks: Sequence[Block], *, first: str = ""
) -> DocumentContent:
    """Return the document of a 協議, a meeting or a year; its reference is 「R<year of 令和>-<number>」.

    Args:
        first: name of the first sheet; the file name then ends in the day instead of ``kind``. "" = ``kind``.
    """
    reference = f"{context.programme.year_code}-{number}"
    return document_frame.frame_document(
        context,
        kind=kind,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}-{kind}" if not first else f"{reference}-{context.made_at:%Y%m%d}",
        first_sheet=first or kind,
    )


KIND = "契約変更の協議書"
LEAD, ANSWER_OPEN, REST = "前文", "契約課への確認がまだのとき", "定めのない事項"
"""Parts that staff may word; what is agreed is in the 協議 itself."""
_BLANK_TO_FILL_IN = "　"


@record
class ChangeFacts:
    """Facts of a 契約変更の協議書.

    They are its 協議, the event it is about ("" = the year), each item of the contract it changed, before and after,
    and the ward's texts by part.
    """

    record: Agreement
    about: str
    changes: Sequence[tuple[str, str, str]]
    texts: Mapping[str, str]


def change_passages(ward: str, contractor: str) -> Sequence[document_frame.Passage]:
    """Return the default wording of a 契約変更の協議書; ``contractor`` "" is written as 受託者."""
    return (
        document_frame.Passage(
            LEAD, f"{ward}と{contractor or '受託者'}は、つぎの契約の変更について協議し、つぎのとおり合意した。", lines=3
        ),
        document_frame.Passage(ANSWER_OPEN, "まだ確認していない。", lines=1),
        document_frame.Passage(REST, "この協議書に定めのない事項は、もとの契約による。", lines=3),
    )


def reference_of(fiscal_year: int, agreement: Agreement) -> str:
    """Return the 整理番号 of the 協議書 of a 協議: 「R8-協-003-契約変更」."""
    number = f"協-{agreement.ordinal:03d}" if agreement.ordinal else f"協-仮{agreement.id}"
    return f"R{fiscal_year - 2018}-{number}-契約変更"


def contract_change(context: document_frame.DocumentContext, facts: ChangeFacts) -> DocumentContent:
    """Return the 契約変更の協議書: the contract, changes and reason, the answer of 契約課, two signature fields.

    It is marked 案 until the 協議 is settled and the answer of 契約課 is recorded.
    """
    programme, contractor, office, one = context.programme, context.contractor, context.office, facts.record
    day = one.settled_on or one.asked_on
    said = join_nonempty(dates.long_date(one.section_asked_on) if one.section_asked_on else "", one.section_person)
    asked = (
        join_nonempty(said, one.section_answer.strip() or "回答を待っている。") if said or one.section_answer else ""
    )
    rows = ((one.topic, _BLANK_TO_FILL_IN, one.decision or _BLANK_TO_FILL_IN), *facts.changes)
    blocks: list[Block] = [
        Title(KIND, subtitle=one.topic, centred=True),
        Paragraph(f"　{facts.texts.get(LEAD, '')}"),
        KeyValues(
            rows=(
                ("件名", programme.title),
                (
                    "契約番号・契約日",
                    join_nonempty(
                        programme.contract_number or "（未入力）",
                        dates.long_date(programme.contract_date) if programme.contract_date else "",
                    ),
                ),
                ("契約金額", yen_text(programme.amount) or "（未入力）"),
                (
                    "履行期間",
                    term_words(programme),
                ),
                ("事業", facts.about or "年度に共通"),
                (
                    "協議",
                    join_nonempty(one.record_number, dates.long_date(day) if day else "", one.way) or _BLANK_TO_FILL_IN,
                ),
            )
        ),
        Heading(2, "1", "変更の内容", right=f"根拠　{clause_words(one)}" if one.clause else ""),
        Table(
            name="変更の内容",
            columns=(Column("項目", 35), Column("変更前", 65), Column("変更後", 65)),
            rows=rows,
            ruled=True,
            min_row_height=16,
        ),
        Heading(2, "2", "変更の理由"),
        Paragraph(one.reason or one.content or _BLANK_TO_FILL_IN),
        Heading(2, "3", "契約課への確認"),
        Paragraph(asked or facts.texts.get(ANSWER_OPEN, "")),
        Paragraph(facts.texts.get(REST, "")),
        SignBoxes(
            boxes=(
                (f"区　{dates.BLANK_DATE}", document_frame.sender_name(office)),
                (f"受託者　{dates.BLANK_DATE}", join_nonempty(contractor.name, contractor.representative, "㊞")),
            )
        ),
    ]
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=reference_of(programme.fiscal_year, one),
        blocks=blocks,
        look="form",
        outgoing=True,
        footer_left=document_frame.NO_PERSONAL_DATA_NOTICE,
        stamp="" if one.settled_on is not None and one.section_answer.strip() else document_frame.DRAFT_MARK,
    )
