"""The questions for an online form: the text to paste, the sheet to work from, and what is odd about the form's address.

- ``read_definition(store, …) -> Definition`` the text and the questions as a form service asks for them
- ``save_definition(store, …) -> SavedDefinition`` the workbook, with a row in the log of what left

Nothing is sent from here: the form is made by hand, in the service that the contractor uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from app.calendar import dates
from app.papers.paper import event_name, event_sign
from app.papers.services import papers
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import Way, protect
from app.papers.services.paper_context import paper_context
from app.papers.services.safe_file import write_whole
from app.programme.services.programme import programme_of_event
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.surveys.questions.papers import questionnaire, questionnaire_definition
from app.subjects.surveys.questions.papers.questionnaire_definition import DefinedQuestion
from app.subjects.surveys.questions.rules.questionnaire_address import address_warnings
from app.subjects.surveys.questions.services.surveys import event_with_survey
from db.records.events import Event
from db.records.papers import Outgoing
from db.records.surveys import EventSurvey
from db.store import Store
from db.tables import surveys

KIND = questionnaire_definition.KIND


@dataclass(frozen=True, kw_only=True)
class Definition:
    """The online form of an event in words. ``text`` is what is pasted, ``stem`` the file name without its ending.

    ``warnings`` are whole sentences about the address of the form; ``fixed`` False = the questions may still change.
    """

    title: str
    lead: tuple[str, ...]
    questions: tuple[DefinedQuestion, ...]
    text: str
    stem: str
    url: str
    warnings: tuple[str, ...]
    fixed: bool


@dataclass(frozen=True, kw_only=True)
class SavedDefinition(Saved):
    """The workbook that was written."""

    path: Path
    sha256: str


def read_definition(store: Store, *, event_id: int, now: datetime) -> Definition:
    """Return the event's questions for an online form; raises ``Refusal`` before there are any."""
    event, survey = _survey(store, event_id)
    programme = programme_of_event(store, event, on=now.date())
    context = paper_context(store, programme, event, questionnaire.KIND, now)
    title = questionnaire.printed_survey_title(survey)
    lead = questionnaire.form_lead(context, event, survey)
    defined = questionnaire_definition.define(survey.questions)
    return Definition(
        title=title,
        lead=lead,
        questions=defined,
        text=questionnaire_definition.definition_text(title, lead, defined),
        stem=f"{event_sign(programme.programme, event)}-{KIND}",
        url=survey.online_url,
        warnings=address_warnings(survey.online_url),
        fixed=survey.fixed_on is not None,
    )


def save_definition(
    store: Store,
    *,
    event_id: int,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    by: str,
    now: datetime,
) -> SavedDefinition:
    """Write the workbook with one row a question and log it; undo does not reach past this.

    Raises:
        Refusal: there are no questions, a password is too short, or the file is there.
        StorageProblem: the file could not be written; nothing was logged.
    """
    event, _survey_now = _survey(store, event_id)
    found = read_definition(store, event_id=event_id, now=now)
    content = questionnaire_definition.definition_sheet(
        programme_of_event(store, event, on=now.date()).programme,
        title=found.title,
        subtitle=_event_words(event),
        lead=found.lead,
        questions=found.questions,
        reference=found.stem,
        stem=found.stem,
        made_at=now,
    )
    copy = data = papers.render(content, format="xlsx").data
    if way == "暗号化して保存":
        data = protect(data, format="xlsx", password=password)
    digest = sha256(data).hexdigest()
    with store.change(
        action=f"{KIND}をExcelで保存", by=by, now=now, subject="papers", event_id=event_id, barrier=True
    ) as change:
        row = Outgoing(
            event_id=event_id, document_kind=KIND, reference=found.stem, version=0, format="xlsx", way=way,
            file_name=path.name, sha256=digest, reason=reason.strip(), by=by, at=now,
            detail={"設問": f"{len(found.questions)}問"},
        )  # fmt: skip
        row_id = log_issued(store, change, row, copy=copy, says=content)
        write_whole(path, data, overwrite=overwrite)
    return SavedDefinition(said=f"「{path.name}」を保存しました。", id=row_id, can_undo=False, path=path, sha256=digest)


def _survey(store: Store, event_id: int) -> tuple[Event, EventSurvey]:
    event = event_with_survey(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None or not survey.questions:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してください。")
    return event, survey


def _event_words(event: Event) -> str:
    day = dates.long_date(event.event_date) if event.event_date else ""
    return "　".join(part for part in (event_name(event, with_organisation=False), day) if part)
