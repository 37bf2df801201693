"""What the contract asks for, clause by clause, and where each lives: the 29 articles of the 特記事項, the duties of
privacy, and the numbers of the 仕様書.

``resources/duties/rows.txt`` says for each which ledger, kind, check list, paper, task or screen it is; its name is
taken from the declaration of that, so that nothing here names what the program does not have.

- ``read_duties(must) -> tuple[Duty, ...]``
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal, cast, get_args

from app.acts.action_id import ActionId, Asked
from app.common.file_locations import resources_folder
from app.ledgers.services.check_lists import CHECK_LISTS
from app.ledgers.services.ledger import LEDGERS
from app.papers.services.paper_kind import PAPERS
from app.received.services.received_kind import RECEIVED
from app.subjects.events.event.services.tasks.task_kind import KINDS
from app.subjects.events.event.services.tasks.year_task_kind import YEAR_KINDS
from db.frozen_record import frozen_record

How = Literal["ledger", "form", "check", "setting", "screen", "not software"]
WORDS: Final[Mapping[How, str]] = {
    "ledger": "管理簿", "form": "書類・届", "check": "確認・期限", "setting": "設定", "screen": "画面",
    "not software": "アプリの外",
}  # fmt: skip
"""How a duty is met, in words."""
_CUT, _WHERE, _OTHER, _REMARK = " | ", "; ", "*", "#"


@frozen_record
class Duty:
    """One duty: its number in the list, the clause, what it asks for, how and where it is met, and what is to be known
    of that; a duty that is no matter of software has the reason there.

    ``must`` False = a field or a remark at most. ``asked`` leads to where it is met, None = there is no one place; of
    a screen of one event it does not say which.
    """

    id: str
    basis: str
    duty: str
    how: How
    where: str
    reason: str
    must: bool
    asked: Asked | None = None


class UnknownPlace(LookupError):
    """A row names something that the program does not declare."""


def read_duties(*, must: bool = False) -> tuple[Duty, ...]:
    """Return all duties in the order of their clauses, or only those that must be met."""
    return tuple(one for one in map(_duty, _lines()) if one.must or not must)


def _lines() -> Iterator[str]:
    text = (resources_folder() / "duties" / "rows.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith(_REMARK))


def _duty(line: str) -> Duty:
    """One row: id | basis | duty | where (several, the first says how) | reason."""
    number, basis, duty, where, reason = (part.strip() for part in f"{line} ".split(_CUT.rstrip(), 4))
    places = [_place(one.strip()) for one in where.split(_WHERE.strip())]
    how, _first, asked = places[0]
    return Duty(
        id=number.removeprefix(_OTHER),
        basis=basis,
        duty=duty,
        how=how,
        where="、".join(name for _how, name, _asked in places if name),
        reason=reason,
        must=not number.startswith(_OTHER),
        asked=asked,
    )


_Place = tuple[How, str, Asked | None]


def _ledger(key: str) -> _Place:
    title = _known(key, {one.key: one.title for one in LEDGERS})
    return "ledger", title, Asked("管理簿", ledger=key)


def _received(kind: str) -> _Place:
    _known(kind, {one.kind: one.kind for one in RECEIVED})
    return "form", kind, Asked("提出物", kind=kind)


def _check(key: str) -> _Place:
    return "check", _known(key, {one.key: one.title for one in CHECK_LISTS}), Asked("管理簿", ledger=key)


def _paper(kind: str) -> _Place:
    about = _known(kind, {one.kind: one.about for one in PAPERS})
    return "form", kind, Asked("年度の帳票", kind=kind) if about == "年度" else None


def _task(name: str) -> _Place:
    _known(name, {one.name: one.name for one in (*KINDS, *YEAR_KINDS)})
    return "check", f"期限「{name}」", None


def _screen(word: str) -> _Place:
    _known(word, {one: one for one in get_args(ActionId)})
    return "screen", word, Asked(cast("ActionId", word))


def _setting(word: str) -> _Place:
    _known(word, {one: one for one in get_args(ActionId)})
    return "setting", word, Asked(cast("ActionId", word))


def _none(_words: str) -> _Place:
    return "not software", "", None


_PLACES: Final[Mapping[str, Callable[[str], _Place]]] = {
    "l": _ledger, "k": _received, "c": _check, "p": _paper, "t": _task, "s": _screen, "g": _setting, "-": _none,
}  # fmt: skip


def _known(name: str, declared: Mapping[str, str]) -> str:
    if name not in declared:
        raise UnknownPlace(name)
    return declared[name]


def _place(text: str) -> _Place:
    sort, _colon, name = text.partition(":")
    return _PLACES[sort](name.strip())
