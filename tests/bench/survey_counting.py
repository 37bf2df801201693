"""Counting surveys against the bare thing: plain Python over the same answers, and SQL over the same rows."""

import json
import random
import tempfile
from collections import Counter
from pathlib import Path

from app.surveys.questions.intake import default_questionnaire
from app.surveys.tally.rules import count_responses
from app.surveys.tally.services.survey_tally import read_tally
from db import mapping
from db.records.event_form import EventForm
from db.records.surveys import Answer, SurveyResponse
from db.store import Store
from tests.bench.paired import Paired, pair
from tests.support.survey_sheets import fixed_survey, survey_of

QUESTIONS = default_questionnaire(EventForm.LECTURE).questions
SHEETS = 100_000
STORED = 10_000  # with ten questions each: 100,000 answers read from the encrypted database


def _sheets(count: int) -> list[SurveyResponse]:
    chance = random.Random(7)
    made = []
    for number in range(count):
        answers = {}
        for question in QUESTIONS:
            if question.type == "SA":
                answers[question.code] = Answer(chosen=(chance.choice(question.options),))
            elif question.type == "MA":
                answers[question.code] = Answer(chosen=tuple(chance.sample(question.options, chance.randint(0, 3))))
            else:
                answers[question.code] = Answer(text="よかった。" if number % 10 == 0 else "")
        source = "紙" if number % 3 else "オンライン"
        made.append(SurveyResponse(id=number + 1, survey_id=1, source=source, number=number + 1, answers=answers))  # type: ignore[arg-type]
    return made


def measure_rule() -> Paired:
    """The tally of 100,000 sheets against one counter a question and way of answering, filled by a plain loop."""
    sheets = _sheets(SHEETS)

    def bare() -> dict[str, Counter[str]]:
        counted = {
            f"{question.code}{way}": Counter[str]() for question in QUESTIONS for way in ("", "紙", "オンライン")
        }
        for sheet in sheets:
            for question in QUESTIONS:
                answer = sheet.answers[question.code]
                names = answer.chosen or (answer.text or "無回答",)
                counted[question.code].update(names)
                counted[question.code + sheet.source].update(names)
        return counted

    return pair(lambda: count_responses(QUESTIONS, sheets), bare, rounds=3)


def measure_store() -> Paired:
    """The tally of 100,000 stored answers against SQL that takes the same JSON apart and groups it."""
    with tempfile.TemporaryDirectory() as place:
        store, event_id = fixed_survey(Path(place))
        survey = survey_of(store, event_id)
        _fill(store, survey.id)

        def bare() -> object:
            return store.database.execute(
                "SELECT question.key, s.source, option.value, count(*) FROM answer_sheets s, "
                "json_each(s.answers) question, "
                "json_each(question.value, '$.chosen') option WHERE s.survey_id = ? AND s.counted GROUP BY 1, 2, 3",
                [survey.id],
            ).fetchall()

        found = pair(lambda: read_tally(store, event_id=event_id), bare, rounds=3)
        store.database.conn.close()
        return found


def _fill(store: Store, survey_id: int) -> None:
    rows = []
    for sheet in _sheets(STORED):
        answers = json.dumps(mapping.to_plain(sheet.answers), ensure_ascii=False, separators=(",", ":"))
        rows.append((survey_id, sheet.source, sheet.number, answers))
    store.database.execute("BEGIN")
    store.database.conn.executemany(
        "INSERT INTO answer_sheets (survey_id, source, number, row_key, respondent_key, answers, extra, "
        "problems, counted, "
        "decision) VALUES (?, ?, ?, '', '', ?, '{}', '[]', 1, '')",
        rows,
    )
    store.database.execute("COMMIT")
