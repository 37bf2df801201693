"""Looks over a set of questions and the address of its form: what must be there, what would not count, what could tell
who."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from app.subjects.surveys.questions.rules.survey_questions import OTHER, other_option_of
from app.subjects.surveys.questions.rules.tally_result import REFERENCE_BASE
from db.frozen_record import frozen_record
from db.records.surveys import Question

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
"""Characters of an option that stand in one line of the sheet in 14 pt."""
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
_LIMIT_IN_WORDS = re.compile(r"([0-9０-９一二三四五]+)\s?つまで")
_ANY = re.compile(r"いくつでも|すべて選|全て選|複数回答")
_DIGITS = str.maketrans("０１２３４５６７８９一二三四五", "012345678912345")
MAX_QR_BYTES = 151
"""What a QR code of 57 modules holds at level Q; with more, a module of a 23 mm code is below 0.4 mm."""
MAX_ADDRESS_BYTES = 600
"""Beyond this no code of that size can be read any more, whatever its level."""
_START = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_EDITING = re.compile(
    r"/edit(?:[?#]|$)|/designpage|/viewanalytics|/analysis|#responses|/responses(?:[?#]|$)", re.IGNORECASE
)
_FILLED_IN = re.compile(r"[?&](?:entry\.\d+|usp=pp_url|prefill)", re.IGNORECASE)


@dataclass(frozen=True)
class QuestionFault:
    """What is wrong, and what to do about it; whole sentences."""

    happened: str
    todo: str


def first_question_fault(questions: Sequence[Question]) -> QuestionFault | None:
    """Return the first thing that keeps ``questions`` from being kept, or None."""
    codes = [question.code for question in questions if question.code]
    if len(set(codes)) != len(codes):
        return QuestionFault("同じ番号の設問が2つあります。", "番号を変えてください。")
    for place, question in enumerate(questions, 1):
        fault = _fault(place, question, questions[: place - 1])
        if fault is not None:
            return fault
    return None


def wording_fault(before: Sequence[Question], after: Sequence[Question]) -> QuestionFault | None:
    """Return what in ``after`` is more than wording, once answers are in; None when it is wording alone."""
    if [question.code for question in before] != [question.code for question in after]:
        return QuestionFault(f"{_HAS_ANSWERS}設問の追加、削除、並べ替えはできません。", _WORDING)
    for place, (old, new) in enumerate(zip(before, after, strict=True), 1):
        if replace(new, title=old.title, note=old.note, positive=old.positive, role=old.role) != old:
            return QuestionFault(f"{_HAS_ANSWERS}問{place}の種類と選択肢は変えられません。", _WORDING)
    return None


def _fault(place: int, question: Question, earlier: Sequence[Question]) -> QuestionFault | None:
    if not question.title.strip():
        return QuestionFault(f"問{place}の設問文が空です。", "設問文を書いてください。")
    if question.type in ("SA", "MA"):
        fault = _options_fault(place, question)
        if fault is not None:
            return fault
    if question.type == "MA" and question.max_select is not None and question.max_select < 1:
        return QuestionFault(f"問{place}の選べる数が0になっています。", "1以上の数にするか、上限を空にしてください。")
    return _branch_fault(place, question, earlier) if question.asked_of else None


def _options_fault(place: int, question: Question) -> QuestionFault | None:
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
    """A branch points back: to an earlier question with options, and to options that it has."""
    asked = next((one for one in earlier if one.code == question.asked_of), None)
    todo = "「聞く相手」で選び直すか、全員に聞く設問にしてください。"
    if asked is None:
        return QuestionFault(f"問{place}は、前にない設問の答えで聞く相手を決めています。", f"並べ直すか、{todo}")
    if asked.type not in ("SA", "MA"):
        return QuestionFault(f"問{place}の聞く相手を決める設問に、選択肢がありません。", todo)
    if not question.asked_of_options:
        return QuestionFault(f"問{place}の聞く相手が選ばれていません。", todo)
    gone = next((option for option in question.asked_of_options if option not in asked.options), "")
    if gone:
        return QuestionFault(f"問{place}の聞く相手「{gone}」が、前の設問の選択肢にありません。", todo)
    return None


def is_scale(question: Question) -> bool:
    """Whether the options are steps from one end to the other: said so, summed up, or worded like steps."""
    if question.type != "SA":
        return False
    if question.scale or question.role:
        return True
    steps = scale_steps(question)
    worded = sum(bool(_STEP.match(step)) for step in steps)
    return len(steps) >= _MIN_STEPS and (worded >= 2 or (worded >= 1 and any(map(_MIDDLE.search, steps))))


def scale_steps(question: Question) -> tuple[str, ...]:
    """The options that are steps: without わからない, その他 and the like."""
    return tuple(option for option in question.options if not _NOT_ON_SCALE.search(option))


def scale_finding(question: Question) -> str:
    """Return how the sides of a scale differ (「は、中央の前が2段階、後が1段階です。」), or an empty text.

    The middle is the step that says so (どちらともいえない); without one, the positive options must be half of an
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


@frozen_record
class QuestionFinding:
    """One thing to look at: the question's code (empty = the whole set), what it is, and why it matters.

    注意 spoils an answer or tells who gave it; 参考 is worth a second look.
    """

    code: str
    weight: Weight
    text: str
    why: str


class _AddFinding(Protocol):
    def __call__(self, text: str, why: str, weight: Weight = "注意") -> QuestionFinding: ...


def check_questions(questions: Sequence[Question], *, people: int | None) -> tuple[QuestionFinding, ...]:
    """Return what to look at in ``questions``, first what concerns the whole set, then in the order of the paper.

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
    """Return the finding of questions that find no room on the two pages of one sheet."""
    return QuestionFinding(
        code="",
        weight="注意",
        text=f"{'、'.join(numbers)}が、両面1枚に入りません。",
        why="設問か選択肢を減らすか、自由記述の行を減らしてください。印刷は2枚目にわたります。",
    )


def personal_words_finding(question: Question, number: str, flags: Sequence[str]) -> QuestionFinding:
    """Return the finding of a question whose own words hold a known name, a telephone number or an address."""
    return QuestionFinding(
        code=question.code,
        weight="注意",
        text=f"{number}の文に、{'、'.join(flags)}があります。",
        why="用紙とフォームは多くの人の目に触れます。個人が分かる語を、役割や場面の名に替えてください。",
    )


def printed_words(question: Question) -> str:
    """Everything of a question that is printed, to be searched."""
    return "\n".join((question.title, question.note, *question.options, question.unit))


def _identifying_pair(
    questions: Sequence[Question], numbers: dict[str, str], people: int | None
) -> Iterable[QuestionFinding]:
    """役割 and 年代 asked together tell who somebody is when few are asked (domain §8(4))."""
    if people is not None and people >= REFERENCE_BASE:
        return
    asked = [one for one in questions if one.type in ("SA", "MA")]
    positions = [one for one in asked if _POSITION.search(one.title)]
    ages = [one for one in asked if _AGE.search(one.title)]
    if positions and ages:
        few = f"回答する人は{people}人の見込みです。" if people else "1回の参加者は10人から20人程度です。"
        yield QuestionFinding(
            code=ages[0].code,
            weight="注意",
            text=f"{numbers[positions[0].code]}で役割を、{numbers[ages[0].code]}で年代を聞いています。",
            why=f"{few}役割と年代を組み合わせると1人に絞られ、無記名の回答が誰のものか分かります。"
            f"どちらか一方にしてください。",
        )


def _sum_findings(questions: Sequence[Question], numbers: dict[str, str]) -> Iterable[QuestionFinding]:
    satisfied = [one for one in questions if one.role == "satisfaction"]
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
    def say(text: str, why: str, weight: Weight = "注意") -> QuestionFinding:
        return QuestionFinding(code=question.code, weight=weight, text=f"{number}{text}", why=why)

    yield from _person(question, say)
    if len(question.title) > MAX_TITLE_LENGTH:
        yield say(
            f"の設問文が{len(question.title)}字あります。", "1つの文で1つのことを聞くと、迷わず答えられます。", "参考"
        )
    if question.type not in ("SA", "MA"):
        return
    if question.type == "MA":
        yield from _limit(question, say)
    yield from _positive(question, say)
    found = scale_finding(question)
    if found:
        yield say(found, "片側の段階が多いと、答えがそちらへ寄って見えます。両側を同じ数にしてください。")
    yield from _options(question, say)


def _person(question: Question, add_finding: _AddFinding) -> Iterable[QuestionFinding]:
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
    if question.positive or question.type != "SA":
        return
    if question.role or "満足" in question.title:
        yield add_finding(
            "に、足して示す選択肢が選ばれていません。",
            "満足計（肯定計）が出ません。「とても満足」「満足」のように選んでください。",
        )


def _options(question: Question, add_finding: _AddFinding) -> Iterable[QuestionFinding]:
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
    if question.type == "MA" and nothing and question.exclusive_option is None:
        yield add_finding(
            f"の「{nothing}」を、ほかと一緒に選べます。",
            "「ほかと一緒に選べない選択肢」にすると、入力のときに気づけます。",
            "参考",
        )


def address_fault(address: str) -> str:
    """Return the sentence that says why ``address`` can't be kept as that of a form, or an empty text."""
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
    """Return what to look at before ``address`` is printed; whole sentences, empty when nothing is odd."""
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
