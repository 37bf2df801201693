"""The 回収率 of fixed totals is by the 出席 of then wherever it stands, and nothing is said of events that were not
held."""

from datetime import date

from app.surveys.answers.screens.merge_line import merge_fact_lines
from app.surveys.answers.services.survey_merge import channel_totals
from app.surveys.compare.services import read_interim
from app.surveys.overview.screens import _returned
from app.surveys.overview.services import read_steps
from app.surveys.questions.services.surveys import list_surveys
from app.surveys.tally.services.survey_tally import read_tally
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult
from db.records.surveys import EventSurvey
from db.rows import rows
from tests.support.sample import BY, NOW, event_id, sample_store
from tests.support.stores import made_by
from tests.support.year_papers import paper

WHO = {"by": BY, "now": NOW}
INTERIM = "アンケート中間集計"
store = made_by(sample_store)


def attended(store, people, *events):
    with store.change(action="出席を直した", subject="events", **WHO) as change:
        for one in rows(store.database, EventResult):
            if not events or one.event_id in events:
                change.update(EventResult, one.id, attended=people)


def test_the_rate_of_fixed_totals_is_the_same_on_every_page(store):
    event = event_id(store, "講習会", 2)
    attended(store, 20, event)
    assert read_tally(store, event_id=event).tally.return_rate == "93.8"
    said = "\n".join(paper(store, INTERIM))
    assert "第2回 LINE講習会｜R8.9.30（水）｜20人｜10｜5｜93.8％" in said
    assert "回収率が集計を確定したときの出席による回：第2回 LINE講習会（16人）。" in said.replace("\n　　", "")
    assert "回収率｜89.2｜％" in said
    row = next(one for one in list_surveys(store) if one.id == event)
    assert (_returned(row).second, _returned(row).aside) == ("紙 10・オンライン 5　確定時の出席 16人中", "93.8%")
    view = read_steps(store, event_id=event, today=NOW.date()).view
    assert merge_fact_lines(channel_totals(view), view)[0] == "回収率　**93.8%**（15 ÷ 確定時の出席 16人）"


def test_more_responses_than_people_have_no_rate_in_a_sum_either(store):
    attended(store, 3)
    with store.change(action="まだ確定していない", subject="surveys", **WHO) as change:
        for one in rows(store.database, EventSurvey):
            change.update(EventSurvey, one.id, frozen_at=None)
    assert any("｜回収率｜％｜出席者の分かる回｜" in line for line in paper(store, INTERIM))


def test_an_event_whose_result_is_missing_is_not_said_to_be_held(store):
    event = event_id(store, "講習会", 6)
    with store.change(action="日付", subject="events", **WHO) as change:
        change.update(Event, event, event_date=date(2026, 11, 25))
    found = read_interim(store, as_of=NOW.date(), fiscal_year=2026)
    assert found.events_without_answers == ()
    assert "結果の記録がないため数えていない回：第6回" in found.record_line
    with store.change(action="結果", subject="events", **WHO) as change:
        change.update(Event, event, status=EventStatus.HELD)
    assert read_interim(store, as_of=NOW.date(), fiscal_year=2026).events_without_answers == (
        "第6回 Instagram講習会（2回目）",
    )
