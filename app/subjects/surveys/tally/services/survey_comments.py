"""Reading the free texts of a survey with what was decided about them, question by question.

``read_comments(store, event_id) -> CommentsView``; ``comments_of`` for totals that are counted already.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.subjects.surveys.questions.rules.survey_questions import other_option, printed_title
from app.subjects.surveys.questions.rules.tally_result import QuestionTally
from app.subjects.surveys.tally.rules.themes import Comment, ThemeGroup, group_comments
from db.records.surveys import AnswerSheet, CommentTheme, EventSurvey
from db.store import Store
from db.tables import survey_comments as table


@dataclass(frozen=True, kw_only=True)
class QuestionComments:
    """The written answers to one question: to a free question, or the text beside その他.

    ``label`` is 「問10」, ``base`` the n of the question.
    """

    code: str
    label: str
    title: str
    base: int
    themes: tuple[CommentTheme, ...]
    comments: tuple[Comment, ...]

    @property
    def groups(self) -> tuple[ThemeGroup, ...]:
        """The comments by theme; without themes all in one group."""
        return group_comments(self.themes, self.comments)


def comments_of(
    store: Store, survey: EventSurvey, tallies: tuple[QuestionTally, ...], sheets: tuple[AnswerSheet, ...]
) -> tuple[QuestionComments, ...]:
    """Return the comments of every question that has or asks for some.

    Args:
        tallies: the counted questions. sheets: the sheets of the survey, of which the counted ones were counted.
    """
    counted = [sheet for sheet in sheets if sheet.counted]
    marks = {(mark.question_code, mark.sheet_id): mark for mark in table.marks(store.database, survey.id)}
    themes: dict[str, list[CommentTheme]] = defaultdict(list)
    for theme in table.themes(store.database, survey.id):
        themes[theme.question_code].append(theme)
    places = {question.code: place for place, question in enumerate(survey.questions, start=1)}
    found = []
    for one in tallies:
        question = one.question
        if question.type != "FA" and not one.texts:
            continue
        comments = []
        for number, text in enumerate(one.texts, start=1):
            sheet = counted[text.place - 1]
            comments.append(
                Comment(
                    sheet_id=sheet.id,
                    question_code=question.code,
                    number=number,
                    text=text.text,
                    source=sheet.source,
                    sheet_number=sheet.number,
                    flags=text.flags,
                    mark=marks.get((question.code, sheet.id)),
                )
            )
        title = printed_title(question)
        found.append(
            QuestionComments(
                code=question.code,
                label=f"問{places[question.code]}",
                title=title if question.type == "FA" else f"{title}　{other_option(question)}の記入",
                base=one.base,
                themes=tuple(themes[question.code]),
                comments=tuple(comments),
            )
        )
    return tuple(found)
