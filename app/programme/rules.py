"""Rules on the contract of a year: its numbers by event kind, 契約変更, clauses, document numbers, retention.

Settings are valid from a day until the next row. The title of each document that clauses are cited from is written
here once, exactly as on it. The contract sets no days of retention: they are the program's own (目安日) until the ward
sets others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

from app.calendar.dates import long_date, long_date_plain
from app.calendar.due_words import Anchor, parse_due
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import Direction, months_after, parse_period
from app.calendar.term_beginnings import TermBeginning, parse_term_beginning
from app.calendar.wareki import fiscal_year_words
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty
from app.programme.tax import is_registration_number, tax_doubt
from db.backups.retention import KEEP_MONTHS, last_day_in_backups
from db.digits import one_width, whole_number
from db.fields import specs
from db.record import frozen, record
from db.records.event_form import EventForm
from db.records.programme import (
    Contractor,
    ContractTerms,
    Counted,
    EventKind,
    Office,
    Programme,
    Recruitment,
    ReportAnswer,
    ReportExtra,
    VisitStep,
)
from db.records.year.practices import OwedPaper, RecordGroup, Requirement, RetentionRow, RetentionStart


@record
class ClauseSource:
    """One document that clauses are cited from.

    Attributes:
        letter: its abbreviation in short citations (「特」 in 「特17(1)」). title: its own title.
        short: the text before a number in full citations, "" = the title. binds: it is part of the contract.
    """

    letter: str
    title: str
    short: str = ""
    binds: bool = False

    @property
    def citation_prefix(self) -> str:
        """Return the text before a clause number in full citations."""
        return self.short or self.title


SPECIFICATION = ClauseSource(letter="仕", title="仕様書", binds=True)
ANNEX = ClauseSource(letter="特", title="情報の保護および管理に関する特記事項", short="特記事項", binds=True)
"""Documents that 仕様書6 of 令和8年度 makes part of the contract; another contract has another annex, or none."""
OUTSIDE_ANNEX = ClauseSource(letter="機", title="機密保持及び個人情報保護に関する特記事項")
"""Documents outside the contract, which the ward may follow by itself."""
CLAUSE_SOURCES = (
    SPECIFICATION,
    ANNEX,
    OUTSIDE_ANNEX,
    ClauseSource(letter="長", title="長崎県自治体クラウドサービス利用契約書"),
    ClauseSource(letter="約", title="クラウド導入支援サービス契約約款"),
    ClauseSource(letter="保", title="保守・運用契約書"),
)
BRANCH = "支部"
_WITHOUT_BRANCH = re.compile(f"[・、]?(?<![0-9]){BRANCH}(?!長)(?:なし)?")
CERTIFIED = "廃棄・消去証明書"
"""The paper by which the contractor proves that nothing is left with it."""


def asks_for_disposal(programme: Programme) -> bool:
    """Return whether a contract asks for that proof: by its table of papers, or by the 特記事項 that is known here."""
    return programme.annex == ANNEX.title or any(row.paper == CERTIFIED for row in programme.owed)


ValueType = Literal["日付", "数", "期間", "始まり", "程度", "項番", "文"]
KIND_FIELDS: tuple[tuple[str, str, ValueType, str], ...] = (
    ("window_start", "実施期間の初日", "日付", "clause_window"),
    ("window_end", "実施期間の末日", "日付", "clause_window"),
    ("days", "日数", "数", "clause_window"),
    ("planned", "回数", "数", "clause_planned"),
    ("strict", "回数の「程度」の有無", "程度", "clause_planned"),
    ("people_min", "人数の下限", "数", "clause_people"),
    ("people_max", "人数の上限", "数", "clause_people"),
    ("people_strict", "人数の「程度」の有無", "程度", "clause_people"),
    ("headcount_period", "参加人数の連絡", "期間", "clause_people"),
    ("minutes", "実施時間", "数", "clause_minutes"),
    ("minutes_strict", "実施時間の「程度」の有無", "程度", "clause_minutes"),
    ("material_period", "資料の確認", "期間", "clause_material"),
    ("report_period", "実施報告書", "期間", "clause_report"),
)
_YEAR_FIELDS: tuple[tuple[str, str, ValueType, str], ...] = (
    ("title", "契約件名", "文", "clause_purpose"),
    ("term_begins", "履行期間の始まり", "始まり", "clause_term"),
    ("term_end", "履行期間の末日", "日付", "clause_term"),
    ("proposal_period", "提案書", "期間", "clause_proposal"),
    ("payment_period", "支払", "期間", "clause_payment"),
)
_UNITS = {"people_min": "人", "people_max": "人", "minutes": "分", "days": "日"}
LOOSE, STRICT = "程度", "程度なし"
PERIOD_SIDES: Mapping[str, Direction] = {
    "headcount_period": "before",
    "material_period": "before",
    "report_period": "after",
    "proposal_period": "after",
    "payment_period": "after",
}
"""The fields that hold a period, and on which side of its day each of them lies."""
LIMITS: Mapping[str, tuple[int, int]] = {
    "planned": (1, 1_000),
    "days": (1, 366),
    "people_min": (1, 100_000),
    "people_max": (1, 100_000),
    "minutes": (1, 1_440),
}
"""The least and the greatest number of a kind of event, in a definition file and wherever one is typed."""
OPTIONAL_PERIODS = frozenset({"headcount_period", "material_period", "proposal_period"})
"""The periods that a contract may do without: empty, nothing of it is asked for. A report is always owed."""
NOT_ASKED = "求めない"
"""How an empty period is shown, and typed where an empty field would say nothing."""


def check_period(field_name: str, text: str) -> str:
    """Return a period in the words in which it is kept, "" where the contract may do without and does.

    Raises:
        PeriodProblem: it can't be read, or is needed; the text names the forms that can be read.
    """
    if field_name in OPTIONAL_PERIODS and text.strip() in ("", NOT_ASKED):
        return ""
    return parse_period(text, PERIOD_SIDES[field_name]).words


@record
class ContractValue:
    """One number of a contract.

    Attributes:
        key: 「講習会.planned」, 「年度.term_end」. label: 「講習会　回数」. value_type: how it is parsed and shown.
        clause: its clause in the 仕様書 (「仕4(1)ウ」). text: as stored (「7」, 「2026-09-01」, 「5日前」). unit:
            「回」 or "".
    """

    key: str
    label: str
    value_type: ValueType
    clause: str
    text: str
    unit: str = ""

    @property
    def words(self) -> str:
        """Return the value for display: 「7回」, 「令和8年9月1日」."""
        return display_words(self, self.text)


def value_key(owner: str, name: str) -> str:
    """Return the key of a number: 「講習会.planned」 for a kind of event and a field of ``EventKind``."""
    return f"{owner}.{name}"


def display_words(value: ContractValue, text: str) -> str:
    """Return ``text`` as a value of this number for display; an empty one as 「—」, an empty period as 「求めない」."""
    if not text:
        return NOT_ASKED if value.value_type == "期間" else "—"
    return long_date_plain(date.fromisoformat(text)) if value.value_type == "日付" else f"{text}{value.unit}"


def contract_values(programme: Programme, numbers: Iterable[EventKind]) -> tuple[ContractValue, ...]:
    """Return the numbers and clauses of a year, the contract's first, then those of each kind.

    Left out are empty values of the contract, clauses not cited, and numbers of a kind that are None or whose clause is
    not cited.

    Args:
        programme: the contract. numbers: its kinds.
    """
    found = [one for one in _values_of(programme, "年度") if one.text]
    for row in numbers:
        found += [replace(one, label=f"{row.name}　{one.label}") for one in _values_of(row, row.kind) if one.clause]
    return tuple(found)


def _values_of(row: EventKind | Programme, owner: str) -> Iterator[ContractValue]:
    """Yield the numbers and clauses of a row that are not None, cited or not."""
    units, called = _UNITS, "回数"
    if isinstance(row, EventKind):
        units = {**_UNITS, "planned": row.planned_unit}
        called = f"{row.planned_unit}数" if row.counted.by_organisation else called
    for name, label, sort, clause in _declared_fields(type(row)):
        if (value := getattr(row, name)) is not None:
            yield ContractValue(
                key=value_key(owner, name),
                label=label if sort == "項番" else label.replace("回数", called),
                value_type=sort,
                clause=getattr(row, clause),
                text=_text(sort, value),
                unit=units.get(name, ""),
            )


def _declared_fields(record: type[EventKind] | type[Programme]) -> tuple[tuple[str, str, ValueType, str], ...]:
    """Return the numbers of a record, then its clauses, each of them its own clause: 「契約　項番（支払）」."""
    owner, numbers = ("", KIND_FIELDS) if record is EventKind else ("契約　", _YEAR_FIELDS)
    labels = {name: specs(record)[name].spec.label.removeprefix("条項") for name in clause_fields(record)}
    return (*numbers, *((name, f"{owner}項番{label}", "項番", name) for name, label in labels.items()))


KINDS_OF_NEXT_YEAR = "種類"
"""The owner in the keys of what was confirmed about the kinds themselves: 「種類.個別相談会」."""
NOT_USED, STILL_USED, NO_KIND = "使わない", "使う", "種類ではない"
_RENAMED = "名前"


def new_kind_text(form: EventForm, sign: str, title: str) -> str:
    """Return how a kind that the next year adds is kept: 「講習　相　スマートフォン個別相談会」."""
    return "　".join((form.value, sign, title))


def renamed_kind_text(name: str, sign: str, title: str) -> str:
    """Return how a kind that the next year calls otherwise is kept: 「名前　講座　講　デジタル講座」."""
    return "　".join((_RENAMED, name, sign, title))


def next_kind_words(name: str, text: str) -> str:
    """Return what was confirmed of the kind that is kept under ``name``, in words."""
    form, _blank, rest = text.partition("　")
    if not rest:
        return text
    name, sign, title = (rest if form == _RENAMED else f"{name}　{rest}").split("　", 2)
    how = form.replace(_RENAMED, "新しい名前")
    return f"つぎの年度の種類「{name}」（{how}、契約書の名前「{title}」、記号「{sign}」）"


def kinds_of_next_year(kinds: Sequence[EventKind], confirmed: Mapping[str, str]) -> tuple[EventKind, ...]:
    """Return the kinds with which the next year begins.

    Args:
        kinds: those of this year. confirmed: what was confirmed from the next 仕様書, by key; all but what is about
            the kinds themselves is ignored.
    """
    said = {key.partition(".")[2]: text for key, text in confirmed.items() if key.startswith(f"{KINDS_OF_NEXT_YEAR}.")}
    found = []
    for one in kinds:
        text = said.get(one.kind, "")
        if text.startswith(f"{_RENAMED}　"):
            _renamed, name, sign, title = text.split("　", 3)
            found.append(replace(one, name=name, name_in_text=name, sign=sign, title=title))
        elif text != NOT_USED:
            found.append(one)
    forms = {form.value: form for form in EventForm}
    for name, text in said.items():
        word, _blank, rest = text.partition("　")
        if word in forms and all(one.kind != name for one in kinds):
            sign, _blank, title = rest.partition("　")
            found.append(_added_kind(kinds, forms[word], name, sign, title))
    return tuple(replace(one, position=place) for place, one in enumerate(found, 1))


def visit_steps(form: EventForm) -> tuple[VisitStep, ...]:
    """Return the steps that lie between request and visit where nothing else is said; () for other forms."""
    return tuple(VisitStep) if form.at_organisation else ()


def usual_practices(form: EventForm) -> dict[str, Any]:
    """Return what a kind of a form counts, how it is called for and followed up, where nothing else is said."""
    return {
        "counted": Counted.ORGANISATIONS if form.at_organisation else Counted.EVENTS,
        "recruitment": Recruitment.EACH,
        "visits_per_request": 1,
        "steps": visit_steps(form),
        "follow_up_months": (),
    }


def unit_problem(unit: str, counted: Counted) -> str:
    """Return why a unit can't stand behind what is counted: it is the other one of the two words; "" if it can."""
    is_other = unit in tuple(Counted) and unit != counted
    return f"単位が「{unit}」のときは、数えるものも「{unit}」です。" if is_other else ""


def _added_kind(kinds: Sequence[EventKind], form: EventForm, name: str, sign: str, title: str) -> EventKind:
    """Return a kind with the facts of the first one of its form, or else of the first one, without clauses."""
    base = next((one for one in kinds if one.form is form), kinds[0])
    clauses: dict[str, Any] = dict.fromkeys(clause_fields(EventKind), "")
    usual = usual_practices(form)
    return replace(
        base,
        id=0,
        kind=name,
        form=form,
        title=title,
        name=name,
        name_in_text=name,
        sign=sign,
        planned_unit=str(usual["counted"]),
        **(usual if base.form is not form else {"counted": usual["counted"]}),
        people_text="",
        question_time="",
        audience="",
        content=(),
        held_last_year={},
        held_last_year_source="",
        valid_from=None,
        reason="",
        **clauses,
    )


def parse_value(sort: ValueType, typed: str, key: str) -> str:
    """Return a typed value in stored form.

    Args:
        typed: a date as ``YYYY-MM-DD``. key: of the number (「講習会.planned」); it tells which period is read.
    Raises:
        ValueError: it can't be parsed; the text says so in Japanese, except for a date.
    """
    text = typed.strip()
    if sort == "期間":
        return check_period(key.rpartition(".")[2], text)
    if not text:
        raise ValueError("値が書かれていません。")
    if sort == "始まり":
        return check_term_beginning(text)
    if sort == "日付":
        return date.fromisoformat(text).isoformat()
    if sort == "数":
        number, (least, most) = whole_number(text), LIMITS.get(key.rpartition(".")[2], LIMITS["planned"])
        if number is None or not least <= number <= most:
            raise ValueError(f"「{typed[:40]}」は、{least}から{most:,}までの数ではありません。")
        return str(number)
    if sort == "程度" and text not in (LOOSE, STRICT):
        raise ValueError(f"「{typed}」は、「{LOOSE}」か「{STRICT}」ではありません。")
    return text


def with_values(
    programme: Programme, numbers: Iterable[EventKind], values: Mapping[str, str]
) -> tuple[Programme, tuple[EventKind, ...]]:
    """Return a year with the given values in place of its own.

    Args:
        values: by key, in stored form. A key that this year does not have is ignored.
    Raises:
        ValueError: a value can't be parsed.
    """
    rows = tuple(numbers)
    owners = (("年度", Programme), *((row.kind, EventKind) for row in rows))
    sorts = {
        value_key(owner, name): sort
        for owner, record in owners
        for name, _label, sort, _clause in _declared_fields(record)
    }
    given: dict[str, dict[str, Any]] = {}
    for key, text in values.items():
        if key in sorts:
            owner, _dot, name = key.partition(".")
            given.setdefault(owner, {})[name] = _value(sorts[key], text, key)
    return (
        replace(programme, **given.get("年度", {})),
        tuple(replace(row, **given.get(row.kind, {})) for row in rows),
    )


def _text(sort: ValueType, value: Any) -> str:
    if sort == "日付":
        return str(value.isoformat())
    return (STRICT if value else LOOSE) if sort == "程度" else str(value)


def _value(sort: ValueType, text: str, key: str) -> Any:
    """Return the value that a stored text stands for; raises like ``parse_value``."""
    kept = parse_value(sort, text, key)
    if sort == "日付":
        return date.fromisoformat(kept)
    return int(kept) if sort == "数" else kept == STRICT if sort == "程度" else kept


_BARE = re.compile(r"第?\s*(\d+(?:-\d+)?)\s*号?\s*(の\s*\d+)?")
_AFTER_SYMBOL = re.compile(r"第[\s　○〇●◯_]*号?\s*$")
_DASHES = str.maketrans(dict.fromkeys("‐‑–—―−ー", "-"))
"""Characters that a kana keyboard gives for the dash of a branch number."""
_BLANK_SPACE = "　　　　　"
EXAMPLE = "1234"


def _bare_symbol(symbol: str) -> str:
    """Return the 文書記号 alone, without a typed 第 or placeholder and 号."""
    return _AFTER_SYMBOL.sub("", symbol.strip()).strip()


def full_number(symbol: str, typed: str) -> str:
    """Return the number as printed: typed without 文書記号 (1234, 第1234号, 1234の2) it gets it, with 第 and 号.

    Anything else stays as typed, and so does every number where there is no 文書記号.
    """
    number, stem = typed.strip(), _bare_symbol(symbol)
    found = _BARE.fullmatch(one_width(number).translate(_DASHES))
    if not stem or found is None:
        return number
    return f"{stem}第{found[1]}号{(found[2] or '').replace(' ', '')}"


def blank_number(symbol: str) -> str:
    """Return 「8練地協第　　　　　号」, to be filled in after 決裁."""
    return f"{_bare_symbol(symbol)}第{_BLANK_SPACE}号"


def symbol_preview(symbol: str) -> str:
    """Return an example of a printed number with this 文書記号; without one what it is for."""
    if not _bare_symbol(symbol):
        return "公文書の番号の前に印字します。例：8練地協 と入力すると、番号1234は「8練地協第1234号」になります。"
    return f"番号が{EXAMPLE}のとき、「{full_number(symbol, EXAMPLE)}」と印字します。"


def number_preview(symbol: str, typed: str) -> str:
    """Return how the typed number will be printed; an example while nothing is typed."""
    if typed.strip():
        return f"「{full_number(symbol, typed)}」と印字します。"
    if not _bare_symbol(symbol):
        return "文書管理システムで付いた番号を、印字するとおりに入力します。例：8練地協第1234号"
    return f"文書管理システムで付いた番号。例：{EXAMPLE} →「{full_number(symbol, EXAMPLE)}」"


@record
class YearDefinition:
    """The contract of a year as a definition file holds it: all of it settings, no names of people."""

    programme: Programme
    kinds: tuple[EventKind, ...]
    office: Office


def is_numbered_in_order(programme: Programme) -> bool:
    """Return whether clauses bear numbers by their order, as in the contracts with the 特記事項 known here."""
    return programme.annex == ANNEX.title


_ASKED_BY_PERIOD = {"実施報告書": "種類の実施報告書の期限（report）", "提案書": "契約の提案書の期限（proposal_period）"}


def owed_problem(paper: str) -> str:
    """Return why a paper stands in no table of those that are owed: a period asks for it; "" = it may."""
    return fill_nonempty(f"「{paper}」は、{{}}で決まります。ここには書きません。", _ASKED_BY_PERIOD.get(paper))


def owed_row(programme: Programme, paper: str) -> OwedPaper | None:
    """Return the row by which a year's contract asks for a paper, or None."""
    return next((row for row in programme.owed if row.paper == paper), None)


def is_owed_in(programme: Programme, paper: str) -> bool:
    """Return whether a year's contract asks for a paper, by a day or when somebody asks."""
    return owed_row(programme, paper) is not None


def owed_day(programme: Programme, row: OwedPaper, last: date | None, calendar: OfficeCalendar) -> date | None:
    """Return the day by which a paper is owed, None while it is not known; ``last`` is the last event's day."""
    start, end = term_start(programme), programme.term_end
    middle = start + (end - start) / 2 if start is not None else None
    days: dict[Anchor, date | None] = {
        "契約": programme.contract_date,
        "始まり": start,
        "半ば": middle,
        "終わり": end,
        "実施": last,
    }
    return parse_due(row.when).due(days, calendar)


SURVEYED, NETWORK, SUPPLIES, GUIDES, PROPOSED = "アンケート", "接続数", "消耗品", "進行役", "提案書"
"""Figures of ours that a sentence of the 仕様書 can stand beside; the last one is of the year alone."""


def compared_figures(kinds: Iterable[EventKind]) -> tuple[str, ...]:
    """Return the names of the figures of a year that a sentence can be compared with (「講習会.接続数」)."""
    figures = (SURVEYED, NETWORK, SUPPLIES, GUIDES)
    return (*(value_key(one.kind, figure) for one in kinds for figure in figures), value_key("年度", PROPOSED))


def sentence_about(programme: Programme, kind: str, figure: str) -> Requirement | None:
    """Return the sentence of a year that a figure of a kind (by its key) stands beside, or None."""
    return next((row for row in programme.requirements if row.compare == value_key(kind, figure)), None)


MOST_KINDS = 8
"""How many kinds of event a year has at most."""
_CLAUSE = "clause_"
REPORT_EXTRAS: Mapping[EventForm, tuple[ReportExtra, ...]] = {
    EventForm.LECTURE: (ReportExtra.IMPROVEMENTS,),
    EventForm.VISIT: (ReportExtra.HEARING, ReportExtra.STAGES, ReportExtra.FOLLOW_UPS),
    EventForm.EXCHANGE: (ReportExtra.TALK, ReportExtra.SUMMARY),
}
"""The chapters that an office may have in its form of a report though no item of the contract asks for them."""
REPORT_ANSWERS: Mapping[EventForm, tuple[ReportAnswer, ...]] = {
    EventForm.LECTURE: (ReportAnswer.CONDUCT, ReportAnswer.TALLY, ReportAnswer.IMPRESSIONS, ReportAnswer.OWN),
    EventForm.VISIT: (ReportAnswer.CONDUCT, ReportAnswer.TALLY, ReportAnswer.SUPPORT, ReportAnswer.OWN),
    EventForm.EXCHANGE: (
        ReportAnswer.CONDUCT,
        ReportAnswer.TALLY,
        ReportAnswer.IMPRESSIONS,
        ReportAnswer.DISCUSSION,
        ReportAnswer.OWN,
    ),
}
"""The chapters of the 実施報告書 that can answer an item of the contract."""
_ANSWER_WORDS: Mapping[ReportAnswer, tuple[str, ...]] = {
    ReportAnswer.TALLY: ("アンケート",),
    ReportAnswer.DISCUSSION: ("討議", "グループワーク"),
    **{one: (one,) for one in (ReportAnswer.SUPPORT, ReportAnswer.IMPRESSIONS, ReportAnswer.CONDUCT)},
}


def clause_fields(record: type[EventKind] | type[Programme]) -> tuple[str, ...]:
    """Return the fields of a record that hold a clause."""
    return tuple(one.name for one in fields(record) if one.name.startswith(_CLAUSE))


def is_kind_clause(declared: str) -> bool:
    """Return whether a declared clause is the name of a field of a kind of event."""
    return declared in clause_fields(EventKind)


def is_clause_field(declared: str) -> bool:
    """Return whether a declared clause is the name of a field that holds one."""
    return declared.startswith(_CLAUSE)


def clause_key(field_name: str) -> str:
    """Return the key of a clause in a definition file: 「people」 for ``clause_people``."""
    return field_name.removeprefix(_CLAUSE)


_CLAUSE_PARTS = re.compile(r"([^(（]*)((?:[(（]\d+[)）])*)(.*)")


def join_clauses(clauses: Iterable[str]) -> str:
    """Return several clauses as one citation that says each shared part once: 「仕4(1)コ・(2)ケ」, 「仕4(1)ア・ウ」."""
    said = []
    last = ("", "")
    for clause in dict.fromkeys(one for one in clauses if one):
        source, item, rest = _CLAUSE_PARTS.findall(clause)[0]
        if source != last[0]:
            said.append(clause)
        else:
            said.append(f"{'' if item == last[1] and rest else item}{rest}")
        last = (source, item)
    return "・".join(said)


def clause_range(clauses: Sequence[str]) -> str:
    """Return three or more clauses that follow each other as 「仕4(1)から(4)まで」, others as ``join_clauses``."""
    found = list(filter(None, (re.fullmatch(r"(.*)\((\d+)\)", one) for one in clauses)))
    heads, numbers = {one[1] for one in found}, [int(one[2]) for one in found]
    follows = len(numbers) == len(clauses) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if len(heads) == 1 and follows:
        return f"{clauses[0]}から({numbers[-1]})まで"
    return join_clauses(clauses)


def report_answer_of(item: str, form: EventForm) -> ReportAnswer:
    """Return the chapter that answers an item of a contract by its words; "" = a chapter of its own."""
    known = (answer for answer, words in _ANSWER_WORDS.items() if any(word in item for word in words))
    return next((answer for answer in known if answer in REPORT_ANSWERS[form]), ReportAnswer.OWN)


def sign_problem(sign: str) -> str:
    """Return why a sign is none, or "": it is one letter, number or character that every font has."""
    if len(sign) != 1:
        return f"「{sign}」は1文字ではありません。記号は1文字です。"
    known = unicodedata.category(sign) in ("Lo", "Lu", "Ll", "Nd")
    return "" if known and _is_in_every_font(sign) else f"「{sign}」は記号に使えません。漢字・かな・英数字の1文字です。"


def name_problem(name: str) -> str:
    """Return why a kind of event can't have a name, or "": lists and papers have the word for something else."""
    return f"「{name}」は、このプログラムの言葉なので、種類の名前にできません。" if name in _TAKEN_WORDS else ""


_TAKEN_WORDS = frozenset(
    re.findall(r"\S+", "計 合計 小計 全体 すべて その他 なし 年度 提案 報告 協議 打合せ 検査 事務局 個人情報")
)
"""Words that stand beside the names of kinds: of sums, of choices, and of what 仕様との対照 finds by its words."""


def _is_in_every_font(character: str) -> bool:
    """Return whether a character belongs to JIS X 0208, which every Japanese font has."""
    try:
        return len(character.encode("shift_jis")) > 0
    except UnicodeEncodeError:
        return False


_UNIQUE_FIELDS = (("kind", "キー"), ("title", "正式な名前"), ("name", "名前"), ("sign", "記号"))


def lecture_names(kinds: Iterable[EventKind]) -> str:
    """Return the names of the kinds that are lectures; "" = the year has none."""
    return "・".join(one.name for one in kinds if one.form is EventForm.LECTURE)


def checked_lecture_names(kinds: Iterable[EventKind]) -> str:
    """Return the names of the lectures whose handouts the ward checks, so that a visit may use them as they are; "" =
    the year has none, or its visits do not follow lectures.
    """
    every = tuple(kinds)
    follows = any(one.form.at_organisation and not one.audience for one in every)
    return lecture_names(one for one in every if follows and one.material_period)


def proposal_words(programme: Programme) -> str:
    """Return what is proposed in the words of the sentence of the year that asks for it, else 「提案書」."""
    asked = {row.compare: row.item for row in programme.requirements}
    return asked.get(value_key("年度", PROPOSED), PROPOSED).removesuffix("の提案")


def repeated_name(kinds: Sequence[EventKind]) -> str:
    """Return a sentence that names what two kinds of a year share and must not, or ""."""
    for field_name, called in _UNIQUE_FIELDS:
        seen: dict[str, str] = {}
        for one in kinds:
            value = one_width(getattr(one, field_name))
            if value in seen:
                return f"「{seen[value]}」と「{one.name}」の{called}が、同じ「{getattr(one, field_name)}」です。"
            seen[value] = one.name
    return ""


_MUNICIPALITIES = ("区", "市", "町", "村", "都", "道", "府", "県")
_OTHER_BODIES = ("郡", "組合", "連合")
_OWN_WORD = re.compile(r"(?<![一-龠])区(?!分|別|間|域|画|切|市町村)")


def municipality(office: Office) -> str:
    """Return how a municipality's name ends: 「区」, 「市」, 「町」 …; 「区」 while it ends otherwise."""
    word = office.ward.strip()[-1:]
    return word if word in _MUNICIPALITIES else "区"


def ward_problem(ward: str) -> str:
    """Return why a name is none of a municipality, or "": it lacks its 「区」, 「市」 …, which letters go on from.

    An empty name and one that ends in 郡, 組合 or 連合 are no problem.
    """
    name = ward.strip()
    if not name or name.endswith((*_MUNICIPALITIES, *_OTHER_BODIES)):
        return ""
    return f"「{name}」は、区・市・町・村・都・道・府・県のどれでも終わっていません。「{name}市」のように書きます。"


def in_own_words(words: str, office: Office) -> str:
    """Return words of the program as a municipality says them: 「区内」 「区報」 「区政」 as 「市内」 「市報」 ….

    Names that somebody typed must not stand in them: 「港区民センター」 stays what it is.
    """
    return _OWN_WORD.sub(municipality(office), words)


def every_own_wording(words: str) -> tuple[str, ...]:
    """Return words of the program as 区, 市, 町 … say them, each once; reading accepts each of them."""
    return tuple(dict.fromkeys(_OWN_WORD.sub(one, words) for one in _MUNICIPALITIES))


_YEAR_BEFORE_NAME = re.compile(r"^(?:令和|平成)?\s*(?:元|[0-9０-９]+)\s*年度[\s　]*")


def programme_name(programme: Programme) -> str:
    """Return what the public calls the work of a contract: its 件名 without the year and 「業務委託」."""
    plain = _YEAR_BEFORE_NAME.sub("", programme.title.strip())
    return plain.removesuffix("委託").removesuffix("業務") or programme.title


def about(strict: bool) -> str:
    """Return 「程度」, or "" where the number of a contract stands without."""
    return "" if strict else LOOSE


def planned_words(kind: EventKind) -> str:
    """Return how often a kind is to be held: 「7回程度」, 「3団体程度」, 「2回」."""
    return f"{kind.planned}{kind.planned_unit}{about(kind.strict)}"


def destination_word(name: str) -> str:
    """Return 「派遣先」 for a kind of such a name, whose 団体 are visited; 「実施先」 if it takes no 「先」."""
    return f"{name}先" if name.endswith(("派遣", "訪問")) else "実施先"


_VISIT_WORD = re.compile("アドバイザー派遣|派遣先|派遣(?!労働者)")


def in_visit_words(words: str, kinds: Iterable[EventKind]) -> str:
    """Return words of the program that say 「派遣」 as these kinds call their visits: 「訪問支援の希望票」.

    They stay as they are where no kind is a visit. Names that somebody typed must not stand in them.
    """
    visits = [one for one in kinds if one.form is EventForm.VISIT]
    if not visits or "派遣" not in words:
        return words

    def as_called(found: re.Match[str]) -> str:
        called = {"アドバイザー派遣": [one.name_in_text for one in visits], "派遣": [one.name for one in visits]}
        return "・".join(dict.fromkeys(called.get(found.group()) or (destination_word(one.name) for one in visits)))

    return _VISIT_WORD.sub(as_called, words)


def in_branch_words(words: str, branch: str) -> str:
    """Return words of the program that say 「支部」 as an office calls its ``branch``, without it where it has none."""
    if branch == BRANCH or BRANCH not in words:
        return words
    said = words.removesuffix("（連合会未加盟）")
    return said.replace(BRANCH, branch) if branch else _WITHOUT_BRANCH.sub("", said)


def in_year_words(words: str, kinds: Iterable[EventKind], office: Office, branch: str = BRANCH) -> str:
    """Return words of the program, or the key of a kind of document, as a year says them: its visits, its 区 or 市."""
    return in_visit_words(in_branch_words(in_own_words(words, office), branch), kinds)


def people_words(kind: EventKind, until: str = "人から") -> str:
    """Return the number of people at one event: 「10人から20人程度」, 「10人程度」, 「15人」, 「12人以内」.

    ``until`` joins the least and the greatest number.
    """
    if kind.people_min <= 1 < kind.people_max:
        return f"{kind.people_max}人{'以内' if kind.people_strict else f'{LOOSE}まで'}"
    least = "" if kind.people_min == kind.people_max else f"{kind.people_min}{until}"
    return f"{least}{kind.people_max}人{about(kind.people_strict)}"


def most_people_words(kind: EventKind) -> str:
    """Return the most people at one event: 「20人程度」."""
    return f"{kind.people_max}人{about(kind.people_strict)}"


def length_words(kind: EventKind) -> str:
    """Return how long an event is to last, in minutes: 「120分程度」."""
    return f"{kind.minutes}分{about(kind.minutes_strict)}"


def hours_words(kind: EventKind) -> str:
    """Return how long an event is to last, in hours where they are whole: 「2時間程度」, 「90分」."""
    length = f"{kind.minutes}分" if kind.minutes % 60 else f"{kind.minutes // 60}時間"
    return f"{length}{about(kind.minutes_strict)}"


FISCAL_YEAR_R8 = 2026
BASIS = "アプリの目安"


@frozen
class Retention:
    """The retention rule of one kind of personal data.

    Attributes:
        key: its name for records and tests. data_name: its name for people. purpose: what it is kept for; its end is
            the reason to erase it. group: what the year says how long to keep. promised_in: the documents that print
            the day. has_encrypted_copies: it is contained in stored 控え of documents, which have their own retention.
    """

    key: str
    data_name: str
    purpose: str
    group: RecordGroup
    promised_in: tuple[str, ...] = ()
    has_encrypted_copies: bool = True


def usual_retention(group: RecordGroup, *, copy_years: int = 1) -> RetentionRow:
    """Return how long a group of records is kept where a year says nothing: to the end of April, as questions come
    until then; what the term alone needs to its end; 控え some years; requests as long as a
    court may be asked (one year, 行政事件訴訟法14条2項).
    """
    if group.end_with_term:
        return RetentionRow(records=group, months=0, start=RetentionStart.TERM_END)
    months = 36 if group.are_accesses else 12 * copy_years if group.are_copies else 12 if group.are_requests else 1
    return RetentionRow(records=group, months=months)


def retention_rows(programme: Programme) -> tuple[RetentionRow, ...]:
    """Return how long each group of a year's records is kept: as the year says, else as usual."""
    return tuple(_retention_row(programme, group) for group in RecordGroup)


def _retention_row(programme: Programme, group: RecordGroup) -> RetentionRow:
    said = next((row for row in reversed(programme.retention) if row.records is group), None)
    return said or usual_retention(group, copy_years=programme.copy_years)


MOST_RETENTION = 600
"""How many months a group of records can be kept at most."""


def retention_words(row: RetentionRow) -> str:
    """Return 「完結の翌年度4月1日から1か月」, 「契約の終わりまで」, 「実施日から5年」."""
    if not row.months:
        return f"{row.start}まで"
    return f"{row.start}から{f'{row.months}か月' if row.months % 12 else f'{row.months // 12}年'}"


def _group_end(group: RecordGroup, programme: Programme, held_on: date | None) -> date:
    """Return the last day of a group; what belongs to no event is counted from the end of the term instead."""
    row = _retention_row(programme, group)
    last = held_on if row.start.is_event and held_on is not None else programme.term_end
    return months_after(date(programme.fiscal_year + 1, 3, 31) if row.start.is_next_year else last, row.months)


def contacts_end(fiscal_year: int, years: Iterable[Programme], kind: Retention | None = None) -> date:
    """Return the last day of a year's contacts: as its programme among ``years`` says, else the end of April.

    ``kind`` is whose they are, None = those of applicants.
    """
    year = next((one for one in years if one.fiscal_year == fiscal_year), None)
    return retention_end(kind or APPLICANTS, year) if year is not None else date(fiscal_year + 1, 4, 30)


APPLICANTS = Retention(
    key="applicants",
    data_name="申込者・参加者の連絡先",
    purpose="決定通知の送付、中止・変更の連絡",
    group=RecordGroup.PEOPLE,
    promised_in=("参加申込書",),
)
PARTICIPANTS = replace(
    APPLICANTS,
    key="participants",
    data_name="申込者・参加者の氏名、配慮・備考",
    purpose="受付と名簿の作成、当日の配慮、問合せへの答え",
)
PRESENTERS = Retention(
    key="presenters",
    data_name="事例発表者の氏名と連絡先",
    purpose="事例発表者への中止・変更の連絡と打合せ",
    group=RecordGroup.PRESENTERS,
)
ORGANISATIONS = Retention(
    key="organisations", data_name="団体の連絡先", purpose="団体への連絡", group=RecordGroup.ORGANISATIONS
)
SIGNERS = Retention(
    key="signers",
    data_name="派遣の希望票に署名した人の氏名",
    purpose="派遣の決定と日程の相談",
    group=RecordGroup.REQUESTS,
    promised_in=("アドバイザー派遣希望票", "派遣不採択通知"),
)
REQUEST_FORMS = replace(SIGNERS, key="slips", data_name="派遣の希望票")
MEMOS = Retention(
    key="memos",
    data_name="応対メモ・返戻の相手の氏名と連絡先",
    purpose="問合せへの答えと、返戻になった通知の連絡",
    group=RecordGroup.MEMOS,
    has_encrypted_copies=False,
)
RIGHTS = Retention(
    key="rights",
    data_name="申出・請求をした人の氏名と内容",
    purpose="本人からの申出と請求への対応",
    group=RecordGroup.RIGHTS,
    has_encrypted_copies=False,
)
PHOTOS = Retention(
    key="photos",
    data_name="写真の元のデータ",
    purpose="実施報告書への掲載",
    group=RecordGroup.PHOTOS,
    promised_in=("事例発表の承諾書",),
    has_encrypted_copies=False,
)
RESPONDENTS = Retention(
    key="respondents",
    data_name="オンラインの回答の照合の値",
    purpose="同じ人の出し直しと、同じファイルの取込みを見分けるため",
    group=RecordGroup.PEOPLE,
    has_encrypted_copies=False,
)
TAKEN_OUT = Retention(
    key="taken_out",
    data_name="人の一覧から外した人の氏名",
    purpose="外したことを元に戻すため",
    group=RecordGroup.PEOPLE,
)
REQUEST = Retention(
    key="request", data_name="申出のあった人の記録", purpose="申出を受けるまでの事業の記録", group=RecordGroup.PEOPLE
)
RETENTIONS = (
    APPLICANTS, PARTICIPANTS, PRESENTERS, ORGANISATIONS, SIGNERS, REQUEST_FORMS, MEMOS, RIGHTS, PHOTOS,
    RESPONDENTS, TAKEN_OUT, REQUEST,
)  # fmt: skip


def retention_end(kind: Retention, programme: Programme, held_on: date | None = None) -> date:
    """Return the last day on which a year's data of a kind are kept; ``held_on`` is the day of their event."""
    return _group_end(kind.group, programme, held_on)


def copies_until(programme: Programme, held_on: date | None = None) -> date:
    """Return the last day of the 控え of what a year issued, or of what was issued about an event on a day."""
    return _group_end(RecordGroup.COPIES, programme, held_on)


def accesses_until(programme: Programme, fiscal_year: int) -> date:
    """Return the last day of the accesses of a fiscal year by the rule of a contract."""
    return _group_end(RecordGroup.ACCESSES, replace(programme, fiscal_year=fiscal_year), None)


@record
class BackupTerm:
    """How long backups last: month ends for ``months``, and all while something is held (date.max = without end)."""

    months: int = KEEP_MONTHS
    held_until: date = date.min

    def last_day(self, day: date) -> date:
        """Return the last day on which a backup may hold what was erased on a day."""
        return max(last_day_in_backups(day, self.months), self.held_until)


def last_day_words(day: date, words: Callable[[date], str] = long_date) -> str:
    """Return until when a backup may hold something: a day, or the end of a hold that has none."""
    return words(day) if day < date.max else "記録の保留を解く日"


def last_copies_on(kind: Retention, programme: Programme, *, backups: BackupTerm, end: date | None = None) -> date:
    """Return the last day on which an encrypted copy of the data may still lie in the data folder.

    Backups follow their own rule, regardless of a purpose. A 控え of a document
    that contains the data lasts as its year says (``copies_until``), and lies in backups after that.

    Args:
        end: the last day of the rows themselves, where it is not that of the kind.
    """
    last = end or retention_end(kind, programme)
    if kind.has_encrypted_copies:
        last = max(last, copies_until(programme))
    return backups.last_day(last)


def promise_text(
    kind: Retention,
    programme: Programme,
    what: str,
    *,
    backups: BackupTerm,
    end: date | None = None,
    method: str = "消去",
) -> str:
    """Return the statement printed on documents:
    「名簿は令和9年4月30日（金）までに消去し、…最長で令和13年3月31日まで残ります。」

    Args:
        what: the data the document speaks of. backups, end: as ``last_copies_on``. method: 消去, for paper 廃棄.
    """
    last = end or retention_end(kind, programme)
    copies = last_copies_on(kind, programme, backups=backups, end=last)
    kept = "控えとバックアップ" if kind.has_encrypted_copies else "バックアップ"
    return (
        f"{what}は{long_date(last)}までに{method}し、暗号化した{kept}は"
        f"最長で{last_day_words(copies, long_date_plain)}まで残ります。"
    )


class _HasValidFrom(Protocol):
    """A record with the day from which it holds."""

    @property
    def valid_from(self) -> date | None: ...


Row = TypeVar("Row", bound=_HasValidFrom)


def row_in_force(rows: Iterable[Row], on: date | None) -> Row | None:
    """Return the row in force on ``on``: of those begun by then the one that began last.

    Args:
        rows: rows of one thing in one year; None as ``valid_from`` = from the beginning.
        on: the day; None = the one that began last of all.
    """
    begun = [row for row in rows if on is None or row.valid_from is None or row.valid_from <= on]
    return max(begun, key=lambda row: row.valid_from or date.min, default=None)


PERIOD_FIELDS = ("term_end", "proposal_period", "payment_period")
"""Fields that every 契約変更 states in full."""
WORD_FIELDS = ("term_begins", "payment_condition", "payment_way", "annex")
"""Fields of a contract in its own words, "" where it says nothing; no 契約変更 changes them."""
MONEY_FIELDS = ("amount", "tax_rate", "tax")
SPECIFICATION_FIELDS = ("specification", "specification_on")
WORDING_FIELDS = ("presidents", "branches", "branch", "care_offered")


def to_branches(programme: Programme) -> str:
    """Return how a letter to all heads of branches is addressed."""
    return programme.branches or f"各{programme.branch}長 様"


TABLE_FIELDS = ("requirements", "owed", "retention")
"""Fields of a year that are tables of rows."""
CHANGING_TOGETHER = (
    MONEY_FIELDS,
    SPECIFICATION_FIELDS,
    WORDING_FIELDS,
    *((name,) for name in TABLE_FIELDS),
)
"""Groups of fields that change together; the first of each says whether a 契約変更 contains the group."""

_YEAR_IN_TITLE = re.compile(r"(令和|平成)\s*(元|[0-9]+)\s*年度")


def contract_on(base: Programme, terms: Iterable[ContractTerms], on: date | None) -> Programme:
    """Return the contract with the dates, periods, amount and 仕様書 in force on a day.

    Args:
        base: the contract as it was made. terms: what each 契約変更 made of it.
        on: the day; None = with every change.
    """
    rows = tuple(terms)
    held = row_in_force(rows, on)
    if held is None:
        return base
    values = {name: getattr(held, name) for name in PERIOD_FIELDS}
    for names in CHANGING_TOGETHER:
        if said := change_in_force(rows, names, on):
            values |= {name: getattr(said, name) for name in names}
    return replace(base, **values)


def change_in_force(terms: Iterable[ContractTerms], names: tuple[str, ...], on: date | None) -> ContractTerms | None:
    """Return the 契約変更 in force on a day for fields that change together; None = the original contract.

    Args:
        names: the group; only changes whose first field of it is filled count. on: the day; None = the last change.
    """
    return row_in_force((row for row in terms if getattr(row, names[0]) not in (None, "")), on)


def check_term_beginning(text: str) -> str:
    """Return the beginning of 履行期間 in the words in which it is kept; "" where a contract says nothing.

    Raises:
        BeginningProblem: it can't be read; the text names the forms that can be read.
    """
    return parse_term_beginning(text).words if text.strip() else ""


def _beginning(programme: Programme) -> TermBeginning | None:
    return parse_term_beginning(programme.term_begins) if programme.term_begins else None


def term_start(programme: Programme) -> date | None:
    """Return the first day of 履行期間, as the contract says it; None while that is not known."""
    beginning = _beginning(programme)
    return beginning.first_day(programme.contract_date) if beginning else None


def term_words(programme: Programme, words: Callable[[date], str] = long_date) -> str:
    """Return 「令和8年8月1日（土）から令和9年3月31日（水）まで」; ``words`` says how a day is written.

    Until the first day is known it stands in the contract's words.
    """
    start = term_start(programme)
    first = words(start) if start else programme.term_begins
    return f"{f'{first}から' if first else ''}{words(programme.term_end)}まで"


def contract_date_word(programme: Programme) -> str:
    """Return what the contract calls the day on which it was made: 「契約確定日」, 「契約締結日」; else 「契約日」."""
    beginning = _beginning(programme)
    return (beginning.made if beginning else "") or "契約日"


def contract_doubts(programme: Programme, contractor: Contractor) -> tuple[str, ...]:
    """Return warnings about the values of a contract, a sentence each."""
    found = []
    named = _YEAR_IN_TITLE.search(one_width(programme.title))
    if named is not None and fiscal_year_words(programme.fiscal_year) != f"{named[1]}{named[2]}年度":
        found.append(
            f"契約件名は{named[1]}{named[2]}年度ですが、この年度は{fiscal_year_words(programme.fiscal_year)}です。"
        )
    start = term_start(programme)
    if start is not None and start > programme.term_end:
        found.append(f"履行期間の始まり（{long_date_plain(start)}）が、末日よりあとになっています。")
    found += filter(None, [tax_doubt(programme)])
    number = contractor.registration_number
    if number and not is_registration_number(number):
        found.append(f"登録番号「{number}」は、Tと13桁の数字になっていません。")
    return tuple(found)


_CLAUSE_PATTERN = {one.letter: one.citation_prefix for one in CLAUSE_SOURCES}
_CLAUSE_PART = r"(\d+)(?:-(\d+))?((?:\(\d+\))*[ア-ヲ]?)"
_SINGLE_CLAUSE = re.compile(_CLAUSE_PART)
_CLAUSE_LIST = re.compile(rf"([特機])({_CLAUSE_PART}(?:・\1?{_CLAUSE_PART})*)")


def full_clause(clause: str) -> str:
    """Return 「仕様書4(1)エ」 for 「仕4(1)エ」, 「仕様書3・仕様書4」 for 「仕3・仕4」; other texts unchanged."""
    found = re.fullmatch(r"([仕特機])(\d.*)", clause)
    return _CLAUSE_PATTERN[found[1]] + re.sub(r"・仕(?=\d)", "・仕様書", found[2]) if found else clause


def in_brackets(clause: str) -> str:
    """Return 「（仕様書4(1)エ）」 for 「仕4(1)エ」, as it stands in a sentence; "" for a clause that is not there."""
    return f"（{full_clause(clause)}）" if clause else ""


def in_short_brackets(clause: str) -> str:
    """Return 「（仕4(1)エ）」 as a narrow place cites it; "" for a clause that is not there."""
    return fill_nonempty("（{}）", clause)


def based_on(clause: str) -> str:
    """Return 「仕様書4(1)エに基づき、」 as a sentence begins; "" for a clause that is not there."""
    return f"{full_clause(clause)}に基づき、" if clause else ""


def cited_clause(basis: str) -> str:
    """Return a clause as an outgoing document cites it: 「仕様書4(1)カ」「特記事項第14条」; other texts unchanged.

    Of several clauses the source is named once: 「特6・特22-3」 is 「特記事項第6条・第22条第3項」.
    """
    words = basis.strip()
    several = _CLAUSE_LIST.match(words)
    if several is None:
        return full_clause(words)
    articles = (
        f"第{article}条{f'第{paragraph}項' if paragraph else ''}{items}"
        for article, paragraph, items in _SINGLE_CLAUSE.findall(several[2])
    )
    return f"{_CLAUSE_PATTERN[several[1]]}{'・'.join(articles)}{words[several.end() :]}"


def cited(*asked: str) -> str:
    """Return the clauses of the 特記事項 that ask this as an outgoing document cites them: 「特記事項第13条」."""
    return cited_clause(clause_of(*asked))


def titled(*asked: str) -> str:
    """Return what ``cited`` says with the whole title of the 特記事項."""
    return cited(*asked).replace(ANNEX.citation_prefix, ANNEX.title, 1)
