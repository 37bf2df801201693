"""Reads the bytes of a received file after checking its size, and detects its type from its first bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from app.foreign_files.intake_refusal import IntakeRefusal

MAX_TEXT_BYTES = 10 * 1024 * 1024
"""Size limit of a text; a year's answers and applications are far smaller."""

MAX_FILE_BYTES = 30 * 1024 * 1024
"""Size limit of a workbook, which may hold pictures."""

_ZIP = b"PK"
Container = Literal["text", "zip"]
_ARCHIVE_KIND = "圧縮ファイル"
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"GIF8", "画像"),
    (b"Rar!", _ARCHIVE_KIND),
    (b"7z\xbc\xaf", _ARCHIVE_KIND),
    (b"\x1f\x8b", _ARCHIVE_KIND),
    (b"BZh", _ARCHIVE_KIND),
    (b"\xfd7zXZ", _ARCHIVE_KIND),
    (b"MZ", "プログラム"),
    (b"\x7fELF", "プログラム"),
    (b"SQLite format 3", "データベース"),
    (b"{\\rtf", "ワープロの文書"),
)
_CERTAIN_KINDS = ("PDF", _ARCHIVE_KIND, "データベース", "ワープロの文書")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<!--.*?-->\s*)*"
    rb"(?:<(?:!doctype|\?xml|html|head|meta|body|title|link|style|script|table|tr|div|span|form|center|font|p"
    rb"|br|h[1-6])[\s>/]"
    rb"|mime-version:)",
    re.IGNORECASE | re.DOTALL,
)
"""Beginning of a web page that a system exports as a list; Excel saves such pages too (.mht)."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which Excel stores an encrypted workbook."""
_WORD = "WordDocument".encode("utf-16-le")
_WORKBOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_OWNER_FILE = re.compile(r"~\$(?P<excel>.+)|\.~lock\.(?P<office>.+)#")
"""Name prefix of the small file by which Excel and LibreOffice mark an open workbook."""
_HEADER = 512
_NO_SECTOR = 0xFFFFFFFA
"""Numbers from here on name no sector."""


def read_received_bytes(path: Path) -> bytes:
    """Return the bytes of ``path``.

    Raises IntakeRefusal when it is missing, cannot be opened, is too large, or only marks an open file.
    """
    marked = _OWNER_FILE.fullmatch(path.name)
    if marked:
        raise IntakeRefusal(
            f"「{path.name}」は、表を開いている間だけ置かれる目印のファイルで、表は入っていませんので、"
            f"同じ場所にある「{marked['excel'] or marked['office']}」を選んでください。"
        )
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            head = file.read(2)
            limit = MAX_FILE_BYTES if head == _ZIP else MAX_TEXT_BYTES
            if size > limit:
                raise too_large_refusal(size, limit)
            data = head + file.read(limit)
    except FileNotFoundError:
        raise IntakeRefusal(f"ファイル「{path.name}」が見つかりませんので、場所と名前を確かめてください。") from None
    except OSError:
        raise IntakeRefusal(
            f"ファイル「{path.name}」を開けませんので、ほかのソフトで開いていれば閉じてから、もう一度選んでください。"
        ) from None
    return data


def too_large_refusal(size: int, limit: int) -> IntakeRefusal:
    """Return the refusal of a file of ``size`` bytes where ``limit`` are allowed."""
    return IntakeRefusal(
        f"ファイルが大きすぎますので（{size // (1024 * 1024)}MB、上限{limit // (1024 * 1024)}MB）、"
        "必要な行だけのCSVにしてから選び直してください。"
    )


def detect_container(data: bytes) -> Container:
    """Return the format of ``data``; raises IntakeRefusal, saying what it is, when it is no table."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    reject_known_binary(data)
    return "text"


def reject_known_binary(data: bytes) -> None:
    """Raise IntakeRefusal, saying what the file is, when its first bytes are not those of a text."""
    if data.startswith(b"PK\x03\x04"):
        raise IntakeRefusal(
            "圧縮されたファイル（zip）かExcelのブックで、文字のファイルではありませんので、選び直してください。"
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise IntakeRefusal(_compound_file_text(data))
    # Without the noughts of UTF-16 the tags of a page are the same bytes in every encoding.
    if _PAGE.match(data[:4096].replace(b"\x00", b"")):
        raise IntakeRefusal(
            "中身はウェブページの表（HTML）ですので、"
            "Excelで開き、「Excelブック（.xlsx）」で保存してから選んでください。"
        )
    for signature, name in _OTHER_KINDS:
        if data.startswith(signature) and (name in _CERTAIN_KINDS or b"\x00" in data[:4096]):
            raise IntakeRefusal(
                f"申込や回答の表ではなく{name}ですので、元の画面からCSVかExcelブックでダウンロードして選んでください。"
            )


def _compound_file_text(data: bytes) -> str:
    """Return in a sentence what an old or encrypted Office file is and what to do with it."""
    if _ENCRYPTED in data:
        return (
            "パスワードの付いたExcelのブックですので、Excelで開いてパスワードを外し、"
            "「Excelブック（.xlsx）」で保存し直してから選んでください。"
        )
    if _WORD in data:
        return "Wordの旧形式（.doc）の文書で、申込や回答の表ではありませんので、表のあるファイルを選び直してください。"
    if _is_truncated(data):
        return (
            "Excelの旧形式（.xls）のブックですが、途中で切れているか壊れていて、Excelでも開けませんので、"
            "ダウンロードか受け取りをやり直してください。"
        )
    if not any(name in data for name in _WORKBOOK_STREAMS):
        return (
            "Officeの旧形式のファイルですが、中にExcelの表が見当たりませんので、"
            "壊れていないか、表のファイルかを、送ってくれた人に確かめてください。"
        )
    return (
        "Excelの旧形式（.xls）のブックですので、Excelで開き、「Excelブック（.xlsx）」で保存し直してから選んでください"
        "（Excelでも開けないときは壊れていますので、受け取り直してください）。"
    )


def _is_truncated(data: bytes) -> bool:
    """Return whether the header of a compound file is cut off, or names sectors behind its end."""
    if len(data) < _HEADER:
        return True
    size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    tables = int.from_bytes(data[44:48], "little")
    first = [int.from_bytes(data[at : at + 4], "little") for at in range(76, 76 + 4 * min(tables, 109), 4)]
    directory = int.from_bytes(data[48:52], "little")
    sectors = -(-(len(data) - _HEADER) // size)
    named = [number for number in (directory, *first) if number < _NO_SECTOR]
    return not named or any(number >= sectors for number in named) or _ends_before_last_sector(data, first, size)


def _ends_before_last_sector(data: bytes, tables: list[int], size: int) -> bool:
    """Return whether the sector tables name a used sector behind the end of the file."""
    sectors = -(-(len(data) - _HEADER) // size)
    for place, table in enumerate(tables):
        start = _HEADER + table * size
        entries = data[start : start + size]
        for at in range(0, len(entries) - 3, 4):
            used = int.from_bytes(entries[at : at + 4], "little") != 0xFFFFFFFF
            if used and place * (size // 4) + at // 4 >= sectors:
                return True
    return False
