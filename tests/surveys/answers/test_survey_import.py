"""Online answers: every row with its outcome, cumulative downloads, re-submissions, and taking it all back."""

from datetime import datetime

import pytest

from app.actions.user_error import UserError
from app.surveys.answers.services.survey_import import import_survey, undo_import
from app.surveys.answers.services.survey_preview import preview_import
from app.surveys.data_entry import services as data_entry_services
from app.surveys.overview.services import read_steps
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_freezing, survey_tally
from db.records.surveys import Answer
from tests.fixtures.survey.samples import sample_path
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, form_file, survey_of, type_sheets

THREE = [answered(), answered(satisfaction=Answer(chosen=("不満",))), answered(comments=Answer(text="よかった"))]


def _outcomes(preview):
    return [row.outcome for row in preview.rows]


def test_every_row_has_an_outcome_and_they_add_up(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    odd = answered(satisfaction=Answer(out_of_list=("ふつう",)))
    path = form_file(tmp_path / "回答.csv", store, event_id, [*THREE, odd])

    preview = preview_import(store, event_id=event_id, path=path)

    assert _outcomes(preview) == ["新規", "新規", "新規", "確認が必要"]
    assert "「ふつう」は選択肢にありません" in preview.rows[3].reason
    assert sum(preview.count(outcome) for outcome in ("新規", "重複", "確認が必要", "取り込まない")) == 4
    assert (preview.survey_file.source, preview.survey_file.encoding) == ("google_forms_csv", "utf-8")
    assert surveys.read_survey(store, event_id=event_id).responses == ()


def test_the_same_file_twice_changes_nothing(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    path = form_file(tmp_path / "回答.csv", store, event_id, THREE)
    first = import_survey(acting(store), event_id=event_id, path=path)
    before = surveys.read_survey(store, event_id=event_id)

    second = import_survey(acting(store), event_id=event_id, path=path)

    assert first.message == "3件の回答を取り込みました。"
    assert second.message == "新しい回答はありませんでした。何も変えていません。"
    assert _outcomes(second.preview) == ["重複"] * 3
    assert surveys.read_survey(store, event_id=event_id) == before


def test_next_weeks_download_adds_only_what_is_new(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    import_survey(acting(store), event_id=event_id, path=form_file(tmp_path / "1.csv", store, event_id, THREE))
    later = form_file(tmp_path / "2.csv", store, event_id, [*THREE, answered(), answered()])

    preview = preview_import(store, event_id=event_id, path=later)
    import_survey(acting(store), event_id=event_id, path=later)

    assert _outcomes(preview) == ["重複", "重複", "重複", "新規", "新規"]
    assert surveys.read_survey(store, event_id=event_id).counted_total == 5


def test_two_answers_alike_to_the_letter_are_both_kept(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    path = form_file(tmp_path / "回答.csv", store, event_id, [{}, {}], step=datetime(2026, 1, 1) - datetime(2026, 1, 1))

    import_survey(acting(store), event_id=event_id, path=path)
    again = import_survey(acting(store), event_id=event_id, path=path)

    assert len(surveys.read_survey(store, event_id=event_id).responses) == 2
    assert again.id == 0


def test_a_re_submission_is_shown_within_a_file_and_in_a_later_one(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    changed = answered(satisfaction=Answer(chosen=("とても満足",)))
    both = form_file(tmp_path / "1.csv", store, event_id, [answered(), changed], badges=["101", "101"])
    preview = preview_import(store, event_id=event_id, path=both)
    assert _outcomes(preview) == ["確認が必要", "確認が必要"]
    assert preview.rows[1].reason.startswith("9/30 15:40の回答と同じ人の再送信の可能性")
    assert "再送信の可能性（番号が同じで" in preview.rows[1].reason

    first = form_file(tmp_path / "2.csv", store, event_id, [answered()], badges=["102"])
    import_survey(acting(store), event_id=event_id, path=first)
    later = form_file(tmp_path / "3.csv", store, event_id, [changed], badges=["102"])
    preview = preview_import(store, event_id=event_id, path=later)
    assert preview.rows[0].reason == "前に取り込んだ回答と同じ人の再送信の可能性"


def test_the_badge_that_tells_a_re_submission_is_named_as_dropped_and_not_kept(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered()], badges=["103"])

    done = import_survey(acting(store), event_id=event_id, path=path)

    sheet = surveys.read_survey(store, event_id=event_id).responses[0]
    assert done.preview.survey_file.dropped_columns == ("受付でお渡しした番号（3桁）",)
    assert "103" not in str(sheet)
    assert len(sheet.respondent_key) == 64


def test_answers_stamped_before_the_event_ask_for_a_look(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered()], start=datetime(2026, 9, 28, 9, 0))

    preview = preview_import(store, event_id=event_id, path=path)

    assert preview.before_event_count == 1
    assert "開始（9/30(水) 14:00）より前の回答" in preview.rows[0].reason


def test_what_is_only_worth_knowing_does_not_ask_for_a_decision(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered(comments=Answer(text="=よかった"))])

    row = preview_import(store, event_id=event_id, path=path).rows[0]

    assert (row.outcome, row.reason) == ("新規", "")
    assert "数式と同じ記号" in row.note


def test_a_row_with_too_few_cells_is_left_out_and_says_why(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered()])
    path.write_text(path.read_text(encoding="utf-8") + '\n"2026/09/30 4:30:00 午後 GMT+9","会長"', encoding="utf-8")

    preview = preview_import(store, event_id=event_id, path=path)
    done = import_survey(acting(store), event_id=event_id, path=path)

    assert _outcomes(preview) == ["新規", "取り込まない"]
    assert "列がずれているおそれ" in preview.rows[1].reason
    assert surveys.read_survey(store, event_id=event_id).imports[0].skipped == 1
    assert done.message == "1件の回答を取り込みました。"


def test_one_import_is_taken_back_as_a_whole_and_can_be_made_again(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)
    path = form_file(tmp_path / "回答.csv", store, event_id, THREE)
    done = import_survey(acting(store), event_id=event_id, path=path)

    undone = undo_import(acting(store), import_id=done.id)

    view = surveys.read_survey(store, event_id=event_id)
    assert undone.message == "取り込みを取り消しました（3件）。"
    assert (len(view.responses), view.imports) == (1, ())
    assert import_survey(acting(store), event_id=event_id, path=path).message.startswith("3件")


def test_a_frozen_survey_asks_for_a_reason_and_keeps_it_visible(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)
    survey_id = survey_of(store, event_id).id
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered()])
    with pytest.raises(UserError, match="確定しているため取り込めません"):
        import_survey(acting(store), event_id=event_id, path=path)

    import_survey(acting(store), event_id=event_id, path=path, reason="締切後に届いた")

    assert "確定後に1件を追加：締切後に届いた" in survey_of(store, event_id).freeze_note
    assert survey_of(store, event_id).frozen_at is None
    assert survey_of(store, event_id).uncompared == ""
    assert read_steps(store, event_id=event_id, today=AFTER.date()).steps[3].words == "受託者の数 未入力 9問"
    survey_freezing.freeze_tally(acting(store), survey_id=survey_id, uncompared="受託者の集計が届いていない")
    with pytest.raises(UserError, match="先に確定を取り消して"):
        undo_import(acting(store), import_id=1)


def test_a_file_that_changed_after_the_preview_is_not_taken(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered()])
    seen = preview_import(store, event_id=event_id, path=path).survey_file.file.sha256
    form_file(path, store, event_id, THREE)

    with pytest.raises(UserError, match="中身が変わっています"):
        import_survey(acting(store), event_id=event_id, path=path, seen_sha256=seen)


@pytest.mark.parametrize("number", ["21", "27", "33", "36"])
def test_a_malformed_file_is_refused_in_words_and_nothing_is_lost(tmp_path, number):
    store, event_id = fixed_survey(tmp_path)
    type_sheets(store, event_id, 1)

    with pytest.raises(UserError) as refused:
        preview_import(store, event_id=event_id, path=sample_path(number))

    assert refused.value.happened.endswith("。")
    assert len(surveys.read_survey(store, event_id=event_id).responses) == 1


def test_another_events_file_is_refused(tmp_path):
    store, event_id = fixed_survey(tmp_path)

    with pytest.raises(UserError, match="設問と同じ見出しの列が1つもありません"):
        preview_import(store, event_id=event_id, path=sample_path("08"))


def test_one_changed_answer_changes_the_totals(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    path = form_file(tmp_path / "回答.csv", store, event_id, THREE)
    import_survey(acting(store), event_id=event_id, path=path)
    before = survey_tally.read_tally(store, event_id=event_id)

    sheet = surveys.read_survey(store, event_id=event_id).responses[1]
    data_entry_services.change_response(acting(store), sheet_id=sheet.id, answers=answered())
    after = survey_tally.read_tally(store, event_id=event_id)

    assert (before.charts[1].sum_count, before.charts[1].sum_percent) == (2, "66.7")
    assert (after.charts[1].sum_count, after.charts[1].sum_percent) == (3, "100.0")
