"""Declares applications as a target of imports: the columns they need, and where other files belong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.events.applications.intake.application_fields import APPLICATION_FIELDS, propose_care_columns, propose_columns
from app.foreign_files.foreign_shape import ForeignFile, Kind
from app.importing.list_target import ListTarget
from db.records.applications import Application, ImportTarget


def _propose_columns(file: ForeignFile) -> Mapping[int, str]:
    return propose_care_columns(file, propose_columns(file.headings, file.service, file.groups))


_OTHER_TARGETS: Mapping[Kind, tuple[str, str]] = {
    "アンケート": (
        "アンケートの回答のファイルのようです。申込として取り込めません。",
        "回答は、アンケートの画面から取り込んでください。",
    ),
    "団体一覧": ("これは団体一覧のファイルです。申込として取り込めません。", "団体一覧の取り込みから選んでください。"),
    "会場予約": ("これは会場予約のファイルです。申込として取り込めません。", "会場予約の取り込みから選んでください。"),
}
APPLICATIONS_TARGET: Final = ListTarget(
    target=ImportTarget.APPLICATIONS,
    row_name="申込",
    list_name="申込",
    subject="applications",
    record=Application,
    fields=APPLICATION_FIELDS,
    required_groups=(frozenset({"name"}),),
    propose_columns=_propose_columns,
    other_file_kinds=_OTHER_TARGETS,
    day_fields=frozenset({"received_at", "date1", "date2", "date3"}),
    undo_advice="取り消す申込は、申込の一覧で1件ずつ取下げにしてください。",
    accepted_own_lists=frozenset({"参加申込書", "取り込まない申込"}),
)
"""A filled 参加申込書 is recognised as the form of one person, with the link to enter it.

Rows that were left out of an import can be imported again after correction.
"""
