"""What is derived of the record equals what stood written here before."""

from __future__ import annotations

import re

from app.subjects.register.intake import organisation_rows

ORGANISATION_FIELDS: dict[str, str] = {
    "branch": "支部",
    "name": "団体名",
    "furigana": "ふりがな",
    "chair": "会長名",
    "chair_furigana": "会長のふりがな",
    "phone": "電話",
    "fax": "FAX",
    "email": "メール",
    "address": "住所",
    "households": "世帯数",
    "subsidy": "補助金",
    "support_policy": "支援方針",
    "note": "備考",
}
"""Field key to its Japanese label; a tool's 段階 has the key ``stage:`` + its heading."""

STAGE = "stage:"

_CHAIR = r"会長|代表者|代表|理事長|町会長|自治会長"
_PATTERNS: tuple = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"^(?:所属)?支部(?:名)?$|^ブロック|^地区", "branch"),
        (rf"(?:{_CHAIR}).*(?:ふりがな|フリガナ|カナ|よみ|読み)", "chair_furigana"),
        (rf"(?:{_CHAIR}|連絡).*(?:fax|ファックス)", "fax"),
        (rf"(?:{_CHAIR}).*(?:電話|携帯|tel|連絡先)", "phone"),
        (rf"(?:{_CHAIR}).*(?:メール|mail)", "email"),
        (rf"(?:{_CHAIR}).*(?:住所|所在地)", "address"),
        (rf"(?:副|前|元)(?:{_CHAIR})|(?:{_CHAIR})(?:職務)?(?:代行|代理)", ""),
        (rf"(?:{_CHAIR}).*(?:就任|任期|交代|年齢|生年月日|性別)", ""),
        (rf"(?:{_CHAIR})", "chair"),
        (r"ふりがな|フリガナ|カナ|よみ|ヨミ", "furigana"),
        (r"fax|ファックス", "fax"),
        (r"電話|連絡先|携帯|tel", "phone"),
        (r"メール|mail", "email"),
        (r"住所|所在地", "address"),
        (r"世帯|戸数", "households"),
        (r"補助金|助成", "subsidy"),
        (r"支援方針|方針", "support_policy"),
        (r"団体名|町会・?自治会名|町会名|自治会名|名称|^団体$|^町会・?自治会$", "name"),
        (r"備考|摘要|メモ|その他", "note"),
    )
)


def test_what_lists_bring_is_what_it_was():
    derived = organisation_rows
    assert list(derived.ORGANISATION_FIELDS.items()) == list(ORGANISATION_FIELDS.items())
    assert [(one.pattern, key) for one, key in derived._PATTERNS] == [(one.pattern, key) for one, key in _PATTERNS]
