"""復元の点検記録: which backup was restored, each step, the counts, and what was done about problems."""

from __future__ import annotations

from datetime import date, datetime

from app.calendar import dates
from app.documents import document_frame
from app.documents.blocks import (
    Block,
    Bullets,
    Column,
    DocumentContent,
    Figure,
    Heading,
    KeyFigures,
    KeyValues,
    Paragraph,
    SignBoxes,
    Table,
    Title,
)
from db.records.backups import DrillCount, RestoreDrill

KIND = "復元の点検記録"
_NONE = "なし"
_NOTE = "「元」は点検のときに動いているデータ、「復元」は空の場所に戻したもの。戻したものは点検の終わりに消した。"


def drill_record(
    context: document_frame.DocumentContext, drill: RestoreDrill, *, year_words: str, next_on: date
) -> DocumentContent:
    """Build the record of one drill.

    Args:
        year_words: 「R8」. next_on: the day by which the next drill is due.
    """
    same = sum(one.living == one.restored for one in drill.counts)
    kinds = len(drill.counts)
    blocks = [
        Title(KIND, subtitle="バックアップを実際に戻し、開いて、数を比べたものです。"),
        KeyValues(
            rows=(
                ("実施", f"{_made_at_text(drill.began)}から{drill.ended:%H:%M}まで　{drill.pc}"),
                ("点検者・立会い", f"{drill.by}　立会い {drill.witness or _NONE}"),
                ("根拠", "アプリの目安（年1回）"),
            )
        ),
        KeyFigures(
            figures=(
                _figure("戻した世代", str(drill.generation or _NONE), "番" if drill.made else "",
                _made_at_text(drill.made)),
                _figure(
                    "かかった時間",
                    str(max(1, round((drill.ended - drill.began).total_seconds()))),
                    "秒",
                    "戻してから消すまで",
                ),
                _figure("一致した数", str(same), "種類", f"{kinds}種類のうち"),
                _figure("失われる記録", str(drill.lost_count), "件", "点検の時点"),
            )
        ),
        Heading(1, "1", "バックアップの保管状況", sheet=KIND),
        Table(
            columns=(Column("No", 10), Column("所在", 66), Column("最新の世代", 34), Column("世代", 14, align="right"),
                     Column("暗号化", 16), Column("照合", 26)),
            rows=tuple(
                (str(number), one.where, _made_at_text(one.newest),
                 str(one.generations) if one.generations is not None else "―", "あり", one.state or "一致")
                for number, one in enumerate(drill.places, 1)
            ),
            name="保管状況",
        ),
        Heading(1, "2", "したこと"),
        Table(
            columns=(Column("No", 10), Column("手順", 70), Column("時刻", 16, align="center"),
                     Column("結果", 14, align="center"), Column("記録", 56)),
            rows=tuple(
                (str(number), one.what, f"{one.at:%H:%M}", "適" if one.good else "否", one.note)
                for number, one in enumerate(drill.steps, 1)
            ),
            name="手順",
        ),
        Heading(1, "3", "データ内容の正確性", right=f"変更の控えから戻した変更 {drill.replayed}件"),
        _two_column_table(drill.counts),
        Paragraph(_NOTE, style="note"),
        Heading(1, "4", "所見と処置"),
        *_finding_blocks(drill),
        SignBoxes(
            boxes=(
                ("点検者", f"{drill.by}　{dates.table_date(drill.ended.date())}"),
                ("立会い・確認", drill.witness),
                ("つぎの点検", f"{dates.table_date(next_on)}まで"),
            )
        ),
    ]  # fmt: skip
    reference = f"{year_words}-復元-{drill.number:02d}"
    return document_frame.frame_document(context, kind=KIND, reference=reference, blocks=blocks)


def _figure(label: str, value: str, unit: str, note: str) -> Figure:
    return Figure(label, value, unit=unit, note=note)


def _two_column_table(counts: tuple[DrillCount, ...]) -> Block:
    """Return the counts as a table of two halves side by side, the second padded with empty cells."""
    if not counts:
        return Paragraph("戻せなかったため、比べていません。")
    rows = [(one.what, f"{one.living:,}", f"{one.restored:,}", f"{one.restored - one.living:,}") for one in counts]
    half = (len(rows) + 1) // 2
    beside = [*rows[half:], *[("", "", "", "")] * (2 * half - len(rows))]
    columns = (
        Column("種類", 40), Column("元", 16, align="right"), Column("復元", 16, align="right"),
        Column("差", 12, align="right"),
    )  # fmt: skip
    return Table(
        columns=(*columns, Column("", 6), *columns),
        rows=tuple((*left, "", *right) for left, right in zip(rows[:half], beside, strict=True)),
        name="件数",
    )


def _finding_blocks(drill: RestoreDrill) -> tuple[Block, ...]:
    """Return the blocks on what the drill found wrong and what was done about it."""
    found = [f"「{one.what}」が否：{one.note}" for one in drill.steps if not one.good]
    found += [
        f"{one.what}：元 {one.living:,}、復元 {one.restored:,}" for one in drill.counts if one.living != one.restored
    ]
    found += [f"{one.where}：{one.state}" for one in drill.places if one.state]
    found += drill.notes
    if drill.treatment:
        found.append(f"処置：{drill.treatment}（{drill.treated_by}　{_day(drill.treated_on)}）")
    return (
        (Bullets(items=tuple(found)),)
        if found
        else (Paragraph("所見はありません。すべての手順が適で、差はありません。"),)
    )


def _made_at_text(made: datetime | None) -> str:
    return f"{dates.table_date(made.date())} {made:%H:%M}" if made is not None else "―"


def _day(day: date | None) -> str:
    return dates.table_date(day) if day is not None else ""
