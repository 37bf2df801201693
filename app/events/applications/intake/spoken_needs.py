"""Recognises remarks that mention a need for taking part; the clerk who reads them decides."""

from __future__ import annotations

import re

from app.foreign_files.cells.answer_reading import Nothing, parse_answer, parse_heading
from db.digits import one_width

_NEED_WORDS = re.compile(
    "車いす|車椅子|車イス|杖|つえ|歩行|介助|介護|付き?添い|手話|要約筆記|筆談|口話|補聴器|聞こえ|聴覚|難聴|ろ"
    "う者|点字|弱視|視覚|見え(?:ない|にくい|づらい)"
    "|拡大(?:文字|資料)|大きな文字|ペースメーカー?|人工透析|酸素|オストメイト|多目的トイレ|バリアフリー|段差|"
    "スロープ|エレベーター?|補助犬|盲導犬|聴導犬"
    "|アレルギー|発作|妊娠|授乳|持病|通院|体調|てんかん|認知症|知的|発達障|障害|障がい|不自由|配慮|最前列|前"
    "の(?:方の)?席|通路側|休憩(?:を|が|多)"
)


def mentions_need(text: str) -> bool:
    """Return whether a remark mentions a need for taking part (筆談, 段差), unless it says that there is none."""
    return (
        bool(text)
        and bool(_NEED_WORDS.search(one_width(text)))
        and not isinstance(parse_answer(text, parse_heading("need", "")), Nothing)
    )
