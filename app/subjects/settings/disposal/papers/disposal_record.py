"""廃棄の記録 (P6): what the ward erased of what it held itself, how many, why, and where copies of it still lie.

No name, telephone number or 団体 stands in it. It is the ward's own, and not the 廃棄・消去証明書 of the contractor.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.calendar import dates
from app.papers import paper
from app.papers.blocks import Block, Column, DocumentContent, Heading, KeyValues, Paragraph, SignBoxes, Table, Title
from app.programme.rules.retention import PHOTOS, SLIPS
from db.frozen_record import frozen_record
from db.records.disposals import Disposal, DisposalHold

KIND: Final = "廃棄の記録"
_NONE: Final = "なし"
_SAVED_SHOWN: Final = 12
_SAVED_COLUMNS: Final = (
    Column("", 9, align="center"), Column("書類・一覧", 46), Column("保存した日・人", 50), Column("暗号化", 16),
    Column("場所", 44),
)  # fmt: skip
_SECOND: Final = "バックアップの2つ目の場所にも、消したものの一覧を写す。そこに残るものも、同じ決まりで順に消える"
_METHODS: Final = dict.fromkeys((SLIPS.key, PHOTOS.key), "ファイルを消去")
_NOT_THEIRS: Final = (
    "氏名・電話番号・団体名は、この記録に書きません。受託者が出す「廃棄・消去証明書」（特22-2）とは別のものです。"
)


@frozen_record
class SavedFile:
    """One file that was saved outside and names people: which paper, when, by whom, whether locked, and where."""

    paper: str
    day: date
    by: str
    locked: bool
    where: str


@frozen_record
class Places:
    """How many places in texts, and which: 「団体・備考 1」."""

    number: int = 0
    words: str = ""


@frozen_record
class RecordFacts:
    """One press as it was carried out: its kinds, what was kept then, until when backups hold it, what comes next.

    ``named`` says in which texts of the ward a name stands still; ``unsure`` in which a surname stands, or a name that
    somebody else bears, too, and nobody has judged yet; ``others`` counts those that somebody judged to mean others.
    """

    number: int
    year_words: str
    kinds: tuple[Disposal, ...]
    holds: tuple[tuple[str, DisposalHold], ...]
    backups_until: date
    next_due: tuple[str, date] | None
    saved: tuple[SavedFile, ...] = ()
    second_place: bool = False
    named: Places = Places()
    unsure: Places = Places()
    others: int = 0

    @property
    def erased_at(self) -> datetime:
        """When it was carried out."""
        return self.kinds[0].erased_at or self.kinds[0].marked_at


def disposal_record(context: paper.PaperContext, facts: RecordFacts) -> DocumentContent:
    """Build the record of one press."""
    first, total = facts.kinds[0], sum(one.erased for one in facts.kinds)
    blocks: list[Block] = [
        Title(KIND, subtitle="区が自分で持っていた情報を、目的が終わったので消したものです。", centred=True),
        KeyValues(
            rows=(
                ("消した日時", dates.stamp_words(facts.erased_at)),
                ("印を付けた人", f"{first.by}　{dates.stamp_words(first.marked_at)}"),
                ("立会い", first.witness or _NONE),
                ("根拠", "情報ごとの保つ期間（アプリの目安または区が入力した日）、申込書などに書いた期間"),
            )
        ),
        Heading(1, "1", "消したもの", right=f"{len(facts.kinds)}種 {total}", sheet=KIND),
        Table(
            columns=(
                Column("No", 9), Column("情報", 36), Column("どの回", 35), Column("数", 15, align="right"),
                Column("なぜ", 24), Column("予定の日", 22), Column("方法", 24),
            ),
            rows=(
                *(_row(number, one) for number, one in enumerate(facts.kinds, 1)),
                ("", "計", "", str(total), "", "", ""),
            ),
            total_row=True,
            name="消したもの",
        ),
        Heading(1, "2", "残っているもの", right="理由と、いつまで"),
        _staying(facts),
        Heading(1, "3", "確かめたこと"),
        Table(
            columns=(Column("印", 9, align="center"), Column("内容", 156)),
            rows=tuple(_checks(facts)),
            name="確かめたこと",
        ),
        Paragraph(_NOT_THEIRS, style="note"),
    ]  # fmt: skip
    if facts.saved:
        blocks += _saved(facts.saved)
    if facts.next_due is not None:
        what, day = facts.next_due
        blocks.append(Paragraph(f"つぎに消すもの　{dates.table_date(day)}　{what}", style="note"))
    blocks.append(SignBoxes(boxes=(("係長", "㊞"), ("立会い", "㊞"), ("消した人", "㊞"))))
    reference = f"{facts.year_words}-廃棄-{facts.number:03d}"
    return paper.framed(context, kind=KIND, reference=reference, blocks=blocks, at_most=1)


def _row(number: int, one: Disposal) -> tuple[str, ...]:
    day = dates.table_date(one.due_on)
    return (
        str(number),
        one.what,
        one.places or "―",
        f"{one.erased}{one.unit}",
        one.why,
        day,
        _METHODS.get(one.kind, "データから消去"),
    )


def _staying(facts: RecordFacts) -> Block:
    rows: list[tuple[str, ...]] = [
        (what, "―", hold.reason, dates.table_date(hold.until), f"{hold.by}　{dates.table_date(hold.at.date())}")
        for what, hold in facts.holds
    ]
    rows += [
        (one.what, f"{one.stayed}{one.unit}", "印を付けたあとで使われた", "―", "―") for one in facts.kinds if one.stayed
    ]
    for what, found, until in (
        ("文の中の氏名など", facts.named, "直すまで"),
        ("名字だけ・同姓同名の所", facts.unsure, "確認まで"),
    ):
        if found.number:
            rows.append((what, f"{found.number}か所", found.words, until, "―"))
    if not rows:
        return Paragraph("ありません。")
    columns = (
        Column("情報", 42), Column("数", 16, align="right"), Column("理由", 50), Column("いつまで", 24),
        Column("決めた人・日", 33),
    )  # fmt: skip
    return Table(columns=columns, rows=tuple(rows), name="残っているもの")


def _saved(saved: Sequence[SavedFile]) -> tuple[Block, ...]:
    """What the program saved outside; names of files are left out, as people typed them."""
    rows = tuple(
        ("□", one.paper, f"{dates.table_date(one.day)}　{one.by}", "あり" if one.locked else "なし", one.where)
        for one in saved[:_SAVED_SHOWN]
    )
    more = f"ほか{len(saved) - _SAVED_SHOWN}件は、画面の一覧にある。" if len(saved) > _SAVED_SHOWN else ""
    return (
        Heading(1, "4", "外に保存したもの（個人情報あり）", right=f"{len(saved)}件　区が消したら□に印"),
        Table(columns=_SAVED_COLUMNS, rows=rows, name="外に保存したもの", note=more),
    )


def _checks(facts: RecordFacts) -> Sequence[tuple[str, str]]:
    first = facts.kinds[0]
    before = sum(one.removed_before for one in facts.kinds)
    same = "変わっていない" if first.people_before == first.people_after else f"{first.people_before}人から変わった"
    left = first.left_over
    again = "消したあとに、もう一度数えた　残り"
    said = [("✓", f"{again} 0件（{len(facts.kinds)}種とも）。その変更の履歴からも消えている")]
    if left:
        said = [("□", f"{again} {left}件。まだ消し終わっていない。情報システムの担当者に知らせる")]
    said += _looked_for(facts)
    if before:
        said.append(("✓", f"前に手で外し、履歴だけに残っていた{before}件も消した"))
    if first.elsewhere:
        said.append(("―", f"同じ氏名・番号などを、ほかの目的で{first.elsewhere}件が持っている（それぞれの期間で消す）"))
    said += [
        ("✓", f"出席した人の延べ数は{same}　延べ {first.people_after}人"),
        ("✓", f"データフォルダーのバックアップには、最長で{dates.long_date(facts.backups_until)}まで残り、順に消える"),
        ("―", "出した書類の控えは、控えの保存年数で消える（「控えの消去」）"),
        ("―", "団体の代表者と、申込のない役員の氏名は、名簿として残る"),
        *([("✓", _SECOND)] if facts.second_place else []),
        ("□", "ほかの場所に置いたバックアップ、保存したファイル、紙は、区が消した　　（日・名　　　　　　　　　）"),
    ]
    return said


def _looked_for(facts: RecordFacts) -> Sequence[tuple[str, str]]:
    """What was looked for in what stays, and how: no more than that is said."""
    number = facts.kinds[0].searched
    if number is None:
        return [("□", "ほかの行の文に氏名などが残っていないかは、この消去では一部の欄だけを探した（前の版のアプリ）")]
    if not number:
        return []
    found = f"{facts.named.number}か所は2に書いた" if facts.named.number else "見つかった所はない"
    said = [("✓", f"残る行の全ての欄と履歴から、氏名・番号{number}件を姓と名の全体で探した。{found}")]
    judged = [f"別の人のこと {facts.others}か所"] if facts.others else []
    waiting = [f"だれのことか未確認 {facts.unsure.number}か所（2）"] if facts.unsure.number else []
    surnames = "・".join((*waiting, *judged)) or "見つかった所はない"
    return [*said, ("□" if waiting else "✓", f"名字だけの所は、いまの文から探した　{surnames}")]
