"""見本データ: a complete invented year with its own today, library, questionnaires, answers and reports."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.common.file_locations import resources_folder
from app.documents.rules import VERSION
from app.documents.services import documents
from app.documents.services.notification_kinds import CONTRACTOR
from app.documents.services.stored_files import keep_file
from app.event.rules import target_dates
from app.programme import services as programme_services
from app.programme.intake import preset
from app.sample.services import (
    sample_agreements,
    sample_events,
    sample_proposal,
    sample_roster,
    sample_schedules,
    sample_specification,
    sample_story,
)
from app.sample.services.sample_discussion import fill_discussions
from app.sample.services.sample_events import STAFF, SampleEvents, form_url
from app.submissions.deliverables.rules.outstanding_texts import CORRECTION_REQUEST
from app.submissions.reports.documents.report_parts import ReportFacts
from app.submissions.reports.rules.report_points import newest_report, required_points
from app.submissions.reports.services import report_documents, report_facts
from app.surveys.questions.intake import default_questionnaire
from app.surveys.tally.rules import tally_answers
from app.surveys.tally.services.confirmed_tallies import save_tally_state
from app.surveys.tally.services.survey_comparison import RESPONSE_COUNT_KEY
from app.year_end.handover.documents import FIRST, GIVER, WRONG, remark_of
from app.year_end.handover.documents import KIND as HANDOVER
from db.journal import Change
from db.name_key import digits_of
from db.records.documents import DocumentPassage, Notification
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import Contractor, Side, TaskClosing
from db.records.submissions.received import PointCheck, PointResult, ReceivedPaper, ReceivedStatus, SensitivePresence
from db.records.submissions.reports import Report, ReportFigure, ReportOrigin, ReportPhoto
from db.records.surveys import Answer, EventSurvey, Question, Questionnaire, QuestionType, SurveyResponse
from db.rows import rows
from db.store import Store
from db.tables import reports, surveys
from db.tables.reports import REPORT_KIND

FROZEN_SURVEYS = ("L1", "L2", "L3", "E1")
OPEN_SURVEYS = ("L6",)
CONTRACTOR_NAME = "受託者（業務責任者）"
SAMPLE_MAKER = "見本データ"


def fill_reports(context: ActionContext, *, sample: SampleEvents, programme_id: int) -> None:
    """Insert the typed forms, received reports drawn as from the contractor, and the 届 of the year's start."""
    with context.change("見本の討議の記録を用意", "discussion") as change:
        fill_discussions(change, sample)
    with context.change("見本の報告書の様式を用意", "reports") as change:
        for key, typed in sample.data["reports"].items():
            report_id = change.insert(_report_form(sample.event_ids[key], typed))
            _add_photos(context, change, report_id, typed.get("photos", []))
    for key, item in sample.data["received"].items():
        _receive_report(context, sample, key, item)
    with context.change("見本の届を用意", "received") as change:
        for kind, number, points in _NOTICES:
            change.insert(
                ReceivedPaper(
                    kind=kind,
                    programme_id=programme_id,
                    received_on=_BEGIN_NOTICE_DATE,
                    received_time="10:30",
                    received_how="持参",
                    receipt_number=number,
                    original_place="紙ファイル",
                    keep_years=5,
                    sensitive=SensitivePresence.ABSENT,
                    points={point: PointCheck(result=PointResult.FINE, page="1") for point in points},
                    status=ReceivedStatus.CHECKED,
                    checked_on=_BEGIN_NOTICE_DATE,
                    checked_by=STAFF,
                )
            )


_BEGIN_NOTICE_DATE = date(2026, 7, 31)
_NOTICES = (
    ("管理責任者選任届", "8見本収第11号", ("管理責任者の氏名・所属", "選任日", "従事者の中からの選任（ほかは許可）")),
    ("従事者・配置表の届", "8見本収第12号", ("氏名", "所属", "従事の開始日", "従事の終了予定日")),
    (
        "教育実施報告書", "8見本収第13号",
        ("実施日・方法", "受講者の氏名・所属", "未受講者と補講の予定", "遵守すべき事項", "罰則の内容", "民事上の責任"),
    ),
)  # fmt: skip


def _add_photos(context: ActionContext, change: Change, report_id: int, photos: list[dict[str, str]]) -> None:
    """Insert pictures drawn for the sample: rooms and things, without people."""
    for position, item in enumerate(photos, 1):
        words: dict[str, Any] = {name: text for name, text in item.items() if name != "file"}
        data = (resources_folder() / "sample_year" / item["file"]).read_bytes()
        kept = keep_file(context.store, change, data=data, name=item["file"], now=context.now, media_type="image/jpeg")
        change.insert(ReportPhoto(report_id=report_id, position=position, file_id=kept.id, **words))


def _report_form(event_id: int, typed: dict[str, Any]) -> Report:
    """Return the first version of a report as typed in the program, by the ward."""
    tables = {name: tuple(map(tuple, rows)) for name, rows in typed["tables"].items()}
    return Report(
        event_id=event_id, way=ReportOrigin.MADE, version=1, author=Side.WARD, body=typed["text"], tables=tables
    )


def _receive_report(context: ActionContext, sample: SampleEvents, key: str, item: dict[str, Any]) -> None:
    """Store a report as received from the contractor, with its figures, drawn with the declared differences."""
    event = sample.events[key]
    on = date.fromisoformat(item["on"])
    typed = sample.data["reports"].get(
        key, {"text": {"所感": "参加者どうしで教え合う場面が多く見られた。"}, "tables": {}}
    )
    sent = _report_form(event.id, typed)
    sent = Report(**{**vars(sent), "author": "受託者", "contractor_confirmed_on": on})
    form = newest_report(reports.reports_of_event(context.database, event.id), "作成")
    facts = report_facts.gather_facts(context.store, event=event, report=sent)
    facts = replace(facts, photos=tuple(reports.photos_of_report(context.database, form.id)) if form else ())
    differing = item.get("diff", {})
    drawn = documents.render(
        report_documents.report_content(
            context.store,
            event=event,
            report=sent,
            now=datetime.combine(on, time(10, 20)),
            facts=_with_contractor_errors(facts, differing),
        ),
        format="pdf",
    )
    name = f"実施報告書_{event.full_title.replace(' ', '_')}.pdf"
    with ActionContext(context.store, context.by, datetime.combine(on, time(11))).change(
        "実施報告書を受領", subject="reports", event_id=event.id
    ) as change:
        kept = keep_file(
            context.store,
            change,
            data=drawn.data,
            name=name,
            now=context.now,
            media_type="application/pdf",
            pages=drawn.pages,
        )
        report_id = change.insert(_received_paper(event, kept.id, kept.sha256, name, drawn.pages, on, item["status"]))
        for position, (label, ours, source) in enumerate(report_facts.own_numbers(facts), 1):
            handling = "修正を依頼" if label in differing and item["status"] == "修正依頼" else ""
            change.insert(
                ReportFigure(
                    report_id=report_id,
                    position=position,
                    item=label,
                    theirs=differing.get(label, ours),
                    ours=ours,
                    source=source,
                    page="1" if label in differing else "",
                    handling=handling,
                )
            )
        looked = sample.calendar.add_open_days(on, 4)
        if item["status"] == "修正依頼":
            change.update(ReceivedPaper, report_id, asked_on=looked, asked_by=STAFF, asked_to_tell=True)
            change.insert(
                Notification(
                    event_id=event.id,
                    document_kind=CORRECTION_REQUEST,
                    key=CORRECTION_REQUEST,
                    version=1,
                    title="第1版",
                    facts={VERSION: "第1版"},
                    told_on=looked,
                    told_to=CONTRACTOR,
                    told_how="メール",
                    told_by=STAFF,
                    by=STAFF,
                    at=datetime.combine(looked, time(16)),
                )
            )
        elif item["status"] == "確認済":
            change.update(ReceivedPaper, report_id, checked_on=looked, checked_by=STAFF)


def _with_contractor_errors(facts: ReportFacts, errors: dict[str, str]) -> ReportFacts:
    """Return the facts with the contractor's wrong 出席 and 回収数, so that the received file contains them.

    Args:
        errors: the wrong words (「15人」) by the name of the number; other numbers than these two are ignored.
    """

    def number(item: str) -> int:
        """Return the number in the wrong text of an item."""
        return int(digits_of(errors[item]))

    if "出席" in errors:
        people = replace(facts.event.people, attended=number("出席"))
        sheets = facts.event.responses
        if sheets is not None:
            sheets = replace(sheets, attended=people.attended)
        facts = replace(facts, event=replace(facts.event, people=people, responses=sheets))
    if "回収数" in errors and facts.survey is not None:
        facts = replace(facts, survey=replace(facts.survey, response_count=number("回収数")))
    return facts


def _received_paper(
    event: Event, file_id: int, sha256: str, name: str, pages: int, on: date, status: Any
) -> ReceivedPaper:
    """Return a report as received by mail, with its points ticked as far as it was checked."""
    ticked = status != "区が確認中"
    return ReceivedPaper(
        kind=REPORT_KIND,
        event_id=event.id,
        status=status,
        file_id=file_id,
        file_name=name,
        sha256=sha256,
        pages=pages,
        received_on=on,
        received_how="メール",
        original_place="文書管理システム",
        points={
            point: PointCheck(result=PointResult.FINE)
            for number, point in enumerate(
                required_points(next(one for one in preset().kinds if one.kind == event.kind))
            )
            if ticked or number == 0
        },
    )


def fill_surveys(change: Change, sample: SampleEvents, masters: dict[str, int]) -> None:
    """Insert questions and responses of every event with a survey; ``masters`` are their questionnaires by kind."""
    for key, event in sample.events.items():
        answers = sample.data["answers"].get(key)
        if event.kind == "派遣" or event.event_date is None or (answers is None and key not in OPEN_SURVEYS):
            continue
        agreed = sample.calendar.open_on_or_before(event.event_date - timedelta(days=16))
        counted = sample.calendar.open_on_or_before(event.event_date + timedelta(days=8))
        master = default_questionnaire(event.form)
        survey_id = change.insert(
            EventSurvey(
                event_id=event.id,
                title=master.name,
                questions=master.questions,
                questionnaire_id=masters.get(event.kind),
                agreed_on=None if key in OPEN_SURVEYS else agreed,
                fixed_on=None if key in OPEN_SURVEYS else agreed,
                online_url=form_url(event, "answer"),
                online_close=event.event_date + timedelta(days=7),
                counted_on=counted if answers and key != "L5" else None,
                frozen_at=datetime.combine(counted, time(17, 5)) if key in FROZEN_SURVEYS else None,
                frozen_by=STAFF if key in FROZEN_SURVEYS else "",
            )
        )
        for item in answers or ():
            change.insert(_survey_response(survey_id, item))


def _survey_response(survey_id: int, item: dict[str, Any]) -> SurveyResponse:
    answers = {
        code: Answer(chosen=tuple(one.get("chosen", ())), other=one.get("other", ""), text=one.get("text", ""))
        for code, one in item["answers"].items()
    }
    stamped = item.get("answered_at")
    return SurveyResponse(
        survey_id=survey_id,
        source=item["source"],
        number=item.get("number"),
        answered_at=datetime.fromisoformat(stamped) if stamped else None,
        answers=answers,
    )


def _add_contractor_tally(store: Store, change: Change, survey: EventSurvey) -> None:
    """Insert a contractor's tally equal to ours, as nothing can be confirmed without a comparison."""
    counted = [sheet for sheet in surveys.responses(store.database, survey.id) if sheet.counted]
    counts = {
        one.question.code: {row.text: row.count for row in one.rows()}
        for one in tally_answers(survey.questions, [sheet.answers for sheet in counted])
        if one.question.type.has_options
    }
    counts[RESPONSE_COUNT_KEY] = {way: sum(sheet.source == way for sheet in counted) for way in ("紙", "オンライン")}
    assert survey.frozen_at is not None  # only totals that are fixed are compared
    change.update(
        EventSurvey, survey.id, contractor_counts=counts, checked_by=STAFF, checked_on=survey.frozen_at.date()
    )


def fill_questionnaires(change: Change, *, fiscal_year: int) -> dict[str, int]:
    """Insert the questionnaire masters; return the ids of this year's by kind."""
    change.insert(
        Questionnaire(
            name="講習会アンケート",
            kind="講習会",
            fiscal_year=fiscal_year - 1,
            questions=_last_year_questions(default_questionnaire(EventForm.LECTURE).questions),
            agreed_on=date(fiscal_year - 1, 8, 20),
            agreed_with=CONTRACTOR_NAME,
            note="前年度の設問。年度の比較に使う",
        )
    )
    return {
        kind: change.insert(
            Questionnaire(
                name=name,
                kind=kind,
                fiscal_year=fiscal_year,
                questions=default_questionnaire(form).questions,
                agreed_on=date(fiscal_year, 8, 24),
                agreed_with=CONTRACTOR_NAME,
            )
        )
        for kind, form, name in (
            ("講習会", EventForm.LECTURE, "講習会アンケート"),
            ("意見交換会", EventForm.EXCHANGE, "意見交換会アンケート"),
        )
    }


def _last_year_questions(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return last year's questions: other wording and options, dropped questions included, new ones missing."""
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
    venue = Question(
        code="venue", title="会場の使いやすさ", type=QuestionType.ONE, options=("よい", "ふつう", "よくない")
    )
    return (*found[:-1], venue, found[-1])


def fill_sample_year(store: Store, *, by: str = SAMPLE_MAKER, now: datetime) -> ActionResult:
    """Fill an empty data folder with the sample year, whose own today is 令和8年12月1日.

    Args:
        store: a new, empty data folder. by: who is written into the journal.
        now: the moment of making; what the year holds carries dates of its own.
    """
    act, data = ActionContext(store, by, now), _read_data()
    today = date.fromisoformat(data["today"])
    year = replace(
        preset().programme,
        sample=True,
        sample_today=today,
        contract_date=date(2026, 7, 31),
        clauses_checked="一致",
        contract_number="8-0000",
        amount=2_970_000,
        tax=270_000,
        specification="第1版",
        specification_on=date(2026, 7, 1),
        invoice_seal="不要",
        accounts_due=date(2027, 5, 14),
    )
    programme_id = programme_services.start_programme(
        ActionContext(store, by, datetime.combine(date(2026, 8, 3), now.time())),
        programme=year,
        numbers=preset().kinds,
        office=replace(preset().office, **data["office"]),
        contractor=Contractor(**data["contractor"]),
    ).id
    with act.change("見本の団体を用意", "organisations") as change, change.batching():
        organisation_ids = _fill_organisations(change, data)
    made = SampleEvents(
        data=data,
        today=today,
        organisation_ids=organisation_ids,
        calendar=programme_services.office_calendar(store),
        kinds={one.kind: one for one in preset().kinds},
    )
    with (
        act.change("見本の人と段階を用意", "organisations") as change,
        change.batching(),
    ):
        sample_roster.fill_people(change, made)
    with act.change("見本の実施回を用意", "events") as change, change.batching():
        sample_events.fill_events(change, made)
    with act.change("見本の協議を用意", "agreements") as change:
        sample_agreements.fill_agreements(change, made, programme_id=programme_id)
    with (
        act.change("見本の名簿と会場を用意", "participants") as change,
        change.batching(),
    ):
        sample_roster.fill_rosters(change, made)
        sample_roster.fill_venues(change, made)
    with act.change("見本の回答を用意", "surveys") as change:
        fill_surveys(change, made, fill_questionnaires(change, fiscal_year=year.fiscal_year))
        for survey in rows(store.database, EventSurvey, order="event_id"):
            if survey.frozen_at is not None:
                _add_contractor_tally(store, change, survey)
                save_tally_state(store, change, survey)
    fill_reports(act, sample=made, programme_id=programme_id)
    with act.change("見本の年度の期日を用意", "deadlines") as change:
        _close_past_dates(change, programme_id, by=by)
    with act.change("見本の引継書に書き添え", "papers") as change:
        for part, text in _HANDOVER_NOTES:
            change.insert(DocumentPassage(programme_id=programme_id, document_kind=HANDOVER, part=part, text=text))
    sample_story.tell_story(store, made)
    # The journal must be in order of time: what is written last has no earlier moment than the story.
    evening = ActionContext(store, by, datetime.combine(date(2026, 11, 30), time(16, 40)))
    with evening.change("見本の日程の比較と区の年中行事を用意", "events") as change:
        sample_schedules.fill_schedules(
            change, made, rows(store.database, Event), programme_id=programme_id, fiscal_year=year.fiscal_year
        )
    sample_proposal.fill_proposal(evening, sample=made, programme_id=programme_id, fiscal_year=year.fiscal_year)
    with evening.change("見本の仕様書の読み比べを用意", "specification") as change:
        sample_specification.fill_specification(
            store, change, programme_id=programme_id, read_on=date(2026, 11, 30), reader=by
        )
    # The barrier keeps undo from taking the sample apart.
    with ActionContext(store, by, sample_story.morning_of(today)).change("見本データを用意", "programme", barrier=True):
        pass
    return ActionResult("見本データを用意しました。", len(made.event_ids))


def application_form_sample() -> bytes:
    """Return invented applications as downloaded from a form of the ward; two of three want the seventh 講習会."""
    return (resources_folder() / "sample_year" / "logo_form.csv").read_bytes()


def google_form_sample() -> bytes:
    """Return the invented Google フォーム download that belongs to the fifth 講習会 of the sample year."""
    return (resources_folder() / "sample_year" / "google_form.csv").read_bytes()


def _read_data() -> dict[str, Any]:
    text = (resources_folder() / "sample_year" / "year.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _fill_organisations(change: Change, data: dict[str, Any]) -> list[int]:
    """Insert the 団体 of the sample; return their ids in the order of the data."""
    former = data["former_names"]
    return [
        change.insert(Organisation(**(item | former.get(str(number), {}))))
        for number, item in enumerate(data["organisations"])
    ]


_HANDOVER_NOTES = (
    (GIVER, f"区民協働担当係　{STAFF}"),
    (remark_of(WRONG), "第8回は代わりの会場がなかった。予備の会場を先に2つ押さえておくとよい。"),
    (remark_of(FIRST), "4月は会長の改選がある。名簿の更新を待ってから案内を送る。"),
)


def _close_past_dates(change: Change, programme_id: int, *, by: str) -> None:
    """Mark both autumn 中間集計 as done before the sample's today."""
    made = (
        (target_dates.INTERIM_BUDGET, date(2026, 9, 29), "見積に添付"),
        (target_dates.INTERIM_REVIEW, date(2026, 10, 28), "査定資料に添付"),
    )
    for task, day, reason in made:
        moment = datetime.combine(day, time(16, 30))
        change.insert(TaskClosing(programme_id=programme_id, task=task, closed_on=day, reason=reason, by=by, at=moment))
