"""What the subjects of surveys declare to other packages (no Qt)."""

from __future__ import annotations

from app.programme.intake import QuestionnaireFiles
from app.surveys.compare import services as compare_services
from app.surveys.questions.services import survey_documents
from app.surveys.questions.services.questionnaire_files import as_json, read_question_file
from app.surveys.questions.services.surveys import online_follow_ups
from app.surveys.tally.services import evidence, tally_document_kinds, tally_marks
from app.surveys.tally.services.survey_tally import reject_frozen

DOCUMENTS = (
    *survey_documents.DOCUMENTS,
    *tally_document_kinds.DOCUMENTS,
    compare_services.DOCUMENT,
)
DOCUMENT_HALTS = (*survey_documents.HALTS,)
QUESTIONNAIRE_FILES = (QuestionnaireFiles(read=read_question_file, written=as_json),)
FOLLOW_UPS = (online_follow_ups,)
DOCUMENT_MARKS = (tally_marks.outdated_marks,)
UNDO_GUARDS = (reject_frozen,)
EVIDENCE = (
    evidence.SOURCE,
    compare_services.SOURCE,
)
