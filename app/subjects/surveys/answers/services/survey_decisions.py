"""What a person decides about an answer file: columns and options by hand, doubtful answers alike or one by one; and
kept.

Public function (``store`` first, the rest by keyword, also ``by`` and ``now``): ``decide_sheets``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Final, Literal

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.foreign_files.foreign_file import STRUCK_CELL, STRUCK_ROW
from app.foreign_files.tables.heading_roles import IDENTIFYING
from app.importing.column_maps import recall_columns
from app.subjects.surveys.answers.intake.survey_columns import PERSONAL, Suggestion, Values, assigned_word
from app.subjects.surveys.answers.intake.survey_file import SurveyFile
from app.subjects.surveys.questions.services.surveys import open_survey
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.applications import ColumnMap, Target
from db.records.surveys import AnswerSheet, EventSurvey
from db.rows import by_id
from db.store import Store
from db.tables import applications

Kind = Literal[
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
Way = Literal["", "数える", "数えない", "1件だけ数える"]
"""What becomes of the rows of one kind: decided later, counted, left out, or of each set only the one to keep."""

OPEN: Final[Way] = ""
COUNT: Final[Way] = "数える"
LEAVE: Final[Way] = "数えない"
KEEP_ONE: Final[Way] = "1件だけ数える"

SAME_PERSON: Final[frozenset[Kind]] = frozenset({"再送信", "二度押し", "同じ回答"})
REPLACED: Final = "再送信（あとの取り込みの回答を採る）"
"""The decision about an answer of an earlier import whose later form counts instead."""

_OF_CODE: Final[Mapping[str, Kind]] = {
    "resubmission": "再送信", "double_submit": "二度押し", "same_answer": "同じ回答", "test_answer": "試し送信",
    "before_event": "開始前の回答", "option_not_in_list": "選択肢にない回答", "ma_over_limit": "選びすぎ",
    "exclusive_conflict": "特になしとほかの回答", "all_blank": "すべて無回答",
    "not_a_number": "数にできない回答", "bad_timestamp": "読めない日時",
    STRUCK_ROW: "取消線のある回答", STRUCK_CELL: "取消線のある回答",
}  # fmt: skip
MISREAD: Final[Kind] = "読みちがえの疑い"
"""An answer taken in before that is read otherwise today."""
KINDS: Final[tuple[Kind, ...]] = (*dict.fromkeys(_OF_CODE.values()), MISREAD, "そのほか")
_LEFT: Final[Mapping[Kind, str]] = {
    "再送信": "再送信（後の回答を採る）",
    "二度押し": "二度押し（1件だけ数える）",
    "同じ回答": "前に取り込んだ回答と同じ",
}
_KEPT: Final[Mapping[Kind, str]] = {"再送信": "再送信の後の回答を数える", "二度押し": "二度押しの1件を数える"}
TARGET: Final[Target] = "アンケート"
_VALUES: Final = "選択肢　"


@frozen_record
class AnswerDoubt:
    """One thing about a row that a person decides; ``spare`` True = with ``KEEP_ONE`` this row is not the
    one to keep."""

    kind: Kind
    reason: str
    spare: bool = False


@frozen_record
class AnswerDecision:
    """What was decided about one row alone; leaving it out needs a reason."""

    counted: bool
    reason: str = ""


@frozen_record
class Decisions:
    """Everything decided about one file: by kind, by row number (which wins), and texts given to options."""

    alike: Mapping[Kind, Way] = field(default_factory=dict)
    rows: Mapping[int, AnswerDecision] = field(default_factory=dict)
    values: Values = field(default_factory=dict)


@frozen_record
class Settled:
    """How a row comes out: whether it counts, the decision in words (empty = a person has still to decide)."""

    counted: bool = True
    decision: str = ""
    open: bool = False


def kind_of(code: str) -> Kind:
    """The kind of a problem by the code word that reading gave it."""
    return _OF_CODE.get(code, "そのほか")


def ways_of(kind: Kind) -> tuple[Way, ...]:
    """What may be decided about all rows of a kind, later first."""
    if kind in SAME_PERSON:
        return (OPEN, KEEP_ONE, COUNT)
    return (OPEN, COUNT, LEAVE)


def way_words(kind: Kind, way: Way) -> str:
    """「後の回答だけを数える」: a way as the window and the record say it."""
    if way == OPEN:
        return "あとで決める"
    if kind in SAME_PERSON:
        if way == COUNT:
            return "どちらも数える"
        return {"再送信": "後の回答だけを数える", "二度押し": "1件だけを数える"}.get(kind, "数えない")
    if kind == MISREAD:
        return "今の読み方に直す" if way == COUNT else "前のまま残す"
    if kind == "選択肢にない回答":
        return "選択肢にない回答として数える" if way == COUNT else "数えない"
    return "このまま数える" if way == COUNT else "数えない"


def settle(doubts: Sequence[AnswerDoubt], row: int, decisions: Decisions) -> Settled:
    """Return how a row with these doubts comes out.

    A row stays open until every doubt is decided; one that leaves it out is enough.
    """
    alone = decisions.rows.get(row)
    if alone is not None:
        words = alone.reason.strip() or ("確かめて数える" if alone.counted else LEAVE)
        return Settled(counted=alone.counted, decision=words)
    said = []
    for doubt in doubts:
        way = decisions.alike.get(doubt.kind, OPEN)
        if way == LEAVE or (way == KEEP_ONE and doubt.spare):
            return Settled(counted=False, decision=_LEFT.get(doubt.kind, doubt.kind))
        if way != OPEN:
            said.append(_KEPT.get(doubt.kind, "") if way == KEEP_ONE else _counted_words(doubt.kind))
    if len(said) < len(doubts):
        return Settled(open=True)
    return Settled(decision="、".join(dict.fromkeys(words for words in said if words)))


def _counted_words(kind: Kind) -> str:
    return "再送信だがどちらも数える" if kind in SAME_PERSON else f"{kind}のまま数える"


def decisions_in_words(decisions: Decisions, counts: Mapping[Kind, int]) -> str:
    """「再送信（2件）は後の回答だけを数える、…」 for the record; ``counts`` are the rows of each kind in the file."""
    said = [
        f"{kind}（{counts[kind]}件）は{way_words(kind, way)}"
        for kind in KINDS
        if (way := decisions.alike.get(kind, OPEN)) != OPEN and counts.get(kind)
    ]
    given = sum(1 for option in decisions.values.values() if option)
    if given:
        said.append(f"選択肢にない言葉{given}種類に選択肢を当てた")
    if decisions.rows:
        said.append(f"{len(decisions.rows)}件は1件ずつ決めた")
    return "、".join(said)


@deed
def decide_sheets(act: Act, *, sheet_ids: Collection[int], counted: bool, reason: str) -> Saved:
    """Decide about several sheets of one survey alike, in one action; leaving them out needs a reason.

    Raises:
        Refusal: none is given, one is gone, they belong to several surveys, or a reason is missing.
    """
    found = [by_id(act.database, AnswerSheet, sheet_id) for sheet_id in dict.fromkeys(sheet_ids)]
    sheets = [sheet for sheet in found if sheet is not None]
    if not sheets or len(sheets) < len(found) or len({sheet.survey_id for sheet in sheets}) > 1:
        raise Refusal("選んだ回答が見つかりません。", "一覧から選び直してください。")
    survey = open_survey(act.store, sheets[0].survey_id)
    if not counted and not reason.strip():
        raise Refusal("集計に入れないときは理由が必要です。", "理由を書いてください。")
    word = "集計に入れる" if counted else "集計に入れない"
    with act.change(f"回答{len(sheets)}枚を{word}", "surveys", event_id=survey.event_id) as change:
        for sheet in sheets:
            change.update(AnswerSheet, sheet.id, counted=counted, decision=reason.strip() or word)
    return Saved(f"{len(sheets)}枚を「{word}」にしました。", survey.id)


@frozen_record
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


@frozen_record
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
        change.keep(ColumnMap, present, target=TARGET, source_key=source_key, columns=values, remembered_at=now)


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
