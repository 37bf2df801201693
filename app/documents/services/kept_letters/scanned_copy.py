"""Takes in a scan of what left on paper as the copy of a letter of which none was kept."""

from __future__ import annotations

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.documents.services.document_context import letter_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters.kept_papers import PDF, lacks_copy
from app.documents.services.stored_files import keep_file
from app.foreign_files.pdf_reading import open_received_pdf
from db.records.documents import KeptPaper, KeptSource

_DOTS_A_POINT = 150 / 72
MAX_PAGES = 200


def read_scan(data: bytes, title: str) -> tuple[bytes, int]:
    """Return a scan as a PDF of our own, in grey at 150 dots an inch, with its number of pages.

    Raises:
        UnreadablePdf: it is damaged, locked or empty. UserError: it has more pages than letters can have.
    """
    # reportlab is not needed before somebody takes a scan in.
    from app.documents.pdf.output.scanned_pages import ScannedPage, draw_scan

    pages = []
    with open_received_pdf(data) as pdf:
        sizes = pdf.open().sizes
        if len(sizes) > MAX_PAGES:
            raise UserError(
                f"このPDFは{len(sizes)}ページあります。取り込めるのは{MAX_PAGES}ページまでです。",
                "出した書類の写しだけのPDFを選んでください。",
            )
        for number, (width, height) in enumerate(sizes):
            drawn = pdf.draw(number, round(width * _DOTS_A_POINT), round(height * _DOTS_A_POINT), grey=True)
            pages.append(
                ScannedPage(
                    size=(width, height),
                    pixels=drawn.pixels,
                    width=drawn.width,
                    height=drawn.height,
                    stride=drawn.stride,
                )
            )
    return draw_scan(pages, title), len(pages)


def take_in_copy(context: ActionContext, *, scope: DocumentScope, kind: str, data: bytes, pages: int) -> ActionResult:
    """Keep a scan of what left on paper as the copy of a letter that is 施行 and has none; undo can take it back.

    Args:
        data, pages: as ``read_scan`` returns them.
    Raises:
        UserError: the letter is not 施行, or a copy is kept.
    """
    letter = letter_of(context.store, scope, kind, on=context.today)
    if letter is None or not lacks_copy(context.store, letter):
        raise UserError(f"{kind}の写しは、もうあります。", "画面を開き直してください。")
    with context.change(f"{kind}の紙の写しを取り込んだ", "papers", event_id=scope.event_id) as change:
        file = keep_file(
            context.store, change, data=data, name=f"{kind}.pdf", now=context.now, media_type=PDF, pages=pages
        )
        change.insert(
            KeptPaper(
                letter_id=letter.id,
                document_kind=kind,
                file_id=file.id,
                sha256=file.sha256,
                pages=pages,
                source=KeptSource.TAKEN_IN,
                **context.signature,
            )
        )
    return ActionResult(f"{kind}の写しを取り込みました。", letter.id)
