"""The pictures of a report, with actions to add, describe, order and remove them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import Block, DocumentContent, Photos
from app.documents.services.stored_files import keep_file, read_file, read_not_erased
from app.foreign_files.picture_reading import Picture
from app.submissions.reports.rules.photo_points import MAX_PHOTOS
from db.files.storage_errors import Damaged
from db.journal import Change
from db.record import record
from db.records.events import Event
from db.records.submissions.reports import Report, ReportPhoto
from db.store import Store
from db.tables import reports

FIELDS = ("taken_at", "scene", "seen", "consent", "permitted", "treated")
_JPEG = "image/jpeg"


@record
class PhotoView:
    """One picture of a report with its number from 1 and its bytes (empty = the file is missing or damaged)."""

    number: int
    photo: ReportPhoto
    data: bytes


def read_photos(store: Store, *, report_id: int) -> tuple[PhotoView, ...]:
    """Return the pictures of a report in order."""
    found = reports.photos_of_report(store.database, report_id)
    return tuple(
        PhotoView(number=number, photo=photo, data=_bytes(store, photo.file_id))
        for number, photo in enumerate(found, 1)
    )


def add_photos(context: ActionContext, *, report_id: int, pictures: Sequence[Picture]) -> ActionResult:
    """Add pictures at the end of a report, with the time of day when each was taken, as far as its file says it.

    One that was taken on another day than the event gets no time, and the message says so.

    Raises:
        UserError: none is given, there would be too many, or the report can't be changed any more.
    """
    report = open_for_writing(context.store, report_id)
    there = reports.photos_of_report(context.database, report_id)
    if not pictures:
        raise UserError("追加する写真がありません。", "写真を選び直してください。")
    if len(there) + len(pictures) > MAX_PHOTOS:
        raise UserError(
            f"1つの報告書に載せられる写真は{MAX_PHOTOS}枚までです（今{len(there)}枚、追加{len(pictures)}枚）。",
            "載せる写真を選んでから、追加し直してください。",
        )
    event = get_or_raise(context.database, Event, report.event_id)
    day = event.event_date.isoformat() if event.event_date else ""
    other_days = sum(bool(picture.taken_at) and picture.taken_at[:10] != day for picture in pictures)
    with context.change(f"報告書に写真{len(pictures)}枚を追加", "reports", event_id=report.event_id) as change:
        for position, picture in enumerate(pictures, max((photo.position for photo in there), default=0) + 1):
            kept = keep_file(
                context.store, change, data=picture.data, name=picture.name, now=context.now, media_type=_JPEG
            )
            removed = "位置・機種の情報を取り除いた" if picture.has_location else ""
            change.insert(
                ReportPhoto(
                    report_id=report_id,
                    position=position,
                    file_id=kept.id,
                    taken_at=picture.taken_at[11:16] if picture.taken_at[:10] == day else "",
                    treated=removed,
                )
            )
    told = fill_nonempty("撮影日が実施日と違う{}枚は、時刻を空けてあります。", other_days)
    return ActionResult(f"写真を{len(pictures)}枚追加しました。{told}", report_id)


def describe_photo(context: ActionContext, *, photo_id: int, words: Mapping[str, str]) -> ActionResult:
    """Store the texts of one picture exactly as typed, by field of ``FIELDS``.

    Raises:
        UserError: the picture no longer exists, or the contractor has confirmed the report.

    """
    photo = get_or_raise(context.database, ReportPhoto, photo_id)
    report = open_for_writing(context.store, photo.report_id)
    typed = {name: words[name] for name in FIELDS if name in words and words[name] != getattr(photo, name)}
    number = _number_of(context.store, photo)
    if not typed:
        return ActionResult(f"写真{number}は変わっていません。", photo_id, can_undo=False)
    with context.change(f"報告書の写真{number}を説明", "reports", event_id=report.event_id) as change:
        change.update(ReportPhoto, photo_id, **typed)
    return ActionResult(f"写真{number}の説明を保存しました。", photo_id)


def move_photo(context: ActionContext, *, photo_id: int, step: int) -> ActionResult:
    """Move a picture one place earlier (-1) or later (1), if there is one; raises as ``describe_photo``."""
    photo = get_or_raise(context.database, ReportPhoto, photo_id)
    report = open_for_writing(context.store, photo.report_id)
    order = reports.photos_of_report(context.database, photo.report_id)
    place = next(number for number, one in enumerate(order) if one.id == photo_id)
    target = place + step
    if not 0 <= target < len(order):
        return ActionResult(f"写真{place + 1}は端にあります。", photo_id, can_undo=False)
    order[place], order[target] = order[target], order[place]
    with context.change("報告書の写真の順を変更", "reports", event_id=report.event_id) as change:
        for position, one in enumerate(order, 1):
            if one.position != position:
                change.update(ReportPhoto, one.id, position=position)
    return ActionResult(f"写真{place + 1}を{target + 1}枚目に移しました。", photo_id)


def remove_photo(context: ActionContext, *, photo_id: int) -> ActionResult:
    """Remove a picture from the report; undo restores it with its texts. Raises as ``describe_photo``."""
    photo = get_or_raise(context.database, ReportPhoto, photo_id)
    report = open_for_writing(context.store, photo.report_id)
    number = _number_of(context.store, photo)
    with context.change(f"報告書から写真{number}を外した", "reports", event_id=report.event_id) as change:
        change.delete(ReportPhoto, photo_id)
    return ActionResult(f"写真{number}を外しました。", photo.report_id)


def copy_photos(store: Store, change: Change, *, report_id: int, to: int) -> None:
    """Copy the pictures of a report into its next version, inside the change that makes it."""
    for photo in reports.photos_of_report(store.database, report_id):
        change.insert(replace(photo, id=0, report_id=to))


def fill_pictures(store: Store, content: DocumentContent) -> DocumentContent:
    """Return the document with its pictures loaded; an erased one becomes an empty frame.

    Raises:
        Damaged: a stored picture is missing or was altered.

    """
    return replace(content, blocks=tuple(_fill_picture(store, block) for block in content.blocks))


def open_for_writing(store: Store, report_id: int) -> Report:
    """Return a report whose content may still be changed.

    Raises:
        UserError: it is 確認済, or the contractor has confirmed it.

    """
    report = get_or_raise(store.database, Report, report_id)
    if report.status.is_checked:
        raise UserError("確認済の報告書は変更できません。", "直すときは、つぎの版を作成してください。")
    if report.contractor_confirmed_on is not None:
        raise UserError(
            "受託者が確認した報告書のため、内容は変更できません。",
            "直すときは、つぎの版を作成するか、受託者の確認を取り消してください。",
        )
    return report


def _fill_picture(store: Store, block: Block) -> Block:
    """Return a block of photos with their stored pictures put in; other blocks are returned unchanged."""
    if not isinstance(block, Photos):
        return block
    files = read_not_erased(store, [photo.file_id for photo in block.photos])
    return replace(
        block,
        photos=tuple(
            replace(photo, data=files[photo.file_id])
            if photo.file_id in files
            else replace(photo, scene="（保つ期間が終わり、写真を消しました）")
            for photo in block.photos
        ),
    )


def _bytes(store: Store, file_id: int) -> bytes:
    try:
        return read_file(store, file_id)
    except Damaged:  # the list must still open, so that the picture can be removed or added again
        return b""


def _number_of(store: Store, photo: ReportPhoto) -> int:
    order = reports.photos_of_report(store.database, photo.report_id)
    return next(number for number, one in enumerate(order, 1) if one.id == photo.id)
