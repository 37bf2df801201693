"""Free texts grouped by hand: which theme, whether a text may be quoted, and with which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from db.frozen_record import frozen_record
from db.records.surveys import CommentMark, CommentTheme

QuoteDecision = Literal["引用する", "引用しない", "確認が必要"]
NO_THEME = "分類なし"
EDITED = "（表記を整えた）"
"""Behind a quote whose words are not those that were written."""


@frozen_record
class Comment:
    """One written answer with what was decided about it.

    ``sheet_id`` is the sheet, ``number`` its place among the written answers of the question from 1, ``flags`` what
    may tell who wrote it, ``mark`` the decision or None.
    """

    sheet_id: int
    question_code: str
    number: int
    text: str
    source: str = ""
    flags: tuple[str, ...] = ()
    mark: CommentMark | None = None

    @property
    def theme_id(self) -> int | None:
        """The theme it was put under, or None."""
        return self.mark.theme_id if self.mark is not None else None

    @property
    def quote_decision(self) -> QuoteDecision:
        """Whether it goes into a paper. A flagged text does only with the words that somebody chose for it."""
        if self.mark is not None and not self.mark.quoted:
            return "引用しない"
        if self.flags and not (self.mark is not None and self.mark.quote):
            return "確認が必要"
        return "引用する"

    @property
    def quoted_words(self) -> str:
        """The words that go into a paper; empty when none do."""
        if self.quote_decision != "引用する":
            return ""
        return self.mark.quote if self.mark is not None and self.mark.quote else self.text

    @property
    def is_edited(self) -> bool:
        """Whether the words quoted are not those written."""
        return bool(self.quoted_words) and self.quoted_words != self.text


@frozen_record
class ThemeGroup:
    """The comments of one theme; ``theme`` None = those under no theme."""

    theme: CommentTheme | None
    comments: tuple[Comment, ...]

    @property
    def name(self) -> str:
        """What the group is called in print."""
        return self.theme.name if self.theme is not None else NO_THEME


def group_comments(themes: Sequence[CommentTheme], comments: Iterable[Comment]) -> tuple[ThemeGroup, ...]:
    """Group the comments of one question by theme, in the themes' order; those without one last, where
    there are any."""
    known = {theme.id for theme in themes}
    by_theme: dict[int | None, list[Comment]] = {}
    for comment in comments:
        by_theme.setdefault(comment.theme_id if comment.theme_id in known else None, []).append(comment)
    groups = [ThemeGroup(theme=theme, comments=tuple(by_theme.get(theme.id, ()))) for theme in themes]
    if None in by_theme:
        groups.append(ThemeGroup(theme=None, comments=tuple(by_theme[None])))
    return tuple(groups)


def theme_counts(comments: Iterable[Comment]) -> Counter[int | None]:
    """How many comments stand under each theme (None = under none)."""
    return Counter(comment.theme_id for comment in comments)


def left_out_words(comments: Iterable[Comment]) -> str:
    """What a paper says of the comments it doesn't quote: 「ほか2件は掲載していない（うち1件は確認中）。」"""
    counted = Counter(comment.quote_decision for comment in comments)
    waiting = counted["確認が必要"]
    missing = waiting + counted["引用しない"]
    if not missing:
        return ""
    open_ones = f"（うち{waiting}件は、個人が分かるおそれがないか確認中）" if waiting else ""
    return f"ほか{missing}件は掲載していない{open_ones}。"
