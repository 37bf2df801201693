"""Decides what each column of an answer file is: time, question, written その他, or a person's data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.intake.option_fold import option_reader
from app.intake.survey_source import fold_heading
from app.intake.survey_ticks import is_other, tick_parts
from db.records.surveys import Question

ColumnRole = Literal[
    "time", "question", "tick", "other_text", "mail", "badge", "name", "organisation", "personal", "number",
    "left_out", "unknown",
]  # fmt: skip

IDENTIFYING: frozenset[ColumnRole] = frozenset({"mail", "badge", "name", "organisation", "personal", "number"})
"""Columns whose values are never kept with an answer. ``left_out`` are others that a person chose not to keep."""

_TIME = {
    "タイムスタンプ", "timestamp", "送信日時", "回答日時", "申込日時", "受付日時", "完了時刻", "登録日時", "提出日時",
    "回答日", "completiontime", "submittedat", "submitdate",
}  # fmt: skip
_SYSTEM = re.compile(
    r"開始時刻|開始日時|最終(?:更新|変更)(?:日時|時刻)|言語|所要時間|回答時間|合計点|スコア|starttime|lastmodifiedtime|language"
    r"|score|totalpoints|(?:クイズの?)?フィードバック|quizfeedback|(?:点数|フィードバック|points|feedback)-.*"
)
_SERIAL = {"受付番号", "申込番号", "整理番号", "回答番号", "回答id", "id", "no", "no.", "番号", "連番", "項番", "#"}
_LEADING_NUMBER = re.compile(r"^(?:q|問|設問|質問)?\s*[0-9]+(?:-[0-9]+)?[.、:)\-]?(?=\D)")
_SURVEY_NUMBER = re.compile(r"^(?:q|問|設問|質問)[0-9]+")
_NOTE = re.compile(r"\((?:[^()]*(?:いくつでも|つまで|複数|すべて|任意|必須|自由記述|ひとつ|1つ|○は)[^()]*)\)")
_PARENTHESES = re.compile(r"\([^()]*\)")
_MAIL = re.compile(r"メール|e-?mail|ユーザー名|username")
_ENGLISH_NAME = re.compile(r"(?:your|full)?name")
_OTHER_TEXT = re.compile(r"その他(?:の?(?:内容|記述|記入|回答|場合|詳細|具体.*))?(?:欄|\(.*\)|[:：].*)?|自由記入欄?")
_NAME = re.compile(
    r"氏名|名前|ふりがな|フリガナ|お名|(?:会長|代表者?|担当者?|参加者|申込者|責任者|役員)名|(?:会長|代表者|担当者|申込者|参加者)$"
)
_PERSONAL = re.compile(r"電話|携帯|fax|住所|連絡先|生年月日|性別|郵便番号|ipアドレス|配慮(?:事項|が必要|の必要|の有無)")
_ORGANISATION = re.compile(r"自治会名|町会名|団体名|所属|支部|(?:町会・)?自治会$")
_BADGE = re.compile(r"(?:名札|受付|お渡し|参加者|配布|座席|席).*番号|番号.*(?:名札|お渡し)|番号札")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: place from 0, heading as in the file, role, and the question it belongs to.

    ``option`` is the one option that a column of ticks stands for (その他 for the written one).
    """

    index: int
    heading: str
    role: ColumnRole
    code: str = ""
    option: str = ""


def title_core(text: str) -> str:
    """A question title's key without its number and without notes such as （3つまで）."""
    folded = fold_heading(text)
    return _LEADING_NUMBER.sub("", _NOTE.sub("", folded))


def map_columns(headings: Sequence[str], questions: Sequence[Question]) -> tuple[Column, ...]:
    """Give every heading its role.

    ``questions`` are matched first: by whole title, then by title without number and notes, then by a heading
    that is the bare code. A question without a column of its own may have one for each option. A column for the
    written その他 belongs to the question whose title it repeats, or to the choices that stand just before it.
    """
    codes = _match_questions(headings, questions)
    open_ones = [one for one in questions if one.type in {"SA", "MA"} and one.code not in codes.values()]
    by_code = {question.code: question for question in questions}
    columns: list[Column] = []
    for index, heading in enumerate(headings):
        before = by_code.get(columns[-1].code) if columns else None
        if index in codes:
            columns.append(Column(index=index, heading=heading, role="question", code=codes[index]))
            continue
        code, option = _tick_of(heading, open_ones)
        if code:
            columns.append(Column(index=index, heading=heading, role="tick", code=code, option=option))
            continue
        code = other_text_of(heading, questions, before)
        if code:
            columns.append(Column(index=index, heading=heading, role="other_text", code=code))
        else:
            columns.append(Column(index=index, heading=heading, role=heading_role(heading)))
    return tuple(columns)


@lru_cache(maxsize=4096)
def heading_role(heading: str) -> ColumnRole:
    """The role that a heading alone tells; ``unknown`` for everything that may be a question."""
    folded = fold_heading(heading)
    if folded in _TIME:
        return "time"
    if folded in _SERIAL or _SYSTEM.fullmatch(folded):
        return "number"
    if _ENGLISH_NAME.fullmatch(folded):
        return "name"
    bare = _PARENTHESES.sub("", title_core(heading))
    if _BADGE.search(bare):
        return "badge"
    # A long sentence, above all a numbered one, asks about a thing and does not ask for a name.
    if len(bare) > (12 if _SURVEY_NUMBER.match(folded) else 24):
        return "unknown"
    return next((role for pattern, role in _PERSON_PATTERNS if pattern.search(bare)), "unknown")


_PERSON_PATTERNS: tuple[tuple[re.Pattern[str], ColumnRole], ...] = (
    (_MAIL, "mail"),
    (_NAME, "name"),
    (_ORGANISATION, "organisation"),
    (_PERSONAL, "personal"),
)


def _match_questions(headings: Sequence[str], questions: Sequence[Question]) -> dict[int, str]:
    matched: dict[int, str] = {}
    for key in (fold_heading, title_core, None):
        for question in questions:
            if question.code in matched.values():
                continue
            wanted = fold_heading(question.code) if key is None else key(question.title)
            for index, heading in enumerate(headings):
                found = fold_heading(heading) if key is None else key(heading)
                if index not in matched and wanted and found == wanted:
                    matched[index] = question.code
                    break
    return matched


def _tick_of(heading: str, questions: Sequence[Question]) -> tuple[str, str]:
    """The question and the option that a column of ticks stands for, or empty texts."""
    parts = tick_parts(heading)
    core = title_core(parts[0]) if parts else ""
    for question in questions:
        if parts and core and core == title_core(question.title):
            option = option_reader(question.options).meant(parts[1])
            if option or (question.has_other and is_other(parts[1])):
                return question.code, option or parts[1]
    return "", ""


def other_text_of(heading: str, questions: Sequence[Question], before: Question | None) -> str:
    """The code of the question whose その他 is written in this column, or an empty text.

    ``before`` is the question of the column to the left.
    """
    core = title_core(heading)
    if "その他" not in core and not _OTHER_TEXT.fullmatch(core):
        return ""
    for question in questions:
        title = title_core(question.title)
        if question.type in {"SA", "MA"} and title and core.startswith(title) and core != title:
            return question.code
    choices = before is not None and before.type in {"SA", "MA"}
    return before.code if before is not None and choices and _OTHER_TEXT.fullmatch(fold_heading(heading)) else ""
