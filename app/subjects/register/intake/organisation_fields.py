"""Our own fields of a 団体, and which column of a foreign list probably holds which of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.foreign_files.heading_roles import fold_heading

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
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"^(?:所属)?支部(?:名)?$|^ブロック|^地区", "branch"),
        (rf"(?:{_CHAIR}).*(?:ふりがな|フリガナ|カナ|よみ|読み)", "chair_furigana"),
        (rf"(?:{_CHAIR}|連絡).*(?:fax|ファックス)", "fax"),
        (rf"(?:{_CHAIR}).*(?:電話|携帯|tel|連絡先)", "phone"),
        (rf"(?:{_CHAIR}).*(?:メール|mail)", "email"),
        (rf"(?:{_CHAIR}).*(?:住所|所在地)", "address"),
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
_SERIAL = re.compile(r"^(?:no\.?|番号|連番|id|#|項番)$")
_TOOL_GROUP = re.compile(r"ツール|段階|活用状況|導入状況|取組|デジタル")
_TOOL = re.compile(
    r"^(?:line(?:公式アカウント)?|instagram|インスタ(?:グラム)?|hp|ホームページ|キャッシュレス(?:決済)?|facebook|x|x\(旧twitter\)"
    r"|twitter|youtube|zoom|オンライン会議|電子回覧板|ブログ|アプリ|sns|スマホ|メーリングリスト)(?:の?(?:段階|状況|活用))?$"
)


def propose_organisation_columns(headings: Sequence[str], groups: Sequence[str] = ()) -> dict[int, str]:
    """Guess our field for each column (number from 0) by its heading; ``groups`` are the headings above them.

    Columns under a group such as 「ツール状況」, and headings that name a tool, hold its 段階.
    """
    found: dict[int, str] = {}
    for index, heading in enumerate(headings):
        folded = fold_heading(heading)
        group = fold_heading(groups[index]) if index < len(groups) else ""
        if not folded or _SERIAL.match(folded):
            continue
        if _TOOL.match(folded) or (group != folded and _TOOL_GROUP.search(group)):
            found[index] = STAGE + heading.strip()
            continue
        field = next((field for pattern, field in _PATTERNS if pattern.search(folded)), "")
        if field and field not in found.values():
            found[index] = field
    return found
