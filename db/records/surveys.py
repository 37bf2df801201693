"""Questionnaires, their snapshot for one event, and the responses."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

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
    Title,
)
from db.record import data_field, one_of, optional_field, record, text_field


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

    code: str = data_field("設問の番号")
    title: str = data_field("設問文")
    type: QuestionType = data_field("種類")
    options: tuple[str, ...] = data_field("選択肢", default=())
    max_select: int | None = optional_field("選べる数")
    has_other: bool = data_field("その他の記入", default=False)
    exclusive_option: str | None = optional_field("ほかと一緒に選べない選択肢")
    positive: tuple[str, ...] = data_field("足して数える選択肢", default=())
    role: QuestionRole | None = optional_field("集計での役割")
    personal: bool = data_field("個人情報あり", default=False)
    note: str = data_field("説明", default="")
    asked_of: str = data_field("聞く相手", default="")
    asked_of_options: tuple[str, ...] = data_field("聞く相手の選択", default=())
    scale: bool = data_field("段階", default=False)
    unit: str = data_field("単位", default="")
    lines: int = data_field("書く行数", default=4)

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
    questions: tuple[Question, ...] = data_field("設問", erasing="free", default=())
    fiscal_year: int | None = optional_field("年度")
    agreed_on: AgreedOn = None
    agreed_with: str = text_field("協議の相手", "staff")
    archived: bool = data_field("使わない", default=False)
    note: Note = ""


@record
class Settlement:
    """How the ward settled one question's difference from the contractor's tally.

    ``ours`` and ``theirs`` are the numbers that differed then, by printed row: once either changes, the
    difference is open again. ``reason`` is given where it stays.
    """

    way: SettledBy = data_field("扱い")
    reason: str = data_field("理由", default="")
    by: str = data_field("行った人")
    on: Day
    ours: dict[str, int] = data_field("区の数", default_factory=dict)
    theirs: dict[str, int] = data_field("受託者の数", default_factory=dict)


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
    questions: tuple[Question, ...] = data_field("設問", erasing="free", default=())
    agreed_on: AgreedOn = None
    fixed_on: date | None = optional_field("設問を決定した日")
    online_url: str = text_field("オンライン回答の場所", "free")
    online_close: date | None = optional_field("オンライン締切")
    distributed: int | None = optional_field("配布数")
    counted_by: str = data_field("集計した者", erasing="staff", default="受託者")
    counted_on: date | None = optional_field("集計日")
    purpose: str = text_field("入力の目的", "free")
    frozen_at: datetime | None = optional_field("集計を確定した日時")
    frozen_by: str = text_field("集計を確定した人", "staff")
    freeze_note: str = text_field("確定の覚え", "free")
    contractor_counts: dict[str, dict[str, int]] = data_field("受託者の集計", erasing="word", default_factory=dict)
    checked_by: CheckedBy = ""
    checked_on: CheckedOn = None
    questionnaire_id: Key | None = None
    large_copies: int = data_field("拡大版の部数", default=0)
    settlements: dict[str, Settlement] = data_field("受託者との差の扱い", erasing="word", default_factory=dict)
    uncompared: str = text_field("照合せず確定した理由", "word")
    papers_received: int | None = optional_field("用紙の枚数")


@record
class Answer:
    """The answer to one question in one response (chosen options and written text, both may be empty)."""

    chosen: tuple[str, ...] = data_field("選んだもの", default=())
    other: str = data_field("その他", default="")
    out_of_list: tuple[str, ...] = data_field("選択肢にないもの", default=())
    text: str = data_field("記入", default="")


@record
class SurveyResponse:
    """One response; ``row_key`` is the keyed hash of the raw row (online) or empty (paper).

    ``respondent_key`` is a keyed hash that only serves to detect a re-submission. ``counted`` False means a
    person decided not to count it, with ``decision`` as the reason. ``typed_by`` is who entered a paper response.
    """

    id: Key = 0
    survey_id: Key
    import_id: Key | None = None
    source: ResponseSource = data_field("出どころ")
    number: int | None = optional_field("用紙の番号", names_row=True)
    answered_at: datetime | None = optional_field("回答日時")
    row_key: PersonalKey = ""
    respondent_key: PersonalKey = ""
    answers: dict[str, Answer] = data_field("回答", erasing="free", default_factory=dict)
    extra: dict[str, str] = data_field("そのほかの欄", erasing="free", default_factory=dict)
    problems: tuple[str, ...] = data_field("気になる点", erasing="free", default=())
    counted: bool = data_field("集計に入れる", default=True)
    decision: str = text_field("判断の理由", "free")
    typed_by: str = text_field("入力した人", "staff")


@record
class SurveyImport:
    """One import of an online file with its results.

    ``reading`` says how its answers were parsed: 0 by the old method and never compared since, else whole
    (``READ_WHOLE``).
    """

    id: Key = 0
    survey_id: Key
    file_name: str = data_field("ファイル名", names_row=True, erasing="file")
    sha256: Checksum
    at: RecordedAt
    by: RecordedBy
    new: int = data_field("新規")
    duplicate: int = data_field("重複")
    needs_check: int = data_field("確認が必要")
    skipped: int = data_field("取り込まない")
    dropped_columns: tuple[str, ...] = data_field("取り込まなかった列", erasing="word", default=())
    reason: Reason = ""
    reading: int = data_field("読み方", default=0)


@record
class SecondEntry:
    """One paper response entered a second time by another person; ``settled_at`` = differences decided.

    ``answers`` is the second entry, ``first_answers`` the response as it was then; the decisions are in the
    response itself, which is what counts.
    """

    id: Key = 0
    sheet_id: Key
    answers: dict[str, Answer] = data_field("回答", erasing="free", default_factory=dict)
    by: RecordedBy
    at: RecordedAt
    settled_at: datetime | None = optional_field("確かめた日時")
    settled_by: ConfirmedBy = ""
    first_answers: dict[str, Answer] = data_field("1回目の回答", erasing="free", default_factory=dict)


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
    second: bool = data_field("2回目", default=False)
    sheet_id: Key = 0
    answers: dict[str, Answer] = data_field("回答", erasing="free", default_factory=dict)
    answered: tuple[str, ...] = data_field("答えた設問", erasing="word", default=())
    place: int = data_field("設問の位置", default=0)
    typist: str = text_field("2回目を打つ人", "staff")
    by: RecordedBy
    at: RecordedAt


@record
class CommentTheme:
    """A theme under which free texts of one question are grouped by hand."""

    id: Key = 0
    survey_id: Key
    question_code: str = data_field("設問", erasing="free")
    position: Position
    name: Name


@record
class CommentMark:
    """The theme of one free text, whether it is quoted, and the words quoted (edited or not)."""

    id: Key = 0
    survey_id: Key
    sheet_id: Key
    question_code: str = data_field("設問", erasing="free")
    theme_id: Key | None = None
    quoted: bool = data_field("引用する", default=True)
    quote: str = text_field("引用する文", "free")


@record
class EarlierQuestion:
    """One question of an earlier year as reported, with people by printed row (無回答 included).

    ``base`` is n of that question (all responses, or those who were asked); ``type`` is SA or MA.
    """

    code: str = data_field("設問の番号")
    title: str = data_field("設問の文")
    type: QuestionType = data_field("種類", default=QuestionType.ONE)
    base: int = data_field("回答者数")
    counts: dict[str, int] = data_field("選択肢ごとの数", default_factory=dict)


@record
class EarlierCounts:
    """The totals of an earlier year, typed or imported; they belong to no questionnaire of this year.

    ``events`` is how many 回 they sum up (None = unknown), ``sheets`` how many responses there were, ``source``
    where the numbers come from (「令和7年度 実施報告書」).
    """

    id: Key = 0
    fiscal_year: int = data_field("年度", names_row=True)
    kind: KindWord
    events: int | None = optional_field("回数")
    sheets: int = data_field("回収数")
    questions: tuple[EarlierQuestion, ...] = data_field("設問", erasing="free", default=())
    source: Origin = ""
    note: Note = ""
