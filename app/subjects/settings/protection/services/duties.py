"""The duties of the contract by clause, and where the program fulfils each.

They come from the 29 articles of the 特記事項, the privacy rules and the 仕様書. For each,
``resources/duties/rows.txt``
names the ledger, kind, check list, document, task or screen that fulfils it; titles are taken from the declarations of
those, so that nothing is named that the program does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal, cast, get_args

from app.actions.action_id import ActionId, ActionLink
from app.common.display_words import display_word
from app.common.file_locations import resources_folder
from app.documents.services.document_kind import DOCUMENTS
from app.ledgers.services.check_lists import CHECK_LISTS
from app.ledgers.services.ledger import LEDGERS
from app.programme.rules.clause_sources import ANNEX, CLAUSE_SOURCES, SPECIFICATION, ClauseSource
from app.received.services.received_kinds import RECEIVED_KINDS
from app.subjects.events.event.services.tasks.task_kind import TASK_KINDS
from app.subjects.events.event.services.tasks.year_task_kind import YEAR_KINDS
from db.frozen_record import frozen_record

Fulfilment = Literal["ledger", "form", "check", "setting", "screen", "not software"]
FULFILMENT_WORDS: Final[Mapping[Fulfilment, str]] = {
    "ledger": "管理簿", "form": "書類・届", "check": "確認・期限", "setting": "設定", "screen": "画面",
    "not software": "アプリの外",
}  # fmt: skip
"""How a duty is fulfilled, as Japanese words."""
_CUT, _WHERE, _OTHER_MARK, _REMARK, _PART = " | ", "; ", "*", "#", "›"
_ARTICLE: Final = re.compile(r"(\d+)(?:-(\d+))?([^\d-].*)?")
_ANNEX_TABLE, _LAW = "別表", "個人情報保護法"


@frozen_record
class Duty:
    """One duty with its clause and how and where the program fulfils it; ``reason`` says why if software cannot.

    ``is_required`` False = optional. ``link`` leads to the place that fulfils it, None = no single place; for a screen
    of
    one event it names no event. ``cited_clauses`` are the clauses of this contract or of a law written out, "" = none;
    ``other_clauses`` those of other documents, by full titles.
    """

    id: str
    basis: str
    duty: str
    how: Fulfilment
    where: str
    reason: str
    is_required: bool
    cited_clauses: str
    other_clauses: str
    link: ActionLink | None = None

    @property
    def is_own_contract(self) -> bool:
        """Return whether this contract or a law requires it, not only documents of other bodies."""
        return bool(self.cited_clauses)


@frozen_record
class DutyReference:
    """A reference of a duty to a document or settings page: its name, and the words it should contain."""

    id: str
    target_type: Literal["p", "g"]
    name: str
    words: str


class UnknownReferenceError(LookupError):
    """A row refers to something that the program does not declare."""


def read_duties(*, required_only: bool = False, own_only: bool = False) -> tuple[Duty, ...]:
    """Return all duties in the order of their clauses, or only the required ones or those of this contract."""
    return tuple(
        one
        for one in map(_parse_duty, _table_lines())
        if (one.is_required or not required_only) and (one.is_own_contract or not own_only)
    )


def read_duty_references() -> tuple[DutyReference, ...]:
    """Return the references of all rows to documents and settings pages, in order."""
    found = []
    for line in _table_lines():
        number, _basis, _said, where, _reason = _split_line(line)
        for place in where.split(_WHERE.strip()):
            sort, _colon, name = place.strip().partition(":")
            if sort in ("p", "g"):
                kind, _mark, words = name.strip().partition(_PART)
                found.append(
                    DutyReference(
                        id=number.removeprefix(_OTHER_MARK),
                        target_type=cast("Literal['p', 'g']", sort),
                        name=kind,
                        words=words,
                    )
                )
    return tuple(found)


def _table_lines() -> Iterator[str]:
    text = (resources_folder() / "duties" / "rows.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith(_REMARK))


def _split_line(line: str) -> tuple[str, str, str, str, str]:
    """Return the fields of one row: id | basis | duty | where (several, the first says how) | reason."""
    number, basis, duty, where, reason = (part.strip() for part in f"{line} ".split(_CUT.rstrip(), 4))
    return number, basis, duty, where, reason


def _parse_duty(line: str) -> Duty:
    number, basis, duty, where, reason = _split_line(line)
    cited, others = _spell_out_clauses(basis)
    places = [_parse_target(one.strip()) for one in where.split(_WHERE.strip())]
    how, _first, asked = places[0]
    return Duty(
        id=number.removeprefix(_OTHER_MARK),
        basis=basis,
        duty=duty,
        how=how,
        where="、".join(name for _how, name, _asked in places if name),
        reason=reason,
        is_required=not number.startswith(_OTHER_MARK),
        cited_clauses=cited,
        other_clauses=others,
        link=asked,
    )


def _spell_out_clauses(basis: str) -> tuple[str, str]:
    """Return the clauses of this contract and of laws, and those of other documents, each written out.

    「機6-6・特18(4)カ」 is 「特記事項第18条(4)カ」 and the full title with 「第6条第6項」.
    """
    sources = {one.letter: one for one in CLAUSE_SOURCES}
    own: list[str] = []
    others: list[str] = []
    now: ClauseSource | None = None
    for part in basis.split("・"):
        if part.startswith(_ANNEX_TABLE):
            own.append(f"{ANNEX.citation_prefix}の{part}")
        elif part.startswith(_LAW):
            own.append(part)
        elif part[0] in sources:
            now = sources[part[0]]
            (own if now.binds else others).append(_clause_text(now, part[1:]))
        elif now is not None and part[0] not in "明":
            (own if now.binds else others).append(_clause_text(now, part, again=True))
        else:
            others.append(part)
    return "・".join(own), "・".join(others)


def _clause_text(source: ClauseSource, place: str, *, again: bool = False) -> str:
    """Return one clause written out; ``again`` leaves out the document title, which precedes only the first."""
    numbered = _ARTICLE.fullmatch(place)
    if numbered is None or source is SPECIFICATION:
        words = f"　{place}" if place and not place[0].isdigit() and not again else place
    else:
        paragraph = f"第{numbered[2]}項" if numbered[2] else ""
        words = f"第{numbered[1]}条{paragraph}{numbered[3] or ''}"
    return words if again else f"{source.citation_prefix}{words}"


_Target = tuple[Fulfilment, str, ActionLink | None]


def _ledger_target(key: str) -> _Target:
    title = _require_declared(key, {one.key: one.title for one in LEDGERS})
    return "ledger", title, ActionLink("管理簿", ledger=key)


def _received_target(kind: str) -> _Target:
    _require_declared(kind, {one.kind: one.kind for one in RECEIVED_KINDS})
    return "form", kind, ActionLink("提出物", kind=kind)


def _check_target(key: str) -> _Target:
    return (
        "check",
        _require_declared(key, {one.key: one.title for one in CHECK_LISTS}),
        ActionLink("管理簿", ledger=key),
    )


def _document_target(name: str) -> _Target:
    kind, _mark, words = name.partition(_PART)
    about = _require_declared(kind, {one.kind: one.about for one in DOCUMENTS})
    return "form", _named(kind, words), ActionLink("年度の帳票", kind=kind) if about == "年度" else None


def _task_target(name: str) -> _Target:
    _require_declared(name, {one.name: one.name for one in (*TASK_KINDS, *YEAR_KINDS)})
    return "check", f"期限「{name}」", None


def _screen_target(word: str) -> _Target:
    _require_declared(word, {one: one for one in get_args(ActionId)})
    return "screen", display_word(word), ActionLink(cast("ActionId", word))


def _setting_target(name: str) -> _Target:
    word, _mark, words = name.partition(_PART)
    _require_declared(word, {one: one for one in get_args(ActionId)})
    return "setting", _named(display_word(word), words), ActionLink(cast("ActionId", word))


def _automatic_target(words: str) -> _Target:
    return "screen", f"自動：{words}", None


def _named(name: str, words: str) -> str:
    return f"{name}「{words}」" if words else name


def _no_target(_words: str) -> _Target:
    return "not software", "", None


_TARGETS: Final[Mapping[str, Callable[[str], _Target]]] = {
    "l": _ledger_target, "k": _received_target, "c": _check_target, "p": _document_target, "t": _task_target,
    "s": _screen_target, "g": _setting_target, "a": _automatic_target,
    "-": _no_target,
}  # fmt: skip


def _require_declared(name: str, declared: Mapping[str, str]) -> str:
    if name not in declared:
        raise UnknownReferenceError(name)
    return declared[name]


def _parse_target(text: str) -> _Target:
    sort, _colon, name = text.partition(":")
    return _TARGETS[sort](name.strip())
