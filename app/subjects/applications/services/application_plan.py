"""Decides what becomes of every row of a file of applications: the plan that a preview shows and an import writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.foreign_files.foreign_shape import ForeignFile
from app.importing.column_maps import recall_wishes
from app.programme.services.programme import programme_of_event, programmes
from app.subjects.applications.intake.application_rows import ApplicationRow, ApplicationTable, read_applications
from app.subjects.applications.services.application_contacts import read_contact_rule
from app.subjects.applications.services.application_judging import JudgedRow, RowJudge
from app.subjects.applications.services.application_mapping import CONTACT_FIELDS, FileColumns, map_file
from app.subjects.applications.services.application_preview import ApplicationPreview, Mend, PreviewRow
from app.subjects.applications.services.application_reading import QUIET
from app.subjects.applications.services.application_wishing import Wishes
from app.subjects.events.services.event_file import required_event
from db.records.events import Event
from db.records.programme import Kind, Programme
from db.store import Store
from db.tables import events as event_table

_ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
}  # fmt: skip
_KIND_WORDS: Mapping[Kind, tuple[str, ...]] = {
    "講習会": ("講習",), "派遣": ("派遣",), "意見交換会": ("意見交換",),
}  # fmt: skip
_SEPARATORS = (",", "、", ";")


@dataclass(frozen=True, kw_only=True)
class ApplicationPlan:
    """The preview, and in the order of writing what each row is to write."""

    preview: ApplicationPreview
    judged: tuple[JudgedRow, ...]


def plan_applications(
    store: Store,
    file: ForeignFile,
    file_name: str,
    *,
    event_id: int | None,
    columns: Mapping[int, str] | None,
    wishes: Mapping[str, int],
    mends: Mapping[int, Mend],
    include_doubtful: bool,
) -> ApplicationPlan:
    """Judge every row of ``file``; see ``preview_applications`` for the arguments."""
    event = required_event(store.database, event_id) if event_id is not None else None
    events = [one for year in _years(store, event) for one in event_table.all_of(store.database, year.id)]
    mapped = map_file(store, file, columns)
    table = _read(file, mapped, events)
    wished = Wishes(
        table.rows, events, wishes, recall_wishes(store, source_key=mapped.key),
        asked="wishes" in mapped.fields.values(), event_id=event_id,
    )  # fmt: skip
    judge = RowJudge(store, file, table, mapped.fields, wished, mends, include_doubtful=include_doubtful)
    judged = judge.judge(_in_order_of_arrival(table.rows))
    by_row = {one.shown.row: one.shown for one in judged}
    preview = ApplicationPreview(
        event=event,
        events=tuple(events),
        file_name=file_name,
        sha256=file.sha256,
        source=file.source,
        source_words=source_words(file),
        source_key=mapped.key,
        encoding=file.encoding or "",
        encoding_words=_ENCODINGS.get(file.encoding or "", file.encoding or ""),
        header_row=file.header_row,
        sheet=file.sheet,
        sheets=file.sheets,
        columns=mapped.columns,
        remembered=mapped.remembered,
        dropped=mapped.dropped,
        unmapped=mapped.unmapped,
        wishes=wished.choices,
        rows=tuple(by_row[row.row] for row in table.rows),
        notices=(
            *_no_longer_planned(event, events, by_row.values()),
            *_of_another_kind(file_name, mapped, event),
            *_whole_file(file, table, wished),
        ),
        rule=read_contact_rule(store, programme_id=event.programme_id if event is not None else None),
        keeps_contacts=any(field in CONTACT_FIELDS for field in mapped.fields.values()),
        needs_event=wished.needs_event,
        needs_columns=_missing(mapped),
        lost_characters=table.lost_characters,
        mapping=mapped.fields,
    )
    return ApplicationPlan(preview=preview, judged=judged)


def _years(store: Store, event: Event | None) -> list[Programme]:
    """The years whose events an application may mean: that of the event it is for, else all that are not closed."""
    if event is not None:
        return [programme_of_event(store, event).programme]
    return [one for one in reversed(programmes(store)) if one.closed_on is None]


def source_words(file: ForeignFile) -> str:
    """Return what a file is, in the words of the office."""
    return SOURCE_WORDS.get(file.source, SOURCE_WORDS.get(file.service, "形の知られていない表"))


SOURCE_WORDS: Mapping[str, str] = {
    "google_forms_csv": "Google フォーム（直接）", "google_sheets_csv": "Google フォーム（スプレッドシート経由）",
    "ms_forms_xlsx": "Microsoft Forms", "logo_form_like_csv": "LoGoフォームの形",
    "e_application_like_csv": "電子申請の形", "clerk_xlsx": "職員が作った表", "zipped_csv": "zipの中のCSV",
    "csv_named_xlsx": "中身はCSVの.xlsx", "utf16le_tsv": "タブ区切りのテキスト",
}  # fmt: skip


def _read(file: ForeignFile, mapped: FileColumns, events: Sequence[Event]) -> ApplicationTable:
    """Event names are handed on only where one holds a separator itself; else each wish is split off as written."""
    names = [name for event in events for name in (event.subject, event.full_title)]
    options = names if any(sign in name for name in names for sign in _SEPARATORS) else []
    return read_applications(file, mapped.fields, wish_options=options)


def _in_order_of_arrival(rows: Sequence[ApplicationRow]) -> list[ApplicationRow]:
    """First come first; a row without a time comes where it stands."""
    last = datetime(1, 1, 1)  # noqa: DTZ001 - local time throughout
    placed = []
    for row in rows:
        last = row.received_at.replace(tzinfo=None) if row.received_at else last
        placed.append((last, row.row, row))
    return [row for _, _, row in sorted(placed, key=lambda one: one[:2])]


def _missing(mapped: FileColumns) -> str:
    fields = set(mapped.fields.values())
    if not fields & {"name", "organisation"}:
        return "氏名と団体の列がわかりません"
    return "" if "name" in fields else "氏名の列がわかりません"


def _no_longer_planned(chosen: Event | None, events: Sequence[Event], rows: Iterable[PreviewRow]) -> tuple[str, ...]:
    """A word of warning where rows would be entered for an event that is cancelled or over."""
    wished = {event_id for row in rows if row.taken for event_id in row.event_ids}
    wished |= {chosen.id} if chosen is not None else set()
    return tuple(
        f"{event.full_title}は{'中止' if event.status == '中止' else '実施済'}です。取り込むと、その名簿に加わります。"
        for event in events
        if event.id in wished and event.status != "予定"
    )


def _of_another_kind(file_name: str, mapped: FileColumns, event: Event | None) -> tuple[str, ...]:
    """A word of warning where the file's name, or its columns of wished days, speak of another kind than the event."""
    if event is None or any(word in file_name for word in _KIND_WORDS[event.kind]):
        return ()
    named = [kind for kind, words in _KIND_WORDS.items() if any(word in file_name for word in words)]
    if not named and "date1" in mapped.fields.values() and event.kind != "派遣":
        named = ["派遣"]
    return tuple(f"{kind}の申込のファイルのようです（取込先は{event.full_title}）" for kind in named[:1])


def _whole_file(file: ForeignFile, table: ApplicationTable, wished: Wishes) -> tuple[str, ...]:
    """What concerns the file as a whole, and what is done alike in many rows, each once with its count."""
    found = [*file.problems, *file.notices, *table.problems, *table.notices]
    said = list(dict.fromkeys(one.reason for one in found if one.row == 0))
    if not table.rows:
        said.insert(0, "見出しだけで、申込の行がありません")
    if wished.of_no_event:
        said.append(f"この年度の実施回にない希望：{'、'.join(wished.of_no_event)}")
    rows = {code: {one.row for row in table.rows for one in row.notices if one.code == code} for code in QUIET}
    return (*said, *(f"{words}　{len(rows[code])}行" for code, words in QUIET.items() if words and rows[code]))
