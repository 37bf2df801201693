"""The chapters of a 実施報告書 as they are printed: what each is filled from, who writes it, whether it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.subjects.reports.rules.report_points import CHAPTERS, Chapter
from db.records.programme import Kind
from db.records.reports import Report

Source = Literal["result", "agenda", "materials", "survey"]
SectionState = Literal["済", "記入待ち", "任意"]
Writer = Literal["区が記入", "受託者の集計", "受託者"]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One printed chapter: its number (empty for what stands before the first), title and who fills it.

    ``keys`` are the typed parts in it, ``sources`` the records of the application it is filled from.
    """

    number: str
    title: str
    writer: Writer
    keys: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def words(self) -> str:
        """「5　講師所感」."""
        return f"{self.number}　{self.title}" if self.number else self.title


def _part(number: str, title: str, writer: Writer, keys: str = "", sources: tuple[Source, ...] = ()) -> Section:
    return Section(number=number, title=title, writer=writer, keys=tuple(keys.split()), sources=sources)


OUTLINE: Final[dict[Kind, tuple[Section, ...]]] = {
    "講習会": (
        _part("", "要点", "受託者", "要点"),
        _part("1", "概要", "区が記入", "講師", ("result",)),
        _part("2", "実施内容", "区が記入", "時間割内容 質疑", ("agenda",)),
        _part("3", "配布資料", "区が記入", "", ("materials",)),
        _part("4", "アンケート集計", "受託者の集計", "自由記述分類", ("survey",)),
        _part("5", "講師所感", "受託者", "所感"),
        _part("6", "課題と次回への改善", "受託者", "課題と改善"),
        _part("7", "写真", "受託者", "写真"),
    ),
    "派遣": (
        _part("", "要点", "受託者", "要点"),
        _part("1", "概要", "区が記入", "講師", ("result",)),
        _part("2", "事前ヒアリングと課題", "受託者", "ヒアリング 課題と目標"),
        _part("3", "実施内容", "区が記入", "時間割内容 運用ルール", ("agenda",)),
        _part("4", "到達状況", "受託者", "到達状況 できること"),
        _part("5", "今後の支援方針", "受託者", "支援方針 支援計画"),
        _part("6", "フォローアップ", "受託者", "フォローアップ"),
    ),
    "意見交換会": (
        _part("", "要点", "受託者", "要点"),
        _part("1", "概要", "区が記入", "講師", ("result",)),
        _part("2", "講義", "受託者", "講義 時間割内容", ("agenda",)),
        _part("3", "グループワークの討議内容", "受託者", "班 共通した課題"),
        _part("4", "アンケート集計", "受託者の集計", "自由記述分類", ("survey",)),
        _part("5", "講師所感", "受託者", "所感"),
        _part("6", "まとめ", "受託者", "まとめ"),
    ),
}


def chapters_of(kind: Kind, section: Section) -> tuple[Chapter, ...]:
    """Return the typed parts of ``section`` in their order."""
    known = {chapter.key: chapter for chapter in CHAPTERS[kind]}
    return tuple(known[key] for key in section.keys)


def is_written(chapter: Chapter, report: Report) -> bool:
    """Return whether something was typed into one part."""
    if chapter.shape == "text":
        return bool(report.body.get(chapter.key, "").strip())
    return any(cell.strip() for cells in report.tables.get(chapter.key, ()) for cell in cells)


def section_state(kind: Kind, section: Section, report: Report, present: Mapping[Source, bool]) -> SectionState:
    """Return whether a chapter says what it must (仕様書4(1)コ, (2)ケ, (3)コ); one that may stay empty is 任意.

    Args:
        present: for each source whether the application holds what the chapter prints.
    """
    chapters = chapters_of(kind, section)
    wanted = [chapter for chapter in chapters if not chapter.optional]
    if not section.sources and not wanted:
        return "済" if any(is_written(chapter, report) for chapter in chapters) else "任意"
    complete = all(present.get(source, False) for source in section.sources)
    return "済" if complete and all(is_written(chapter, report) for chapter in wanted) else "記入待ち"
