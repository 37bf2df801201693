"""Recognises files that are no text by their first bytes, whatever their name says."""

from __future__ import annotations

import io
import zipfile

from app.intake.refusal import IntakeRefusal

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"GIF8", "画像"),
    (b"Rar!", "圧縮ファイル"),
    (b"7z\xbc\xaf", "圧縮ファイル"),
    (b"\x1f\x8b", "圧縮ファイル"),
    (b"MZ", "プログラム"),
)

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream in which Excel keeps a workbook with a password."""


def refuse_known_binary(data: bytes) -> None:
    """Raise IntakeRefusal with what the file really is when its first bytes are not those of a text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise IntakeRefusal(_zip_sentence(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _ENCRYPTED in data:
            raise IntakeRefusal(
                "パスワードの付いたExcelのブックですので、Excelで開いてパスワードを外し、"
                "「CSV UTF-8（コンマ区切り）」で保存してから選んでください。"
            )
        raise IntakeRefusal(
            "Excelの旧形式（.xls）のブックですので、"
            "Excelで開き、「CSV UTF-8（コンマ区切り）」で保存してから選んでください。"
        )
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<head")):
        raise IntakeRefusal(
            "中身はウェブページの表（HTML）ですので、"
            "Excelで開き、「CSV UTF-8（コンマ区切り）」で保存してから選んでください。"
        )
    for signature, name in _OTHER_KINDS:
        if data.startswith(signature) and (name == "PDF" or b"\x00" in data[:4096]):
            raise IntakeRefusal(
                f"表の文字データ（CSV）ではなく{name}ですので、元の画面からCSVでダウンロードして選んでください。"
            )


def _zip_sentence(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return (
            "Excelブックか圧縮ファイル（zip）ですが、途中で切れているか壊れていますので、"
            "ダウンロードか受け取りをやり直してください。"
        )
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "中身はExcelのブック（.xlsx）ですので、Excelで開き、「CSV UTF-8（コンマ区切り）」で保存してから選んでください。"
    return "圧縮されたファイル（zip）のままですので、右クリックの「すべて展開」で開き、中のCSVを選んでください。"
