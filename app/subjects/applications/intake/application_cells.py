"""Turns the cells of one application into what they mean; judging them is another module's work."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence

from app.foreign_files.foreign_shape import ForeignFile, ForeignRow
from app.foreign_files.heading_roles import fold_heading
from app.foreign_files.ticked_columns import is_tick
from app.foreign_files.written_days import DayReading, read_day
from app.subjects.applications.intake.application_fields import DROPPED, JOINED, SEVERAL
from app.subjects.register.intake import person_values

CANCELLED = re.compile(
    r"(?:取り?消し?|取り?下げ|辞退|キャンセル|欠席)(?!待ち|料|の場合|する場合|した場合|はできますか|できますか|は可|可能|ポリシー|規定|について|しない|なし|不可)"
)
_STATE_OUT = re.compile(r"取り?消|取り?下げ|辞退|キャンセル|無効|却下|削除|不参加|欠席|^[×✕✗]$")
_WAYS: tuple[tuple[str, str], ...] = (
    (r"電子|フォーム|ウェブ|web|ネット|オンライン|logo|qr", "電子"),
    (r"fax|ファックス", "FAX"),
    (r"電話|tel|架電", "電話"),
    (r"窓口|来庁|来所|持参", "窓口"),
    (r"郵送|はがき|葉書|手紙", "郵送"),
    (r"メール|mail", "メール"),
    (r"当日", "当日"),
)
_FORM_SERVICES = frozenset(
    {"google_forms_csv", "google_sheets_csv", "ms_forms_xlsx", "logo_form_like_csv", "e_application_like_csv"}
)
_NOT_LENT = re.compile(r"(?:貸|借)[^、。]*(?:不要|希望しない|しない|なし|いらない|不用)")
_LENT = re.compile(r"持って(?:い)?ない|持っていません|なし|ない|貸|借")
_YES = re.compile(
    r"要|必要|希望(?:する|します|あり)?|あり|有|はい|する|お願いします|○|〇|◯|●|yes|true|1(?:台)?", re.IGNORECASE
)
_NO = re.compile(
    r"不要|希望しない|希望しません|なし|無し?|いいえ|しない|いらない|結構です|×|✕|no|false|0(?:台)?|[\-ー―－]",
    re.IGNORECASE,
)
_ASKED_TO_LEND = re.compile(r"貸|借")
_ASKED_TO_BRING = re.compile(r"持|有無|所有|保有")
_BROUGHT = re.compile(
    r"スマ|iphone|アイフォン|android|アンドロイド|タブレット|ipad|持参|持って|パソコン|pc", re.IGNORECASE
)
_ASKED_NOT = re.compile(r"不可|しない|ng|拒否|望まない")
_NO_PHOTO = re.compile(r"不可|ng|困|しない|拒否|いいえ|no|×|✕|✗", re.IGNORECASE)
_PHOTO = re.compile(r"可|同意|承諾|はい|ok|yes|○|〇|◯", re.IGNORECASE)
_NAME_SEPARATOR = re.compile(r"[、，,;；/／\n]+|(?=[①-⑳])")
_ENUMERATED = re.compile(r"^(?:[①-⑳]|[(（]?\d{1,2}[)）.．、:：]|[2-9２-９][人名]目[:：]?|[・･*＊])\s*")
_NO_NAME = re.compile(
    r"(?:ほか|他|外|計|合計|あと)?\s*[0-9０-９一二三四五六七八九]+\s*[名人](?:程度|くらい|ほど|様)?|未定|検討中|調整中|家族|夫|妻"
)
_NOT_OF_THE_ROW = frozenset({"memo", DROPPED})
_RUNNING = frozenset({"no", "no.", "#", "連番", "項番", "番号"})


def field_values(
    row: ForeignRow, columns: Mapping[int, str], above: Mapping[str, str], ticked: Mapping[int, str]
) -> tuple[dict[str, str], dict[str, int], list[str]]:
    """Each field's text as typed, the first column that holds it, and the fields taken from the row above (同上).

    In a column of ticks (``ticked``) the text is the option that is ticked.
    """
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    ditto: list[str] = []
    for index, field in sorted(columns.items()):
        if field == DROPPED or index >= len(row.cells):
            continue
        text = person_values.clean(row.cells[index])
        if index in ticked:
            text = ticked[index] if is_tick(text) else ""
        if text in person_values.SAME_AS_ABOVE and not field.startswith("contact_") and above.get(field):
            text = above[field]
            ditto.append(field)
        held = values.get(field, "")
        if held and (field in SEVERAL or field in JOINED):
            joint = "\n" if field in SEVERAL else JOINED[field]
            values[field] = held if text in ("", held) else f"{held}{joint}{text}"
            continue
        # Of columns that hold the same, the first that is filled counts.
        if not held:
            places[field] = index if text or field not in places else places[field]
            values[field] = text
    return values, places, ditto


def raw_text(row: ForeignRow, file: ForeignFile, columns: Mapping[int, str]) -> str:
    """The canonical text of a row for a keyed hash: the same in every later download of it.

    A running number and internal remarks are left out, since a list kept by hand changes them.
    """
    pairs = [
        [file.headings[index].strip(), cell]
        for index, cell in enumerate(row.cells[: len(file.headings)])
        if cell and columns.get(index) not in _NOT_OF_THE_ROW and fold_heading(file.headings[index]) not in _RUNNING
    ]
    return json.dumps(pairs + [["", cell] for cell in row.cells[len(file.headings) :]], ensure_ascii=False)


def way_of(text: str, service: str) -> str:
    """How an application came: by the list's own column, else 電子 for a form."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded:
        return next((way for pattern, way in _WAYS if re.search(pattern, folded)), "")
    return "電子" if service in _FORM_SERVICES else ""


def device_of(text: str, heading: str = "") -> str:
    """持参 or 貸与 where a text says so (持っていない → 貸与), else empty; an old mobile phone says neither.

    A bare yes or no answers what the folded ``heading`` asks: 貸出, or whether somebody has one.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if _NOT_LENT.search(plain):
        return "持参"
    for asked, yes, no in ((_ASKED_TO_LEND, "貸与", "持参"), (_ASKED_TO_BRING, "持参", "貸与")):
        if asked.search(heading) and (_YES.fullmatch(plain) or _NO.fullmatch(plain)):
            return no if _NO.fullmatch(plain) else yes
    if _LENT.search(text):
        return "貸与"
    return "持参" if _BROUGHT.search(text) else ""


def photo_of(text: str, heading: str = "") -> str:
    """可 or 不可, or empty where nothing is said; a yes in a column that asks for 撮影不可 (``heading``) is 不可."""
    if _ASKED_NOT.search(heading) and not _NO_PHOTO.search(text):
        return "不可" if _YES.fullmatch("".join(unicodedata.normalize("NFKC", text).split())) else ""
    if _NO_PHOTO.search(text):
        return "不可"
    return "可" if _PHOTO.search(text) else ""


def is_withdrawn(state: str) -> bool:
    """Whether a state column says that the application was taken back."""
    return bool(_STATE_OUT.search(state))


def companion_names(text: str) -> tuple[str, ...]:
    """The names in a cell of 同行者, one each; 他2名 and 未定 are none."""
    pieces = (_ENUMERATED.sub("", piece.strip()).strip() for piece in _NAME_SEPARATOR.split(text))
    return tuple(piece for piece in pieces if piece and not person_values.says_nothing(piece) and not unnamed(piece))


def unnamed(text: str) -> bool:
    """Whether a text in the place of a name says only how many, or that it is open (他2名, 未定)."""
    return bool(_NO_NAME.fullmatch(text.strip()))


def unnamed_companions(text: str) -> bool:
    """Whether a cell of 同行者 speaks of people without their names."""
    return any(unnamed(_ENUMERATED.sub("", piece.strip())) for piece in _NAME_SEPARATOR.split(text))


def wished_days(values: Mapping[str, str]) -> tuple[DayReading, DayReading, DayReading]:
    """The wished days 1 to 3."""
    first, second, third = (read_day(values.get(f"date{number}", "")) for number in (1, 2, 3))
    return first, second, third


def said_care(text: str) -> str:
    """配慮 as typed; empty where the text says that there is none."""
    return "" if person_values.says_nothing(text) else text


def first_filled(cells: Sequence[str]) -> bool:
    """Whether anything stands in a row."""
    return any(cell.strip() for cell in cells)
