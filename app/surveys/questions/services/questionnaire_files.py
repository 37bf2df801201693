"""Import masters from JSON or a workbook into the library, and export them.

The JSON is the list of questions that the command ``tally --questionnaire`` reads."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.file_saving import SavedFile, SaveOptions, bytes_to_save
from app.documents.services.issued_copies import save_leaving
from app.foreign_files.intake_refusal import IntakeRefusal
from app.programme.services import read_programme
from app.surveys.questions.documents import set_workbook
from app.surveys.questions.intake import load_questionnaire, read_questionnaire_file
from app.surveys.questions.services.questionnaires import add_questionnaire
from app.surveys.questions.services.surveys import check_questions_valid
from db.files import file_names
from db.records.surveys import Question, Questionnaire
from db.store import Store

FileFormat = Literal["json", "xlsx"]
KIND = "設問のひな形"
_MAX_NAME_LENGTH = 180  # bytes, 60 characters


def read_questionnaire_set(path: Path) -> Questionnaire:
    """Return the set in a file; ``kind`` is "" where the file does not say.

    Raises:
        UserError: the file is unusable; the sentence says what is wrong and where.
    """
    try:
        return read_questionnaire_file(path)
    except IntakeRefusal as refusal:
        happened, _, todo = str(refusal).partition("。")
        raise UserError(f"{happened}。", todo or "ファイルを確かめて、選び直してください。") from refusal
    except OSError as error:
        raise UserError("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error


def import_questionnaire(
    context: ActionContext, *, path: Path, name: str, kind: str, fiscal_year: int | None = None
) -> ActionResult:
    """Import a file into the library for a year (None = the newest); questions without a code get one.

    ``name``, ``kind`` and ``fiscal_year`` replace what the file says; without a note it gets the name of the file.

    Raises:
        UserError: as ``read_questionnaire_set`` and ``add_questionnaire``; a code of another question is named.
    """
    found = read_questionnaire_set(path)
    year = fiscal_year if fiscal_year is not None else read_programme(context.store).programme.fiscal_year
    note = found.note or f"「{path.name}」から"
    return add_questionnaire(context, questionnaire=replace(found, name=name, kind=kind, fiscal_year=year, note=note))


def file_name_for(questionnaire: Questionnaire) -> str:
    """Return the proposed file name without its ending (「R8-講習会アンケート」)."""
    sign = f"R{questionnaire.fiscal_year - 2018}-" if questionnaire.fiscal_year else ""
    return file_names.safe_name(f"{sign}{questionnaire.name}", max_length=_MAX_NAME_LENGTH)


def export_questionnaire(context: ActionContext, *, questionnaire_id: int, options: SaveOptions) -> SavedFile:
    """Write a master, a workbook for .xlsx, else JSON, and log it; undo does not reach past this.

    Raises:
        UserError: encryption was requested for JSON, a password is too short, or the file exists and is not
            to be replaced.
        StorageProblem: it could not be written; nothing was logged.
    """
    master = get_or_raise(context.database, Questionnaire, questionnaire_id)
    form: FileFormat = "xlsx" if options.path.suffix.lower() == ".xlsx" else "json"
    copy = _workbook(context.store, master, context.now) if form == "xlsx" else as_json(master.questions)
    if options.way.is_encrypted and form == "json":
        raise UserError("この形のファイルは暗号化できません。", "「そのまま保存」を選ぶか、Excelで書き出してください。")
    return save_leaving(
        context,
        options=options,
        action="設問のひな形を書き出し",
        data=bytes_to_save(copy, options, format="xlsx"),
        copy=copy,
        content=master.questions,
        subject="surveys",
        document_kind=KIND,
        reference=file_name_for(master),
        format=form,
        detail={"設問": f"{len(master.questions)}問"},
    )


def read_question_file(path: Path) -> tuple[Question, ...]:
    """Return the questions of a JSON file that lies beside a definition file.

    Raises:
        IntakeRefusal: it can't be read. UserError: its questions are no questionnaire.
    """
    questions = load_questionnaire(path).questions
    check_questions_valid(questions)
    return questions


def as_json(questions: tuple[Question, ...]) -> bytes:
    """Return the questions as the list that ``tally --questionnaire`` reads, as JSON in UTF-8.

    ``personal``, note, branch, scale, unit and lines are there only where they differ from the default.
    """
    entries = [_entry(question) for question in questions]
    return (json.dumps(entries, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(question: Question) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "code": question.code,
        "title": question.title,
        "type": question.type,
        "options": list(question.options),
        "max_select": question.max_select,
        "has_other": question.has_other,
        "exclusive_option": question.exclusive_option,
        "positive": list(question.positive),
        "role": question.role,
    }
    more: dict[str, Any] = {
        "personal": question.personal,
        "note": question.note,
        "asked_of": question.asked_of,
        "asked_of_options": list(question.asked_of_options),
        "scale": question.scale,
        "unit": question.unit,
    }
    entry |= {key: value for key, value in more.items() if value}
    return entry | ({"lines": question.lines} if question.lines != Question.lines else {})


def _workbook(store: Store, master: Questionnaire, now: datetime) -> bytes:
    view = read_programme(store)
    kind = view.find_kind(master.kind)
    content = set_workbook(
        view.programme,
        name=master.name,
        subtitle=kind.name if kind is not None else master.kind,
        questions=master.questions,
        stem=file_name_for(master),
        made_at=now,
    )
    return documents.render(content, format="xlsx").data
