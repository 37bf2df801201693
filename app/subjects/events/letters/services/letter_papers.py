"""The papers that recruit, notify or tell of a change, as they declare themselves on the shelf; a series saved one
file each.

- ``save_each(act, event_id, kind, drawn, path, way, password, reason) -> SavedLetters`` all of them, or none
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.acts.act import Act, deed
from app.acts.action_id import ActionId
from app.acts.refusal import Refusal
from app.papers.blocks import DocumentContent, Letterhead
from app.papers.paper import Passage
from app.papers.rules.states import Manner
from app.papers.services import papers
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import SavedFile, Way, as_leaving, check_folder, write_folder
from app.papers.services.paper_kind import Format, PaperKind, Shelf, note_leaving
from app.papers.services.paper_scope import PaperScope
from app.papers.services.protected_places import terms_of
from app.papers.services.saved_out import PART_OF, folder_detail
from app.subjects.events.event.rules.recruitment import (
    DECISION,
    FLYER,
    FORM,
    GAZETTE,
    TO_BRANCHES,
    TO_PRESIDENTS,
    WEB_PAGE,
)
from app.subjects.events.event.services.event_file import EventFile, required_event
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    DRAFTING,
    DRAFTING_CHANGE,
    FORMAL,
    INVITATION,
    REFUSAL_LETTER,
    WITHDRAWAL,
)
from app.subjects.events.letters.services import decided_drafts, letter_building, letter_stops
from app.subjects.events.letters.services.letter_addressees import (
    ORGANISATIONS,
    choice_made,
    goes_to_organisation,
    has_addressees,
    read_options,
)
from app.subjects.events.letters.services.letter_batches import (
    OF_A_DECISION,
    ONE_AFTER_ANOTHER,
    batches_of,
    read_revision,
    to_be_told,
)
from app.subjects.events.letters.services.letter_building import LABELS
from app.subjects.events.roster.services.admissions import give_admissions
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.accounts import RowChange
from db.records.dispatches import DispatchWish
from db.records.events import Event
from db.records.papers import Outgoing
from db.rows import rows
from db.store import Store
from db.tables import roster

_NO_PEOPLE: Final = "参加者"
NUMBERED: Final = "入場番号"
"""Under which name the log keeps that what left bore 入場番号."""
_STALE: Final = Refusal(
    "参加者が、表示したときから変わっています。",
    "画面を開き直して、もう一度保存または印刷してください。",
    "ファイルは作成していません。番号も付けていません。",
)
_NO_CHANGE = "中止・変更の判断を記録すると作成できます。"
PAPERS_OF_RECRUITMENT: Final = (FLYER, FORM, TO_PRESIDENTS, TO_BRANCHES, GAZETTE, WEB_PAGE)
PAPERS_OF_NOTICE: Final = (DRAFTING, DECISION, REFUSAL_LETTER, INVITATION, WITHDRAWAL, LABELS)
PAPERS_OF_CHANGE: Final = (DRAFTING_CHANGE, CANCELLATION, CHANGE)


def _building(kind: str) -> Callable[[Store, Event, datetime], DocumentContent]:
    def build(store: Store, event: Event, now: datetime) -> DocumentContent:
        return letter_building.build(store, event, now, kind=kind)

    return build


def _wording(kind: str) -> Callable[[Store, Event, date], tuple[Passage, ...]]:
    return lambda store, event, on: letter_building.defaults_of(store, event=event, kind=kind, on=on)


def _mailing(kind: str) -> Callable[[Store, Event, datetime], str]:
    return lambda store, event, now: letter_building.mail_text(store, event=event, kind=kind, today=now.date())


def _recruits(file: EventFile) -> bool:
    """Whether people are recruited for the event at all: a 派遣 goes to one 団体 that asked for it."""
    return file.event.kind != "派遣"


def _people(kind: str) -> Callable[[Store, EventFile], bool]:
    return lambda store, file: has_addressees(store, file.event, kind)


def _changed(kind: str) -> Callable[[Store, EventFile], bool]:
    def ready(store: Store, file: EventFile) -> bool:
        letter = letter_building.change_letter(store, file.event)
        return letter == (kind or letter) != "" and has_addressees(store, file.event, letter)

    return ready


def _count(kind: str) -> Callable[[Store, EventFile, date], str]:
    def words(_store: Store, file: EventFile, _today: date) -> str:
        before = "　決定前" if file.undecided and kind in (DECISION, INVITATION) else ""
        entries = batches_of(file, kind).of_now
        if not entries and goes_to_organisation(file.event, kind):
            return "1団体　参加者は未定"
        groups = len({row.group or f"#{row.id}" for row in entries})
        return f"{groups}団体　{len(entries)}人{before}"

    return words


def _drafted(kind: str) -> Callable[[Store, EventFile, date], str]:
    return lambda store, file, _today: "・".join(letter_building.drafted_letters(store, file.event, kind))


def _labels_ready(store: Store, file: EventFile) -> bool:
    wanted = read_options(store.database, LABELS, event_id=file.event.id).labels_for
    return wanted == ORGANISATIONS or has_addressees(store, file.event, wanted)


def _has_refused(store: Store, file: EventFile) -> bool:
    return choice_made(roster.entries(store.database, file.event.id)) and has_addressees(
        store, file.event, REFUSAL_LETTER
    )


def _has_withdrawn(store: Store, file: EventFile) -> bool:
    """Whether somebody is 辞退, or the 団体 of a 派遣 took its wish back."""
    event = file.event
    return bool(to_be_told(file, WITHDRAWAL)) or (
        event.kind == "派遣" and bool(rows(store.database, DispatchWish, event_id=event.id, outcome="取下げ"))
    )


def _recruiting(kind: str, *, letter: bool = False, sheet: str = "") -> PaperKind:
    return event_paper(
        kind=kind,
        sheet=sheet,
        shelf="募集・通知",
        meets="案内",
        build=_building(kind),
        passages=_wording(kind),
        mail=_mailing(kind),
        ready=lambda _store, _file: True,
        fits=_recruits,
        missing="実施回を作成すると作成できます。",
        todo="実施回",
        goes_out=letter,
    )


def _meeting(kind: str) -> Manner:
    if kind == WITHDRAWAL:  # who withdrew is answered however the event stands
        return "記録"
    return "変更" if kind in PAPERS_OF_CHANGE else "案内"


def _notice(
    kind: str,
    *,
    ready: Callable[[Store, EventFile], bool],
    missing: str,
    todo: ActionId,
    shelf: Shelf = "募集・通知",
) -> PaperKind:
    return event_paper(
        kind=kind,
        shelf=shelf,
        meets=_meeting(kind),
        build=_building(kind),
        passages=_wording(kind),
        mail=_mailing(kind),
        ready=ready,
        state=_count(kind),
        missing=missing,
        todo=todo,
        goes_out=True,
        formal=kind in FORMAL,
        personal=True,
        stops=lambda store, event, on: letter_stops.stops(store, event=event, kind=kind, on=on),
        leaving=_numbered if kind == DECISION else None,
        revision=_revision(kind),
        same_words=kind == DECISION,
    )


def _revision(kind: str) -> Callable[[Store, PaperScope], int]:
    if kind not in (*ONE_AFTER_ANOTHER, *OF_A_DECISION):
        return lambda _store, _scope: 1
    return lambda store, scope: read_revision(store, required_event(store.database, scope.event_id or 0), kind).revision


def _numbered(store: Store, change: Change, scope: PaperScope, content: DocumentContent) -> dict[str, str]:
    """Give the 入場番号 that the letters bear, in the same transaction as they leave.

    What is drawn is held against the roster place by place: the same numbers may stand at others by now.

    Raises:
        Refusal: the roster is no longer what was drawn; nothing is written.
    """
    event_id = scope.event_id or 0
    give_admissions(store, change, event_id)
    given = {entry.id: entry.admission for entry in roster.entries(store.database, event_id)}
    places = [place for block in content.blocks if isinstance(block, Letterhead) for place in block.places]
    if any(given.get(entry_id) != number for entry_id, number in places):
        raise _STALE
    return {NUMBERED: "あり"} if places else {}


def _drafting(
    kind: str, *, ready: Callable[[Store, EventFile], bool], missing: str, todo: ActionId, shelf: Shelf
) -> PaperKind:
    return event_paper(
        kind=kind,
        shelf=shelf,
        meets=_meeting(kind),
        build=_building(kind),
        passages=_wording(kind),
        mail=_mailing(kind),
        ready=ready,
        state=_drafted(kind),
        missing=missing,
        todo=todo,
        personal=True,
        revision=_revision(kind),
        told_with=(DECISION,) if kind == DRAFTING else (),
        halted_mark=decided_drafts.OTHERWISE,
    )


def refuse_numbers_told(store: Store, net: Collection[RowChange], *, cannot: str) -> None:
    """Refuse to take 入場番号 back once a 決定通知 that bore them has left: nobody else may ever get one of them.

    Raises:
        Refusal: numbers would be taken back; ``cannot`` is 「元に戻せません」 or the like.
    """
    given = {
        change.row_id
        for change in net
        if change.table == "events"
        and (change.before or {}).get("last_admission", 0) < (change.after or {}).get("last_admission", 0)
    }
    left = rows(store.database, Outgoing, event_id=given, document_kind=DECISION) if given else []
    if any(NUMBERED in one.detail for one in left):
        raise Refusal(
            f"決定通知を出していて、入場番号が伝わっているため、{cannot}。",
            "参加される方は、「参加者」で1人ずつ状態を直せます。付けた番号は、ほかの方には使いません。",
        )


_WAITS = "申込みを入れると作成できます。"
_CALLS: Final = "中止・変更の連絡"
PAPERS: Final[tuple[PaperKind, ...]] = (
    _recruiting(FLYER),
    _recruiting(FORM),
    _recruiting(TO_PRESIDENTS, letter=True),
    _recruiting(TO_BRANCHES, letter=True),
    _recruiting(GAZETTE),
    _recruiting(WEB_PAGE, sheet=GAZETTE),
    _drafting(DRAFTING, ready=_people(DECISION), missing=_WAITS, todo=_NO_PEOPLE, shelf="募集・通知"),
    _notice(DECISION, ready=_people(DECISION), missing=_WAITS, todo=_NO_PEOPLE),
    _notice(
        REFUSAL_LETTER,
        ready=_has_refused,
        missing="参加者を決めて、落選または補欠の方がいるときに作成できます。",
        todo="参加者の決定",
    ),
    _notice(INVITATION, ready=_people(INVITATION), missing=_WAITS, todo=_NO_PEOPLE),
    _notice(
        WITHDRAWAL,
        ready=_has_withdrawn,
        missing="参加者を「辞退」にするか、派遣の希望票を「取下げ」にすると作成できます。",
        todo=_NO_PEOPLE,
    ),
    event_paper(
        kind=LABELS,
        shelf="募集・通知",
        meets="記録",  # a 中止通知 goes by post too
        build=_building(LABELS),
        mail=_mailing(LABELS),
        ready=_labels_ready,
        missing=_WAITS,
        todo=_NO_PEOPLE,
        personal=True,
    ),
    _drafting(DRAFTING_CHANGE, ready=_changed(""), missing=_NO_CHANGE, todo=_CALLS, shelf="中止・変更"),
    _notice(CANCELLATION, ready=_changed(CANCELLATION), missing=_NO_CHANGE, todo=_CALLS, shelf="中止・変更"),
    _notice(CHANGE, ready=_changed(CHANGE), missing=_NO_CHANGE, todo=_CALLS, shelf="中止・変更"),
)


@frozen_record
class SavedLetters(SavedFile):
    """The letters written to ``path`` (a folder): how many files, and the hash over all of them."""

    files: int
    sha256: str


def render_each(
    contents: Sequence[DocumentContent],
    *,
    format: Format,  # noqa: A002
    leave_open: bool = False,
) -> tuple[papers.Rendered, ...]:
    """Draw every letter by itself; ``leave_open`` as for ``papers.render``."""
    return tuple(papers.render(content, format=format, leave_open=leave_open) for content in contents)


@deed
def save_each(
    act: Act,
    *,
    event_id: int,
    kind: str,
    drawn: Sequence[papers.Rendered],
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
) -> SavedLetters:
    """Write every letter to a file of its own in the new folder ``path`` and log it; undo does not reach past this.

    Args:
        drawn: the letters as ``render_each`` gives them. overwrite: put them into a folder that is there already.
        way: 暗号化して保存 needs ``password`` (the same for all); そのまま保存 needs ``reason``, for they name people.

    Raises:
        Refusal: no letter, no password or reason, or the folder is there.
        StorageProblem: a file could not be written; none of them stays, nothing was logged.
    """
    if not drawn:
        raise Refusal("保存する通知がありません。", "宛先に印を付けてください。")
    personal = any(one.content.personal for one in drawn)
    terms = terms_of(act, path=path, way=way, reason=reason, personal=personal)
    check_folder(path, overwrite=overwrite)
    files = [
        (f"{one.content.file_stem}.{one.format}", as_leaving(one.data, way, format=one.format, password=password))
        for one in drawn
    ]
    digest = sha256("\n".join(sha256(data).hexdigest() for _, data in files).encode()).hexdigest()
    first = drawn[0]
    row = Outgoing(
        event_id=event_id,
        document_kind=kind,
        reference=first.content.reference,
        version=first.content.version,
        format=first.format,
        way=way,
        file_name=path.name,
        sha256=digest,
        pages=sum(one.pages for one in drawn) or None,
        personal=personal,
        reason=terms.reason,
        by=act.by,
        at=act.now,
        detail={"ファイル数": str(len(files))} | folder_detail(path) | terms.detail,
    )
    with act.change(f"{kind}を1通1ファイルで保存", "papers", event_id=event_id, barrier=True) as change:
        scope = PaperScope(event_id=event_id)
        left = [note_leaving(act.store, change, scope, one.content) for one in drawn]
        # The row of the folder: each letter has a row and a copy of its own, so that a copy holds one addressee.
        row_id = log_issued(act.store, change, row, copy=None)
        for one, noted, (name, data) in zip(drawn, left, files, strict=True):
            letter = replace(
                row,
                file_name=name,
                sha256=sha256(data).hexdigest(),
                pages=one.pages or None,
                personal=one.content.personal,
                detail={PART_OF: path.name} | noted,
            )
            log_issued(act.store, change, letter, copy=one.data, says=one.content)
        write_folder(path, files)
    words = " ".join(one.open_words for one in drawn if one.left_open)
    said = f"「{path.name}」に{len(files)}通を保存しました。{words}"
    return SavedLetters(said=said, id=row_id, can_undo=False, path=path, files=len(files), sha256=digest)
