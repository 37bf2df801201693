"""Decisions of a person on an answer file (columns, options, doubtful answers), and their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

from app.actions.action_context import ActionContext
from app.foreign_files.foreign_file import STRUCK_CELL, STRUCK_ROW
from app.foreign_files.tables.heading_roles import IDENTIFYING
from app.importing.column_maps import column_map, recall_columns
from app.surveys.answers.intake.survey_columns import PERSONAL_ROLES, Suggestion, TextMapping, column_use
from app.surveys.answers.intake.survey_file import SurveyFile
from db.journal import Change
from db.record import record
from db.records.applications import ColumnMap, ImportTarget
from db.records.surveys import EventSurvey
from db.store import Store

DoubtKind = Literal[
    "再送信",
    "二度押し",
    "同じ回答",
    "試し送信",
    "開始前の回答",
    "選択肢にない回答",
    "選びすぎ",
    "特になしとほかの回答",
    "すべて無回答",
    "数にできない回答",
    "読めない日時",
    "取消線のある回答",
    "読みちがえの疑い",
    "そのほか",
]
Treatment = Literal["", "数える", "数えない", "1件だけ数える"]
"""What becomes of the rows of one kind (undecided, counted, left out, or one of each set kept)."""

UNDECIDED: Treatment = ""
COUNT: Treatment = "数える"
LEAVE_ROW_OUT: Treatment = "数えない"
KEEP_ONE: Treatment = "1件だけ数える"

SAME_PERSON: frozenset[DoubtKind] = frozenset({"再送信", "二度押し", "同じ回答"})
REPLACED_BY_RESUBMISSION = "再送信（あとの取り込みの回答を採る）"
"""The decision on an answer of an earlier import that a later one replaces."""

_KIND_OF_CODE: Mapping[str, DoubtKind] = {
    "resubmission": "再送信", "double_submit": "二度押し", "same_answer": "同じ回答", "test_answer": "試し送信",
    "before_event": "開始前の回答", "option_not_in_list": "選択肢にない回答", "ma_over_limit": "選びすぎ",
    "exclusive_conflict": "特になしとほかの回答", "all_blank": "すべて無回答",
    "not_a_number": "数にできない回答", "bad_timestamp": "読めない日時",
    STRUCK_ROW: "取消線のある回答", STRUCK_CELL: "取消線のある回答",
}  # fmt: skip
MISREAD: DoubtKind = "読みちがえの疑い"
"""An earlier imported answer that today's method reads differently."""
DOUBT_KINDS: tuple[DoubtKind, ...] = (*dict.fromkeys(_KIND_OF_CODE.values()), MISREAD, "そのほか")
_LEFT_OUT_WORDS: Mapping[DoubtKind, str] = {
    "再送信": "再送信（後の回答を採る）",
    "二度押し": "二度押し（1件だけ数える）",
    "同じ回答": "前に取り込んだ回答と同じ",
}
_KEPT_WORDS: Mapping[DoubtKind, str] = {
    "再送信": "再送信の後の回答を数える",
    "二度押し": "二度押しの1件を数える",
}
_MAPPING_PREFIX = "選択肢　"


@record
class AnswerDoubt:
    """One doubt that a person decides; ``is_spare`` True = with ``KEEP_ONE`` this row is left out."""

    kind: DoubtKind
    reason: str
    is_spare: bool = False


@record
class AnswerDecision:
    """The decision on a single row; leaving it out needs a reason."""

    counted: bool
    reason: str = ""


@record
class Decisions:
    """All decisions on one file, by kind, by row number (which wins), and on texts outside the lists.

    ``values`` are the options meant by (question code, text); "" = none of them.
    """

    by_kind: Mapping[DoubtKind, Treatment] = field(default_factory=dict)
    by_row: Mapping[int, AnswerDecision] = field(default_factory=dict)
    values: TextMapping = field(default_factory=dict)


@record
class RowResult:
    """The result for a row, whether it counts, with the decision in words ("" while open, and without doubts)."""

    counted: bool = True
    decision: str = ""
    is_open: bool = False


def doubt_kind_of(code: str) -> DoubtKind:
    """Return the kind of doubt for the code of a finding; 「そのほか」 for a code without one."""
    return _KIND_OF_CODE.get(code, "そのほか")


def treatments_of(kind: DoubtKind) -> tuple[Treatment, ...]:
    """Return the possible treatments of a kind, undecided first: keep one or count all, else count or leave out."""
    if kind in SAME_PERSON:
        return (UNDECIDED, KEEP_ONE, COUNT)
    return (UNDECIDED, COUNT, LEAVE_ROW_OUT)


def treatment_words(kind: DoubtKind, treatment: Treatment) -> str:
    """Return a treatment as the window and the record word it for this kind of doubt (「後の回答だけを数える」)."""
    if treatment == UNDECIDED:
        return "あとで決める"
    if kind in SAME_PERSON:
        if treatment == COUNT:
            return "どちらも数える"
        return {"再送信": "後の回答だけを数える", "二度押し": "1件だけを数える"}.get(kind, "数えない")
    if kind == MISREAD:
        return "今の読み方に直す" if treatment == COUNT else "前のまま残す"
    if kind == "選択肢にない回答":
        return "選択肢にない回答として数える" if treatment == COUNT else "数えない"
    return "このまま数える" if treatment == COUNT else "数えない"


def decide_row(doubts: Sequence[AnswerDoubt], row: int, decisions: Decisions) -> RowResult:
    """Return the result for a row with these doubts; a decision on this row alone goes before those by kind.

    A row stays open until every doubt is decided; one that leaves it out is enough.
    """
    alone = decisions.by_row.get(row)
    if alone is not None:
        words = alone.reason.strip() or ("確かめて数える" if alone.counted else LEAVE_ROW_OUT)
        return RowResult(counted=alone.counted, decision=words)
    said = []
    for doubt in doubts:
        way = decisions.by_kind.get(doubt.kind, UNDECIDED)
        if way == LEAVE_ROW_OUT or (way == KEEP_ONE and doubt.is_spare):
            return RowResult(counted=False, decision=_LEFT_OUT_WORDS.get(doubt.kind, doubt.kind))
        if way != UNDECIDED:
            said.append(
                _KEPT_WORDS.get(doubt.kind, "")
                if way == KEEP_ONE
                else f"{doubt.kind}{'だがどちらも' if doubt.kind in SAME_PERSON else 'のまま'}数える"
            )
    if len(said) < len(doubts):
        return RowResult(is_open=True)
    return RowResult(decision="、".join(dict.fromkeys(words for words in said if words)))


def describe_decisions(decisions: Decisions, counts: Mapping[DoubtKind, int]) -> str:
    """Return the decisions for the record (「再送信（3件）は後の回答だけを数える、…」), "" without any.

    ``counts`` are the rows of each kind in the file; kinds that it does not have are left out.
    """
    said = [
        f"{kind}（{counts[kind]}件）は{treatment_words(kind, way)}"
        for kind in DOUBT_KINDS
        if (way := decisions.by_kind.get(kind, UNDECIDED)) != UNDECIDED and counts.get(kind)
    ]
    given = sum(1 for option in decisions.values.values() if option)
    if given:
        said.append(f"選択肢にない言葉{given}種類に選択肢を当てた")
    if decisions.by_row:
        said.append(f"{len(decisions.by_row)}件は1件ずつ決めた")
    return "、".join(said)


@record
class AnswerColumn:
    """One column of a file with its current use.

    ``use`` (see ``survey_columns``) is a question's code, 「#time」, 「#text」, … or empty for a column that is not
    stored. ``is_personal`` True = personal data, never stored as text; ``is_identifying`` also a serial number.
    ``suggestions`` are questions that it may belong to.
    """

    index: int
    heading: str
    use: str
    is_personal: bool = False
    is_identifying: bool = False
    suggestions: tuple[Suggestion, ...] = ()


@record
class UnlistedText:
    """A text that is no option of its question, with the number of rows, and the decision.

    ``option`` is the option that it means, empty for an answer outside the list, None before a decision.
    """

    code: str
    text: str
    count: int
    option: str | None = None


def recall_assigned_columns(store: Store, *, source_key: str) -> dict[int, str] | None:
    """Return the uses set by hand for this form before, by column number from 0 (see ``survey_columns``), or None."""
    return recall_columns(store, source_key=source_key, target=ImportTarget.SURVEY)


def recall_text_mapping(store: Store, *, survey_id: int) -> dict[tuple[str, str], str]:
    """Return the options decided for texts outside the lists of this event, by (question code, text); "" = none."""
    found = column_map(store.database, ImportTarget.SURVEY, f"{_MAPPING_PREFIX}{survey_id}")
    kept = found.columns if found else {}
    return {(code, text): option for key, option in kept.items() for code, _, text in (key.partition("\n"),)}


def remember_assigned_columns(
    change: Change, context: ActionContext, *, source_key: str, columns: Mapping[int, str]
) -> None:
    """Store inside ``change`` the columns set by hand for every later file of this form."""
    values = {str(index): word for index, word in sorted(columns.items())}
    _remember(context, change, source_key, values)


def remember_text_mapping(change: Change, context: ActionContext, *, survey: EventSurvey, values: TextMapping) -> None:
    """Store inside ``change`` what texts outside the lists mean for every later file of this event."""
    kept = recall_text_mapping(context.store, survey_id=survey.id) | dict(values)
    written = {f"{code}\n{text}": option for (code, text), option in kept.items()}
    _remember(context, change, f"{_MAPPING_PREFIX}{survey.id}", written)


def _remember(context: ActionContext, change: Change, source_key: str, values: dict[str, str]) -> None:
    """Store ``values`` inside ``change`` under ``source_key`` in place of the former ones, unless they are equal."""
    present = column_map(context.database, ImportTarget.SURVEY, source_key)
    if present is None or present.columns != values:
        change.update_or_insert(
            ColumnMap,
            present,
            target=ImportTarget.SURVEY,
            source_key=source_key,
            columns=values,
            remembered_at=context.now,
        )


def answer_columns(survey_file: SurveyFile) -> tuple[AnswerColumn, ...]:
    """Return every column of a file with its use, without empty columns that have no heading."""
    columns = []
    for column in survey_file.file_columns:
        heading = " ".join(column.heading.split())
        if not heading and not any(row.cells[column.index].strip() for row in survey_file.file.rows):
            continue
        columns.append(
            AnswerColumn(
                index=column.index,
                heading=heading or f"（{column.index + 1}列目）",
                use=column_use(column),
                is_personal=column.role in PERSONAL_ROLES,
                is_identifying=column.role in IDENTIFYING,
                suggestions=survey_file.suggestions.get(column.index, ()),
            )
        )
    return tuple(columns)


def unlisted_texts(survey_file: SurveyFile, mapping: TextMapping) -> tuple[UnlistedText, ...]:
    """Return the texts outside the lists of SA and MA questions, decided or not, by question, most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    closed = {question.code for question in survey_file.questions if question.type.has_options}
    for row in survey_file.rows:
        for code, answer in row.answers.items():
            for text in answer.out_of_list if code in closed else ():
                counts[code, text] = counts.get((code, text), 0) + 1
    for row in survey_file.rows:
        for key in row.mapped_texts:
            counts[key] = counts.get(key, 0) + 1
    order = [question.code for question in survey_file.questions]
    return tuple(
        UnlistedText(code=code, text=text, count=count, option=mapping.get((code, text)))
        for (code, text), count in sorted(counts.items(), key=lambda item: (order.index(item[0][0]), -item[1]))
    )
