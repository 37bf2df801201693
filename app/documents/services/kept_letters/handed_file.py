"""Takes the file that the office made of a letter in the place of what the program would draw.

It comes with a step: with 起案 as what is put up, with 施行 as what left. Its text is compared once, with what the
letter says here, and never with today's records: the program knows its words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent, Paragraph
from app.documents.content_json import content_to_json
from app.documents.file_format import FORMAT_WORDS, Format
from app.documents.services import documents
from app.documents.services.document_kind import formats_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters.kept_papers import issued_contents, kept_papers_of
from app.documents.services.kept_letters.scanned_copy import read_scan
from app.documents.services.stored_files import keep_file
from app.foreign_files.children import word_child
from app.foreign_files.pdf_reading import read_pdf_words
from app.foreign_files.received_bytes import read_received_bytes
from app.foreign_files.word_reading import read_word_text
from db.journal import Change
from db.name_key import name_key
from db.record import record
from db.records.documents import KeptPaper, KeptSource, Letter
from db.store import Store

TEXT_ONLY = "控えの文"
"""The mark on pages drawn from the text of a file, whose look is its own."""
_SHOWN = 5


@record
class HandedFile:
    """A file that the office made of a letter.

    Attributes:
        data: a Word file as it came, a PDF with its pages drawn anew; ``sha256`` that of the file as it came.
        lines: its text. page_lines: the text of each page of a PDF. is_parted: of a PDF of all, the pages are parted by
            addressee, as many to each, in their order. addressee: the key of whose letter it is, "" = of all.
        agreed_on, agreed_by: when and who of those who decide agreed to what it says otherwise.
    """

    name: str
    data: bytes
    form: Format
    pages: int
    sha256: str
    lines: tuple[str, ...]
    page_lines: tuple[tuple[str, ...], ...] = ()
    is_parted: bool = False
    addressee: str = ""
    agreed_on: date | None = None
    agreed_by: str = ""


def read_handed_file(*, path: Path, title: str) -> HandedFile:
    """Read a Word file or a PDF, both in a child process; nothing is kept yet.

    Raises:
        IntakeRefusal, UnreadablePdf, UserError: it is neither, damaged, too large, or holds changes under track.
    """
    data = came = read_received_bytes(path)
    pages = 0
    page_lines: tuple[tuple[str, ...], ...] = ()
    if came.startswith(b"%PDF"):
        page_lines = _lines_of_pages(came)
        lines = tuple(line for page in page_lines for line in page)
        data, pages = read_scan(came, title)
    else:
        text = read_word_text(came)
        lines = text.lines
        if text.has_changes:
            raise UserError("変更履歴の残ったWordです。校閲の「承諾」で変更を確定し、保存し直してから選んでください。")
    return HandedFile(
        name=path.name,
        data=data,
        form="pdf" if pages else "docx",
        pages=pages,
        sha256=sha256(came).hexdigest(),
        lines=lines,
        page_lines=page_lines,
    )


def read_addressees(store: Store, *, scope: DocumentScope, kind: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return key and name of each addressee of a letter."""
    content = documents.build_document(store, scope=scope, kind=kind, now=now)
    return tuple((one.key, " ".join(one.addressee.split())) for one in content.letterheads if one.key)


def keep_handed(
    change: Change, context: ActionContext, letter: Letter, kind: str, handed: HandedFile
) -> tuple[list[DocumentContent], str]:
    """Keep, inside ``change``, a file for the letters that it is of; return their contents and what it says otherwise.

    Raises:
        UserError: the letter can't be made yet; or it is 施行, the file says otherwise, and nobody agreed to that.
    """
    if handed.form not in formats_of(kind):
        raise UserError(f"{kind}は、{FORMAT_WORDS[handed.form]}では受け入れていません。", "PDFにして選んでください。")
    store, whose = context.store, handed.addressee
    papers = kept_papers_of(store, letter, kind)
    kept = [one for one in papers if one.content_file_id is not None and whose in ("", one.addressee)]
    contents = issued_contents(store, letter, kind=kind, wanted=kept.__contains__)
    if not contents:
        raise UserError(f"{kind}は、まだ作成できません。", "書類の画面で、足りないものを確かめてください。")
    words = _difference_words(handed, contents)
    agreed = handed.agreed_by.strip() and handed.agreed_on is not None and handed.agreed_on <= context.today
    if words and letter.state.is_issued and not agreed:
        raise UserError(
            f"「{handed.name}」には、決裁した内容と違うところがあります。{words}",
            "違うとおりに出したときは、了承した人と日（本日まで）を書いてください。そうでないときは、案に戻して起案し直します。",
            "施行は記録していません。",
        )
    parts = _parts(handed, contents) if handed.is_parted and len(kept) > 1 else [handed]
    files = [
        keep_file(store, change, data=one.data, name=one.name, now=context.now, pages=one.pages or None)
        for one in parts
    ] * (len(kept) if len(parts) == 1 else 1)
    # What differs in its look alone stays as the program knows it.
    own = parts if len(parts) == len(contents) else [handed] * len(contents)
    texts = [_text_of(mine, one) for mine, one in zip(own, contents, strict=True)] if words else contents
    for one, file, text in zip(kept, files, texts, strict=True):
        if words:
            said = keep_file(store, change, data=content_to_json(text).encode(), name=f"{kind}.json", now=context.now)
            change.update(KeptPaper, one.id, content_file_id=said.id)
        change.update(
            KeptPaper,
            one.id,
            file_id=file.id,
            sha256=file.sha256,
            pages=file.pages or 0,
            source=KeptSource.TAKEN_IN,
            **context.signature,
        )
    return texts, words


def _parts(handed: HandedFile, contents: Sequence[DocumentContent]) -> list[HandedFile]:
    """Return the pages of each addressee as a file by itself; raises ``UserError`` where one does not name him."""
    from app.documents.pdf.output.pdf_joining import part_pages

    size, over = divmod(handed.pages, len(contents))
    if over:
        raise _not_parted(f"{handed.pages}ページは、{len(contents)}件の宛先に同じ数ずつ分けられません。")
    parts = []
    for number, (data, content) in enumerate(zip(part_pages(handed.data, size), contents, strict=True)):
        pages = handed.page_lines[number * size : (number + 1) * size]
        lines = tuple(line for page in pages for line in page)
        said = name_key("".join(lines).replace("\ufffd", ""))
        names = [word for one in content.letterheads for word in re.split("[　\n]+", one.addressee)]
        if lacks := [one for one in names if name_key(one) not in said]:
            raise _not_parted(f"{number + 1}件目のページに「{lacks[0]}」がありません。")
        name = f"{Path(handed.name).stem}-{number + 1:02d}.pdf"
        parts.append(replace(handed, data=data, name=name, pages=size, lines=lines))
    return parts


def _not_parted(happened: str) -> UserError:
    return UserError(
        happened,
        "宛先の順と数が同じPDFを選ぶか、分けずに1つのファイルとして残してください。",
        "施行は記録していません。",
    )


def _text_of(handed: HandedFile, content: DocumentContent) -> DocumentContent:
    """Return the words of the file as the content of a letter; whom it names and what it tells stay."""
    named = (
        replace(one, addressee="", date="", sender=(), reference="", window=(), admission=())
        for one in content.letterheads
    )
    said = (Paragraph(line.replace("\ufffd", "〓"), style="letter") for line in handed.lines)
    return replace(content, look="letter", stamp=TEXT_ONLY, blocks=(*named, *said))


def _difference_words(handed: HandedFile, contents: Sequence[DocumentContent]) -> str:
    """Return what a file says otherwise than the letters that it is of; "" where only its layout differs."""
    drawn = [documents.render(one, format=handed.form, with_gaps=True).data for one in contents]
    pdf = handed.form == "pdf"
    ours = [line for data in drawn for line in (pdf_lines(data) if pdf else word_child.handle_request(data)["lines"])]
    gone, new = _not_in(ours, handed.lines), _not_in(handed.lines, ours)
    return "".join(
        f"{label}：「{'」「'.join(lines[:_SHOWN])}」{f'ほか{len(lines) - _SHOWN}行' if len(lines) > _SHOWN else ''}。"
        for label, lines in (("ファイルにない", gone), ("ファイルだけにある", new))
        if lines
    )


def _not_in(lines: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the lines whose letters do not stand in the others, wherever those are broken."""
    whole = "".join("".join(others).split())
    return [line for line in lines if len(plain := "".join(line.split())) > 2 and plain not in whole]


def pdf_lines(data: bytes) -> tuple[str, ...]:
    """Return the lines of a PDF, read in a child process."""
    return tuple(line for page in _lines_of_pages(data) for line in page)


def _lines_of_pages(data: bytes) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(page.text.split("\n")) for page in read_pdf_words(data))
