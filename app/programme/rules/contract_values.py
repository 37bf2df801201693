"""The single numbers of a contract with their fields: formatted as text, parsed, and put into a year."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, Literal

from app.calendar.dates import long_date_plain
from app.calendar.periods import parse_period
from db.frozen_record import frozen_record
from db.records.programme import KindNumbers, Programme

ValueType = Literal["日付", "数", "期間", "程度", "項番", "文"]
_KIND_FIELDS: Final[tuple[tuple[str, str, ValueType, str], ...]] = (
    ("window_start", "実施期間の初日", "日付", "clause_window"),
    ("window_end", "実施期間の末日", "日付", "clause_window"),
    ("days", "日数", "数", "clause_window"),
    ("planned", "回数", "数", "clause_planned"),
    ("strict", "「程度」の有無", "程度", "clause_planned"),
    ("people_min", "人数の下限", "数", "clause_people"),
    ("people_max", "人数の上限", "数", "clause_people"),
    ("headcount_period", "参加人数の連絡", "期間", "clause_people"),
    ("minutes", "実施時間", "数", "clause_minutes"),
    ("material_period", "資料の確認", "期間", "clause_material"),
    ("report_period", "実施報告書", "期間", "clause_report"),
)
_CLAUSES: Final = (
    "clause_window", "clause_planned", "clause_people", "clause_minutes", "clause_content", "clause_material",
    "clause_equipment", "clause_survey", "clause_report",
)  # fmt: skip
_YEAR_FIELDS: Final[tuple[tuple[str, str, ValueType, str], ...]] = (
    ("title", "契約件名", "文", "仕1"),
    ("term_end", "履行期間の末日", "日付", "仕3"),
    ("proposal_period", "提案書", "期間", "仕4(4)"),
    ("payment_period", "支払", "期間", "仕5"),
)
_UNITS: Final = {"people_min": "人", "people_max": "人", "minutes": "分", "days": "日"}
LOOSE, STRICT = "程度", "程度なし"


@frozen_record
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
    """Return the key of a number: 「講習会.planned」 for a kind of event and a field of ``KindNumbers``."""
    return f"{owner}.{name}"


def display_words(value: ContractValue, text: str) -> str:
    """Return another text of the same number for display."""
    if not text:
        return "—"
    return long_date_plain(date.fromisoformat(text)) if value.value_type == "日付" else f"{text}{value.unit}"


def contract_values(programme: Programme, numbers: Iterable[KindNumbers]) -> tuple[ContractValue, ...]:
    """Return every number of a year in the order of the 仕様書, clause numbers included.

    Args:
        programme: the contract. numbers: its kinds.
    """
    found = [
        ContractValue(
            key=value_key("年度", name),
            label=label,
            value_type=sort,
            clause=clause,
            text=_text(sort, getattr(programme, name)),
        )
        for name, label, sort, clause in _YEAR_FIELDS
    ]
    for row in numbers:
        for name, label, sort, clause in _KIND_FIELDS:
            if getattr(row, name) is not None and getattr(row, clause):
                unit = row.planned_unit if name == "planned" else _UNITS.get(name, "")
                named = "団体数" if (name, row.planned_unit) == ("planned", "団体") else label
                found.append(
                    ContractValue(
                        key=value_key(row.kind, name),
                        label=f"{row.kind}　{named}",
                        value_type=sort,
                        clause=getattr(row, clause),
                        text=_text(sort, getattr(row, name)),
                        unit=unit,
                    )
                )
        found += [
            ContractValue(
                key=value_key(row.kind, name),
                label=f"{row.kind}　項番",
                value_type="項番",
                clause=getattr(row, name),
                text=getattr(row, name),
            )
            for name in _CLAUSES
            if getattr(row, name)
        ]
    return tuple(found)


def parse_value(sort: ValueType, typed: str) -> str:
    """Return a typed value in stored form; dates as ``YYYY-MM-DD``.

    Raises:
        ValueError: it can't be parsed; the text says so in Japanese.
    """
    text = typed.strip()
    if not text:
        raise ValueError("値が書かれていません。")
    if sort == "日付":
        return date.fromisoformat(text).isoformat()
    if sort == "数":
        plain = unicodedata.normalize("NFKC", text).replace(",", "")
        if not plain.isdigit() or not 0 < int(plain) <= 100_000:
            raise ValueError(f"「{typed}」は、1以上の数ではありません。")
        return str(int(plain))
    if sort == "期間":
        return parse_period(text).words
    if sort == "程度" and text not in (LOOSE, STRICT):
        raise ValueError(f"「{typed}」は、「{LOOSE}」か「{STRICT}」ではありません。")
    return text


def with_values(
    programme: Programme, numbers: Iterable[KindNumbers], values: Mapping[str, str]
) -> tuple[Programme, tuple[KindNumbers, ...]]:
    """Return a year with the given values in place of its own.

    Args:
        values: by key, in stored form. A key that this year does not have is ignored.
    Raises:
        ValueError: a value can't be parsed.
    """
    rows = tuple(numbers)
    sorts = {one.key: one.value_type for one in contract_values(programme, rows)}
    given: dict[str, dict[str, Any]] = {}
    for key, text in values.items():
        if key in sorts:
            owner, _dot, name = key.partition(".")
            given.setdefault(owner, {})[name] = _value(sorts[key], text)
    return (
        replace(programme, **given.get("年度", {})),
        tuple(replace(row, **given.get(row.kind, {})) for row in rows),
    )


def _text(sort: ValueType, value: Any) -> str:
    if sort == "日付":
        return str(value.isoformat())
    return (STRICT if value else LOOSE) if sort == "程度" else str(value)


def _value(sort: ValueType, text: str) -> Any:
    kept = parse_value(sort, text)
    if sort == "日付":
        return date.fromisoformat(kept)
    return int(kept) if sort == "数" else kept == STRICT if sort == "程度" else kept
