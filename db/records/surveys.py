"""Questionnaires, their snapshot for one event, and the responses."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from typing import Literal

from db.frozen_record import frozen_record

QuestionType = Literal["SA", "MA", "FA", "NUM"]
QuestionRole = Literal["satisfaction", "understanding", "intent"]


@frozen_record
class Question:
    """One question; ``code`` never changes once used, and options keep the paper's order.

    ``positive`` names the options that are summed for 満足計／肯定計; ``role`` says which. ``other_option_of`` is
    the option that carries a written text when ``has_other``. ``note`` is printed under the title. ``asked_of``
    is the code of an earlier question: only who chose one of ``asked_of_options`` there is asked; the others are
    非該当 and outside the base. ``scale``: the options are steps from one end to the other. ``unit`` follows a
    number; ``lines`` are the lines to write on for free text.
    """

    code: str
    title: str
    type: QuestionType
    options: tuple[str, ...] = ()
    max_select: int | None = None
    has_other: bool = False
    exclusive_option: str | None = None
    positive: tuple[str, ...] = ()
    role: QuestionRole | None = None
    personal: bool = False
    note: str = ""
    asked_of: str = ""
    asked_of_options: tuple[str, ...] = ()
    scale: bool = False
    unit: str = ""
    lines: int = 4


@frozen_record
class Questionnaire:
    """A master set of questions; editing it never changes an event's snapshot."""

    id: int = 0
    name: str
    kind: str
    questions: tuple[Question, ...] = ()
    fiscal_year: int | None = None
    agreed_on: date | None = None
    agreed_with: str = ""
    archived: bool = False
    note: str = ""


SettledBy = Literal["修正を依頼", "差のまま"]


@frozen_record
class Settlement:
    """How the ward settled one question's difference from the contractor's tally.

    ``ours`` and ``theirs`` are the numbers that differed then, by printed row: once either changes, the
    difference is open again. ``reason`` is given where it stays.
    """

    way: SettledBy
    reason: str = ""
    by: str
    on: date
    ours: dict[str, int] = field(default_factory=dict)
    theirs: dict[str, int] = field(default_factory=dict)


@frozen_record
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

    id: int = 0
    event_id: int
    title: str
    questions: tuple[Question, ...] = ()
    agreed_on: date | None = None
    fixed_on: date | None = None
    online_url: str = ""
    online_close: date | None = None
    distributed: int | None = None
    counted_by: str = "受託者"
    counted_on: date | None = None
    purpose: str = ""
    frozen_at: datetime | None = None
    frozen_by: str = ""
    freeze_note: str = ""
    contractor_counts: dict[str, dict[str, int]] = field(default_factory=dict)
    checked_by: str = ""
    checked_on: date | None = None
    questionnaire_id: int | None = None
    large_copies: int = 0
    settlements: dict[str, Settlement] = field(default_factory=dict)
    uncompared: str = ""
    papers_received: int | None = None


@frozen_record
class Answer:
    """The answer to one question in one response (chosen options and written text, both may be empty)."""

    chosen: tuple[str, ...] = ()
    other: str = ""
    out_of_list: tuple[str, ...] = ()
    text: str = ""


@frozen_record
class SurveyResponse:
    """One response; ``row_key`` is the keyed hash of the raw row (online) or empty (paper).

    ``respondent_key`` is a keyed hash that only serves to detect a re-submission. ``counted`` False means a
    person decided not to count it, with ``decision`` as the reason. ``typed_by`` is who entered a paper response.
    """

    id: int = 0
    survey_id: int
    import_id: int | None = None
    source: Literal["紙", "オンライン"]
    number: int | None = None
    answered_at: datetime | None = None
    row_key: str = ""
    respondent_key: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    counted: bool = True
    decision: str = ""
    typed_by: str = ""


@frozen_record
class SurveyImport:
    """One import of an online file with its results.

    ``reading`` says how its answers were parsed: 0 by the old method and never compared since, else whole
    (``READ_WHOLE``).
    """

    id: int = 0
    survey_id: int
    file_name: str
    sha256: str
    at: datetime
    by: str
    new: int
    duplicate: int
    needs_check: int
    skipped: int
    dropped_columns: tuple[str, ...] = ()
    reason: str = ""
    reading: int = 0


@frozen_record
class SecondEntry:
    """One paper response entered a second time by another person; ``settled_at`` = differences decided.

    ``answers`` is the second entry, ``first_answers`` the response as it was then; the decisions are in the
    response itself, which is what counts.
    """

    id: int = 0
    sheet_id: int
    answers: dict[str, Answer] = field(default_factory=dict)
    by: str
    at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""
    first_answers: dict[str, Answer] = field(default_factory=dict)


@frozen_record
class ResponseDraft:
    """A half-entered response, which is not counted.

    ``second`` marks the second entry by ``typist``, ``sheet_id`` the saved response being corrected (0 = a new
    one). ``answered`` are the codes of answered questions, 無回答 included; ``place`` is the current question,
    from 0.
    """

    id: int = 0
    survey_id: int
    number: int
    second: bool = False
    sheet_id: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    answered: tuple[str, ...] = ()
    place: int = 0
    typist: str = ""
    by: str
    at: datetime


@frozen_record
class CommentTheme:
    """A theme under which free texts of one question are grouped by hand."""

    id: int = 0
    survey_id: int
    question_code: str
    position: int
    name: str


@frozen_record
class CommentMark:
    """The theme of one free text, whether it is quoted, and the words quoted (edited or not)."""

    id: int = 0
    survey_id: int
    sheet_id: int
    question_code: str
    theme_id: int | None = None
    quoted: bool = True
    quote: str = ""


@frozen_record
class EarlierQuestion:
    """One question of an earlier year as reported, with people by printed row (無回答 included).

    ``base`` is n of that question (all responses, or those who were asked); ``type`` is SA or MA.
    """

    code: str
    title: str
    type: QuestionType = "SA"
    base: int
    counts: dict[str, int] = field(default_factory=dict)


@frozen_record
class EarlierCounts:
    """The totals of an earlier year, typed or imported; they belong to no questionnaire of this year.

    ``events`` is how many 回 they sum up (None = unknown), ``sheets`` how many responses there were, ``source``
    where the numbers come from (「令和7年度 実施報告書」).
    """

    id: int = 0
    fiscal_year: int
    kind: str
    events: int | None = None
    sheets: int
    questions: tuple[EarlierQuestion, ...] = ()
    source: str = ""
    note: str = ""
