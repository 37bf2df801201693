"""Which column of an answer file is which question, and which option a text means: as set by hand, remembered, or told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.foreign_files.heading_roles import IDENTIFYING
from app.importing.column_maps import recall_columns
from app.subjects.surveys.answers.intake.survey_columns import PERSONAL, Suggestion, Values, assigned_word
from app.subjects.surveys.answers.intake.survey_file import SurveyFile
from db.journal import Change
from db.records.applications import ColumnMap, Target
from db.records.surveys import EventSurvey
from db.store import Store
from db.tables import applications

TARGET: Final[Target] = "アンケート"
_VALUES: Final = "選択肢　"


@dataclass(frozen=True, kw_only=True)
class AnswerColumn:
    """One column of a file as it is used now.

    ``word`` is its use (see ``survey_assigning``): a question's code, 「#time」, 「#text」, … or empty for a column
    that is not kept. ``personal`` True = a person's data, never kept as text. ``sample`` is the first filled cell,
    empty for personal columns. ``tick`` True = it stands for one option of its question. ``suggestions`` are
    questions that it may belong to.
    """

    index: int
    heading: str
    word: str
    personal: bool = False
    identifying: bool = False
    tick: bool = False
    sample: str = ""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StrangeText:
    """A text that is no option of its question, in how many rows it stands, and what was decided about it.

    ``option`` is the option that it means, empty for an answer outside the list, None before a decision.
    """

    code: str
    text: str
    count: int
    option: str | None = None


def recall_assigned(store: Store, *, source_key: str) -> dict[int, str] | None:
    """Return the columns set by hand for this form before, or None."""
    return recall_columns(store, source_key=source_key, target=TARGET)


def recall_values(store: Store, *, survey_id: int) -> dict[tuple[str, str], str]:
    """Return what was decided about texts outside the lists of this event's questions."""
    found = applications.column_map(store.database, TARGET, f"{_VALUES}{survey_id}")
    kept = found.columns if found else {}
    return {(code, text): option for key, option in kept.items() for code, _, text in (key.partition("\n"),)}


def keep_assigned(store: Store, change: Change, *, source_key: str, columns: Mapping[int, str], now: datetime) -> None:
    """Remember inside ``change`` the columns set by hand for every later file of this form."""
    values = {str(index): word for index, word in sorted(columns.items())}
    _keep(store, change, source_key, values, now)


def keep_values(store: Store, change: Change, *, survey: EventSurvey, values: Values, now: datetime) -> None:
    """Remember inside ``change`` what texts outside the lists mean for every later file of this event."""
    kept = recall_values(store, survey_id=survey.id) | dict(values)
    written = {f"{code}\n{text}": option for (code, text), option in kept.items()}
    _keep(store, change, f"{_VALUES}{survey.id}", written, now)


def _keep(store: Store, change: Change, source_key: str, values: dict[str, str], now: datetime) -> None:
    present = applications.column_map(store.database, TARGET, source_key)
    if present is None or present.columns != values:
        made = ColumnMap(
            id=present.id if present else 0, target=TARGET, source_key=source_key, columns=values, remembered_at=now
        )
        change.save(made)


def answer_columns(found: SurveyFile) -> tuple[AnswerColumn, ...]:
    """Return every column of a file with its use; empty columns without a heading are none."""
    columns = []
    for column in found.mapped:
        filled = next((row.cells[column.index] for row in found.file.rows if row.cells[column.index].strip()), "")
        heading = " ".join(column.heading.split())
        if not heading and not filled:
            continue
        identifying = column.role in IDENTIFYING
        columns.append(
            AnswerColumn(
                index=column.index,
                heading=heading or f"（{column.index + 1}列目）",
                word=assigned_word(column),
                personal=column.role in PERSONAL,
                identifying=identifying,
                tick=column.role == "tick",
                sample="" if identifying else " ".join(filled.split())[:40],
                suggestions=found.suggestions.get(column.index, ()),
            )
        )
    return tuple(columns)


def strange_texts(found: SurveyFile, values: Values) -> tuple[StrangeText, ...]:
    """Return the texts outside the lists of SA and MA questions, decided or not, in the questions' order."""
    counts: dict[tuple[str, str], int] = {}
    closed = {question.code for question in found.questions if question.type in ("SA", "MA")}
    for row in found.rows:
        for code, answer in row.answers.items():
            for text in answer.out_of_list if code in closed else ():
                counts[code, text] = counts.get((code, text), 0) + 1
    for row in found.rows:
        for key in row.given:
            counts[key] = counts.get(key, 0) + 1
    order = [question.code for question in found.questions]
    return tuple(
        StrangeText(code=code, text=text, count=count, option=values.get((code, text)))
        for (code, text), count in sorted(counts.items(), key=lambda item: (order.index(item[0][0]), -item[1]))
    )
