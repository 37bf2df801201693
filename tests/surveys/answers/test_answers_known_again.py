"""Answers that the program of before took in: no second sheet; where today's reading is another, a person is asked."""

import json
from datetime import datetime
from types import SimpleNamespace

import pytest

from app.surveys.answers.services.survey_decisions import COUNT, LEAVE_ROW_OUT, MISREAD, AnswerDecision, Decisions
from app.surveys.answers.services.survey_import import import_survey, undo_import
from app.surveys.answers.services.survey_preview import _Judge, preview_import
from db.mapping import from_plain
from db.records.surveys import Answer, EventSurvey, Question, SurveyImport, SurveyResponse
from db.rows import rows
from tests.fixtures.survey.samples import FOLDER, sample_questions
from tests.support.survey_sheets import AFTER, acting, fixed_survey, survey_of
from tests.support.years import BY

REPORTS = FOLDER.parent / "reports"
KEPT = json.loads((FOLDER.parent / "before" / "answers.json").read_text(encoding="utf-8"))
"""What the program of 0a4eb610 read of each file: the canonical text of every row, and its answers."""
ASKED = {
    "s01_見出し2段_選択肢が2段目.csv": {3, 4, 5},
    "s02_まとめ列と選択肢列の両方.csv": {2},
    "s04_同じ見出しが2列.csv": {4, 5},
}
"""By file the rows that are read otherwise than before; every row of all other files is read as it was."""


def asked_in(name):
    if not name.startswith("s"):
        return sample_questions(name[:2])
    found = json.loads(next(REPORTS.glob("s00_*")).read_text(encoding="utf-8"))
    return tuple(
        Question(**{key: tuple(value or ()) if key == "options" else value for key, value in one.items()})
        for one in found
    )


def filled(folder, name):
    """A store as the program of before left it after taking in the file, and the file."""
    store, event_id = fixed_survey(folder)
    survey = survey_of(store, event_id)
    with store.change(action="取り込み", by=BY, now=AFTER, subject="surveys", event_id=event_id) as change:
        change.update(EventSurvey, survey.id, questions=asked_in(name))
        import_id = change.insert(
            SurveyImport(
                survey_id=survey.id,
                file_name=name,
                sha256="",
                at=AFTER,
                by=BY,
                new=len(KEPT[name]),
                duplicate=0,
                needs_check=0,
                skipped=0,
            )
        )
        for row in KEPT[name]:
            hashed = store.keys.keyed_hash
            at = datetime.fromisoformat(row["at"]) if row["at"] else None
            change.insert(
                SurveyResponse(
                    survey_id=survey.id,
                    import_id=import_id,
                    source="オンライン",
                    answered_at=at,
                    row_key=hashed(f"survey {survey.id}\nrow\n{row['key']}"),
                    respondent_key=hashed(f"survey {survey.id}\nrespondent\n{row['respondent']}")
                    if row["respondent"]
                    else "",
                    answers={code: from_plain(Answer, one) for code, one in row["answers"].items()},
                )
            )
    folders = (FOLDER, REPORTS)
    return store, event_id, next(path for one in folders if (path := one / name).exists())


@pytest.mark.parametrize("name", KEPT)
def test_no_answer_comes_a_second_time_and_none_changes_without_a_question(tmp_path, name):
    store, event_id, path = filled(tmp_path, name)
    found = preview_import(store, event_id=event_id, path=path)
    assert {row.outcome for row in found.rows} <= {"重複", "確認が必要"}
    asked = {row.spreadsheet_row for row in found.rows if row.outcome == "確認が必要"}
    assert (
        asked == {row.spreadsheet_row for row in found.rows if row.reason.startswith(MISREAD)} == ASKED.get(name, set())
    )
    assert found.new_rows == ()
    heads = any("2行目は見出しの行です。前の取り込みでは回答として数えています" in one for one in found.notices)
    assert heads == name.startswith("s01")
    before = rows(store.database, SurveyResponse)
    import_survey(acting(store), event_id=event_id, path=path, few_columns=True)
    assert rows(store.database, SurveyResponse) == before
    kept = rows(store.database, SurveyImport)[0]
    assert bool(kept.reading) == (not asked)
    store.database.conn.close()


def test_a_person_puts_answers_right_for_all_alike_and_takes_it_back_with_the_import(tmp_path):
    name = "s02_まとめ列と選択肢列の両方.csv"
    store, event_id, path = filled(tmp_path, name)
    before = rows(store.database, SurveyResponse)
    decided = Decisions(by_kind={MISREAD: "数える"})
    done = import_survey(acting(store), event_id=event_id, path=path, decisions=decided)
    after = rows(store.database, SurveyResponse)
    assert [sheet.answers["Q3"] for sheet in after] == [
        Answer(chosen=("LINE", "電子回覧板")),
        Answer(chosen=("Instagram",)),
        Answer(chosen=("特にない",)),
    ]
    assert len(after) == len(before)
    again = preview_import(store, event_id=event_id, path=path)
    assert {row.outcome for row in again.rows} == {"重複"}
    undo_import(acting(store), import_id=done.id)
    assert rows(store.database, SurveyResponse) == before
    store.database.conn.close()


def test_a_sheet_that_somebody_changed_is_left_alone(tmp_path):
    name = "s02_まとめ列と選択肢列の両方.csv"
    store, event_id, path = filled(tmp_path, name)
    sheet = rows(store.database, SurveyResponse)[0]
    mine = sheet.answers | {"Q3": Answer(chosen=("LINE",))}
    with store.change(action="直した", by=BY, now=AFTER, subject="surveys", event_id=event_id) as change:
        change.update(SurveyResponse, sheet.id, answers=mine)
    decided = Decisions(by_kind={MISREAD: "数える"})
    import_survey(acting(store), event_id=event_id, path=path, decisions=decided)
    assert rows(store.database, SurveyResponse)[0].answers == mine
    store.database.conn.close()


def test_an_answer_decided_alone_is_put_right_or_left_whatever_was_decided_for_all(tmp_path):
    name = "s02_まとめ列と選択肢列の両方.csv"
    store, event_id, path = filled(tmp_path, name)

    def decided(alone, kind):
        decisions = Decisions(
            by_kind={MISREAD: kind} if kind else {},
            by_row={} if alone is None else {1: AnswerDecision(counted=alone)},
        )
        (row,) = (
            one for one in preview_import(store, event_id=event_id, path=path, decisions=decisions).rows if one.row == 1
        )
        return row.outcome, bool(row.corrected_id), row.decision

    first, second = (decided(None, kind) for kind in (COUNT, LEAVE_ROW_OUT))
    assert (first[:2], second[:2]) == (("重複", True), ("重複", False))
    assert [decided(True, kind) for kind in (None, LEAVE_ROW_OUT)] == [first, first]
    assert [decided(False, kind) for kind in (None, COUNT)] == [second, second]
    assert decided(None, None) == ("確認が必要", False, "")
    store.database.conn.close()


@pytest.mark.parametrize(
    ("missing", "respondent", "at", "known"),
    [({"b"}, "k", AFTER, True), ((), "k", AFTER, False), ({"b"}, "", AFTER, False), ({"b"}, "k", None, False)],
)
def test_a_list_with_fewer_questions_is_known_by_its_person_and_moment(missing, respondent, at, known):
    sent = [SurveyResponse(survey_id=1, source="オンライン", answered_at=one, answers={}) for one in (AFTER, None)]
    judge = SimpleNamespace(
        _missing=frozenset(missing), _by_respondent={"k": sent, "": sent}, _has_same_answers=lambda *_: True
    )
    given = (SimpleNamespace(answered_at=at), SimpleNamespace(respondent_key=respondent))
    assert _Judge._is_known_with_fewer_columns(judge, *given) == known
