"""Read a questionnaire from JSON (handed over, or supplied with the program) or from a workbook, one row a question."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.own_files import reject_own_file
from app.foreign_files.received_bytes import read_received_bytes
from app.foreign_files.tables.sheet_table import SheetCells
from app.foreign_files.text_decoding import read_text
from app.foreign_files.workbooks.workbook_reading import read_workbook
from app.foreign_files.workbooks.zip_contents import inspect_zip
from app.surveys.questions.rules import NEW_CODE
from db.digits import one_width, whole_number
from db.files import filesystem
from db.records.event_form import EventForm
from db.records.programme import EventKind
from db.records.surveys import Question, Questionnaire, QuestionRole, QuestionType

MAX_LINES = 20
"""The most lines for a free text that fit on one page."""

_FOLDER = filesystem.absolute(Path(__file__)).parents[3] / "resources" / "questionnaires"
_DEFAULT_FILES = {
    EventForm.LECTURE: "lecture",
    EventForm.VISIT: "lecture",
    EventForm.EXCHANGE: "exchange",
}


def default_questionnaire(form: EventForm) -> Questionnaire:
    """Return the built-in questionnaire for events of a form (実施の形)."""
    return load_questionnaire(_FOLDER / f"{_DEFAULT_FILES[form]}.json")


def questionnaire_for(kind: EventKind) -> Questionnaire:
    """Return the questionnaire with which a kind of event begins: its own questions, else a built-in set.

    In the built-in set the name of the kind stands for the name that the set was written for.
    """
    if kind.questions:
        return Questionnaire(name=f"{kind.name}アンケート", kind=kind.kind, questions=kind.questions)
    found = load_questionnaire(_FOLDER / f"{kind.questionnaire or _DEFAULT_FILES[kind.form]}.json")
    questions = tuple(replace(one, title=one.title.replace(found.kind, kind.name)) for one in found.questions)
    return replace(found, name=found.name.replace(found.kind, kind.name), kind=kind.kind, questions=questions)


def load_questionnaire(path: Path) -> Questionnaire:
    """Read a JSON file with a list of questions, or an object with ``name``, ``kind`` and ``questions``.

    Without a name it has that of the file, without a kind "". A question needs a code here.

    Raises:
        IntakeRefusal: names the first error.
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
    """Raise ``IntakeRefusal`` for a set with a repeated code; other checks follow when it is stored."""
    codes = [question.code for question in questions]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise _refusal(f"設問の記号「{twice}」が2つあります")


def _year(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 2000 <= value <= 2100 else None


def _question_from_value(value: object, place: int) -> Question:
    """Return a question from the JSON value of a file; raises where it is incomplete."""
    if not isinstance(value, dict):
        raise _refusal(f"{place}番目の設問が項目の組になっていません")
    code, title, kind = (_text(value.get(key)) for key in ("code", "title", "type"))
    where = f"{place}番目の設問「{code or title}」"
    if not code or not title:
        raise _refusal(f"{where}に記号（code）か文（title）がありません")
    if kind not in tuple(QuestionType):
        raise _refusal(f"{where}の種類「{kind}」はSA、MA、FA、NUMのどれでもありません")
    question = Question(
        code=code,
        title=title,
        type=QuestionType(kind),
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
    """Raise a refusal where options are missing or doubled, or where a named option is not among them."""
    if question.type.has_options and not question.options:
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
    """Return the options in a value of the file; raises where it is no list of texts."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise _refusal(f"{where}の選択肢が文字の一覧になっていません")
    return tuple(text.strip() for text in value)


def _limit(value: object, where: str) -> int | None:
    """Return how many options may be chosen, None without limit; raises where it is no number from 1."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _refusal(f"{where}の選べる数（max_select）が1以上の整数ではありません")
    return value


def _lines_from_value(value: object, where: str) -> int:
    """Return the number of lines for writing from a value of the file; raises where it is out of range."""
    if value is None:
        return Question.lines
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_LINES:
        raise _refusal(f"{where}の記入の行数（lines）が1から{MAX_LINES}の整数ではありません")
    return value


def _role(value: object, where: str) -> QuestionRole | None:
    """Return the role of a question, None without one; raises where it is unknown."""
    if value is None:
        return None
    if isinstance(value, str) and value in tuple(QuestionRole):
        return QuestionRole(value)
    raise _refusal(f"{where}の役割（role）がsatisfaction、understanding、intentのどれでもありません")


def _refusal(reason: str) -> IntakeRefusal:
    return IntakeRefusal(f"質問票のファイルを読めませんので（{reason}）、直してから選び直してください。")


_TYPES: dict[str, QuestionType] = {
    **dict.fromkeys(("単一回答", "sa", "ラジオボタン"), QuestionType.ONE),
    **dict.fromkeys(("複数回答", "ma", "チェックボックス"), QuestionType.SEVERAL),
    **dict.fromkeys(("自由記述", "fa", "記述"), QuestionType.TEXT),
    **dict.fromkeys(("数値", "num"), QuestionType.NUMBER),
}
_ROLES: tuple[tuple[str, QuestionRole], ...] = (
    ("満足", QuestionRole.SATISFACTION),
    ("理解", QuestionRole.UNDERSTANDING),
    ("意向", QuestionRole.INTENT),
)
_HEADINGS = {
    "title": ("設問文", "質問", "設問", "質問文"),
    "type": ("種類", "回答の種類", "形式"),
    "options": ("選択肢",),
    "limit": ("選べる数の上限", "選べる数", "上限"),
    "other": ("その他の記入", "その他"),
    "exclusive": ("一緒に選べない選択肢",),
    "positive": ("足して示す選択肢",),
    "role": ("足した人数",),
    "note": ("説明", "注意書き"),
    "asked_of": ("聞く相手を決める設問",),
    "asked_options": ("聞く相手の選択肢",),
    "scale": ("段階の設問",),
    "unit": ("単位",),
    "lines": ("記入の行数",),
    "code": ("記号",),
}
_YES = {"○", "〇", "◯", "有", "あり", "はい", "1"}
_PLACE = re.compile(r"(?:問|設問|q)?\s*([0-9]{1,9})$", re.IGNORECASE)
_BETWEEN = re.compile(r"[\r\n]+")
_MAX_HEADING_ROWS = 30
OWN_FILE_KINDS = ("設問のひな形", "設問の一覧", "オンライン回答の設問")
"""Names of exports of this program with one question a row."""


def read_questionnaire_file(path: Path) -> Questionnaire:
    """Read a set from a JSON file or a workbook, distinguished by content.

    A question without a code gets a name that begins with ``NEW_CODE``; storing the set gives it a code.

    Raises:
        IntakeRefusal: names the first error.
    """
    data = read_received_bytes(path)
    reject_own_file(data, accepted_own_lists=OWN_FILE_KINDS)
    if not data.startswith(b"PK"):
        return load_questionnaire(path)
    contents = inspect_zip(data)
    if not contents.workbook:
        raise _refusal("Excelのブックではありません")
    book = read_workbook(data, unpacked=contents.unpacked)
    for sheet in book.sheets:
        found = _from_sheet(sheet, path.stem)
        if found is not None:
            return found
    raise _refusal("「設問文」と「種類」の見出しがある表が見つかりません")


def _from_sheet(sheet: SheetCells, stem: str) -> Questionnaire | None:
    """Return the questionnaire on a sheet, None where it has no row with the headings 設問文 and 種類.

    Its name is the first text above the headings, else ``stem``, the name of the file.

    Raises:
        IntakeRefusal: there are no questions below, one cannot be read, or a code comes twice.
    """
    rows = [(number, {column: text for column, text, _mark in cells}) for number, _hidden, cells in sheet.rows]
    places = {}
    start = 0
    for position, (_number, cells) in enumerate(rows[:_MAX_HEADING_ROWS]):
        places = _places(cells)
        if "title" in places and "type" in places:
            start = position
            break
    else:
        return None
    questions: list[Question] = []
    for number, cells in rows[start + 1 :]:
        texts = {key: cells.get(column, "").strip() for key, column in places.items()}
        if texts["title"]:
            questions.append(_question_from_row(texts, number, len(questions) + 1, questions))
    if not questions:
        raise _refusal("設問の行がありません")
    check_codes(tuple(questions))
    name = next((text.strip() for _n, cells in rows[:start] for text in cells.values() if text.strip()), stem)
    return Questionnaire(name=name, kind="", questions=tuple(questions))


def _places(cells: Mapping[int, str]) -> dict[str, int]:
    """Return the column numbers by what their headings name (keys of ``_HEADINGS``: title, type …)."""
    folded = {_fold_text(text): column for column, text in sorted(cells.items(), reverse=True)}
    found = {}
    for key, names in _HEADINGS.items():
        column = next((folded[_fold_text(name)] for name in names if _fold_text(name) in folded), None)
        if column is not None:
            found[key] = column
    return found


def _question_from_row(texts: Mapping[str, str], row: int, place: int, earlier: Sequence[Question]) -> Question:
    """Return a question from a row of a sheet; raises where it can't be read."""
    where = f"{row}行目の「{texts['title']}」"
    kind = _TYPES.get(re.split(r"[（(]", _fold_text(texts["type"]))[0])
    if kind is None:
        raise _refusal(f"{where}の種類「{texts['type']}」は、単一回答、複数回答、自由記述、数値のどれでもありません")
    role = next((role for words, role in _ROLES if words in texts.get("role", "")), None)
    return Question(
        code=texts.get("code", "") or f"{NEW_CODE}{place}",
        title=texts["title"],
        type=kind,
        options=_split_lines(texts.get("options", "")) if kind.has_options else (),
        max_select=_number(texts.get("limit", ""), f"{where}の選べる数") if kind.takes_several else None,
        has_other=_yes(texts.get("other", "")),
        exclusive_option=texts.get("exclusive", "") or None,
        positive=_split_lines(texts.get("positive", "")),
        role=role,
        note=texts.get("note", ""),
        asked_of=_branch_code(texts.get("asked_of", ""), where, earlier),
        asked_of_options=_split_lines(texts.get("asked_options", "")),
        scale=_yes(texts.get("scale", "")),
        unit=texts.get("unit", ""),
        lines=_lines_from_cell(texts.get("lines", ""), where),
    )


def _branch_code(text: str, where: str, earlier: Sequence[Question]) -> str:
    """Return the code of the question given by number (「問3」) or code, "" for an empty text.

    Raises:
        IntakeRefusal: it is none of ``earlier``, the questions of the rows before.
    """
    if not text:
        return ""
    if any(question.code == text for question in earlier):
        return text
    found = _PLACE.match(one_width(text))
    number = int(found.group(1)) if found else 0
    if not 1 <= number <= len(earlier):
        raise _refusal(f"{where}の聞く相手を決める設問「{text}」が、前の行にありません")
    return earlier[number - 1].code


def _split_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in _BETWEEN.split(text) if line.strip())


def _yes(text: str) -> bool:
    """Return whether a cell says yes (○, 有, あり, はい, 1)."""
    return one_width(text) in _YES or text in _YES


def _number(text: str, where: str) -> int | None:
    """Return the number in a cell, None for an empty one; raises where it is no number from 1."""
    plain = text.strip().removesuffix("つまで").strip()
    if not plain:
        return None
    number = whole_number(plain)
    if not number:
        raise _refusal(f"{where}「{text[:40]}」が1以上の数ではありません")
    return number


def _lines_from_cell(text: str, where: str) -> int:
    """Return the number of lines for writing from a cell; raises where it is out of range."""
    number = _number(text, f"{where}の記入の行数")
    if number is not None and number > MAX_LINES:
        raise _refusal(f"{where}の記入の行数が{MAX_LINES}を超えています")
    return number or Question.lines


def _fold_text(text: str) -> str:
    return re.sub(r"\s", "", one_width(text)).casefold()
