"""Rules of the register: its order in documents, 段階 (§6), 補助金, and personal data in written answers.

Every document of a year lists 団体 in that one order, never by result.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from app.calendar.office_days import OfficeCalendar
from db.digits import one_width
from db.record import group_by_key, record
from db.records.organisations import Organisation, Person, StageMark, Subsidy, SubsidyState

PHONE_FLAG = "電話番号らしきもの"
MAIL_FLAG = "メールアドレスらしきもの"
NAME_FLAG = "名簿にある氏名"

_PHONE = re.compile(r"(?<![\d.])(?:\+81[\s\-]?\d|0\d)[\d\s\-()]{7,13}\d(?!\d)")
# The last eight digits, as people write a number of their own town; two years with a dash are none.
# In three groups it may be spelt as it is said (03の0000の1234) or in kanji.
_LOCAL_PHONE = re.compile(
    r"(?<![\d.\-])(?!(?:19|20)\d\d-(?:19|20)\d\d)\d{4}-\d{4}(?![\d\-])"
    r"|(?<![\d.])0\d{1,2}([.・の])\d{3,4}\1\d{4}(?!\d)"
    "|〇[〇一二三四五六七八九]{1,2}([-.・の])[〇一二三四五六七八九]{3,4}\\2[〇一二三四五六七八九]{4}"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
_CONTACT = re.compile("|".join(one.pattern for one in (_LOCAL_PHONE, _PHONE, _MAIL)))
HIDDEN = "○○"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))
_HONORIFICS = ("さん", "様", "さま", "氏", "先生", "会長", "まで")
_KANA = re.compile(r"[\u3041-\u30ff]+")
# A kana name this short occurs in too many ordinary words (まり in つまり).
_MIN_KANA_LENGTH = 4

Fold = Callable[[str], str]


class NameFinder:
    """Searches texts for the names of known people; names are folded once for any number of texts."""

    def __init__(self, names: Iterable[str], fold: Fold | None = None):
        """Take ``names`` as 「姓 名」, the space optional; ``fold`` makes the key by which texts are compared.

        Without ``fold`` only spaces are dropped.
        """
        self._fold = fold or _without_spaces
        self._found: set[str] = set()
        self._add((name, self._fold(name)) for name in dict.fromkeys(names))

    @classmethod
    def with_keys(cls, people: Iterable[tuple[str, str]], fold: Fold) -> NameFinder:
        """Return a finder for names whose folded form is known already, given as (name, folded name)."""
        made = cls((), fold)
        made._add(people)
        return made

    def _add(self, people: Iterable[tuple[str, str]]) -> None:
        """Add whole names of people, and their surnames followed by an honorific, to what is searched for."""
        surnames = set()
        for name, whole in people:
            if len(whole) >= (_MIN_KANA_LENGTH if _KANA.fullmatch(whole) else 2):
                self._found.add(whole)
            parts = name.split()
            if len(parts) > 1:
                surnames.add(parts[0])
        titles = [self._fold(title) for title in _HONORIFICS]
        # A surname alone counts when 「さん」 or the like follows.
        self._found.update(key + title for surname in surnames if (key := self._fold(surname)) for title in titles)
        self._lengths = sorted({len(one) for one in self._found})

    def contains_name(self, text: str) -> bool:
        """Return whether ``text`` names a known person; the time does not depend on the number of names."""
        folded, found = self._fold(text), self._found
        whole = len(folded)
        return any(
            folded[start : start + length] in found for length in self._lengths for start in range(whole - length + 1)
        )


def personal_flags(text: str, *, finder: NameFinder | None = None) -> tuple[str, ...]:
    """Return what ``text`` may contain of personal data, as labels (電話番号らしきもの …); () = nothing (domain §4).

    ``finder`` knows people, None = names are not looked for. A surname alone counts when 「さん」 or the like follows.
    """
    flags = []
    plain = one_width(text).translate(_DASHES)
    if _LOCAL_PHONE.search(plain) or any(_is_phone(match.group()) for match in _PHONE.finditer(plain)):
        flags.append(PHONE_FLAG)
    if _MAIL.search(plain):
        flags.append(MAIL_FLAG)
    if finder is not None and finder.contains_name(text):
        flags.append(NAME_FLAG)
    return tuple(flags)


def without_personal_data(text: str, *, finder: NameFinder | None = None) -> str:
    """Return a text, in its usual width, with 「○○」 in place of what ``personal_flags`` finds in it."""
    plain = one_width(text).translate(_DASHES)
    shown = _CONTACT.sub(lambda found: HIDDEN if personal_flags(found[0]) else found[0], plain)
    while finder is not None and finder.contains_name(shown):
        # A name ends where the text before holds one for the first time, and begins where the rest still does.
        end = bisect_left(range(len(shown)), True, key=lambda place: finder.contains_name(shown[:place]))
        start = bisect_left(range(end), True, key=lambda place: not finder.contains_name(shown[place:end])) - 1
        shown = f"{shown[:start]}{HIDDEN}{shown[end:]}"
    return shown


def _is_phone(text: str) -> bool:
    """Return whether a run of digits and signs has as many digits as a telephone number."""
    digits = re.sub(r"\D", "", text)
    return len(digits) in {10, 11} if digits.startswith("0") else len(digits) in {11, 12}


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def in_register_order(organisations: Sequence[Organisation]) -> list[Organisation]:
    """Return all 団体 grouped by 支部, those in ``branch_order``, and within each as registered."""
    standing = sorted(organisations, key=lambda one: one.id)
    return [one for part in group_by_branch(standing) for one in part.organisations]


NO_BRANCH = "支部の登録なし"
_BRANCH_NUMBER = re.compile(r"\d{1,9}")
_ORDER_WITHOUT_NUMBER = 10**9


@record
class BranchOrganisations:
    """The 団体 of one 支部 in the order of the register."""

    branch: str
    organisations: tuple[Organisation, ...]


def branch_order(branch: str) -> tuple[bool, int]:
    """Return the sort key of a 支部: 「第2支部」 before 「第10支部」, then those called otherwise, none at all last."""
    number = _BRANCH_NUMBER.search(branch)
    return branch in {"", NO_BRANCH}, int(number[0]) if number else _ORDER_WITHOUT_NUMBER


def group_by_branch(organisations: Iterable[Organisation]) -> tuple[BranchOrganisations, ...]:
    """Return 団体 by 支部 in ``branch_order``, those that it does not order as given."""
    parts = group_by_key((one.branch.strip() or NO_BRANCH, one) for one in organisations)
    return tuple(
        BranchOrganisations(branch=branch, organisations=tuple(parts[branch]))
        for branch in sorted(parts, key=branch_order)
    )


TOOLS = ("LINE", "Instagram", "ホームページ", "キャッシュレス")
"""The tools offered by default; a file may bring others under its own names."""

NOT_WANTED = "×"
STAGE_WORDS: Mapping[str, str] = {
    "0": "未着手",
    "1": "検討中",
    "2": "試行",
    "3": "運用開始",
    "4": "定期運用",
    "5": "定着",
    NOT_WANTED: "希望しない",
}


def is_stage(value: str) -> bool:
    """Return whether ``value`` is one of "0" … "5" or "×"."""
    return value in STAGE_WORDS


def stage_words(value: str) -> str:
    """Return 「2 試行」 or 「× 希望しない」; any other value as it is, an empty one as 「—」."""
    word = STAGE_WORDS.get(value)
    return f"{value} {word}" if word else value or "—"


def newest_first(marks: Iterable[StageMark]) -> list[StageMark]:
    """Return the marks sorted from the latest day to the earliest; on the same day the last written comes first."""
    return sorted(marks, key=lambda mark: (mark.marked_on, mark.id), reverse=True)


def current_stages(marks: Iterable[StageMark], recorded: Mapping[str, str]) -> dict[str, str]:
    """Return the current stage of each tool: its latest mark, else the stage in ``recorded``.

    ``recorded`` are stages without a history (typed before histories were kept). Tools come in the order of
    ``recorded``, then of the marks.
    """
    found = dict(recorded)
    latest: dict[str, str] = {}
    for mark in newest_first(marks):
        latest.setdefault(mark.tool, mark.stage)
    return {**found, **latest}


def tools_of(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return every tool in ``groups`` once, in the order of first occurrence."""
    return tuple(dict.fromkeys(tool for group in groups for tool in group if tool))


def history_of(marks: Sequence[StageMark], tool: str) -> tuple[StageMark, ...]:
    """Return the marks of one tool, newest first."""
    return tuple(mark for mark in newest_first(marks) if mark.tool == tool)


APPLICATION, RESULT_REPORT = "申請", "実績報告"
STATES = tuple(SubsidyState)
"""Progress of a 補助金 in the order of the work; 実績報告済 is the end."""


def next_due_date(subsidy: Subsidy) -> tuple[str, date] | None:
    """Return the next step with a day (申請 until applied for, else 実績報告) and that day; None when nothing is due.

    A step without a day is passed over.
    """
    if subsidy.state.is_reported:
        return None
    if not subsidy.state.is_applied and subsidy.apply_by is not None:
        return APPLICATION, subsidy.apply_by
    return (RESULT_REPORT, subsidy.report_by) if subsidy.report_by is not None else None


def next_year_proposal(subsidy: Subsidy, calendar: OfficeCalendar) -> Subsidy:
    """Return the same 補助金 for the next year: its two days one year later on an open day, nothing done yet.

    Amount and note are left empty.
    """

    def later(day: date | None) -> date | None:
        """Return the day a year later or the last open day before it; None for None."""
        if day is None:
            return None
        last = 28 if (day.month, day.day) == (2, 29) else day.day
        return calendar.open_on_or_before(date(day.year + 1, day.month, last))

    return replace(
        subsidy,
        id=0,
        fiscal_year=subsidy.fiscal_year + 1,
        amount=None,
        note="",
        apply_by=later(subsidy.apply_by),
        report_by=later(subsidy.report_by),
        state=SubsidyState.UNKNOWN,
        state_on=None,
    )


HEAD_ROLES = (
    "会長", "町会長", "自治会長", "理事長", "代表", "代表者", "代表幹事", "会長代行", "会長職務代行", "会長代理",
)  # fmt: skip
"""The 役職 under which a person heads a 団体 and receives its letters, the foremost first."""


def heads_by_organisation(people: Iterable[Person]) -> dict[int, Person]:
    """Return the 会長 (or whoever heads it by another name) of each 団体 that has one registered.

    Of several the foremost by ``HEAD_ROLES``, then the first of ``people``; the 役職 must be exactly one of them.
    """
    found: dict[int, Person] = {}
    heads = [one for one in people if one.organisation_id and one.role.strip() in HEAD_ROLES]
    for one in sorted(heads, key=lambda one: HEAD_ROLES.index(one.role.strip())):
        found.setdefault(one.organisation_id or 0, one)
    return found


LOST_CHARACTER = "{}に「?」などがあり、文字が失われたおそれがある"


class Doubt(StrEnum):
    """What is doubtful about a cell, in the words that an entry keeps; its name begins with what the cell holds.

    Offices' files hold these words: where one is changed, the former stays as a member of its own.
    """

    NAME_EMPTY = "氏名が空"
    NAME_LOST_CHARACTER = LOST_CHARACTER.format("氏名")
    READING_LOST_CHARACTER = LOST_CHARACTER.format("ふりがな")
    READING_WITH_KANJI = "ふりがなに漢字がある"
    READING_UNREADABLE = "ふりがなとして読めない"
    PHONE_EMPTY = "電話番号が空"
    PHONE_BESIDE_WORDS = "電話番号の欄に、番号のほかの言葉がある"
    PHONE_FORMER_WORDS = "電話番号の欄が「{}」"
    PHONE_SEVERAL = "電話番号が2つ以上あり、使い分けが書かれている"
    PHONE_BESIDE_DIGITS = "電話番号のほかの数字がある"
    PHONE_EXPONENT = "電話番号が指数の形（○E+○）で、下の桁の数字が失われている"
    PHONE_FORMER_EXPONENT = "電話番号が「{}」の形で、下の桁の数字が失われている"
    PHONE_WITHOUT_DIGITS = "電話番号の数字がない"
    PHONE_LENGTH = "電話番号の数字が{}桁（ふつうは10桁か11桁）"
    PHONE_MOBILE_LENGTH = "電話番号の数字が{}桁（{}なら11桁）"
    PHONE_FIXED_LENGTH = "電話番号の数字が、先頭の0を入れて11桁（{}なら10桁）"
    PHONE_WITHOUT_ZERO = "電話番号が0で始まらない（国外の番号か、打ち間違い）"
    ORGANISATION_EMPTY = "団体名が空"
    ORGANISATION_NOT_WRITTEN = "団体名が空です"
    ORGANISATION_LOST_CHARACTER = LOST_CHARACTER.format("団体名")
    ORGANISATION_NOT_PLAIN = "団体名「{}」が、1つの団体の名か決められません"
    ORGANISATION_SIMILAR = "団体名「{}」は一覧の「{}」の表記違いの可能性"
    ORGANISATION_UNLISTED = "「{}」は団体一覧に無い"
    ORGANISATION_IN_BRANCHES = "「{}」は {} にあり、どれか決められない"
    ORGANISATION_OF_OTHER_BRANCH = "「{}」は一覧では{}にあり、書かれた支部（{}）と違う"


_FIXED_LENGTH = 10
_MOBILE = re.compile("0[25-9]0")


def phone_doubt(digits: str) -> str:
    """Return what is odd about the digits of a telephone number, "" = it can be dialled.

    Mobile and IP numbers (090, 050 …) have 11 digits, all others 10.
    """
    is_mobile = _MOBILE.match(digits) is not None
    if not _FIXED_LENGTH <= len(digits) <= _FIXED_LENGTH + 1:
        return Doubt.PHONE_LENGTH.format(len(digits))
    if len(digits) == _FIXED_LENGTH and is_mobile:
        return Doubt.PHONE_MOBILE_LENGTH.format(len(digits), digits[:3])
    if not digits.startswith("0"):
        return Doubt.PHONE_WITHOUT_ZERO
    return Doubt.PHONE_FIXED_LENGTH.format(digits[:2]) if len(digits) > _FIXED_LENGTH and not is_mobile else ""


# A name may hold blanks and brackets, but no bracket that closes ends the sentence before.
_QUOTED = "「(?:(?!」[^「」]*　).)*?」"


def without_doubts(kept: str, answered: Mapping[str, object]) -> str:
    """Return the doubts that an entry keeps without those answered, by NAME, READING, PHONE and ORGANISATION."""
    sentences = "|".join(
        re.escape(doubt).replace(r"「\{\}」", _QUOTED).replace(r"\{\}", "[^　]*?")
        for doubt in Doubt
        if answered[doubt.name.split("_")[0]]
    )
    return re.sub(f"(?:^|(?<=　))(?:{sentences or '(?!)'})(?:　|$)", "", kept).rstrip("　")
