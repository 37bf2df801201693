"""The アンケート用紙 as PDF against reportlab alone writing the same strings, rules and areas at the same places."""

import functools
import tempfile
from datetime import date
from pathlib import Path

from app.actions.action_context import ActionContext
from app.documents.blocks import DocumentContent
from app.documents.services import documents
from app.surveys.questions import documents as questions_documents
from app.surveys.questions.services import surveys
from tests.bench import pages
from tests.bench.paired import Paired
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of
from tests.support.years import BY


@functools.cache
def sheet() -> DocumentContent:
    """Return the sheet of the default questions with its QR code, built once."""
    with tempfile.TemporaryDirectory() as place:
        store, event_id = fixed_survey(Path(place))
        surveys.set_online(
            ActionContext(store, BY, AFTER),
            survey_id=survey_of(store, event_id).id,
            url="https://example.jp/form",
            close=date(2026, 10, 7),
        )
        found = documents.build_document(
            store, event_id=event_id, kind=questions_documents.QUESTIONNAIRE_KIND, now=AFTER
        )
        store.database.conn.close()
        return found


def measure() -> Paired:
    """Time the sheet against a bare canvas drawing just what stands on it."""
    return pages.measure(sheet)
