"""The free answers of a survey in print: by theme where they were grouped by hand, else as they came."""

from __future__ import annotations

from dataclasses import dataclass

from app.papers.blocks import Block, Column, Paragraph, Table


@dataclass(frozen=True, kw_only=True)
class CommentGroup:
    """The free answers under one theme: how many there are, and those quoted with the number of each."""

    name: str
    count: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class CommentList:
    """The free answers to one question, letter for letter where they were not edited.

    ``numbers`` count the quoted ``lines`` among all ``written``; empty = all are quoted. ``groups`` are the themes
    they were put under by hand; ``left_out`` says how many are not quoted.
    """

    code: str
    title: str
    lines: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    written: int | None = None
    groups: tuple[CommentGroup, ...] = ()
    left_out: str = ""

    def numbered(self) -> tuple[tuple[int, str], ...]:
        """The quoted answers with their numbers."""
        numbers = self.numbers or range(1, len(self.lines) + 1)
        return tuple(zip(numbers, self.lines, strict=True))


def comment_table(comments: CommentList, classes: dict[str, str] | None = None) -> Block:
    """Return the free answers as a table: by theme, else with the class typed for each number, else as they came."""
    note = f"注　{comments.left_out}" if comments.left_out else ""
    written = len(comments.lines) if comments.written is None else comments.written
    if not written:
        return Paragraph(text="記入はありません。")
    plain = (Column(title="No", width=9, align="center"), Column(title="記述（原文のまま）", width=156))
    if comments.groups:
        return _themes_table(comments, plain, note)
    if not comments.lines:
        return Paragraph(text=comments.left_out.removeprefix("ほか"))
    if not classes:
        rows = tuple((str(number), text) for number, text in comments.numbered())
        return Table(name="自由記述", columns=plain, rows=rows, note=note)
    columns = (plain[0], Column(title="分類", width=38), Column(title="記述（原文のまま）", width=118))
    classed = tuple((str(number), classes.get(str(number), ""), text) for number, text in comments.numbered())
    return Table(name="自由記述", columns=columns, rows=classed, note=note)


def _themes_table(comments: CommentList, columns: tuple[Column, ...], note: str) -> Table:
    rows: list[tuple[str, str]] = []
    heads = []
    for group in comments.groups:
        heads.append(len(rows))
        rows.append((f"{group.name}　{group.count}件", ""))
        rows += [(str(number), text) for number, text in group.lines]
    return Table(name="自由記述", columns=columns, rows=tuple(rows), group_rows=tuple(heads), note=note)
