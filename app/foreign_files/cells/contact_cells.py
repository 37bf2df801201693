"""Reads cells of mail and postal addresses: what is one address, and what says that there is none."""

from __future__ import annotations

import re

from app.foreign_files.cells.answer_reading import is_nothing
from db.digits import one_width

MAIL = re.compile(r"[!-+./0-9:<-?A-~-]+@(?:[0-9A-Za-z-]+\.)+[A-Za-z]{2,}")
"""One address alone, also with the points that telephone companies allowed."""
_NO_ACCOUNT = "anonymous"
RUNNING_NUMBER = re.compile(r"(?!約)(?:[Nn][Oo]\.?\s*)?[0-9一-鿿A-Za-z/.-]*\d[\dA-Za-z\-_/.:# ]*[号番]?", re.ASCII)
"""One number of a list or an approval (第12号, A-12)."""
_UNIT = "丁目|番町|番地?|号室?|条|[-ーのノF階]"
_TOWN = r"[々〇㐀-鿿豈-﫿ァ-ヶー]"
_TO_THE_NUMBER = re.compile(
    rf"(?:〒?\s*\d{{3}}-?\d{{4}}\s*)?(?:(?:東京都|北海道|(?:京都|大阪)府|[一-鿿]{{2,3}}県)\s*)?(?:(?:{_TOWN}{{1,6}}|[ぁ-ん]{{2,4}})[区市郡町村]\s*){{0,2}}"
    rf"(?:{_TOWN}*(?:[がのつヶケ]{_TOWN}+)?|[ぁ-ん]{{2,5}}(?:が)?{_TOWN}{{0,3}})\s*(?:(?:\d+|[〇一二三四五六七八九十]+(?=丁目|番|号))\s*(?:{_UNIT})*\s*)+"
)
_HOUSE = re.compile(
    r"(?!.*(?:町|丁目|番地)\d|.*\d-\d+-\d)[(\s]*(?:(?:[々㐀-鿿豈-﫿ァ-ヶーA-Za-zＡ-Ｚ・'’&]|[ぁ-ん](?!$))*(?:(?:[\d-]+|[A-Z])(?:号棟|号館|号室|[号棟室階FＦ館])?)+内?"
    r"|(?:[々㐀-鿿豈-﫿ァ-ヶー・A-Za-z\s]|[ぁ-ん](?=[ぁ-ん]*[々㐀-鿿ァ-ヶ]))*(?:[方宅荘館寮苑園棟内邸院所校舎室堂]|様方|団地|住宅|気付|[ァ-ヶー]{2,}|[A-Za-z]{2,})|[ァ-ヶー]{3,}[々㐀-鿿ァ-ヶー]*)[)\s]*"
)
"""What may stand behind the number of an address: a house, a room, somebody with whom one lives."""
_NO_ADDRESS = re.compile(
    r"[※→⇒➡×。:;?!〃仝]|同上|ません|(?:です|ます|さい)$|^(?:旧|転居|できれば|たぶん|まだ|新\s|元|約|夫|妻|父|母)|(?:町|丁目|番地)\d.*\s.*(?:町|丁目|番地)\d"
    r"|(?<=[一-龥々ァ-ヺー\d])(?:[をへ]|から|まで|で(?=[はもな])|は(?=[\d一-龥ァ-ヶ])|に(?=[一-龥])|[かとやも](?=[\d一-龥])|また)"
    r"|転居|以外|予定|未定|変更|訂正|誤|前後|以上|程度|^(?!\d{3}-?\d{4}$)[\d\s-]+$"
)
"""Signs and particles of a remark or a change beside an address."""


def is_address(text: str) -> bool:
    """Return whether a text can be one address: up to its number, then houses and rooms alone."""
    plain = one_width(text).strip()
    number = _TO_THE_NUMBER.match(plain)
    houses = re.split(r"[\s()]+", plain[number.end() :]) if number else []
    return bool(number) and not _NO_ADDRESS.search(plain) and all(map(_HOUSE.fullmatch, filter(None, houses)))


def plain_mail(text: str) -> str:
    """Return a mail cell in one width, "" where it says that there is none."""
    plain = one_width(text).strip().removeprefix("mailto:")
    return "" if plain.casefold() == _NO_ACCOUNT or is_nothing(text) else plain
