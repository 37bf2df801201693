"""A set of questions as a workbook that staff edit and that is read back: one row a question, everything it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.calendar.dates import stamp_words
from app.papers.blocks import Column, DocumentContent, Table, Title
from db.records.programme import Programme
from db.records.surveys import Question

TYPE_WORDS: Final = {"SA": "単一回答", "MA": "複数回答", "FA": "自由記述", "NUM": "数値"}
ROLE_WORDS: Final = {"satisfaction": "満足計", "understanding": "肯定計（理解）", "intent": "肯定計（意向）"}
NUMBER, TITLE, TYPE, OPTIONS, LIMIT = "番号", "設問文", "種類", "選択肢", "選べる数の上限"
OTHER_TEXT, EXCLUSIVE, POSITIVE, ROLE = "その他の記入", "一緒に選べない選択肢", "足して示す選択肢", "足した人数"
NOTE, ASKED_OF, ASKED_OPTIONS = "説明", "聞く相手を決める設問", "聞く相手の選択肢"
SCALE, UNIT, LINES, CODE = "段階の設問", "単位", "記入の行数", "記号"
YES: Final = "○"
_WIDTHS: Final = (
    (NUMBER, 13.0), (TITLE, 66.0), (TYPE, 22.0), (OPTIONS, 58.0), (LIMIT, 22.0), (OTHER_TEXT, 20.0), (EXCLUSIVE, 34.0),
    (POSITIVE, 40.0), (ROLE, 30.0), (NOTE, 52.0), (ASKED_OF, 24.0), (ASKED_OPTIONS, 34.0), (SCALE, 18.0), (UNIT, 16.0),
    (LINES, 18.0), (CODE, 34.0),
)  # fmt: skip
COLUMNS: Final = tuple(name for name, _width in _WIDTHS)


def questionnaire_sheet(
    programme: Programme, *, name: str, subtitle: str, questions: Sequence[Question], stem: str, made_at: datetime
) -> DocumentContent:
    """Return the workbook of a set; only Excel draws it. Lists stand one a line in their cell."""
    columns = tuple(Column(title=title, width=width) for title, width in _WIDTHS)
    return DocumentContent(
        kind="設問のひな形",
        reference=stem,
        version=0,
        look="roster",
        blocks=(
            Title(text=name, subtitle=subtitle, lead="記号は設問を年度をこえて見分けるものです。直さないでください。"),
            Table(name="設問", columns=columns, rows=tuple(question_rows(questions))),
        ),
        first_sheet="設問",
        file_stem=stem,
        header_left=programme.title,
        footer_right=f"作成　{stamp_words(made_at)}",
        sample=programme.sample,
        sheet_width=sum(width for _name, width in _WIDTHS),
        properties={"title": name, "created": made_at.isoformat()},
    )


def question_rows(questions: Sequence[Question]) -> list[tuple[str, ...]]:
    """Return one row of texts a question, in the order of ``COLUMNS``."""
    numbers = {one.code: f"問{place}" for place, one in enumerate(questions, start=1)}
    return [
        (
            numbers[one.code],
            one.title,
            TYPE_WORDS[one.type],
            "\n".join(one.options),
            str(one.max_select) if one.max_select else "",
            YES if one.has_other else "",
            one.exclusive_option or "",
            "\n".join(one.positive),
            ROLE_WORDS[one.role] if one.role else "",
            one.note,
            numbers.get(one.asked_of, ""),
            "\n".join(one.asked_of_options),
            YES if one.scale else "",
            one.unit,
            str(one.lines) if one.type == "FA" else "",
            one.code,
        )
        for one in questions
    ]
