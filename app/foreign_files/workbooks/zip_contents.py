"""Inspects a zip's directory before unpacking: a workbook, one CSV, or something to refuse."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.received_bytes import MAX_TEXT_BYTES, too_large_refusal
from db.record import record

MAX_PART_BYTES = 40 * 1024 * 1024
MAX_UNPACKED_BYTES = 80 * 1024 * 1024
"""Limit of unpacked bytes; 20,000 rows of twenty columns need less than half."""

_MAX_PARTS = 3_000
_SUSPICIOUS_RATIO = 250
_SUSPICIOUS_SIZE = 8 * 1024 * 1024
_TEXT_SUFFIXES = {".csv", ".txt", ".tsv"}
_OFFICE = {"word/": "Wordの文書", "ppt/": "PowerPointの資料", "visio/": "図面"}
_BROKEN = (
    "Excelブックか圧縮ファイル（zip）ですが、途中で切れているか壊れていますので、"
    "ダウンロードか受け取りをやり直してください。"
)
_SAVE_AS = "Excelで開き、「Excelブック（.xlsx）」で保存し直してから選んでください。"


@record
class ZipContents:
    """What a zip contains: a workbook of ``unpacked`` bytes, or the name and the bytes of its only text."""

    workbook: bool
    unpacked: int = 0
    member: str = ""
    data: bytes = b""


def inspect_zip(data: bytes) -> ZipContents:
    """Return what the zip ``data`` contains; raises IntakeRefusal if it is no single table, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            names = {part.filename.replace("\\", "/") for part in parts}
            _reject_other_documents(names, archive)
            _reject_encrypted(parts)
            if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
                return ZipContents(workbook=True, unpacked=_checked_unpacked_size(parts))
            return _single_text(archive, parts)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, zlib.error):
        raise IntakeRefusal(_BROKEN) from None


def broken_workbook_refusal() -> IntakeRefusal:
    """Return the refusal of a workbook whose parts cannot be read."""
    return IntakeRefusal(_BROKEN)


def _reject_other_documents(names: set[str], archive: zipfile.ZipFile) -> None:
    """Raise IntakeRefusal if the archive is a document of another kind (text, slides, .xlsb, OpenDocument)."""
    for folder, what in _OFFICE.items():
        if any(name.startswith(folder) for name in names):
            raise IntakeRefusal(
                f"中身は{what}で、申込や回答の表ではありませんので、Excelブックかcsvで受け取り直してください。"
            )
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        raise IntakeRefusal(f"Excelのバイナリ形式（.xlsb）のブックですので、{_SAVE_AS}")
    if any(name.endswith(".iwa") for name in names):
        raise IntakeRefusal(
            "Numbers（Apple）の書類ですので、Numbersの「ファイル」の「書き出す」でExcelにしてから選んでください。"
        )
    if "mimetype" in names and "content.xml" in names and archive.getinfo("mimetype").file_size < 200:
        raise IntakeRefusal(f"OpenDocument形式（.ods など）の文書ですので、{_SAVE_AS}")


def _reject_encrypted(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise IntakeRefusal(
            "パスワードの付いた圧縮ファイル（zip）ですので、パスワードを入れて展開し、"
            "中のCSVかExcelブックを選んでください。"
        )


def _checked_unpacked_size(parts: list[zipfile.ZipInfo]) -> int:
    """Return the unpacked size of the XML parts according to the directory; raises IntakeRefusal where too large."""
    texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
    largest = max((part.file_size for part in texts), default=0)
    whole = sum(part.file_size for part in texts)
    swollen = any(
        part.file_size > _SUSPICIOUS_SIZE and part.file_size > _SUSPICIOUS_RATIO * max(part.compress_size, 1)
        for part in texts
    )
    if largest > MAX_PART_BYTES or whole > MAX_UNPACKED_BYTES or swollen or len(parts) > _MAX_PARTS:
        raise IntakeRefusal(
            f"展開すると{max(whole // (1024 * 1024), 1)}MBになるExcelのブックで、申込や名簿としては大きすぎますので、"
            "必要な表だけを新しいブックに写して保存し、選び直してください。"
        )
    return whole


def _single_text(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> ZipContents:
    """Return the only file of a zip, a text; raises IntakeRefusal where it is another kind, too large or not alone."""
    wanted = [part for part in parts if not _is_side_file(part.filename)]
    texts = [part for part in wanted if PurePosixPath(part.filename).suffix.lower() in _TEXT_SUFFIXES]
    if len(texts) != 1 or len(wanted) != 1:
        raise IntakeRefusal(
            "圧縮されたファイル（zip）のままですので、右クリックの「すべて展開」で開き、"
            "中のCSVかExcelブックを選んでください。"
        )
    part = texts[0]
    if part.file_size > MAX_TEXT_BYTES:
        raise too_large_refusal(part.file_size, MAX_TEXT_BYTES)
    with archive.open(part) as opened:
        data = opened.read(MAX_TEXT_BYTES + 1)
    return ZipContents(workbook=False, member=part.filename, data=data)


def _is_side_file(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return "__MACOSX" in path.parts or path.name in {".DS_Store", "Thumbs.db", "desktop.ini"}
