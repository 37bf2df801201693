"""Build the questions of a survey as documents: for printing in two sizes, for an online form, as a preview.

Nothing is sent from here: the form is made by hand, in the service that the contractor uses. Drawing a preview needs
no store, so it runs beside the window's thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar import dates
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import event_code
from app.documents.event_facts import formal_title
from app.documents.form_text import FormQuestion, form_text
from app.documents.services import documents
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DaySet, DocumentKind
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SavedFile, SaveOptions, bytes_to_save
from app.documents.services.issued_copies import save_leaving
from app.event.rules.copies import CopiesNeeded
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import planned_facts, read_event_facts
from app.event.services.event_records import EventRecords, read_event_records
from app.events.materials.services.material_board import copies_of
from app.programme.services import ProgrammeView, kind_of_event, programme_of_event, read_programme
from app.registers.register.rules import NameFinder, personal_flags
from app.surveys.questions import documents as questions_documents
from app.surveys.questions.rules import (
    NEW_CODE,
    QuestionFinding,
    address_warnings,
    check_questions,
    overflow_finding,
    personal_words_finding,
    printed_words,
)
from app.surveys.questions.services.surveys import get_open_survey, get_surveyed_event
from db.name_key import name_key
from db.record import record
from db.records.events import Event
from db.records.surveys import EventSurvey, Question, Questionnaire
from db.rows import by_id
from db.store import Store
from db.tables import register, surveys

MAX_LARGE_COPIES = 30
MASTER_EVENT_NAME = "（実施回の名称）"


@record
class QuestionnaireCopies:
    """How many sheets are needed, ``standard`` for everybody with a reserve, ``large`` in 20 pt in addition.

    ``is_notified`` False = the numbers of now were not notified to the contractor. Without people ``standard`` is None.
    """

    standard: CopiesNeeded | None
    large: int
    is_notified: bool

    @property
    def words(self) -> str:
        """Return 「18＋予備2＝20部、拡大版1部」, or that the people are unknown."""
        usual = self.standard.words if self.standard is not None else "人数がまだ分かりません"
        before = "" if self.is_notified or self.standard is None else "（人数連絡前）"
        return f"{usual}{before}" + fill_nonempty("、拡大版{}部", self.large)

    def copies_of(self, kind: str) -> int:
        """Return the copies of one kind of sheet; 0 = unknown, or none wanted."""
        if kind == questions_documents.LARGE_KIND:
            return self.large
        return self.standard.total if self.standard is not None else 0


def questionnaire_copies(records: EventRecords) -> QuestionnaireCopies:
    """Return how many sheets an event needs, for the people for whom handouts are prepared, with the reserve."""
    needed, final = copies_of(records)
    return QuestionnaireCopies(
        standard=needed if needed.people else None,
        large=records.survey.large_copies if records.survey is not None else 0,
        is_notified=final,
    )


def read_questionnaire_copies(store: Store, *, event_id: int) -> QuestionnaireCopies:
    """Return how many sheets the event needs; raises ``UserError`` when it does not exist."""
    return questionnaire_copies(read_event_records(store, event_id))


def set_large_copies(context: ActionContext, *, survey_id: int, copies: int) -> ActionResult:
    """Store how many sheets are wanted in 20 pt; raises ``UserError`` out of range or for fixed totals."""
    survey = get_open_survey(context.store, survey_id)
    if not 0 <= copies <= MAX_LARGE_COPIES:
        raise UserError("拡大版の部数を確かめてください。", f"0部から{MAX_LARGE_COPIES}部までにしてください。")
    with context.change("アンケート用紙の拡大版の部数を変更", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, large_copies=copies)
    return ActionResult(f"拡大版を{copies}部にしました。", survey_id)


def _questionnaire_content(store: Store, event: Event, now: datetime, kind: str) -> DocumentContent:
    """Return the printed questionnaire of an event; raises ``UserError`` without questions."""
    survey = surveys.survey_of_event(store.database, event.id)
    if survey is None or not survey.questions:
        raise UserError("この実施回の設問がまだありません。", "「アンケート」で設問を決めてください。")
    context = event_document_context(store, event, kind, now)
    content = questions_documents.questionnaire(context, read_event_facts(store, event), survey, kind=kind)
    return replace(content, copies=questionnaire_copies(read_event_records(store, event.id)).copies_of(kind))


def questionnaire_pages(survey: EventSurvey | None) -> int | None:
    """Return the pages of the アンケート用紙 as handed out: ``MAX_PAGES``, or None.

    It is None without questions, and while neither a day of the 協議 nor the decision about them is recorded.

    The sheet is set on both sides of one A4; questions that do not fit are a finding before it is printed. No fonts
    are used here, which is slow.
    """
    if survey is None or not survey.questions or (survey.agreed_on is None and survey.fixed_on is None):
        return None
    return questions_documents.MAX_PAGES


def _state(_store: Store, records: EventRecords, _today: date, kind: str) -> str:
    """Return the state of the questions, how many they are, and the copies needed (「設問決定　10問　必要 20部」).

    「協議中」 until they are decided; "" for an event without a survey.
    """
    survey = records.survey
    if survey is None:
        return ""
    wanted = questionnaire_copies(records).copies_of(kind)
    if kind == questions_documents.LARGE_KIND:
        needed = f"必要 {wanted}部" if wanted else "必要な部数は「アンケート」で決めます"
    else:
        needed = fill_nonempty("必要 {}部", wanted)
    agreed = "設問決定" if survey.fixed_on else "協議中"
    return join_nonempty(agreed, f"{len(survey.questions)}問", needed)


def _document_kind(kind: str) -> DocumentKind:
    return event_document_kind(
        kind=kind,
        day_set=DaySet(order=100 if kind == questions_documents.LARGE_KIND else 90),
        clauses=("clause_survey",),
        group="当日",
        event_role="用意",
        build=lambda store, event, now: _questionnaire_content(store, event, now, kind),
        ready=lambda _store, file: file.survey is not None and bool(file.survey.questions),
        fits=lambda file: file.kind.has_survey,
        state=lambda store, file, today: _state(store, file, today, kind),
        missing_words="設問を決めると作成できます。",
        todo="アンケート",
        formats=("pdf",),
    )


DOCUMENTS = (_document_kind(questions_documents.QUESTIONNAIRE_KIND), _document_kind(questions_documents.LARGE_KIND))


def closing_halts(store: Store, scope: DocumentScope, _today: date) -> tuple[str, ...]:
    """Return why the sheet of an event must not be made: its online form closes before the event; () = it may."""
    survey = surveys.survey_of_event(store.database, scope.event_id or 0)
    if survey is None or survey.online_close is None or not survey.online_url:
        return ()
    event = by_id(store.database, Event, survey.event_id)
    day = event.event_date if event is not None else None
    if event is None or day is None or survey.online_close >= day:
        return ()
    if not kind_of_event(store.database, event).has_survey:
        return ()
    close, held = dates.month_day(survey.online_close), dates.month_day(day)
    return (f"オンライン回答の締切（{close}）が、実施日（{held}）より前です。「設問」で締切を直してください。",)


HALTS = (
    (questions_documents.QUESTIONNAIRE_KIND, closing_halts),
    (questions_documents.LARGE_KIND, closing_halts),
)


@record
class FormDefinition:
    """The online form of an event in words; ``text`` is pasted, ``stem`` the file name without ending.

    ``warnings`` are whole sentences about the address of the form; ``is_fixed`` False = the questions may still
    change.
    """

    title: str
    lead: tuple[str, ...]
    questions: tuple[FormQuestion, ...]
    text: str
    stem: str
    warnings: tuple[str, ...]
    is_fixed: bool


def read_definition(store: Store, *, event_id: int, now: datetime) -> FormDefinition:
    """Return the event's questions for an online form; raises ``UserError`` before there are any."""
    event, survey = _survey(store, event_id)
    programme = programme_of_event(store, event, on=now.date())
    context = event_document_context(store, event, questions_documents.QUESTIONNAIRE_KIND, now, view=programme)
    title = questions_documents.printed_survey_title(survey)
    lead = questions_documents.form_introduction(context, planned_facts(event, programme.kind(event.kind)), survey)
    defined = questions_documents.form_questions(survey.questions)
    code = event_code(programme.programme, event, programme.kind(event.kind))
    return FormDefinition(
        title=title,
        lead=lead,
        questions=defined,
        text=form_text(title, lead, defined),
        stem=f"{code}-{questions_documents.DEFINITION_KIND}",
        warnings=address_warnings(survey.online_url),
        is_fixed=survey.fixed_on is not None,
    )


def save_definition(context: ActionContext, *, event_id: int, options: SaveOptions) -> SavedFile:
    """Write the questions for the online form, a workbook with one row for each, and log it.

    Undo does not reach past this.

    Raises:
        UserError: there are no questions, a password is too short, or the file exists and is not to be replaced.
        StorageProblem: the file could not be written; nothing was logged.
    """
    event, _survey_now = _survey(context.store, event_id)
    found = read_definition(context.store, event_id=event_id, now=context.now)
    content = questions_documents.definition_workbook(
        programme_of_event(context.store, event, on=context.today).programme,
        title=found.title,
        subtitle=_event_words(context.store, event),
        lead=found.lead,
        questions=found.questions,
        reference=found.stem,
        stem=found.stem,
        made_at=context.now,
    )
    copy = documents.render(content, format="xlsx").data
    return save_leaving(
        context,
        options=options,
        action=f"{questions_documents.DEFINITION_KIND}をExcelで保存",
        data=bytes_to_save(copy, options, format="xlsx"),
        copy=copy,
        content=content,
        event_id=event_id,
        document_kind=questions_documents.DEFINITION_KIND,
        reference=found.stem,
        format="xlsx",
        detail={"設問": f"{len(found.questions)}問"},
    )


def _survey(store: Store, event_id: int) -> tuple[Event, EventSurvey]:
    """Return an event with its survey; raises ``UserError`` when it has no questions."""
    event = get_surveyed_event(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None or not survey.questions:
        raise UserError("この実施回の設問がまだありません。", "設問を用意してください。")
    return event, survey


def _event_words(store: Store, event: Event) -> str:
    """Return formal title and day of an event, for the subtitle."""
    day = dates.long_date(event.event_date) if event.event_date else ""
    return join_nonempty(formal_title(event, kind_of_event(store.database, event), with_organisation=False), day)


@record
class PreparedPreview:
    """A set ready to be drawn, with its findings."""

    content: DocumentContent
    findings: tuple[QuestionFinding, ...]


@record
class DrawnPreview:
    """The pages as PDF; ``page_of_question`` gives the page of each question (by code, from 1).

    ``findings`` begin with the questions that do not fit on the two pages of one sheet; never of the large one.
    """

    data: bytes
    pages: int
    page_of_question: dict[str, int]
    findings: tuple[QuestionFinding, ...]


def prepare_preview(
    store: Store,
    *,
    event_id: int = 0,
    questionnaire_id: int = 0,
    questions: Sequence[Question] | None = None,
    large: bool = False,
    now: datetime,
) -> PreparedPreview:
    """Return the sheet of an event or a master as it would be printed now, with its findings.

    Args:
        event_id, questionnaire_id: whose set it is; exactly one of them.
        questions: as they are being typed, complete or not; None = as stored.
        large: in 20 pt.

    Raises:
        UserError: the event or the master does not exist, or the event has no questions yet.
    """
    if event_id:
        event, survey, people = _of_event(store, event_id)
    else:
        event, survey, people = *_of_master(store, questionnaire_id), None
    asked = with_temporary_codes(questions if questions is not None else survey.questions)
    kind = questions_documents.LARGE_KIND if large else questions_documents.QUESTIONNAIRE_KIND
    year = programme_of_event(store, event, on=now.date()) if event_id else read_programme(store, on=now.date())
    context = event_document_context(store, event, kind, now, view=year)
    content = questions_documents.questionnaire(
        context, planned_facts(event, year.kind(event.kind)), replace(survey, questions=asked), kind=kind
    )
    findings = [*check_questions(asked, people=people), *_name_findings(store, year, asked, event.lecturer)]
    findings += [
        QuestionFinding(code="", weight="注意", text=text, why="用紙のQRコードになる前に直してください。")
        for text in address_warnings(survey.online_url)
    ]
    if event_id and year.kind(event.kind).surveys_online and not survey.online_url.strip():
        findings.append(QuestionFinding(code="", weight="注意", text=NO_ADDRESS, why=_NO_ADDRESS_REASON))
    return PreparedPreview(content=content, findings=tuple(findings))


NO_ADDRESS = "オンライン回答の場所が入っていないため、用紙に二次元コードと締切がありません。"
_NO_ADDRESS_REASON = (
    "仕様書は紙とオンラインの両方で回答できることを求めています。入れると「どちらか一方」の文も入ります。"
)


def with_temporary_codes(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return questions with temporary names by place for those without a code."""
    return tuple(
        replace(question, code=question.code or f"{NEW_CODE}{place}") for place, question in enumerate(questions, 1)
    )


def draw_preview(prepared: PreparedPreview) -> DrawnPreview:
    """Return the pages drawn as PDF, without a store; raises ``UserError`` naming a character that no font has."""
    from app.documents.pdf.blocks.questionnaire_form import question_pages, questions_beyond_two_pages
    from app.documents.pdf.typesetting.typefaces import open_collection

    drawn = documents.render(prepared.content, format="pdf")
    fonts = open_collection()
    places = question_pages(prepared.content, fonts)
    beyond = questions_beyond_two_pages(prepared.content, fonts) if prepared.content.type_size <= 14 else ()
    findings = (*((overflow_finding(beyond),) if beyond else ()), *prepared.findings)
    return DrawnPreview(data=drawn.data, pages=drawn.pages, page_of_question=places, findings=findings)


def _of_event(store: Store, event_id: int) -> tuple[Event, EventSurvey, int | None]:
    """Return event, survey and the number of people expected (None unknown); raises ``UserError`` without a survey."""
    file = read_event_records(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None:
        raise UserError("この実施回の設問がまだありません。", "設問を用意してください。")
    return file.event, survey, copies_of(file)[0].people or None


def _of_master(store: Store, questionnaire_id: int) -> tuple[Event, EventSurvey]:
    """Return an unsaved event and survey that stand for a master when its sheet is drawn."""
    master = get_or_raise(store.database, Questionnaire, questionnaire_id)
    view = read_programme(store, with_names=False)
    found = view.find_kind(master.kind) or view.kinds[0]
    event = Event(kind=found.kind, form=found.form, subject=MASTER_EVENT_NAME)
    return event, EventSurvey(event_id=0, title=master.name, questions=master.questions)


def _name_findings(
    store: Store, year: ProgrammeView, questions: Sequence[Question], lecturer: str
) -> list[QuestionFinding]:
    """Return findings on questions with a known person, a telephone number or a mail address."""
    office, contractor = year.office, year.contractor
    staff = [name for name in (office.staff, contractor.responsible, contractor.representative, lecturer) if name]
    people = [*register.name_keys(store.database), *((name, name_key(name)) for name in staff)]
    finder = NameFinder.with_keys(people, name_key)
    found = []
    for place, question in enumerate(questions, 1):
        flags = personal_flags(printed_words(question), finder=finder)
        if flags:
            found.append(personal_words_finding(question, f"問{place}", flags))
    return found
