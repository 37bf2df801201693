"""Contributions of 設問 to extension points."""

from __future__ import annotations

from typing import Final

from app.programme.intake import QuestionnaireFiles
from app.surveys.questions.services import survey_documents
from app.surveys.questions.services.questionnaire_files import as_json, read_question_file
from app.surveys.questions.services.surveys import online_follow_ups

DOCUMENTS: Final = survey_documents.DOCUMENTS
DOCUMENT_HALTS: Final = survey_documents.HALTS
QUESTIONNAIRE_FILES: Final = (QuestionnaireFiles(read=read_question_file, written=as_json),)
FOLLOW_UPS: Final = (online_follow_ups,)
