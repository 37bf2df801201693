"""The second typing by another person: kept beside the first, compared, settled, and counted as settled."""

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_tally
from db.records.accounts import User
from db.records.surveys import Answer, SecondEntry
from db.rows import by_id
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, survey_of, type_sheets
from tests.support.years import BY

OTHER = "見本 花子"
UNHAPPY = answered(satisfaction=Answer(chosen=("不満",)))


def _again(store, event_id, number, answers, *, by=OTHER, typist=""):
    return data_entry_services.add_second_entry(
        ActionContext(store, by, AFTER),
        survey_id=survey_of(store, event_id).id,
        number=number,
        answers=answers,
        typist=typist,
    )


def _view(store, event_id):
    return surveys.read_survey(store, event_id=event_id)


def _settle(store, entry_id, **choices):
    return data_entry_services.settle_second_entry(acting(store), entry_id=entry_id, choices=choices)


@pytest.fixture
def typed(tmp_path):
    """Three sheets typed once."""
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 3)
    return store, event_id


def _give_an_id(store, name):
    with store.change(action="利用者を追加した", by=BY, now=AFTER) as change:
        change.insert(User(login_id=name, display_name=name))


def test_two_typings_that_agree_leave_nothing_to_settle(typed):

    saved = _again(*typed, 2, answered())

    (second,) = _view(*typed).second_entries
    assert saved.message == "2枚目は、1回目と同じでした。"
    assert (second.by, second.settled_at, second.settled_by) == (OTHER, AFTER, OTHER)
    assert data_entry_services.numbers_entered_once(_view(*typed)) == (1, 3)
    assert data_entry_services.unsettled_responses(_view(*typed)) == ()


def test_a_difference_waits_until_it_is_settled_and_the_settled_answer_counts(typed):
    store, event_id = typed
    saved = _again(store, event_id, 2, UNHAPPY)
    (open_one,) = data_entry_services.unsettled_responses(_view(store, event_id))
    assert (saved.message, open_one.response.number) == ("2枚目は、1回目と1問ちがいます。", 2)
    assert [(one.place, one.first, one.second) for one in open_one.differences] == [(2, "満足", "不満")]
    assert survey_tally.read_tally(store, event_id=event_id).tally.questions[1].options[1].count == 3

    _settle(store, saved.id, satisfaction="2回目")

    satisfied = survey_tally.read_tally(store, event_id=event_id).tally.questions[1]
    assert [option.count for option in satisfied.options] == [0, 2, 0, 1, 0]
    second = by_id(store.database, SecondEntry, saved.id)
    assert second is not None
    assert (second.settled_at, second.settled_by) == (AFTER, BY)
    assert second.first_answers == answered()


@pytest.mark.parametrize(
    ("choice", "kept"), [("1回目", ("満足",)), ("2回目", ("不満",)), (Answer(chosen=("とても満足",)), ("とても満足",))]
)
def test_each_difference_is_settled_as_first_second_or_what_the_paper_says(typed, choice, kept):
    store, event_id = typed
    saved = _again(store, event_id, 1, UNHAPPY)

    _settle(store, saved.id, satisfaction=choice)

    assert _view(store, event_id).paper_responses[0].answers["satisfaction"].chosen == kept


def test_every_difference_has_to_be_decided_and_only_once(typed):
    store, event_id = typed
    saved = _again(store, event_id, 1, UNHAPPY | {"pace": Answer()})
    with pytest.raises(UserError, match="問4がまだ決まっていません"):
        _settle(store, saved.id, satisfaction="1回目")

    _settle(store, saved.id, satisfaction="1回目", pace="2回目")

    assert _view(store, event_id).paper_responses[0].answers["pace"] == Answer()
    with pytest.raises(UserError, match="もう決めてあります"):
        _settle(store, saved.id, satisfaction="2回目", pace="2回目")


def test_what_is_odd_about_the_right_answers_asks_for_a_look(typed):
    store, event_id = typed
    saved = _again(store, event_id, 1, UNHAPPY)

    _settle(store, saved.id, satisfaction=Answer(out_of_list=("読みとれない",)))

    assert _view(store, event_id).doubtful_responses[0].problems == ("問2　読みとれません",)


def test_the_person_who_typed_first_is_refused_and_a_colleagues_id_is_asked_for(typed):
    store, event_id = typed
    _give_an_id(store, OTHER)
    with pytest.raises(UserError, match=f"1枚目の1回目は、{BY}さんが入力しています.*ご自分のIDで"):
        _again(store, event_id, 1, answered(), by=BY)
    with pytest.raises(UserError, match="名前だけでは2回目を入力できません"):
        _again(store, event_id, 1, answered(), by=BY, typist="みほん係員")

    _again(store, event_id, 1, answered(), by=OTHER)

    assert [second.by for second in _view(store, event_id).second_entries] == [OTHER]


def test_while_nobody_else_has_an_id_the_name_of_the_second_person_is_enough(typed):
    with pytest.raises(UserError, match="その人の名前を入れて"):
        _again(*typed, 1, answered(), by=BY, typist=BY)

    _again(*typed, 1, answered(), by=BY, typist=" みほん係員 ")

    assert [second.by for second in _view(*typed).second_entries] == ["みほん係員"]


def test_only_a_sheet_typed_once_is_typed_again(typed):
    with pytest.raises(UserError, match="9枚目は、まだ1回目が入力されていません"):
        _again(*typed, 9, answered())
    _again(*typed, 1, UNHAPPY)
    with pytest.raises(UserError, match="1枚目は、もう2回目が入力されています"):
        _again(*typed, 1, answered())


def test_the_agreement_counts_answers_whatever_was_settled_since(typed):
    store, event_id = typed
    _again(store, event_id, 1, answered())
    saved = _again(store, event_id, 2, UNHAPPY)
    _settle(store, saved.id, satisfaction="2回目")

    found = data_entry_services.entry_agreement(_view(store, event_id))

    assert (found.response_count, found.answer_count, found.same_count, found.rate) == (2, 20, 19, "95.0")


def test_own_sheets_are_told_apart_so_that_nobody_begins_in_vain(typed):
    _again(*typed, 1, answered())

    view = _view(*typed)

    assert data_entry_services.own_first_entries(view, name=BY) == (2, 3)
    assert data_entry_services.own_first_entries(view, name=OTHER) == ()


def test_correcting_a_sheet_to_what_the_second_typing_says_settles_it(typed):
    store, event_id = typed
    _again(store, event_id, 1, UNHAPPY)

    sheet = _view(store, event_id).paper_responses[0]
    data_entry_services.change_response(acting(store), sheet_id=sheet.id, answers=UNHAPPY)

    assert data_entry_services.unsettled_responses(_view(store, event_id)) == ()


def test_a_sheet_that_goes_takes_its_second_typing_along(typed):
    store, event_id = typed
    _again(store, event_id, 1, UNHAPPY)

    data_entry_services.remove_responses(acting(store), sheet_ids=(_view(store, event_id).paper_responses[0].id,))

    assert _view(store, event_id).second_entries == ()


def test_blanks_in_what_was_written_are_no_difference(typed):
    store, event_id = typed
    sheet = _view(store, event_id).paper_responses[0]
    first = answered(comments=Answer(text="また 参加したい"))
    data_entry_services.change_response(acting(store), sheet_id=sheet.id, answers=first)

    saved = _again(store, event_id, 1, answered(comments=Answer(text="また参加したい ")))

    assert "1回目と同じでした" in saved.message
