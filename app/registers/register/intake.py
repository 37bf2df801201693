"""Read a list of 団体 from a file: names, numbers, 支部 and 段階 of each row, with its findings.

A written name is matched to a registered 団体 automatically only when there is no doubt.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, Self

from rapidfuzz import fuzz, process

from app.calendar.kanji_days import with_arabic_digits
from app.common.join_nonempty import join_nonempty
from app.common.text_rules import name_problem
from app.foreign_files.cells.answer_reading import (
    No,
    Nothing,
    Text,
    Unclear,
    is_nothing,
    is_unanswered,
    parse_answer,
    parse_heading,
    says_alone,
)
from app.foreign_files.cells.contact_cells import MAIL, is_address, plain_mail
from app.foreign_files.cells.names_in_cells import can_be_person, remark_at_name, split_name
from app.foreign_files.cells.plain_values import is_plain
from app.foreign_files.cells.suspicious_texts import (
    LOST_CHARACTERS,
    count_lost_characters,
    has_lost_character,
)
from app.foreign_files.cells.written_values import clean, is_ditto, parse_amount
from app.foreign_files.foreign_file import STRUCK_CELL
from app.foreign_files.foreign_shape import Finding, ForeignFile, ForeignRow, ReadTable, column_of
from app.foreign_files.tables.heading_roles import fold_heading
from app.importing.list_fields import field_labels, heading_patterns, list_fields
from app.registers.register.rules import Doubt, phone_doubt
from db.digits import is_digits, one_width
from db.name_key import name_key, plain_organisation, without_radicals
from db.record import FieldSpec, frozen, group_by_key, record
from db.records.organisations import Organisation

_KANA = r"(?:ふりがな|フリガナ|カナ|かな|よみ|ヨミ)"
_FAMILY = re.compile(
    rf"(?P<stem>.*?)[(_:・]?(?:(?P<kana>せい|セイ)|(?:姓|苗字|名字|lastname|familyname))(?P<after>\(?{_KANA}\)?)?\)?"
)
_GIVEN = re.compile(
    rf"(?P<stem>.*?)[(_:・]?(?:(?P<kana>めい|メイ)|(?:名|firstname|givenname))(?P<after>\(?{_KANA}\)?)?\)?"
)
_KANA_HEADING = re.compile(_KANA)


@frozen
class NamePart:
    """One column that holds half of a name.

    ``field`` is name or furigana, ``stem`` the heading text both halves share, ``is_given_name`` marks the second half.
    """

    field: str
    stem: str
    is_given_name: bool


def name_parts(headings: list[str]) -> dict[int, NamePart]:
    """Return the columns that hold half of a name; 参加人数（名） has no other half and is left out.

    A given name takes the nearest family name before it that is still free.
    """
    families = {
        index: part
        for index, text in enumerate(headings)
        if (part := _name_part(text, is_given_name=False)) is not None
    }
    found = {}
    for index, text in enumerate(headings):
        given = _name_part(text, is_given_name=True) if index not in families else None
        if given is None:
            continue
        other = [place for place, part in families.items() if (part.field, part.stem) == (given.field, given.stem)]
        near = next((place for place in sorted(other, reverse=True) if place < index and place not in found), None)
        if near is not None:
            found[near], found[index] = families[near], given
    return found


def _name_part(text: str, *, is_given_name: bool) -> NamePart | None:
    """Return which part of a name a folded heading asks for, None where it asks for no such part.

    ``is_given_name``: the given name is looked for, else the family name.
    """
    match = (_GIVEN if is_given_name else _FAMILY).fullmatch(text)
    if not match:
        return None
    of_kana = bool(match["kana"] or match["after"] or _KANA_HEADING.search(match["stem"]))
    return NamePart("furigana" if of_kana else "name", _KANA_HEADING.sub("", match["stem"]), is_given_name)


_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA_ONLY = re.compile("[\u3041-\u30ff・･ー\\s\uff61-\uff9f]+")
_EXTENSION_NUMBER = re.compile(r"(?:内線|内|ext\.?|#)\s*[:：]?\s*\d+", re.IGNORECASE)
_PHONE_SEPARATOR = re.compile(r"[/／、,，;；\n]|または|又は|もしくは")
_PHONE_GAP = re.compile(r"\s+|(?<=\))(?=\D*0\d)|(?=\()")
_BLOCK = re.compile(r"(?:\(\d+\)|\d+)(?:(?:[^\w()]|[ー_の])*(?:\(\d+\)|\d+))*")
"""Digits with signs between them: words part two numbers."""
_LEAST = 9
_OF_PHONE, _OF_FAX = re.compile("電話|携帯|tel|兼", re.IGNORECASE), re.compile("fax|ファッ?クス", re.IGNORECASE)
_BESIDE_PHONE = re.compile(
    r"[\s()\[\]「」'\":;,、・/.+~〜ー―‐−–-]|TEL|電話(?:番号)?|でんわ|連絡先|FAX|ファッ?クス|兼用?|共用|携帯|ケータイ|けいたい|スマホ|自宅|固定|勤務先|勤務|職場|会社|事務所|集会所|会館"
    r"|本人|代表|直通|内線?|呼び?出し?|留守電(?:あり|可)?|日中|昼間?|夜間?|朝|夕方?|平日|土日|のみ|まで|または|又は|もしくは|or|の|番|[eE](?=[\W_]*$)|ext",
    re.IGNORECASE,
)
"""What may stand beside a telephone number without a doubt: what it is, and when somebody answers."""
_WHICH = re.compile("[はへ]|から|まで|だけ|のみ|以[降外]")
_USUAL_PHONE = re.compile(r"0(?=-?[25-9]-?0)(?:-?\d){10}|0(?!-?[25-9]-?0)(?:-?\d){9}", re.ASCII)
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMBER_AS_DECIMAL = re.compile(r"'?(\d{9,11})\.0+")
"""A telephone number that a spreadsheet turned into a decimal (0312345678.0); the ".0" is not part of it."""
_KANJI_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PEOPLE = re.compile(
    r"'?(?:計|合計|全部で)?\s*(\d{1,4}(?=\.0+$)|\d{1,4}"
    r"|[一二三四五六七八九十])\s*(?:人|名|名様|人様|にん|めい)?分?(?:\.0+|です)?"
)
NO_VALUE_WORDS = frozenset(
    {"非公開", "不明", "なし", "無し", "無", "-", "ー", "―", "－", "公開不可", "未登録", "未定", "×"}
)


def fold_name(text: str) -> str:
    """Return a key that finds the same person twice; never shown.

    Width, blanks, case and radicals make no difference; kanji do.
    """
    return "".join(one_width(without_radicals(clean(text))).split()).casefold()


def has_kanji(text: str) -> bool:
    """Return whether a text (furigana) holds kanji."""
    return bool(_KANJI.search(text))


def is_kana_only(text: str) -> bool:
    """Return whether a name is written in kana alone (a foreign name may be)."""
    return bool(text.strip()) and bool(_KANA_ONLY.fullmatch(text.strip()))


@record
class PhoneReading:
    """Digits of a telephone number; empty when the cell holds no complete number, ``problem`` says why.

    ``is_restored``: the leading zero that a spreadsheet dropped was put back. ``has_several``: more numbers follow.
    """

    digits: str = ""
    is_restored: bool = False
    has_several: bool = False
    problem: str = ""


def parse_phone(cell: str, *, is_fax: bool = False) -> PhoneReading:
    """Parse a telephone number in any spelling; an empty cell gives an empty reading.

    Words that deny it, or name another kind of number, are a problem.
    """
    if _USUAL_PHONE.fullmatch(cell):
        return PhoneReading(digits=cell.replace("-", ""))
    text = _EXTENSION_NUMBER.sub("", one_width(clean(cell)))
    words = _DIGITS.sub("", text)
    if words != text and (
        _BESIDE_PHONE.sub("", words) or not (is_fax or _OF_PHONE.search(words) or not _OF_FAX.search(words))
    ):
        return PhoneReading(problem=Doubt.PHONE_BESIDE_WORDS)
    blocks = ["".join(_DIGITS.findall(one)) for one in _BLOCK.findall(text)]
    whole = sum(len(one) >= _LEAST for one in blocks)
    if whole > 1 and _WHICH.search(words):
        return PhoneReading(has_several=True, problem=Doubt.PHONE_SEVERAL)
    if whole and any(1 < len(one) < _LEAST for one in blocks):
        return PhoneReading(problem=Doubt.PHONE_BESIDE_DIGITS)
    return _parse_phone_text(text, max(blocks, key=len, default="")) if text else PhoneReading()


def _parse_phone_text(text: str, digits: str) -> PhoneReading:
    """Parse a telephone number as spreadsheets write it (exponent, decimal, lost zero), or say what is wrong.

    ``digits`` are the most that stand together.
    """
    if _EXPONENT.fullmatch(text):
        return PhoneReading(problem=Doubt.PHONE_EXPONENT)
    text, digits = (decimal[1], decimal[1]) if (decimal := _NUMBER_AS_DECIMAL.fullmatch(text)) else (text, digits)
    parts = _numbers(text)
    several = len(parts) > 1
    digits = "".join(_DIGITS.findall(parts[0])) if several else digits
    if digits.startswith("81") and "+" in text and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    restored = bool(digits) and not digits.startswith("0") and len(digits) in (9, 10)
    if restored:
        digits = "0" + digits
    if not digits:
        return PhoneReading(problem=Doubt.PHONE_WITHOUT_DIGITS)
    if problem := phone_doubt(digits):
        return PhoneReading(has_several=several, problem=problem)
    return PhoneReading(digits=digits, is_restored=restored, has_several=several)


def _numbers(text: str) -> list[str]:
    """Return the telephone numbers (9 digits or more) of a cell, split at separators.

    Split at blanks where the whole is too long to be one number.
    """
    parts = [part for part in _PHONE_SEPARATOR.split(text) if len("".join(_DIGITS.findall(part))) >= 9]
    if len(parts) < 2 and len("".join(_DIGITS.findall(text))) > 12:
        blank = [part for part in _PHONE_GAP.split(text) if len("".join(_DIGITS.findall(part))) >= 9]
        return blank if len(blank) > 1 else parts
    return parts


def format_phone(digits: str) -> str:
    """Return a telephone number hyphenated as usual in Tokyo (03-5555-1111, 090-1111-2222); others as digits."""
    if len(digits) == 11:
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    if len(digits) == 10 and digits[:2] in {"03", "06"}:
        return f"{digits[:2]}-{digits[2:6]}-{digits[6:]}"
    return digits


def parse_people(cell: str) -> int | None:
    """Return the number of people in a cell (2, ２名, 三人, 私ひとり), or None when it is not exactly one number."""
    match = _PEOPLE.fullmatch(one_width(clean(cell)))
    if not match:
        return 1 if says_alone(cell) else None
    found = match.group(1)
    return _KANJI_NUMBERS[found] if found in _KANJI_NUMBERS else int(found)


MatchKind = Literal["exact", "normalised", "candidate", "ambiguous", "none"]
OrganisationsByText = Mapping[str, tuple[Organisation, ...]]

MIN_SIMILARITY = 85
"""Out of 100 (share of equal characters of the folded names); names below it share no more than the word 町会."""

_MAX_CANDIDATES = 5
_MIN_PART_LENGTH = 4
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ENDINGS = re.compile(r"(?:町会|自治会|町内会|管理組合|親和会|睦会|会)+$")
_BRANCH_IN_TEXT = re.compile(r"^\s*[(（【]?\s*([^\s()（）【】]{1,12}支部)\s*[)）】]?[\s・/／:：、]*(.+)$")
_BRANCH_BEHIND = re.compile(r"^(.+?)\s*[(（]\s*([^()（）]{1,12}支部)\s*[)）]\s*$")


@record
class OrganisationMatch:
    """Result of looking up a written name in the register.

    ``organisation`` is set only for the kinds exact and normalised; for others a person chooses from ``candidates``.
    """

    kind: MatchKind
    organisation: Organisation | None = None
    candidates: tuple[Organisation, ...] = ()
    reason: str


@frozen
class OrganisationIndex:
    """The register indexed for matching many names, by exact name, folded name, search key and stem."""

    organisations: tuple[Organisation, ...]
    by_name: OrganisationsByText
    by_folded: OrganisationsByText
    by_key: OrganisationsByText
    by_stem: OrganisationsByText

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> Self:
        """Return the index of ``organisations``."""
        every = tuple(organisations)
        return cls(
            every,
            _group_by(every, lambda name: name.strip()),
            _group_by(every, plain_organisation),
            _group_by(every, name_key),
            _group_by(every, _stem),
        )


def match_organisation(text: str, branch: str, index: OrganisationIndex) -> OrganisationMatch:
    """Return the match for ``text``; ``branch`` (支部, may be empty) decides between 団体 of the same name.

    The kind is exact (as registered), normalised (other width, blanks and the like, or with its 支部), ambiguous (in
    several 支部), candidate (similar, or of another 支部), or none.
    """
    written = clean(text)
    if not written:
        return OrganisationMatch(kind="none", reason=Doubt.ORGANISATION_EMPTY)
    found = index.by_name.get(written, ())
    if found:
        return _resolve_branch(found, branch, written, "exact")
    found = index.by_folded.get(plain_organisation(written), ())
    if found:
        return _resolve_branch(found, branch, written, "normalised")
    named_branch, name = _split_branch(written)
    if named_branch:
        found = index.by_folded.get(plain_organisation(name), ())
        if found:
            return _resolve_branch(found, named_branch, written, "normalised")
    candidates = _candidates(written, index)
    if branch:
        candidates.sort(key=lambda one: not _same_branch(one.branch, branch))
    if candidates:
        names = "」「".join(dict.fromkeys(one.name for one in candidates[:3]))
        return OrganisationMatch(
            kind="candidate",
            candidates=tuple(candidates),
            reason=Doubt.ORGANISATION_SIMILAR.format(written, names),
        )
    return OrganisationMatch(kind="none", reason=Doubt.ORGANISATION_UNLISTED.format(written))


def same_except_spelling(text: str, index: OrganisationIndex) -> tuple[Organisation, ...]:
    """Return the 団体 whose names differ from ``text`` only in 異体字, in what is in brackets or in the word for 町会.

    Names that are merely similar are not returned: 一丁目 and 二丁目 differ in one character.
    """
    keys = (name_key(text), name_key(_BRACKETS.sub("", text)))
    found = [one for key in keys for one in index.by_key.get(key, ())]
    found += index.by_stem.get(_stem(text), ()) if text.strip() else ()
    return tuple({id(one): one for one in found}.values())


def _resolve_branch(
    found: tuple[Organisation, ...], branch: str, written: str, kind: Literal["exact", "normalised"]
) -> OrganisationMatch:
    """Return the match for 団体 of one name, narrowed down by ``branch`` where several have it.

    It is ambiguous where several remain, and only a candidate where the one is of another 支部 than written.
    """
    if branch and len(found) > 1:
        found = tuple(one for one in found if _same_branch(one.branch, branch)) or found
    if len(found) > 1:
        branches = "・".join(one.branch or "支部なし" for one in found)
        reason = Doubt.ORGANISATION_IN_BRANCHES.format(written, branches)
        return OrganisationMatch(kind="ambiguous", candidates=found, reason=reason)
    one = found[0]
    if branch and one.branch and not _same_branch(one.branch, branch):
        reason = Doubt.ORGANISATION_OF_OTHER_BRANCH.format(written, one.branch, branch)
        return OrganisationMatch(kind="candidate", candidates=found, reason=reason)
    reason = f"一覧の「{one.name}」と同じ団体として扱う" if kind == "normalised" else ""
    return OrganisationMatch(kind=kind, organisation=one, candidates=found, reason=reason)


def _candidates(written: str, index: OrganisationIndex) -> list[Organisation]:
    """Return the 団体 that a written name may mean, the likeliest first: equal names, else similar ones."""
    found = {}
    key = name_key(written)
    for group in (index.by_key.get(key, ()), index.by_key.get(name_key(_BRACKETS.sub("", written)), ())):
        found.update({id(one): one for one in group})
    if has_lost_character(written):
        found.update({id(one): one for one in _matches_lost_characters(written, index)})
    if not found:
        found.update({id(one): one for one in index.by_stem.get(_stem(written), ())})
    if not found and len(key) >= _MIN_PART_LENGTH:
        close = process.extract(
            key, list(index.by_key), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=_MAX_CANDIDATES
        )
        parts = [name for name in index.by_key if len(name) >= _MIN_PART_LENGTH + 2 and (name in key or key in name)]
        for name in [*(name for name, _, _ in close), *parts[:_MAX_CANDIDATES]]:
            found.update({id(one): one for one in index.by_key[name]})
    return list(found.values())[:_MAX_CANDIDATES]


def _matches_lost_characters(written: str, index: OrganisationIndex) -> list[Organisation]:
    """Return the 団体 whose name fits the written one when each lost character (? 〓) stands for any character."""
    pattern = "".join("." if sign in LOST_CHARACTERS else re.escape(sign) for sign in plain_organisation(written))
    lost = re.compile(pattern)
    return [one for name, group in index.by_folded.items() if lost.fullmatch(name) for one in group]


def _split_branch(written: str) -> tuple[str, str]:
    """Return branch and name of a written name, with the branch at its front or end; "" where there is none."""
    front = _BRANCH_IN_TEXT.match(written)
    if front:
        return front.group(1), front.group(2)
    behind = _BRANCH_BEHIND.match(written)
    return (behind.group(2), behind.group(1)) if behind else ("", written)


_NUMBERED_BRANCH = re.compile(r"第?([0-9〇一二三四五六七八九十]+)(?:支部)?")


def branch_key(branch: str) -> str:
    """Return the key of a 支部: its number (第４支部, 4支部, 第四支部, ４), else its name without 支部."""
    plain = name_key(branch)
    numbered = _NUMBERED_BRANCH.fullmatch(plain)
    return with_arabic_digits(f"{numbered[1]}日").removesuffix("日") if numbered else plain.removesuffix("支部")


def spelled_branch(branch: str, known: Collection[str]) -> str:
    """Return a 支部 as one of the ``known`` is spelled; a numbered one that is new as 第2支部, others as they are."""
    key = branch_key(branch)
    if not key or branch in known:
        return branch
    return next((one for one in known if branch_key(one) == key), f"第{key}支部" if is_digits(key) else branch)


def _same_branch(branch: str, other: str) -> bool:
    return branch_key(branch) == branch_key(other)


def _stem(name: str) -> str:
    """Return the search key of a name without endings such as 町会."""
    key = name_key(name)
    return _ENDINGS.sub("", key) or key


def _group_by(organisations: Iterable[Organisation], key: Callable[[str], str]) -> OrganisationsByText:
    groups = group_by_key((key(one.name), one) for one in organisations)
    return {name: tuple(group) for name, group in groups.items()}


UNDECIDED = "undecided"
_DITTO_CARRIED = ("branch", "name", "venue", "room")
"""Fields in which 同上 is carried on, or asked about already."""


class OrganisationRowReader:
    """Reads one row and records findings about it; ``columns`` maps column numbers to fields.

    What several columns of one field say stands one after the other.
    """

    def __init__(self, file: ForeignFile, columns: Mapping[int, str], row: ForeignRow):
        self._file = file
        self._row = row
        self._column_of_field = {field: index for index, field in sorted(columns.items(), reverse=True)}
        told = group_by_key((columns[index], clean(cell)) for index, cell in enumerate(row.cells) if columns.get(index))
        self._values = {field: "　".join(dict.fromkeys(filter(None, texts))) for field, texts in told.items()}
        self._problems = [finding for finding in file.problems if finding.row == row.row]
        self._notices = [finding for finding in file.notices if finding.row == row.row]
        for field, text in self._values.items():
            if is_ditto(text) and field not in _DITTO_CARRIED:
                self._add_problem(field, f"「{text}」が何と同じかは、決められない", UNDECIDED)

    def _add_problem(self, field: str, reason: str, code: str) -> None:
        self._problems.append(self._finding(field, reason, code))

    def _add_notice(self, field: str, reason: str, code: str) -> None:
        self._notices.append(self._finding(field, reason, code))

    def _finding(self, field: str, reason: str, code: str) -> Finding:
        """Return a finding at the column of a field in this row, without recording it."""
        return self._file.finding(self._row.row, self._column_of_field.get(field), reason, code)


_CHAIR = r"会長|代表者|代表|理事長|町会長|自治会長"
_FIELDS = list_fields(
    Organisation,
    {
        "furigana": (
            FieldSpec("会長名", rf"(?:{_CHAIR})", key="chair", match_order=90),
            FieldSpec(
                "会長のふりがな",
                rf"(?:{_CHAIR}).*(?:ふりがな|フリガナ|カナ|よみ|読み)",
                key="chair_furigana",
                match_order=20,
            ),
            FieldSpec("電話", r"電話|連絡先|携帯|tel", key="phone", match_order=120),
            FieldSpec("FAX", r"fax|ファックス", key="fax", match_order=110),
            FieldSpec("メール", r"メール|mail", key="email", match_order=130),
            FieldSpec("住所", r"住所|所在地", key="address", match_order=140),
        ),
        "households": (FieldSpec("補助金", r"補助金|助成", key="subsidy", match_order=160),),
    },
)
ORGANISATION_FIELDS = field_labels(_FIELDS)
"""Field key to its Japanese label; the 段階 of a tool has the key ``stage:`` + its heading."""

STAGE_PREFIX = "stage:"

_PATTERNS = heading_patterns(
    _FIELDS,
    (
        # Headings about the 会長 are matched before general ones, and before the name alone.
        (30, rf"(?:{_CHAIR}|連絡).*(?:fax|ファックス)", "fax"),
        (40, rf"(?:{_CHAIR}).*(?:電話|携帯|tel|連絡先)", "phone"),
        (50, rf"(?:{_CHAIR}).*(?:メール|mail)", "email"),
        (60, rf"(?:{_CHAIR}).*(?:住所|所在地)", "address"),
        (70, rf"(?:副|前|元)(?:{_CHAIR})|(?:{_CHAIR})(?:職務)?(?:代行|代理)", ""),
        (80, rf"(?:{_CHAIR}).*(?:就任|任期|交代|年齢|生年月日|性別)", ""),
    ),
)
_SERIAL = re.compile(r"^(?:no\.?|番号|連番|id|#|項番)$")
_TOOL_GROUP = re.compile(r"ツール|段階|活用状況|導入状況|取組|デジタル")
_TOOLS: tuple[tuple[str, str], ...] = (
    ("LINE公式アカウント", r"line公式(?:アカウント)?|公式line"), ("LINE", r"line|ライン"),
    ("Instagram", r"instagram|インスタ(?:グラム)?"), ("HP", r"hp|ホームページ|ウェブサイト|webサイト"),
    ("キャッシュレス", r"キャッシュレス(?:決済)?"), ("Facebook", r"facebook|フェイスブック"),
    ("X", r"x|x\(旧twitter\)|twitter"),
    ("YouTube", r"youtube|ユーチューブ"), ("Zoom", r"zoom|オンライン会議"), ("電子回覧板", r"電子回覧板?"),
    ("ブログ", r"ブログ"),
    ("アプリ", r"アプリ"), ("SNS", r"sns"), ("スマホ", r"スマホ|スマートフォン"),
    ("メーリングリスト", r"メーリングリスト|ml"),
)  # fmt: skip
_STAGE_SUFFIX = (
    r"(?:の?(?:活用|利用|導入|運用|取り?組み?|整備|習熟)?の?"
    r"(?:度合い?|度|状況|段階|レベル|ステップ|ランク|評価)?(?:\(.*\))?"
    # whatever is asked of it, on the scale of 段階
    r"|[のはが:・][^0-9]{0,14}0[~〜\-‐–から・、]+5.*)"
)
_STAGE_SIGNS = frozenset({"0", "1", "2", "3", "4", "5", "×", "✕", "✖", "✗", "x", "X"})
_MIN_STAGES = 3


def tool_of(heading: str) -> str:
    """Return the tool whose 段階 a column with this heading holds (「LINE活用度」→ LINE), or an empty text."""
    folded = fold_heading(heading)
    return next((tool for tool, words in _TOOLS if re.fullmatch(f"(?:{words}){_STAGE_SUFFIX}", folded)), "")


def tools_named(heading: str) -> list[str]:
    """Return the tools with whose name a heading begins: a column may be chosen to hold their 段階."""
    return [tool for tool, words in _TOOLS if re.match(words, fold_heading(heading))]


def propose_stages(file: ForeignFile, columns: Mapping[int, str]) -> dict[int, str]:
    """Return ``columns`` plus the unassigned columns that hold only 0 to 5 and ×, taken as 段階 of a tool.

    At least ``_MIN_STAGES`` cells must be filled, and not all alike.
    """
    proposed = dict(columns)
    for index, heading in enumerate(file.headings):
        if index in proposed or not heading.strip() or _SERIAL.match(fold_heading(heading)):
            continue
        filled = [text for row in file.rows if index < len(row.cells) and (text := clean(row.cells[index]))]
        signs = {one_width(text) for text in filled}
        if len(filled) >= _MIN_STAGES and signs <= _STAGE_SIGNS and len(signs) > 1:
            proposed[index] = STAGE_PREFIX + heading.strip()
    return proposed


def propose_organisation_columns(headings: Sequence[str], groups: Sequence[str]) -> dict[int, str]:
    """Guess the field of each column (number from 0) by its heading; ``groups`` are the headings above them.

    Columns under a group such as 「ツール状況」, and headings that name a tool, hold 段階. Each field goes to the first
    column that fits.
    """
    found: dict[int, str] = {}
    for index, heading in enumerate(headings):
        folded = fold_heading(heading)
        group = fold_heading(groups[index]) if index < len(groups) else ""
        if not folded or _SERIAL.match(folded):
            continue
        tool = tool_of(heading)
        if tool or (group != folded and _TOOL_GROUP.search(group)):
            stage = STAGE_PREFIX + (tool or heading.strip())
            if stage not in found.values():
                found[index] = stage
            continue
        field = next((field for pattern, field in _PATTERNS if pattern.search(folded)), "")
        if field and field not in found.values():
            found[index] = field
    return found


@record
class ListedOrganisation(Organisation):
    """One 団体 of a list. ``stages`` maps a tool to "0" … "5" or "×"; empty or out-of-range values are left out.

    ``chair`` is empty when the post is vacant (``is_chair_vacant``), and when its cell holds no name. ``phone`` and
    ``fax`` are digits, ``values`` hold the cells by field. ``households_text``
    and ``subsidy_note`` hold a value that is no number, else they are empty. ``damaged_fields`` names the fields whose
    cells lost a character: they must not overwrite registered values. ``is_broken``: the row is damaged in the file.
    """

    row: int
    spreadsheet_row: int
    values: Mapping[str, str] = dataclasses.field(repr=False)
    chair: str = ""
    chair_furigana: str = ""
    is_chair_vacant: bool = False
    phone: str = ""
    fax: str = ""
    email: str = ""
    address: str = ""
    subsidy: int | None = None
    subsidy_note: str = ""
    damaged_fields: tuple[str, ...] = ()
    is_broken: bool = False
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()


@record
class OrganisationTable(ReadTable):
    """All 団体 of a file, and the columns used."""

    rows: tuple[ListedOrganisation, ...]
    columns: Mapping[int, str]
    lost_characters: int


_DECORATION = re.compile(r"^[\s―ー─━\-=＝■□◆◇●○▼【〔［\[<＜〈《（(・…]+|[\s―ー─━\-=＝】〕］\]>＞〉》）)…]+$")
_BRANCH = re.compile(r".{1,12}(?:支部|地区|ブロック)")
_NO_BRANCH = re.compile(r"(?:なし|無し|無|未加盟|連合会未加盟|加盟なし|非加盟|-|ー|―|－)")


def branches_by_row(file: ForeignFile, columns: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Return the 支部 of every data row with how it was found: "" as written, "carried" from above, "missing".

    A list that repeats its 支部 in every row means an empty cell to be empty; a list that writes it once per block
    means it for the rows below. A section title naming a 支部 applies to the rows below it whose cell is empty; when
    no column holds 支部, to all rows below it.
    """
    index = column_of(columns, "branch")
    sections = {line.source_line: name for line in file.left_out if (name := _section_name(line.cells, index))}
    if index is None:
        return _branches_from_sections(file, sections)
    own = [clean(row.cells[index]) if index < len(row.cells) else "" for row in file.rows]
    repeated = sum(bool(one) and one == other for one, other in itertools.pairwise(own))
    blank = sum(not text for text in own)
    carries = repeated <= blank or bool(sections)
    found = {}
    current, last_place = "", 0
    for row, text in zip(file.rows, own, strict=True):
        current = next((name for place, name in sections.items() if last_place < place < row.source_line), current)
        last_place = row.source_line
        if text and not is_ditto(text):
            current = "" if _NO_BRANCH.fullmatch(text) else text
            found[row.row] = (current, "")
        elif row.problem:
            found[row.row] = ("", "")
        elif (carries or text) and current:
            found[row.row] = (current, "carried")
        else:
            found[row.row] = ("", "missing")
    return found


def _branches_from_sections(file: ForeignFile, sections: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Return the 支部 of each row from the nearest section title above it, "" where there is none."""
    found = {}
    for row in file.rows:
        above = [name for place, name in sections.items() if place < row.source_line]
        found[row.row] = (above[-1], "") if above else ("", "")
    return found


def _section_name(cells: tuple[str, ...], index: int | None) -> str:
    """Return the branch that a row names as heading of those below it, "" where it is no heading.

    It is the only filled cell: in the first column or that of the branch (``index``), in any where ``index`` is None.
    """
    filled = [(place, cell) for place, cell in enumerate(cells) if cell.strip()]
    if len(filled) != 1 or (index is not None and filled[0][0] not in {index, 0}):
        return ""
    name = _DECORATION.sub("", filled[0][1]).strip()
    return name if _BRANCH.fullmatch(name) else ""


_NOT_THE_CHAIR = re.compile(r"代行|代理|副会長|前会長|元会長|副代表|事務局|^(?:他|ほか)\s*[0-9０-９]")
_NO_AMOUNT_MARKS = frozenset(
    {"○", "◯", "〇", "●", "◎", "×", "✕", "✗", "―", "ー", "-", "－", "有", "無", "あり", "なし", "済", "未"}
)
_OTHER_UNIT = re.compile("households.*[人名円件体]|subsidy.*[帯戸人名件体]")
"""A field with a number of something else."""
_IMPOSSIBLE = re.compile(r"[-−－▲△]\s*\d|\d+\.\d*[1-9]")
IMPOSSIBLE_NUMBER = "impossible_number"
UNPRINTABLE_NAME = "unprintable_name"
NOT_THE_CHAIR = "not_the_chair"
NOT_AN_ORGANISATION = "not_an_organisation"
_BESIDE_A_NUMBER = re.compile(r"\d.*[^\W\d_a-zA-Zー]|[^\W\d_a-zA-Zー].*\d|\d\s*(?:[/、,;・]|or)\s*\d")
"""Words beside a telephone number, or a second one."""
_SHORT = 20
_STANDING = re.compile(r"休会|解散|廃会|休止|退会|脱[退会]|非公開|御中|[（(【\[]旧[）)】\]]")
"""What is said of a 団体 beside its name or in place of its 会長."""
NOT_A_NAME, ODD_CONTACT = "not_a_name", "odd_contact"
_CHAIR_QUESTION = parse_heading("chair", "")
_CROSSES = "✕✖✗❌xX"
NAME_FIELDS = ("branch", "name", "furigana", "chair", "chair_furigana")
_LABELS = ORGANISATION_FIELDS


def read_organisations(file: ForeignFile, columns: Mapping[int, str] | None = None) -> OrganisationTable:
    """Read every row of ``file``; ``columns`` (column number to field) default to the proposed columns.

    Rows of totals are skipped. × (希望しない), 0 (未着手) and an empty cell are three different values; a value out of
    range is reported and not taken.
    """
    used = (
        propose_stages(file, propose_organisation_columns(file.headings, file.groups)) if columns is None else columns
    )
    branches = branches_by_row(file, used)
    rows = [_Row(file, used, row, *branches[row.row]).read() for row in file.rows]
    rows = _with_duplicate_findings(rows, file, used)
    return OrganisationTable(
        rows=tuple(rows),
        columns=dict(used),
        file_notices=tuple(notice for notice in file.notices if not notice.row),
        lost_characters=count_lost_characters(row.values.get(field, "") for row in rows for field in NAME_FIELDS),
    )


_REMARKS = re.compile(_FIELDS["note"].heading)


KNOWN: Mapping[str, Callable[[str, str], bool]] = {
    "households": lambda _heading, text: bool(re.search(r"\d", text)) or is_nothing(text),
    "phone": lambda _heading, text: bool(parse_phone(text).digits) or is_nothing(text),
    "email": lambda _heading, text: "@" in one_width(text) or is_nothing(text),
    "chair": lambda _heading, text: not isinstance(parse_answer(text, _CHAIR_QUESTION), Text) or can_be_person(text),
}
"""Whether a cell of a field says something that the field knows."""


class _Row(OrganisationRowReader):
    """Reads one row of a list of 団体, and records its findings."""

    def __init__(self, file: ForeignFile, columns: Mapping[int, str], row: ForeignRow, branch: str, branch_doubt: str):
        super().__init__(file, columns, row)
        self._columns = columns
        self._kept: list[str] = []
        self._branch = branch
        self._branch_doubt = branch_doubt
        # A strike in a column that is not taken says nothing about the 団体.
        self._problems = [one for one in self._problems if one.code != STRUCK_CELL or one.index in columns]

    def read(self) -> ListedOrganisation:
        """Return the row with its findings; the values of a broken row are not checked."""
        values = self._values
        broken = bool(self._row.problem)
        if not broken:
            self._check_names()
        chair, reading, vacant, why_not = self._chair(broken=broken)
        note = values.get("note", "")
        if note and not _REMARKS.search(heading := self._file.headings[self._column_of_field["note"]].strip()):
            note = f"{heading}：{note}"
        if why_not:
            note = join_nonempty(note, f"会長の欄：{why_not}")
        phone, fax = (self._phone(field, broken=broken) for field in ("phone", "fax"))
        mail = self._contact("email", plain_mail(values.get("email", "")), MAIL.fullmatch)
        address = self._contact("address", values.get("address", ""), is_address)
        households, households_text = self._amount("households", "世帯数", broken=broken)
        subsidy, subsidy_note = self._amount("subsidy", "補助金", broken=broken)
        stages = self._stages(broken=broken)
        note = join_nonempty(note, *self._kept)
        return ListedOrganisation(
            row=self._row.row,
            spreadsheet_row=self._row.spreadsheet_row,
            values=values,
            branch=self._branch,
            name=values.get("name", ""),
            furigana=values.get("furigana", ""),
            chair=chair,
            chair_furigana=values.get("chair_furigana", "") or reading,
            is_chair_vacant=vacant,
            phone=phone,
            fax=fax,
            email=mail if "@" in mail else "",
            address=address,
            households=households,
            households_text=households_text,
            stages=stages,
            subsidy=subsidy,
            subsidy_note=subsidy_note,
            support_policy=values.get("support_policy", ""),
            note=note,
            damaged_fields=tuple(field for field in NAME_FIELDS if has_lost_character(values.get(field, ""))),
            is_broken=broken,
            problems=tuple(self._problems),
            notices=tuple(self._notices),
        )

    def _chair(self, *, broken: bool) -> tuple[str, str, bool, str]:
        """Return name and reading of the 会長, whether the post is vacant, and text for the remarks; note findings.

        Of a ``broken`` row nothing is noted, and what is no plain 「空席」 or 「なし」 stays the name as written.
        """
        text = self._values.get("chair", "")
        if not broken and (_STANDING.search(text) or _NOT_THE_CHAIR.search(text)):
            self._add_problem("chair", f"会長名の欄に「{text[:20]}」とある。会長の氏名としては入れない", NOT_THE_CHAIR)
            return "", "", False, text
        answer = parse_answer(text, _CHAIR_QUESTION)
        if isinstance(answer, No):
            if not broken:
                self._add_notice("chair", "会長が空席", "chair_vacant")
            return "", "", True, ""
        if isinstance(answer, Nothing) or is_unanswered(text):
            if not (broken or is_nothing(text)):
                self._add_notice("chair", f"会長名の欄が「{text[:20]}」", "chair_absent")
            return "", "", False, ""
        if broken:
            return text, "", False, ""
        found = split_name(text)
        if remark_at_name(found.name) or isinstance(answer, Unclear) or not can_be_person(found.name):
            self._add_problem("chair", f"会長名の欄の「{text[:20]}」は、氏名として読めない", NOT_A_NAME)
            return "", "", False, text
        if found.removed:
            shown = "」「".join(" ".join(one.split()) for one in found.removed)
            self._add_notice("chair", f"会長名に付いていた「{shown}」を会長名から分けた", "name_parted")
        return found.name, found.reading, False, "".join(found.meaningful)

    def _check_names(self) -> None:
        """Record findings about the names of organisation, branch and chair."""
        name = self._values.get("name", "")
        if not name:
            self._add_problem("name", "団体名が空", "missing_required")
        if name and (_STANDING.search(name) or not is_plain("organisation", name)):
            reason = f"団体名の欄に「{name[:20]}」とある。いまある団体かを確かめる"
            self._add_problem("name", reason, NOT_AN_ORGANISATION)
        if self._branch and not is_plain("branch", self._branch):
            reason = f"支部の欄に「{self._branch[:20]}」とある。いまの支部を確かめる"
            self._add_problem("branch", reason, NOT_AN_ORGANISATION)
        for index, text in enumerate(self._row.cells):
            if self._columns.get(index, "note") in ("", "note") and _STANDING.search(text[:_SHORT]):
                reason = f"「{text[:_SHORT]}」とある。いまある団体かを確かめる"
                self._problems.append(self._file.finding(self._row.row, index, reason, NOT_AN_ORGANISATION))
        if self._branch_doubt == "carried":
            self._add_notice("branch", f"支部が空のため、上の「{self._branch}」を使う", "branch_carried")
        elif self._branch_doubt == "missing":
            self._add_problem("branch", "支部が空。連合会未加盟か書き忘れかを確かめる", "branch_missing")
        self._check_spelling()

    def _check_spelling(self) -> None:
        """Record findings about the signs of the names, and about readings that are none."""
        for field in NAME_FIELDS:
            text = self._values.get(field, "")
            if odd := name_problem(text):
                self._add_problem(field, f"{_LABELS[field]}に{odd}。書類に印刷できない", UNPRINTABLE_NAME)
            if text and field.endswith("furigana") and not is_plain("reading", text):
                self._add_problem(field, f"{_LABELS[field]}の「{text[:20]}」は、ふりがなとして読めない", NOT_A_NAME)
            if has_lost_character(text):
                reason = f"{_LABELS[field]}に「?」などがあり、文字が失われたおそれがある"
                self._add_problem(field, reason, "lost_character")

    def _phone(self, field: str, *, broken: bool) -> str:
        """Return a telephone or FAX number as digits, "" where there is none; record what is doubtful about it."""
        text = self._values.get(field, "")
        if broken or not text:
            return ""
        reading = parse_phone(text, is_fax=field == "fax")
        beside = reading.has_several or _beside_number(text)
        if beside:
            self._kept.append(f"{_LABELS[field]}の欄：{text}")
        if reading.problem and (text in NO_VALUE_WORDS or is_nothing(text)):
            self._add_notice(field, f"電話番号の欄が「{text[:20]}」", "phone_absent")
        elif reading.problem:
            self._add_problem(field, reading.problem, "phone_invalid")
        elif beside:
            self._add_notice(field, f"{_LABELS[field]}の欄の「{text[:40]}」は、番号のほかも備考に残す", "phone_remark")
        elif reading.is_restored:
            shown = format_phone(reading.digits)
            self._add_notice(field, f"先頭の0が落ちた電話番号。{shown} と読む", "phone_leading_zero_restored")
        return reading.digits

    def _contact(self, field: str, text: str, fits: Callable[[str], object]) -> str:
        """Return a mail or postal address, "" where there is none; record what is no single one."""
        if is_nothing(text):
            return ""
        if not (self._row.problem or fits(one_width(text))):
            self._add_problem(field, f"「{text[:40]}」を1つの{_LABELS[field]}として読めない", ODD_CONTACT)
        return text

    def _amount(self, field: str, word: str, *, broken: bool) -> tuple[int | None, str]:
        """Return the number of a cell and "", or None and its text where it is no number (約300); record findings."""
        text = self._values.get(field, "")
        if not text:
            if field == "households" and field in self._values and not broken:
                self._add_notice(field, f"{word}が空", "blank_value")
            return None, ""
        number = parse_amount(text)
        if number is not None and number >= 0 and not _OTHER_UNIT.fullmatch(field + text):
            return number, ""
        if broken:
            return None, text
        if text in _NO_AMOUNT_MARKS:
            self._add_notice(field, f"{word}の列に金額でなく「○」「―」などの印がある。印のまま残す", "mark_for_amount")
        elif _IMPOSSIBLE.search(one_width(text)):
            self._add_problem(field, f"{word}が「{text[:20]}」になっている", IMPOSSIBLE_NUMBER)
        else:
            self._add_problem(field, f"{word}「{text[:20]}」を数として読めない", "not_a_number")
        return None, text

    def _step_of(self, field: str, text: str) -> str:
        """Return the step that a word of the heading stands for (0未着手～5定着), any other text as it is."""
        steps: list[tuple[str, str]] = re.findall(
            r"(\d)[\s:.=]*([^\W\d_]+)", one_width(self._file.headings[self._column_of_field[field]])
        )
        return {word: step for step, word in steps}.get(text, text)

    def _stages(self, *, broken: bool) -> dict[str, str]:
        """Return the valid 段階 of each tool, and record what is empty or out of range; none of a damaged row."""
        stages = {}
        for field, text in self._values.items():
            if not field.startswith(STAGE_PREFIX) or broken:
                continue
            tool = field.removeprefix(STAGE_PREFIX)
            folded = one_width(text)
            if not text:
                self._add_notice(field, f"{tool}が空（×とは区別する）", "blank_value")
            elif text == "×" or text in _CROSSES:
                stages[tool] = "×"
                if text != "×":
                    self._add_notice(field, f"「{text}」は×と同じ", "batsu_variant")
            elif (step := self._step_of(field, folded)) in {"0", "1", "2", "3", "4", "5"}:
                stages[tool] = step
            else:
                self._kept.append(f"{tool}の欄：{text}")
                self._add_problem(field, f"{tool}が「{text[:20]}」（0〜5か×）。備考に残す", "value_out_of_range")
        return stages


def _beside_number(text: str) -> bool:
    return bool(_BESIDE_A_NUMBER.search(one_width(text)))


def _with_duplicate_findings(
    rows: Sequence[ListedOrganisation], file: ForeignFile, columns: Mapping[int, str]
) -> list[ListedOrganisation]:
    """Return the rows with findings: a problem on each later row of a 団体 listed twice (same 支部 and 団体名).

    A notice is on rows whose name also occurs in another 支部. Broken rows get none.
    """
    sound = [(plain_organisation(row.name), row) for row in rows if row.name and not row.is_broken]
    by_name = group_by_key(sound)
    first: dict[tuple[str, str], ListedOrganisation] = {}
    found: dict[int, dict[str, Any]] = {}
    for name, row in sound:
        earlier = first.setdefault((name, row.branch), row)
        told = ("problems", f"{earlier.spreadsheet_row}行目と同じ団体（支部と団体名が同じ）", "duplicate_organisation")
        if earlier is row:
            told = ("notices", "同じ名の団体が別の支部にある。まとめない", "same_name_other_branch")
        if earlier is not row or any(one.branch != row.branch for one in by_name[name]):
            kind, reason, code = told
            finding = file.finding(row.row, column_of(columns, "name"), reason, code)
            found[row.row] = {kind: (*getattr(row, kind), finding)}
    return [replace(row, **found.get(row.row, {})) for row in rows]
