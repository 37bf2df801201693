"""What a person decides about doubtful answers: all alike, one by one, texts given to options; kept and taken back."""

from datetime import datetime, timedelta

import pytest

from app.history import services as history_services
from app.surveys.answers.services.survey_decisions import (
    COUNT,
    KEEP_ONE,
    LEAVE_ROW_OUT,
    REPLACED_BY_RESUBMISSION,
    AnswerDecision,
    Decisions,
)
from app.surveys.answers.services.survey_import import import_survey, undo_import
from app.surveys.answers.services.survey_preview import preview_import
from app.surveys.data_entry.services import decide_responses
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_tally
from db.records.surveys import Answer
from tests.fixtures.survey.samples import expected, sample_path, sample_questions
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, form_file, survey_of
from tests.support.years import BY

UNHAPPY = answered(satisfaction=Answer(chosen=("不満",)))
ODD = answered(satisfaction=Answer(out_of_list=("ふつう",)))
TRIAL = answered(comments=Answer(text="テスト送信です"))
VERY_HAPPY = answered(satisfaction=Answer(chosen=("とても満足",)))
MERGED = Decisions(by_kind={"再送信": KEEP_ONE, "二度押し": KEEP_ONE, "試し送信": LEAVE_ROW_OUT})


def _sheets(store, event_id):
    return surveys.read_survey(store, event_id=event_id).responses


def _take(store, event_id, path, **named):
    return import_survey(acting(store), event_id=event_id, path=path, **named)


def test_of_a_re_submission_the_later_counts_and_both_say_why(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(tmp_path / "1.csv", store, event_id, [answered(), UNHAPPY, answered()], badges=["1", "1", "2"])

    done = _take(store, event_id, path, decisions=MERGED)

    first, second, third = _sheets(store, event_id)
    assert [sheet.counted for sheet in (first, second, third)] == [False, True, True]
    assert first.decision == "再送信（後の回答を採る）"
    assert second.decision == "再送信の後の回答を数える"
    assert "9/30 15:47の回答と同じ人の再送信の可能性" in first.problems[0]
    assert (done.message, done.preview.count("確認が必要")) == (
        "3件の回答を取り込みました。うち1件は集計に入れません。",
        0,
    )
    record = surveys.read_survey(store, event_id=event_id).imports[0]
    assert record.reason == "決めたこと：再送信（2件）は後の回答だけを数える"


def test_what_is_not_decided_stays_to_be_decided(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(
        tmp_path / "1.csv", store, event_id, [answered(), answered(**ODD | {"comments": Answer(text="テスト送信")})]
    )

    _take(store, event_id, path, decisions=Decisions(by_kind={"試し送信": COUNT}))

    odd = _sheets(store, event_id)[1]
    assert (odd.counted, odd.decision) == (True, "")
    assert len(surveys.read_survey(store, event_id=event_id).doubtful_responses) == 1


def test_one_row_decided_by_itself_wins_over_its_kind(tmp_path, surveyed):
    path = form_file(tmp_path / "1.csv", *surveyed, [TRIAL, TRIAL])
    decisions = Decisions(
        by_kind={"試し送信": LEAVE_ROW_OUT, "二度押し": COUNT},
        by_row={2: AnswerDecision(counted=True, reason="本人の感想")},
    )

    _take(*surveyed, path, decisions=decisions)

    first, second = _sheets(*surveyed)
    assert (first.counted, first.decision) == (False, "試し送信")
    assert (second.counted, second.decision) == (True, "本人の感想")


def test_a_text_given_to_an_option_counts_there_is_kept_in_words_and_remembered_for_the_event(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(tmp_path / "1.csv", store, event_id, [ODD, ODD, answered()])
    before = preview_import(store, event_id=event_id, path=path)
    assert [(one.code, one.text, one.count, one.option) for one in before.unlisted_texts] == [
        ("satisfaction", "ふつう", 2, None)
    ]
    values = {("satisfaction", "ふつう"): "どちらともいえない"}

    _take(store, event_id, path, decisions=Decisions(values=values))

    sheet = _sheets(store, event_id)[0]
    assert sheet.answers["satisfaction"] == Answer(chosen=("どちらともいえない",))
    assert sheet.problems == ("問2の「ふつう」は「どちらともいえない」として数える",)
    assert sheet.decision == "選択肢を当てた"
    later = preview_import(
        store, event_id=event_id, path=form_file(tmp_path / "2.csv", store, event_id, [ODD, ODD, answered(), ODD])
    )
    assert [row.outcome for row in later.rows] == ["重複", "重複", "重複", "新規"]
    assert later.unlisted_texts[0].option == "どちらともいえない"


def test_a_text_may_stay_outside_the_list_for_good(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(tmp_path / "1.csv", store, event_id, [ODD])

    _take(store, event_id, path, decisions=Decisions(values={("satisfaction", "ふつう"): ""}))

    (sheet,) = _sheets(store, event_id)
    assert sheet.answers["satisfaction"].out_of_list == ("ふつう",)
    assert sheet.problems == ("問2の「ふつう」は選択肢にない回答として数える",)
    assert not surveys.read_survey(store, event_id=event_id).doubtful_responses


def test_next_weeks_re_submission_replaces_the_earlier_answer_and_taking_it_back_restores_it(tmp_path, surveyed):
    store, event_id = surveyed
    first = form_file(tmp_path / "1.csv", store, event_id, [answered()], badges=["7"])
    _take(store, event_id, first)
    later = form_file(tmp_path / "2.csv", store, event_id, [answered(), UNHAPPY], badges=["7", "7"])
    preview = preview_import(store, event_id=event_id, path=later, decisions=MERGED)
    assert [row.outcome for row in preview.rows] == ["重複", "新規"]

    done = _take(store, event_id, later, decisions=MERGED)

    old, new = _sheets(store, event_id)
    assert (old.counted, old.decision) == (False, REPLACED_BY_RESUBMISSION)
    assert (new.counted, new.answers["satisfaction"].chosen) == (True, ("不満",))
    undo_import(acting(store), import_id=done.id)
    (again,) = _sheets(store, event_id)
    assert (again.counted, again.decision) == (True, "")


def test_taking_back_the_last_of_three_submissions_restores_the_one_before_alone(tmp_path, surveyed):
    store, event_id = surveyed
    sent = [answered(), UNHAPPY, VERY_HAPPY]
    for number in (1, 2, 3):
        path = form_file(tmp_path / f"{number}.csv", store, event_id, sent[:number], badges=["7"] * number)
        done = _take(store, event_id, path, decisions=MERGED)
    assert [sheet.counted for sheet in _sheets(store, event_id)] == [False, False, True]
    undo_import(acting(store), import_id=done.id)
    first, second = _sheets(store, event_id)
    assert (first.counted, first.decision) == (False, REPLACED_BY_RESUBMISSION)
    assert (second.counted, second.decision) == (True, "再送信の後の回答を数える")
    assert not surveys.read_survey(store, event_id=event_id).doubtful_responses


def test_an_older_file_taken_in_afterwards_does_not_replace_the_later_answer(tmp_path, surveyed):
    late = form_file(tmp_path / "1.csv", *surveyed, [UNHAPPY], badges=["7"], start=datetime(2026, 10, 2, 9, 0))
    _take(*surveyed, late)
    early = form_file(tmp_path / "2.csv", *surveyed, [answered()], badges=["7"])

    _take(*surveyed, early, decisions=MERGED)

    by_time = {sheet.answered_at.day: sheet for sheet in _sheets(*surveyed)}
    assert (by_time[2].counted, by_time[30].counted) == (True, False)


def test_the_same_answers_in_another_form_of_the_file_are_seen(tmp_path, surveyed):
    store, event_id = surveyed
    direct = form_file(tmp_path / "直接.csv", store, event_id, [answered(), UNHAPPY])
    _take(store, event_id, direct)
    text = (
        direct.read_text(encoding="utf-8")
        .replace(" 3:40:00 午後 GMT+9", " 15:40:00")
        .replace(" 3:47:00 午後 GMT+9", " 15:47:00")
        .replace(";", ", ")
    )
    sheet = tmp_path / "シート経由.csv"
    sheet.write_text(text, encoding="utf-8")

    preview = preview_import(store, event_id=event_id, path=sheet)
    assert [row.outcome for row in preview.rows] == ["確認が必要"] * 2
    assert "日時も答えも同じ" in preview.rows[0].reason
    _take(store, event_id, sheet, decisions=Decisions(by_kind={"同じ回答": KEEP_ONE}))
    assert surveys.read_survey(store, event_id=event_id).counted_total == 2


@pytest.mark.parametrize("number", ["01", "03", "05", "08"])
def test_the_samples_give_the_merged_counts_after_the_decisions(tmp_path, number):
    store, event_id = fixed_survey(tmp_path / "year")
    survey = survey_of(store, event_id)
    surveys.update_questions(acting(store), survey_id=survey.id, questions=sample_questions(number))

    _take(store, event_id, sample_path(number), decisions=MERGED)

    for each in survey_tally.read_tally(store, event_id=event_id).tally.questions:
        meant = expected(number)["questions"]["if_merged"][each.question.code]
        assert (each.base, each.no_answer) == (meant["base"], meant["no_answer"])
        assert {row.text: row.count for row in each.options} == meant.get("counts", {})
        assert (each.other_count, dict(each.out_of_list)) == (meant.get("other", 0), meant.get("out_of_list", {}))


def test_rows_that_stay_out_are_named_in_the_record(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(tmp_path / "1.csv", store, event_id, [answered()])
    path.write_text(path.read_text(encoding="utf-8") + '\n"2026/09/30 4:30:00 午後 GMT+9","会長"', encoding="utf-8")

    _take(store, event_id, path)

    record = surveys.read_survey(store, event_id=event_id).imports[0]
    assert record.reason.startswith("取り込まない：3行目　列の数が2しかない")


@pytest.mark.parametrize(("out", "named"), [(20, (20, "22行目")), (22, (21, "ほか2行"))])
def test_of_many_rows_that_stay_out_twenty_are_named_and_the_others_counted(tmp_path, surveyed, out, named):
    store, event_id = surveyed
    path = form_file(tmp_path / "1.csv", store, event_id, [answered()])
    short = '\n"2026/09/30 4:30:00 午後 GMT+9","会長"'
    path.write_text(path.read_text(encoding="utf-8") + short * out, encoding="utf-8")

    _take(store, event_id, path)

    lines = surveys.read_survey(store, event_id=event_id).imports[0].reason.splitlines()
    assert (len(lines), lines[-1].removeprefix("取り込まない：").partition("　")[0]) == named


def test_two_people_in_one_minute_are_not_one(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(tmp_path / "1.csv", store, event_id, [answered(), VERY_HAPPY], step=timedelta(0))

    assert [row.outcome for row in preview_import(store, event_id=event_id, path=path).rows] == ["新規", "新規"]


def test_of_a_double_sending_whose_other_answer_is_left_out_nothing_is_asked(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(tmp_path / "1.csv", store, event_id, [answered(), answered()], step=timedelta(seconds=8))
    first, second = preview_import(store, event_id=event_id, path=path).rows_to_decide
    assert (
        second.reason
        == "9/30 15:40の回答と同じ人の二度押しの可能性（答えがすべて同じで8秒差。だれの回答かは分からない）"
    )
    assert first.reason.startswith("9/30 15:40:08の回答と")

    _take(
        store,
        event_id,
        path,
        decisions=Decisions(by_row={second.row: AnswerDecision(counted=False, reason="同じ人の2回目の回答")}),
    )

    assert [(sheet.counted, sheet.decision, len(sheet.problems)) for sheet in _sheets(store, event_id)] == [
        (True, "", 0),
        (False, "同じ人の2回目の回答", 1),
    ]
    assert surveys.read_survey(store, event_id=event_id).doubtful_responses == ()


def test_of_a_sending_whose_others_are_left_out_later_nothing_is_asked(tmp_path, surveyed):
    store, event_id = surveyed
    # One person three times, with a telephone number that is no number the last time; another one twice.
    sheets = [answered(), answered(), ODD, UNHAPPY, UNHAPPY]
    badges = ["1", "1", "1", "2", "2"]
    path = form_file(tmp_path / "1.csv", store, event_id, sheets, badges=badges, step=timedelta(seconds=8))
    _take(store, event_id, path)
    first, second, third, other, again = _sheets(store, event_id)

    def open_doubts():
        return [len(one.problems) for one in _sheets(store, event_id) if one.problems and not one.decision]

    def leave_out(*sheets, reason="同じ人の2回目の回答"):
        decide_responses(acting(store), sheet_ids=[one.id for one in sheets], counted=False, reason=reason)

    assert open_doubts() == [1, 1, 2, 1, 1]
    leave_out(other, reason="試し送信")
    leave_out(first)
    assert open_doubts() == [1, 2, 1], "another reason says nothing of the other one, and of three two are left"
    leave_out(second)

    assert open_doubts() == [1, 1]
    assert [one.counted for one in _sheets(store, event_id)] == [False, False, True, False, True]
    assert _sheets(store, event_id)[2].problems == ("問2　「ふつう」は選択肢にありません",)
    history_services.undo(store, by=BY, now=AFTER)
    assert _sheets(store, event_id)[1:3] == (second, third)
    leave_out(other, again)
    assert open_doubts() == [1, 2]
