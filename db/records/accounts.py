"""The staff who may open the data folder, failed log-ins, and the journal entries."""

from __future__ import annotations

from typing import Any

from db.fields import (
    HiddenKey,
    HiddenWord,
    Key,
    PcName,
    RecordedAt,
    RecordedBy,
    Way,
)
from db.record import data_field, record


@record
class User:
    """One member of staff; the password's key slot lives in the keyring file, not here."""

    id: Key = 0
    login_id: str = data_field("ID", erasing="staff")
    display_name: str = data_field("表示名", names_row=True, erasing="staff")
    active: bool = data_field("利用中", default=True)


@record
class FailedLogin:
    """Failed log-ins at one PC, read from its presence file and stored with somebody's next change.

    Attributes:
        token: of the program start that counted.
        at: the last of them, by the clock of that PC.
        login_id: a known ID, "" for any other (what was typed may be a password).
        way: what was tried (「パスワード」「回復キー」「ロックの解除」).
        times: how many.
    """

    id: Key = 0
    token: HiddenKey
    at: RecordedAt
    pc: PcName
    login_id: str = data_field("ID", erasing="staff")
    way: Way
    times: int = data_field("回数")


@record
class RowChange:
    """One row's image before and after (None = the row did not exist)."""

    table: HiddenWord
    row_id: Key
    before: dict[str, Any] | None = data_field(is_hidden=True)
    after: dict[str, Any] | None = data_field(is_hidden=True)


@record
class JournalEntry:
    """One user action with every row it changed, in the order written.

    ``undo_of``/``redo_of`` name the entry this one takes back or repeats. ``barrier`` marks an action with an
    effect outside the program (saving, printing, a key), which undo does not reach past. It holds for the
    changes of the same person that concern the same event; without an event, for theirs of the same subject
    that concern no event. Only the beginning of a folder and an erasing (``db.journal.BARRIER_SUBJECTS``)
    hold for everybody and everything.
    """

    seq: Key
    at: RecordedAt
    by: RecordedBy
    action: str = data_field("操作", erasing="word")
    subject: str = data_field(is_hidden=True, erasing="word")
    event_id: Key | None
    changes: tuple[RowChange, ...] = data_field(is_hidden=True, default_factory=tuple)
    undo_of: Key | None = None
    redo_of: Key | None = None
    barrier: bool = data_field(is_hidden=True, default=False)
