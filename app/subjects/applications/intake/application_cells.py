"""What the cells of one application mean, and, row by row, what a person has to look at before it belongs to any event."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from app.foreign_files.foreign_shape import ForeignFile, ForeignRow
from app.foreign_files.heading_roles import fold_heading
from app.foreign_files.sources import choice_separator
from app.foreign_files.telltale_texts import has_lost_sign, looks_like_test, starts_like_formula
from app.foreign_files.ticked_columns import is_tick
from app.foreign_files.written_days import DayReading, read_day
from app.subjects.applications.intake.application_fields import DROPPED, JOINED, SEVERAL
from app.subjects.register.intake import person_values
from app.subjects.register.intake.person_values import PhoneReading
from app.subjects.surveys.answers.intake.choices import split_choices

_BY_HAND = (";", "\n", "、", "，", ",", "/", "／", "・")
_ANY = re.compile(r"[;；\n、，,/／]+")
_FIXED = frozenset(
    {"google_forms_csv", "google_sheets_csv", "logo_form_like_csv", "e_application_like_csv", "ms_forms_xlsx"}
)


class WishReader:
    """Splits the cells of one column of one file; what parts two wishes is the service's way, else what fits best."""

    def __init__(self, service: str, cells: Iterable[str], options: Sequence[str], *, columns: int = 1) -> None:
        """``columns`` = how many columns hold the wishes; with several, a line of the joined text is one cell."""
        self._by_lines = columns > 1
        self._options = tuple(options)
        self._separator = choice_separator(service, cells) if service in _FIXED else ""
        self._folded = {_fold(option): option for option in options}

    def split(self, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The known options in the cell's order and the texts that are none; without options all are taken as wishes."""
        text = cell.strip()
        if not text:
            return (), ()
        if not self._options:
            return tuple(dict.fromkeys(self._plain(text))), ()
        if text in self._options:
            return (text,), ()
        if self._by_lines and "\n" in text:
            lines = [self.split(line) for line in text.splitlines()]
            return tuple(dict.fromkeys(one for known, _ in lines for one in known)), tuple(
                one for _, rest in lines for one in rest
            )
        readings = [
            self._reading(text, separator) for separator in ([self._separator] if self._separator else _BY_HAND)
        ]
        return min(readings, key=lambda reading: (len("".join(reading[1])), len(reading[1])))

    def _plain(self, text: str) -> tuple[str, ...]:
        lines = text.splitlines() if self._by_lines else [text]
        pieces = [
            piece for line in lines for piece in (line.split(self._separator) if self._separator else _ANY.split(line))
        ]
        return tuple(piece.strip() for piece in pieces if piece.strip())

    def _reading(self, text: str, separator: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        split = split_choices(text, self._options, separator)
        chosen, rest = list(split.options), []
        for leftover in split.leftovers:
            for piece in leftover.split(separator):
                option = self._folded.get(_fold(piece))
                if option is None and piece.strip():
                    rest.append(piece.strip())
                elif option is not None and option not in chosen:
                    chosen.append(option)
        return tuple(chosen), tuple(rest)


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


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


Said = tuple[str, str, str]
"""Field concerned, reason, code."""

_NAME_FIELDS = ("name", "furigana", "organisation", "branch", "names", "contact_name", "contact_furigana")
_REMARKS = ("care", "note", "themes")
_KANA_FIELDS = ("furigana", "contact_furigana")
_TRIAL_FIELDS = ("name", "organisation", "care", "note")
_FREE_FIELDS = ("care", "note", "themes", "organisation", "name", "memo")
_TIME_IN_HEADING = re.compile(r"日時|時刻|タイムスタンプ|timestamp|time")
_SEVERAL_NAMES = re.compile(
    r"[、，;；/／＋+&＆\n]|(?:ほか|他|外)\s*[0-9０-９一二三四五六七八九]+\s*[名人]|と.{1,8}(?:の?[2-9２-９]名)"
)
_LABELS = {
    "name": "氏名", "furigana": "ふりがな", "organisation": "団体名", "branch": "支部", "names": "同行者の氏名",
    "contact_name": "連絡担当の氏名", "contact_furigana": "連絡担当のふりがな",
}  # fmt: skip


def row_problems(
    values: Mapping[str, str],
    phones: Mapping[str, PhoneReading],
    received: DayReading,
    wished: Mapping[str, DayReading],
    people: int | None,
) -> list[Said]:
    """What is wrong in one row by itself; ``values`` are by field, empty texts included."""
    found = _missing(values) + _odd_names(values)
    found += [
        (field, reading.problem, "phone_invalid")
        for field, reading in phones.items()
        if reading.problem and not values.get(field, "").startswith("#")
    ]
    found += _odd_people(values, people) + _odd_days(received, wished) + _cancellation(values)
    test = next((field for field in _TRIAL_FIELDS if looks_like_test(values.get(field, ""))), "")
    return [*found, (test, "試し送信らしい申込", "test_answer")] if test else found


def _missing(values: Mapping[str, str]) -> list[Said]:
    wanted = (("name", "氏名"), ("phone", "電話番号"))
    return [(field, f"{word}が空", "missing_required") for field, word in wanted if values.get(field, word) == ""]


def _odd_names(values: Mapping[str, str]) -> list[Said]:
    found: list[Said] = []
    for field in _NAME_FIELDS:
        if has_lost_sign(values.get(field, "")):
            found.append((field, f"{_LABELS[field]}に「?」などがあり、文字が失われたおそれがある", "lost_character"))
    if _SEVERAL_NAMES.search(values.get("name", "")):
        found.append(("name", "氏名の欄に、2人以上が書かれているかもしれない", "several_names"))
    if unnamed_companions(values.get("names", "")):
        found.append(("names", "同行者の氏名がなく、人数だけが書かれている", "companions_unnamed"))
    for field in _KANA_FIELDS:
        if person_values.has_kanji(values.get(field, "")) and values[field] not in person_values.SAME_AS_ABOVE:
            found.append((field, "ふりがなに漢字がある", "kana_invalid"))
    return found


def _odd_people(values: Mapping[str, str], people: int | None) -> list[Said]:
    if people is None:
        return [("people", "人数を1つの数にできない", "not_a_number")] if values.get("people") else []
    return [] if 1 <= people <= 99 else [("people", f"人数が{people}人になっている", "value_out_of_range")]


def _odd_days(received: DayReading, wished: Mapping[str, DayReading]) -> list[Said]:
    found: list[Said] = [("received_at", received.problem, received.code)] if received.problem else []
    for field, day in wished.items():
        if day.problem:
            found.append((field, day.problem, day.code))
        elif day.day and received.day and day.day < received.day:
            found.append((field, "希望日が受付日より前", "date_in_past"))
    return found


def _cancellation(values: Mapping[str, str]) -> list[Said]:
    if is_withdrawn(values.get("status", "")):
        return [("status", "取消と書かれている。参加者に数えるかを人が決める", "cancelled")]
    for field in ("status", "note", "care", "memo"):
        if CANCELLED.search(values.get(field, "")):
            return [(field, "取消と書かれている。参加者に数えるかを人が決める", "cancelled")]
    return []


def row_notices(
    values: Mapping[str, str],
    phones: Mapping[str, PhoneReading],
    received: DayReading,
    headings: Mapping[str, str],
    *,
    lossy: bool,
) -> list[Said]:
    """What is handled rightly but worth knowing; ``headings`` by field, ``lossy`` for an encoding that loses characters."""
    found = _phone_notices(phones) + _received_notices(values, received, headings.get("received_at", ""))
    if person_values.is_kana_only(values.get("name", "")):
        reason = "氏名の欄がカナだけ。外国の方の名のこともあるので、断らずに確かめる"
        found.append(("name", reason, "name_is_kana"))
    for field in _FREE_FIELDS:
        if starts_like_formula(values.get(field, "")):
            reason = "先頭が数式と同じ記号の文字。文字のまま扱い、書き出しでも数式にしない"
            found.append((field, reason, "formula_like_text"))
    for field in _REMARKS if lossy else ():
        if "?" in values.get(field, ""):
            reason = "この欄の「?」は本物の疑問符と見る。文字の欠けとして数えない"
            found.append((field, reason, "question_mark_is_genuine"))
    return found


def _phone_notices(phones: Mapping[str, PhoneReading]) -> list[Said]:
    found: list[Said] = []
    for field, reading in phones.items():
        if reading.restored:
            shown = person_values.shown_phone(reading.digits)
            found.append((field, f"先頭の0が落ちた電話番号。{shown} と読む", "phone_leading_zero_restored"))
        if reading.several:
            found.append((field, "電話番号が2つ以上ある。はじめの番号を使う", "several_phones"))
    return found


def _received_notices(values: Mapping[str, str], received: DayReading, heading: str) -> list[Said]:
    if received.serial:
        return [("received_at", "シートの通し番号のまま書かれた日付を、日付として読んだ", "date_serial")]
    if received.date_only and _TIME_IN_HEADING.search(heading):
        return [("received_at", "時刻の無い日付（手で足した行）", "timestamp_date_only")]
    if values.get("received_at") == "":
        return [("received_at", "申込日時が空（手で足した行）", "timestamp_blank")]
    return []
