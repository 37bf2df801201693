"""令和9年度 started on 2027-02-20 in the sample folder: the duties of 令和8年度 stay, and its papers say what they
said."""

import io
import re
from dataclasses import replace
from datetime import date, datetime

import pytest
from pypdf import PdfReader

from app.actions.action_context import ActionContext
from app.documents.services import documents
from app.documents.services.document_library import read_library
from app.event.services.tasks import deadlines
from app.events.headcount import services as headcount_services
from app.home.today.services import home
from app.programme import services as programme_services
from app.year.dates import services as dates_services
from db.records.programme import DocumentSetting
from db.tables import events
from tests.support.in_full import IN_FULL, some, times
from tests.support.sample import BY

pytestmark = pytest.mark.sample_year

TODAY = date(2027, 2, 20)
NOW = datetime(2027, 2, 20, 9, 30)
MADE_AT = re.compile(r"\d+時\d+分|\d+:\d\d")


def start_another_kind_of_year(store) -> None:
    """令和9年度 with other numbers, another section, another contractor and other addressees."""
    draft = dates_services.next_year_draft(store, today=TODAY)
    dates_services.start_year(
        ActionContext(store, BY, NOW),
        draft=replace(
            draft,
            numbers=tuple(
                replace(row, headcount_period="20日前", report_period="2か月以内", people_max=99, minutes=45)
                for row in draft.numbers
            ),
            office=replace(draft.office, section="別の課", phone="03-9999-9999"),
            contractor=replace(draft.contractor, name="別の株式会社", responsible="別 太郎"),
            document_settings=(
                DocumentSetting(document_kind=headcount_services.HEADCOUNT, addressee="別の宛先", form="公文書"),
            ),
        ),
    )


def papers_of_the_year(store) -> dict[tuple[str, str], object]:
    """What every paper of every event of 令和8年度 says, made at the same minute."""
    made = {}
    for event in some(events.events_of_year(store.database, 1), of=3):
        for row in read_library(store, event_id=event.id, today=TODAY).rows:
            if row.can_be_made:
                made[event.full_title, row.kind] = documents.build_document(
                    store, event_id=event.id, kind=row.kind, now=NOW
                )
    return made


def text_of(content) -> str:
    pages = PdfReader(io.BytesIO(documents.render(content, format="pdf").data)).pages
    return MADE_AT.sub("", "".join(page.extract_text() for page in pages))


def open_rows(store, **shown):
    view = home.read_home(store, today=TODAY, **shown)
    found = (*view.rows, *view.later_rows, *view.self_managed)
    own = [(row.task.event_title, row.task.task, row.task.label, row.task.due) for row in found]
    return own + [(row.event_words, row.kind, row.title, row.due) for row in view.work_queue.rows if row.turn != "済"]


@pytest.mark.nightly
def test_a_second_year_leaves_duties_and_papers_of_the_first_as_they_are(store):
    duties, made = open_rows(store), papers_of_the_year(store)
    texts = {key: text_of(made[key]) for key in list(made)[:: times(9, of=2) if IN_FULL else 30]}
    assert len(duties) > 5
    assert len(made) > times(60, of=3)

    start_another_kind_of_year(store)

    assert programme_services.read_programme(store).programme.fiscal_year == 2027
    stayed = open_rows(store)
    assert [row for row in stayed if row in duties] == duties
    again = papers_of_the_year(store)
    assert again.keys() == made.keys()
    assert [key for key in made if again[key] != made[key]] == []
    assert {key: text_of(again[key]) for key in texts} == texts


def test_an_open_duty_of_the_year_before_leaves_home_when_it_is_done(store):
    start_another_kind_of_year(store)
    view = home.read_home(store, today=TODAY, fiscal_year=2027)
    before = {
        (task.fiscal_year, task.event_id, task.task) for task in deadlines.all_tasks(store, today=TODAY) if task.is_open
    }
    assert any(row.year_words == "令和8年度" for row in (*view.rows, *view.later_rows, *view.work_queue.rows))

    dates_services.close_year_task(
        ActionContext(store, BY, NOW), programme_id=1, task="提案書", closed_on=TODAY, reason="受領した"
    )

    after = {
        (task.fiscal_year, task.event_id, task.task) for task in deadlines.all_tasks(store, today=TODAY) if task.is_open
    }
    assert before - after == {(2026, None, "提案書")}
    assert after <= before
