"""Compare 業務完了届 and 請求書 point by point with the contract register; days of payment, people of a 検査.

A point is calculated, never ticked: the document's values are typed once, the expected ones come from the register.
Spaces and width make no difference; 異体字 do in a point, because the document must have the name as the register has
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY
from datetime import date, timedelta
from typing import Literal

from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date_plain
from app.calendar.office_days import OfficeCalendar
from app.common.join_nonempty import fill_nonempty
from app.documents.document_frame import table_day
from app.event.rules.payment_clock import StoppedPeriods, cautious_days, counted_days
from app.programme.tax import is_registration_number, plain_registration_number, yen_text
from db.digits import one_width, without_blanks
from db.name_key import name_key
from db.record import frozen, record
from db.records.year.completion import Inspection

State = Literal["合う", "直った", "理由あり", "合わない", "未入力", "記録なし"]
AGREED = ("合う", "直った")
SETTLED = (*AGREED, "理由あり")
DAYS = ("届出の日付", "完了年月日", "請求日")
AMOUNTS = ("契約金額", "請求額", "税抜の額", "消費税額")
_COUNT = "の回数"
SEAL = "押印"
RATE = "税率"
"""The field with the tax rate, which holds no text."""


def count_field(kind: str) -> str:
    """Return the field with the number of held events of a kind (「講習会の回数」), as files hold it."""
    return f"{kind}{_COUNT}"


def is_count(name: str) -> bool:
    """Return whether a field holds the number of held events of a kind."""
    return name.endswith(_COUNT)


@record
class ContractRegister:
    """The expected values of a document, by field; "" = unknown.

    ``inspected_on`` is the day of 合格, None = none yet. ``term`` are first and last day of 履行期間.
    ``received_on`` is the day of receipt. ``rate`` is the tax in percent. ``seal`` is 要 or 不要, "" = not recorded.
    """

    values: Mapping[str, str]
    received_on: date
    inspected_on: date | None
    term: tuple[date | None, date]
    rate: int
    seal: str


@frozen
class RuleResult:
    """The result of the rule for one point; ``note`` explains it where the values do not.

    ``ours`` is the register's value as shown beside the document's, "" = none.
    """

    state: State
    ours: str = ""
    note: str = ""


@frozen
class Point:
    """One point with its typed fields and the rule that compares them.

    ``is_ward_rule`` = based on no clause but the ward's own rule.
    """

    name: str
    fields: tuple[str, ...]
    compare: Callable[[tuple[str, ...], Mapping[str, str], ContractRegister], RuleResult]
    _: KW_ONLY
    is_ward_rule: bool = False


@record
class JudgedPoint:
    """One point of one version, with the document's value, the register's value and the result."""

    point: Point
    state: State
    theirs: str
    ours: str
    note: str

    @property
    def id(self) -> str:
        """Return the name of the point, by which a list keeps its row."""
        return self.point.name

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is left to do about it: 合う, 直った or 理由あり."""
        return self.state in SETTLED


def judge_points(
    points: Iterable[Point],
    said: Mapping[str, str],
    reasons: Mapping[str, str],
    register: ContractRegister,
    *,
    earlier: frozenset[str] = frozenset(),
) -> tuple[JudgedPoint, ...]:
    """Return every point with its result.

    Args:
        said: the values of the document, by field.
        reasons: why a difference is accepted, by point.
        earlier: the points that differed in an earlier version; one that matches now is 直った.
    """
    rows = []
    for point in points:
        found = point.compare(point.fields, said, register)
        state: State = found.state
        note = found.note
        if state == "合う" and point.name in earlier:
            state = "直った"
        elif state in ("合わない", "記録なし") and reasons.get(point.name, "").strip():
            state, note = "理由あり", reasons[point.name].strip()
        theirs = "　".join(words for name in point.fields if (words := display_value(name, said.get(name, ""))))
        rows.append(JudgedPoint(point=point, state=state, theirs=theirs, ours=found.ours, note=note))
    return tuple(rows)


def agreed_values(points: Iterable[Point], said: Mapping[str, str], register: ContractRegister) -> dict[str, str]:
    """Return by field the values of an earlier version in points that match; the others must be typed again."""
    kept: dict[str, str] = {}
    for point in points:
        if point.compare(point.fields, said, register).state == "合う":
            kept |= {name: said[name] for name in point.fields if name in said}
    return kept


def display_value(name: str, value: str) -> str:
    """Return a stored value for display (「2,970,000円」, 「R9.4.9」, 「7回」); "" stays ""."""
    if not value:
        return ""
    if name in AMOUNTS:
        return yen_text(int(value))
    if is_count(name):
        return f"{value}回"
    if name == RATE:
        return f"{without_blanks(value).removesuffix('%')}％"
    return table_day(date.fromisoformat(value)) if name in DAYS else value


def _missing(fields: Sequence[str], said: Mapping[str, str]) -> bool:
    return any(not said.get(name, "").strip() for name in fields)


def _check_equal(fields: tuple[str, ...], said: Mapping[str, str], register: ContractRegister) -> RuleResult:
    """Compare every field with the value in the register; return 合う, 合わない, 未入力 or 記録なし, with a note."""
    ours = "　".join(words for name in fields if (words := display_value(name, register.values.get(name, ""))))
    unknown = [name for name in fields if not register.values.get(name, "").strip()]
    if unknown:
        return RuleResult("記録なし", ours, f"契約の記録に{'、'.join(unknown)}がありません。")
    if _missing(fields, said):
        return RuleResult("未入力", ours)
    other = [name for name in fields if without_blanks(said[name]) != without_blanks(register.values[name])]
    return RuleResult("合わない" if other else "合う", ours, fill_nonempty("{}が違います。", "、".join(other)))


def _check_registration_number(
    fields: tuple[str, ...], said: Mapping[str, str], register: ContractRegister
) -> RuleResult:
    """Check that the registration number is T with 13 digits and equals the register's; return the result."""
    (name,) = fields
    typed, ours = said.get(name, ""), register.values.get(name, "")
    if typed.strip() and not is_registration_number(typed):
        return RuleResult("合わない", ours, "Tと13桁の数字になっていません。")
    same = plain_registration_number(typed) == plain_registration_number(ours)
    return _check_equal(fields, {name: ours if same else typed}, register)


def _check_tax(fields: tuple[str, ...], said: Mapping[str, str], register: ContractRegister) -> RuleResult:
    """Check 税率, net amount and tax against what the contract states of them, and their sum against 請求額.

    Where it states no tax, how it is rounded is the contractor's (``_check_rounding``).
    """
    rate, net, tax = fields
    stated = [name for name in (net, tax) if register.values.get(name)]
    ours = "　".join((f"{register.rate}％", *(display_value(name, register.values[name]) for name in stated)))
    if not register.values.get("請求額"):
        return RuleResult("記録なし", ours, "契約の記録に契約金額がありません。")
    if _missing(fields, said):
        return RuleResult("未入力", ours)
    if without_blanks(said[rate]).removesuffix("%") != str(register.rate):
        return RuleResult("合わない", ours, "税率が違います。")
    asked = said.get("請求額", "") or register.values["請求額"]
    if int(said[net]) + int(said[tax]) != int(asked):
        return RuleResult("合わない", ours, "税抜の額と消費税額の計が、請求額になりません。")
    same = all(said[name] == register.values[name] for name in stated)
    return RuleResult("合う" if same else "合わない", ours, "" if same else "内訳が契約と違います。")


def _check_rounding(_fields: tuple[str, ...], said: Mapping[str, str], register: ContractRegister) -> RuleResult:
    """Check that the tax is the net amount by its rate, rounded once in any way (消費税法施行令70条の10)."""
    net, tax = said.get("税抜の額", ""), said.get("消費税額", "")
    if not net or not tax:
        return RuleResult("未入力", f"税抜の額の{register.rate}％")
    exact, rest = divmod(int(net) * register.rate, 100)
    sound = exact <= int(tax) <= exact + (1 if rest else 0)
    ours = f"端数 {f'{rest / 100:.2f}'.rstrip('0').rstrip('.')}円" if rest else "端数 0円"
    return RuleResult("合う" if sound else "合わない", ours, "" if sound else f"計算では{yen_text(exact)}です。")


def _check_invoice_date(fields: tuple[str, ...], said: Mapping[str, str], register: ContractRegister) -> RuleResult:
    """Check that a 請求書 is dated from the day of 合格 up to the day of receipt; 記録なし before a 合格."""
    if register.inspected_on is None:
        return RuleResult("記録なし", note="検査の合格が、まだ記録されていません。")
    ours = f"検査 {table_day(register.inspected_on)}"
    if _missing(fields, said):
        return RuleResult("未入力", ours)
    day = date.fromisoformat(said[fields[0]])
    if day < register.inspected_on:
        return RuleResult("合わない", ours, "検査の日より前の日付です。")
    if day > register.received_on:
        return RuleResult("合わない", ours, "受領した日より後の日付です。")
    return RuleResult("合う", ours)


def _check_seal(fields: tuple[str, ...], said: Mapping[str, str], register: ContractRegister) -> RuleResult:
    """Check that the document has a seal if the contract requires one; 記録なし where it does not say."""
    if not register.seal:
        return RuleResult("記録なし", note="契約の記録に押印の要否がありません。")
    ours = "押印が要る" if register.seal == "要" else "押印は要らない"
    if _missing(fields, said):
        return RuleResult("未入力", ours)
    sound = register.seal == "不要" or said[fields[0]] == "あり"
    return RuleResult("合う" if sound else "合わない", ours, "" if sound else "押印がありません。")


def _check_date(fields: tuple[str, ...], said: Mapping[str, str], register: ContractRegister) -> RuleResult:
    """Check that the document is dated on the day of receipt at the latest; return the result."""
    ours = f"受領 {table_day(register.received_on)}"
    if _missing(fields, said):
        return RuleResult("未入力", ours)
    sound = date.fromisoformat(said[fields[0]]) <= register.received_on
    return RuleResult("合う" if sound else "合わない", ours, "" if sound else "受領した日より後の日付です。")


def _check_completion(fields: tuple[str, ...], said: Mapping[str, str], register: ContractRegister) -> RuleResult:
    """Check that the work was completed within 履行期間 (仕様書3), and on the day of receipt at the latest."""
    first, last = register.term
    ours = f"履行期間 {table_day(last)}まで"
    if _missing(fields, said):
        return RuleResult("未入力", ours)
    day = date.fromisoformat(said[fields[0]])
    if day > last or (first is not None and day < first):
        return RuleResult("合わない", ours, f"{short_date_plain(day)}は履行期間の外です。")
    if day > register.received_on:
        return RuleResult("合わない", ours, "受領した日より後の日付です。")
    return RuleResult("合う", ours)


def notice_points(kinds: Iterable[str]) -> tuple[Point, ...]:
    """Return the points of a 業務完了届, compared with contract and held events of these kinds (their keys)."""
    return (
        Point("宛名・届出者", ("宛名", "届出者"), _check_equal),
        Point("件名・契約番号", ("件名", "契約番号"), _check_equal),
        Point("契約金額", ("契約金額",), _check_equal),
        Point("届出の日付", ("届出の日付",), _check_date),
        Point("完了年月日（履行期間内）", ("完了年月日",), _check_completion),
        Point("業務の内訳", tuple(map(count_field, kinds)), _check_equal),
    )


INVOICE_POINTS = (
    Point("宛名・請求者", ("宛名", "請求者"), _check_equal),
    Point("件名・契約番号", ("件名", "契約番号"), _check_equal),
    Point("請求額", ("請求額",), _check_equal),
    Point("税率別の内訳", (RATE, "税抜の額", "消費税額"), _check_tax),
    Point("登録番号", ("登録番号",), _check_registration_number),
    Point("口座・名義", ("口座", "名義"), _check_equal, is_ward_rule=True),
    Point("請求日（検査のあと）", ("請求日",), _check_invoice_date, is_ward_rule=True),
    Point("代表者", ("代表者",), _check_equal, is_ward_rule=True),
    Point("押印の要否", (SEAL,), _check_seal, is_ward_rule=True),
    Point("消費税の端数", (), _check_rounding, is_ward_rule=True),
)
"""The points of a 請求書 (仕様書5; from 口座 on the ward's own rules of payment)."""


CellState = Literal["受領", "数えた", "止めた", "これから", "閉庁日"]
_DAY = timedelta(days=1)
_OPEN_STOP = 14
"""How many days a strip shows at least while a 請求書 is returned and no last day can be computed."""


@record
class DayCell:
    """One day of the strip; ``last`` marks the last day of the period, ``today`` the current day or that of payment."""

    day: date
    state: CellState
    last: bool
    today: bool


@record
class DayStrip:
    """The payment period as of a day.

    Attributes:
        cells: one a day.
        days: of the whole period.
        passed: counted days so far.
        remaining, remaining_open: those to come, and how many of them are open (0 while it is returned).
        stopped: days on which it was suspended.
        last_day: None while the 請求書 is returned.
        last_day_without_returns: had it never been returned.
        careful_last_day, careful_last_open_day: 目安日 by the stricter count, and its open day.
        careful_stopped: how many days that count suspends.
    """

    cells: tuple[DayCell, ...]
    days: int
    passed: int
    remaining: int
    remaining_open: int
    stopped: int
    last_day: date | None
    last_day_without_returns: date
    careful_last_day: date | None
    careful_last_open_day: date | None
    careful_stopped: int


def compute_day_strip(
    *,
    received: date,
    days: int,
    stops: Sequence[tuple[date, date | None]],
    today: date,
    calendar: OfficeCalendar,
    ended: date | None = None,
) -> DayStrip:
    """Return the payment period as of ``today``.

    Args:
        received: the day of receipt.
        days: of the period.
        stops: (返戻日, 再受領日), None = not back yet.
        ended: the day of payment, after which nothing is counted.
    """
    done = [(returned, again) for returned, again in stops if again is not None]
    away = next((returned for returned, again in stops if again is None), None)
    now = min(today, ended) if ended is not None else today
    spans = [*done, *([(away, max(away, now))] if away is not None else [])]
    standing = stopped_days(spans)
    counted = counted_days(received, days, spans)
    last = None if away is not None else counted[-1]
    end = last or max(now, received + _DAY * _OPEN_STOP)
    passed = sum(day <= now for day in counted)
    rest = [day for day in counted if day > now]
    careful = None if away is not None else cautious_days(received, days, done)[-1]
    cells = []
    day = received
    while day <= end:
        cells.append(
            DayCell(day=day, state=_state(day, received, standing, now, calendar), last=day == last, today=day == now)
        )
        day += _DAY
    return DayStrip(
        cells=tuple(cells),
        days=days,
        passed=passed,
        remaining=days - passed,
        remaining_open=sum(map(calendar.is_open, rest)) if last is not None else 0,
        stopped=sum(received < one <= end for one in standing),
        last_day=last,
        last_day_without_returns=received + _DAY * days,
        careful_last_day=careful,
        careful_last_open_day=calendar.open_on_or_before(careful) if careful is not None else None,
        careful_stopped=(careful - received).days + 1 - days if careful is not None else 0,
    )


def _state(day: date, received: date, stopped_days: frozenset[date], now: date, calendar: OfficeCalendar) -> CellState:
    """Return what a day of the payment period is: the receipt, stopped, counted, or to come.

    A day up to now is counted even if the office was closed; only a day to come is named 閉庁日.
    """
    if day == received:
        return "受領"
    if day in stopped_days:
        return "止めた"
    if day <= now:
        return "数えた"
    return "これから" if calendar.is_open(day) else "閉庁日"


_SHORTEST = 2
"""The least characters of family name and first name written as one word."""
_BETWEEN = re.compile(r"[、,，・/／\n]+")


def names_in(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the people of 「山田　太郎、中臺」, each as the words of the name, in one width."""
    parts = (tuple(one_width(part).split()) for part in _BETWEEN.split(text))
    return tuple(part for part in parts if part)


def have_common_person(first: str, second: str) -> bool:
    """Return whether a person is in both fields, by the same name or the same family name alone.

    異体字 make no difference here (髙橋, 高橋): one person must not pass as two. Typed without a space, 「山田太郎」
    matches 「山田」; 「原田」 does not match 「原」.
    """
    return any(
        _is_same_person(left, right) or _is_same_person(right, left)
        for left in names_in(first)
        for right in names_in(second)
    )


def _is_same_person(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether a short name can mean the person of the long one.

    The short one is a family name, also at the beginning of a long one that is written without a blank.
    """
    family, whole = name_key("".join(short)), name_key("".join(long))
    if family == whole:
        return True
    if len(short) > 1:
        return False
    if len(long) > 1:
        return family == name_key(long[0])
    return whole.startswith(family) and min(len(family), len(whole) - len(family)) >= _SHORTEST


def check_people(inspection: Inspection) -> None:
    """Raise where the 検査員 is one of the 担当 or the 立会人, since who ran the contract may not inspect it.

    Raises:
        UserError: no 検査員, or the 検査員 is also in ``staff`` (the 担当) or ``witness``.
    """
    if not names_in(inspection.inspector):
        raise UserError("検査員の氏名が入っていません。", "検査をした職員の氏名を入力してください。")
    if have_common_person(inspection.inspector, inspection.staff):
        raise UserError(
            f"検査員「{inspection.inspector}」は、この契約の担当です。",
            "検査は、担当でない職員が行います。検査員を変えるか、担当の名前を確かめてください。",
        )
    if have_common_person(inspection.inspector, inspection.witness):
        raise UserError(f"検査員と立会人が、同じ「{inspection.inspector}」です。", "別の職員の氏名を入力してください。")


def check_days(inspection: Inspection, notice_on: date | None, today: date) -> None:
    """Raise where days are out of order (業務完了届 → 検査 → 手直し → today).

    Args:
        notice_on: when the 業務完了届 was received, None = not yet.

    Raises:
        UserError: no 業務完了届, or a day out of order; 手直し without what is to be corrected.
    """
    if notice_on is None:
        raise UserError(
            "業務完了届を、まだ受領していません。",
            "検査は、業務完了届を受けてから行います。先に受領を記録してください。",
        )
    if not notice_on <= inspection.held_on <= today:
        raise UserError(
            f"検査の日が、業務完了届の受領（{long_date(notice_on)}）より前か、本日より後です。",
            "日付をご確認ください。",
        )
    if inspection.result.needs_rework and not inspection.repair.strip():
        raise UserError("手直しの内容がありません。", "何を直すかを書いてください。検査調書別紙に載ります。")
    if inspection.repair_due is not None and inspection.repair_due < inspection.held_on:
        raise UserError("手直しの期限が、検査の日より前です。", "日付をご確認ください。")
    if inspection.repaired_on is not None and not inspection.held_on <= inspection.repaired_on <= today:
        raise UserError("手直しが済んだ日が、検査の日より前か、本日より後です。", "日付をご確認ください。")


def stopped_days(stopped_periods: StoppedPeriods) -> frozenset[date]:
    """Return every day that is not counted, both ends of each return included, without duplicates."""
    return frozenset(
        returned + _DAY * number for returned, again in stopped_periods for number in range((again - returned).days + 1)
    )
