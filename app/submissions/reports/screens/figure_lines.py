"""The lines of 数字の突合 as shown, with confirmed numbers, proposals and their places on the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.submissions.reports.rules.number_extraction import dependent_differences
from app.submissions.reports.rules.report_figures import (
    RATE_ITEM,
    SINGLE_ITEM,
    FigureState,
    contradicting_rate,
    difference_words,
    different_options,
    figure_state,
)
from app.submissions.reports.screens.pdf_number_reading import ReadNumber, ReadPages
from app.widgets.pdf.pdf_pages import MarkTone, PageMark
from db.record import record
from db.records.submissions.reports import ReportFigure

_PAD = 2.0


@record
class FigureLine:
    """One number as stored, with the pages' proposals, compared with the ward's.

    ``chosen`` is the proposal taken among several (None = not yet); ``number`` that of its mark, 0 where nothing
    differs; ``recomputed`` the value calculated from the report's other numbers where it differs from the stated
    one, else ""; ``cause`` the number of the difference it follows from; ``earlier`` the previous version's
    figure.
    """

    figure: ReportFigure
    proposals: tuple[ReadNumber, ...] = ()
    chosen: int | None = None
    number: int = 0
    cause: int = 0
    recomputed: str = ""
    earlier: ReportFigure | None = None

    @property
    def is_confirmed(self) -> bool:
        """Return whether somebody has confirmed what the report says."""
        return bool(self.figure.theirs.strip())

    @property
    def proposal(self) -> ReadNumber | None:
        """Return the number read from the pages that waits to be confirmed: the only or the chosen one, else None."""
        if self.is_confirmed or not self.proposals:
            return None
        if len(self.proposals) == 1:
            return self.proposals[0]
        return self.proposals[self.chosen] if self.chosen is not None else None

    @property
    def is_ambiguous(self) -> bool:
        """Return whether the pages have different numbers and nobody has chosen one."""
        return not self.is_confirmed and len(self.proposals) > 1 and self.chosen is None

    @property
    def effective_figure(self) -> ReportFigure:
        """Return the figure with the confirmed, or else proposed, number."""
        one = self.proposal
        return self.figure if one is None else replace(self.figure, theirs=one.words, page=str(one.page))

    @property
    def state(self) -> FigureState:
        """Return how the report's number, confirmed or proposed, compares with the ward's."""
        return figure_state(self.effective_figure)

    @property
    def differs(self) -> bool:
        """Return whether both are known and different."""
        return self.state == "差"

    @property
    def agrees(self) -> bool:
        """Return whether both are known and equal; it may still contradict its own report (``recomputed``)."""
        return self.state == "一致"

    @property
    def is_missing(self) -> bool:
        """Return whether the number must be typed: none is confirmed or proposed, and there is no choice of several."""
        return self.state == "未入力" and not self.is_ambiguous

    @property
    def is_required(self) -> bool:
        """Return whether it must be settled before 確認済: the ward has it, and it is not of a single question."""
        return bool(self.figure.ours.strip()) and not self.figure.item.startswith(f"{SINGLE_ITEM}　")

    @property
    def difference(self) -> str:
        """Return 「+1」「一致」「未入力」「1による」, or 「2通り」 where several proposals fit.

        Where the report contradicts itself it is 「計算 100.0％」.
        """
        if self.is_ambiguous:
            return "2通り" if len(self.proposals) == 2 else f"{len(self.proposals)}通り"
        if self.cause:
            return f"{self.cause}による"
        if self.agrees and self.recomputed:
            return f"計算 {self.recomputed}％"
        return difference_words(self.effective_figure)

    @property
    def source_words(self) -> str:
        """Return the options of a question that differ, else the source of the ward's number."""
        return different_options(self.effective_figure) or self.figure.source

    @property
    def is_waiting(self) -> bool:
        """Return whether something is still to be done with this number (Enter does it).

        Never without a number of the ward, nor for a difference settled, or settled together with another.
        """
        if not self.figure.ours.strip():
            return False
        if not self.is_confirmed:
            return self.is_required or self.proposal is not None
        return self.differs and not self.figure.handling and not self.cause


def build_figure_lines(
    figures: Sequence[ReportFigure],
    read: ReadPages | None,
    *,
    earlier: Mapping[str, ReportFigure],
    chosen: Mapping[int, int],
) -> tuple[FigureLine, ...]:
    """Return the lines in the order of the report, differences numbered from above.

    Args:
        read: the numbers on the pages, None = not read yet.
        earlier: the previous version's figures, by item.
        chosen: the proposal taken among several, by figure id.
    """
    plain = [
        FigureLine(
            figure=one,
            proposals=read.numbers.get(one.item, ()) if read is not None else (),
            chosen=chosen.get(one.id),
            earlier=earlier.get(one.item),
        )
        for one in figures
    ]
    theirs = {line.figure.item: line.effective_figure.theirs for line in plain}
    causes = dependent_differences(theirs, {line.figure.item: line.figure.ours for line in plain})
    within = contradicting_rate(theirs.get("出席", ""), theirs.get("回収数", ""), theirs.get(RATE_ITEM, ""))
    differing = [line.figure.item for line in plain if line.differs]
    numbers = {item: number for number, item in enumerate(differing, 1)}
    return tuple(
        replace(
            line,
            number=numbers.get(line.figure.item, 0),
            cause=numbers.get(causes.get(line.figure.item, ""), 0),
            recomputed=within if line.figure.item == RATE_ITEM else "",
        )
        for line in plain
    )


def summary_of(lines: Sequence[FigureLine]) -> tuple[str, int]:
    """Return contradictions in words (「差 1件　報告書の中の食い違い 1件」, "" = none), and the matching count."""
    differing = sum(line.differs for line in lines)
    within = sum(line.agrees and bool(line.recomputed) for line in lines)
    said = [f"差 {differing}件"] if differing else []
    said += [f"報告書の中の食い違い {within}件"] if within else []
    return "　".join(said), sum(line.agrees for line in lines) - within


def dependent_lines(lines: Sequence[FigureLine], line: FigureLine) -> tuple[FigureLine, ...]:
    """Return the lines that differ only because ``line`` does."""
    return tuple(one for one in lines if line.number and one.cause == line.number)


def page_marks(lines: Sequence[FigureLine], current: FigureLine | None) -> tuple[PageMark, ...]:
    """Return a frame for every located number, the current one last.

    Red = differs, amber = one of several proposals, dashed = proposed and not differing, thick = current.
    """
    found = []
    for line in lines:
        here = current is not None and line.figure.id == current.figure.id
        for proposal in _shown_proposals(line):
            tone: MarkTone = "red" if line.differs else "amber" if line.is_ambiguous else "accent"
            found.append(
                page_mark(
                    proposal,
                    tone=tone,
                    dashed=not line.is_confirmed and not line.differs,
                    strong=here,
                    words=str(line.number) if line.number else "",
                )
            )
    # The current mark is drawn on top.
    return tuple(sorted(found, key=lambda mark: mark.strong))


def page_mark(proposal: ReadNumber, *, tone: MarkTone, dashed: bool, strong: bool, words: str = "") -> PageMark:
    """Return a mark that frames a number read from a page."""
    place = proposal.area
    return PageMark(
        page=place.page,
        x=place.x - _PAD,
        y=place.y - _PAD,
        width=place.width + 2 * _PAD,
        height=place.height + 2 * _PAD,
        words=words,
        tone=tone,
        dashed=dashed,
        strong=strong,
    )


def _shown_proposals(line: FigureLine) -> tuple[ReadNumber, ...]:
    """Return the places of a line, of the confirmed number if on the pages, else of all proposals."""
    if line.is_confirmed:
        same = tuple(
            one
            for one in line.proposals
            if figure_state(replace(line.figure, theirs=one.words, ours=line.figure.theirs)) == "一致"
        )
        return same or line.proposals[:1]
    one = line.proposal
    return (one,) if one is not None else line.proposals
