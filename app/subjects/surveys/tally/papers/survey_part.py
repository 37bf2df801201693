"""What a tally gives to a report: how many came back, charts, free texts, key figures."""

from __future__ import annotations

from dataclasses import dataclass

from app.papers.blocks import Figure, TallyChart
from app.subjects.surveys.tally.papers.comment_lists import CommentList


@dataclass(frozen=True, kw_only=True)
class SurveyPart:
    """A tallied survey in the form the report prints it."""

    paper: int
    online: int
    returned: int
    rate: str
    counted_words: str
    charts: tuple[TallyChart, ...]
    comments: tuple[CommentList, ...] = ()
    satisfaction: Figure | None = None
    intent: Figure | None = None
