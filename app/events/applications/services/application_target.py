"""Declares applications as a target of imports: the columns they need, and where other files belong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.events.applications.intake.application_fields import APPLICATION_FIELDS, propose_columns
from app.foreign_files.cells.answer_reading import is_nothing
from app.foreign_files.cells.date_parsing import parse_day
from app.foreign_files.cells.spoken_answers import asked_by, mentions_need
from app.foreign_files.foreign_shape import ForeignFile, Kind
from app.foreign_files.tables.heading_roles import fold_heading
from app.importing.column_choices import value_counts
from app.importing.list_target import ListTarget
from db.records.applications import Application, ImportTarget


def _propose_columns(file: ForeignFile) -> Mapping[int, str]:
    """Return the columns proposed by their headings, those of needs by their cells; 第1希望 without a day is a wish."""
    found = propose_columns(file.headings, file.service, file.groups)
    dated = {
        index: any(parse_day(text).day for text in file.texts_in(index))
        for index, key in found.items()
        if key.startswith("date") and _RANK.fullmatch(fold_heading(file.headings[index]))
    }
    found |= {} if any(dated.values()) else dict.fromkeys(dated, "wishes")
    # A need is kept word for word wherever it stands, so nobody has to be asked first.
    remarks = "note" if "care" not in found.values() else ""
    return found | {
        index: "care"
        for index in range(len(file.headings))
        if found.get(index, "") in ("", remarks) and holds_needs(file, index, by_heading=not found.get(index))
    }


_RANK = re.compile("第[1-3一二三]希望")
_OTHER_TARGETS: Mapping[Kind, tuple[str, str]] = {
    "アンケート": (
        "アンケートの回答のファイルのようです。申込として取り込めません。",
        "回答は、アンケートの画面から取り込んでください。",
    ),
    "団体一覧": ("これは団体一覧のファイルです。申込として取り込めません。", "団体一覧の取り込みから選んでください。"),
    "会場予約": ("これは会場予約のファイルです。申込として取り込めません。", "会場予約の取り込みから選んでください。"),
}
WISHED_DAYS = frozenset({"date1", "date2", "date3"})
APPLICATIONS_TARGET = ListTarget(
    target=ImportTarget.APPLICATIONS,
    row_name="申込",
    list_name="申込",
    subject="applications",
    record=Application,
    fields=APPLICATION_FIELDS,
    required_groups=(frozenset({"name"}),),
    propose_columns=_propose_columns,
    other_file_kinds=_OTHER_TARGETS,
    day_fields=WISHED_DAYS | {"received_at"},
    answer_fields={"state": "status", "consent": "photo", "device": "device", "need": "care", "companions": "names"},
    own_words_field="note",
    undo_advice="取り消す申込は、申込の一覧で1件ずつ取下げにしてください。",
    accepted_own_lists=frozenset({"参加申込書", "取り込まない申込"}),
)
"""A filled 参加申込書 is recognised as the form of one person, with the link to enter it.

Rows that were left out of an import can be imported again after correction.
"""


def holds_needs(file: ForeignFile, index: int, *, by_heading: bool) -> bool:
    """Return whether the cells of a column mostly name needs, or ``by_heading`` whether it asks for them alone."""
    if by_heading and (asked := asked_by(file.headings[index])):
        return asked == ("need",)
    told: Mapping[str, int] = value_counts(file, index)
    # ない answers a question whether somebody ever did something.
    if not fold_heading(file.headings[index]).rstrip("?").endswith("ありますか"):
        told = {text: count for text, count in told.items() if not is_nothing(text)}
    return sum(count for text, count in told.items() if mentions_need(text)) * 2 > sum(told.values())
