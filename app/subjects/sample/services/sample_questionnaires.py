"""The sample year's library: the questionnaires of this year, and last year's, which asked some things otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.subjects.surveys.questions.intake.questionnaire_file import default_questionnaire
from db.journal import Change
from db.records.surveys import Question, Questionnaire

PARTNER = "受託者（業務責任者）"


def fill_questionnaires(change: Change, *, fiscal_year: int) -> dict[str, int]:
    """Insert the masters; return the id of this year's by kind, for the events that took them."""
    change.insert(
        Questionnaire(
            name="講習会アンケート", kind="講習会", fiscal_year=fiscal_year - 1,
            questions=_last_year(default_questionnaire("講習会").questions),
            agreed_on=date(fiscal_year - 1, 8, 20), agreed_with=PARTNER, note="前年度の設問。年度の比較に使う",
        )
    )  # fmt: skip
    return {
        kind: change.insert(
            Questionnaire(
                name=name, kind=kind, fiscal_year=fiscal_year, questions=default_questionnaire(kind).questions,
                agreed_on=date(fiscal_year, 8, 24), agreed_with=PARTNER,
            )
        )
        for kind, name in (("講習会", "講習会アンケート"), ("意見交換会", "意見交換会アンケート"))
    }  # fmt: skip


def _last_year(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Reworded, with other options, with what is no longer asked, and without what is new."""
    found = []
    for question in questions:
        if question.code == "understanding":
            question = replace(question, title="講師の説明は分かりやすかったですか")  # noqa: PLW2901
        elif question.code == "tools":
            kept = tuple(option for option in question.options if option != "電子回覧板")
            question = replace(question, options=kept)  # noqa: PLW2901
        elif question.code == "obstacles":
            question = replace(question, max_select=None, title="取り入れるときに困ること（いくつでも）")  # noqa: PLW2901
        if question.code != "length":
            found.append(question)
    venue = Question(code="venue", title="会場の使いやすさ", type="SA", options=("よい", "ふつう", "よくない"))
    return (*found[:-1], venue, found[-1])
