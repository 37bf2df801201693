"""The search key of a name: width, kana, case and 異体字 folded together. For finding only; never shown, never printed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Each group: the plain character first, then the forms that stand for the same name.
_GROUPS: Final = (
    "高髙", "崎﨑碕嵜㟢", "辺邊邉", "斉齊斎齋齎", "吉𠮷", "浜濱濵", "沢澤", "広廣", "国國", "桜櫻", "島嶋嶌", "滝瀧",
    "竜龍", "真眞", "恵惠", "栄榮", "蔵藏", "円圓", "寿壽", "富冨", "曽曾", "条條", "礼禮", "実實", "学學", "豊豐",
    "黒黑", "与與", "万萬", "会會", "応應", "恒恆", "温溫", "晋晉", "清淸", "静靜", "鴎鷗", "郷鄕", "郎郞", "教敎",
    "増增", "徳德", "歩步", "毎每", "海海", "呑吞", "塚塚", "竹竺", "関關", "観觀", "岡崗", "亀龜", "気氣", "旧舊",
    "区區", "薫薰", "検檢", "県縣", "剣劍劔剱", "巌巖", "暁曉", "駆驅", "渓溪谿", "芸藝", "権權", "済濟", "桟棧", "児兒",
    "寺㚑", "従從", "渋澁澀", "将將", "焼燒", "奨奬", "浄淨", "嬢孃", "譲讓", "穣穰", "尽盡", "酔醉", "穂穗", "数數",
    "声聲", "節節", "専專", "浅淺", "戦戰", "銭錢", "双雙", "荘莊", "総總惣", "聡聰", "蔦蔦", "帯帶", "台臺", "団團",
    "単單", "担擔", "鋳鑄", "庁廳", "聴聽", "鎮鎭", "鉄鐵鉃", "伝傳", "灯燈", "党黨", "読讀", "弐貳", "発發", "拝拜",
    "麦麥", "飯飯", "稲稻", "瓶甁", "仏佛", "並竝", "変變", "弁辨辯瓣", "宝寶寳", "槙槇", "満滿", "黙默", "弥彌", "薬藥",
    "訳譯", "予豫", "余餘", "誉譽", "謡謠", "来來", "頼賴", "欄欄", "覧覽", "隆隆", "緑綠", "涙淚", "塁壘", "隣鄰", "霊靈",
    "暦曆", "歴歷", "錬鍊", "炉爐", "労勞", "楼樓", "録錄", "湾灣", "検檢", "祐祐", "神神", "福福", "禎禎", "祥祥", "都都",
    "梅梅", "敏敏", "勉勉", "勝勝", "館館舘", "斎齋", "柳栁桺", "峰峯", "渕淵渊", "凛凜", "侠俠", "尭堯", "遥遙", "瑶瑤",
    "巻卷", "桧檜", "篭籠", "蝋蠟", "頚頸", "箪簞", "掴摑", "祢禰", "蕊蘂", "鯵鰺", "麹麴", "繋繫", "逗逗", "葛葛", "芦蘆",
    "鉄銕", "土圡", "船舩", "略畧", "群羣", "杯盃", "野埜", "松枩", "昇曻", "翠翆", "京亰", "叶葉", "幸倖", "回囘",
)  # fmt: skip
_PLAIN: Final = {ord(other): group[0] for group in _GROUPS[:-2] for other in group[1:]}
_MARKS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u2060\ufeff]")
_NO_LETTERS: Final = re.compile(r"[\s\-‐‑‒–—―−ｰ・･.,、。()（）「」'’`]+")
_TO_HIRAGANA: Final = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
_SMALL: Final = {ord("ゖ"): "け", ord("ゕ"): "か"}


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """Return the key under which ``text`` is found: 「髙橋　恵子」 and 「高橋恵子」 give the same.

    Half and full width, katakana and hiragana, ヶ and ケ, capital letters, accents of Latin letters, spaces,
    hyphens and 異体字 make no difference. Digits stay, so a telephone number is found by any run of its digits.
    """
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", text)).casefold()
    plain = "".join(_without_accent(character) for character in plain)
    return _NO_LETTERS.sub("", plain.translate(_PLAIN).translate(_TO_HIRAGANA).translate(_SMALL))


def _without_accent(character: str) -> str:
    """A Latin letter without its accents (Nguyễn → nguyen); everything else as it is."""
    if not "\u00c0" <= character <= "\u1eff":
        return character
    return "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))


def digits_of(text: str) -> str:
    """Return the digits of a telephone number, in half width; text without digits gives an empty string."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isdecimal())
