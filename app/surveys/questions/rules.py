"""Rules on the questions of a survey: editing, checking, comparing versions, and counting answers.

The code of a question stays its own through every edit. A check finds what is missing, would not count, or could tell
who answered. Versions can be compared where a question is the same or only reworded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from string import ascii_lowercase
from typing import Literal, Protocol

from db.digits import narrow_number
from db.record import frozen, record
from db.records.surveys import Answer, EventSurvey, Question, Questionnaire, QuestionRole, QuestionType


def agreement_day(survey: EventSurvey, master: Questionnaire | None) -> date | None:
    """Return the day of the 協議, of the survey or else of its unchanged ``master``; None = none."""
    if survey.agreed_on is not None or master is None or master.questions != survey.questions:
        return survey.agreed_on
    return master.agreed_on


NEW_CODE = "*"
"""The prefix of the temporary name of a question without a code."""
COPY_SIGN = "（複製）"


def new_code(now: datetime, used_codes: Collection[str]) -> str:
    """Return a code that no question ever had, from the current time, with a letter for several at once.

    A running number would be reused after the last question was deleted, and answers of two different questions
    would then be compared as one. Not 「q…」, which looks like the number of a question.
    """
    stem = f"s{now:%y%m%d%H%M%S}"
    endings: list[str] = ["", *ascii_lowercase, *(f"{a}{b}" for a in ascii_lowercase for b in ascii_lowercase)]
    codes = (stem + ending for ending in endings)
    return next(code for code in codes if code not in used_codes)


def assign_codes(questions: Iterable[Question], *, now: datetime, used_codes: Collection[str]) -> tuple[Question, ...]:
    """Return the questions with codes for new ones; all others are unchanged.

    A question is new when it has no code, or one that begins with ``NEW_CODE``: such a name lets a branch of the
    same set refer to it, and is replaced there too.
    """
    questions = tuple(questions)
    used = {*used_codes, *(question.code for question in questions)}
    names = {}
    found = []
    for question in questions:
        code = question.code
        if not code or code.startswith(NEW_CODE):
            code = new_code(now, used)
            used.add(code)
            if question.code:
                names[question.code] = code
        found.append(replace(question, code=code))
    return tuple(replace(question, asked_of=names.get(question.asked_of, question.asked_of)) for question in found)


def reused_code(
    before: Sequence[Question], after: Sequence[Question], elsewhere: Mapping[str, Sequence[Question]]
) -> Question | None:
    """Return the first question of ``after`` whose code belongs to another question, or None.

    Args:
        before: the earlier questions of the same set, which keep their codes, however they are reworded.
        elsewhere: by code, the questions of every other set and event. One of the same kind of answer that shares
            its title or its options is the same question, copied; anything else is another one.
    """
    own = {question.code for question in before}
    for question in after:
        others = elsewhere.get(question.code, ())
        if question.code not in own and others and not any(_is_same_question(question, other) for other in others):
            return question
    return None


def _is_same_question(question: Question, other: Question) -> bool:
    """Return whether two versions hold the same question: equal type, and equal title or options."""
    if question.type != other.type:
        return False
    shares_options = bool(question.options) and set(question.options) == set(other.options)
    return question.title == other.title or shares_options


def renamed_options(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """Return how options were reworded in place, from old to new text, unchanged ones included.

    Of lists of different lengths only options in both are the same.
    """
    if len(before) == len(after):
        moved = set(before) & set(after)
        # A text that only changed its place was moved, not reworded.
        return {
            old: old if old in moved else new
            for old, new in zip(before, after, strict=True)
            if old in moved or new not in moved
        }
    return {old: old for old in before if old in after}


def replace_question(questions: Sequence[Question], edited: Question) -> tuple[Question, ...]:
    """Return ``questions`` with ``edited`` in place of the question of its code; unchanged if there is none.

    Branches that depend on it follow its reworded options.
    """
    old = next((question for question in questions if question.code == edited.code), None)
    names = renamed_options(old.options, edited.options) if old is not None else {}

    def follow(question: Question) -> Question:
        """Return a question with its branch following the changed one."""
        if question.code == edited.code:
            return edited
        if question.asked_of != edited.code:
            return question
        kept = tuple(names.get(option, option) for option in question.asked_of_options)
        return replace(question, asked_of_options=kept)

    return tuple(follow(question) for question in questions)


def move_question(questions: Sequence[Question], code: str, place: int) -> tuple[Question, ...]:
    """Return ``questions`` with the one of ``code``, which must exist, moved to ``place`` (from 0)."""
    order = list(questions)
    at = next(number for number, question in enumerate(order) if question.code == code)
    order.insert(max(0, place), order.pop(at))
    return tuple(order)


def duplicate_question(questions: Sequence[Question], code: str) -> tuple[Question, ...]:
    """Return ``questions`` with a copy right behind the one of ``code``, which must exist; the copy has no code yet.

    Its title ends with 「（複製）」. It has no part in 満足計 or 肯定計: a sum belongs to one question.
    """
    order = list(questions)
    at = next(number for number, question in enumerate(order) if question.code == code)
    copy = replace(order[at], code="", title=order[at].title + COPY_SIGN, positive=(), role=None)
    order.insert(at + 1, copy)
    return tuple(order)


def remove_question(questions: Sequence[Question], code: str) -> tuple[Question, ...]:
    """Return ``questions`` without the one of ``code``."""
    return tuple(question for question in questions if question.code != code)


OTHER = "その他"
TYPE_WORDS: Mapping[QuestionType | None, str] = {
    QuestionType.ONE: "単一回答",
    QuestionType.SEVERAL: "複数回答",
    QuestionType.TEXT: "自由記述",
    QuestionType.NUMBER: "数値",
}
SUM_LABELS: Mapping[QuestionRole | None, str] = {
    QuestionRole.SATISFACTION: "満足計",
    QuestionRole.UNDERSTANDING: "肯定計",
    QuestionRole.INTENT: "肯定計",
}

_OTHER_OPTION = re.compile(rf"{OTHER}(?:[（(：:　 ].*)?")
_NUMBERED = re.compile(r"\s*(?:Q|Ｑ|問|設問)\s*([0-9０-９]+)(?:[.．、：:\s　]+|$)", re.IGNORECASE)
_NUMBER = re.compile(r"(-?\d{1,15}(?:\.\d+)?)\s*(?:人|名|回|件|台|分|時間|歳|年|点|%|円|世帯)?")


def other_option_of(question: Question) -> str:
    """Return the option with a written text, a listed その他 or その他（…）, else その他 itself.

    An option such as 「その他の役員」 is an ordinary one.
    """
    return next((option for option in question.options if _OTHER_OPTION.fullmatch(option)), OTHER)


def options_without_other(question: Question) -> tuple[str, ...]:
    """Return the options in the paper's order; without その他 if the question has a field for its text."""
    if not question.has_other:
        return question.options
    named = other_option_of(question)
    return tuple(option for option in question.options if option != named)


def sum_label_of(question: Question) -> str:
    """Return the label of the sum of positive options (満足計, 肯定計), or "" without a sum."""
    if not question.positive:
        return ""
    return SUM_LABELS.get(question.role, "肯定計")


def printed_number(question: Question, position: int) -> str:
    """Return 「問3」, from the number that begins the title (「問3　…」) or is the code (「Q3」), else ``position``.

    ``position`` is the place in the questionnaire from 1.
    """
    match = _NUMBERED.match(question.title) or _NUMBERED.fullmatch(question.code)
    return f"問{match.group(1) if match else position}"


def printed_title(question: Question) -> str:
    """Return the title without a number at its start (「問3　満足度」 → 「満足度」); it is printed before it anyway."""
    return _NUMBERED.sub("", question.title, count=1) or question.title


def parse_number(text: str) -> str:
    """Return the number in ``text`` ("１２人" → "12"), or "" when it is not exactly one number."""
    match = _NUMBER.fullmatch(narrow_number(text))
    return match.group(1) if match else ""


VersionChange = Literal["同じ", "文だけ変更", "選択肢を変更", "聞き方を変更", "新設", "廃止"]
COMPARABLE: tuple[VersionChange, ...] = ("同じ", "文だけ変更")


@record
class ComparedVersion:
    """One question over two versions, with its place in each from 1, 0 = not asked (``old`` or ``new`` is None).

    ``differences`` are whole phrases (「選択肢「会員」がなくなった」); a question that is 同じ can have that of another
    order of options, 新設 and 廃止 have none.
    """

    code: str
    change: VersionChange
    old: Question | None
    new: Question | None
    old_place: int
    new_place: int
    differences: tuple[str, ...] = ()

    @property
    def is_comparable(self) -> bool:
        """Return whether the answers of both versions may be compared."""
        return self.change in COMPARABLE


def compare_versions(old: Sequence[Question], new: Sequence[Question]) -> tuple[ComparedVersion, ...]:
    """Return each question compared in two versions, in the order of the new one, dropped questions last.

    A question is the same by its code. Free text and numbers are comparable under the same conditions as options:
    the same kind of answer, of the same people.
    """
    before = {question.code: (place, question) for place, question in enumerate(old, 1)}
    rows = []
    for place, question in enumerate(new, 1):
        old_place, earlier = before.get(question.code, (0, None))
        standing, differences = _judge_change(earlier, question)
        rows.append(
            ComparedVersion(
                code=question.code,
                change=standing,
                old=earlier,
                new=question,
                old_place=old_place,
                new_place=place,
                differences=differences,
            )
        )
    codes = {question.code for question in new}
    rows += [
        ComparedVersion(code=code, change="廃止", old=question, new=None, old_place=place, new_place=0)
        for code, (place, question) in before.items()
        if code not in codes
    ]
    return tuple(rows)


def _judge_change(old: Question | None, new: Question) -> tuple[VersionChange, tuple[str, ...]]:
    """Return how a question has changed (新設 without an old one), and its differences in words."""
    if old is None:
        return "新設", ()
    asked = _asking_differences(old, new)
    options = _option_differences(old, new)
    words: tuple[str, ...] = ()
    if printed_title(old) != printed_title(new):
        words = (f"設問文「{printed_title(old)}」→「{printed_title(new)}」",)
    if old.note != new.note:
        words += (f"説明「{old.note or 'なし'}」→「{new.note or 'なし'}」",)
    if asked:
        return "聞き方を変更", (*asked, *options, *words)
    if options:
        return "選択肢を変更", (*options, *words)
    order = ("選択肢の順が変わった",) if old.options != new.options and old.type.has_options else ()
    if words:
        return "文だけ変更", (*words, *order)
    return "同じ", order


def _asking_differences(old: Question, new: Question) -> tuple[str, ...]:
    """Return phrases on what differs in the way of asking: type, limit, unit, who is asked."""
    found = []
    if old.type != new.type:
        found.append(f"{TYPE_WORDS[old.type]}→{TYPE_WORDS[new.type]}")
    elif old.max_select != new.max_select and new.type.takes_several:
        found.append(f"{_version_limit(old)}→{_version_limit(new)}")
    if new.type.is_number and old.unit != new.unit:
        found.append(f"単位「{old.unit or 'なし'}」→「{new.unit or 'なし'}」")
    if (old.asked_of, set(old.asked_of_options)) != (new.asked_of, set(new.asked_of_options)):
        found.append(f"聞く相手　{_branch_words(old)}→{_branch_words(new)}")
    return tuple(found)


def _option_differences(old: Question, new: Question) -> tuple[str, ...]:
    """Return a phrase for each option that was removed or added."""
    had, has = _counted_rows(old), _counted_rows(new)
    gone = [f"選択肢「{option}」がなくなった" for option in had if option not in has]
    come = [f"選択肢「{option}」が加わった" for option in has if option not in had]
    return (*gone, *come)


def _counted_rows(question: Question) -> tuple[str, ...]:
    """Return the counted rows as the comparison of totals has them, その他 by its own name; () without options."""
    if not question.type.has_options:
        return ()
    return (*options_without_other(question), *((other_option_of(question),) if question.has_other else ()))


def _version_limit(question: Question) -> str:
    return f"{question.max_select}つまで" if question.max_select else "いくつでも"


def _branch_words(question: Question) -> str:
    return "、".join(f"「{option}」の方" for option in question.asked_of_options) if question.asked_of else "全員"


MORE_THAN_ONE = "2つ以上を選んだ回答"
NO_ANSWER = "無回答"
OUTSIDE = "選択肢にない回答"
_ONE_PLACE = Decimal("0.1")
TALLY_REPORT, CROSS_REPORT = "アンケート集計表", "クロス集計表"
"""The documents that print a tally."""
REFERENCE_BASE = 30
"""Below this many responses every percentage is marked 参考値 (domain §4)."""
NOT_RECORDED = "記録なし"
_CONTRACTOR = "受託者"
COUNTED_BY_WARD = "区（代行）"


def who_counted(survey: EventSurvey) -> str:
    """Return who counted (受託者 …), or 記録なし; 受託者 only once its numbers exist or a day was recorded.

    Totals that the ward fixed without them are the ward's own.
    """
    known = survey.counted_by != _CONTRACTOR or survey.contractor_counts or survey.counted_on is not None
    return survey.counted_by if known else "区" if survey.frozen_at else NOT_RECORDED


RowKind = Literal["option", "other", "exclusive", "none", "outside"]


@record
class AnswerRows:
    """One answer to an SA or MA question, as listed options, その他, and unlisted texts.

    ``is_outside`` = the person counts in the row 選択肢にない回答; ``unlisted`` are the texts themselves.
    """

    options: tuple[str, ...] = ()
    has_other: bool = False
    unlisted: tuple[str, ...] = ()
    is_outside: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was answered (無回答)."""
        return not (self.options or self.has_other or self.unlisted)


def answer_rows(question: Question, answer: Answer) -> AnswerRows:
    """Return the rows of ``answer`` (domain §4).

    A single answer with two choices belongs to no option: counting both would exceed n. An answer outside the
    list is a row of its own, never 無回答.
    """
    named = other_option_of(question) if question.has_other else ""
    known = [option for option in question.options if option in answer.chosen and option != named]
    strange = [text for text in answer.chosen if text not in question.options and text != named]
    strange += answer.out_of_list
    other = question.has_other and bool(answer.other or named in answer.chosen)
    if not question.has_other and answer.other:
        strange.append(answer.other)
    if question.type.takes_one and len(known) + other > 1:
        known, other, strange = [], False, [MORE_THAN_ONE]
    outside = bool(strange) if question.type.takes_several else bool(strange) and not known and not other
    return AnswerRows(options=tuple(known), has_other=other, unlisted=tuple(strange), is_outside=outside)


def row_names(question: Question, answer: Answer) -> tuple[str, ...]:
    """Return the names of all rows that count ``answer``, in the questionnaire's order; never empty."""
    rows = answer_rows(question, answer)
    names = list(rows.options)
    if rows.has_other:
        names.append(other_option_of(question))
    if rows.is_outside:
        names.append(OUTSIDE)
    return tuple(names) or (NO_ANSWER,)


def was_asked(question: Question, answers: Mapping[str, Answer], questions: Sequence[Question] = ()) -> bool:
    """Return whether the branch of ``question`` applies to this response; always without a branch.

    ``questions`` is the whole questionnaire: with it somebody who was not asked the earlier question is not asked
    this one either, and その他 of the earlier question counts also when only its text was written.
    """
    by_code = {one.code: one for one in questions}
    seen = set()
    while question.asked_of and question.code not in seen:
        seen.add(question.code)
        answer = answers.get(question.asked_of, Answer())
        parent = by_code.get(question.asked_of)
        if parent is None:
            return any(option in question.asked_of_options for option in answer.chosen)
        if not set(question.asked_of_options) & set(row_names(parent, answer)):
            return False
        question = parent
    return True


def percent(people: int, base: int) -> str:
    """Return ``people`` of ``base`` in per cent with one decimal ("31.3"), "0.0" for an empty base."""
    if base <= 0:
        return "0.0"
    return one_decimal(Decimal(100 * people) / Decimal(base))


def one_decimal(value: Decimal) -> str:
    """Return a number rounded half up to one decimal, as text."""
    return str(value.quantize(_ONE_PLACE, rounding=ROUND_HALF_UP))


_HAS_ANSWERS = "回答が入っているため、"
_WORDING = "設問文と、満足計などに数える選択肢は直せます。"
_MIDDLE = re.compile(r"どちら(?:とも|でも)|ちょうど|ふつう|普通|中くらい|変わらない|同じくらい|適当|適切")
_NOT_ON_SCALE = re.compile(
    r"わからない|分からない|該当|あてはまらない|参加していない|使っていない|その他|特になし|答えたくない"
)
_STEP = re.compile(r"^(?:とても|たいへん|大変|非常に|よく|だいたい|やや|少し|あまり|まったく|全く|十分に?)")
_MIN_STEPS = 3
Weight = Literal["注意", "参考"]
MAX_OPTION_LENGTH = 26
"""Characters of an option that fit on one line of the sheet in 14 pt."""
MAX_TITLE_LENGTH = 60
MAX_OPTIONS = 15
MAX_QUESTIONS = 12
_POSITION = re.compile(r"役割|役職|立場")
_AGE = re.compile(r"年代|年齢|何歳")
_PERSONAL = re.compile(
    r"氏名|(?:お|ご)?名前(?!の|は書)|ふりがな|フリガナ|電話番号|携帯番号|連絡先|住所|メールアドレス|生年月日|"
    r"誕生日|会員番号|受付番号|名札"
)
_ORGANISATION_NAME = re.compile(
    r"(?:団体|町会|自治会|町会・自治会|所属)(?:の)?名(?:称|前)?(?!物)|支部(?:名|は|を|の名)|お住まいの(?:町|地)"
)
_SEX = re.compile(r"性別")
_DISPATCH_REQUEST = re.compile(r"派遣.{0,8}(?:希望|申込|申し込)")
_PERSON = re.compile(r"[一-龥々ヶァ-ヴー]{2,6}\s?(?:さん|氏|先生|様)")
_NOT_A_PERSON = re.compile(
    r"(?:皆|みな|お子|お客|団体|町会|事務局|奥|娘|息子|皆々|参加者|担当者|業者|講師)\s?(?:さん|様|先生)$"
)
_LIMIT_IN_WORDS = re.compile(r"([0-9０-９一二三四五]{1,9})\s?つまで")
_ANY = re.compile(r"いくつでも|すべて選|全て選|複数回答")
_DIGITS = str.maketrans("０１２３４５６７８９一二三四五", "012345678912345")
MAX_QR_BYTES = 151
"""Bytes of a QR code with 57 modules at level Q; beyond, a module of a 23 mm code is below 0.4 mm."""
MAX_ADDRESS_BYTES = 600
"""Beyond this no code of that size is readable, whatever its level."""
_START = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_EDITING = re.compile(
    r"/edit(?:[?#]|$)|/designpage|/viewanalytics|/analysis|#responses|/responses(?:[?#]|$)", re.IGNORECASE
)
_FILLED_IN = re.compile(r"[?&](?:entry\.\d+|usp=pp_url|prefill)", re.IGNORECASE)


@frozen
class QuestionFault:
    """What is wrong, and what to do about it, in whole sentences."""

    happened: str
    todo: str


def first_question_fault(questions: Sequence[Question]) -> QuestionFault | None:
    """Return the first error that prevents ``questions`` from being stored, or None.

    Doubled codes, empty titles, options, limits and branches are checked; a missing code is no error.
    """
    codes = [question.code for question in questions if question.code]
    if len(set(codes)) != len(codes):
        return QuestionFault("同じ番号の設問が2つあります。", "番号を変えてください。")
    for place, question in enumerate(questions, 1):
        fault = _fault(place, question, questions[: place - 1])
        if fault is not None:
            return fault
    return None


def wording_fault(before: Sequence[Question], after: Sequence[Question]) -> QuestionFault | None:
    """Return what in ``after`` changes more than wording, once answers exist; None when only wording.

    Wording is title and note; which options are summed (``positive``, ``role``) may change as well.
    """
    if [question.code for question in before] != [question.code for question in after]:
        return QuestionFault(f"{_HAS_ANSWERS}設問の追加、削除、並べ替えはできません。", _WORDING)
    for place, (old, new) in enumerate(zip(before, after, strict=True), 1):
        if replace(new, title=old.title, note=old.note, positive=old.positive, role=old.role) != old:
            return QuestionFault(f"{_HAS_ANSWERS}問{place}の種類と選択肢は変えられません。", _WORDING)
    return None


def _fault(place: int, question: Question, earlier: Sequence[Question]) -> QuestionFault | None:
    """Return the first fault for which the question at ``place`` (from 1) cannot be stored, None without one.

    ``earlier`` are the questions before it, to which its branch may refer.
    """
    if not question.title.strip():
        return QuestionFault(f"問{place}の設問文が空です。", "設問文を書いてください。")
    if question.type.has_options:
        fault = _options_fault(place, question)
        if fault is not None:
            return fault
    if question.type.takes_several and question.max_select is not None and question.max_select < 1:
        return QuestionFault(f"問{place}の選べる数が0になっています。", "1以上の数にするか、上限を空にしてください。")
    return _branch_fault(place, question, earlier) if question.asked_of else None


def _options_fault(place: int, question: Question) -> QuestionFault | None:
    """Return why the options of a question cannot be used, None where they can.

    Fewer than two, an empty one, one twice, or a positive or exclusive one that is not among them.
    """
    options = question.options
    if len(options) < 2:
        return QuestionFault(f"問{place}の選択肢が足りません。", "2つ以上の選択肢を書いてください。")
    if any(not option.strip() for option in options):
        return QuestionFault(f"問{place}に空の選択肢があります。", "選択肢を書くか、その行を消してください。")
    twice = next((option for option in options if options.count(option) > 1), "")
    if twice:
        return QuestionFault(
            f"問{place}に選択肢「{twice}」が2つあります。", "どちらかを消すか、言い方を変えてください。"
        )
    named = [*question.positive, *([question.exclusive_option] if question.exclusive_option else [])]
    missing = next((option for option in named if option not in options), "")
    if missing:
        return QuestionFault(f"問{place}の「{missing}」が選択肢にありません。", "選択肢を確かめてください。")
    return None


def _branch_fault(place: int, question: Question, earlier: Sequence[Question]) -> QuestionFault | None:
    """Return the first fault of a branch; None if it refers to options of an earlier question."""
    asked = next((one for one in earlier if one.code == question.asked_of), None)
    todo = "「聞く相手」で選び直すか、全員に聞く設問にしてください。"
    if asked is None:
        return QuestionFault(f"問{place}は、前にない設問の答えで聞く相手を決めています。", f"並べ直すか、{todo}")
    if not asked.type.has_options:
        return QuestionFault(f"問{place}の聞く相手を決める設問に、選択肢がありません。", todo)
    if not question.asked_of_options:
        return QuestionFault(f"問{place}の聞く相手が選ばれていません。", todo)
    gone = next((option for option in question.asked_of_options if option not in asked.options), "")
    if gone:
        return QuestionFault(f"問{place}の聞く相手「{gone}」が、前の設問の選択肢にありません。", todo)
    return None


def is_scale(question: Question) -> bool:
    """Return whether the options of an SA are steps of a scale: declared, with a role, or worded like steps."""
    if not question.type.takes_one:
        return False
    if question.scale or question.role:
        return True
    steps = scale_steps(question)
    worded = sum(bool(_STEP.match(step)) for step in steps)
    return len(steps) >= _MIN_STEPS and (worded >= 2 or (worded >= 1 and any(map(_MIDDLE.search, steps))))


def scale_steps(question: Question) -> tuple[str, ...]:
    """Return the options that are steps, without わからない, その他 and the like."""
    return tuple(option for option in question.options if not _NOT_ON_SCALE.search(option))


def scale_finding(question: Question) -> str:
    """Return how the sides of a scale differ (「は、「ふつう」の前が2段階、後が1段階です。」), or "".

    The middle is the step worded so (どちらともいえない); without one, the positive options must be half of an
    even number of steps, or leave as many on the other side.
    """
    if not is_scale(question):
        return ""
    steps = scale_steps(question)
    if len(steps) < _MIN_STEPS:
        return ""
    middle = next((place for place, step in enumerate(steps) if _MIDDLE.search(step)), None)
    if middle is not None:
        before, after = middle, len(steps) - 1 - middle
        return "" if before == after else f"は、「{steps[middle]}」の前が{before}段階、後が{after}段階です。"
    positive = sum(step in question.positive for step in steps)
    if not positive:
        return ""
    other = len(steps) - positive
    # An odd number of steps has one in the middle that belongs to neither side.
    other -= len(steps) % 2 if positive < other else 0
    return "" if positive == other else f"は、足す選択肢が{positive}段階、反対の側が{other}段階です。"


@record
class QuestionFinding:
    """One finding, with the question's code (empty = the whole set), what it is, and why it matters.

    注意 spoils an answer or identifies its author; 参考 is worth a second look.
    """

    code: str
    weight: Weight
    text: str
    why: str


class _AddFinding(Protocol):
    """Records a finding about one question; the type of the callable that the checks are given."""

    def __call__(self, text: str, why: str, weight: Weight = "注意") -> QuestionFinding: ...


def check_questions(questions: Sequence[Question], *, people: int | None) -> tuple[QuestionFinding, ...]:
    """Return findings on ``questions``, first on the whole set, then in the order of the paper.

    Args:
        people: how many are expected to answer; None = unknown (a master: 10 to 20 as in the 仕様書).
    """
    numbers = {question.code: f"問{place}" for place, question in enumerate(questions, 1)}
    found = [*_identifying_pair(questions, numbers, people), *_sum_findings(questions, numbers)]
    if len(questions) > MAX_QUESTIONS:
        found.append(
            QuestionFinding(
                code="",
                weight="参考",
                text=f"設問が{len(questions)}問あります。",
                why="10問くらいまでなら、両面1枚に収まり、5分ほどで書き終えられます。",
            )
        )
    for question in questions:
        found += _question_findings(question, numbers[question.code])
    return tuple(found)


def overflow_finding(numbers: Sequence[str]) -> QuestionFinding:
    """Return the finding that questions do not fit on the two pages of one sheet."""
    return QuestionFinding(
        code="",
        weight="注意",
        text=f"{'、'.join(numbers)}が、両面1枚に入りません。",
        why="設問か選択肢を減らすか、自由記述の行を減らしてください。印刷は2枚目にわたります。",
    )


def personal_words_finding(question: Question, number: str, flags: Sequence[str]) -> QuestionFinding:
    """Return the finding that a question contains what identifies people; ``flags`` say what (a name, 電話番号 …)."""
    return QuestionFinding(
        code=question.code,
        weight="注意",
        text=f"{number}の文に、{'、'.join(flags)}があります。",
        why="用紙とフォームは多くの人の目に触れます。個人が分かる語を、役割や場面の名に替えてください。",
    )


def printed_words(question: Question) -> str:
    """Return title, note, options and unit of a question, one below the other, to search them."""
    return "\n".join((question.title, question.note, *question.options, question.unit))


def _identifying_pair(
    questions: Sequence[Question], numbers: dict[str, str], people: int | None
) -> Iterable[QuestionFinding]:
    """Yield a finding where 役割 and 年代 together identify people (domain §8(4)).

    Not when 30 people or more are expected; ``people`` None = unknown.
    """
    if people is not None and people >= REFERENCE_BASE:
        return
    asked = [one for one in questions if one.type.has_options]
    positions = [one for one in asked if _POSITION.search(one.title)]
    ages = [one for one in asked if _AGE.search(one.title)]
    if positions and ages:
        few = f"回答する人は{people}人の見込みです。" if people else "1回に回答する人は多くありません。"
        yield QuestionFinding(
            code=ages[0].code,
            weight="注意",
            text=f"{numbers[positions[0].code]}で役割を、{numbers[ages[0].code]}で年代を聞いています。",
            why=f"{few}役割と年代を組み合わせると1人に絞られ、無記名の回答が誰のものか分かります。"
            f"どちらか一方にしてください。",
        )


def _sum_findings(questions: Sequence[Question], numbers: dict[str, str]) -> Iterable[QuestionFinding]:
    """Yield a finding when several questions have the role of satisfaction, or when none asks for it."""
    satisfied = [one for one in questions if one.asks_satisfaction]
    if len(satisfied) > 1:
        named = "と".join(numbers[one.code] for one in satisfied)
        yield QuestionFinding(
            code=satisfied[1].code,
            weight="注意",
            text=f"{named}が、どちらも満足度の設問になっています。",
            why="実施報告書と年度の比較に出す満足計は1つです。全体の満足度だけを「満足計」にしてください。",
        )
    if questions and not satisfied and not any("満足" in one.title for one in questions):
        yield QuestionFinding(
            code="",
            weight="参考",
            text="満足度を聞く設問がありません。",
            why="実施報告書の満足計が空になり、前の年と比べられません。",
        )


def _question_findings(question: Question, number: str) -> Iterable[QuestionFinding]:
    """Yield the findings about one question, each beginning with its number."""

    def say(text: str, why: str, weight: Weight = "注意") -> QuestionFinding:
        """Return a finding about this question, which begins with its number."""
        return QuestionFinding(code=question.code, weight=weight, text=f"{number}{text}", why=why)

    yield from _person(question, say)
    if len(question.title) > MAX_TITLE_LENGTH:
        yield say(
            f"の設問文が{len(question.title)}字あります。", "1つの文で1つのことを聞くと、迷わず答えられます。", "参考"
        )
    if not question.type.has_options:
        return
    if question.type.takes_several:
        yield from _limit(question, say)
    yield from _positive(question, say)
    found = scale_finding(question)
    if found:
        yield say(found, "片側の段階が多いと、答えがそちらへ寄って見えます。両側を同じ数にしてください。")
    yield from _options(question, say)


def asks_who(question: Question) -> bool:
    """Return whether a question asks who answers, the person or the 団体."""
    return question.personal or any(one.search(question.title) for one in (_PERSONAL, _ORGANISATION_NAME))


def _person(question: Question, add_finding: _AddFinding) -> Iterable[QuestionFinding]:
    """Yield findings about a question by which people could be identified: one on what it asks, one on a name in it."""
    title = question.title
    if question.personal or _PERSONAL.search(title):
        yield add_finding(
            "は、個人が分かることを聞いています。", "無記名の用紙です。必要なときは、名前を書く別の用紙にしてください。"
        )
    elif _DISPATCH_REQUEST.search(title):
        yield add_finding(
            "は、派遣の希望を聞いています。",
            "希望には団体名が要ります。名前を書く別の用紙にして、無記名のこの用紙から外してください。",
        )
    elif _ORGANISATION_NAME.search(title) or _SEX.search(title):
        what = "性別" if _SEX.search(title) else "団体や支部"
        yield add_finding(
            f"は、{what}を聞いています。",
            "人数が少ないため、ほかの設問と組み合わせると1人に絞られます。なくても困らないときは外してください。",
        )
    for text in (question.title, question.note, *question.options):
        named = _PERSON.search(text)
        if named and not _NOT_A_PERSON.search(named.group()):
            yield add_finding(
                f"に「{named.group()}」とあります。", "人の名前を出さず、「講師の説明」のように役割で書いてください。"
            )
            return


def _limit(question: Question, add_finding: _AddFinding) -> Iterable[QuestionFinding]:
    """Yield findings about how many options may be chosen: more than there are, only one, or not as the title says."""
    limit, options = question.max_select, question.options
    if limit is not None and limit > len(options):
        yield add_finding(
            f"は{limit}つまで選べますが、選択肢は{len(options)}つです。",
            "上限を選択肢の数より小さくするか、空にしてください。",
        )
    if limit == 1:
        yield add_finding("は複数回答ですが、1つまでしか選べません。", "1つだけ選ぶ設問は、単一回答にしてください。")
    told = _LIMIT_IN_WORDS.search(question.title)
    said = int(told.group(1).translate(_DIGITS)) if told else None
    if said is not None and said != limit:
        kept = f"{limit}つまで" if limit else "上限なし"
        yield add_finding(
            f"の文は「{told.group() if told else ''}」ですが、選べる数は{kept}です。", "文と上限をそろえてください。"
        )
    if limit and _ANY.search(question.title):
        yield add_finding(f"の文は「いくつでも」ですが、選べる数は{limit}つまでです。", "文と上限をそろえてください。")


def _positive(question: Question, add_finding: _AddFinding) -> Iterable[QuestionFinding]:
    """Yield a finding when an SA question on 満足, or with a role, has no options marked to be added up."""
    if question.positive or not question.type.takes_one:
        return
    if question.role or "満足" in question.title:
        yield add_finding(
            "に、足して示す選択肢が選ばれていません。",
            "満足計（肯定計）が出ません。「とても満足」「満足」のように選んでください。",
        )


def _options(question: Question, add_finding: _AddFinding) -> Iterable[QuestionFinding]:
    """Yield findings about the options: too long or many, alike but for blanks, その他 without a field.

    Also where 特になし (ない, なし, わからない) of an MA question can be chosen with others.
    """
    options = question.options
    long = [option for option in options if len(option) > MAX_OPTION_LENGTH]
    if long:
        yield add_finding(
            f"の選択肢「{long[0]}」が長すぎます（{len(long[0])}字）。",
            "用紙で2行になります。短い言い方にしてください。",
            "参考",
        )
    if len(options) > MAX_OPTIONS:
        yield add_finding(
            f"の選択肢が{len(options)}あります。", "多いと読み飛ばされます。まとめられないか確かめてください。", "参考"
        )
    folded = [re.sub(r"[\s　]", "", option) for option in options]
    twice = next((options[n] for n, text in enumerate(folded) if text in folded[:n]), "")
    if twice and options.count(twice) < 2:
        yield add_finding(
            f"に、空白だけが違う選択肢「{twice}」があります。", "数えるときに2つに分かれます。1つにしてください。"
        )
    if not question.has_other and other_option_of(question) in options:
        yield add_finding(
            f"の「{OTHER}」に、書く欄がありません。",
            "何のことか分からない回答になります。「その他」に書く欄を付けてください。",
            "参考",
        )
    nothing = next((option for option in options if option in ("特になし", "ない", "なし", "わからない")), "")
    if question.type.takes_several and nothing and question.exclusive_option is None:
        yield add_finding(
            f"の「{nothing}」を、ほかと一緒に選べます。",
            "「ほかと一緒に選べない選択肢」にすると、入力のときに気づけます。",
            "参考",
        )


def address_fault(address: str) -> str:
    """Return a sentence why ``address`` cannot be stored as that of an online form, or ""; an empty one can be."""
    address = address.strip()
    if not address:
        return ""
    if any(sign.isspace() or ord(sign) < 32 for sign in address):
        return "フォームのURLに空白や改行が入っています。ブラウザーの場所の欄から、もう一度コピーしてください。"
    if not _START.match(address):
        return "フォームのURLは https:// で始まります。ブラウザーの場所の欄から、もう一度コピーしてください。"
    if len(address.encode()) > MAX_ADDRESS_BYTES:
        return (
            f"フォームのURLが長すぎて（{len(address)}文字）、QRコードにできません。"
            f"フォームの「短いURL」を使ってください。"
        )
    return ""


def address_warnings(address: str) -> tuple[str, ...]:
    """Return sentences on doubtful signs in ``address`` before it is printed; () for an empty or unusable one."""
    address = address.strip()
    if not address or address_fault(address):
        return ()
    found = []
    odd = "".join(dict.fromkeys(sign for sign in address if not sign.isascii()))
    if odd:
        found.append(f"フォームのURLに「{odd}」があります。全角や日本語の文字が混ざっていないか確かめてください。")
    if address[-1] in "。、，．」』）)>]'\"":
        found.append(
            f"フォームのURLの終わりが「{address[-1]}」です。文から写した記号が付いていないか確かめてください。"
        )
    if _EDITING.search(address):
        found.append(
            "編集または集計の画面の場所のようです。回答する人が開く場所（「送信」で出るリンク）に替えてください。"
        )
    if _FILLED_IN.search(address):
        found.append("回答があらかじめ入った場所のようです。何も入っていない場所に替えてください。")
    if address.lower().startswith("http://"):
        found.append("http:// で始まる場所です。多くのフォームは https:// で始まります。")
    size = len(address.encode())
    if size > MAX_QR_BYTES:
        found.append(
            f"フォームのURLが長いため（{size}字分）、QRコードが細かくなり読み取りにくくなります。"
            f"{MAX_QR_BYTES}字分までの短い場所にしてください。"
        )
    return tuple(found)
