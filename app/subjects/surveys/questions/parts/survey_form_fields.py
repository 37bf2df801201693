"""A few fields to fill in and one act: agreeing the questions, the online form and the hand-out, who counted."""

from __future__ import annotations

from datetime import date

from app.subjects.surveys.questions.rules.questionnaire_checks import address_fault
from app.subjects.surveys.questions.services.survey_documents import MAX_LARGE_COPIES
from app.widgets.forms.form_fields import Field

_COUNTED_BY_OPTIONS = (("受託者", "受託者"), ("区（検算）", "区（検算）"), ("区（代行）", "区（代行）"))


def agreement_fields(today: date) -> tuple[Field, ...]:
    """The day on which the questions were agreed."""
    return (
        Field(
            "day",
            "協議した日",
            "date",
            width=96,
            hint="受託者と設問を協議して決めた日",
            rule=lambda day: future_day_problem(day, today),
        ),
    )


def handout_fields() -> tuple[Field, ...]:
    """The online form, its last day, and the sheets handed out."""
    return (
        Field(
            "url",
            "フォームのURL",
            optional=True,
            hint="回答する人がブラウザーで開く場所。用紙にQRコードで入ります",
            rule=address_fault,
        ),
        Field("close", "回答の締切", "date", optional=True, width=96),
        Field(
            "distributed",
            "配布した枚数",
            "number",
            unit="枚",
            optional=True,
            width=72,
            least=0,
            hint="印刷と配布は受託者の仕事です。聞いた数を控えます",
        ),
        Field(
            "large",
            "拡大版の部数",
            "number",
            unit="部",
            optional=True,
            width=72,
            least=0,
            most=MAX_LARGE_COPIES,
            hint="大きな字（20ポイント）を希望する方の分",
        ),
    )


def counted_fields(today: date) -> tuple[Field, ...]:
    """Who counted the answers and when."""
    return (
        Field("who", "集計した者", "radio", choices=_COUNTED_BY_OPTIONS, hint="報告書の集計の欄に出ます"),
        Field(
            "on",
            "集計の日",
            "date",
            width=96,
            hint="受託者から集計を受け取った日。区が数えたときは、その日",
            rule=lambda day: future_day_problem(day, today),
        ),
    )


def future_day_problem(day: date, today: date) -> str:
    """A sentence when ``day`` lies ahead, else empty."""
    return "今日より先の日です。日付を確かめてください。" if day > today else ""
