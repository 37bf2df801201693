"""Keyed hashes recognise rows of later downloads and re-submissions, and lose none."""

import hashlib
import hmac
from datetime import datetime, timedelta

from app.surveys.answers.intake.survey_file import read_survey_file, row_keys
from app.surveys.questions.intake import default_questionnaire
from db.records.event_form import EventForm
from db.records.surveys import Answer
from tests.fixtures.survey.google_csv import write_google_csv

QUESTIONS = default_questionnaire(EventForm.LECTURE).questions
START = datetime(2026, 9, 10, 15, 30)
PLEASED = {"satisfaction": Answer(chosen=("満足",))}
SORRY = {"satisfaction": Answer(chosen=("不満",))}


def _hash(text: str) -> str:
    return hmac.new(b"key", text.encode(), hashlib.sha256).hexdigest()


def _keys(path, sheets, badges=None, step=timedelta(minutes=1)):
    write_google_csv(path, QUESTIONS, sheets, start=START, badges=badges, step=step)
    return row_keys(read_survey_file(path, QUESTIONS), _hash)


def test_next_weeks_file_has_the_same_keys_for_the_rows_it_repeats(tmp_path):
    first = _keys(tmp_path / "1.csv", [PLEASED, SORRY])
    later = _keys(tmp_path / "2.csv", [PLEASED, SORRY, PLEASED])

    assert [later[1], later[2]] == [first[1], first[2]]
    assert later[3].row_key not in {keys.row_key for keys in first.values()}


def test_two_rows_alike_to_the_last_letter_keep_keys_of_their_own(tmp_path):
    keys = _keys(tmp_path / "1.csv", [PLEASED, PLEASED], step=timedelta(0))

    assert keys[1].row_key != keys[2].row_key


def test_the_same_badge_has_the_same_key_and_no_badge_has_none(tmp_path):
    keys = _keys(tmp_path / "1.csv", [PLEASED, SORRY, SORRY], badges=["015", "０１５", ""])

    assert keys[1].respondent_key == keys[2].respondent_key != ""
    assert keys[1].row_key != keys[2].row_key
    assert keys[3].respondent_key == ""
