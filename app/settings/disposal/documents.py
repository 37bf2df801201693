"""Content of 廃棄の記録 (P6) and データ返還一式 (特22, F-40).

The 廃棄の記録 says what the ward erased, how much, why, and where copies remain, without names; it is not the
contractor's 廃棄・消去証明書. データ返還一式 is one workbook of all data taken out at the end of a contract; it names
people and stays in the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.calendar import dates
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, SignBoxes, Table, Title
from app.documents.list_sheet import PERSONAL, fitted_table
from app.programme.rules import PHOTOS, REQUEST, REQUEST_FORMS, last_day_words
from db.record import group_by_key, record
from db.records.disposals import Disposal, DisposalHold

DISPOSAL_RECORD_KIND = "廃棄の記録"
_SAVED_COLUMNS = (
    Column("", 9, align="center"), Column("書類・一覧", 40), Column("数", 12, align="right"),
    Column("保存した日・人", 40), Column("暗号化", 14), Column("場所", 50),
)  # fmt: skip
_METHODS = dict.fromkeys((REQUEST_FORMS.key, PHOTOS.key), "ファイルを消去")
_JUDGED_AS_OTHERS = (
    "氏名・電話番号・団体名は、この記録に書きません。受託者が出す「廃棄・消去証明書」"
    f"（{clause_of('返還・処分を証明する書類')}）とは別のものです。"
)


@record
class SavedFile:
    """A file saved outside the program that names people: document, day, person, whether locked, and folder.

    ``is_uncertain``: no kept copy shows whether it holds those who were erased.
    """

    document: str
    day: date
    by: str
    locked: bool
    where: str
    is_uncertain: bool = False


@record
class TextLocations:
    """Number of places in texts, and a text that lists them: 「団体・備考 1」."""

    count: int = 0
    words: str = ""


@record
class ErasureFacts:
    """One erasure as carried out: its kinds, what was held back, until when backups hold it, what is due next.

    ``rules`` names those by which it was due. ``naming_texts`` are the ward's texts that still contain a name;
    ``uncertain_texts`` those with a surname or a name shared by somebody else that nobody has judged yet;
    ``judged_as_others`` counts those judged to mean others. ``outside_files`` are the saved files that may hold
    those who were erased, out of ``checked_files`` compared; None = it cannot be determined for each file, and all
    are listed.
    """

    number: int
    year_words: str
    kinds: tuple[Disposal, ...]
    holds: tuple[tuple[str, DisposalHold], ...]
    backups_until: date
    next_due: tuple[str, date] | None
    rules: str
    outside_files: tuple[SavedFile, ...] = ()
    checked_files: int | None = None
    has_second_folder: bool = False
    naming_texts: TextLocations = TextLocations()
    uncertain_texts: TextLocations = TextLocations()
    judged_as_others: int = 0

    @property
    def on_request(self) -> bool:
        """Return whether it was done on a person's request, not because a retention period ended."""
        return all(one.kind == REQUEST.key for one in self.kinds)

    @property
    def erased_at(self) -> datetime:
        """Return when it was carried out."""
        return self.kinds[0].erased_at or self.kinds[0].marked_at


def disposal_record(context: document_frame.DocumentContext, facts: ErasureFacts) -> DocumentContent:
    """Return the content of 廃棄の記録 for one erasure."""
    first, total = facts.kinds[0], sum(one.erased for one in facts.kinds)
    blocks: list[Block] = [
        Title(
            DISPOSAL_RECORD_KIND,
            subtitle=f"区が自分で持っていた情報を、{_cause_text(facts)}消したものです。",
            centred=True,
        ),
        KeyValues(
            rows=(
                ("消した日時", dates.stamp_words(facts.erased_at)),
                ("印を付けた人", f"{first.by}　{dates.stamp_words(first.marked_at)}"),
                ("立会い", first.witness or "なし"),
                (
                    "根拠",
                    "本人の求め（保つ期間の途中でも消す）"
                    if facts.on_request
                    else f"情報ごとの保つ期間（{facts.rules}または区が入力した日）、申込書などに書いた期間",
                ),
            )
        ),
        Heading(1, "1", "消したもの", right=f"{len(facts.kinds)}種 {total}", sheet=DISPOSAL_RECORD_KIND),
        _erased_table(facts, total),
        Heading(1, "2", "残っているもの", right="理由と、いつまで"),
        _kept_table(facts),
        Heading(1, "3", "確かめたこと"),
        Table(
            columns=(Column("印", 9, align="center"), Column("内容", 156)),
            rows=tuple(_checks(facts)),
            name="確かめたこと",
        ),
        Paragraph(_JUDGED_AS_OTHERS, style="note"),
    ]  # fmt: skip
    if facts.outside_files or facts.checked_files:
        blocks += _outside_file_blocks(facts)
    if facts.next_due is not None:
        what, day = facts.next_due
        blocks.append(Paragraph(f"つぎに消すもの　{dates.table_date(day)}　{what}"))
    blocks.append(SignBoxes(boxes=(("係長", "㊞"), ("立会い", "㊞"), ("消した人", "㊞"))))
    reference = f"{facts.year_words}-廃棄-{facts.number:03d}"
    return document_frame.frame_document(
        context, kind=DISPOSAL_RECORD_KIND, reference=reference, blocks=blocks, at_most=1
    )


def _cause_text(facts: ErasureFacts) -> str:
    return "本人の求めにより" if facts.on_request else "目的が終わったので"


def _erased_table(facts: ErasureFacts, total: int) -> Block:
    """Return the table of what was erased; on request it has the stated reason, but no event and no due day."""
    if facts.on_request:
        columns: tuple[Column, ...] = (
            Column("No", 9), Column("情報", 36), Column("数", 14, align="right"), Column("なぜ", 80),
            Column("方法", 26),
        )  # fmt: skip
    else:
        columns = (
            Column("No", 9), Column("情報", 34), Column("どの回", 29), Column("数", 14, align="right"),
            Column("なぜ", 30), Column("予定の日", 22), Column("方法", 27),
        )  # fmt: skip
    titles = [one.title for one in columns]
    rows = [
        {
            "No": str(number),
            "情報": one.what,
            "どの回": one.places or "―",
            "数": f"{one.erased}{one.unit}",
            "なぜ": one.why,
            "予定の日": dates.table_date(one.due_on),
            "方法": _METHODS.get(one.kind, "データから消去"),
        }
        for number, one in enumerate(facts.kinds, 1)
    ]
    lines = tuple(tuple(row.get(title, "") for title in titles) for row in (*rows, {"情報": "計", "数": str(total)}))
    return Table(columns=columns, rows=lines, total_row=True, name="消したもの")


def _kept_table(facts: ErasureFacts) -> Block:
    rows = [
        (what, "―", hold.reason, dates.table_date(hold.until), f"{hold.by}　{dates.table_date(hold.at.date())}")
        for what, hold in facts.holds
    ]
    rows += [
        (one.what, f"{one.stayed}{one.unit}", "印を付けたあとで使われた", "―", "―") for one in facts.kinds if one.stayed
    ]
    for what, found, until in (
        ("文の中の氏名など", facts.naming_texts, "直すまで"),
        ("名字だけ・同姓同名の所", facts.uncertain_texts, "確認まで"),
    ):
        if found.count:
            rows.append((what, f"{found.count}か所", found.words, until, "―"))
    if not rows:
        return Paragraph("ありません。")
    columns = (
        Column("情報", 42), Column("数", 16, align="right"), Column("理由", 50), Column("いつまで", 24),
        Column("決めた人・日", 33),
    )  # fmt: skip
    return Table(columns=columns, rows=tuple(rows), name="残っているもの")


def _outside_file_blocks(facts: ErasureFacts) -> tuple[Block, ...]:
    """Return the blocks on files saved outside, a line for each document and place, without file names.

    File names are left out because people typed them and may have put names in.
    """
    alike = group_by_key(((one.is_uncertain, one.document, one.locked, one.where), one) for one in facts.outside_files)
    rows = tuple(
        (
            "□", f"{'※' if unsure else ''}{paper}", f"{len(files)}件", _days_and_people(files),
            "あり" if locked else "なし", where,
        )
        for (unsure, paper, locked, where), files in sorted(alike.items(), key=lambda each: each[0][0])
    )  # fmt: skip
    return (
        Heading(1, "4", "外に保存したもの（個人情報あり）", right=f"{len(facts.outside_files)}件　区が消したら□に印"),
        Table(columns=_SAVED_COLUMNS, rows=rows, name="外に保存したもの", note=_checked_files_text(facts)),
    )


def _days_and_people(files: Sequence[SavedFile]) -> str:
    """Return the days and people who saved files as 「R8.9.1～R8.12.3　見本　花子、見本　太郎」."""
    days = sorted({one.day for one in files})
    span = "～".join(dict.fromkeys(map(dates.table_date, (days[0], days[-1]))))
    return f"{span}　{'、'.join(dict.fromkeys(one.by for one in files))}"


def _checked_files_text(facts: ErasureFacts) -> str:
    """Return how many files were checked, and for how many no copy shows whether they hold those who were erased."""
    if facts.checked_files is None:
        return ""
    unsure = sum(one.is_uncertain for one in facts.outside_files)
    found = len(facts.outside_files) - unsure
    more = fill_nonempty("※の{}件は控えがなく、載っているか分からない。", unsure)
    return f"個人情報のある保存{facts.checked_files}件を控えで調べ、消した人の載っている{found}件を書いた。{more}"


def _checks(facts: ErasureFacts) -> Sequence[tuple[str, str]]:
    """Return rows (mark, sentence) on what was counted and searched again after the erasing."""
    first = facts.kinds[0]
    before = sum(one.removed_before for one in facts.kinds)
    same = "変わっていない" if first.people_before == first.people_after else f"{first.people_before}人から変わった"
    left = first.left_over
    again = "消したあとに、もう一度数えた　残り"
    said = [("✓", f"{again} 0件（{len(facts.kinds)}種とも）。その変更の履歴からも消えている")]
    if left:
        said = [("□", f"{again} {left}件。まだ消し終わっていない。情報システムの担当者に知らせる")]
    said += _search_rows(facts)
    if before:
        said.append(("✓", f"前に手で外し、履歴だけに残っていた{before}件も消した"))
    if first.elsewhere:
        said.append(("―", f"同じ氏名・番号などを、ほかの目的で{first.elsewhere}件が持っている（それぞれの期間で消す）"))
    said += [
        ("✓", f"出席した人の延べ数は{same}　延べ {first.people_after}人"),
        ("✓", f"データフォルダーのバックアップには、最長で{last_day_words(facts.backups_until)}まで残り、順に消える"),
        ("―", "出した書類の控えは、控えの保存年数で消える（「控えの消去」）"),
        ("―", "団体の代表者と、申込のない役員の氏名は、名簿として残る"),
        *(
            [("✓", "バックアップの2つ目の場所にも、消したものの一覧を写す。そこに残るものも、同じ決まりで順に消える")]
            if facts.has_second_folder
            else []
        ),
        ("□", "ほかの場所に置いたバックアップ、保存したファイル、紙は、区が消した　　（日・名　　　　　　　　　）"),
    ]
    return said


def _search_rows(facts: ErasureFacts) -> Sequence[tuple[str, str]]:
    """Return rows (mark, sentence) on what was searched for in the remaining data, and how; [] if there was no name."""
    number = facts.kinds[0].searched
    if number is None:
        return [("□", "ほかの行の文に氏名などが残っていないかは、この消去では一部の欄だけを探した（前の版のアプリ）")]
    if not number:
        return []
    found = f"{facts.naming_texts.count}か所は2に書いた" if facts.naming_texts.count else "見つかった所はない"
    said = [("✓", f"残る行の全ての欄と履歴から、氏名・番号{number}件を姓と名の全体で探した。{found}")]
    judged = [f"別の人のこと {facts.judged_as_others}か所"] if facts.judged_as_others else []
    waiting = [f"だれのことか未確認 {facts.uncertain_texts.count}か所（2）"] if facts.uncertain_texts.count else []
    surnames = "・".join((*waiting, *judged)) or "見つかった所はない"
    return [
        *said,
        ("□" if waiting else "✓", f"名字だけの所は、いまの文から探した　{surnames}"),
        ("―", "名だけの所、ローマ字の氏名、電話番号やメールアドレスの一部だけの所は、探していない"),
    ]


RETURN_PACKAGE_KIND = "データ返還一式"
_CONTENTS = "目録"


@record
class PackageList:
    """One list of データ返還一式: its category, title, headings and rows."""

    category: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def return_package(context: document_frame.DocumentContext, lists: Sequence[PackageList]) -> DocumentContent:
    """Return the content of データ返還一式, a workbook with these lists."""
    contents = [(str(number), one.category, one.title, str(len(one.rows))) for number, one in enumerate(lists, start=1)]
    total = ("", "計", f"{len(lists)}表", str(sum(len(one.rows) for one in lists)))
    blocks: list[Block] = [
        Title(
            RETURN_PACKAGE_KIND,
            subtitle="契約の終わりに、区の記録をまとめて出したものです。",
            lead=f"{dates.stamp_words(context.made_at)}現在　{context.programme.title}",
        ),
        Table(
            columns=(
                Column("No", 14, align="center"),
                Column("種別", 60),
                Column("内容", 160),
                Column("件数", 27, align="right"),
            ),
            rows=(*contents, total),
            total_row=True,
            name=_CONTENTS,
        ),
    ]
    for number, one in enumerate(lists, start=1):
        blocks.extend(
            (
                Heading(1, str(number), one.title, sheet=one.title, right=f"{len(one.rows)}件"),
                fitted_table(one.title, one.columns, one.rows) if one.rows else Paragraph("ありません。"),
            )
        )
    year = context.programme.year_code
    return document_frame.frame_document(
        context,
        kind=RETURN_PACKAGE_KIND,
        reference=f"{year}-{RETURN_PACKAGE_KIND}",
        stem=f"{year}-{RETURN_PACKAGE_KIND}-{context.made_at:%Y%m%d}",
        blocks=blocks,
        look="roster",
        first_sheet=_CONTENTS,
        footer_left=PERSONAL,
        personal=True,
    )
