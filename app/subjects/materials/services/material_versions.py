"""Handouts and their versions: named, received with the file kept encrypted, printed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

from app.papers.services.stored_files import keep_file
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.services.event_file import required_event
from app.subjects.materials.services.material_rows import required_material, required_version
from db.records.materials import Material, MaterialVersion
from db.store import Store
from db.tables import materials as table


def add_material(store: Store, *, event_id: int, title: str, note: str = "", by: str, now: datetime) -> Saved:
    """Add a handout to an event; its confirmation is due as the contract says."""
    required_event(store.database, event_id)
    _check_title(title)
    position = len(table.of_event(store.database, event_id))
    with store.change(
        action=f"資料「{title}」を加えた", by=by, now=now, subject="materials", event_id=event_id
    ) as change:
        row_id = change.insert(Material(event_id=event_id, position=position, title=title, note=note))
    return Saved(said=f"資料「{title}」を加えました。", id=row_id)


def change_material(
    store: Store, *, material_id: int, title: str, note: str | None = None, by: str, now: datetime
) -> Saved:
    """Change the title of a handout; ``note`` None leaves the note."""
    material = required_material(store, material_id)
    _check_title(title)
    with store.change(
        action=f"資料「{title}」の名前を変えた", by=by, now=now, subject="materials", event_id=material.event_id
    ) as change:
        change.update(Material, material_id, title=title, note=material.note if note is None else note)
    return Saved(said=f"資料「{title}」を保存しました。", id=material_id)


def remove_material(store: Store, *, material_id: int, by: str, now: datetime) -> Saved:
    """Delete a handout that no version came in for; raises ``Refusal`` once one has."""
    material = required_material(store, material_id)
    if table.versions(store.database, material_id):
        raise Refusal(f"「{material.title}」は受領した版があるため、消せません。", "名前を直すことはできます。")
    with store.change(
        action=f"資料「{material.title}」を消した", by=by, now=now, subject="materials", event_id=material.event_id
    ) as change:
        change.delete(Material, material_id)
    return Saved(said=f"資料「{material.title}」を消しました。", id=material_id)


def receive_version(
    store: Store,
    *,
    material_id: int,
    name: str = "",
    data: bytes | None = None,
    received_on: date | None = None,
    received_how: str = "メール",
    pages: int | None = None,
    reason: str = "",
    by: str,
    now: datetime,
) -> Saved:
    """Take in the next version of a handout; the file is kept encrypted with its SHA-256.

    Args:
        name, data: file name and content as received; ``data`` None for a paper handed over.
        received_on: the day (default: the day of ``now``). pages: counted from a PDF when None.
        reason: why a version replaces one that is already 確認済; needed only then.

    Raises:
        Refusal: the newest version is 確認済 and no reason is given, or the day is still to come.
    """
    material = required_material(store, material_id)
    versions = table.versions(store.database, material_id)
    latest = versions[-1] if versions else None
    day = received_on or now.date()
    if day > now.date():
        raise Refusal("受領した日が、本日より後になっています。", "日付を確かめてください。")
    if latest is not None and latest.locked and not reason.strip():
        raise Refusal(
            f"「{material.title}」の第{latest.version}版は確認済です。",
            "差し替える理由を書くと、つぎの版を受領できます。",
        )
    number = latest.version + 1 if latest else 1
    note = f"（差替え：{reason}）" if reason.strip() else ""
    action = f"資料「{material.title}」の第{number}版を受領した{note}"
    with store.change(action=action, by=by, now=now, subject="materials", event_id=material.event_id) as change:
        version = MaterialVersion(
            material_id=material_id, version=number, received_on=day, received_how=received_how,
            file_name=name, pages=pages, result_note=reason,
        )  # fmt: skip
        if data is not None:
            counted = pages if pages is not None else _pdf_pages(data)
            kept = keep_file(store, change, data=data, name=name, now=now, pages=counted)
            version = replace(version, file_id=kept.id, sha256=kept.sha256, pages=counted)
        row_id = change.insert(version)
    twin = next((row for row in versions if row.sha256 and row.sha256 == version.sha256), None)
    same = f"第{twin.version}版と同じファイルです。" if twin else ""
    return Saved(said=f"「{material.title}」の第{number}版を受領しました。{same}", id=row_id)


def set_printed(
    store: Store, *, version_id: int, printed: int | None, handed_out: int | None = None, by: str, now: datetime
) -> Saved:
    """Keep how many copies the contractor printed and handed out (also on a locked version)."""
    version = required_version(store, version_id)
    material = required_material(store, version.material_id)
    if any(number is not None and number < 0 for number in (printed, handed_out)):
        raise Refusal("部数が0より小さくなっています。", "部数を確かめてください。")
    with store.change(
        action=f"資料「{material.title}」の印刷部数を記録した", by=by, now=now, subject="materials",
        event_id=material.event_id,
    ) as change:  # fmt: skip
        change.update(MaterialVersion, version_id, printed=printed, handed_out=handed_out)
    return Saved(said=f"「{material.title}」の印刷部数を記録しました。", id=version_id)


def _check_title(title: str) -> None:
    if not title.strip():
        raise Refusal("資料の名前が書かれていません。", "スライド、操作の手引きなど、名前を書いてください。")


def _pdf_pages(data: bytes) -> int | None:
    """Return the number of pages of a PDF, None for any other file or one that cannot be read."""
    if not data.startswith(b"%PDF"):
        return None
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return None
