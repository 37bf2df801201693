"""「当日セット」: which papers of the day belong together, all of them drawn, and how they leave the app.

- ``read_pack(store, event_id, now) -> PackView`` the papers, when they left, and with what is ticked at first
- ``build_pack(store, event_id, choices, now) -> PackContents``; ``draw_pack(contents, …) -> DrawnPack`` (no store)
- ``save_pack_file(act, drawn, path, way, password, reason, overwrite) -> SavedPack`` one PDF
- ``save_pack_folder(act, drawn, path, …) -> SavedPack`` a file each in a new folder ``path``
- ``note_pack_print(act, drawn, copies, how) -> Saved``
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common.failures import reason_words
from app.common.together import together
from app.papers.blocks import DocumentContent
from app.papers.paper import event_sign
from app.papers.services import papers
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import (
    Format,
    SavedFile,
    Way,
    as_leaving,
    check_folder,
    write_folder,
    write_whole,
)
from app.papers.services.paper_kind import PAPERS, formats_of, note_leaving, read_subject
from app.papers.services.paper_scope import PaperScope
from app.papers.services.paper_states import ask, with_halts
from app.papers.services.protected_places import Terms, terms_of
from app.papers.services.saved_out import PART_OF, folder_detail, place_detail
from app.programme.services.programme import programme_of_event
from app.subjects.events.day.papers import day_agenda, name_tags, witness_sheet
from app.subjects.events.day.rules import guide_texts
from app.subjects.events.day.services.day_building import with_copies
from app.subjects.events.day.services.printed_papers import PrintedPaper, printed_papers
from app.subjects.events.event.services.event_file import EventFile, read_file
from app.subjects.events.event.services.event_paper import file_of
from app.subjects.events.event.services.event_state import read_standing
from app.subjects.events.event.services.tasks.closings import DAY_PAPERS
from app.subjects.events.roster.papers import roster_sheet
from app.subjects.submissions.materials.services.material_board import copies_of
from app.subjects.surveys.questions.papers import questionnaire
from app.subjects.surveys.questions.services.survey_papers import sheet_copies
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.papers import Outgoing, PrintUse
from db.store import Store

PACK: Final = DAY_PAPERS
STEM: Final = "当日セット"
MOST_COPIES: Final = 300
# Printing order, and how many copies lie ready; 0 = only when ticked.
_ORDER: Final = {
    roster_sheet.KIND: roster_sheet.COPIES,
    day_agenda.KIND: 2,
    witness_sheet.KIND: 1,
    name_tags.TAGS: 0,
    name_tags.SEATS: 0,
    name_tags.TABLES: 0,
    guide_texts.KIND: 0,
    guide_texts.LARGE_KIND: 0,
    questionnaire.KIND: 0,
    questionnaire.LARGE_KIND: 0,
}

_ALONGSIDE: Final = (name_tags.TAGS, guide_texts.KIND)
"""They stand beside the set and go into its one PDF, and no step waits for them: who has printed the set is done."""


def set_kinds() -> tuple[str, ...]:
    """Return the papers that belong to every set; the others only when they are ticked."""
    return tuple(kind for kind, copies in _ORDER.items() if copies > 0)


@frozen_record
class PackRow:
    """One paper of the day; ``copies`` as proposed.

    ``belongs`` whether it is of every set, ``joins`` whether it goes into the PDF of all as well, ``ticked`` whether
    it is to be printed now: of the set what has not left yet, and whatever says something else since it did.
    ``printed`` is its newest copy. ``mark`` says what stands on every page because of how the event stands.
    """

    kind: str
    ready: bool
    state: str
    todo: Asked | None
    ticked: bool
    copies: int
    formats: tuple[Format, ...]
    personal: bool
    mark: str
    belongs: bool
    joins: bool
    printed: PrintedPaper | None

    @property
    def id(self) -> str:
        """What tells it from the others when it is read anew."""
        return self.kind


@frozen_record
class PackView:
    """The papers of one event's day. ``beside`` are lines on what belongs to the day but is no paper of the app,
    ``handouts`` whether there is anything to hand out."""

    event_id: int
    title: str
    event_date: date | None
    kind: str
    stem: str
    rows: tuple[PackRow, ...]
    beside: tuple[str, ...]
    handouts: bool

    @property
    def changed(self) -> tuple[PackRow, ...]:
        """The papers that left and say something else since."""
        return tuple(row for row in self.rows if row.printed is not None and row.printed.changed)


@frozen_record
class PackChoice:
    """One paper that was ticked, and how many copies."""

    kind: str
    copies: int = 1


@frozen_record
class PackContents:
    """What every ticked paper says, in printing order, with its copies; ``left_out`` is what could not be made, and
    why."""

    event_id: int
    stem: str
    items: tuple[tuple[DocumentContent, int], ...]
    left_out: tuple[str, ...]


@frozen_record
class DrawnPaper:
    """One paper of the set, drawn once; ``copies`` is how often it is in the joined PDF."""

    content: DocumentContent
    copies: int
    pdf: bytes
    pages: int
    xlsx: bytes | None


@frozen_record
class DrawnPack:
    """The whole set: every paper by itself, and all in one PDF. ``personal`` = a paper names people.

    ``open_words`` say what was left open and has to be written by hand, and which papers could not be made.
    """

    event_id: int
    stem: str
    papers: tuple[DrawnPaper, ...]
    data: bytes
    pages: int
    open_words: str

    @property
    def personal(self) -> bool:
        """Whether one of the papers names people."""
        return any(one.content.personal for one in self.papers)


def read_pack(store: Store, *, event_id: int, now: datetime) -> PackView:
    """Return the papers of the day as they stand; raises ``Refusal`` when the event is gone."""
    subject = read_subject(store, PaperScope(event_id=event_id))
    file = file_of(subject)
    today = now.date()
    ahead = file.event.status == "予定" and (file.event.event_date is None or today <= file.event.event_date)
    left = printed_papers(store, file, tuple(_ORDER), now, compare=ahead)
    declared = {paper.kind: paper for paper in PAPERS}
    # The contractor prints them (仕様書4(1)ケ); ticked, the ward prints as many as people and reserve.
    sheets, needed = sheet_copies(file), copies_of(file)[0]
    handed = needed.total if needed.people else 0
    standing = read_standing(store, subject.scope, today, file)
    rows = []
    for kind, copies in _ORDER.items():
        paper = declared[kind]
        if not paper.fits(subject) or (kind == questionnaire.LARGE_KIND and not sheets.large):
            continue
        wanted = sheets.of(kind) if kind in questionnaire.SIZES else handed if kind == guide_texts.KIND else copies
        ready = paper.ready(store, subject)
        answer = ask(paper, standing, today)
        mark = (with_halts(store, paper, subject.scope, today, answer) if ready else answer).words
        printed = left.get(kind)
        due = ahead and (copies > 0 if printed is None else bool(printed.changed))
        rows.append(
            PackRow(
                kind=kind,
                ready=ready,
                state=together(paper.state(store, subject, today), mark) if ready else paper.missing,
                todo=None if ready else paper.asked(subject.scope),
                ticked=ready and due,
                copies=min(max(wanted, 1), MOST_COPIES),
                formats=paper.formats,
                personal=paper.personal,
                mark=mark,
                belongs=copies > 0,
                joins=copies > 0 or kind in _ALONGSIDE,
                printed=printed,
            )
        )
    return PackView(
        event_id=event_id,
        title=file.event.full_title,
        event_date=file.event.event_date,
        kind=file.event.kind,
        stem=_stem(store, file),
        rows=tuple(rows),
        beside=_beside(file),
        handouts=bool(file.materials),
    )


def build_pack(store: Store, *, event_id: int, choices: Sequence[PackChoice], now: datetime) -> PackContents:
    """Return what the chosen papers say, in printing order.

    Raises:
        Refusal: nothing chosen, a number of copies out of range, or none of the papers can be made; where some can, the
            others are ``left_out``.
    """
    wanted = {choice.kind: choice.copies for choice in choices}
    if not wanted:
        raise Refusal("当日セットに入れる書類が選ばれていません。", "書類を1つ以上選んでください。")
    wrong = [kind for kind, copies in wanted.items() if not 1 <= copies <= MOST_COPIES]
    if wrong:
        raise Refusal(f"{wrong[0]}の部数を確かめてください。", f"1部から{MOST_COPIES}部までにしてください。")
    unknown = [kind for kind in wanted if kind not in _ORDER]
    if unknown:
        raise Refusal(f"「{unknown[0]}」は当日セットの書類ではありません。", "一覧から選び直してください。")
    items, left_out = [], []
    problem: Exception | None = None
    for kind in (one for one in _ORDER if one in wanted):
        try:
            content = papers.build_paper(store, event_id=event_id, kind=kind, now=now)
        except Exception as failure:  # noqa: BLE001 - the others are made all the same, and this one is named
            problem = failure
            left_out.append(f"{kind}は入っていません：{reason_words(failure)}")
        else:
            items.append((with_copies(content, wanted[kind]), wanted[kind]))
    if problem is not None and not items:
        raise problem
    return PackContents(
        event_id=event_id, stem=_stem(store, read_file(store, event_id)), items=tuple(items), left_out=tuple(left_out)
    )


def draw_pack(
    contents: PackContents, *, excel: bool = False, whole_sheets: bool = False, leave_open: bool = False
) -> DrawnPack:
    """Draw every paper, and all of them as one PDF in printing order; nothing is written.

    Args:
        excel: draw the workbooks too. whole_sheets: every paper begins on a sheet of its own, also when printed
            on both sides. leave_open: what can't be printed leaves a gap to be written by hand.

    Raises:
        Unprintable: a name that can't be printed, named.
    """
    from app.papers.pdf.finished.archive import described
    from app.papers.pdf.finished.joined_pdfs import JoinedPaper, join_pdfs

    drawn = []
    parts: list[JoinedPaper] = []
    words: dict[str, None] = {}
    problem: Exception | None = None
    for content, copies in contents.items:
        try:
            paper = papers.render(content, format="pdf", leave_open=leave_open)
        except papers.Unprintable:
            raise  # the window offers to leave its place open, and all others go
        except Exception as failure:  # noqa: BLE001 - as in build_pack
            words |= {f"{content.kind}は入っていません：{reason_words(failure)}": None}
            problem = failure
            continue
        words |= {f"{content.kind}の{paper.open_words}": None} if paper.left_open else {}
        book = papers.render(content, format="xlsx").data if excel and _has_workbook(content) else None
        drawn.append(DrawnPaper(content=content, copies=copies, pdf=paper.data, pages=paper.pages, xlsx=book))
        if content.numbered_copies:  # it holds its copies already; apart, each begins on a sheet of its own
            each = paper.pages // copies if whole_sheets else paper.pages
            begins = range(0, paper.pages, each)
            parts += [
                JoinedPaper(data=paper.data, words="" if page else content.kind, pages=range(page, page + each))
                for page in begins
            ]
        else:
            parts.append(JoinedPaper(data=paper.data, times=copies, words=content.kind))
    if problem is not None and not drawn:
        raise problem
    said = described(contents.items[0][0].properties | {"title": contents.stem}, title=contents.stem, subject="")
    joined = join_pdfs(parts, said, whole_sheets=whole_sheets)
    return DrawnPack(
        event_id=contents.event_id,
        stem=contents.stem,
        papers=tuple(drawn),
        data=joined.data,
        pages=joined.pages,
        open_words="　".join((*words, *contents.left_out)),
    )


def _has_workbook(content: DocumentContent) -> bool:
    return "xlsx" in formats_of(content.kind)


def _stem(store: Store, file: EventFile) -> str:
    return f"{event_sign(programme_of_event(store, file.event).programme, file.event)}-{STEM}"


def _beside(file: EventFile) -> tuple[str, ...]:
    """How many handouts, and アンケート用紙 before there is one to print, lie ready beside the papers."""
    needed, told = copies_of(file)
    if not needed.people:
        return ()
    words = f"{needed.words}{'' if told else '（人数連絡前）'}"
    lines = [f"配布資料　{words}"] if file.materials else []
    if file.event.kind != "派遣" and (file.survey is None or not file.survey.questions):
        lines.append(f"アンケート用紙　{words}")
    return tuple(lines)


@frozen_record
class SavedPack(SavedFile):
    """What was written: the file or folder, and every file in it."""

    files: tuple[Path, ...]


@deed
def save_pack_file(
    act: Act,
    *,
    drawn: DrawnPack,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
) -> SavedPack:
    """Write the whole set as one PDF and log the set and each paper; undo does not reach past this.

    Raises:
        Refusal: people are named and there is neither encryption nor a reason, the file is there, or the roster is no
            longer what was drawn. StorageProblem: it could not be written; nothing was logged.
    """
    terms = _terms(act, drawn, path, way, reason)
    data = as_leaving(drawn.data, way, format="pdf", password=password)
    digest = sha256(data).hexdigest()
    base = _base(drawn, way=way, reason=terms.reason, by=act.by, now=act.now)
    with _change(act, drawn, "1つのPDFで保存") as change:
        detail = base.detail | place_detail(path) | terms.detail
        set_row = replace(base, file_name=path.name, sha256=digest, pages=drawn.pages, detail=detail)
        row_id = log_issued(act.store, change, set_row, copy=drawn.data, says=_said(drawn))
        for paper in drawn.papers:
            row = replace(set_row, sha256=sha256(paper.pdf).hexdigest())
            _log(act.store, change, drawn.event_id, paper, row, copy=paper.pdf)
        write_whole(path, data, overwrite=overwrite)
    return SavedPack(
        said=f"「{path.name}」を保存しました。{drawn.open_words}", id=row_id, can_undo=False, path=path, files=(path,)
    )


@deed
def save_pack_folder(
    act: Act,
    *,
    drawn: DrawnPack,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
) -> SavedPack:
    """Write every paper as a file of its own into the folder ``path``, all or none, and log each.

    Args:
        overwrite: use a folder that is there already; files in it are never replaced.

    Raises:
        Refusal: as ``save_pack_file``, or a file of such a name is there. AlreadyThere: the folder is there.
    """
    terms = _terms(act, drawn, path, way, reason)
    check_folder(path, overwrite=overwrite)
    kinds: tuple[Format, Format] = ("pdf", "xlsx")
    files = [
        (
            f"{paper.content.file_stem}.{ending}",
            as_leaving(data, way, format=ending, password=password),
            paper,
            ending,
            data,
        )
        for paper in drawn.papers
        for ending, data in zip(kinds, (paper.pdf, paper.xlsx), strict=True)
        if data is not None
    ]
    base = _base(drawn, way=way, reason=terms.reason, by=act.by, now=act.now)
    with _change(act, drawn, "書類ごとに保存") as change:
        # The row of the folder: each of its files has a row and a copy of its own.
        detail = base.detail | folder_detail(path) | terms.detail
        folder_row = replace(base, file_name=path.name, format="pdf", pages=drawn.pages, detail=detail)
        row_id = log_issued(act.store, change, folder_row, copy=None)
        for name, data, paper, ending, copy in files:
            row = replace(base, file_name=name, format=ending, sha256=sha256(data).hexdigest())
            _log(act.store, change, drawn.event_id, paper, row, copy=copy)
        written = write_folder(path, [(name, data) for name, data, *_ in files])
    said = f"「{path.name}」に{len(files)}個のファイルを保存しました。{drawn.open_words}"
    return SavedPack(said=said, id=row_id, can_undo=False, path=path, files=written)


@deed
def note_pack_print(act: Act, *, drawn: DrawnPack, copies: int = 1, use: PrintUse = "配る", how: str = "") -> Saved:
    """Log that the set was printed, for others or for the office's own file: the set, and each paper with its copies.

    Raises:
        Refusal: the roster is no longer what was drawn: print it again.
    """
    base = replace(_base(drawn, way="印刷", reason="", by=act.by, now=act.now), copies=copies, print_use=use)
    detail = {"印刷": how} if how else {}
    with _change(act, drawn, "印刷") as change:
        digest = sha256(drawn.data).hexdigest()
        set_row = replace(base, pages=drawn.pages, sha256=digest, detail=detail)
        row_id = log_issued(act.store, change, set_row, copy=drawn.data, says=_said(drawn))
        for paper in drawn.papers:
            row = replace(base, sha256=sha256(paper.pdf).hexdigest(), copies=copies * paper.copies, detail=detail)
            _log(act.store, change, drawn.event_id, paper, row, copy=paper.pdf)
    return Saved(f"当日セット（{drawn.pages}ページ）の印刷を記録しました。{drawn.open_words}", row_id, can_undo=False)


def _terms(act: Act, drawn: DrawnPack, path: Path, way: Way, reason: str) -> Terms:
    named = "、".join(one.content.kind for one in drawn.papers if one.content.personal)
    happened = f"個人情報を含む書類があります（{named}）。"
    return terms_of(act, path=path, way=way, reason=reason, personal=drawn.personal, happened=happened)


def _base(drawn: DrawnPack, *, way: str, reason: str, by: str, now: datetime) -> Outgoing:
    """The row of the set itself."""
    return Outgoing(
        event_id=drawn.event_id,
        document_kind=PACK,
        reference=drawn.stem,
        version=0,
        format="pdf",
        way=way,  # type: ignore[arg-type]
        personal=drawn.personal,
        reason=reason,
        by=by,
        at=now,
        detail={"書類": "、".join(f"{one.content.kind}{one.copies}部" for one in drawn.papers)},
    )


def _log(store: Store, change: Change, event_id: int, paper: DrawnPaper, row: Outgoing, *, copy: bytes) -> None:
    """Write the row of one paper of the set with its copy."""
    content = paper.content
    left = note_leaving(store, change, PaperScope(event_id=event_id), content)
    log_issued(
        store,
        change,
        replace(
            row,
            document_kind=content.kind,
            reference=content.reference,
            version=content.version,
            pages=paper.pages if row.format == "pdf" else None,
            copies=paper.copies if row.way != "印刷" else row.copies,
            personal=content.personal,
            detail=left | {PART_OF: row.reference} | ({"印刷": row.detail["印刷"]} if "印刷" in row.detail else {}),
        ),
        copy=copy,
        says=content,
    )


def _said(drawn: DrawnPack) -> tuple[object, ...]:
    """What the whole set says."""
    return tuple(one.content for one in drawn.papers)


def _change(act: Act, drawn: DrawnPack, how: str) -> AbstractContextManager[Change]:
    return act.change(f"当日セット（{len(drawn.papers)}種類）を{how}", "papers", event_id=drawn.event_id, barrier=True)
