"""Building and rendering the documents of an event, a year or a 団体, and their texts as a mail to copy.

Nothing is ever sent. Saving and printing are in ``app.documents.services.document_saving``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent, KeptPages
from app.documents.file_format import Format
from app.documents.rules import with_known_numbers
from app.documents.services.document_kind import (
    DocumentKind,
    document_of,
    read_subject,
    reject_internal,
    revision_of,
)
from app.documents.services.document_marks import with_document_marks, without_suspended
from app.documents.services.document_passages import merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of, scope_of, year_at, year_of
from app.documents.services.document_states import answer_of, build_in_state, reject_stopped
from app.documents.services.kept_letters.kept_papers import is_word, kept_document
from app.programme.rules import in_year_words
from app.programme.services import ProgrammeView
from db.query_cache import cached_queries
from db.record import record
from db.store import Store

if TYPE_CHECKING:
    from app.documents.pdf.printable import MissingCharacter
    from app.documents.pdf.typesetting.name_setting import NameTooLong


@record
class RenderedDocument:
    """One document as a file in memory: bytes, number of pages (0 = unknown), its content.

    ``gap_texts`` are the texts with a gap to be written by hand; the content has them whole.
    """

    content: DocumentContent
    format: Format
    data: bytes
    pages: int
    gap_texts: tuple[str, ...] = ()

    @property
    def gap_words(self) -> str:
        """Return the sentence on what must be written by hand before it goes, or ""."""
        named = "」「".join(_shortened(text) for text in self.gap_texts)
        return f"〔　〕の{len(self.gap_texts)}か所は、手で書き入れてください：「{named}」" if named else ""


class UnprintableText(UserError):
    """Error for a text that cannot be printed as it is; drawn ``with_gaps`` its place is left blank."""


@cached_queries
def build_document(
    store: Store, *, event_id: int | None = None, scope: DocumentScope | None = None, kind: str, now: datetime
) -> DocumentContent:
    """Return the current content of a document of the event ``event_id``, or of ``scope``.

    Raises:
        UserError: its subject does not exist yet, the event has no such document, or the kind is not of such a scope;
            the sentence says what to do.
            StoppedByState: the state of its event stops it.
    """
    about = scope_of(event_id, scope)
    paper = document_of(about, kind)
    content = build_in_state(store, paper, about, now.date(), lambda: _build_if_ready(store, paper, about, now))
    if content.kept is not None:
        return content
    return without_suspended(store, with_document_marks(store, paper, about, content, now), now.date())


def _build_if_ready(store: Store, paper: DocumentKind, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the content of a document; raises ``UserError`` if the subject has none or it is not ready.

    What is missing is said by the builder itself where it knows more than the declaration.
    """
    subject = read_subject(store, scope)
    if not paper.is_applicable(subject):
        raise UserError(
            f"「{_called(store, scope, paper.kind, now)}」は、{subject.title}では作成しない書類です。",
            "「書類」の一覧から選んでください。",
        )
    content = paper.build(store, scope, now)
    if not paper.is_ready(store, subject):
        missing = _called(store, scope, paper.missing_words, now)
        raise UserError(f"「{_called(store, scope, paper.kind, now)}」は、まだ作成できません。", missing)
    return content


def _called(store: Store, scope: DocumentScope, words: str, now: datetime) -> str:
    """Return the name of a document, or a sentence of the program, as the year of a scope says it."""
    view = year_at(store, scope, now)
    return in_year_words(words, view.kinds, view.office, view.programme.branch)


def render(content: DocumentContent, *, format: Format, with_gaps: bool = False) -> RenderedDocument:  # noqa: A002
    """Draw the content as the bytes of a PDF, a Word file or a workbook; a screen runs it one document at a time.

    Args:
        with_gaps: leave a gap, to be written by hand, for a character that no font draws and a name that fits at no
            size; everything else is drawn normally. A Word file and a workbook hold every character.
    Raises:
        UnprintableText: in a PDF, a text holds a character that no font draws (it is named, never replaced), or a name
            fits at no size. UserError: a text does not fit what Excel can hold.
    """
    kept = content.kept or KeptPages(ids=(), words="")
    files = kept.files
    if files and format == ("docx" if is_word(files[0]) else "pdf"):
        data = files[0] if format == "docx" else join_letters(files, content)
        return RenderedDocument(content=content, format=format, data=data, pages=kept.pages)
    if content.kept is not None and not content.blocks:
        raise UserError(
            f"この{content.kind}は、出した時の写し（PDF）だけがあります。", "PDFで保存するか、印刷してください。"
        )
    if format == "pdf":
        return _draw_with_gaps(content) if with_gaps else _draw(content)
    if format == "docx":
        from app.documents.word.render import render_docx

        return RenderedDocument(content=content, format=format, data=render_docx(content), pages=0)
    from app.documents.excel.excel_limits import TooLongForExcel
    from app.documents.excel.render import render_xlsx

    try:
        data = render_xlsx(content)
    except TooLongForExcel as problem:
        raise UserError(problem.happened, problem.todo, problem.KEPT) from problem
    return RenderedDocument(content=content, format=format, data=data, pages=0)


def join_letters(files: Sequence[bytes], content: DocumentContent) -> bytes:
    """Return the kept pages of several letters as one PDF with the title of ``content``; those of one as they are."""
    from app.documents.pdf.output.pdf_archive import describe_pdf
    from app.documents.pdf.output.pdf_joining import ForeignPdfError, JoinPart, join_pages, join_pdfs

    if len(files) == 1:
        return files[0]
    said = describe_pdf(content.properties, title=content.kind, subject=content.reference)
    try:
        return join_pdfs([JoinPart(data=one) for one in files], said).data
    except ForeignPdfError:  # scans, of which we drew the pages alone
        return join_pages(files)


def fits_one_page(content: DocumentContent) -> bool:
    """Return whether a document stands on one page as PDF; it is laid out and not drawn.

    What cannot be printed fits: drawing it says why.
    """
    from app.documents.pdf.render import count_pages

    return count_pages(content) <= 1


def _draw(content: DocumentContent) -> RenderedDocument:
    """Draw the PDF of a document; raises a sentence for the user where a text can't be printed."""
    from app.documents.pdf.printable import MissingGlyph
    from app.documents.pdf.render import render_pdf
    from app.documents.pdf.typesetting.name_setting import NameTooLong

    try:
        drawn = render_pdf(content)
    except MissingGlyph as problem:
        raise _unprintable_problem(problem.missing) from problem
    except NameTooLong as problem:
        raise _too_long_problem(problem) from problem
    return RenderedDocument(content=content, format="pdf", data=drawn.data, pages=drawn.pages)


def _draw_with_gaps(content: DocumentContent) -> RenderedDocument:
    """Draw the document with a gap for each character no font has and each name that fits at no size."""
    from app.documents.pdf.printable import missing_characters, replace_by_gaps
    from app.documents.pdf.render import render_pdf
    from app.documents.pdf.typesetting.name_setting import NameTooLong

    missing = missing_characters(content)
    characters = {item.character for item in missing}
    long: list[str] = []
    while True:
        try:
            drawn = render_pdf(replace_by_gaps(content, characters, long))
        except NameTooLong as problem:
            if problem.text in long:
                raise _too_long_problem(problem) from problem
            long.append(problem.text)
            continue
        texts = tuple(dict.fromkeys([*(item.text for item in missing), *long]))
        return RenderedDocument(content=content, format="pdf", data=drawn.data, pages=drawn.pages, gap_texts=texts)


def _shortened(text: str) -> str:
    """Return a text; one of more than 40 characters is cut, with its full length: 「…（60字）」."""
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…（{len(text)}字）"


_MOST_SHOWN = 40
"""Letters of a text quoted in a sentence; a name of thousands would fill the window."""


def _too_long_problem(problem: NameTooLong) -> UserError:
    return UnprintableText(
        f"「{_shortened(problem.text)}」が長く、{problem.place}の欄に入りません。",
        (
            "姓と名の間に空白を入れるか、届出の表記を確かめてください。"
            if problem.of_person
            else "団体の名称、支部、役職などの表記を確かめてください。"
        )
        + WRITTEN_BY_HAND,
        "入力した内容はそのまま残っています。途中で切ったり省略したりはしません。",
    )


WRITTEN_BY_HAND = "「その字を空けて作成する」で、その所だけを空けて書き出し、手で書き入れてください。"
"""Advice where a character can't be printed: a name is never typed with another one for a document's sake."""


def _unprintable_problem(missing: Iterable[MissingCharacter]) -> UserError:
    """Return the error that names every text and character that cannot be printed."""
    named = "、".join(
        f"「{_shortened(item.text)}」の「{item.character}」"
        f"（{' '.join(f'U+{ord(sign):04X}' for sign in item.character)}）"
        for item in missing
    )
    return UnprintableText(
        f"書体にない文字があるため、この書類を作成できません。{named}。",
        WRITTEN_BY_HAND,
        "入力した内容はそのまま残っています。別の字に置き換えることはしません。",
    )


def render_document(
    store: Store,
    *,
    event_id: int | None = None,
    scope: DocumentScope | None = None,
    kind: str,
    format: Format,  # noqa: A002
    now: datetime,
) -> RenderedDocument:
    """Build and draw in one step, arguments as for ``build_document``; the preview shows exactly what is saved."""
    return render(build_document(store, event_id=event_id, scope=scope, kind=kind, now=now), format=format)


def document_mail_text(
    store: Store, *, event_id: int | None = None, scope: DocumentScope | None = None, kind: str, now: datetime
) -> str:
    """Return the text of the document ``kind`` as a mail to copy.

    A document of a year or a 団体 without a mail text of its own gets one that says what is attached.

    Args:
        scope: its scope, if it is not about an event.
    Raises:
        UserError: the kind is 庁内限り, an event's document has no mail text, or its subject does not exist yet.
            StoppedByState: as ``build_document``.
    """
    about = scope_of(event_id, scope)
    reject_stopped(answer_of(store, document_of(about, kind), about, now.date()), about, kind)
    return notified_mail_text(store, scope=about, kind=kind, now=now)


def notified_mail_text(store: Store, *, scope: DocumentScope, kind: str, now: datetime) -> str:
    """Return the text of the document ``kind`` as a mail, as of ``now``, whatever the state of its event.

    Of what is kept it is the text that was put up. With it a notification that was already sent is recorded.

    Raises:
        UserError: the kind is 庁内限り, an event's document has no mail text, or its subject does not exist yet.
    """
    about, paper = scope, document_of(scope, kind)
    reject_internal(kind)
    if paper.mail is not None:
        kept = kept_document(store, paper, about, now.date())
        text = (kept.mail if kept is not None else "") or paper.mail(store, about, now)
        view = year_of(store, about, on=now.date())
        return with_known_numbers(text, view.programme, view.kinds)
    if about.event_id is None:
        return _covering_mail(store, about, kind, now)
    raise UserError(
        f"「{_called(store, about, kind, now)}」には、メールの文面がありません。", "書類を保存して添付してください。"
    )


def _covering_mail(store: Store, scope: DocumentScope, kind: str, now: datetime) -> str:
    """Return a covering mail: its subject, the name of the document, the passages of the document, and the sender."""
    title = f"{read_subject(store, scope).title}　{kind}"
    texts = [
        row.text
        for row in merge_passages(
            store.database,
            keys=keys_of(store, scope),
            kind=kind,
            defaults=document_of(scope, kind).passages(store, scope, now.date()),
            revision=revision_of(store, scope, kind),
        )
        if row.text.strip()
    ]
    signed = sender_words(year_at(store, scope, now))
    return "\n".join([f"件名：{title}", "", f"{title}をお送りします。", "", *(f"{text}\n" for text in texts), signed])


def addressee_words(view: ProgrammeView) -> str:
    """Return the addressee of a mail in two lines: the contractor, then 「業務責任者　氏名　様」.

    Without names 「受託者」 and 「業務責任者　様」.
    """
    contractor = view.contractor
    responsible = f"業務責任者　{contractor.responsible}　様" if contractor.responsible else "業務責任者　様"
    return f"{contractor.name or '受託者'}\n{responsible}"


def sender_words(view: ProgrammeView) -> str:
    """Return the ward's signature in a mail in one line: 区, 部, 課, 係, and 「　電話 …」 where it has one."""
    office = view.office
    phone = fill_nonempty("　電話 {}", office.phone)
    return f"{office.full_name}{phone}"
