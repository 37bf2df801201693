"""The four lists that come from elsewhere: their columns under other headings, their rows, and what the product saw in
them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.events.applications.services.application_import import plan_applications, read_application_file
from app.importing.row_target import preview_list
from app.registers.register.services.organisation_intake import TAKE_NEW
from app.registers.register.services.organisation_target import ORGANISATIONS
from app.registers.venues.services import BOOKINGS
from app.surveys.answers.services.survey_preview import preview_import
from db.records.surveys import Answer, EventSurvey
from db.rows import rows
from db.store import Store
from tests.faults.foreign_bytes import Cell
from tests.faults.foreign_values import (
    Chance,
    Doubt,
    Value,
    count_value,
    day_value,
    name_value,
    note_value,
    phone_value,
    plain,
    wide,
)

TOWN = "みほん一丁目町会"
OTHERS = (("第1支部", "みほん二丁目町会"), ("第2支部", "みほん団地自治会"))
TODAY = date(2026, 9, 16)
WISHES = ("意見交換会", "Instagram講習会")
SIGNS = ("\n", ";", "、", ", ", ",", "/", " | ", "；", " ", "　")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One row as the product shows it: its row in Excel, whether it would be written, what is said, what it holds."""

    line: int
    taken: bool
    said: str
    holds: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A file as the product shows it: rows, the lines left out with why, what is said of the whole, and
    all shown text."""

    rows: Sequence[Seen]
    apart: Mapping[int, str]
    whole: str
    shown: str


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What is the same in all rows of a file: the sign between choices, whether it is a workbook, its headings by
    field."""

    book: bool
    sign: str
    headings: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One of the four: headings by field, fields that stand first, the field whose cells are merged downwards, sums.

    ``doubled`` are fields that may stand in two columns under one heading, ``ticked`` those with a column for each of
    their choices, which a second row of heads names.
    """

    name: str
    headings: Mapping[str, Sequence[str]]
    needed: frozenset[str]
    merged: str
    apart: Sequence[Sequence[str]]
    row: Callable[[Chance, int, int, Settled], dict[str, Value]]
    look: Callable[[Store, Path], Look]
    together: Sequence[str] = ()
    decorated: bool = False
    other_tables: bool = True
    first: Sequence[str] = ()
    doubled: Sequence[str] = ()
    ticked: Mapping[str, Sequence[str]] = field(default_factory=dict)


def alike(says: object, held: object) -> bool:
    """Whether ``held`` is what a cell says: names but for blanks, days with or without a time, digits, numbers,
    choices."""
    if isinstance(says, datetime) or not isinstance(says, date):
        return _key(says) == _key(held)
    return (held.date() if isinstance(held, datetime) else held) == says


def _key(value: object) -> object:
    if isinstance(value, str):
        return "".join(unicodedata.normalize("NFKC", value).split()).strip("\u200b\ufeff\u202e").replace("\u202e", "")
    return value


# applications


def _application(chance: Chance, seed: int, number: int, made: Settled) -> dict[str, Value]:
    wished = tuple(chance.sample(WISHES, chance.choice((1, 1, 2))))
    towns: tuple[tuple[str, str, str], ...] = (
        ("plain", TOWN, "never"), ("blank", "みほん　一丁目町会", "never"), ("blanks", f" {TOWN} ", "never"),
        ("other number", "みほん１丁目町会", "may"), ("half kana", "ﾐﾎﾝ一丁目町会", "may"),
        ("stranger", "よその町会", "unless shared"),
    )  # fmt: skip
    way, town, doubt = chance.choice(towns) if chance.random() < 0.3 else towns[0]
    return {
        "received_at": day_value(
            chance, date(2026, 9, 1 + (seed + number) % 15), hour=9 + number, minute=seed % 60, book=made.book
        ),
        "name": name_value(chance, f"{seed % 97}{number:02}", book=made.book),
        "phone": phone_value(chance, 1000 + number, book=made.book),
        "organisation": plain(town, says=town if way == "stranger" else TOWN, way=f"town {way}", doubt=doubt),  # type: ignore[arg-type]
        "people": count_value(chance, 1 + number % 3, unit="名", book=made.book),
        "wishes": plain(made.sign.join(wished), says=frozenset(wished), way=f"wishes {len(wished)}"),
        "note": note_value(chance),
    }


def _look_at_applications(store: Store, path: Path) -> Look:
    plan = plan_applications(store, read_application_file(path), path.name)
    found, stored = plan.preview, {one.preview.row: one.application for one in plan.judged_rows}
    rows = [
        Seen(
            line=row.line,
            taken=row.is_taken,
            said=f"{row.reason} {row.note}",
            holds={
                "received_at": row.received_at,
                "name": row.name,
                "phone": _digits(row.phone),
                "organisation": row.organisation.name if row.organisation else row.organisation_text,
                "people": row.people,
                "wishes": frozenset(one.wishes if (one := stored[row.row]) else ()),
            },
        )
        for row in found.rows
    ]
    apart = {row.line: row.reason for row in found.rows_without_application}
    return Look(rows=rows, apart=apart, whole="\n".join(found.notices), shown=repr(found))


def _digits(text: str) -> str:
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isdecimal())
    return "0" + digits[2:] if digits.startswith("81") else digits


APPLICATIONS = Kind(
    name="申込",
    headings={
        "received_at": ("受付日時", "申込日時", "タイムスタンプ", "送信日時", "受付日", "申込年月日"),
        "name": ("氏名", "お名前", "参加者氏名", "申込者（氏名）", "氏名（漢字）"),
        "phone": ("電話番号", "電話", "連絡先電話番号", "TEL", "携帯電話"),
        "organisation": ("団体名", "町会・自治会名", "所属団体", "町会名"),
        "people": ("人数", "参加人数", "参加予定人数"),
        "wishes": ("希望する講習会", "参加希望講座", "希望講習会"),
        "note": ("備考", "ご質問", "その他連絡事項"),
    },
    needed=frozenset({"received_at", "name", "organisation", "wishes"}),
    together=("name", "phone"),
    merged="organisation",
    apart=(
        ("22 件",),
        ("", "34人"),
        ("以上", "22件"),
        ("合計", "3"),
        ("― 以下11月 ―",),
        ("-----",) * 6,
        ("申込数：22件",),
        ("※ 9月15日までの受付分",),
    ),
    doubled=("people", "wishes", "note"),
    row=_application,
    look=_look_at_applications,
    decorated=True,
)


# 団体


_TOOLS = ("LINE", "Instagram", "HP", "キャッシュレス")


def _organisation(chance: Chance, seed: int, number: int, made: Settled) -> dict[str, Value]:
    found = {
        "branch": plain(f"第{1 + number % 2}支部" if "branch" not in made.headings else "第3支部", way="branch"),
        "name": _town(chance, f"{seed % 89}の{number}", made),
        "chair": _chair(chance, f"{seed % 89}{number:02}", made),
        "phone": _number_of_town(chance, 2000 + number, made),
        "households": _households(chance, made),
        "subsidy": _subsidy(chance, made),
        "note": note_value(chance, cancels=False),
    }
    for tool in _TOOLS:
        found[f"stage:{tool}"] = _stage(chance, made)
    return found


def _town(chance: Chance, base: str, made: Settled) -> Value:
    # What is odd in the name of a person is odd in that of a 団体; a trial or a second line is not asked about there.
    value = name_value(chance, base, book=made.book)
    text = value.cell.text if value.way != "name trial" else f"見本{base}"
    doubt = "may" if value.way in ("name lost sign", "name geta", "name lost", "name line break") else value.doubt
    if value.way == "name trial":
        doubt = "never"
    cell = Cell(text=f"{text}町会", formula=value.cell.formula, saved=value.cell.saved)
    return Value(cell=cell, way=value.way, says=f"{text}町会" if value.says else "", doubt=doubt)


def _chair(chance: Chance, base: str, made: Settled) -> Value:
    if chance.random() < 0.1:
        return plain(chance.choice(("空席", "（未定）", "不在")), says="", way="chair vacant")
    if chance.random() < 0.05:
        return plain(
            chance.choice(("副会長　見本", "会長代行　見本")), says="", way="chair not the chair", doubt="must"
        )
    value = name_value(chance, base, book=made.book)
    if value.way in ("name trial", "name line break"):
        return plain(f"見本　{base}", way="name blank")
    if value.way in ("name lost sign", "name geta", "name lost", "name formula without value"):
        return Value(cell=value.cell, way=value.way, says=value.says, doubt="may")
    return value


def _households(chance: Chance, made: Settled) -> Value:
    return _amount(chance, chance.choice((87, 430, 1997)), "世帯", made)


def _amount(chance: Chance, number: int, unit: str, made: Settled) -> Value:
    value = count_value(chance, number, unit=unit, book=made.book)
    # A list of 団体 keeps words in the place of a number; only what cannot be is asked about.
    if value.way in ("count range", "count several", "count about", "count error"):
        return Value(cell=value.cell, way=value.way, says=None, doubt="said")
    return value


def _subsidy(chance: Chance, made: Settled) -> Value:
    way = chance.choice(("number", "mark", "empty"))
    if way == "mark":
        return plain(chance.choice(("○", "―", "有")), says=None, way="subsidy mark", doubt="said")
    if way == "empty":
        return plain("", says=None, way="subsidy empty")
    return _amount(chance, 30_000, "円", made)


def _number_of_town(chance: Chance, number: int, made: Settled) -> Value:
    value = phone_value(chance, number, book=made.book)
    # Words in the place of a number (非公開) are usual in such a list, and only said.
    return replace(value, doubt="said") if value.way == "phone words" else value


def _stage(chance: Chance, made: Settled) -> Value:
    says = chance.choice(("0", "1", "2", "3", "4", "5", "×"))
    if chance.random() < 0.05:
        return plain(chance.choice(("6", "○", "検討中")), says=None, way="stage out of range", doubt="said")
    if says == "×":
        return plain(chance.choice(("×", "✕", "x", "X")), says="×", way="stage cross")
    if made.book and chance.random() < 0.5:
        return Value(cell=Cell(text=says, number=float(says)), way="stage cell", says=says)
    return plain(chance.choice((says, wide(says), f" {says}")), says=says, way="stage")


def _look_at_organisations(store: Store, path: Path) -> Look:
    found = preview_list(store, path=path, target=ORGANISATIONS, today=TODAY, settings={TAKE_NEW: True})
    rows = [
        Seen(
            line=row.spreadsheet_row,
            taken=row.will_be_written,
            said=row.words,
            holds={
                "branch": row.source.branch,
                "name": row.source.name,
                "chair": row.source.chair,
                "phone": row.source.phone,
                "households": row.source.households,
                "subsidy": row.source.subsidy,
                **{f"stage:{tool}": row.source.stages.get(tool) for tool in _TOOLS},
            },
        )
        for row in found.rows
        if row.row > 0
    ]
    apart = {row.spreadsheet_row: row.words for row in found.rows if row.row < 0}
    return Look(rows=rows, apart=apart, whole="\n".join(found.notices), shown=repr(found.rows))


ORGANISATION_LISTS = Kind(
    name="団体",
    headings={
        "branch": ("支部", "支部名", "所属支部"),
        "name": ("団体名", "町会・自治会名", "町会名", "名称"),
        "chair": ("会長名", "会長", "代表者氏名"),
        "phone": ("電話", "電話番号", "会長電話", "連絡先"),
        "households": ("世帯数", "加入世帯", "世帯"),
        "subsidy": ("補助金", "補助金額"),
        "stage:LINE": ("LINE", "LINE活用度", "ライン"),
        "stage:Instagram": ("Instagram", "インスタ", "インスタグラム"),
        "stage:HP": ("HP", "ホームページ"),
        "stage:キャッシュレス": ("キャッシュレス", "キャッシュレス決済"),
        "note": ("備考", "摘要"),
    },
    needed=frozenset({"branch", "name", "chair", "households", "stage:LINE"}),
    together=("stage:LINE", "stage:Instagram", "stage:HP", "stage:キャッシュレス"),
    first=("branch", "name"),
    merged="branch",
    apart=(("小計", "3団体"), ("合計", "12"), ("第1支部計", "3"), ("※ 世帯数は4月1日現在",), ("-----",) * 9),
    doubled=("households", "note"),
    row=_organisation,
    look=_look_at_organisations,
)


# bookings


def _booking(chance: Chance, seed: int, number: int, made: Settled) -> dict[str, Value]:
    start, end = 9 + number % 4, 15 + number % 5
    state, says = chance.choice(
        (
            ("承認", "承認"),
            ("利用承認済", "承認"),
            ("申請中", "申請中"),
            ("仮予約", "仮予約"),
            ("審査中", "申請中"),
            ("予約済み", "承認"),
        )
    )
    gone = chance.random() < 0.06
    if gone:
        state, says = chance.choice(("取消", "キャンセル済", "却下")), "取消"
    found = {
        "venue": plain(chance.choice(("見本つつじ区民館", "見本つつじ区民館 ", "見本　星空区民センター")), way="venue"),
        "room": plain(f"研修室{number}", way="room"),
        "day": day_value(
            chance, date(2026, 12, 1 + (seed + number) % 28), hour=0, minute=0, book=made.book, timed=False
        ),
        "state": plain(state, says=says, way=f"state {state}", doubt="must" if gone else "never"),
        "fee": _fee(chance, made),
        "number": plain(f"{number:07d}", way="number"),
        "note": note_value(chance, cancels=False),
    }
    if "slot" in made.headings:
        found["slot"] = _slot(chance, start, end)
    else:
        found["start"], found["end"] = _clock(chance, start, made), _clock(chance, end, made)
    return found


def _fee(chance: Chance, made: Settled) -> Value:
    value = count_value(chance, 1200, unit="円", book=made.book) if chance.random() < 0.5 else plain("無料", says=0)
    # A booking whose fee nobody can read is a booking: it is taken in without a fee, and that is said.
    return replace(value, says=None, doubt="said") if value.doubt == "must" else value


def _clock(chance: Chance, hour: int, made: Settled) -> Value:
    half = f"{'午前' if hour < 12 else '午後'}{hour % 12 or 12}時" if hour != 12 else "12時"
    ways = (
        f"{hour}:00", f"{hour:02d}:00:00", f"{hour}時", f"{hour}時00分", half, wide(f"{hour}:00"), f"{hour:02d}00",
        f"{hour}：00",
    )  # fmt: skip
    says = f"{hour:02d}:00"
    if made.book and chance.random() < 0.4:
        return Value(cell=Cell(text=says, number=hour / 24, style="time"), way="time cell", says=says)
    place = chance.randrange(len(ways))
    return plain(ways[place], says=says, way=f"time {place}")


def _slot(chance: Chance, start: int, end: int) -> Value:
    sign = chance.choice(("～", "〜", "-", "－", "~", " ～ ", "から"))
    text = f"{start}:00{sign}{end}:00"
    return plain(text, says=(f"{start:02d}:00", f"{end:02d}:00"), way=f"slot {sign}")


def _look_at_bookings(store: Store, path: Path) -> Look:
    found = preview_list(store, path=path, target=BOOKINGS, today=TODAY)
    rows = []
    for row in found.rows:
        if row.row < 0:
            continue
        made: Any = row.booking
        holds = {} if made is None else {
            "venue": made.venue_name, "room": made.room, "day": made.day, "state": made.state, "fee": made.fee,
            "number": made.approval_number, "start": made.start_time, "end": made.end_time,
            "slot": (made.start_time, made.end_time),
        }  # fmt: skip
        rows.append(Seen(line=row.spreadsheet_row, taken=row.will_be_written, said=row.words, holds=holds))
    apart = {row.spreadsheet_row: row.words for row in found.rows if row.row < 0}
    return Look(rows=rows, apart=apart, whole="\n".join(found.notices), shown=repr(found.rows))


BOOKING_LISTS = Kind(
    name="会場の予約",
    headings={
        "venue": ("施設名", "施設", "会場名"),
        "room": ("部屋名", "室場名", "部屋"),
        "day": ("利用日", "使用日", "利用年月日"),
        "start": ("利用開始時刻", "開始時間", "開始"),
        "end": ("利用終了時刻", "終了時間", "終了"),
        "slot": ("利用時間", "時間帯", "使用時間"),
        "state": ("状態", "予約状況", "ステータス"),
        "fee": ("使用料", "利用料金", "料金"),
        "number": ("承認番号", "予約番号", "受付番号"),
        "note": ("備考", "連絡事項"),
    },
    needed=frozenset({"venue", "room", "day", "start", "end", "slot", "state"}),
    together=("start", "end"),
    merged="venue",
    apart=(("合計", "4件"), ("計", "", "", "4,800"), ("※ 取消は7日前まで",), ("全4件",), ("-----",) * 6),
    doubled=("room", "fee", "note"),
    row=_booking,
    look=_look_at_bookings,
)


# answers


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "position": ("会長", "副会長", "会計", "広報・デジタル担当", "会員"),
    "satisfaction": ("とても満足", "満足", "どちらともいえない", "不満"),
    "understanding": ("よく理解できた", "だいたい理解できた", "どちらともいえない"),
    "pace": ("速い", "やや速い", "ちょうどよい", "遅い"),
    "length": ("長い", "やや長い", "ちょうどよい", "短い"),
    "useful": ("講師の説明", "操作の体験", "質問・個別相談", "配布資料"),
    "tools": ("LINE", "LINE公式アカウント", "Instagram", "ホームページ・ブログ", "電子回覧板"),
    "intent": ("すぐに使いたい", "準備をして使いたい", "使いたくない"),
}
_SEVERAL = frozenset({"useful", "tools"})


def _answer(chance: Chance, seed: int, number: int, made: Settled) -> dict[str, Value]:
    found = {
        "stamp": day_value(
            chance,
            date(2026, 10, 1 + (seed + number) % 25),
            hour=9 + number,
            minute=seed % 60,
            book=made.book,
            doubts=False,
        ),
        "mail": plain(f"mihon{seed}-{number}@example.jp", way="mail"),
        "comments": _comment(chance),
    }
    for code, options in _CHOICES.items():
        found[code] = _chosen(chance, code, options, made)
    return found


def _chosen(chance: Chance, code: str, options: Sequence[str], made: Settled) -> Value:
    fate = chance.random()
    if fate < 0.03:
        strange = chance.choice(("むらさき", "わからない", "99"))
        # A question with その他 takes it as what was written there, unless it may be the number of a choice; of any
        # other question it has to be asked about.
        doubt: Doubt = "never" if code in _SEVERAL and strange != "99" else "must"
        return plain(strange, says=frozenset({strange}), way="option strange", doubt=doubt)
    count = chance.choice((1, 2, 3)) if code in _SEVERAL else 1
    chosen = tuple(chance.sample(options, count))
    text = made.sign.join(chosen)
    if fate < 0.1:
        text = chance.choice((f" {text}　", text.replace("LINE", "ＬＩＮＥ"), f"{text};" if made.sign == ";" else text))
    return plain(text, says=frozenset(chosen), way=f"options {count}")


def _comment(chance: Chance) -> Value:
    text = chance.choice(
        (
            "",
            "楽しかった",
            "一行目\n二行目",
            "=1+1",
            "満足、とても満足",
            "また来たい, ぜひ",
            "合計",
            "以上",
            '"引用"です',
            "3",
            "特になし",
        )
    )
    return plain(text, way=f"comment {text[:5]!r}", doubt="may" if text == "" else "never")


def _said(answer: Answer) -> frozenset[str]:
    return frozenset((*answer.chosen, *([answer.other] if answer.other else []))) - {"その他"}


def _look_at_answers(store: Store, path: Path) -> Look:
    (survey,) = rows(store.database, EventSurvey)
    found = preview_import(store, event_id=survey.event_id, path=path)
    seen = [
        Seen(
            line=row.spreadsheet_row,
            taken=row.outcome == "新規",
            said=f"{row.reason} {row.note}",
            holds={
                "stamp": row.answered_at,
                "comments": row.answers["comments"].text if "comments" in row.answers else "",
                **{code: _said(row.answers[code]) for code in _CHOICES if code in row.answers},
            },
        )
        for row in found.rows
    ]
    apart = {row.spreadsheet_row: row.reason for row in found.non_answer_lines}
    return Look(rows=seen, apart=apart, whole="\n".join(found.notices), shown=repr(found.rows))


ANSWERS = Kind(
    name="アンケート",
    headings={
        "stamp": ("タイムスタンプ", "送信日時", "回答日時", "完了時刻"),
        "mail": ("メールアドレス", "ユーザー名"),
        "position": ("町会・自治会での役割",),
        "satisfaction": ("講習会全体の満足度",),
        "understanding": ("講習の内容は理解できましたか",),
        "pace": ("進む速さ",),
        "length": ("講習会の長さ",),
        "useful": ("参考になった内容（いくつでも）", "参考になった内容"),
        "tools": ("団体で使いたいツール（いくつでも）", "団体で使いたいツール（複数選択可）"),
        "intent": ("自分の団体で使ってみたいと思いますか",),
        "comments": ("ご意見・ご要望をお書きください",),
    },
    needed=frozenset({"stamp", *_CHOICES, "comments"}),
    merged="",
    apart=(),
    row=_answer,
    look=_look_at_answers,
    decorated=True,
    other_tables=False,
    first=("stamp",),
    doubled=("satisfaction", "pace", "length", "tools", "comments"),
    ticked={"useful": _CHOICES["useful"], "tools": _CHOICES["tools"]},
)
KINDS = (APPLICATIONS, ORGANISATION_LISTS, BOOKING_LISTS, ANSWERS)
