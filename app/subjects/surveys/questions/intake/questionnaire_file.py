"""Reads a questionnaire from JSON: one handed over by a person, or the ones that come with the program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.text_decoding import read_text
from db.files import filesystem
from db.records.surveys import Question, Questionnaire, QuestionRole, QuestionType

MAX_LINES = 20
"""Lines to write on that still stand on one page."""

_FOLDER = filesystem.absolute(Path(__file__)).parents[5] / "resources" / "questionnaires"
_DEFAULT_FILES = {"講習会": "lecture.json", "意見交換会": "exchange.json"}


def default_questionnaire(kind: str) -> Questionnaire:
    """The questionnaire that comes with the program for 「講習会」 or 「意見交換会」; 派遣 has none.

    Raises KeyError for another kind.
    """
    return load_questionnaire(_FOLDER / _DEFAULT_FILES[kind])


def load_questionnaire(path: Path) -> Questionnaire:
    """Read a JSON file: a list of questions, or an object with ``name``, ``kind`` and ``questions``.

    Raises IntakeRefusal naming the first thing that is wrong.
    """
    try:
        content = json.loads(read_text(path).text)
    except json.JSONDecodeError as error:
        raise _refusal(f"{error.lineno}行目がJSONの形になっていません") from None
    except RecursionError:
        raise _refusal("入れ子が深すぎます") from None
    whole = content if isinstance(content, dict) else {"questions": content}
    entries = whole.get("questions")
    if not isinstance(entries, list) or not entries:
        raise _refusal("設問の一覧（questions）がありません")
    questions = tuple(_question_from_value(entry, place) for place, entry in enumerate(entries, 1))
    check_codes(questions)
    name, kind = whole.get("name", path.stem), whole.get("kind", "")
    return Questionnaire(
        name=str(name),
        kind=str(kind),
        questions=questions,
        fiscal_year=_year(whole.get("fiscal_year")),
        note=_text(whole.get("note")),
    )


def check_codes(questions: tuple[Question, ...]) -> None:
    """Refuse a set with a code twice; raises IntakeRefusal. What else a set needs is asked where it is kept."""
    codes = [question.code for question in questions]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise _refusal(f"設問の記号「{twice}」が2つあります")


def _year(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 2000 <= value <= 2100 else None


def _question_from_value(value: object, place: int) -> Question:
    if not isinstance(value, dict):
        raise _refusal(f"{place}番目の設問が項目の組になっていません")
    code, title, kind = (_text(value.get(key)) for key in ("code", "title", "type"))
    where = f"{place}番目の設問「{code or title}」"
    if not code or not title:
        raise _refusal(f"{where}に記号（code）か文（title）がありません")
    if kind not in get_args(QuestionType):
        raise _refusal(f"{where}の種類「{kind}」はSA、MA、FA、NUMのどれでもありません")
    question = Question(
        code=code,
        title=title,
        type=kind,  # type: ignore[arg-type]
        options=_texts(value.get("options"), where),
        max_select=_limit(value.get("max_select"), where),
        has_other=value.get("has_other") is True,
        exclusive_option=_text(value.get("exclusive_option")) or None,
        positive=_texts(value.get("positive"), where),
        role=_role(value.get("role"), where),
        personal=value.get("personal") is True,
        note=_text(value.get("note")),
        asked_of=_text(value.get("asked_of")),
        asked_of_options=_texts(value.get("asked_of_options"), where),
        scale=value.get("scale") is True,
        unit=_text(value.get("unit")),
        lines=_lines_from_value(value.get("lines"), where),
    )
    _check_options(question, where)
    return question


def _check_options(question: Question, where: str) -> None:
    if question.type in {"SA", "MA"} and not question.options:
        raise _refusal(f"{where}に選択肢（options）がありません")
    if len(set(question.options)) != len(question.options):
        raise _refusal(f"{where}に同じ選択肢が2つあります")
    named = [*question.positive, *([question.exclusive_option] if question.exclusive_option else [])]
    strange = next((option for option in named if option not in question.options), None)
    if strange is not None:
        raise _refusal(f"{where}の「{strange}」が選択肢にありません")


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise _refusal(f"{where}の選択肢が文字の一覧になっていません")
    return tuple(text.strip() for text in value)


def _limit(value: object, where: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _refusal(f"{where}の選べる数（max_select）が1以上の整数ではありません")
    return value


def _lines_from_value(value: object, where: str) -> int:
    if value is None:
        return Question.lines
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_LINES:
        raise _refusal(f"{where}の記入の行数（lines）が1から{MAX_LINES}の整数ではありません")
    return value


def _role(value: object, where: str) -> QuestionRole | None:
    if value is None:
        return None
    for role in get_args(QuestionRole):
        if value == role:
            return role  # type: ignore[no-any-return]
    raise _refusal(f"{where}の役割（role）がsatisfaction、understanding、intentのどれでもありません")


def _refusal(reason: str) -> IntakeRefusal:
    return IntakeRefusal(f"質問票のファイルを読めませんので（{reason}）、直してから選び直してください。")
