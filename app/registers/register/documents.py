"""Content of 団体の記録, an internal document about one 団体: contacts, events, 段階 and what was agreed."""

from __future__ import annotations

from collections.abc import Sequence

from app.calendar import dates
from app.documents import document_frame
from app.documents.blocks import Block, Bullets, Column, DocumentContent, Heading, KeyValues, Paragraph, Table, Title
from app.documents.rules import in_hiragana
from app.programme.rules import BRANCH
from db.record import record
from db.records.organisations import Organisation

KIND = "団体の記録"
REMARK = "経過・申し送り"
NO_BRANCH = "登録なし"
_NO_RECORDS = "記録はない。"
_SUBSIDY_COLUMNS = (("年度", 23), ("補助金", 44), ("金額", 27), ("申請期限", 24), ("実績報告期限", 24), ("状態", 23))

Rows = Sequence[tuple[str, ...]]


@record
class OrganisationFacts:
    """Facts from which 団体の記録 is built; each list holds the rows of its table as text.

    ``participation_words`` sums up the applications in one line; ``remark`` is what staff wrote.
    """

    organisation: Organisation
    people: Rows
    contacts: Rows
    participation: Rows
    participation_words: str
    stages: Rows
    agreements: Rows
    subsidies: Rows
    remark: str


def organisation_record(context: document_frame.DocumentContext, facts: OrganisationFacts) -> DocumentContent:
    """Return the content of 団体の記録 as of today; it names people, so each page is marked as personal data."""
    one = facts.organisation
    programme = context.programme
    day = context.made_at.date()
    blocks: list[Block] = [
        Title(KIND, subtitle=one.name, lead=f"{dates.long_date(day)}現在の登録と記録による。"),
        Heading(1, "1", "基本・連絡先", sheet="基本・連絡先"),
        KeyValues(rows=tuple(_basic_rows(one, programme.branch))),
        Heading(2, "(1)", "役員・人"),
        _table("役員・人", (("氏名", 48), ("役職", 32), ("在任", 35), ("連絡先", 50)), facts.people),
        Heading(2, "(2)", "団体の連絡先"),
        _table("団体の連絡先", (("種類", 20), ("連絡先", 60), ("目的", 53), ("廃棄予定日", 32)), facts.contacts),
        Heading(1, "2", "申込・参加", sheet="申込・参加", right=facts.participation_words),
        _table("申込・参加", (("実施日", 23), ("実施回", 66), ("申込・参加した人と結果", 76)), facts.participation),
        Heading(1, "3", "到達段階", sheet="到達段階"),
        _table("到達段階", (("ツール", 34), ("段階", 33), ("確かめた日", 26), ("根拠", 72)), facts.stages),
        Heading(1, "4", "協議", sheet="協議"),
        _table("協議", (("申入れ日", 23), ("実施回", 50), ("項目・内容", 62), ("結果", 30)), facts.agreements),
    ]
    if facts.subsidies:
        blocks += [
            Heading(1, "5", "補助金", sheet="補助金"),
            _table("補助金", _SUBSIDY_COLUMNS, facts.subsidies),
        ]
    if facts.remark.strip():
        blocks += [
            Heading(1, "6" if facts.subsidies else "5", REMARK, sheet=REMARK),
            Bullets(items=tuple(line for line in facts.remark.splitlines() if line.strip())),
        ]
    reference = f"{programme.year_code}-団{one.id:03d}-{KIND}"
    return document_frame.frame_document(
        context,
        kind=KIND,
        reference=reference,
        blocks=blocks,
        stem=f"{reference}-{day:%Y%m%d}",
        first_sheet="基本・連絡先",
        header_right=document_frame.PERSONAL_MARK,
        footer_left="重要情報（個人情報）　役員・参加者の氏名と連絡先を含む",
        personal=True,
    )


def _basic_rows(organisation: Organisation, branch: str) -> list[tuple[str, str]]:
    """Return the filled rows (label, value) with name, reading, branch, households and the like of a 団体."""
    households = organisation.households_text or (
        f"{organisation.households:,}世帯" if organisation.households is not None else ""
    )
    rows = [
        ("団体名", organisation.name),
        ("ふりがな", in_hiragana(organisation.furigana)),
        ("支部", organisation.branch or (NO_BRANCH if branch == BRANCH else "")),
        ("世帯数", households),
        ("支援方針", organisation.support_policy),
        ("備考", organisation.note),
    ]
    return [row for row in rows if row[1]]


def _table(name: str, columns: Sequence[tuple[str, float]], rows: Rows) -> Block:
    """Return a table with these columns (title, width), or the sentence 「記録はない。」 where it has no rows."""
    if not rows:
        return Paragraph(_NO_RECORDS)
    return Table(tuple(Column(title, width) for title, width in columns), tuple(rows), name=name)
