"""The output encoding of the commands, so that Japanese is readable in a Windows shell.

A console gets UTF-8 (Python sees to that on Windows). Piped output is read there by the code page of the console, 932
in an office, elsewhere as UTF-8. A code page without Japanese gets UTF-8 as well.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import Final, TextIO

REPLACEMENT: Final = "〓"
_ERROR_HANDLER: Final = "dejikatsu.missing_sign"
_replaced: list[str] = []


def set_output_encoding() -> None:
    """Set the encoding of standard output and error to what their readers expect."""
    codecs.register_error(_ERROR_HANDLER, _replace_missing)
    _replaced.clear()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = _encoding_of(stream)
            stream.reconfigure(encoding=encoding, errors="surrogateescape" if is_utf8(encoding) else _ERROR_HANDLER)


def replacement_notes() -> Iterable[str]:
    """Yield a note if a character was printed as 「〓」 since ``set_output_encoding``."""
    if _replaced:
        yield (
            f"この画面の文字コードにない字を「{REPLACEMENT}」で示しました。もとの字は、アプリの画面か --json "
            f"で確かめられます。"
        )


def is_utf8(encoding: str | None) -> bool:
    """Return whether ``encoding`` is UTF-8, under any of its names."""
    return codecs.lookup(encoding or "utf-8").name == "utf-8"


def needs_ascii_json(stream: TextIO) -> bool:
    r"""Return whether non-ASCII characters must be written as ``\uXXXX``, which every code page reads alike."""
    return not is_utf8(stream.encoding)


def _encoding_of(stream: TextIOWrapper) -> str:
    """Return the encoding in which a stream can print Japanese, UTF-8 where its own can't."""
    # The code page of the console counts also for what is piped; the stream itself knows only that of the system.
    console = None if stream.isatty() or os.environ.get("PYTHONIOENCODING") else _console_encoding()
    encoding = console or stream.encoding
    try:
        "デジ活デスク".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return "utf-8"
    return encoding


def _console_encoding() -> str | None:
    """Return the encoding of the console, or None where there is no console."""
    for handle in (2, 1, 0):
        if encoding := os.device_encoding(handle):
            return encoding
    return None


def _replace_missing(error: UnicodeError) -> tuple[str, int]:
    """Return 「〓」 for each character that the code page lacks, as an error handler for codecs."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    _replaced.append(error.object[error.start : error.end])
    return REPLACEMENT * (error.end - error.start), error.end
