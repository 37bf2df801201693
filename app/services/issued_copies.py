"""What was issued stays: every row of the log of what left is written here, with the 控え in the form in which it left.

- ``log_issued(store, change, row, copy, says) -> int`` the row, its copy and who stands in it, inside the caller's change
- ``open_copy(store, outgoing_id) -> IssuedCopy`` the copy as it left, held against the log
- ``copy_words(row) -> str`` whether there is one
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from typing import Any, Final

from app.rules.dates import long_date
from app.services.refusal import Refusal
from app.services.required import required
from app.services.stored_files import keep_file, read_file
from db.journal import Change
from db.records.papers import Outgoing, OutgoingOrganisation, OutgoingPerson
from db.store import Store
from db.tables import outgoing as table

NO_COPY: Final = "控えなし"
KEPT: Final = "控えを開けます"
AGREES: Final = "控えは記録と一致"
DIFFERS: Final = (
    "控えの内容が、出したときの記録と一致しません。この控えは使わず、バックアップの控えと比べてください。"
    "ほかのデータは変わっていません。"
)
_MEDIA: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
}


@dataclass(frozen=True, kw_only=True)
class IssuedCopy:
    """A kept copy as it left, with its row; ``agrees`` whether its hash is the logged one, ``said`` the same in words.

    ``form`` is what the copy is: pdf, xlsx, txt (a text copied, told or read out) or another ending.
    """

    row: Outgoing
    data: bytes
    form: str
    agrees: bool
    said: str


def log_issued(store: Store, change: Change, row: Outgoing, *, copy: bytes | str | None, says: object = None) -> int:
    """Write the row of what leaves together with its copy and who stands in it; return the row's number.

    Args:
        row: the row without its copy. copy: what left, before any encryption; a text for what was copied or told;
            None only for what is data and no paper, or for the row of a folder whose files have rows of their own.
        says: what the copy says (content of a paper, rows of a list), read for the names of people and 団体;
            a text speaks for itself.

    Raises:
        StorageProblem: the copy could not be kept; nothing was logged.
    """
    if copy is None:
        return change.insert(row)
    data = copy.encode() if isinstance(copy, str) else copy
    row = replace(row, format="txt") if isinstance(copy, str) else row
    kept = keep_file(
        store,
        change,
        data=data,
        name=row.file_name or f"{row.reference or row.document_kind}.{row.format}",
        now=row.at,
        media_type=_MEDIA.get(row.format, ""),
        pages=row.pages,
    )
    digest = sha256(data).hexdigest()
    row_id = change.insert(replace(row, copy_file_id=kept.id, copy_sha256=digest, sha256=row.sha256 or digest))
    people, organisations = _named(store, copy if says is None else says)
    for person_id in people:
        change.insert(OutgoingPerson(outgoing_id=row_id, person_id=person_id))
    for organisation_id in organisations:
        change.insert(OutgoingOrganisation(outgoing_id=row_id, organisation_id=organisation_id))
    return row_id


def open_copy(store: Store, *, outgoing_id: int) -> IssuedCopy:
    """Return the kept copy exactly as it left, held against the hash in the log.

    Raises:
        Refusal: there is no such row, no copy was kept, or it went at the end of its keeping. Damaged: the file is gone or was altered.
    """
    row = required(store.database, Outgoing, outgoing_id)
    if row.copy_file_id is None:
        raise Refusal(f"{copy_words(row)}。", "出力の記録（日時・種類・照合の値）は残っています。")
    data = read_file(store, row.copy_file_id)
    agrees = sha256(data).hexdigest() == row.copy_sha256
    return IssuedCopy(row=row, data=data, form=row.format, agrees=agrees, said=AGREES if agrees else DIFFERS)


def copy_words(row: Outgoing) -> str:
    """Say whether a row has its copy: 「控えを開けます」「控えなし」「控えは保存期間を過ぎて消去（2032年4月1日）」."""
    if row.copy_erased_on is not None:
        return f"控えは保存期間を過ぎて消去（{long_date(row.copy_erased_on)}）"
    return KEPT if row.copy_file_id is not None else NO_COPY


def _named(store: Store, says: object) -> tuple[list[int], list[int]]:
    """Return the people and the 団体 whose whole name stands in what was said, whatever its spaces.

    Two of one name both count: a copy is named once too often rather than once too few.
    """
    said = _without_spaces("\n".join(_texts(says)))
    return (
        [row_id for row_id, name in table.names_of_people(store.database) if _stands(name, said)],
        [row_id for row_id, name in table.names_of_organisations(store.database) if _stands(name, said)],
    )


def _stands(name: str, said: str) -> bool:
    name = _without_spaces(name)
    return bool(name) and name in said


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _texts(value: Any) -> Iterator[str]:
    """Walk every text in a content, whatever blocks it is made of."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _texts(item)
