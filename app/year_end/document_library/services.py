"""The documents of an event in one list: what is to be done now, what left, what else it has, and the page of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.rules import REPLACEMENT, StatusWord
from app.documents.services.document_kind import DocumentGroup, host_document_of
from app.documents.services.document_library import DocumentLibrary, DocumentRow, read_library
from app.documents.services.notification import OutgoingView, read_outgoing_view, usual_party
from app.documents.services.notification_kinds import MatterLine
from app.event.rules.recruitment import FLYER, FORM, RECRUITMENT_DOCUMENTS
from app.events.letters.documents import check_sheet
from app.events.letters.rules.letter_texts import DRAFTING, DRAFTING_CHANGE, INVITATION
from app.events.letters.services.letter_building import LABELS
from app.events.letters.services.letter_page import KINDS, LetterPage, read_page
from db.query_cache import cached_queries
from db.record import record
from db.records.documents import Outgoing
from db.store import Store

NOW, LATER, LEFT = "いま進めるもの", "決まったあとに使うもの", "出したもの"
RECRUITMENT, NOT_NOW = "募集の書類", "いまは作らないもの"
_FIRST_GROUPS = (NOW, LATER, LEFT, RECRUITMENT, NOT_NOW)
FOLDED = (LEFT, RECRUITMENT, NOT_NOW)
TOLD: tuple[StatusWord, ...] = ("通知済", "見送り")
WAITING: tuple[StatusWord, ...] = ("変更あり", "未通知")
_PURPOSES = {
    FLYER: "町会・自治会に配る",
    FORM: "チラシに添える",
    DRAFTING: "決裁に添える",
    DRAFTING_CHANGE: "決裁に添える",
    INVITATION: "念のための日時・会場の知らせ",
    LABELS: "封筒に貼る",
    check_sheet.KIND: "封入のまちがいを確かめる",
    "実施確認票": "当日、業務の実施を確かめる",
    "名札": "当日、参加される方へ",
    "席札": "当日、机に置く",
    "当日のしおり（拡大版）": "大きな字を希望した方へ",
    "実施報告書の数字（様式）": "報告書に入れる数を受託者へ",
}
"""What a document is for whose state doesn't say it."""
_DAY: DocumentGroup = "当日"
_AFTERWARDS = (DRAFTING, DRAFTING_CHANGE, INVITATION, LABELS, check_sheet.KIND)


@record
class OutgoingRow:
    """One line of 書類, with the row of the log for its document, and today's date.

    Once its event is over (``is_over``), what has changed since is only remarked.
    """

    line: MatterLine
    row: Outgoing | None
    today: date
    is_over: bool = False

    @property
    def status(self) -> StatusWord:
        """Return its status: 変更あり, 未通知, 通知済, 見送り or 未作成."""
        status = self.line.status
        return "通知済" if self.is_over and status == "変更あり" else status

    @property
    def has_document(self) -> bool:
        """Return whether the matter is told by a document of this program."""
        return self.line.notification_kind.text is None

    @property
    def is_unmade(self) -> bool:
        """Return whether its document was not made yet."""
        return self.status == "未作成" and self.has_document

    @property
    def is_asked(self) -> bool:
        """Return whether its letter left and says otherwise than today's records: that is asked, nothing made anew."""
        return self.status == "変更あり" and self.line.matter_status.matter.issued_on is not None

    @property
    def replacement(self) -> Outgoing | None:
        """Return the row of the 差替え that waits or was sent; None of any other."""
        sent = self.row if self.row is not None and REPLACEMENT in self.row.detail else None
        return self.line.matter_status.replacement or sent

    @property
    def party(self) -> str:
        """Return the name of whom it was or will be told."""
        return usual_party(self.line.matter_status, self.line.notification_kind.usual_party)

    @property
    def to_words(self) -> str:
        """Return which version it is or how many get it, else to whom it goes."""
        return self.line.title or fill_nonempty("{}へ", self.party)

    @property
    def words(self) -> str:
        """Return in one line to whom it goes, and whether and how it was told."""
        act, stand = self.line.notification, self.line.matter_status
        if act is None:
            late = "作成のあとに変更あり" if stand.is_outdated and not self.is_over else ""
            said = "書類はありません" if not self.has_document else "" if self.status == "未作成" else "未通知"
            return join_nonempty(self.to_words, said, late)
        day = short_date(act.told_on, self.today)
        if self.status == "見送り":
            return join_nonempty(f"{day} 見送り", act.reason)
        changed = "のあとに変更" if self.status == "変更あり" else ""
        later = "あとで変更" if self.status != stand.status else ""
        return join_nonempty(f"{day} {act.way_words}{changed}", self.to_words, later)

    @property
    def key(self) -> tuple[str, int, str]:
        """Return the key that identifies the row."""
        act = self.line.notification
        return self.line.id, act.id if act is not None else 0, self.status

    id = key


def rows_of(view: OutgoingView, today: date) -> tuple[OutgoingRow, ...]:
    """Return a row for each line of ``view`` in its order, those whose document was not made yet last."""
    made = []
    for line in view.lines:
        act = line.notification
        logged = act.outgoing_id if act is not None else None
        row = view.outgoing.get(logged) if logged is not None else line.matter_status.outgoing
        if row is not None and row.way.is_issue:
            # What the 施行 kept was neither saved nor printed; what was since is the same paper.
            left = [one for one in view.outgoing.values() if one.kept_papers == row.kept_papers]
            row = max(left, key=lambda one: one.id, default=row)
        made.append(OutgoingRow(line=line, row=row, today=today, is_over=view.is_over(today)))
    return tuple(sorted(made, key=lambda one: one.is_unmade))


@record
class ListedDocument:
    """One row of the list: a document of the event, what is or was told by it, or both.

    ``document`` is None for what is told by words alone, or by a set of documents; ``outgoing`` where it tells nobody.
    """

    kind: str
    document: DocumentRow | None = None
    outgoing: OutgoingRow | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """Return the key by which it is found again; one that is told has that of its notification too."""
        return self.outgoing.key if self.outgoing is not None else (self.kind, 0, "")

    id = key

    @property
    def status(self) -> StatusWord | None:
        """Return how it stands with whom it is told, None where it tells nobody."""
        return self.outgoing.status if self.outgoing is not None else None

    @property
    def is_told(self) -> bool:
        """Return whether it was told, or is not to be told."""
        return self.status in TOLD

    @property
    def waits(self) -> bool:
        """Return whether somebody is still to be told."""
        return self.status in WAITING

    @property
    def group(self) -> str:
        """Return the heading under which it is listed."""
        told, document = self.outgoing, self.document
        if self.is_told:
            return LEFT
        if self.waits or (told is not None and not told.has_document):
            return NOW
        if document is None:
            return _DAY
        if not document.can_be_made:
            return NOT_NOW
        if self.kind in (*RECRUITMENT_DOCUMENTS, *_AFTERWARDS):
            return RECRUITMENT if self.kind in RECRUITMENT_DOCUMENTS else LATER
        under_way = document.letter is not None and document.letter.state.is_under_way
        return NOW if told is not None or under_way else document.group

    @property
    def words(self) -> str:
        """Return in one line for whom or what for it is, or why it isn't made now."""
        told, document = self.outgoing, self.document
        if told is not None and (document is None or told.status != "未作成"):
            return told.words
        if document is None:
            return ""
        if not document.can_be_made:
            return document.state
        letter = document.letter
        step = letter.state if letter is not None and letter.form.is_formal else ""
        is_letter = self.kind in KINDS
        to = told.to_words if told is not None and not (is_letter and document.state) else document.state
        to += "へ" if is_letter and to.endswith("人") else ""
        return join_nonempty(step, _PURPOSES.get(self.kind, to))


@record
class EventDocuments:
    """The documents of an event in the order of their list, and the page of the one chosen.

    ``page`` is None where the chosen one is no document; ``replaced`` is what is kept of a chosen 差替え.
    """

    library: DocumentLibrary
    view: OutgoingView
    rows: tuple[ListedDocument, ...]
    chosen: ListedDocument
    page: LetterPage | None
    replaced: tuple[int, ...] = ()

    @property
    def log(self) -> tuple[Outgoing, ...]:
        """Return what left of the chosen document, newest first."""
        names = {self.chosen.kind} | ({self.page.kind} if self.page is not None else set())
        return tuple(row for row in self.library.log if row.document_kind in names)


@cached_queries
def read_event_documents(
    store: Store, *, event_id: int, kind: str = "", key: tuple[str, int, str] | None = None, now: datetime
) -> EventDocuments:
    """Return the documents of an event with the page of one, by its ``key``, matter or ``kind``, else of the first.

    Of several of a kind that which waits to be told is meant before those that were. Raises ``UserError`` when the
    event is gone.
    """
    library = read_library(store, event_id=event_id, today=now.date())
    view = read_outgoing_view(store, event_id=event_id)
    rows = list_documents(library, view, now.date())
    chosen = next(_as_asked(library, rows, kind, key), rows[0])
    page = read_page(store, library, chosen.document, now=now) if chosen.document is not None else None
    right = chosen.outgoing.replacement if chosen.outgoing is not None else None
    replaced = right.kept_papers if right is not None else ()
    return EventDocuments(library=library, view=view, rows=rows, chosen=chosen, page=page, replaced=replaced)


def _as_asked(
    library: DocumentLibrary, rows: tuple[ListedDocument, ...], kind: str, key: tuple[str, int, str] | None
) -> Iterator[ListedDocument]:
    """Yield the rows that may be meant by ``key`` and ``kind``, the best first; those that were told last."""
    if key is not None:
        yield from (one for one in rows if one.key == key)
        yield from (one for one in rows if (one.kind, one.key[0]) == (kind, key[0]))
    if kind:
        of_kind = [one for one in rows if kind in (one.kind, one.outgoing and one.outgoing.line.matter_kind)]
        yield from sorted(of_kind, key=lambda one: one.is_told)
        yield from (one for one in rows if one.kind == host_document_of(kind))
        if (found := library.row(kind)) is not None:  # printed from the list it shows, and listed nowhere
            yield ListedDocument(kind=found.kind, document=found)


def list_documents(library: DocumentLibrary, view: OutgoingView, today: date) -> tuple[ListedDocument, ...]:
    """Return a row for each matter and for each document that tells none, in the order of the list."""
    told = [
        ListedDocument(kind=one.line.document_kind, document=library.row(one.line.document_kind), outgoing=one)
        for one in rows_of(view, today)
    ]
    kinds = {one.document.kind if one.document is not None else one.kind for one in told}
    found = told + [
        ListedDocument(kind=row.kind, document=row)
        for row in library.rows
        if row.kind not in kinds and (row.is_listed or row.kind in KINDS)
    ]
    groups = list(dict.fromkeys((*_FIRST_GROUPS, *(row.group for row in library.rows), *(one.group for one in found))))
    order = {kind: number for number, kind in enumerate(KINDS)}

    def place(one: ListedDocument) -> tuple[int, bool, int]:
        """Return where it stands: by heading, what waits first, then letters in their order; what left by its day."""
        return groups.index(one.group), not one.waits, 0 if one.is_told else order.get(one.kind, len(order))

    return tuple(sorted(found, key=place))
