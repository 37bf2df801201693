"""Keeps what a 公文書 said when it was put up for 決裁, and its pages as they left.

From 起案 on the content is fixed, one an addressee, with that of its 起案資料; 決裁 and 施行 fill in number and day.
From 施行 on its pages are kept too: whoever asks for the letter again gets these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain
from app.documents.blocks import (
    LARGE_PRINT,
    ORDINARY_PRINT,
    Block,
    DocumentContent,
    KeptPages,
    Letterhead,
    LetterItems,
    SheetBreak,
)
from app.documents.content_json import content_from_json, content_to_json
from app.documents.document_frame import DRAFT_MARK, issue_day_of
from app.documents.services.document_context import letter_of, read_known_letters
from app.documents.services.document_kind import DocumentKind, documents_about
from app.documents.services.document_scope import DocumentScope
from app.documents.services.editions import with_edition
from app.documents.services.notification_kinds import facts_of_paper
from app.documents.services.stored_files import keep_file, read_not_erased
from db.journal import Change
from db.record import RowsById, record
from db.records.documents import KeptPaper, KeptSource, Letter, LetterState
from db.records.events import Event
from db.rows import rows, rows_by_id
from db.store import Store

PDF = "application/pdf"
_WORDS = {
    LetterState.IN_APPROVAL: "起案した内容",
    LetterState.APPROVED: "決裁した内容",
    LetterState.ISSUED: "出した時の写し",
}
REPLACEMENT_NOTE = "差替えのお願い"
COVERED = "（お申出により、氏名を記載しません）"
"""What stands in a kept letter for the name of somebody who asked to be erased."""
NOT_COMPARED = "いまの記録との違いは調べません"
TAKEN_IN = f"受け入れたファイルの写しです。{NOT_COMPARED}"
UNCERTAIN = "施行のあとの写しです。出したものと同じかは分かりません"


@record
class DrawnLetter:
    """The pages of one kept letter: their PDF and number, and the content from which they were drawn."""

    content: DocumentContent
    data: bytes
    pages: int


def kept_papers_of(store: Store, letter: Letter, kind: str) -> list[KeptPaper]:
    """Return what is kept of a letter or its 起案資料, in the order of the addressees, without what was replaced."""
    kept = rows(store.database, KeptPaper, letter_id=letter.id) if letter.id else []
    return sorted(
        (one for one in kept if one.document_kind == kind and not one.replaced), key=lambda one: (one.position, one.id)
    )


def read_drafting_day(store: Store, *, letter: Letter) -> date | None:
    """Return the day on which a letter was put up for 決裁; None where that was not recorded here."""
    kept = kept_papers_of(store, letter, letter.document_kind)
    return next((one.at.date() for one in kept if one.source.is_drafting), None)


def is_word(data: bytes) -> bool:
    """Return whether a kept file is a Word file."""
    return data.startswith(b"PK")


def copy_erased() -> UserError:
    """Return the error for a letter of which every copy was erased."""
    return UserError("この通知の写しは、消去しました。", "消去した日と数は、廃棄の記録にあります。")


def kept_kinds(store: Store, letters: Iterable[Letter]) -> dict[str, Letter]:
    """Return by kind of document which of these letters holds what is kept of it."""
    known = RowsById(one for one in letters if one.form.is_formal)
    kept = rows(store.database, KeptPaper, letter_id=list(known))
    return {one.document_kind: known[one.letter_id] for one in kept}


def lacks_copy(store: Store, letter: Letter | None) -> bool:
    """Return whether a 公文書 is 施行 and nothing of it was kept, as programs of before did not."""
    if letter is None or not (letter.form.is_formal and letter.state.is_issued):
        return False
    return not rows(store.database, KeptPaper, letter_id=letter.id, limit=1)


def letter_with_kept(store: Store, paper: DocumentKind, scope: DocumentScope, on: date) -> Letter | None:
    """Return the 公文書 that holds what is kept of a document now: its own, or the first that a 起案資料 decides on.

    A 起案資料 that decides on nothing any more (a 中止 was taken back) is that of the newest one.
    """
    drafted = ((scope, paper.kind),) if paper.drafts is None else paper.drafts(store, scope)
    found = [letter_of(store, about, kind, formal=True, on=on) for about, kind in drafted]
    letters = [one for one in found if one is not None]
    if not drafted:
        letters = sorted(read_known_letters(store, scope, on=on).letters, key=lambda one: -one.id)
    return next((one for one in letters if kept_papers_of(store, one, paper.kind)), None)


def kept_document(
    store: Store,
    paper: DocumentKind,
    scope: DocumentScope,
    on: date,
    *,
    chosen: Collection[str | int] | None = None,
    large: Collection[str] | None = None,
) -> DocumentContent | None:
    """Return what is kept of a document, with its pages once it is 施行; None while nothing is kept.

    Args:
        on: today. chosen: keys of the addressees, or ids of what is kept of a 差替え; None = all. large: those who get
            a 拡大版; None = those to whom it is kept so. In another size than it is kept a letter is drawn from its
            content.
    Raises:
        UserError: none of its addressees is chosen, or what was asked for was erased.
    """
    if own := [one for one in chosen or () if isinstance(one, int)]:  # also where another took its place since
        wanted = rows(store.database, KeptPaper, id=own)
        return _joined(store, rows(store.database, Letter, id=wanted[0].letter_id)[0], wanted, large)
    letter = letter_with_kept(store, paper, scope, on)
    if letter is None:
        return None
    kept = kept_papers_of(store, letter, paper.kind)
    wanted = [one for one in kept if chosen is None or not one.addressee or one.addressee in chosen]
    if not wanted:
        raise nobody_chosen()
    if chosen is not None and all(one.source.is_replacement for one in wanted):
        # Whoever asks for right letters alone gets each as it is sent, with what asks to put it in place.
        notes = kept_papers_of(store, letter, REPLACEMENT_NOTE)
        wanted = [
            one for right in wanted for one in (*(note for note in notes if note.addressee == right.addressee), right)
        ]
    return _joined(store, letter, wanted, large)


def nobody_chosen() -> UserError:
    """Return the error of a letter none of whose addressees is ticked."""
    return UserError("宛先が1件も選ばれていません。", "宛先の一覧で、出す相手に印を付けてください。")


def _joined(store: Store, letter: Letter, kept: Sequence[KeptPaper], large: Collection[str] | None) -> DocumentContent:
    """Return the content of kept letters, one after another; raises ``UserError`` where all were erased."""
    # One file may be the letters of several.
    wanted = list({one.file_id or -one.id: one for one in reversed(kept) if one.erased_on is None}.values())[::-1]
    if not wanted:
        raise copy_erased()
    files = read_not_erased(
        store, [number for one in wanted for number in (one.content_file_id, one.file_id) if number is not None]
    )
    contents = _contents(store, letter, wanted, files)
    shown = contents
    if large is not None:
        shown = [
            sized(each, is_large=one.addressee in large) if is_drawn_here(one) else each
            for one, each in zip(wanted, contents, strict=True)
        ]
    blocks: list[Block] = []
    for number, each in enumerate(shown):
        if number:
            blocks.append(SheetBreak(sheet=each.first_sheet, page=True, restart=True, type_size=each.type_size))
        blocks += each.blocks
    pages = tuple(files[one.file_id] for one in wanted if one.file_id in files) if shown == contents else ()
    # A 起案資料 leaves with nobody.
    state = LetterState.APPROVED if letter.state.is_issued and not contents[0].outgoing else letter.state
    known = UNCERTAIN if any(one.source.is_uncertain for one in wanted) else _WORDS[state]
    if shown != contents:
        known = f"{known}（字の大きさを変えて組み直したもの）"
    is_taken_in = any(one.source.is_taken_in for one in wanted)
    sharing = Counter(one.file_id for one in rows(store.database, KeptPaper, letter_id=letter.id, replaced=False))
    shared = max((sharing[one.file_id] for one in wanted if one.source.is_taken_in and one.file_id), default=0)
    taken_in = f"{shared}人分が1つの、{TAKEN_IN}" if shared > 1 else TAKEN_IN
    return replace(
        contents[-1],  # of a 差替え the letter itself, which follows what asks for it
        first_sheet=contents[0].first_sheet,
        blocks=tuple(blocks),
        type_size=shown[0].type_size,
        kept=KeptPages(
            ids=tuple(one.id for one in wanted),
            files=pages if len(pages) == len(wanted) and not (len(pages) > 1 and any(map(is_word, pages))) else (),
            words=taken_in if is_taken_in else known,
            pages=sum(one.pages for one in wanted),
            has_left=letter.state.is_issued,
        ),
    )


def sized(content: DocumentContent, *, is_large: bool) -> DocumentContent:
    """Return a letter as a 拡大版, or of the ordinary size."""
    return replace(content, type_size=LARGE_PRINT if is_large else ORDINARY_PRINT)


def _content_of(one: KeptPaper, files: dict[int, bytes]) -> DocumentContent:
    """Return the kept content, without any block where a file alone was kept."""
    if one.content_file_id in files:
        return content_from_json(files[one.content_file_id].decode())
    return DocumentContent(
        kind=one.document_kind,
        reference="",
        version=0,
        look="letter",
        blocks=(),
        first_sheet=one.document_kind,
        file_stem=one.document_kind,
        personal=True,
        outgoing=True,
    )


def _contents(
    store: Store, letter: Letter, kept: Iterable[KeptPaper], files: dict[int, bytes]
) -> list[DocumentContent]:
    """Return kept contents with number and day, and the pictures of their maps, which JSON leaves out.

    A picture that went is drawn instead.
    """
    contents = [filled(_content_of(one, files), letter) for one in kept]
    maps = [
        block.place_map
        for content in contents
        for block in content.blocks
        if isinstance(block, LetterItems) and block.place_map is not None and block.place_map.file_id
    ]
    pictures = read_not_erased(store, list({one.file_id for one in maps})) if maps else {}
    return [
        replace(
            content,
            blocks=tuple(
                replace(one, place_map=replace(one.place_map, data=pictures.get(one.place_map.file_id, b"")))
                if isinstance(one, LetterItems) and one.place_map in maps
                else one
                for one in content.blocks
            ),
        )
        for content in contents
    ]


def filled(content: DocumentContent, letter: Letter) -> DocumentContent:
    """Return a kept letter with number and day of its 公文書 from 決裁 on; a 起案資料 stays as it was put up."""
    if not letter.state.is_decided or not content.outgoing:
        return content
    day = long_date_plain(issue_day_of(letter, None, letter.decided_on or date.max))
    return replace(
        content,
        stamp="" if content.stamp == DRAFT_MARK else content.stamp,
        blocks=tuple(
            replace(one, date=day, reference=letter.document_number)
            if isinstance(one, Letterhead) and one.addressee
            else one
            for one in content.blocks
        ),
    )


def fix_content(
    change: Change,
    context: ActionContext,
    letter_id: int,
    paper: DocumentKind,
    scope: DocumentScope,
    *,
    source: KeptSource = KeptSource.DRAFTING,
) -> None:
    """Keep, inside ``change``, what a 公文書 says now, and its 起案資料 where none is kept yet.

    What cannot be made yet (nobody decided, no text) is kept at a later step.
    """
    store = context.store
    whole = paper.drafted_in(store, scope)
    drafting = [
        (one, whole)
        for one in documents_about(whole)
        if one.drafts is not None
        and (scope, paper.kind) in one.drafts(store, whole)
        and letter_with_kept(store, one, whole, context.today) is None
    ]
    for one, about in ((paper, scope), *drafting):
        try:
            content = with_edition(store, about, one.build(store, about, context.now))
        except UserError:
            continue
        if one is paper:
            told = facts_of_paper(store, scope, one.kind, content.reference)
            mail = one.mail(store, scope, context.now) if one.mail is not None else ""
            content = replace(content, told=told, mail=mail)
        for position, part in enumerate(split_letters(content) if one is paper else [content]):
            head = next(iter(part.letterheads), None) if one is paper else None
            change.insert(
                KeptPaper(
                    letter_id=letter_id,
                    document_kind=one.kind,
                    position=position,
                    addressee=head.key if head is not None else "",
                    entries=head.entries if head is not None else (),
                    content_file_id=_keep_content(change, context, part),
                    source=source,
                    **context.signature,
                )
            )


def _keep_content(change: Change, context: ActionContext, content: DocumentContent) -> int:
    """Store a content as JSON, inside ``change``; return the id of its file."""
    return keep_file(
        context.store,
        change,
        data=content_to_json(content).encode(),
        name=f"{content.kind}.json",
        now=context.now,
        media_type="application/json",
    ).id


def resize_kept(change: Change, context: ActionContext, event: Event) -> None:
    """Keep, inside ``change``, the letters of an event before their 施行 as large as the event says now."""
    for letter in rows(context.database, Letter, event_id=event.id):
        kind = letter.document_kind
        kept = [] if letter.state.is_issued else kept_papers_of(context.store, letter, kind)
        files = read_not_erased(context.store, [one.content_file_id for one in kept if one.content_file_id is not None])
        for one in kept:
            content = _content_of(one, files)
            put = sized(content, is_large=event.is_large(kind, one.addressee))
            if is_drawn_here(one) and content.blocks and put != content:
                change.update(KeptPaper, one.id, content_file_id=_keep_content(change, context, put))


def split_letters(content: DocumentContent) -> list[DocumentContent]:
    """Return each letter of a document of several as one by itself."""
    parts: list[tuple[str, int, list[Block]]] = [(content.first_sheet, content.type_size, [])]
    for block in content.blocks:
        if isinstance(block, SheetBreak) and block.restart:
            parts.append((block.sheet, block.type_size or content.type_size, []))
        else:
            parts[-1][2].append(block)
    return [replace(content, first_sheet=sheet, type_size=size, blocks=tuple(blocks)) for sheet, size, blocks in parts]


def release_content(store: Store, change: Change, letter: Letter) -> None:
    """Forget, inside ``change``, what is kept of a letter that is 案 again; pages that are in the log stay."""
    for one in rows(store.database, KeptPaper, letter_id=letter.id, replaced=False):
        if one.file_id is None or one.source.is_taken_in:
            change.delete(KeptPaper, one.id)


def is_drawn_here(one: KeptPaper) -> bool:
    """Return whether the pages of a kept letter are drawn by the program from its content."""
    return one.content_file_id is not None and not one.source.is_taken_in


def issued_contents(
    store: Store, letter: Letter, *, kind: str, wanted: Callable[[KeptPaper], bool] = lambda _one: True
) -> list[DocumentContent]:
    """Return each kept letter as it will leave: with number and day of ``letter``, which is 施行 then."""
    kept = [one for one in kept_papers_of(store, letter, kind) if one.content_file_id is not None and wanted(one)]
    files = read_not_erased(store, [one.content_file_id for one in kept if one.content_file_id is not None])
    return _contents(store, letter, kept, files)


def keep_pages(
    store: Store, change: Change, letter: Letter, kind: str, drawn: Sequence[DrawnLetter], *, now: datetime
) -> tuple[int, ...]:
    """Keep, inside ``change``, the pages of a letter that is 施行 now; return the ids of what is kept of it.

    Raises:
        UserError: the content is another than the pages were drawn from; nothing is written.
    """
    kept = list(filter(is_drawn_here, kept_papers_of(store, letter, kind)))
    if [one.content for one in drawn] != issued_contents(store, letter, kind=kind, wanted=is_drawn_here):
        raise UserError(
            f"{kind}の内容が、表示したときから変わっています。",
            "画面を開き直してから、もう一度「施行にする」を押してください。",
            "施行は記録していません。",
        )
    for one, pages in zip(kept, drawn, strict=True):
        file = keep_file(
            store,
            change,
            data=pages.data,
            name=f"{kind}.pdf",
            now=now,
            media_type=PDF,
            pages=pages.pages,
        )
        change.update(KeptPaper, one.id, file_id=file.id, sha256=file.sha256, pages=pages.pages)
    return tuple(one.id for one in kept)


def forget_pages(store: Store, change: Change, letter: Letter) -> None:
    """Leave, inside ``change``, the pages of a letter whose 施行 is taken back to the log; its content stays."""
    for one in rows(store.database, KeptPaper, letter_id=letter.id, replaced=False):
        if one.file_id is not None:
            change.update(KeptPaper, one.id, replaced=True)
            change.insert(replace(one, id=0, file_id=None, sha256="", pages=0))


def read_pages(store: Store, ids: Sequence[int]) -> tuple[list[KeptPaper], dict[int, bytes]]:
    """Return the kept letters of these ids in order, and the pages of those that were not erased, by id."""
    known = rows_by_id(store.database, KeptPaper, id=list(ids))
    kept = [known[one] for one in ids if one in known]
    files = read_not_erased(store, [one.file_id for one in kept if one.file_id is not None])
    return kept, {one.id: files[one.file_id] for one in kept if one.file_id in files}
