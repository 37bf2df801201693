"""Group the free texts of a survey by hand, and decide which are quoted with which words."""

from __future__ import annotations

from collections.abc import Collection

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.registers.register.rules import personal_flags
from app.registers.register.services.search import name_finder
from app.surveys.tally.services.survey_tally import QuestionComments, read_tally
from db.journal import Change
from db.record import record
from db.records.events import Event
from db.records.surveys import CommentMark, CommentTheme, EventSurvey, SurveyResponse
from db.rows import by_id
from db.store import Store
from db.tables import surveys as table

_MAX_NAME_LENGTH = 40


@record
class ThemesView:
    """The free texts of one survey, by question."""

    event: Event
    survey: EventSurvey
    questions: tuple[QuestionComments, ...]


def read_themes(store: Store, *, event_id: int) -> ThemesView:
    """Return the free texts with themes and decisions; raises ``UserError`` before there are questions."""
    found = read_tally(store, event_id=event_id)
    survey = found.survey_view.survey
    assert survey is not None  # read_tally raises before
    return ThemesView(event=found.survey_view.event, survey=survey, questions=found.comments)


def add_theme(context: ActionContext, *, survey_id: int, question_code: str, name: str) -> ActionResult:
    """Add a theme to one question, behind the existing ones.

    Raises:
        UserError: no name, an existing one or one of more than 40 characters, or no such question.
    """
    survey = get_or_raise(context.database, EventSurvey, survey_id)
    if all(question.code != question_code for question in survey.questions):
        raise UserError("この設問は見つかりません。", "設問を選び直してください。")
    present = [
        theme for theme in table.comment_themes(context.database, survey_id) if theme.question_code == question_code
    ]
    wanted = _checked_name(name, present)
    place = max((theme.position for theme in present), default=0) + 1
    theme = CommentTheme(survey_id=survey_id, question_code=question_code, position=place, name=wanted)
    with context.change(f"自由記述の分類「{wanted}」を追加", "surveys", event_id=survey.event_id) as change:
        theme_id = change.insert(theme)
    return ActionResult(f"分類「{wanted}」を加えました。", theme_id)


def rename_theme(context: ActionContext, *, theme_id: int, name: str) -> ActionResult:
    """Rename a theme; its texts stay.

    Raises:
        UserError: no name, an existing one, or one of more than 40 characters.
    """
    theme, survey = _theme(context.store, theme_id)
    others = [
        one
        for one in table.comment_themes(context.database, survey.id)
        if one.question_code == theme.question_code and one.id != theme_id
    ]
    wanted = _checked_name(name, others)
    with context.change(f"自由記述の分類の名前を「{wanted}」に変更", "surveys", event_id=survey.event_id) as change:
        change.update(CommentTheme, theme_id, name=wanted)
    return ActionResult(f"分類の名前を「{wanted}」にしました。", theme_id)


def move_theme(context: ActionContext, *, theme_id: int, up: bool) -> ActionResult:
    """Save a theme one place higher (``up``) or lower, if there is a theme to change places with."""
    theme, survey = _theme(context.store, theme_id)
    row = [one for one in table.comment_themes(context.database, survey.id) if one.question_code == theme.question_code]
    at = row.index(theme)
    other = at - 1 if up else at + 1
    if 0 <= other < len(row):
        row[at], row[other] = row[other], row[at]
        with context.change("自由記述の分類の順番を変更", "surveys", event_id=survey.event_id) as change:
            for position, one in enumerate(row, 1):
                change.update(CommentTheme, one.id, position=position)
    return ActionResult("分類の順番を変えました。", theme_id)


def remove_theme(context: ActionContext, *, theme_id: int) -> ActionResult:
    """Delete a theme; its texts have none then, and decisions on quoting stay."""
    theme, survey = _theme(context.store, theme_id)
    with context.change(f"自由記述の分類「{theme.name}」を削除", "surveys", event_id=survey.event_id) as change:
        for mark in table.comment_marks(context.database, survey.id):
            if mark.theme_id == theme_id:
                change.update(CommentMark, mark.id, theme_id=None)
        change.delete(CommentTheme, theme_id)
    return ActionResult(f"分類「{theme.name}」を削除しました。", theme_id)


def assign_theme(
    context: ActionContext, *, survey_id: int, question_code: str, sheet_ids: Collection[int], theme_id: int | None
) -> ActionResult:
    """Assign the texts of these responses to a theme (None = to none); quoting is not changed.

    Raises:
        UserError: the theme belongs to another question, or a response to another survey.
    """
    survey = get_or_raise(context.database, EventSurvey, survey_id)
    name = "分類なし"
    if theme_id is not None:
        theme, owner = _theme(context.store, theme_id)
        if owner.id != survey_id or theme.question_code != question_code:
            raise UserError("この分類は別の設問のものです。", "設問を開き直してください。")
        name = theme.name
    for sheet_id in sheet_ids:
        _get_response(context.store, survey, sheet_id)
    with context.change(f"自由記述{len(sheet_ids)}件を「{name}」に分類", "surveys", event_id=survey.event_id) as change:
        for sheet_id in sheet_ids:
            _save_mark(context.store, change, survey_id, sheet_id, question_code, theme_id=theme_id)
    count = f"{len(sheet_ids)}件を" if len(sheet_ids) > 1 else ""
    return ActionResult(f"{count}「{name}」に分類しました。", survey_id)


class QuoteNamesSomebody(UserError):
    """Error for words to quote that somebody may be known by."""


def decide_quote(
    context: ActionContext,
    *,
    survey_id: int,
    question_code: str,
    sheet_id: int,
    quoted: bool,
    words: str = "",
    as_it_is: bool = False,
) -> ActionResult:
    """Decide whether a text goes into documents, and in which words; the answer itself is never changed.

    Args:
        words: the words to quote; empty = as written. Of a flagged text the chosen words are stored, so that a
            later change of the answer cannot bring unchecked words into a document.
        as_it_is: they are quoted although somebody may be known by them.

    Raises:
        UserError: nothing was written there.
        QuoteNamesSomebody: the words hold what looks like a telephone number, an address or a name.
    """
    survey = get_or_raise(context.database, EventSurvey, survey_id)
    sheet = _get_response(context.store, survey, sheet_id)
    answer = sheet.answers.get(question_code)
    written = (answer.text or answer.other) if answer is not None else ""
    if not written.strip():
        raise UserError("この回答には、書かれた文がありません。", "一覧を開き直してください。")
    chosen = words.strip() or written
    finder = name_finder(context.store, (sheet,))
    flagged = personal_flags(written, finder=finder)
    if quoted and not as_it_is and (left := personal_flags(chosen, finder=finder)):
        raise QuoteNamesSomebody(
            f"引用する文に、{'・'.join(left)}が残っています。",
            "除いた文にしてください。区が確かめて残すときは、「個人情報ではない」を押します。",
        )
    quote = chosen if quoted and (flagged or chosen != written) else ""
    what = "引用する" if quoted else "引用しない"
    with context.change(f"自由記述1件を「{what}」に", "surveys", event_id=survey.event_id) as change:
        _save_mark(context.store, change, survey_id, sheet_id, question_code, quoted=quoted, quote=quote)
    masked = "伏せて" if quote and quote != written else ""
    return ActionResult(f"「{masked}{what}」にしました。", sheet_id)


def _save_mark(
    store: Store, change: Change, survey_id: int, sheet_id: int, question_code: str, **values: object
) -> None:
    """Store inside ``change`` what was decided about a comment."""
    present = next(
        (
            mark
            for mark in table.comment_marks(store.database, survey_id)
            if mark.sheet_id == sheet_id and mark.question_code == question_code
        ),
        None,
    )
    if present is None:
        fresh = CommentMark(survey_id=survey_id, sheet_id=sheet_id, question_code=question_code, **values)  # type: ignore[arg-type]
        change.insert(fresh)
    else:
        change.update(CommentMark, present.id, **values)


def _checked_name(name: str, others: Collection[CommentTheme]) -> str:
    """Return the name of a theme without blanks around it; raises ``UserError`` if empty, long or taken."""
    wanted = name.strip()
    if not wanted:
        raise UserError("分類の名前が空です。", "名前を書いてください。")
    if len(wanted) > _MAX_NAME_LENGTH:
        raise UserError(f"分類の名前が{len(wanted)}文字あります。", f"{_MAX_NAME_LENGTH}文字までにしてください。")
    if any(theme.name == wanted for theme in others):
        raise UserError(f"分類「{wanted}」はもうあります。", "別の名前にするか、その分類を使ってください。")
    return wanted


def _theme(store: Store, theme_id: int) -> tuple[CommentTheme, EventSurvey]:
    theme = get_or_raise(store.database, CommentTheme, theme_id)
    return theme, get_or_raise(store.database, EventSurvey, theme.survey_id)


def _get_response(store: Store, survey: EventSurvey, sheet_id: int) -> SurveyResponse:
    """Return a response of the survey; raises ``UserError`` when it is gone."""
    sheet = by_id(store.database, SurveyResponse, sheet_id)
    if sheet is None or sheet.survey_id != survey.id:
        raise UserError("この回答は見つかりません。", "一覧を開き直してください。")
    return sheet
