"""Says which texts are one plain value of their field: a name, a reading, a role, an organisation, a place.

Only such a text is taken without a question; whatever has another form, or a word of doubt in it, a person reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from db.digits import one_width

Value = Literal["name", "reading", "role", "organisation", "branch", "place"]

_KANJI = r"(?:[⺀-⿕々〆〇㐀-鿿豈-﫿?〓\ufffd\U00020000-\U0003ffff][\ufe00-\ufe0f\U000e0100-\U000e01ef]?)"
"""A sign of kanji, also one that was lost, which is asked about elsewhere."""
_FAMILY = (
    rf"{_KANJI}(?:[ヶケヵノのツつガが]?{_KANJI}){{0,4}}|{_KANJI}{{1,2}}[ぁ-んァ-ヶ]{{1,3}}"
    r"|[ぁ-ゖー]{1,6}|[ァ-ヺー]{1,12}"
)
_GIVEN = (
    rf"{_KANJI}{{1,3}}(?:[ぁ-ゖゝゞァ-ヺー]{{1,4}}{_KANJI}?)?|[ぁ-ゖゝゞー]{{1,5}}{_KANJI}{{0,2}}"
    rf"|[ァ-ヺヽヾー]{{1,12}}{_KANJI}{{0,2}}|[0-9]{{1,3}}{_KANJI}?|{_KANJI}[0-9]{{1,3}}|[一二三四五六七八九十百]+"
)
"""A given name; numbers stand for one in lists that somebody tries out."""
_LATIN = r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ][?\ufffdA-Za-zÀ-ÖØ-öø-ɏḀ-ỿ.'’-]*"
_FOREIGN = r"[^\W\d_ぁ-ヿ㐀-鿿豈-﫿A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+"
_LONG = r"[々一-鿿ァ-ヶーA-Za-z0-9]"
_OF_TOWNS = "ぁ-ゖ々㐀-鿿豈-﫿ァ-ヺーヶA-Za-z0-9・〇\U00020000-\U0003ffff"
_DUTY = (
    rf"(?:{_LONG}|まちづくり|まち|ごみ|みまもり|見守り|お?祭り|こども|子ども|ふれあい|いきいき|取りまとめ|とりまとめ|まとめ|お?世話|お?手伝い|の(?={_LONG}))*"
    r"(?:[長員役表係計事与監問記者人士師手]|会計|監査|総務|庶務|渉外|広報|環境|防災|防犯|福祉|文化|体育|交通|婦人|女性|青年|担当|一般|部会?|幹部|会|班|組|当番|隊|無役|リーダー|スタッフ|サポーター|メンバー|アドバイザー|お?世話|お?手伝い|まとめ)"
    r"(?:代行|代理|補佐|心得)?"
)
_ROOM = (
    r"(?:館|センター|ホール|[場所室間校園院寺苑殿棟庁堂舎荘寮亭庵邸]|神社|会議室|プラザ|ココネリ|ビル|広場|スタジオ|アトリエ|ルーム|サロン|ロビー|コート|教室"
    r"|ハウス|パーク|カフェ|コミュニティ|ギャラリー|ラウンジ|フロア|[全半]面|全室|全館|和|洋|大|中|小|[1-9１-９]?[階F])"
)
_PLAIN: Mapping[Value, re.Pattern[str]] = {
    "name": re.compile(
        rf"(?:{_FAMILY})\s+(?:{_GIVEN})|{_KANJI}{{1,7}}|{_KANJI}{{1,4}}[ぁ-ゖゝゞァ-ヺヽー]{{1,6}}|{_KANJI}{{1,4}}[ぁ-ゖァ-ヺー]{{1,3}}{_KANJI}{{1,2}}"
        rf"|{_KANJI}[ヶケノの]{_KANJI}{{1,5}}[ぁ-んァ-ヺー]{{0,5}}|{_KANJI}{{1,2}}[ヶケ]{_KANJI}{{1,4}}|{_KANJI}(?:\s+{_KANJI}){{1,6}}|{_KANJI}{{2,3}}\s+{_KANJI}\s+{_KANJI}"
        r"|[ぁ-ゖー]{3,12}|[ァ-ヺー]{2,16}(?:[\s・=]+[ァ-ヺー]{1,12}){0,5}"
        rf"(?:\s+{_KANJI}{{1,4}})?"
        rf"|{_LATIN}(?:[\s,]+{_LATIN}){{0,6}}|{_FOREIGN}(?:[\s.·-]+{_FOREIGN})*"
    ),
    "reading": re.compile(
        rf"[ぁ-ゖー]{{1,12}}(?:[\s・]+[ぁ-ゖー]{{1,8}})?|[ァ-ヺー]{{1,16}}(?:[\s・=]+[ァ-ヺー]{{1,12}}){{0,2}}|{_LATIN}(?:[\s,]+{_LATIN}){{0,3}}"
    ),
    "role": re.compile(
        rf"{_DUTY}(?:\s*(?:[・、,/]|兼(?:務)?|と|及び|および|\s)\s*{_DUTY})*(?:\s*\((?:{_DUTY}|(?:{_LONG}|・){{1,12}})\))?"
    ),
    "organisation": re.compile(
        rf"[('\"]?(?:[=+@-][0-9=+]*)?(?:第?[0-9一二三四五六七八九十]+支部\s*)?[{_OF_TOWNS}]+(?:[ノの\s-][{_OF_TOWNS}]+)*"
        rf"\s*(?:会|組合|団地|協会|連合|クラブ|商店街|法人|住宅|町|丁目|ハイツ|マンション|アパート|コーポ|ハイム|タウン|パーク|[ァ-ヺー]{{3,}})"
        rf"(?:\s*\([^()ぁ-ん]{{1,8}}(?:支部|地区|丁目)\))?\)?"
    ),
    "branch": re.compile(
        r"第?\s*[0-9一二三四五六七八九十]+\s*(?:支部)?|[ぁ-ゖ々㐀-鿿ァ-ヺーヶA-Za-z]{1,8}第?[0-9一二三四五六七八九十]*(?:支部|地区|ブロック)|[々㐀-鿿ヶが]{1,6}"
    ),
    "place": re.compile(
        rf"(?:[{_OF_TOWNS}第]*{_ROOM}[0-9A-Z一二三四五甲乙①-⑨]{{0,3}}|[第0-9A-Z]{{1,5}}号?)"
        rf"(?:[\s・、,/]+(?:[{_OF_TOWNS}第]*{_ROOM}[0-9A-Z一二三四五甲乙]{{0,3}}|[第0-9A-Z]{{1,5}}号?))*"
        rf"(?:\s*\((?:[^()]{{0,6}}{_ROOM}|[全半東西南北大中小和洋]+[面側室]?|定員?\s*\d+[人名]?|\d+[人名㎡畳]|[0-9A-Z]+)\))?"
    ),
}
_TAIL = (
    r"(?:だけ|[ぁ-ゖ]{2}のみ|など|ほか|らしい|くらい|ぐらい|ずつ|はず|だった|でした|(?<=\S)(?:です|ます)|まで|から|ません|では?な[いく]|じゃない|ない|けど|たい|かも"
    r"|前後|以[上下外]|程度|未満|[弱超]|予定|未定|変更|間違い|誤り?|訂正)$"
)
_DOUBT = re.compile(
    rf"{_TAIL}|^旧|^(?:新|元)[\s・:]|^約|(?<=[㐀-鿿\d)])[はを](?=[㐀-鿿第\d])|は(?=[㐀-鿿]{{2}})|ではな|デハ?ナ[クイ]|(?:町会|自治会|町内会)(?:[とやか・、/&\s]|及び|or)+\S*(?:町会|自治会|町内会)$|(?:館|センター|集会所)(?:[とやか・、,/&(\s]|及び|or)+\S*(?:館|センター|集会所)\)?$|^(?:夫|妻|父|母|娘|息子|孫|兄|姉|弟|妹|隣|友人?|私|主人|家内|本人)[のはがも]"
    r"|^(?:できれば|たぶん|おそらく|まだ|もし|いまは|いま|ひみつ|あとで|のちほど|なし|ない|いる|ある|おなじ|どうじょう|うえにおなじ|ふりがな|よみがな|よみ|かな|おまかせ)(?:$|(?=[ぁ-ゖ]{4})|\s|(?=[㐀-鿿ァ-ヺ]))"
    r"|^(?:去年|昨年|来年|以前|前回|次回|当日|途中|今年)(?:[はもの]|から|まで|度)|(?:から|より).*(?:変更|へ|に)$"
    r"|^(?:氏名|姓名|名前|申込者|参加者|役職|役職名|団体名?|支部名?|施設名?|部屋|会場|会議室名|室名|有|無|前行|別紙|記入例|検討中|不明|未定|不要|非公開|別記|確認中|調整中|後日|特になし)$"
    r"|\([^()]*(?:代理|妻|夫|母|父|娘|息子|仮|予定|保留|欠席?|不可|の分|笑|半分|条件|後日|休|退|記入|副\))|同じ|同上|[〃仝]|誤り?|訂正|改め|変更|取り?消|間違|未定|要?確認|検討|保留|または|又は|もしくは|できれば|たぶん|空いていれば|というわけ|とは限|でなくて"
)
"""What makes a text of the right form doubtful: a time, a correction, whose it is, a word in place of a value."""


def is_plain(value: Value, text: str) -> bool:
    """Return whether a text is one value of its field and nothing besides."""
    plain = one_width(text).strip()
    return bool(_PLAIN[value].fullmatch(plain)) and not _DOUBT.search(plain)
