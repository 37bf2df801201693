"""The questions as they go out: on paper in two sizes and how many, as text and sheet for an online form; seen before.

Public functions: ``sheet_copies``, ``read_copies``, ``set_large_copies`` (also ``by`` and ``now``).

- ``read_definition(store, …) -> Definition`` the text and the questions as a form service asks for them
- ``save_definition(store, …) -> SavedFile`` the workbook, with a row in the log of what left

Nothing is sent from here: the form is made by hand, in the service that the contractor uses.

- ``prepare_preview(store, …) -> PreparedSet`` reads what the sheet needs and looks the questions over
- ``draw_preview(prepared) -> DrawnSet`` draws the pages (no store: it runs beside the window)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar import dates
from app.common.together import together
from app.papers.blocks import DocumentContent
from app.papers.paper import event_sign
from app.papers.services import papers
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import SavedFile, Way, file_saved, protect, write_whole
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.papers.services.paper_scope import PaperScope
from app.papers.services.saved_out import place_detail
from app.programme.services.programme import programme_of_event, read_programme
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.event.rules.copies import CopiesNeeded, required_copies
from app.subjects.events.event.services.event_facts import planned_facts, read_facts
from app.subjects.events.event.services.event_file import EventFile, read_file
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.organisations.register.rules.free_text import NameFinder, personal_flags
from app.subjects.surveys.questions.papers import questionnaire, questionnaire_definition
from app.subjects.surveys.questions.papers.questionnaire_definition import DefinedQuestion
from app.subjects.surveys.questions.rules.questionnaire_checks import (
    QuestionFinding,
    address_warnings,
    beyond_finding,
    check_questions,
    named_finding,
    words_of,
)
from app.subjects.surveys.questions.rules.questionnaire_editing import NEW
from app.subjects.surveys.questions.services.surveys import event_with_survey, open_survey
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.events import Event
from db.records.papers import Outgoing
from db.records.programme import Kind
from db.records.surveys import EventSurvey, Question, Questionnaire
from db.rows import by_id
from db.store import Store
from db.tables import register, surveys

MOST_LARGE = 30
MASTER_EVENT = "（実施回の名称）"


@frozen_record
class SheetCopies:
    """How many sheets lie ready: ``usual`` for everybody with a reserve, ``large`` in 20 pt on top of them.

    ``told`` False = the numbers were not told to the contractor yet. Without people ``usual`` is None.
    """

    usual: CopiesNeeded | None
    large: int
    told: bool

    @property
    def words(self) -> str:
        """「18＋予備2＝20部、拡大版1部」, or that the people are not known yet."""
        usual = self.usual.words if self.usual is not None else "人数がまだ分かりません"
        before = "" if self.told or self.usual is None else "（人数連絡前）"
        return f"{usual}{before}" + (f"、拡大版{self.large}部" if self.large else "")

    def of(self, kind: str) -> int:
        """The copies of one kind of sheet; 0 = not known, or none wanted."""
        if kind == questionnaire.LARGE_KIND:
            return self.large
        return self.usual.total if self.usual is not None else 0


def sheet_copies(file: EventFile) -> SheetCopies:
    """Return how many sheets an event needs: the people told, else those expected now, and the reserve."""
    people = file.told.people if file.told is not None else file.people
    return SheetCopies(
        usual=required_copies(people) if people else None,
        large=file.survey.large_copies if file.survey is not None else 0,
        told=file.told is not None,
    )


def read_copies(store: Store, *, event_id: int) -> SheetCopies:
    """Return how many sheets the event needs; raises ``Refusal`` when it is no longer there."""
    return sheet_copies(read_file(store, event_id))


@deed
def set_large_copies(act: Act, *, survey_id: int, copies: int) -> Saved:
    """Keep how many sheets are wanted in 20 pt; raises ``Refusal`` out of range or when the totals are frozen."""
    survey = open_survey(act.store, survey_id)
    if not 0 <= copies <= MOST_LARGE:
        raise Refusal("拡大版の部数を確かめてください。", f"0部から{MOST_LARGE}部までにしてください。")
    with act.change("アンケート用紙の拡大版の部数を変更", "surveys", event_id=survey.event_id) as change:
        change.update(EventSurvey, survey_id, large_copies=copies)
    return Saved(f"拡大版を{copies}部にしました。", survey_id)


def _sheet(store: Store, event: Event, now: datetime, kind: str) -> DocumentContent:
    survey = surveys.survey_of_event(store.database, event.id)
    if survey is None or not survey.questions:
        raise Refusal("この実施回の設問がまだありません。", "「アンケート」で設問を決めてください。")
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, kind, now)
    content = questionnaire.questionnaire(context, read_facts(store, event), survey, kind=kind)
    return replace(content, copies=sheet_copies(read_file(store, event.id)).of(kind))


def sheet_pages(survey: EventSurvey | None) -> int | None:
    """Return the pages of the アンケート用紙 as it is handed out, or None while its questions are not decided.

    The sheet is set on both sides of one A4 (``questionnaire.PAGES``); questions that find no room there are a finding
    before it is printed. Fonts are not asked here: they are at work where papers are drawn.
    """
    if survey is None or not survey.questions or (survey.agreed_on is None and survey.fixed_on is None):
        return None
    return questionnaire.PAGES


def _state(_store: Store, file: EventFile, _today: date, kind: str) -> str:
    survey = file.survey
    if survey is None:
        return ""
    copies = sheet_copies(file)
    wanted = copies.of(kind)
    if kind == questionnaire.LARGE_KIND:
        needed = f"必要 {wanted}部" if wanted else "必要な部数は「アンケート」で決めます"
    else:
        needed = f"必要 {wanted}部" if wanted else ""
    agreed = "設問決定" if survey.fixed_on else "協議中"
    return together(agreed, f"{len(survey.questions)}問", needed)


def _kind(kind: str) -> PaperKind:
    return event_paper(
        kind=kind,
        rests_on=("clause_survey",),
        shelf="当日",
        meets="用意",
        build=lambda store, event, now: _sheet(store, event, now, kind),
        ready=lambda _store, file: file.survey is not None and bool(file.survey.questions),
        fits=lambda file: file.event.kind != "派遣",
        state=lambda store, file, today: _state(store, file, today, kind),
        missing="設問を決めると作成できます。",
        todo="アンケート",
        formats=("pdf",),
    )


PAPERS = (_kind(questionnaire.KIND), _kind(questionnaire.LARGE_KIND))


def closing_halts(store: Store, scope: PaperScope, _today: date) -> tuple[str, ...]:
    """Return why no paper asks for answers online: their last day ends before the event, as after a move of it."""
    survey = surveys.survey_of_event(store.database, scope.event_id or 0)
    if survey is None or survey.online_close is None or not survey.online_url:
        return ()
    event = by_id(store.database, Event, survey.event_id)
    day = event.event_date if event is not None else None
    if day is None or survey.online_close >= day:
        return ()
    close, held = dates.month_day(survey.online_close), dates.month_day(day)
    return (f"オンライン回答の締切（{close}）が、実施日（{held}）より前です。「設問」で締切を直してください。",)


HALTS: Final = ((questionnaire.KIND, closing_halts), (questionnaire.LARGE_KIND, closing_halts))


@frozen_record
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


def read_definition(store: Store, *, event_id: int, now: datetime) -> Definition:
    """Return the event's questions for an online form; raises ``Refusal`` before there are any."""
    event, survey = _survey(store, event_id)
    programme = programme_of_event(store, event, on=now.date())
    context = paper_context(store, programme, event, questionnaire.KIND, now)
    title = questionnaire.printed_survey_title(survey)
    lead = questionnaire.form_lead(context, planned_facts(event), survey)
    defined = questionnaire_definition.define(survey.questions)
    return Definition(
        title=title,
        lead=lead,
        questions=defined,
        text=questionnaire_definition.definition_text(title, lead, defined),
        stem=f"{event_sign(programme.programme, event)}-{questionnaire_definition.KIND}",
        url=survey.online_url,
        warnings=address_warnings(survey.online_url),
        fixed=survey.fixed_on is not None,
    )


@deed
def save_definition(
    act: Act,
    *,
    event_id: int,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
) -> SavedFile:
    """Write the workbook with one row a question and log it; undo does not reach past this.

    Raises:
        Refusal: there are no questions, a password is too short, or the file is there.
        StorageProblem: the file could not be written; nothing was logged.
    """
    event, _survey_now = _survey(act.store, event_id)
    found = read_definition(act.store, event_id=event_id, now=act.now)
    content = questionnaire_definition.definition_sheet(
        programme_of_event(act.store, event, on=act.today).programme,
        title=found.title,
        subtitle=_event_words(event),
        lead=found.lead,
        questions=found.questions,
        reference=found.stem,
        stem=found.stem,
        made_at=act.now,
    )
    copy = data = papers.render(content, format="xlsx").data
    if way == "暗号化して保存":
        data = protect(data, format="xlsx", password=password)
    with act.change(
        f"{questionnaire_definition.KIND}をExcelで保存", "papers", event_id=event_id, barrier=True
    ) as change:
        row = Outgoing(
            event_id=event_id,
            document_kind=questionnaire_definition.KIND,
            reference=found.stem,
            version=0,
            format="xlsx",
            way=way,
            file_name=path.name,
            sha256=sha256(data).hexdigest(),
            reason=reason.strip(),
            by=act.by,
            at=act.now,
            detail={"設問": f"{len(found.questions)}問"} | place_detail(path),
        )
        row_id = log_issued(act.store, change, row, copy=copy, says=content)
        write_whole(path, data, overwrite=overwrite)
    return file_saved(path, row_id)


def _survey(store: Store, event_id: int) -> tuple[Event, EventSurvey]:
    event = event_with_survey(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None or not survey.questions:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してください。")
    return event, survey


def _event_words(event: Event) -> str:
    day = dates.long_date(event.event_date) if event.event_date else ""
    return together(planned_facts(event).title_without_organisation, day)


@frozen_record
class PreparedSet:
    """A set ready to be drawn, and what was found by reading it; ``event_id`` and ``questionnaire_id`` say whose."""

    content: DocumentContent
    findings: tuple[QuestionFinding, ...]


@frozen_record
class DrawnSet:
    """The pages as PDF; ``places`` tell on which page a question stands (by code, from 1).

    ``findings`` begin with the questions that find no room on the two pages of one sheet.
    """

    data: bytes
    pages: int
    places: dict[str, int]
    findings: tuple[QuestionFinding, ...]


def prepare_preview(
    store: Store,
    *,
    event_id: int = 0,
    questionnaire_id: int = 0,
    questions: Sequence[Question] | None = None,
    large: bool = False,
    now: datetime,
) -> PreparedSet:
    """Return the sheet of an event or of a master as it would be printed now, and what to look at in it.

    Args:
        event_id, questionnaire_id: whose set it is; exactly one of them.
        questions: as they are being typed, complete or not; None = as they are kept. large: in 20 pt.

    Raises:
        Refusal: the event or the master is no longer there, or the event has no questions yet.
    """
    if event_id:
        event, survey, people = _of_event(store, event_id)
    else:
        event, survey, people = *_of_master(store, questionnaire_id), None
    asked = named(questions if questions is not None else survey.questions)
    kind = questionnaire.LARGE_KIND if large else questionnaire.KIND
    year = programme_of_event(store, event, on=now.date()) if event_id else read_programme(store, on=now.date())
    context = paper_context(store, year, event, kind, now)
    content = questionnaire.questionnaire(context, planned_facts(event), replace(survey, questions=asked), kind=kind)
    findings = [*check_questions(asked, people=people), *_names(store, year, asked, event.lecturer)]
    findings += [
        QuestionFinding(code="", weight="注意", text=text, why="用紙のQRコードになる前に直してください。")
        for text in address_warnings(survey.online_url)
    ]
    if event_id and survey.fixed_on is not None and not survey.online_url.strip():
        findings.append(QuestionFinding(code="", weight="注意", text=NO_ADDRESS, why=_NO_ADDRESS_WHY))
    return PreparedSet(content=content, findings=tuple(findings))


NO_ADDRESS = "オンライン回答の場所が入っていないため、用紙に二次元コードと締切がありません。"
_NO_ADDRESS_WHY = "仕様書は紙とオンラインの両方で回答できることを求めています。入れると「どちらか一方」の文も入ります。"


def named(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Give questions that have no code yet a name by their place, so that they are told apart until they are kept."""
    return tuple(
        replace(question, code=question.code or f"{NEW}{place}") for place, question in enumerate(questions, 1)
    )


def draw_preview(prepared: PreparedSet) -> DrawnSet:
    """Draw the pages; raises ``Refusal`` for a character that no font has, naming it."""
    from app.papers.pdf.blocks.questionnaire_form import beyond_two_pages, pages_of
    from app.papers.pdf.setting.typefaces import open_collection

    drawn = papers.render(prepared.content, format="pdf")
    fonts = open_collection()
    places = pages_of(prepared.content, fonts)
    beyond = beyond_two_pages(prepared.content, fonts) if prepared.content.type_size <= 14 else ()
    findings = (*((beyond_finding(beyond),) if beyond else ()), *prepared.findings)
    return DrawnSet(data=drawn.data, pages=drawn.pages, places=places, findings=findings)


def _of_event(store: Store, event_id: int) -> tuple[Event, EventSurvey, int | None]:
    file = read_file(store, event_id)
    survey = surveys.survey_of_event(store.database, event_id)
    if survey is None:
        raise Refusal("この実施回の設問がまだありません。", "設問を用意してください。")
    people = file.told.people if file.told is not None else file.people
    return file.event, survey, people or None


def _of_master(store: Store, questionnaire_id: int) -> tuple[Event, EventSurvey]:
    """A master belongs to no event: its sheet shows where name and day will stand."""
    master = get_or_refuse(store.database, Questionnaire, questionnaire_id)
    kind: Kind = "意見交換会" if master.kind == "意見交換会" else "講習会"
    event = Event(kind=kind, subject=MASTER_EVENT)
    return event, EventSurvey(event_id=0, title=master.name, questions=master.questions)


def _names(store: Store, year: ProgrammeView, questions: Sequence[Question], lecturer: str) -> list[QuestionFinding]:
    """Questions whose own words hold a known person, a telephone number or a mail address."""
    office, contractor = year.office, year.contractor
    staff = [name for name in (office.staff, contractor.responsible, contractor.representative, lecturer) if name]
    people = [*register.name_keys(store.database), *((name, name_key(name)) for name in staff)]
    finder = NameFinder.with_keys(people, name_key)
    found = []
    for place, question in enumerate(questions, 1):
        flags = personal_flags(words_of(question), finder=finder)
        if flags:
            found.append(named_finding(question, f"問{place}", flags))
    return found
