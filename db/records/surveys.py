"""Questionnaires, their snapshot for one event, and the responses."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from db.fields import (
    AgreedOn,
    CheckedBy,
    CheckedOn,
    Checksum,
    ConfirmedBy,
    Day,
    Key,
    KindWord,
    Name,
    Note,
    Number,
    Origin,
    PersonalKey,
    Position,
    Reason,
    RecordedAt,
    RecordedBy,
    Spec,
    Title,
)
from db.record import one_of, record


class QuestionType(StrEnum):
    """How a question is answered."""

    ONE = "SA"
    SEVERAL = "MA"
    TEXT = "FA"
    NUMBER = "NUM"

    has_options = one_of(ONE, SEVERAL)
    """Whether answers are chosen from options."""
    takes_several = one_of(SEVERAL)
    """Whether several options may be chosen."""
    takes_one = one_of(ONE)
    is_text = one_of(TEXT)
    is_number = one_of(NUMBER)


class QuestionRole(StrEnum):
    """What a question of the contract measures."""

    SATISFACTION = "satisfaction"
    UNDERSTANDING = "understanding"
    INTENT = "intent"


class SettledBy(StrEnum):
    """How a difference from the contractor's tally was settled."""

    CORRECTION = "修正を依頼"
    DIFFERENCE = "差のまま"

    is_correction = one_of(CORRECTION)


class ResponseSource(StrEnum):
    """How a response came."""

    PAPER = "紙"
    ONLINE = "オンライン"

    is_paper = one_of(PAPER)


@record
class Question:
    """One question; ``code`` never changes once used, and options keep the paper's order.

    ``positive`` names the options that are summed for 満足計／肯定計; ``role`` says which. ``other_option_of`` is
    the option that carries a written text when ``has_other``. ``note`` is printed under the title. ``asked_of``
    is the code of an earlier question: only who chose one of ``asked_of_options`` there is asked; the others are
    非該当 and outside the base. ``scale``: the options are steps from one end to the other. ``unit`` follows a
    number; ``lines`` are the lines to write on for free text.
    """

    code: Annotated[str, Spec("設問の番号")]
    title: Annotated[str, Spec("設問文")]
    type: Annotated[QuestionType, Spec("種類")]
    options: Annotated[tuple[str, ...], Spec("選択肢")] = ()
    max_select: Annotated[int | None, Spec("選べる数")] = None
    has_other: Annotated[bool, Spec("その他の記入")] = False
    exclusive_option: Annotated[str | None, Spec("ほかと一緒に選べない選択肢")] = None
    positive: Annotated[tuple[str, ...], Spec("足して数える選択肢")] = ()
    role: Annotated[QuestionRole | None, Spec("集計での役割")] = None
    personal: Annotated[bool, Spec("個人情報あり")] = False
    note: Annotated[str, Spec("説明")] = ""
    asked_of: Annotated[str, Spec("聞く相手")] = ""
    asked_of_options: Annotated[tuple[str, ...], Spec("聞く相手の選択")] = ()
    scale: Annotated[bool, Spec("段階")] = False
    unit: Annotated[str, Spec("単位")] = ""
    lines: Annotated[int, Spec("書く行数")] = 4

    @property
    def asks_satisfaction(self) -> bool:
        """Return whether it measures the 満足度."""
        return self.role is QuestionRole.SATISFACTION

    @property
    def asks_intent(self) -> bool:
        """Return whether it measures what people mean to do."""
        return self.role is QuestionRole.INTENT


@record
class Questionnaire:
    """A master set of questions; editing it never changes an event's snapshot."""

    id: Key = 0
    name: Name
    kind: KindWord
    questions: Annotated[tuple[Question, ...], Spec("設問", erasing="free")] = ()
    fiscal_year: Annotated[int | None, Spec("年度")] = None
    agreed_on: AgreedOn = None
    agreed_with: Annotated[str, Spec("協議の相手", erasing="staff")] = ""
    archived: Annotated[bool, Spec("使わない")] = False
    note: Note = ""


@record
class Settlement:
    """How the ward settled one question's difference from the contractor's tally.

    ``ours`` and ``theirs`` are the numbers that differed then, by printed row: once either changes, the
    difference is open again. ``reason`` is given where it stays.
    """

    way: Annotated[SettledBy, Spec("扱い")]
    reason: Annotated[str, Spec("理由")] = ""
    by: Annotated[str, Spec("行った人")]
    on: Day
    ours: Annotated[dict[str, int], Spec("区の数")] = field(default_factory=dict)
    theirs: Annotated[dict[str, int], Spec("受託者の数")] = field(default_factory=dict)


@record
class EventSurvey:
    """The snapshot of questions for one event, with who agreed, counted, checked and froze it.

    ``purpose`` says why the ward entered responses itself (「検算」, 「代行（協議 …）」). ``contractor_counts``
    holds the numbers of the contractor's tally by question code and printed row; the empty code holds the
    responses (「紙」, 「オンライン」). ``checked_by`` and ``checked_on`` are of the ward's own 検算.
    ``questionnaire_id`` is the master it was copied from; editing that master changes nothing here.
    ``large_copies`` are printed in 20 pt. ``papers_received`` is how many paper responses reached the ward, as
    somebody typed it, and no number of the contractor. ``settlements`` are settled differences from the
    contractor's tally, by question code; ``uncompared`` is the reason for which the totals were fixed without its
    numbers.
    """

    id: Key = 0
    event_id: Key
    title: Title
    questions: Annotated[tuple[Question, ...], Spec("設問", erasing="free")] = ()
    agreed_on: AgreedOn = None
    fixed_on: Annotated[date | None, Spec("設問を決定した日")] = None
    online_url: Annotated[str, Spec("オンライン回答の場所", erasing="free")] = ""
    online_close: Annotated[date | None, Spec("オンライン締切")] = None
    distributed: Annotated[int | None, Spec("配布数")] = None
    counted_by: Annotated[str, Spec("集計した者", erasing="staff")] = "受託者"
    counted_on: Annotated[date | None, Spec("集計日")] = None
    purpose: Annotated[str, Spec("入力の目的", erasing="free")] = ""
    frozen_at: Annotated[datetime | None, Spec("集計を確定した日時")] = None
    frozen_by: Annotated[str, Spec("集計を確定した人", erasing="staff")] = ""
    freeze_note: Annotated[str, Spec("確定の覚え", erasing="free")] = ""
    contractor_counts: Annotated[dict[str, dict[str, int]], Spec("受託者の集計", erasing="word")] = field(
        default_factory=dict
    )
    checked_by: CheckedBy = ""
    checked_on: CheckedOn = None
    questionnaire_id: Key | None = None
    large_copies: Annotated[int, Spec("拡大版の部数")] = 0
    settlements: Annotated[dict[str, Settlement], Spec("受託者との差の扱い", erasing="word")] = field(
        default_factory=dict
    )
    uncompared: Annotated[str, Spec("照合せず確定した理由", erasing="word")] = ""
    papers_received: Annotated[int | None, Spec("用紙の枚数")] = None


@record
class Answer:
    """The answer to one question in one response (chosen options and written text, both may be empty)."""

    chosen: Annotated[tuple[str, ...], Spec("選んだもの")] = ()
    other: Annotated[str, Spec("その他")] = ""
    out_of_list: Annotated[tuple[str, ...], Spec("選択肢にないもの")] = ()
    text: Annotated[str, Spec("記入")] = ""


@record
class SurveyResponse:
    """One response; ``row_key`` is the keyed hash of the raw row (online) or empty (paper).

    ``respondent_key`` is a keyed hash that only serves to detect a re-submission. ``counted`` False means a
    person decided not to count it, with ``decision`` as the reason. ``typed_by`` is who entered a paper response.
    """

    id: Key = 0
    survey_id: Key
    import_id: Key | None = None
    source: Annotated[ResponseSource, Spec("出どころ")]
    number: Annotated[int | None, Spec("用紙の番号", names_row=True)] = None
    answered_at: Annotated[datetime | None, Spec("回答日時")] = None
    row_key: PersonalKey = ""
    respondent_key: PersonalKey = ""
    answers: Annotated[dict[str, Answer], Spec("回答", erasing="free")] = field(default_factory=dict)
    extra: Annotated[dict[str, str], Spec("そのほかの欄", erasing="free")] = field(default_factory=dict)
    problems: Annotated[tuple[str, ...], Spec("気になる点", erasing="free")] = ()
    counted: Annotated[bool, Spec("集計に入れる")] = True
    decision: Annotated[str, Spec("判断の理由", erasing="free")] = ""
    typed_by: Annotated[str, Spec("入力した人", erasing="staff")] = ""


@record
class SurveyImport:
    """One import of an online file with its results.

    ``reading`` says how its answers were parsed: 0 by the old method and never compared since, else whole
    (``READ_WHOLE``).
    """

    id: Key = 0
    survey_id: Key
    file_name: Annotated[str, Spec("ファイル名", names_row=True, erasing="file")]
    sha256: Checksum
    at: RecordedAt
    by: RecordedBy
    new: Annotated[int, Spec("新規")]
    duplicate: Annotated[int, Spec("重複")]
    needs_check: Annotated[int, Spec("確認が必要")]
    skipped: Annotated[int, Spec("取り込まない")]
    dropped_columns: Annotated[tuple[str, ...], Spec("取り込まなかった列", erasing="word")] = ()
    reason: Reason = ""
    reading: Annotated[int, Spec("読み方")] = 0


@record
class SecondEntry:
    """One paper response entered a second time by another person; ``settled_at`` = differences decided.

    ``answers`` is the second entry, ``first_answers`` the response as it was then; the decisions are in the
    response itself, which is what counts.
    """

    id: Key = 0
    sheet_id: Key
    answers: Annotated[dict[str, Answer], Spec("回答", erasing="free")] = field(default_factory=dict)
    by: RecordedBy
    at: RecordedAt
    settled_at: Annotated[datetime | None, Spec("確かめた日時")] = None
    settled_by: ConfirmedBy = ""
    first_answers: Annotated[dict[str, Answer], Spec("1回目の回答", erasing="free")] = field(default_factory=dict)


@record
class ResponseDraft:
    """A half-entered response, which is not counted.

    ``second`` marks the second entry by ``typist``, ``sheet_id`` the saved response being corrected (0 = a new
    one). ``answered`` are the codes of answered questions, 無回答 included; ``place`` is the current question,
    from 0.
    """

    id: Key = 0
    survey_id: Key
    number: Number
    second: Annotated[bool, Spec("2回目")] = False
    sheet_id: Key = 0
    answers: Annotated[dict[str, Answer], Spec("回答", erasing="free")] = field(default_factory=dict)
    answered: Annotated[tuple[str, ...], Spec("答えた設問", erasing="word")] = ()
    place: Annotated[int, Spec("設問の位置")] = 0
    typist: Annotated[str, Spec("2回目を打つ人", erasing="staff")] = ""
    by: RecordedBy
    at: RecordedAt


@record
class CommentTheme:
    """A theme under which free texts of one question are grouped by hand."""

    id: Key = 0
    survey_id: Key
    question_code: Annotated[str, Spec("設問", erasing="free")]
    position: Position
    name: Name


@record
class CommentMark:
    """The theme of one free text, whether it is quoted, and the words quoted (edited or not)."""

    id: Key = 0
    survey_id: Key
    sheet_id: Key
    question_code: Annotated[str, Spec("設問", erasing="free")]
    theme_id: Key | None = None
    quoted: Annotated[bool, Spec("引用する")] = True
    quote: Annotated[str, Spec("引用する文", erasing="free")] = ""


@record
class EarlierQuestion:
    """One question of an earlier year as reported, with people by printed row (無回答 included).

    ``base`` is n of that question (all responses, or those who were asked); ``type`` is SA or MA.
    """

    code: Annotated[str, Spec("設問の番号")]
    title: Annotated[str, Spec("設問の文")]
    type: Annotated[QuestionType, Spec("種類")] = QuestionType.ONE
    base: Annotated[int, Spec("回答者数")]
    counts: Annotated[dict[str, int], Spec("選択肢ごとの数")] = field(default_factory=dict)


@record
class EarlierCounts:
    """The totals of an earlier year, typed or imported; they belong to no questionnaire of this year.

    ``events`` is how many 回 they sum up (None = unknown), ``sheets`` how many responses there were, ``source``
    where the numbers come from (「令和7年度 実施報告書」).
    """

    id: Key = 0
    fiscal_year: Annotated[int, Spec("年度", names_row=True)]
    kind: KindWord
    events: Annotated[int | None, Spec("回数")] = None
    sheets: Annotated[int, Spec("回収数")]
    questions: Annotated[tuple[EarlierQuestion, ...], Spec("設問", erasing="free")] = ()
    source: Origin = ""
    note: Note = ""
