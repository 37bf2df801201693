"""Read the text of a chosen 仕様書 (PDF with text, or text file), beside the window's thread."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.actions.user_error import UserError
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.own_files import identify_own_file, own_file_words
from app.foreign_files.pdf_reading import UnreadablePdf, is_pdf, read_pdf_words
from app.foreign_files.received_bytes import read_received_bytes
from app.foreign_files.text_decoding import decode_bytes
from app.received.services.received_papers import IncomingFile
from db.frozen_record import frozen_record

_OTHERS: Final = (".docx", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".pptx")


@frozen_record
class SpecificationFile:
    """A received file and its text."""

    file: IncomingFile
    text: str


def read_specification_file(*, path: Path) -> SpecificationFile:
    """Return a 仕様書 with its text.

    Args:
        path: a PDF with text, or a text (UTF-8 or Shift_JIS).

    Raises:
        UserError: it can be read as neither, or is too large.
    """
    if path.suffix.lower() in _OTHERS:
        raise UserError(
            f"「{path.name}」は、そのままでは読めません。",
            "作成したソフトで開き、PDFかテキスト（.txt）で保存してから選んでください。",
        )
    try:
        data = read_received_bytes(path)
        own = identify_own_file(data)
        if own is not None:
            raise UserError(
                f"{own_file_words(own)}です。", "区から受け取った仕様書のPDFかテキスト（.txt）を選んでください。"
            )
        if is_pdf(data):
            return SpecificationFile(
                file=IncomingFile(data=data, name=path.name, media_type="application/pdf"), text=_pdf(data, path.name)
            )
        return SpecificationFile(
            file=IncomingFile(data=data, name=path.name, media_type="text/plain"), text=decode_bytes(data).text
        )
    except IntakeRefusal as problem:
        raise UserError(
            f"「{path.name}」は読めません（{str(problem).removesuffix('。')}）。",
            "PDFかテキスト（.txt）の仕様書を選んでください。",
        ) from problem
    except OSError as problem:
        raise UserError("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from problem


def _pdf(data: bytes, name: str) -> str:
    try:
        return "\n".join(page.text for page in read_pdf_words(data))
    except UnreadablePdf as problem:
        raise UserError(f"「{name}」を開けません。{problem.happened}", problem.todo) from problem
