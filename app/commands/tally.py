"""The command ``tally``: counts the answers of a file by the same rules as the window; writes nothing."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.intake.questionnaire_file import load_questionnaire
from app.intake.refusal import IntakeRefusal
from app.intake.survey_file import SurveyFile, read_survey_file
from app.intake.survey_judging import RowProblem
from app.rules.survey_questions import other_option, printed_number, printed_title
from app.rules.tally import tally_answers
from app.rules.tally_result import QuestionTally

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_parser(subparsers: Subparsers) -> None:
    """Add ``tally`` and its options to the dispatcher's ``subparsers``."""
    parser = subparsers.add_parser(
        "tally",
        help="アンケートの回答ファイルを集計する",
        description="回答ファイルのすべての行を集計し、人が決めるべき行を示します。何も書き込みません。",
    )
    parser.add_argument("file", metavar="ファイル", type=Path, help="回答のファイル")
    parser.add_argument(
        "--questionnaire",
        metavar="質問票",
        type=Path,
        help="質問票（JSON）。省くと設問をファイルから推定する",
    )
    parser.add_argument("--json", action="store_true", help="結果をJSONで出す")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the tally; returns 0 (also with doubtful rows) or 1 when a file cannot be taken."""
    try:
        questions = None
        if arguments.questionnaire is not None:
            questions = load_questionnaire(arguments.questionnaire).questions
        survey = read_survey_file(arguments.file, questions)
    except IntakeRefusal as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    for sentence in _remarks(survey):
        print(sentence, file=sys.stderr)  # noqa: T201
    counted = tally_answers(survey.questions, [row.answers for row in survey.rows])
    if arguments.json:
        text = json.dumps(_as_json(survey, counted), ensure_ascii=False, indent=2)
    else:
        text = _as_text(survey, counted)
    print(text)  # noqa: T201
    return 0


def _remarks(survey: SurveyFile) -> list[str]:
    """What concerns the whole file and not one row."""
    remarks = []
    if not survey.rows:
        remarks.append("見出しだけで、回答は0行です。")
    if survey.proposed:
        remarks.append("質問票がないため、設問と選択肢をファイルから推定しました。")
    if survey.dropped_columns:
        remarks.append(f"個人に関わる列は集計に使っていません：{'、'.join(survey.dropped_columns)}")
    if survey.unknown_columns:
        remarks.append(f"設問にない列は集計していません：{'、'.join(survey.unknown_columns)}")
    if survey.missing_questions:
        titles = [q.title for q in survey.questions if q.code in survey.missing_questions]
        remarks.append(f"ファイルに列がない設問は全員を無回答として数えました：{'、'.join(titles)}")
    return remarks


def _as_json(survey: SurveyFile, counted: tuple[QuestionTally, ...]) -> dict[str, object]:
    """The tally for programs."""
    return {
        "answers": len(survey.rows),
        "problems": [_row_json(problem) for problem in survey.problems],
        "duplicates": [{"rows": list(duplicate.rows), "reason": duplicate.reason} for duplicate in survey.duplicates],
        "warnings": [_row_json(warning) for warning in survey.warnings],
        "dropped_columns": list(survey.dropped_columns),
        "unknown_columns": list(survey.unknown_columns),
        "missing_questions": list(survey.missing_questions),
        "questions": [_question_json(each) for each in counted],
    }


def _row_json(problem: RowProblem) -> dict[str, object]:
    return {"row": problem.row, "column": problem.column, "reason": problem.reason}


def _question_json(each: QuestionTally) -> dict[str, object]:
    question = each.question
    named = other_option(question) if question.has_other else ""
    rows = {row.text: row for row in each.rows()}
    listed = [rows[option] for option in question.options] if question.options else list(each.options)
    found: dict[str, object] = {
        "code": question.code,
        "title": question.title,
        "type": question.type,
        "base": each.base,
        "counts": {row.text: row.count for row in listed},
        "other": each.other,
        "out_of_list": dict(each.out_of_list),
        "no_answer": each.no_answer,
        "percent": {row.text: row.percent for row in listed},
        "answered": each.answered,
        "reference_only": each.reference_only,
    }
    if named:
        found["other_texts"] = _text_counts(each)
    if each.over_limit:
        found["over_limit_rows"] = each.over_limit
    if each.sum_label:
        found["sum"] = {"label": each.sum_label, "count": each.sum_count, "percent": each.sum_percent}
    if each.numbers:
        found["numbers"] = {
            "mean": each.numbers.mean,
            "median": each.numbers.median,
            "least": each.numbers.least,
            "greatest": each.numbers.greatest,
        }
    return found


def _text_counts(each: QuestionTally) -> dict[str, int]:
    counts: dict[str, int] = {}
    for text in each.texts:
        counts[text.text] = counts.get(text.text, 0) + 1
    return counts


def _as_text(survey: SurveyFile, counted: tuple[QuestionTally, ...]) -> str:
    """The tally for people: counts before percentages."""
    lines = [f"回答　{len(survey.rows)}件"]
    if survey.problems:
        lines.append(f"確かめること　{len(survey.problems)}件")
        for problem in survey.problems:
            where = f"（{problem.column.strip()}）" if problem.column else ""
            lines.append(f"  データ{problem.row}行目{where}　{problem.reason}")
    if survey.duplicates:
        lines.append(f"重複の疑い　{len(survey.duplicates)}組")
        for duplicate in survey.duplicates:
            rows = "、".join(str(row) for row in duplicate.rows)
            lines.append(f"  データ{rows}行目　{duplicate.reason}")
    for place, each in enumerate(counted, start=1):
        lines += ["", *_question_text(each, place)]
    return "\n".join(lines)


def _question_text(each: QuestionTally, place: int) -> list[str]:
    question = each.question
    mark = "％（参考）" if each.reference_only else "％"
    total = f"　{each.sum_label}　{each.sum_count}人　{each.sum_percent}{mark}" if each.sum_label else ""
    number = printed_number(question, place)
    lines = [f"{number}　{printed_title(question)}　ｎ＝{each.base}{total}"]
    if question.type == "FA":
        return [*lines, f"  記入　{each.answered}件、無回答　{each.no_answer}件"]
    lines += [f"  {row.text}　{row.count}人　{row.percent}{mark}" for row in each.rows()]
    lines += [f"    選択肢にない回答「{text}」　{count}件" for text, count in each.out_of_list]
    return lines
