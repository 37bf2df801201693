"""Decodes a received text; lines in another encoding are reported, and no character is ever replaced."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.received_bytes import MAX_TEXT_BYTES, read_received_bytes, reject_known_binary, too_large_refusal
from db.record import record

MAX_LINES = 200_000
"""Line limit, line breaks inside cells included, far above the rows allowed."""

_MAX_LINES_NAMED = 5
_MAX_NULS = 200
_MIN_NUL_COUNT = 8
_MAJORITY_SHARE = 0.9
_USUAL = re.compile("[\u00a0-\u00ff\u2010-\u26ff\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
"""Characters usual in Japanese texts besides kana and kanji: full-width forms, dashes, arrows, figures."""
_LINE_END = re.compile(rb"\r\n|\r|\n")
_UTF8_PIECE = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]")
_EMPTY = "空のファイルですので、ダウンロードをやり直して、中身のあるファイルを選んでください。"


@record
class DecodedText:
    """The text of a file with Python's name of its encoding (BOM removed).

    ``foreign_lines`` are the physical lines in another encoding than the rest; ``unreadable_lines`` those of them that
    cannot be read at all: of these only the signs of ASCII stand in ``text``, so that the lines keep their number.
    """

    text: str
    encoding: str
    foreign_lines: frozenset[int] = frozenset()
    unreadable_lines: frozenset[int] = frozenset()


def read_text(path: Path) -> DecodedText:
    """Read ``path`` as text without changing it; a damaged line is a refusal here.

    Raises IntakeRefusal when the file is missing, too large, empty, of another kind than text, or holds lines
    that no single encoding can read.
    """
    decoded = decode_bytes(read_received_bytes(path))
    if decoded.foreign_lines:
        raise _mixed_refusal(sorted(decoded.foreign_lines))
    return decoded


def decode_bytes(data: bytes) -> DecodedText:
    """Decode by its BOM, else as UTF-16, UTF-8 or cp932, the first that fits.

    Up to a third of the lines may have the other encoding of UTF-8 and cp932; they are named in the result. Raises
    IntakeRefusal for anything else, and for an empty or too large text.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise too_large_refusal(len(data), MAX_TEXT_BYTES)
    if not data.strip(b"\x00\t\r\n "):
        raise IntakeRefusal(_EMPTY)
    if max(data.count(b"\n"), data.count(b"\r")) > MAX_LINES:
        raise IntakeRefusal(f"行が多すぎますので（上限{MAX_LINES}行）、必要な行だけのCSVにしてから選び直してください。")
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _other_encoding_refusal("UTF-32")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(data[2:], "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be")
    reject_known_binary(data)
    silent = _utf16_without_bom(data)
    if silent:
        return _decode_utf16(data, silent)
    _reject_many_nuls(data)
    _reject_other_encodings(data)
    bom = data.startswith(codecs.BOM_UTF8)
    body = (data[len(codecs.BOM_UTF8) :] if bom else data).rstrip(b"\x00")
    try:
        decoded = DecodedText(text=body.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        decoded = _decode_by_lines(body, bom=bom)
    if not decoded.text.strip():
        raise IntakeRefusal(_EMPTY)
    return decoded


def _utf16_without_bom(data: bytes) -> str:
    """Return the encoding of UTF-16 text without BOM, recognised by its zero bytes; "" if it is none.

    Zero bytes in even or odd positions are not enough: a wide blank (U+3000) has its zero on the other side, 上
    (U+4E0A) the byte of a line end.
    """
    head = data[:4000]
    head = head[: len(head) // 2 * 2]
    if head.count(0) < _MIN_NUL_COUNT:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, errors="ignore")
        plain = sum(sign.isascii() and (sign.isprintable() or sign in "\t\r\n") for sign in text)
        if plain < _MIN_NUL_COUNT or not {"\n", "\r"} & set(text):
            continue
        if plain + len(_USUAL.findall(text)) > len(text) * _MAJORITY_SHARE:
            return encoding
    return ""


def _decode_utf16(data: bytes, encoding: str) -> DecodedText:
    """Return UTF-16 text decoded; raises IntakeRefusal where it is empty or a line cannot be read."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        readable = data[: error.start].decode(encoding, errors="strict")
        raise _unreadable_refusal([readable.count("\n") + 1], "Unicodeテキストとして") from None
    if not text.strip("\x00\t\r\n "):
        raise IntakeRefusal(_EMPTY)
    return DecodedText(text=text.rstrip("\x00"), encoding=encoding)


def _decode_by_lines(data: bytes, *, bom: bool) -> DecodedText:
    """Return a text in the encoding of most lines, with the few others reported; too many raise IntakeRefusal."""
    lines = _LINE_END.split(data)
    bad_utf8 = [number for number, line in enumerate(lines, 1) if not _can_decode(line, "utf-8")]
    japanese = [number for number, line in enumerate(lines, 1) if _is_japanese_utf8(line)]
    if not bom and not japanese:
        try:
            return DecodedText(text=data.decode("cp932"), encoding="cp932")
        except UnicodeDecodeError:
            pass
    main = "utf-8" if bom or len(japanese) >= len(bad_utf8) else "cp932"
    foreign = set(bad_utf8) if main == "utf-8" else set(japanese)
    if main == "cp932":
        foreign.update(number for number, line in enumerate(lines, 1) if not _can_decode(line, "cp932"))
    if len(foreign) * 3 > len([line for line in lines if line.strip()]):
        where = "UTF-8として" if bom else "UTF-8としてもシフトJISとしても"
        raise _unreadable_refusal(sorted(foreign), where) if not japanese else _mixed_refusal(sorted(foreign))
    return _with_foreign_lines(data, main, foreign)


def _with_foreign_lines(data: bytes, main: str, foreign: set[int]) -> DecodedText:
    """Return a text in which the ``foreign`` lines have another encoding, and which of them are unreadable."""
    other = "cp932" if main == "utf-8" else "utf-8"
    unreadable = set()
    parts = []
    position = 0
    ends = [match.span() for match in _LINE_END.finditer(data)]
    for number, (start, end) in enumerate([*ends, (len(data), len(data))], 1):
        line, line_end = data[position:start], data[start:end].decode("ascii")
        position = end
        if number not in foreign:
            parts.append(line.decode(main) + line_end)
        elif _can_decode(line, other) and not (other == "cp932" and _UTF8_PIECE.search(line)):
            parts.append(line.decode(other) + line_end)
        else:
            unreadable.add(number)
            parts.append(line.decode("ascii", errors="ignore") + line_end)
    return DecodedText(
        text="".join(parts),
        encoding=main,
        foreign_lines=frozenset(foreign),
        unreadable_lines=frozenset(unreadable),
    )


def _can_decode(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_japanese_utf8(line: bytes) -> bool:
    """Return whether a line is valid UTF-8 with kana or kanji, which cp932 text practically never is."""
    if not _UTF8_PIECE.search(line) or not _can_decode(line, "utf-8"):
        return False
    return any("\u3040" <= character <= "\u9fff" for character in line.decode("utf-8"))


def _reject_many_nuls(data: bytes) -> None:
    """Raise IntakeRefusal for a text with many zero bytes; a few are a damaged export, reported by row later."""
    if data.rstrip(b"\x00").count(b"\x00") > _MAX_NULS:
        raise IntakeRefusal(
            "文章には現れない符号（NUL）が多く、表の文字データではないか壊れていますので、"
            "ダウンロードをやり直してください。"
        )


def _reject_other_encodings(data: bytes) -> None:
    """Raise IntakeRefusal for JIS and EUC, which can look like another text.

    They are known by senseless half-width kana or by escape sequences.
    """
    name = ""
    if b"\x1b$" in data and data.isascii():
        name = "JIS（ISO-2022-JP）"
    elif _can_decode(data, "euc_jp") and _can_decode(data, "cp932") and not data.isascii():
        meant, seen = data.decode("euc_jp"), data.decode("cp932")
        japanese = sum("\u3040" <= sign <= "\u9fff" for sign in meant)
        half_width = sum("\uff61" <= sign <= "\uff9f" for sign in seen)
        name = "EUC-JP" if japanese and half_width * 2 > japanese and not _can_decode(data, "utf-8") else ""
    elif not _can_decode(data, "utf-8") and not _can_decode(data, "cp932") and _can_decode(data, "euc_jp"):
        signs = [sign for sign in data.decode("euc_jp") if not sign.isascii()]
        name = "EUC-JP" if sum(bool(_USUAL.match(sign)) for sign in signs) > len(signs) * _MAJORITY_SHARE else ""
    if name:
        raise _other_encoding_refusal(name)


def _other_encoding_refusal(name: str) -> IntakeRefusal:
    return IntakeRefusal(
        f"文字コードが{name}で、読むと文字化けしますので、元の画面から「CSV UTF-8」かShift_JISで出し直してください。"
    )


def _mixed_refusal(lines: list[int]) -> IntakeRefusal:
    return IntakeRefusal(
        f"文字コードが混ざっていて、{_line_list(lines)}だけほかの行と違うため読みませんでしたので、"
        "元の画面からダウンロードし直すか、その行を直してから選んでください。"
    )


def _unreadable_refusal(lines: list[int], read_as: str) -> IntakeRefusal:
    """Return the refusal of a file with lines that can't be read; ``read_as`` in words (「UTF-8として」)."""
    return IntakeRefusal(
        f"{_line_list(lines)}が{read_as}読めませんので、文字化けを避けるため、"
        "「CSV UTF-8」で保存し直すか、ダウンロードをやり直してください。"
    )


def _line_list(lines: list[int]) -> str:
    named = "、".join(f"{number}行目" for number in lines[:_MAX_LINES_NAMED])
    rest = len(lines) - _MAX_LINES_NAMED
    return named + (f"ほか{rest}行" if rest > 0 else "")
