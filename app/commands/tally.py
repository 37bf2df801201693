"""The command ``tally``: counts the answers in a file by the same rules as the window; writes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

from app.commands.command_line import DONE, add_json_option, print_result, print_to_stderr
from app.foreign_files.foreign_shape import Finding, row_words
from app.surveys.answers.intake.survey_file import SurveyFile, read_survey_file
from app.surveys.questions.intake import load_questionnaire
from app.surveys.questions.rules import printed_number, printed_title
from app.surveys.tally.rules import QuestionTally, tally_answers

HELP = "アンケートの回答ファイルを集計する"
DESCRIPTION = "回答ファイルのすべての行を集計し、人が決めるべき行を示します。何も書き込みません。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tally`` to its ``parser``."""
    parser.add_argument("file", metavar="ファイル", type=Path, help="回答のファイル")
    parser.add_argument(
        "--questionnaire",
        metavar="質問票",
        type=Path,
        help="質問票（JSON）。省くと設問をファイルから推定する",
    )
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the tally of the answers, doubtful rows included; raises IntakeRefusal when a file cannot be read."""
    questions = None if arguments.questionnaire is None else load_questionnaire(arguments.questionnaire).questions
    survey = read_survey_file(arguments.file, questions)
    print_to_stderr(*_remarks(survey))
    counted = tally_answers(survey.questions, [row.answers for row in survey.rows])
    print_result(arguments, _as_json(survey, counted), _as_text(survey, counted))
    return DONE


def _remarks(survey: SurveyFile) -> list[str]:
    """Return the remarks on the whole file: notices, columns not counted, and rows to look at."""
    remarks = list(survey.notices)
    if not survey.rows:
        remarks.append("見出しだけで、回答は0行です。")
    if survey.is_proposed:
        remarks.append("質問票がないため、設問と選択肢をファイルから推定しました。")
    if survey.dropped_columns:
        remarks.append(f"個人に関わる列は集計に使っていません：{'、'.join(survey.dropped_columns)}")
    if survey.unknown_columns:
        remarks.append(f"設問にない列は集計していません：{'、'.join(survey.unknown_columns)}")
    if survey.missing_questions:
        titles = [q.title for q in survey.questions if q.code in survey.missing_questions]
        remarks.append(f"ファイルに列がない設問は全員を無回答として数えました：{'、'.join(titles)}")
    remarks += [f"似た見出しがあります：{words}" for words in similar_question_lines(survey)]
    if survey.warnings:
        rows = row_words(_spreadsheet_rows(survey, {warning.row for warning in survey.warnings}))
        remarks.append(f"記述を使う前に見ておく行があります：{rows}（内容は --json を付けないと出ます）")
    return remarks


def similar_question_lines(survey: SurveyFile) -> list[str]:
    """Return a line for each column that is probably a question in other words; it is not counted as one."""
    titles = {question.code: question.title for question in survey.questions}
    return [
        f"列「{survey.columns[index].strip()}」は設問「{titles[found[0].code]}」ではありませんか"
        for index, found in sorted(survey.suggestions.items())
        if found[0].is_likely
    ]


def _as_json(survey: SurveyFile, counted: tuple[QuestionTally, ...]) -> dict[str, object]:
    return {
        "answers": len(survey.rows),
        "problems": [
            {"row": problem.row, "column": problem.column, "reason": problem.reason} for problem in survey.problems
        ],
        "duplicates": [{"rows": list(duplicate.rows), "reason": duplicate.reason} for duplicate in survey.duplicates],
        "questions": [_question_json(each) for each in counted],
    }


def _question_json(tally: QuestionTally) -> dict[str, object]:
    """Return the tally of one question as plain data for JSON; 満足計 and 肯定計 are only in the text output."""
    question = tally.question
    rows = {row.text: row for row in (*(row for row in tally.rows() if row.kind == "other"), *tally.options)}
    listed = [rows[option] for option in question.options] if question.options else list(tally.options)
    return {
        "code": question.code,
        "title": question.title,
        "type": question.type,
        "base": tally.base,
        "counts": {row.text: row.count for row in listed},
        "other": tally.other_count,
        "out_of_list": dict(tally.out_of_list),
        "no_answer": tally.no_answer,
        "percent": {row.text: row.percent for row in listed},
    }


def _as_text(survey: SurveyFile, counted: tuple[QuestionTally, ...]) -> str:
    """Return the tally of a file as text: doubtful rows first, then each question."""
    lines = [f"回答　{len(survey.rows)}件"]
    if survey.problems:
        lines.append(f"確かめること　{len(survey.problems)}件")
        lines += [_row_text(survey, problem) for problem in survey.problems]
    if survey.duplicates:
        lines.append(f"重複の疑い　{len(survey.duplicates)}組")
        for duplicate in survey.duplicates:
            lines.append(f"  {row_words(_spreadsheet_rows(survey, duplicate.rows))}　{duplicate.reason}")
    if survey.warnings:
        lines.append(f"知っておくこと　{len(survey.warnings)}件")
        lines += [_row_text(survey, warning) for warning in survey.warnings]
    for place, each in enumerate(counted, 1):
        lines += ["", *_question_text(each, place)]
    return "\n".join(lines)


def _row_text(survey: SurveyFile, problem: Finding) -> str:
    where = f"（{problem.column.strip()}）" if problem.column else ""
    return f"  {row_words(_spreadsheet_rows(survey, [problem.row]))}{where}　{problem.reason}"


def _spreadsheet_rows(survey: SurveyFile, rows: Collection[int]) -> list[int]:
    return [row.spreadsheet_row for row in survey.rows if row.row in rows]


def _question_text(tally: QuestionTally, position: int) -> list[str]:
    question = tally.question
    mark = "％（参考）" if tally.is_reference_only else "％"
    total = f"　{tally.sum_label}　{tally.sum_count}人　{tally.sum_percent}{mark}" if tally.sum_label else ""
    number = printed_number(question, position)
    lines = [f"{number}　{printed_title(question)}　ｎ＝{tally.base}{total}"]
    if question.type.is_text:
        return [*lines, f"  記入　{tally.answered_count}件、無回答　{tally.no_answer}件"]
    lines += [f"  {row.text}　{row.count}人　{row.percent}{mark}" for row in tally.rows()]
    lines += [f"    選択肢にない回答「{text}」　{count}件" for text, count in tally.out_of_list]
    return lines
