"""The handouts of one event for the printer: confirmed versions only as they were confirmed, in order, n copies.

- ``read_handouts(store, event_id) -> HandoutView``
- ``gather_handouts(store, event_id, material_ids) -> HandoutFiles``; ``join_handouts(files, …) -> HandoutSet`` (no
  store)
- ``save_handouts(act, handouts, path, …) -> Saved``; ``note_handout_print(act, handouts, how)``
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.foreign_files.pdf_reading import ReceivedPart, UnreadablePdf, is_pdf, join_received
from app.papers.blocks import DocumentContent
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import SavedFile, Way, as_leaving, file_saved, write_whole
from app.papers.services.paper_kind import paper_kind
from app.papers.services.paper_scope import PaperScope
from app.papers.services.paper_states import made_in_state
from app.papers.services.papers import Rendered, render
from app.papers.services.saved_out import place_detail
from app.papers.services.stored_files import read_file as read_kept
from app.subjects.events.event.services.event_file import EventFile, MaterialFile, read_file
from app.subjects.submissions.materials.papers import enclosed
from app.subjects.submissions.materials.papers.collation import CollatedHandout
from app.subjects.submissions.materials.rules.rights import held_printing, held_words
from app.subjects.submissions.materials.services.handed_out import (
    CONSENT,
    HANDOUTS,
    lacking,
    reason_of,
    without_consent,
)
from app.subjects.submissions.materials.services.material_board import copies_of, state_of
from app.subjects.submissions.materials.services.material_papers import contents
from app.subjects.submissions.materials.services.material_rights import ANSWER
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.papers import Outgoing, PrintUse
from db.records.submissions.materials import Material, MaterialVersion
from db.store import Store

KIND: Final = HANDOUTS
CONFIRMED: Final = "確認済"
MOST_COPIES: Final = 300
_SET: Final = "部目"


@frozen_record
class HandoutRow:
    """One handout: ``ready`` = 確認済 and a kept file; ``remark`` what stands against printing it, or "" ."""

    material: Material
    version: MaterialVersion | None
    state: str
    ready: bool
    remark: str


@frozen_record
class HandoutView:
    """The handouts of one event in their order; ``copies`` as needed, ``copies_words`` with the arithmetic."""

    event_id: int
    title: str
    rows: tuple[HandoutRow, ...]
    copies: int
    copies_words: str


@frozen_record
class HandoutFile:
    """One handout with its file as it was received."""

    material: Material
    version: MaterialVersion
    data: bytes


@frozen_record
class HandoutFiles:
    """The chosen handouts in their order; ``warnings`` in whole sentences (not 確認済). ``contents`` is the sheet that
    says what a set of them holds."""

    event_id: int
    stem: str
    files: tuple[HandoutFile, ...]
    warnings: tuple[str, ...]
    contents: DocumentContent | None = None


@frozen_record
class HandoutSet:
    """One PDF for the printer: ``copies`` of every handout, set by set (``collated``) or one handout after the other.
    ``cover`` is the sheet in front of each set, None = none was wanted."""

    event_id: int
    stem: str
    files: tuple[HandoutFile, ...]
    copies: int
    collated: bool
    data: bytes
    pages: int
    warnings: tuple[str, ...]
    cover: Rendered | None = None


def read_handouts(store: Store, *, event_id: int) -> HandoutView:
    """Return the handouts with whether each can be printed; raises ``Refusal`` when the event is gone."""
    file = read_file(store, event_id)
    needed, told = copies_of(file)
    return HandoutView(
        event_id=event_id,
        title=file.event.full_title,
        rows=tuple(_row(file, one) for one in file.materials),
        copies=needed.total if needed.people else 1,
        copies_words=f"{needed.words}{'' if told else '（人数連絡前）'}" if needed.people else "",
    )


def gather_handouts(
    store: Store, *, event_id: int, material_ids: Sequence[int], now: datetime | None = None
) -> HandoutFiles:
    """Return the kept files of the chosen handouts, each checked against what was received.

    A handout that is not 確認済 is given with a warning: the person decides. ``now`` is the moment of the sheet that
    says what a set holds, None = none is wanted.

    Raises:
        Refusal: nothing chosen, a right that holds back printing (許諾, 生成AI), a 発表 without 承諾 to hand it out, no
            file, a file that is no PDF, or one
            whose hash is not that of the confirmed version; the handout is named. Damaged: the kept file is gone or was
            altered.
    """
    event_file = read_file(store, event_id)
    chosen = [one for one in event_file.materials if one.material.id in set(material_ids)]
    if not chosen:
        raise Refusal("印刷する資料が選ばれていません。", "資料を1つ以上選んでください。")
    files, warnings = [], []
    for one in chosen:
        version = one.latest
        title = one.material.title
        if version is None or version.file_id is None:
            raise Refusal(
                f"「{title}」には、保管しているファイルがありません。", "資料の画面で受領を記録してください。"
            )
        data = read_kept(store, version.file_id)
        if version.sha256 and sha256(data).hexdigest() != version.sha256:
            raise _differs(title, "内容（ハッシュ値）")
        if not is_pdf(data):
            raise _not_printed(title)
        held = held_printing(one.material.rights)
        if held:
            raise Refusal(held_words(title, held, one.material.rights, act="印刷できません"), ANSWER)
        if without_consent(event_file.presentations, one.material):
            raise Refusal(_no_consent(event_file, one), CONSENT)
        if who := lacking(event_file.presentations, one.material):
            reason = reason_of(one.material)
            warnings.append(f"「{title}」は、「{who}」から配る承諾を受けていません（理由：{reason}）。")
        if version.result != CONFIRMED:
            warnings.append(f"「{title}」第{version.version}版は、まだ確認済ではありません（{state_of(one)}）。")
        files.append(HandoutFile(material=one.material, version=version, data=data))
    stem = f"{event_file.event.full_title}-{KIND}".replace(" ", "")
    inside = [CollatedHandout(title=one.material.title, version=one.version) for one in files]
    return HandoutFiles(
        event_id=event_id,
        stem=stem,
        files=tuple(files),
        warnings=tuple(warnings),
        contents=_cover(store, event_file, now, inside) if now is not None else None,
    )


def _cover(store: Store, file: EventFile, now: datetime, inside: Sequence[CollatedHandout]) -> DocumentContent:
    """The sheet in front of each set, with how its event stands like every other paper of it."""
    scope = PaperScope(event_id=file.event.id)
    kind = paper_kind(enclosed.KIND)
    return made_in_state(store, kind, scope, now.date(), lambda: contents(store, file.event, now, inside))


def join_handouts(files: HandoutFiles, *, copies: int, collated: bool = True, whole_sheets: bool = True) -> HandoutSet:
    """Return one PDF of ``copies``: set by set in order (``collated``), or all copies of one handout first.

    The child process writes it, as it opens whatever others made.

    Where the files have their ``contents``, every set begins with that sheet.

    Args:
        whole_sheets: every handout begins on a sheet of its own when printed on both sides.

    Raises:
        Refusal: the number of copies is out of range, a file is no PDF that opens, or its number of pages is not that
            of the confirmed version; the handout is named.
    """
    from app.papers.pdf.finished.archive import described, information, without_conformance, xmp

    if not 1 <= copies <= MOST_COPIES:
        raise Refusal("部数を確かめてください。", f"1部から{MOST_COPIES}部までにしてください。")
    said = described({}, title=files.stem, subject="")
    cover = render(files.contents, format="pdf") if files.contents is not None and collated else None
    front = [ReceivedPart(data=cover.data, times=1, words=enclosed.KIND)] if cover is not None else []
    try:
        joined = join_received(
            [
                *front,
                *(
                    ReceivedPart(data=one.data, times=1 if collated else copies, words=one.material.title)
                    for one in files.files
                ),
            ],
            sets=copies if collated else 1,
            whole_sheets=whole_sheets,
            set_words=_SET,
            metadata=without_conformance(xmp(said)).decode(),
            information=information(said),
        )
    except UnreadablePdf as problem:
        raise _not_printed(
            files.files[problem.part - len(front)].material.title if problem.part is not None else "", problem
        ) from problem
    for one, pages in zip(files.files, joined.each[len(front) :], strict=True):
        if one.version.pages is not None and pages != one.version.pages:
            raise _differs(
                one.material.title, f"ページ数（確認した版 {one.version.pages}ページ、保管ファイル {pages}ページ）"
            )
    return HandoutSet(
        event_id=files.event_id,
        stem=f"{files.stem}-{copies}部",
        files=files.files,
        copies=copies,
        collated=collated,
        data=joined.data,
        pages=joined.pages,
        warnings=files.warnings,
        cover=cover,
    )


@deed
def save_handouts(
    act: Act,
    *,
    handouts: HandoutSet,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
) -> SavedFile:
    """Write the PDF and log every handout in it; undo does not reach past this.

    Raises:
        AlreadyThere: the file is there and ``overwrite`` is False. StorageProblem: it could not be written.
    """
    data = as_leaving(handouts.data, way, format="pdf", password=password, received=True)
    with act.change(
        f"配布資料{len(handouts.files)}点（{handouts.copies}部）をPDFで保存",
        "papers",
        event_id=handouts.event_id,
        barrier=True,
    ) as change:
        for one in handouts.files:
            row = _outgoing(handouts, one, way, path.name, reason, act.by, act.now)
            row = replace(row, detail=place_detail(path))
            log_issued(act.store, change, row, copy=one.data, says=one.material)
        _log_cover(act, change, handouts, row)
        write_whole(path, data, overwrite=overwrite)
    return file_saved(path, handouts.event_id)


@deed
def note_handout_print(act: Act, *, handouts: HandoutSet, use: PrintUse = "配る", how: str = "") -> Saved:
    """Log that the handouts were printed, for others or for the office's own file: version, pages, hash and copies."""
    with act.change(
        f"配布資料{len(handouts.files)}点を印刷（{handouts.copies}部）",
        "papers",
        event_id=handouts.event_id,
        barrier=True,
    ) as change:
        for one in handouts.files:
            row = replace(_outgoing(handouts, one, "印刷", "", how, act.by, act.now), print_use=use)
            log_issued(act.store, change, row, copy=one.data, says=one.material)
        _log_cover(act, change, handouts, row)
    said = f"配布資料{len(handouts.files)}点（{handouts.copies}部）の印刷を記録しました。"
    return Saved(said, handouts.event_id, can_undo=False)


def _log_cover(act: Act, change: Change, handouts: HandoutSet, row: Outgoing) -> None:
    """Log the sheet in front of the sets as a paper that left with them."""
    cover = handouts.cover
    if cover is not None:
        kept = replace(
            row,
            document_kind=enclosed.KIND,
            reference=cover.content.reference,
            version=cover.content.version,
            sha256=sha256(cover.data).hexdigest(),
            pages=cover.pages,
        )
        log_issued(act.store, change, kept, copy=cover.data, says=cover.content)


def _no_consent(file: EventFile, one: MaterialFile) -> str:
    """「「取組」は、「見本町会」から配る承諾を受けていないため、印刷できません。」."""
    who = lacking(file.presentations, one.material)
    return f"「{one.material.title}」は、「{who}」から配る承諾を受けていないため、印刷できません。"


def _row(file: EventFile, one: MaterialFile) -> HandoutRow:
    version, state = one.latest, state_of(one)
    if version is None:
        remark = "まだ受領していません。"
    elif version.file_id is None:
        remark = "ファイルなしで受領しています。原本から印刷してください。"
    elif held := held_printing(one.material.rights):
        remark = held_words(one.material.title, held, one.material.rights, act="印刷できません")
    elif without_consent(file.presentations, one.material):
        remark = _no_consent(file, one)
    elif state != CONFIRMED:
        remark = f"確認済ではありません（{state}）。"
    else:
        remark = ""
    ready = version is not None and version.file_id is not None and state == CONFIRMED and not remark
    return HandoutRow(material=one.material, version=version, state=state, ready=ready, remark=remark)


def _outgoing(
    handouts: HandoutSet, one: HandoutFile, way: str, file_name: str, words: str, by: str, now: datetime
) -> Outgoing:
    printed = way == "印刷"
    return Outgoing(
        event_id=handouts.event_id,
        document_kind=KIND,
        reference=one.material.title,
        version=one.version.version,
        format="pdf",
        way=way,  # type: ignore[arg-type]
        file_name=file_name,
        sha256=sha256(one.data).hexdigest(),
        pages=one.version.pages,
        copies=handouts.copies,
        reason="" if printed else words.strip(),
        by=by,
        at=now,
        detail={"印刷": words} if printed and words else {},
    )


def _not_printed(title: str, problem: UnreadablePdf | None = None) -> Refusal:
    if problem is not None and problem.of_the_pc:
        return Refusal(problem.happened, problem.todo)
    called = f"「{title}」" if title else "選んだ資料のどれか"
    why = problem.happened if problem is not None and problem.why != "broken" else ""
    return Refusal(
        f"{called}は、このアプリで印刷できるPDFではありません。{why}",
        "「資料」で控えを保存し、作成に使ったソフトで印刷してください。",
    )


def _differs(title: str, what: str) -> Refusal:
    return Refusal(
        f"「{title}」の保管ファイルは、確認した版と{what}が違います。",
        "「資料」で版と保管ファイルを確かめてください。違う内容のものは印刷しません。",
    )
