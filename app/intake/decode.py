"""Turns a received file's bytes into text, or says which lines cannot be read; nothing is ever replaced."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from app.intake.file_signature import refuse_known_binary
from app.intake.refusal import IntakeRefusal

LARGEST_FILE_BYTES = 10 * 1024 * 1024
"""A year's answers and applications stay far below this; a larger file is a mistake."""

MOST_LINES = 200_000
"""Far more than the rows that are taken, line breaks inside cells included; a file of blank lines stops here."""

_LINES_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class DecodedText:
    """Text of a file with Python's name of its encoding (BOM removed, ``bom`` says it was there)."""

    text: str
    encoding: str
    bom: bool


def read_text(path: Path) -> DecodedText:
    """Read ``path`` without changing it.

    Returns the decoded text. Raises IntakeRefusal when the file is missing, too large, empty, of another
    kind than text, or holds lines that no single encoding can read.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            raise IntakeRefusal(
                f"ファイルが大きすぎますので（{size // (1024 * 1024)}MB、上限{LARGEST_FILE_BYTES // (1024 * 1024)}MB）、"
                "必要な行だけのCSVにしてから選び直してください。"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise IntakeRefusal(f"ファイル「{path.name}」が見つかりませんので、場所と名前を確かめてください。") from None
    except OSError:
        raise IntakeRefusal(
            f"ファイル「{path.name}」を開けませんので、ほかのソフトで開いていれば閉じてから、もう一度選んでください。"
        ) from None
    return decode_bytes(data)


def decode_bytes(data: bytes) -> DecodedText:
    """Decode in the fixed order: BOM, strict UTF-8, strict cp932. Raises IntakeRefusal otherwise."""
    if not data.strip(b"\x00\t\r\n "):
        raise IntakeRefusal("空のファイルですので、ダウンロードをやり直して、中身のあるファイルを選んでください。")
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES:
        raise IntakeRefusal(
            f"行が多すぎますので（上限{MOST_LINES}行）、必要な行だけのCSVにしてから選び直してください。"
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _refuse_empty(_decode_utf16(data))
    refuse_known_binary(data)
    _refuse_nul(data)
    if data.startswith(codecs.BOM_UTF8):
        return _refuse_empty(_decode_utf8_with_bom(data[len(codecs.BOM_UTF8) :]))
    try:
        return DecodedText(text=data.decode("utf-8"), encoding="utf-8", bom=False)
    except UnicodeDecodeError:
        return _decode_cp932(data)


def _decode_utf16(data: bytes) -> DecodedText:
    encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    try:
        text = data[2:].decode(encoding)
    except UnicodeDecodeError as error:
        readable = data[2 : 2 + error.start].decode(encoding, errors="strict")
        raise _unreadable([readable.count("\n") + 1], "Unicodeテキストとして") from None
    if "\x00" in text:
        raise _nul_refusal([text.count("\n", 0, text.index("\x00")) + 1])
    return DecodedText(text=text, encoding=encoding, bom=True)


def _decode_utf8_with_bom(data: bytes) -> DecodedText:
    try:
        return DecodedText(text=data.decode("utf-8"), encoding="utf-8", bom=True)
    except UnicodeDecodeError:
        raise _unreadable(_bad_lines(data, "utf-8"), "UTF-8として") from None


def _decode_cp932(data: bytes) -> DecodedText:
    """Decode as cp932 unless some lines are clearly UTF-8: then the file mixes two encodings."""
    bad_utf8 = _bad_lines(data, "utf-8")
    good_utf8 = _japanese_utf8_lines(data)
    if good_utf8:
        named = bad_utf8 if len(bad_utf8) <= len(good_utf8) else good_utf8
        raise IntakeRefusal(
            f"文字コードが混ざっていて、{_line_list(named)}だけほかの行と違うため読みませんでしたので、"
            "元の画面からダウンロードし直すか、その行を直してから選んでください。"
        )
    try:
        return DecodedText(text=data.decode("cp932"), encoding="cp932", bom=False)
    except UnicodeDecodeError:
        raise _unreadable(_bad_lines(data, "cp932"), "UTF-8としてもシフトJISとしても") from None


def _refuse_empty(decoded: DecodedText) -> DecodedText:
    if not decoded.text.strip():
        raise IntakeRefusal("空のファイルですので、ダウンロードをやり直して、中身のあるファイルを選んでください。")
    return decoded


def _refuse_nul(data: bytes) -> None:
    """Refuse NUL bytes inside the text; NULs only at the very end of a file are refused as well."""
    if b"\x00" in data:
        lines = [number for number, line in enumerate(data.split(b"\n"), start=1) if b"\x00" in line]
        raise _nul_refusal(lines)


def _nul_refusal(lines: list[int]) -> IntakeRefusal:
    return IntakeRefusal(
        f"{_line_list(lines)}に、文章には現れない符号（NUL）があり、"
        "壊れているおそれがあるため読みませんでしたので、ダウンロードをやり直してください。"
    )


def _unreadable(lines: list[int], encoding: str) -> IntakeRefusal:
    return IntakeRefusal(
        f"{_line_list(lines)}が{encoding}読めませんので、文字化けを避けるため、"
        "「CSV UTF-8」で保存し直すか、ダウンロードをやり直してください。"
    )


def _bad_lines(data: bytes, encoding: str) -> list[int]:
    bad = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode(encoding)
        except UnicodeDecodeError:
            bad.append(number)
    return bad


def _japanese_utf8_lines(data: bytes) -> list[int]:
    """Lines that are valid UTF-8 and hold kana or kanji: cp932 text practically never looks so."""
    found = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if any("\u3040" <= character <= "\u9fff" for character in text):
            found.append(number)
    return found


def _line_list(lines: list[int]) -> str:
    named = "、".join(f"{number}行目" for number in lines[:_LINES_NAMED])
    rest = len(lines) - _LINES_NAMED
    return named + (f"ほか{rest}行" if rest > 0 else "")
