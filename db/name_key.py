"""The search key of a name, with width, kana, case and 異体字 folded; never shown, never printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from db.digits import is_digits, narrow_digits, one_width

# Each group: the plain character first, then the forms that stand for the same name. Compatibility forms (海 U+FA45)
# are folded by NFKC already. Once released, a change here needs the stored keys made anew (a migration that updates
# them).
_VARIANTS = """
高髙 崎﨑碕嵜㟢 辺邊邉边 斉齊斎齋齎亝 吉𠮷 浜濱濵 沢澤 広廣 国國圀 桜櫻 島嶋嶌 滝瀧 竜龍 真眞 恵惠 栄榮 蔵藏
円圓 寿壽 富冨 曽曾 条條 礼禮 実實 学學 豊豐 黒黑 与與 万萬 会會 応應 恒恆 温溫 晋晉 清淸 静靜 鴎鷗
郷鄕鄊 郎郞 教敎 増增 徳德 歩步 毎每 呑吞 関關 観觀 岡崗 亀龜 気氣 旧舊 区區 薫薰 検檢 県縣 剣劍劔剱 巌巖
暁曉 駆驅 渓溪谿 芸藝 権權 済濟 桟棧 児兒 従從 渋澁澀 将將 焼燒 奨奬 浄淨 嬢孃 譲讓 穣穰 尽盡 酔醉 穂穗
数數 声聲 専專 浅淺 戦戰 銭錢 双雙 荘莊 総總惣 聡聰 帯帶 台臺 団團 単單 担擔 鋳鑄 庁廳 聴聽 鎮鎭 鉄鐵鉃銕
伝傳 灯燈 党黨 読讀 弐貳 発發 拝拜 麦麥 稲稻 瓶甁 仏佛 並竝 変變 弁辨辯瓣 宝寶寳 槙槇 満滿 黙默 弥彌 薬藥
訳譯 予豫 余餘 誉譽 謡謠 来來 頼賴 緑綠 涙淚 塁壘 隣鄰 霊靈 暦曆 歴歷 錬鍊 炉爐 労勞 楼樓 録錄 湾灣 館舘
柳栁桺 峰峯 渕淵渊 凛凜 侠俠 尭堯 遥遙 瑶瑤 巻卷 桧檜 篭籠 蝋蠟 掴摑 祢禰 鯵鰺 麹麴 芦蘆 土圡𡈽 船舩 略畧
群羣 杯盃 野埜 松枩 昇曻 翠翆 京亰 回囘 瀬瀨 顕顯 寛寬 桑桒 薮藪籔 園薗 村邨 鶴靏靍鸖 緒緖 横橫 黄黃 歳歲
尚尙 内內 説說 悦悅 鋭銳 閲閱 青靑 巣巢 戸戶户 産產 衛衞 帰歸 亘亙 禄祿 縁緣 参參 覚覺 楽樂 営營 欧歐
奥奧 仮假 価價 画畫 絵繪 拡擴 勧勸 歓歡 峡峽 狭狹 勲勳 径徑 継繼 軽輕 鶏鷄雞 研硏 圏圈 献獻 験驗 厳嚴
効效 鉱鑛 号號 雑雜 蚕蠶 賛贊 糸絲 歯齒 辞辭 湿濕 写寫 釈釋 収收 縦縱 処處 叙敍敘 称稱 証證 乗乘 畳疊
醸釀 触觸 慎愼 図圖 粋粹 随隨 枢樞 摂攝 潜潛 禅禪 壮壯 捜搜 争爭 属屬 続續 体體 対對 胆膽 弾彈 断斷 昼晝
虫蟲 転轉 点點 当當 縄繩 売賣 抜拔 様樣 両兩 励勵 齢齡 恋戀 亜亞 為爲 塩鹽 艶艷 橋槗𣘺 崇崈 隆𨺓 藤籐
枡桝 讃讚 鈎鉤 砺礪 蛍螢 鴬鶯 祷禱 頬頰 唖啞 焔焰 噛嚙 躯軀 鹸鹼 倶俱 屏屛 蒋蔣 醤醬 繍繡 掻搔 痩瘦 騨驒
箪簞 填塡 顛顚 溌潑 麺麵 莱萊 蛎蠣 攅攢 迩邇 逓遞 協恊 喜㐂 博愽 秋秌穐 竪豎 崑崐 晃晄 煕熙熈 冴冱 涼凉
況况 決决 準凖 減减 厨廚 厩廏廐 壷壺 姉姊 姫姬 寝寢 届屆 紙帋 庵菴 往徃 戻戾 拠據 挙擧 携攜 既旣 曳曵
朗朖 柏栢 柿枾 梅楳 棄弃 概槪 煙烟 爾尓 猪豬 猫貓 留畱 皐皋 秘祕 穎頴 稟禀 税稅 窓窻 竈竃 絋紘 翻飜 耕畊
脱脫 臥卧 舎舍 舗舖鋪 虎乕 虚虛 装裝 詠咏 諌諫 貌皃 跡蹟 踊踴 輝煇 遅遲 邦邫 鎌鐮 隠隱 顔顏 駅驛 騒騷
髪髮 鼓皷
"""
# Radicals that NFKC leaves as they are: a PDF of a text gives them in place of the character (「⻑⽥」 for 「長田」).
_RADICALS = """
⺁厂 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺈刀 ⺉刂 ⺊卜 ⺌小 ⺍小 ⺎兀 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡
⺜日 ⺝月 ⺞歹 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爪 ⺥爪 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糸 ⺰纟
⺱罓 ⺲罒 ⺶羊 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻈讠 ⻉贝 ⻊足
⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟飠 ⻠饣
⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱亀 ⻲亀 ⻳龟
"""
_OF_RADICAL = {ord(pair[0]): pair[1] for pair in _RADICALS.split()}
_RADICAL = re.compile("[\u2e80-\u2eff]")
_PLAIN = {ord(other): group[0] for group in _VARIANTS.split() for other in group[1:]}
_MARKS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u2060\ufeff]")
_NO_LETTERS = re.compile(r"[\s\-‐‑‒–—―−ｰ・･.,、。()（）「」'’`]+|(?<=\d)ー(?=\d)")
_AGAIN = re.compile("(.)々")
_TO_HIRAGANA = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
# Old files write small kana large, and づ or ぢ is anyone's guess; ゐ and ゑ are old letters of names.
_KANA = str.maketrans("ゖゕぁぃぅぇぉっゃゅょゎぢづゐゑ", "けかあいうえおつやゆよわじずいえ")

_ORDINARY = re.compile("[ \u30000-9A-Za-z々\u3041-\u3096\u30a1-\u30f6\u4e00-\u9fff]*")
"""What nearly every name is made of; its characters are folded one by one in a single pass."""
_NUMBER = re.compile("[0-9-]*")
"""A telephone number as most are written."""
_TRANSLATION = {
    **{ord(sign): sign.lower() for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{kata: chr(hira).translate(_KANA) for kata, hira in ((code, code - 0x60) for code in range(0x30A1, 0x30F7))},
    **_KANA, **_PLAIN, ord(" "): None, 0x3000: None,
}  # fmt: skip


def without_radicals(text: str) -> str:
    """Return ``text`` with CJK radicals replaced by the characters they stand for, which NFKC does not do.

    For comparing alone: what is kept and printed stays as it was typed.
    """
    return text.translate(_OF_RADICAL) if _RADICAL.search(text) else text


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """Return the key under which ``text`` is found, so that 「髙橋　恵子」 and 「高橋恵子」 give the same.

    Half and full width, katakana and hiragana, small and large kana, づ and ず, 々 and the character again,
    capital letters, accents of Latin letters, spaces, hyphens and 異体字 make no difference. Digits stay, so a
    telephone number is found by any run of its digits.
    """
    if _ORDINARY.fullmatch(text):
        plain = text.translate(_TRANSLATION)
        return _AGAIN.sub(r"\1\1", plain) if "々" in plain else plain
    if _NUMBER.fullmatch(text):
        return text.replace("-", "")
    plain = one_width(without_radicals(_MARKS.sub("", text))).casefold()
    plain = "".join(map(_without_accent, plain))
    plain = plain.translate(_PLAIN).translate(_TO_HIRAGANA).translate(_KANA)
    return _AGAIN.sub(r"\1\1", _NO_LETTERS.sub("", plain))


def _without_accent(character: str) -> str:
    """Return a Latin letter without its accents (Nguyễn → nguyen); other characters unchanged."""
    if not "\u00c0" <= character <= "\u1eff":
        return character
    return "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))


def digits_of(text: str) -> str:
    """Return the digits of a telephone number in half width; "" without digits."""
    if _NUMBER.fullmatch(text):
        return text.replace("-", "")
    return "".join(filter(is_digits, narrow_digits(text)))


def contains_all(keys: Sequence[str], *texts: str) -> bool:
    """Return whether each of ``keys`` (see ``name_key``) occurs in one of ``texts``."""
    found = "|".join(name_key(text) for text in texts if text)
    return all(key in found for key in keys)


_BLOCK = re.compile("([一二三四五六七八九十]{1,3})(?=丁目)")
_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}


@lru_cache(maxsize=20_000)
def plain_organisation(name: str) -> str:
    """Return a 団体名 with safe differences folded (width, blanks, and the numeral of a 丁目).

    「練馬二丁目町会」, 「練馬２丁目町会」 and 「練馬 2丁目町会」 are one 団体; nothing else is folded.
    """
    plain = "".join(one_width(without_radicals(name)).split()).casefold()
    return _BLOCK.sub(_block_number, plain) if "丁目" in plain else plain


def organisation_name_key(name: str) -> str:
    """Return the search key of a 団体名 in any spelling: as ``name_key``, and the numeral of a 丁目 folded."""
    return name_key(plain_organisation(name))


def _block_number(found: re.Match[str]) -> str:
    """Return the number of a 丁目 in digits."""
    tens, ten, ones = found[1].rpartition("十")
    if not ten:
        return str(_DIGITS[ones]) if len(ones) == 1 else found[1]
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return found[1]
    return str(10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0))


def organisation_key(organisation_id: int | None, written: str) -> int | str:
    """Return the key by which a 団体 is counted, its number in the register or its folded name; "" = none."""
    return organisation_id or plain_organisation(written)
