"""Looks at the address of an online form before it is printed on paper: what can't work, and what will go wrong."""

from __future__ import annotations

import re

MOST_QR_BYTES = 151
"""What a QR code of 57 modules holds at level Q; with more, a module of a 23 mm code is below 0.4 mm."""

MOST_BYTES = 600
"""Beyond this no code of that size can be read any more, whatever its level."""

_START = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_EDITING = re.compile(
    r"/edit(?:[?#]|$)|/designpage|/viewanalytics|/analysis|#responses|/responses(?:[?#]|$)", re.IGNORECASE
)
_FILLED_IN = re.compile(r"[?&](?:entry\.\d+|usp=pp_url|prefill)", re.IGNORECASE)


def address_fault(address: str) -> str:
    """Return the sentence that says why ``address`` can't be kept as that of a form, or an empty text."""
    address = address.strip()
    if not address:
        return ""
    if any(sign.isspace() or ord(sign) < 32 for sign in address):
        return "フォームの場所に空白や改行が入っています。ブラウザーの場所の欄から、もう一度コピーしてください。"
    if not _START.match(address):
        return "フォームの場所は https:// で始まります。ブラウザーの場所の欄から、もう一度コピーしてください。"
    if len(address.encode()) > MOST_BYTES:
        return f"フォームの場所が長すぎて（{len(address)}文字）、QRコードにできません。フォームの「短いURL」を使ってください。"
    return ""


def address_warnings(address: str) -> tuple[str, ...]:
    """Return what to look at before ``address`` is printed; whole sentences, empty when nothing is odd."""
    address = address.strip()
    if not address or address_fault(address):
        return ()
    found = []
    odd = "".join(dict.fromkeys(sign for sign in address if not sign.isascii()))
    if odd:
        found.append(f"フォームの場所に「{odd}」があります。全角や日本語の文字が混ざっていないか確かめてください。")
    if address[-1] in "。、，．」』）)>]'\"":
        found.append(
            f"フォームの場所の終わりが「{address[-1]}」です。文から写した記号が付いていないか確かめてください。"
        )
    if _EDITING.search(address):
        found.append(
            "編集または集計の画面の場所のようです。回答する人が開く場所（「送信」で出るリンク）に替えてください。"
        )
    if _FILLED_IN.search(address):
        found.append("回答があらかじめ入った場所のようです。何も入っていない場所に替えてください。")
    if address.lower().startswith("http://"):
        found.append("http:// で始まる場所です。多くのフォームは https:// で始まります。")
    size = len(address.encode())
    if size > MOST_QR_BYTES:
        found.append(
            f"フォームの場所が長いため（{size}字分）、QRコードが細かくなり読み取りにくくなります。"
            f"{MOST_QR_BYTES}字分までの短い場所にしてください。"
        )
    return tuple(found)
