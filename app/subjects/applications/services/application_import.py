"""A file of applications into the rosters: looked at, taken in as one action, taken back as a whole.

- ``read_application_file(path, sheet) -> ForeignFile`` needs no store: for work beside the window
- ``preview_applications(store, path, file, event_id, columns, sheet, wishes, mends, include_doubtful)``
  ``-> ApplicationPreview``
- ``import_applications(store, …the same…, seen_sha256, by, now) -> Imported``
- ``undo_import(store, import_id, by, now) -> Saved``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.foreign_files.foreign_file import read_foreign
from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.refusal import IntakeRefusal
from app.importing.undoing import changes_of_import, take_back
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.applications.services.application_judging import JudgedRow
from app.subjects.applications.services.application_plan import plan_applications
from app.subjects.applications.services.application_preview import ApplicationPreview, Mend
from app.subjects.applications.services.application_writing import ApplicationWriter
from app.subjects.register.services.known_ways import KnownPeople
from db.journal import Change
from db.records.applications import ForeignImport
from db.records.roster import Entry
from db.rows import by_id
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class Imported(Saved):
    """The import as written (``id`` 0 = nothing was), with its preview for the screen."""

    preview: ApplicationPreview


def read_application_file(path: Path, *, sheet: str = "") -> ForeignFile:
    """Read a file of applications; nothing is judged or written.

    Raises:
        Refusal: it cannot be taken (the sentence says why), or it holds something else.
    """
    try:
        found = read_foreign(path, sheet=sheet)
    except IntakeRefusal as refusal:
        happened, _, todo = str(refusal).partition("。")
        raise Refusal(f"{happened}。", todo) from refusal
    except OSError as error:
        raise Refusal("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error
    if found.kind == "アンケート":
        raise Refusal(
            "アンケートの回答のファイルのようです。申込として取り込めません。",
            "回答は、アンケートの画面から取り込んでください。",
        )
    if found.kind in ("団体一覧", "会場予約"):
        raise Refusal(
            f"これは{found.kind}のファイルです。申込として取り込めません。",
            f"{found.kind}の取り込みから選んでください。",
        )
    return found


def preview_applications(
    store: Store,
    *,
    path: Path,
    file: ForeignFile | None = None,
    event_id: int | None = None,
    columns: Mapping[int, str] | None = None,
    sheet: str = "",
    wishes: Mapping[str, int] | None = None,
    mends: Mapping[int, Mend] | None = None,
    include_doubtful: bool = False,
) -> ApplicationPreview:
    """Judge every row of ``path`` against the register, the year's events and what was taken in before.

    Args:
        file: the file as read already (it is not read again). event_id: the event whose applications these are;
            None = each wish names its event. columns: column number to field, None = remembered or proposed.
        sheet: the sheet of a workbook. wishes: text to event (0 = not taken in). mends: row to what was set right.
        include_doubtful: rows in 確認が必要 are taken in as well, marked.

    Raises:
        Refusal: the file cannot be taken, or the event is gone.
    """
    found = file or read_application_file(path, sheet=sheet)
    return plan_applications(
        store, found, path.name, event_id=event_id, columns=columns, wishes=wishes or {}, mends=mends or {},
        include_doubtful=include_doubtful,
    ).preview  # fmt: skip


def import_applications(
    store: Store,
    *,
    path: Path,
    file: ForeignFile | None = None,
    event_id: int | None = None,
    columns: Mapping[int, str] | None = None,
    sheet: str = "",
    wishes: Mapping[str, int] | None = None,
    mends: Mapping[int, Mend] | None = None,
    include_doubtful: bool = False,
    seen_sha256: str = "",
    by: str,
    now: datetime,
) -> Imported:
    """Take in what the preview with the same arguments shows as taken; a file that brings nothing new writes nothing.

    ``seen_sha256`` is the hash of the file as the preview showed it; a file that changed since is not taken.

    Raises:
        Refusal: the file changed or cannot be taken, or nothing says which column holds the names or which event.
    """
    found = file or read_application_file(path, sheet=sheet)
    if seen_sha256 and seen_sha256 != found.sha256:
        raise Refusal(
            "確かめたあとに、ファイルの中身が変わっています。", "ファイルを選び直して、もう一度確かめてください。"
        )
    plan = plan_applications(
        store, found, path.name, event_id=event_id, columns=columns, wishes=wishes or {}, mends=mends or {},
        include_doubtful=include_doubtful,
    )  # fmt: skip
    preview = plan.preview
    check_ready(preview)
    writing = [row for row in plan.judged if row.steps]
    if not writing:
        empty = "" if preview.rows else "見出しだけで、データは0行です。"
        return Imported(said=f"{empty}新しい申込はありませんでした。何も変えていません。", id=0, preview=preview)
    with store.change(
        action=f"申込を取り込み（{len(writing)}件）", by=by, now=now, subject="applications", event_id=event_id
    ) as change:
        import_id = change.insert(_record(preview, event_id, by, now))
        writer = ApplicationWriter(change, store.database, KnownPeople(store.database), preview.rule)
        for row in writing:
            _write(change, writer, row, import_id)
    return Imported(said=_said(preview, len(writing)), id=import_id, preview=preview)


def check_ready(preview: ApplicationPreview) -> None:
    """Refuse while nothing says which column holds the names, or which event the rows belong to.

    Raises:
        Refusal: one of the two is open.
    """
    if preview.needs_columns:
        raise Refusal(f"{preview.needs_columns}。", "列の対応を選んでから取り込んでください。")
    if preview.needs_event:
        raise Refusal("どの実施回の申込か、選ばれていません。", "実施回を選んでから取り込んでください。")


def undo_import(store: Store, *, import_id: int, by: str, now: datetime) -> Saved:
    """Take one import back: its applications, their places and the people it added go.

    Raises:
        Refusal: it is gone, or one of its places was chosen, received or changed since (the later action is named).
    """
    found = by_id(store.database, ForeignImport, import_id)
    if found is None or found.target != "申込":
        raise Refusal("この取り込みは見つかりません。", "一覧を開き直してください。")
    net = changes_of_import(store, found)
    with store.change(
        action="申込の取り込みを取り消し", by=by, now=now, subject="applications", event_id=found.event_id
    ) as change:
        take_back(store, change, net)
    gone = sum(item.table == "applications" and item.before is None for item in net)
    return Saved(said=f"取り込みを取り消しました（申込{gone}件）。", id=import_id)


def _record(preview: ApplicationPreview, event_id: int | None, by: str, now: datetime) -> ForeignImport:
    return ForeignImport(
        target="申込",
        event_id=event_id,
        file_name=preview.file_name,
        sha256=preview.sha256,
        source=preview.source,
        encoding=preview.encoding,
        at=now,
        by=by,
        new=preview.count("新規"),
        updated=preview.count("更新"),
        duplicate=preview.count("重複"),
        needs_check=preview.count("確認が必要"),
        skipped=preview.count("取り込まない"),
        dropped_columns=preview.dropped,
    )


def _write(change: Change, writer: ApplicationWriter, row: JudgedRow, import_id: int) -> None:
    """Keep the application once, then give or change its place in each event."""
    if row.application is None or row.applicant is None:
        for step in row.steps:
            for entry in step.place.entries:
                change.update(Entry, entry.id, state="辞退", waiting_order=None)
        return
    application_id = row.known.id if row.known else change.insert(replace(row.application, import_id=import_id))
    person_id: int | None = None
    made = False
    for step in row.steps:
        applicant = row.applicant
        if step.kind == "更新":
            if step.place.person is not None:
                applicant = replace(applicant, person_id=step.place.person.id)
            writer.person(applicant, application_id)
            writer.update(step.place, applicant, application_id, step.changes)
            continue
        if not made:
            person_id, made = writer.person(applicant, application_id), True
        step.place.entries = writer.enter(applicant, application_id, person_id, step.place.event_id)


def _said(preview: ApplicationPreview, count: int) -> str:
    people = preview.new_people
    rest = len(preview.left_out)
    words = f"{count}件の申込を取り込みました" + (f"（{people}人分）。" if people else "。")
    return words + (f"取り込まなかった行が{rest}行あります。" if rest else "")
