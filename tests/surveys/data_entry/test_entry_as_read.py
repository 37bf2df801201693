"""A pile of sheets from the first draft to the last decision: what every act says, and what is kept."""

from datetime import datetime

import pytest

from app.actions.user_error import UserError
from app.surveys.data_entry import services
from app.surveys.data_entry.services import OF_SAME_PERSON, SENT_AGAIN
from db.records.accounts import User
from db.records.surveys import Answer, EventSurvey, Question, QuestionType, ResponseDraft, SecondEntry
from db.records.surveys import SurveyResponse as Sheet
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper
from tests.support.years import BY, NOW, acting, add_lecture

QUESTIONS = (
    Question(code="a", title="満足度", type=QuestionType.ONE, options=("満足", "不満")),
    Question(code="b", title="使うもの", type=QuestionType.SEVERAL, options=("LINE", "Zoom", "なし")),
)
GOOD = {"a": Answer(chosen=("満足",)), "b": Answer(chosen=("LINE",))}


@pytest.fixture
def survey(store):
    event = add_lecture(store)
    with store.change(action="用意", by=BY, now=NOW, subject="surveys") as change:
        return change.insert(EventSurvey(event_id=event, title="", questions=QUESTIONS))


def put(store, survey, *records):
    with store.change(action="用意", by=BY, now=NOW, subject="surveys") as change:
        return [change.insert(Sheet(survey_id=survey, **one)) for one in records]


def kept(store):
    found = rows(store.database, Sheet, order="id")
    return [
        "｜".join((f"{one.number} {one.typed_by}", *one.problems, one.decision, f"{one.counted}", *one.extra.values()))
        for one in found
    ]


def test_every_act_on_a_pile_says_what_was_done_and_a_saved_sheet_is_no_draft_any_more(store, survey):
    context, said = acting(store), []

    def draft(number, **more):
        given = {"answers": GOOD, "answered": ("a",), "place": 1, "typist": ""} | more
        return services.save_draft(context, survey_id=survey, number=number, **given).id

    def drafts():
        return [(one.number, one.second, one.sheet_id) for one in rows(store.database, ResponseDraft, order="id")]

    said.append(services.set_papers_received(context, survey_id=survey, count=1).message)
    with pytest.raises(UserError, match="1枚以上"):
        services.set_papers_received(context, survey_id=survey, count=0)
    for purpose, more in (("検算", {}), ("代行", {"agreement": " R8-3 "}), ("検算", {})):
        said.append(services.save_purpose(context, survey_id=survey, purpose=purpose, **more).message)
    for number in (1, 2):
        draft(number)
    first = services.add_paper_response(context, survey_id=survey, number=1, answers=GOOD)
    assert drafts() == [(2, False, 0)]
    odd = GOOD | {"a": Answer(out_of_list=("読みとれない",))}
    second = services.add_paper_response(context, survey_id=survey, number=2, answers=odd)
    assert drafts() == []
    for number, more in ((2, {"sheet_id": second.id}), (2, {"second": True}), (1, {"sheet_id": first.id})):
        draft(number, **more)
    said += [first.message, services.change_response(context, sheet_id=second.id, answers=GOOD).message]
    assert drafts() == [(2, True, 0), (1, False, first.id)]
    again = services.add_second_entry(context, survey_id=survey, number=2, answers=odd, typist="別の人")
    assert drafts() == [(1, False, first.id)]
    said.append(again.message)
    said.append(services.settle_second_entry(context, entry_id=again.id, choices={"a": services.SECOND}).message)
    with pytest.raises(UserError, match="2回目の入力は見つかりません"):
        services.settle_second_entry(context, entry_id=99, choices={})
    said.append(services.discard_draft(context, draft_id=draft(9)).message)
    one = services.decide_answer(context, sheet_id=second.id, question_code="a", answer=None)
    said += [one.message, *kept(store)]
    for ids, counted, reason in (([first.id, second.id], False, " 白紙 "), ([first.id], True, "")):
        done = services.decide_responses(context, sheet_ids=ids, counted=counted, reason=reason)
        said.append(done.message)
    said += [*kept(store), services.remove_responses(context, sheet_ids=[first.id, second.id]).message]
    assert (rows(store.database, Sheet), rows(store.database, SecondEntry)) == ([], [])
    assert_paper(said, "用紙の束")


def test_of_several_sendings_nothing_is_asked_once_all_others_are_left_out_as_such(store, survey):
    doubt = f"9/30 15:40、9/30 15:41:08{OF_SAME_PERSON}　ほかの気づき"
    times = [datetime(2026, 9, 30, 15, *at) for at in ((40,), (41, 8), (42,), (43,))]
    first, second, last, other = put(
        store,
        survey,
        *(
            {"source": "オンライン", "answered_at": at, "problems": (doubt, "問1　別の疑い") if at == times[2] else ()}
            for at in times
        ),
    )

    def asked():
        return by_id(store.database, Sheet, last).problems

    def decide(sheet, reason, *, counted=False):
        services.decide_responses(acting(store), sheet_ids=[sheet], counted=counted, reason=reason)

    found = rows(store.database, Sheet, order="id")
    assert [one.id for one in services.other_sendings(found[2], found)] == [first, second]
    assert services.other_sendings(found[2], found[1:]) == services.other_sendings(found[0], found) == ()
    decide(first, SENT_AGAIN)
    decide(other, SENT_AGAIN)
    assert len(asked()) == 2
    decide(second, "白紙")
    assert len(asked()) == 2
    decide(second, SENT_AGAIN)
    assert asked() == ("問1　別の疑い",)


def test_colleagues_are_the_others_who_are_active(store):
    with store.change(action="用意", by=BY, now=NOW, subject="users") as change:
        for login, name, active in (("a", "甲", True), ("b", "乙", False), ("c", "丙", True)):
            change.insert(User(login_id=login, display_name=name, active=active))
    assert services.read_colleagues(store, name="甲") == ("丙",)
