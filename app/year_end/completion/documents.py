"""Content of 業務完了届 (仕様書3), 検査調書 and its 別紙 (仕様書3・5), 検査結果通知 and 請求書の点検票 (仕様書5).

合格 is only on the 検査調書, which the 検査員 writes; the 別紙 has the facts it is based on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.calendar import dates
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.partial_count import PartialCount, sum_event_counts
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Choice,
    Closing,
    Column,
    DocumentContent,
    Heading,
    KeyValues,
    Letterhead,
    LetterItems,
    Paragraph,
    SheetBreak,
    SignBoxes,
    Table,
    Title,
)
from app.programme.rules import (
    ANNEX,
    asks_for_disposal,
    cited,
    contract_date_word,
    full_clause,
    term_words,
)
from app.programme.tax import tax_doubt, tax_words, yen_text
from db.digits import is_digits
from db.record import record
from db.records.programme import Programme
from db.records.year.completion import Inspection, InspectionResult

COMPLETION_NOTICE_KIND = "業務完了届"
NOT_CONFIRMED = "様式・受託者確認前"


@record
class WorkLine:
    """One line of work with its clause, the requirement of the 仕様書, what was done, and the last day."""

    work: str
    required: str
    done: str
    last_day: str


@record
class NoticeFacts:
    """The content of a 業務完了届 as a form.

    Attributes:
        dated_on, completed_on: as in the received document, None = unknown.
        received: whether it was received.
        basis: the clauses of the work. works: what was done, counted from the records.
        unrecorded: which past events it leaves out, "" = none.
        receipt: 受領日, 収受番号 and who checked it, in words.
        counts_agree, all_confirmed, within_term: the three checks of the ward.
        confirmed, outstanding: how many documents are 確認済 and how many there are.
        due, early: 期限 and 目安日 of the 検査, in words; "" before a receipt.
        target: 目安日 of the end of 履行期間, in words.
        inspector, witness: of the 検査.
    """

    dated_on: date | None
    completed_on: date | None
    received: bool
    basis: str
    works: Sequence[WorkLine]
    unrecorded: str
    receipt: str
    counts_agree: bool
    all_confirmed: bool
    within_term: bool
    confirmed: int
    outstanding: int
    due: str
    early: str
    target: str
    inspector: str
    witness: str


def completion_notice(context: document_frame.DocumentContext, facts: NoticeFacts) -> DocumentContent:
    """Build the 業務完了届 as a form, with the ward's own field 区使用欄.

    Before its receipt every page has 「様式・受託者確認前」 and no box is ticked; unknown dates are empty.
    """
    programme = context.programme
    contractor = context.contractor
    amount = yen_text(programme.amount)
    is_stated = programme.tax is not None and not tax_doubt(programme)
    tax = f"（うち消費税および地方消費税の額　{yen_text(programme.tax)}）" if is_stated else ""
    basis = join_nonempty(facts.basis, programme.annex if asks_for_disposal(programme) else "", separator="、")
    reference = f"{programme.year_code}-完了届"
    sender = tuple(line for line in (contractor.address, contractor.name, f"{contractor.representative}　㊞") if line)
    blocks: list[Block] = [
        Letterhead(
            addressee=f"（宛先）{context.office.ward}長",
            date=dates.long_date_plain(facts.dated_on) if facts.dated_on else dates.BLANK_DATE,
            sender=sender,
        ),
        Title(COMPLETION_NOTICE_KIND, centred=True),
        Paragraph("　つぎの委託業務を完了したので、届け出ます。"),
        KeyValues(
            rows=(
                ("件名", programme.title),
                ("契約番号", programme.contract_number or "（未入力）"),
                (
                    "契約金額",
                    f"{amount}{tax}" if amount else "（未入力）",
                ),
                _contract_date_row(programme),
                (
                    "履行期間",
                    term_words(programme),
                ),
                ("完了年月日", dates.long_date(facts.completed_on) if facts.completed_on else dates.BLANK_DATE),
            )
        ),
        Heading(
            2,
            "",
            "業務の内訳",
            right=fill_nonempty("根拠：{}", basis),
        ),
        Table(
            (
                Column("業務", 62),
                Column("仕様", 35),
                Column("完了した数", 42),
                Column("最後の日", 26),
            ),
            tuple((one.work, one.required, one.done, one.last_day) for one in facts.works),
            name="業務の内訳",
            note="注　人数はすべて延べ。実施日、"
            "出席数および報告書の受領日の明細は、検査調書別紙による。" + facts.unrecorded,
        ),
        Heading(2, "", "区使用欄"),
        Table(
            (Column("項目", 26), Column("内容", 139)),
            _ward_rows(facts),
            name="区使用欄",
            ruled=True,
            at_foot=True,
        ),
    ]
    return document_frame.frame_document(
        context,
        kind=COMPLETION_NOTICE_KIND,
        reference=reference,
        blocks=blocks,
        look="form",
        footer_left=document_frame.NO_PERSONAL_DATA_NOTICE,
        stamp="" if facts.received else NOT_CONFIRMED,
        outgoing=True,
    )


def _ward_rows(facts: NoticeFacts) -> tuple[tuple[str, str], ...]:
    """Return (label, text) of the rows that the ward fills in."""

    def box(ticked: bool) -> str:
        """Return a ticked box once the form was received, else an empty one."""
        return "■" if facts.received and ticked else "□"

    checks = (
        f"{box(facts.counts_agree)}　内訳の数が記録と一致する\n"
        f"{box(facts.all_confirmed)}　未了の書類がない（{facts.outstanding}件のうち{facts.confirmed}件　確認済）\n"
        f"{box(facts.within_term)}　履行期間内である"
    )
    return (
        ("受領", facts.receipt or f"受領日　{dates.BLANK_DATE}　　収受番号　　　　　　　　　　受付"),
        ("確認", checks),
        (
            "検査の期限",
            f"期限（暦どおり）　{facts.due}（届の受領から10日以内。受領の日を数えない）\n目安日　{facts.early}"
            if facts.due
            else "届の受領から10日以内",
        ),
        ("目安日", facts.target),
        ("検査員・立会人", f"検査員　{facts.inspector or '　　　　　　　　　　'}　　立会人　{facts.witness}"),
    )


INSPECTION_ANNEX_KIND = "検査調書別紙"
_NOT_APPLICABLE = "該当なし"
_BLANK = "—"


@record
class EventLine:
    """One event in the 検査調書別紙, in words except ``number``, ``attended``, ``organisations`` (None = unknown).

    ``is_held``: it was held by the day of the sheet. ``due``, ``received``, ``points``, ``checked`` and ``remark`` are
    about its 実施報告書; ``witness`` is who of the ward was there.
    """

    number: int
    title: str
    held_on: str
    is_held: bool
    attended: int | None
    witness: str
    due: str
    received: str
    points: str
    checked: str
    remark: str
    place: str
    organisations: int | None


@record
class EventGroup:
    """The events of one kind under their heading 「デジタル活用講習会　4(1)」."""

    heading: str
    lines: Sequence[EventLine]


@record
class HandedInPaper:
    """One document of the year that the 検査 waits for, as printed; ``received`` is "" before it was handed in."""

    number: int
    title: str
    basis: str
    due: str
    received: str
    points: str
    checked: str


@record
class AnnexFacts:
    """The content of the 検査調書別紙.

    Attributes:
        notice: the 業務完了届 and by when the 検査 is due, in words.
        groups: the events by kind.
        papers: the documents of the year.
        open_words, repair, changes, agreements: the counts at the end.
        open_reason: why it is complete with an open document.
        inspected_on, inspector, witness: of the 検査, "" = not yet.
        later: documents due after the 検査, each with its day, "" = none.
        disposal: what of 残っているもの is proven to be returned or destroyed, "" = nothing was held.
        reports, confirmed: how many reports are due and 確認済.
        unrecorded: which past events are not counted as held, "" = none.
        cancelled: which were cancelled, and what was held instead, "" = none.
    """

    notice: str
    groups: Sequence[EventGroup]
    papers: Sequence[HandedInPaper]
    open_words: str
    open_reason: str
    repair: str
    changes: str
    agreements: str
    inspected_on: str
    inspector: str
    witness: str
    reports: int
    confirmed: int
    unrecorded: str
    cancelled: str = ""
    later: str = ""
    disposal: str = ""


def inspection_annex(context: document_frame.DocumentContext, facts: AnnexFacts) -> DocumentContent:
    """Build the 検査調書別紙, with events and reports on the first page, documents and witnesses on the second."""
    programme = context.programme
    reference = f"{programme.year_code}-検査-別紙"
    papers_sheet = "提案書・書面" if programme.proposal_period else "書面"
    proposal = "提案書および" if programme.proposal_period else ""
    lines = [line for group in facts.groups for line in group.lines]
    people = sum_event_counts(line.attended for line in lines if line.is_held)
    held = sum(line.is_held for line in lines)
    whole = "" if held == len(lines) else f"全{len(lines)}回のうち"
    blocks = [
        Title(INSPECTION_ANNEX_KIND, subtitle="履行の明細"),
        KeyValues(
            rows=(
                (
                    "件名・契約番号",
                    join_nonempty(programme.title, programme.contract_number, yen_text(programme.amount)),
                ),
                (
                    "受託者・履行期間",
                    f"{context.contractor.name}　{term_words(programme)}",
                ),
                ("業務完了届", facts.notice),
            )
        ),
        Heading(
            1, "1", "実施と報告", sheet="実施と報告",
            right=f"{whole}{held}回・延べ{people.words('人')}"
            f"　報告書{facts.reports}件のうち{facts.confirmed}件　内容確認済",
        ),
        _reports(facts, held, people) if lines else Paragraph(_NOT_APPLICABLE),
        *((Paragraph(f"中止した回　{facts.cancelled}", style="note"),) if facts.cancelled else ()),
        SheetBreak(sheet=papers_sheet, page=True),
        Heading(
            1, "2", f"{proposal}{'特記事項' if programme.annex == ANNEX.title else '契約'}の書面", sheet=papers_sheet
        ),
        _papers(facts, papers_sheet) if facts.papers else Paragraph(_NOT_APPLICABLE),
        *((Paragraph(f"この検査のあとに受領する書面　{facts.later}", style="note"),) if facts.later else ()),
        *(
            (Paragraph(
                f"情報の返還・廃棄（{cited('返還・処分と証明、外部委託の承認')}）　{facts.disposal}", style="strong"
            ),)
            if facts.disposal else ()
        ),
        Paragraph(
            f"未了の書類　{facts.open_words}　　手直しの指示　{facts.repair}　　契約変更　{facts.changes}　　"
            f"協議記録　{facts.agreements}",
            style="strong",
        ),
    ]  # fmt: skip
    if facts.open_reason:
        blocks.append(Paragraph(f"未了の書類があるまま検査を進めた理由　{facts.open_reason}"))
    blocks += [
        Heading(1, "3", "実施確認票", sheet="実施確認票", right="区の立会者が当日に記した実施確認票による"),
        _witnesses(facts, held, people) if lines else Paragraph(_NOT_APPLICABLE),
        SignBoxes(
            boxes=(
                ("検査年月日", facts.inspected_on or dates.BLANK_DATE),
                ("検査員（担当の職員を除く）", facts.inspector or "職・氏名"),
                ("立会人", facts.witness or "職・氏名"),
            )
        ),
    ]
    return document_frame.frame_document(
        context,
        kind=INSPECTION_ANNEX_KIND,
        reference=reference,
        blocks=blocks,
        look="form",
        header_left=join_nonempty(programme.title, programme.contract_number),
        footer_left=f"{document_frame.NO_PERSONAL_DATA_NOTICE}　団体名および職員の氏名を含む",
    )


def _count(number: int | None) -> str:
    """Return a number in digits, 「—」 for None."""
    return _BLANK if number is None else str(number)


def _reports(facts: AnnexFacts, held: int, people: PartialCount) -> Table:
    """Return the table of reports on events, grouped by kind, with the sums."""
    rows: list[tuple[str, ...]] = []
    heads = []
    for group in facts.groups:
        heads.append(len(rows))
        rows.append((group.heading, *[""] * 8))
        rows += [
            (
                str(line.number), line.title, line.held_on, _count(line.attended), line.due,
                line.received or _BLANK, line.points or _BLANK, line.checked or _BLANK, line.remark,
            )
            for line in group.lines
        ]  # fmt: skip
    received = sum(bool(line.received) for group in facts.groups for line in group.lines)
    rows.append(("", "計", f"{held}回", people.minimum_words(), "", f"{received}件", "", "", ""))
    return Table(
        (
            Column("No", 7, align="center"),
            Column("実施回", 36.5),
            Column("実施日", 24.5),
            Column("出席", 9.5, align="right"),
            Column("報告書の期限\n（暦どおり）", 24.5),
            Column("受領日", 18),
            Column("必須", 10, align="center"),
            Column("内容確認", 18),
            Column("備考", 16),
        ),
        tuple(rows),
        name="実施と報告",
        group_rows=tuple(heads),
        total_row=True,
        note="注　必須＝仕様書が求める項目のうち確認できた数。期限は"
        f"{clause_of('期間の初日は数えない', '月の期間は暦で数える')}による。"
        f"休日＝期限が閉庁日に当たる（{clause_of('休日に終わる期間はつぎの日まで').removeprefix('民法')}）。内容確認は係の確認であり、合格・"
        "不合格は検査調書に検査員が記す。" + facts.unrecorded,
    )


def _papers(facts: AnnexFacts, name: str) -> Table:
    return Table(
        (
            Column("No", 8, align="center"),
            Column("提出物", 30.5),
            Column("根拠", 48.5),
            Column("提出期限", 24.5),
            Column("受領日", 24.5),
            Column("項目", 11, align="center"),
            Column("内容確認", 18),
        ), tuple(
            (
                str(line.number), line.title, line.basis, line.due or _BLANK, line.received or _BLANK,
                line.points or _BLANK, line.checked or _BLANK,
            )
            for line in facts.papers
        ), name=name,
    )  # fmt: skip


def _witnesses(facts: AnnexFacts, held: int, people: PartialCount) -> Table:
    """Return the table of who of the ward was present at each event, grouped by kind."""
    rows: list[tuple[str, ...]] = []
    heads = []
    for group in facts.groups:
        heads.append(len(rows))
        rows.append((group.heading, *[""] * 6))
        rows += [
            (
                str(line.number), line.title, line.held_on, line.place, _count(line.attended),
                _count(line.organisations), line.witness or "（未記入）",
            )
            for line in group.lines
        ]  # fmt: skip
    rows.append(("", "計", f"{held}回", "", people.minimum_words(), "", ""))
    return Table(
        (
            Column("No", 8, align="center"),
            Column("実施回", 40),
            Column("実施日", 24),
            Column("会場", 45),
            Column("出席", 10, align="right"),
            Column("団体", 10, align="right"),
            Column("区の立会者", 28),
        ),
        tuple(rows),
        name="実施確認票",
        group_rows=tuple(heads),
        total_row=True,
        note=fill_nonempty("注　{}", facts.unrecorded),
    )


INSPECTION_RECORD_KIND = "検査調書"
RESULTS = tuple(InspectionResult)


@record
class RecordFacts:
    """The content of the 検査調書.

    Attributes:
        inspection: the newest 検査, None = a blank form.
        earlier: those before it, oldest first.
        noticed_on: when the 業務完了届 was received.
        completed_on: what it says, None = unknown.
        works: what was done by the day of the 検査.
        annex: what the 別紙 counts, in words.
    """

    inspection: Inspection | None
    earlier: Sequence[Inspection]
    noticed_on: date | None
    completed_on: date | None
    works: Sequence[WorkLine]
    annex: str


def inspection_record(context: document_frame.DocumentContext, facts: RecordFacts) -> DocumentContent:
    """Build the 検査調書 with contract, inspected work, verdict, corrections and signature.

    Without a 検査 verdict, days and names are left empty.
    """
    programme, contractor, one = context.programme, context.contractor, facts.inspection
    blocks: list[Block] = [
        Title(INSPECTION_RECORD_KIND, centred=True),
        KeyValues(
            rows=(
                ("件名", programme.title),
                (
                    "契約番号・金額",
                    join_nonempty(programme.contract_number or "（未入力）", yen_text(programme.amount)),
                ),
                ("受託者", join_nonempty(contractor.name, contractor.representative)),
                _contract_date_row(programme),
                ("履行期間", term_words(programme)),
                ("完了年月日", _day(facts.completed_on)),
                ("業務完了届の受領", _day(facts.noticed_on)),
                ("検査年月日", _day(one.held_on if one is not None else None)),
            )
        ),
        Heading(2, "1", "検査の対象", right=facts.annex),
        Table(
            name="検査の対象",
            columns=(Column("業務", 62), Column("仕様", 35), Column("確認した数", 42), Column("最後の日", 26)),
            rows=tuple((work.work, work.required, work.done, work.last_day) for work in facts.works),
            note="注　人数はすべて延べ。実施日、出席数、区の立会者および提出物の明細は、検査調書別紙による。",
        ),
        Heading(2, "2", "検査の結果"),
        Choice(label="結果", words=RESULTS, chosen=one.result if one is not None else ""),
        KeyValues(rows=_inspection_rows(one, facts.earlier)),
        Paragraph("契約書、仕様書その他の関係書類に基づいて検査し、結果が上記のとおりであることを確認した。"),
        SignBoxes(
            boxes=(
                ("検査員（担当の職員を除く）", join_nonempty(one.inspector_post, one.inspector) if one else "職・氏名"),
                ("立会人", (join_nonempty(one.witness_post, one.witness) if one else "") or "職・氏名"),
            )
        ),
    ]
    return document_frame.frame_document(
        context,
        kind=INSPECTION_RECORD_KIND,
        reference=f"{programme.year_code}-検査",
        blocks=blocks,
        look="form",
        header_left=join_nonempty(programme.title, programme.contract_number),
        footer_left=f"{document_frame.NO_PERSONAL_DATA_NOTICE}　職員の氏名を含む",
    )


def _day(day: date | None) -> str:
    return dates.long_date(day) if day is not None else dates.BLANK_DATE


def _inspection_rows(inspection: Inspection | None, earlier: Sequence[Inspection]) -> tuple[tuple[str, str], ...]:
    """Return (title, text) of the rows on 手直し, open documents, earlier 検査 and 備考; a blank form for None."""
    if inspection is None:
        return (("手直しの内容", ""), ("手直しの期限", dates.BLANK_DATE), ("備考", ""))
    rows = [("手直しの内容", inspection.repair or "なし")]
    if inspection.repair:
        rows += [("手直しの期限", _day(inspection.repair_due)), ("手直しの完了", _day(inspection.repaired_on))]
    if inspection.open_reason:
        rows.append(("未了の書類があるまま\n進めた理由", inspection.open_reason))
    rows += [
        (f"第{number}回の検査", join_nonempty(dates.long_date(before.held_on), before.result, before.repair))
        for number, before in enumerate(earlier, start=1)
    ]
    return (*rows, ("備考", inspection.note))


INSPECTION_RESULT_KIND = "検査結果通知"
SUBJECT, LEAD, POINTS, OTHER, SEAL = ("件名", "前文", "指摘", "その他", "公印の表示")
"""The passages that staff may edit."""
_BOTH = ("合格", "不合格")


@record
class ResultFacts:
    """The content of a 検査結果通知.

    The 検査, its number in the year, what was inspected (a line each), and the texts of the passages.
    """

    inspection: Inspection
    ordinal: int
    inspected: str
    texts: Mapping[str, str]


def inspection_result(context: document_frame.DocumentContext, facts: ResultFacts) -> DocumentContent:
    """Build the 検査結果通知 with 合格 and 不合格 (between them 手直し if it is that), the applicable one framed."""
    programme, one, texts = context.programme, facts.inspection, facts.texts
    head = document_frame.outgoing_head(context)
    setting = context.setting
    sender = (setting.sender if setting is not None else "") or f"{context.office.ward}長"
    seal = texts.get(SEAL, "").strip()
    if context.letter is not None and context.letter.form.is_formal:
        head = replace(head, sender=tuple(line for line in (sender, seal) if line))
    subject, _, rest = texts.get(SUBJECT, "").partition("\n")
    number = f"第{programme.contract_number}号" if is_digits(programme.contract_number) else programme.contract_number
    blocks: list[Block] = [
        head,
        Title(subject, subtitle=rest, lead=texts.get(LEAD, "")),
        Paragraph("記", style="letter", align="center"),
        LetterItems(
            rows=(
                ("件名", programme.title),
                (
                    "契約番号・契約日",
                    join_nonempty(
                        number or "（未入力）",
                        dates.long_date_plain(programme.contract_date) if programme.contract_date else "",
                    ),
                ),
                ("履行期間", term_words(programme, dates.long_date_plain)),
                ("検査の日", dates.long_date(one.held_on)),
                ("検査員", join_nonempty(one.inspector_post, one.inspector)),
            )
        ),
        Choice(
            label="結果",
            words=_BOTH if not one.result.needs_rework else ("合格", one.result, "不合格"),
            chosen=one.result,
            number=6,
        ),
        LetterItems(
            rows=(
                ("検査の対象", facts.inspected),
                (POINTS, texts.get(POINTS, "")),
                ("その他" if one.result.is_passed else "再検査", texts.get(OTHER, "")),
            ),
            start=7,
        ),
        Closing(),
        document_frame.office_contact(context.office),
    ]
    return document_frame.frame_document(
        context,
        kind=INSPECTION_RESULT_KIND,
        reference=f"{programme.year_code}-{INSPECTION_RESULT_KIND}"
        + (f"-{facts.ordinal}" if facts.ordinal > 1 else ""),
        ordinal=facts.ordinal,
        blocks=blocks,
        look="letter",
        outgoing=True,
    )


INVOICE_CHECK_KIND = "請求書の点検票"
_SHOWN = 3
"""How many receipts have a column; earlier ones are in the table of receipts."""


@record
class ReceiptLine:
    """One receipt of a 請求書 with its day, its result, and when and why it was returned."""

    number: int
    received: str
    result: str
    reason: str
    returned: str


@record
class ReceiptPoint:
    """One point of the 請求書の点検票 with what it was compared with, and ○, × or "" for each receipt.

    ``acceptance_reason`` says why a difference was accepted.
    """

    name: str
    against: str
    marks: Sequence[str]
    acceptance_reason: str = ""


@record
class DateLine:
    """Record of one date of the payment with its calculation."""

    name: str
    day: str
    counted: str
    strong: bool = False


@record
class InvoiceCheckFacts:
    """Record of what the 請求書の点検票 shows.

    ``receipt_headings`` are those of the receipts with a column (「1回目 R9.4.6」). ``stops`` are what prevents
    the payment, a sentence each. ``ward_rules_from`` is the number of the first point that is the ward's own
    rule. ``open_question`` is what the 会計課 was asked, ``reason`` why the payment went on before the check was
    finished.
    """

    inspection: str
    receipts: Sequence[ReceiptLine]
    receipt_headings: Sequence[str]
    points: Sequence[ReceiptPoint]
    ward_rules_from: int
    payment: Sequence[DateLine]
    stops: Sequence[str]
    open_question: str
    first_checker: str
    second_checker: str
    checked: str
    ordered: str
    paid: str
    reason: str = ""


def invoice_check(context: document_frame.DocumentContext, facts: InvoiceCheckFacts) -> DocumentContent:
    """Return the 請求書の点検票; without a 請求書 it is a blank form."""
    programme, contractor = context.programme, context.contractor
    reference = f"{programme.year_code}-請求-01"
    amount = f"{yen_text(programme.amount)}　{tax_words(programme)}" if programme.amount is not None else "（未入力）"
    blocks = [
        Title(INVOICE_CHECK_KIND, subtitle=f"委託料（{programme.payment_way}）" if programme.payment_way else "委託料"),
        KeyValues(
            rows=(
                ("件名・契約番号", f"{programme.title}　契約番号　{programme.contract_number or '（未入力）'}"),
                ("請求者", join_nonempty(contractor.name, contractor.representative)),
                ("履行の確認", facts.inspection),
                ("契約金額", amount),
            )
        ),
        *(Paragraph(f"▶　{words}", style="strong") for words in facts.stops),
        Heading(1, "1", "受領と返戻", sheet="受領と返戻"),
        _receipts(facts.receipts),
        Heading(1, "2", "点検した事項", sheet="点検した事項", right="○＝合う　×＝合わない　2人で点検する"),
        _points(facts),
        Heading(
            1,
            "3",
            "支払の期限",
            sheet="支払の期限",
            right=f"{full_clause(programme.clause_payment)}「{_payment_words(programme)}」",
        ),
        Table(
            (Column("日", 42), Column("日付", 32), Column("数え方", 91)),
            tuple((one.name, one.day, one.counted) for one in facts.payment),
            name="支払の期限",
            bold_rows=tuple(place for place, one in enumerate(facts.payment) if one.strong),
            note="注　返戻の理由と日は、相手に書面または電子メールで知らせる。"
            "初日と返戻の両端の日を数えるかには異なる読み方があり、"
            f"早い日を目安日として示す。{facts.open_question}",
        ),
        *((Paragraph(f"点検を終えずに支払の手続きを進めた理由　{facts.reason}"),) if facts.reason else ()),
        SignBoxes(
            boxes=(
                (f"点検1　{facts.checked}".strip("　"), facts.first_checker or "　月　　日"),
                (f"点検2　{facts.checked}".strip("　"), facts.second_checker or "　月　　日"),
                ("支出命令", facts.ordered or "令和　年　月　日"),
                ("支払日", facts.paid or "令和　年　月　日"),
            )
        ),
    ]
    return document_frame.frame_document(
        context, kind=INVOICE_CHECK_KIND, reference=reference, blocks=blocks, look="form"
    )


def _contract_date_row(programme: Programme) -> tuple[str, str]:
    made_on = programme.contract_date
    return contract_date_word(programme), dates.long_date(made_on) if made_on else "（未入力）"


def _payment_words(programme: Programme) -> str:
    """Return the payment condition after its last 「、」 and 「からの」, and the payment period, joined by 「、」."""
    condition = programme.payment_condition.rpartition("、")[2].rpartition("からの")[2]
    return join_nonempty(condition, programme.payment_period, separator="、")


def _receipts(receipts: Sequence[ReceiptLine]) -> Block:
    """Return the table of received invoices, or that there is none."""
    if not receipts:
        return Paragraph("請求書は、まだ受領していない。")
    return Table(
        (
            Column("No", 10, align="center"), Column("受領日", 28),
            Column("結果", 22), Column("理由（返戻したとき）", 73),
            Column("返戻した日", 32),
        ),
        tuple((str(one.number), one.received, one.result, one.reason, one.returned) for one in receipts),
        name="受領と返戻",
    )  # fmt: skip


def _points(facts: InvoiceCheckFacts) -> Table:
    """Return the table of checked points, with a column for each of the last three receipts."""
    heads = tuple(facts.receipt_headings[-_SHOWN:]) or ("1回目",)
    width = 18.0
    return Table(
        (
            Column("No", 10, align="center"),
            Column("事項", 40),
            Column("くらべた相手・見るところ", 165 - 50 - width * len(heads)),
            *(Column(head, width, align="center") for head in heads),
        ), tuple(
            (
                str(place), one.name, join_nonempty(one.against, one.acceptance_reason, separator="\n"),
                *(tuple(one.marks[-_SHOWN:]) or ("",)),
            )
            for place, one in enumerate(facts.points, 1)
        ), name="点検した事項",
        note=f"注　{facts.ward_rules_from}から{len(facts.points)}までは区の点検であり、"
             f"仕様書の定めではない。"
        "登録番号の公表サイトでの確認は、インターネットに接続できる別の端末で行う。",
    )  # fmt: skip
