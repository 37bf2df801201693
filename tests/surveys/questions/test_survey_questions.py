"""An event's questions: chosen, copied, agreed event by event, and kept as asked once answers are in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.surveys.answers.services.survey_import import undo_import
from app.surveys.questions.services import surveys
from app.surveys.questions.services.survey_documents import closing_halts
from db.records.events import Event
from db.records.programme import EventKind
from db.records.surveys import Answer, Question, SurveyImport
from db.rows import rows
from db.tables import agreements
from db.tables import surveys as table
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, survey_of, type_sheets
from tests.support.years import BY, NOW, add_dispatch, add_lecture, started_year, the_event


def test_the_default_questions_become_the_events_own_copy(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)

    surveys.choose_questionnaire(ActionContext(store, BY, NOW), event_id=event_id)

    questions = survey_of(store, event_id).questions
    assert len(questions) == 10
    assert questions[1].positive == ("とても満足", "満足")


def test_a_dispatch_has_no_survey(tmp_path):
    store = started_year(tmp_path)
    event_id = add_dispatch(store)

    with pytest.raises(UserError, match="アンケートの定めがありません"):
        surveys.choose_questionnaire(ActionContext(store, BY, NOW), event_id=event_id)


def test_questions_are_copied_from_another_event_and_have_to_be_agreed_anew(tmp_path):
    store, first = fixed_survey(tmp_path)
    changed = tuple(
        replace(q, title="満足度（全体）") if q.code == "satisfaction" else q for q in survey_of(store, first).questions
    )
    surveys.update_questions(acting(store), survey_id=survey_of(store, first).id, questions=changed)
    second = add_lecture(store, date(2026, 10, 20))

    surveys.copy_questionnaire(acting(store), event_id=second, from_event_id=first)

    copy = survey_of(store, second)
    assert copy.questions == changed
    assert (copy.agreed_on, copy.fixed_on) == (None, None)


def test_fixing_keeps_the_day_of_the_agreement_and_settles_the_matter(tmp_path):
    store, event_id = fixed_survey(tmp_path)

    survey = survey_of(store, event_id)
    topic = next(row for row in agreements.of_event(store.database, event_id) if row.topic == "設問")
    assert survey.agreed_on == date(2026, 9, 11)
    assert topic.settled_on == date(2026, 9, 11)


def test_an_agreement_that_lies_ahead_is_refused(tmp_path):
    store, event_id = fixed_survey(tmp_path)

    with pytest.raises(UserError, match="今日より先"):
        surveys.fix_questionnaire(acting(store), survey_id=survey_of(store, event_id).id, agreed_on=date(2026, 10, 2))


def test_a_set_without_a_question_is_neither_decided_nor_copied(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    surveys.update_questions(acting(store), survey_id=survey.id, questions=())

    with pytest.raises(UserError, match="設問がまだありません"):
        surveys.fix_questionnaire(acting(store), survey_id=survey.id, agreed_on=date(2026, 9, 30))
    other = add_lecture(store, date(2026, 10, 20))
    with pytest.raises(UserError, match="コピー元の実施回に設問がありません"):
        surveys.copy_questionnaire(acting(store), event_id=other, from_event_id=event_id)

    assert survey_of(store, event_id).fixed_on is None


def test_a_change_before_the_first_answer_opens_the_agreement_again(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    more = (*survey.questions, Question(code="more", title="次回の希望", type="FA"))

    surveys.update_questions(acting(store), survey_id=survey.id, questions=more)

    assert survey_of(store, event_id).fixed_on is None


def test_after_the_first_answer_only_wording_and_what_is_added_up_may_change(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)
    survey = survey_of(store, event_id)
    reworded = tuple(replace(q, title=q.title + "（全体）", positive=()) for q in survey.questions)

    surveys.update_questions(acting(store), survey_id=survey.id, questions=reworded)

    assert survey_of(store, event_id).questions == reworded
    assert survey_of(store, event_id).fixed_on is not None


@pytest.mark.parametrize("how", ["options", "type", "limit", "other", "order", "fewer", "more"])
def test_after_the_first_answer_nothing_else_may_change(tmp_path, how):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)
    survey = survey_of(store, event_id)
    first, *rest = survey.questions
    changed = {
        "options": (replace(first, options=(*first.options, "ほか")), *rest),
        "type": (replace(first, type="MA"), *rest),
        "limit": (replace(first, max_select=2), *rest),
        "other": (replace(first, has_other=True), *rest),
        "order": (rest[0], first, *rest[1:]),
        "fewer": tuple(rest),
        "more": (first, *rest, Question(code="more", title="次回の希望", type="FA")),
    }[how]

    with pytest.raises(UserError, match="回答が入っているため"):
        surveys.update_questions(acting(store), survey_id=survey.id, questions=changed)

    assert survey_of(store, event_id) == survey


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(code="x", title=" ", type="FA"), "設問文が空"),
        (Question(code="x", title="問い", type="SA", options=("はい",)), "選択肢が足りません"),
        (Question(code="x", title="問い", type="SA", options=("はい", "はい")), "「はい」が2つ"),
        (Question(code="x", title="問い", type="SA", options=("はい", "いいえ"), positive=("うん",)), "「うん」が"),
        (Question(code="position", title="問い", type="FA"), "同じ番号"),
    ],
)
def test_an_incomplete_question_is_refused_by_its_number(tmp_path, question, words):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)

    with pytest.raises(UserError, match=words):
        surveys.update_questions(acting(store), survey_id=survey.id, questions=(*survey.questions, question))


def test_questions_can_be_taken_away_until_the_first_answer(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    type_sheets(store, event_id, 1)
    with pytest.raises(UserError, match="選び直せません"):
        surveys.discard_questionnaire(acting(store), survey_id=survey.id)

    other = add_lecture(store, date(2026, 10, 20))
    surveys.copy_questionnaire(acting(store), event_id=other, from_event_id=event_id)
    surveys.discard_questionnaire(acting(store), survey_id=survey_of(store, other).id)

    assert table.survey_of_event(store.database, other) is None


def test_a_record_of_an_import_without_responses_is_named_where_it_keeps_the_questions(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    with store.change(action="照合を記録", by=BY, now=AFTER) as change:
        record = SurveyImport(
            survey_id=survey.id,
            file_name="a.csv",
            sha256="",
            at=AFTER,
            by=BY,
            new=0,
            duplicate=0,
            needs_check=0,
            skipped=3,
        )
        record_id = change.insert(record)

    with pytest.raises(UserError, match="取り込みか照合の記録があるため"):
        surveys.discard_questionnaire(acting(store), survey_id=survey.id)
    undo_import(acting(store), import_id=record_id)
    surveys.discard_questionnaire(acting(store), survey_id=survey.id)

    assert table.survey_of_event(store.database, event_id) is None


def test_the_list_says_how_far_each_survey_is(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    second = add_lecture(store, date(2026, 10, 20), subject="Instagram講習会")
    third = add_lecture(store, date(2026, 11, 20), subject="キャッシュレス講習会")
    surveys.choose_questionnaire(acting(store), event_id=second)
    add_dispatch(store)

    assert [(row.event.id, row.state) for row in surveys.list_surveys(store)] == [
        (event_id, "設問決定"),
        (second, "設問を協議中"),
        (third, "未着手"),
    ]
    type_sheets(store, event_id, 2)
    row = surveys.list_surveys(store)[0]
    assert (row.state, row.paper, row.online, row.attendance, row.question_count) == ("回収中", 2, 0, 17, 10)


def test_the_list_counts_the_answers_to_decide(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    from app.surveys.data_entry import services as data_entry_services

    odd = answered(satisfaction=Answer(chosen=("満足", "不満")))
    data_entry_services.add_paper_response(
        acting(store), survey_id=survey_of(store, event_id).id, number=1, answers=odd
    )

    assert surveys.list_surveys(store)[0].doubtful_count == 1


def test_the_online_form_and_the_sheets_handed_out_are_kept(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey_id = survey_of(store, event_id).id

    surveys.set_online(acting(store), survey_id=survey_id, url=" https://example.jp/form ", close=date(2026, 10, 7))
    surveys.note_distribution(acting(store), survey_id=survey_id, distributed=18)

    survey = survey_of(store, event_id)
    assert (survey.online_url, survey.online_close, survey.distributed) == (
        "https://example.jp/form",
        date(2026, 10, 7),
        18,
    )


def test_online_answers_may_close_on_the_day_of_the_event_and_not_before_it(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey_id, day = survey_of(store, event_id).id, the_event(store, event_id).event_date

    def halts(close: date) -> tuple[str, ...]:
        surveys.set_online(acting(store), survey_id=survey_id, url="https://example.jp/form", close=close)
        return closing_halts(store, DocumentScope(event_id=event_id), AFTER.date())

    assert halts(day) == ()
    assert halts(day + timedelta(days=1)) == ()
    (said,) = halts(day - timedelta(days=1))
    assert "締切（9月29日（火））が、実施日（9月30日（水））より前です" in said


def test_only_the_sheet_of_an_event_with_an_online_form_waits_for_its_last_day(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    assert event_id == 1
    survey_id, day = survey_of(store, event_id).id, the_event(store, event_id).event_date
    other = add_lecture(store, day + timedelta(days=7))

    def halts(of: int | None = event_id) -> int:
        return len(closing_halts(store, DocumentScope(event_id=of, fiscal_year=2026), AFTER.date()))

    def online(url: str, close: date | None) -> int:
        surveys.set_online(acting(store), survey_id=survey_id, url=url, close=close)
        return halts()

    early = day - timedelta(days=1)
    assert online("https://example.jp/form", early) == 1
    assert (halts(other), halts(None)) == (0, 0), "it is the last day of another event"
    assert online("", early) == 0
    assert online("https://example.jp/form", None) == 0
    assert online("https://example.jp/form", early) == 1
    with store.change(action="日程未定", by=BY, now=AFTER, event_id=event_id) as change:
        change.update(Event, event_id, event_date=None)
    assert halts() == 0
    with store.change(action="アンケートなし", by=BY, now=AFTER, event_id=event_id) as change:
        change.update(Event, event_id, event_date=day)
        for numbers in rows(store.database, EventKind):
            change.update(EventKind, numbers.id, has_survey=False)
    assert halts() == 0
