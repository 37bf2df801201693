"""``check-numbers``: 1 and both places where a number differs, 0 where none does."""

import json

from app.commands.check_numbers import _contradictions
from app.year_end.consistency.services.event_numbers import read_event_numbers
from db.records.surveys import EventSurvey, SurveyResponse
from db.rows import rows
from tests.support.sample import BY, NOW, sample_store


def test_a_year_with_slips_ends_with_one_and_says_where(call, sample_folder, login):
    code, out, _err = call("check-numbers", "--data", sample_folder, *login[2:], "--year", "2026", "--json")
    found = json.loads(out)
    assert (code, found["ok"]) == (1, False)
    assert {one["id"] for one in found["contradictions"]} == {
        "3:出席:届いた報告書", "3:報告書の回収率", "11:回収:届いた報告書", "11:報告書の回収率",
    }  # fmt: skip
    # What nobody knows is no contradiction, and is not passed by: sums over it are least numbers.
    assert {one["source"].split("　")[-1] for one in found["unknown"]} == {"当日の端末"}
    assert all("未確認" in one["value"] for one in found["unknown"])
    assert (
        sum(
            int(one["value"].split("人 未確認")[0].split("（")[-1])
            for one in found["unknown"]
            if one["value"].endswith("未確認）")
        )
        == 15
    )
    assert all(set(one) == {"id", "where", "source"} for one in found["contradictions"])
    assert all(set(place) == {"paper", "value"} for one in found["contradictions"] for place in one["where"])


def test_an_event_whose_numbers_agree_ends_with_nothing(call, sample_folder, login):
    code, out, _err = call("check-numbers", "--data", sample_folder, *login[2:], "--event", "2")
    assert (code, out.strip()) == (0, "食い違いはありません。")


def test_one_of_both_is_asked_for(call, sample_folder, login):
    code, _out, err = call("check-numbers", "--data", sample_folder, *login[2:])
    assert code == 2
    assert "--event" in err


def test_a_number_that_differs_from_two_papers_is_told_once_with_both(tmp_path):
    """An answer is corrected after the contractor counted: each question differs from the tally and from the report."""
    store = sample_store(tmp_path)
    (survey,) = rows(store.database, EventSurvey, event_id=2)
    first, second, *_ = [one for one in rows(store.database, SurveyResponse, survey_id=survey.id) if one.counted]
    with store.change(action="回答を直した", by=BY, now=NOW) as change:
        change.update(SurveyResponse, first.id, answers=second.answers)
    view = read_event_numbers(store, event_id=2)
    found = _contradictions(view)
    asked = [one["source"] for one in found]
    assert asked == list(dict.fromkeys(asked))
    assert len(found) == view.contradictions
    places = {len(one["where"]) for one in found}
    assert max(places) == 3, "the record, the tally and the report"
    for one in found:
        values = [place["value"] for place in one["where"]]
        assert values[0] not in values[1:]
