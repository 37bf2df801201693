"""One row of 書類, a document in one version or for one group, with its three steps.

The steps are 作成, 保存・印刷, 連絡・通知済.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.documents.rules.notification_status import StatusWord
from app.documents.services.document_library import way_words
from app.documents.services.notification import OutgoingView
from app.documents.services.notification_kinds import MatterLine
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, RowAction, unsorted
from db.frozen_record import frozen_record
from db.records.documents import Outgoing

GROUPS: Final[dict[StatusWord, str]] = {
    "変更あり": "通知後に変更",
    "未通知": "作成済み・未通知",
    "通知済": "通知済み",
    "見送り": "通知済み",
    "未作成": "未作成",
}
NOTIFIED_SHOWN: Final = 6
TELL, OPEN_COPY = "通知を記録", "控えを開く"


@frozen_record
class OutgoingRow:
    """A line with the row of the log for its document, and today's date."""

    line: MatterLine
    row: Outgoing | None
    today: date

    @property
    def id(self) -> tuple[str, int, str]:
        """Return the id for comparing with a later reading."""
        return self.key

    @property
    def status(self) -> StatusWord:
        """Return its status."""
        return self.line.matter_status.status

    @property
    def key(self) -> tuple[str, int, str]:
        """Return the key that identifies the row."""
        act = self.line.matter_status.notification
        return self.line.matter_status.matter.key, act.id if act is not None else 0, self.status


def rows_of(view: OutgoingView, today: date) -> tuple[OutgoingRow, ...]:
    """Return a row for each line, in the order of the groups."""
    made = []
    for line in view.lines:
        act = line.matter_status.notification
        row = (
            view.outgoing.get(act.outgoing_id)
            if act is not None and act.outgoing_id is not None
            else line.matter_status.outgoing
        )
        made.append(OutgoingRow(line=line, row=row, today=today))
    return tuple(made)


def outgoing_list() -> FittedTable:
    """Return the list; Enter or a click shows the document at the right."""
    return FittedTable(
        "event-leaving",
        unsorted(
            Column("paper", "帳票・版", _document_cell, stretch=True),
            Column("party", "相手", _party_words, widest=150, min_list_width=800),
            Column("made", "1 作成", _created_cell, min_list_width=520),
            Column("left", "2 保存・印刷", _outgoing_cell),
            Column("told", "3 連絡・通知済（日・方法・だれが）", _notified_cell, widest=236),
        ),
        title="帳票と、伝えたか",
        empty="この実施回で伝えるものは、まだありません。",
        group=lambda row: GROUPS[row.status],
        action=_action,
        below=lambda _row: ("", ""),
    )


def _document_cell(row: OutgoingRow) -> Cell:
    return Cell(row.line.document_kind, aside=row.line.title, strong=row.status != "未作成")


def _party_words(row: OutgoingRow) -> str:
    act = row.line.matter_status.notification
    return act.told_to if act is not None and act.told_to else row.line.notification_kind.usual_party


def _created_cell(row: OutgoingRow) -> Cell:
    if row.status == "未作成":
        return Cell("未作成", icon="circle", tone="second")
    matter = row.line.matter_status.matter
    words = matter.created_words
    if not words and row.row is None and row.line.matter_status.notification is None and matter.issued_on is not None:
        words = f"{matter.issued_on.month}/{matter.issued_on.day} 施行"
    if not words and row.row is not None:
        words = f"{row.row.at.month}/{row.row.at.day} {family_name(row.row.by)}"
    return Cell(words or "—", icon="check-circle-fill" if words else "", icon_tone="green")


def _outgoing_cell(row: OutgoingRow) -> Cell:
    if row.row is None:
        return Cell("—", tone="second")
    return Cell(
        f"{outgoing_words(row.row)} {row.row.at.month}/{row.row.at.day}", icon="check-circle-fill", icon_tone="green"
    )


def outgoing_words(row: Outgoing) -> str:
    """Return how it left (「PDF」「印刷」「連絡の文」)."""
    if row.way == "連絡":
        return "連絡の文"
    return "印刷" if row.way == "印刷" else way_words(row).split(" ")[0]


def _notified_cell(row: OutgoingRow) -> Cell:
    stand = row.line.matter_status
    act = stand.notification
    if act is None:
        late = "作成のあとに変更あり" if stand.is_outdated else ""
        words = "施行済・未通知" if stand.matter.issued_on is not None else "未通知"
        return Cell(words, icon="circle", tone="second", aside=late, aside_tone="amber")
    day = short_date(act.told_on, row.today)
    if row.status == "見送り":
        return Cell(f"{day} 見送り", icon="minus-circle", tone="second", aside=act.reason)
    words = f"{day} {act.told_how}"
    if row.status == "変更あり":
        now = "、".join(f"いま{one.now}" if one.before != one.now else one.words for one in stand.changed_facts[:1])
        return Cell(words, aside=now, icon="clock-fill", tone="amber", strong=True, aside_tone="amber")
    return Cell(f"{words}　{family_name(act.told_by)}", icon="check-circle-fill", icon_tone="green")


def family_name(name: str) -> str:
    """Return the family name if the name has a space."""
    return name.replace("　", " ").split(" ")[0]


def _action(row: OutgoingRow) -> RowAction | None:
    if row.status == "未通知":
        return RowAction(TELL)
    if row.row is not None and row.row.copy_file_id is not None:
        return RowAction(OPEN_COPY)
    return None


def changed_words(rows: Sequence[OutgoingRow]) -> str:
    """Return the facts changed since the notification (「参加予定 14人 → 15人 … ほか1件」), each once."""
    found = list(dict.fromkeys(one.words for row in rows for one in row.line.matter_status.changed_facts))
    more = f" ほか{len(found) - 3}件" if len(found) > 3 else ""
    return "、".join(found[:3]) + more
