"""Files of strangers by the thousand, each with what has to be found in it, read as the product reads them, and judged.

A seed makes the same file on every machine. What stands in it is known where it is written, so that nothing of the
product says what is right: what a cell says, which rows have to wait, which lines are no row, what has to be named.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.actions.user_error import UserError
from app.contributions import register_contributions
from db.store import Store
from tests.faults.foreign_bytes import Cell, Sheet, Text, book_bytes, letters, strangers, text_bytes
from tests.faults.foreign_kinds import KINDS, OTHERS, SIGNS, TOWN, Kind, Look, Seen, Settled, alike
from tests.faults.foreign_reading import books_read_here
from tests.faults.foreign_values import OWN_NUMBER, Chance, Value
from tests.support.application_rows import year_store
from tests.support.survey_sheets import fixed_survey

SLOWEST = 2.0
"""Seconds that a file of a few rows may take."""
_IN_A_CHILD = 50
"""Of so many workbooks one is read as at work, in a process of its own; starting that takes most of the time."""
_ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be with mark")
_ABOVE = ((), ("令和8年度　一覧",), ("令和8年度　一覧", ""), ("一覧（9月15日現在）", "地域振興課"))
_STRANGERS = strangers(
    [
        [Cell(text=one) for one in line]
        for line in (("氏名", "電話番号", "団体名"), *(("見本　太郎", "03-0000-0000", TOWN),) * 20)
    ]
)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One row: where Excel shows it, what its fields say, and whether it has to wait."""

    line: int
    values: dict[str, Value]

    @property
    def must_wait(self) -> bool:
        """Whether one of its cells has to be looked at."""
        return any(value.doubt in ("must", "unless shared") for value in self.values.values())

    @property
    def must_be_said(self) -> bool:
        """Whether something has to be said of the row, taken in or not."""
        return any(value.doubt == "said" for value in self.values.values())

    @property
    def may_wait(self) -> bool:
        """Whether one of its cells may be looked at."""
        return any(value.doubt != "never" for value in self.values.values())


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One file: its bytes and name, its rows, the lines to be named, words about the whole; or the word that refuses
    it.

    ``strangers`` are lines that nothing tells from rows and that are none: they may be shown, and must not be taken in.

    ``drawn`` is what was drawn for the file, ``ways`` in what ways its cells are written.
    """

    data: bytes
    file_name: str
    kind: Kind
    drawn: dict[str, str]
    ways: frozenset[str] = frozenset()
    rows: tuple[Expected, ...] = ()
    apart: frozenset[int] = frozenset()
    strangers: frozenset[int] = frozenset()
    said: tuple[str, ...] = ()
    refused: str = ""


@dataclass
class Tally:
    """What came of a run: what was wrong, which files and combinations there were."""

    wrong: list[str] = field(default_factory=list)
    files: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    digests: set[bytes] = field(default_factory=set)
    combinations: set[tuple[str, ...]] = field(default_factory=set)
    ways: set[tuple[str, str]] = field(default_factory=set)

    def add(self, other: Tally) -> None:
        """Take in what another run found."""
        self.wrong += other.wrong
        self.files += other.files
        self.kinds += other.kinds
        self.digests |= other.digests
        self.combinations |= other.combinations
        self.ways |= other.ways


class _Draw:
    """The choices of one file; each is noted by its name."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.drawn: dict[str, str] = {}

    def one_of(self, name: str, choices: Sequence[Any]) -> Any:
        """Draw one and note it."""
        found = self.chance.choice(choices)
        self.drawn[name] = str(found)
        return found

    def seldom(self, name: str, share: float, *, where: bool = True) -> bool:
        """Draw yes in ``share`` of the files, only ``where`` it makes sense."""
        found = where and self.chance.random() < share
        self.drawn[name] = str(found)
        return found


def variant(seed: int) -> Variant:
    """The file of one seed, the same on every machine."""
    draw = _Draw(random.Random(seed))
    kind: Kind = KINDS[(0, 0, 1, 2, 3)[seed % 5]]
    draw.drawn["kind"] = kind.name
    if draw.seldom("refused", 0.02):
        return _refused(draw, kind)
    return _Maker(seed, draw, kind).made()


def _refused(draw: _Draw, kind: Kind) -> Variant:
    data, word = _STRANGERS[draw.one_of("what", list(_STRANGERS))]
    name = draw.one_of("name", ("一覧.csv", "一覧.xlsx", "一覧.xls", "一覧.txt"))
    return Variant(data=data, file_name=name, kind=kind, drawn=draw.drawn, refused=word)


class _Maker:
    """Draws the shape of one file, writes its rows, and notes what has to be found."""

    def __init__(self, seed: int, draw: _Draw, kind: Kind) -> None:
        self.seed, self.draw, self.kind = seed, draw, kind
        self.chance = draw.chance
        self.book = draw.seldom("book", 0.45)
        self.encoding = "" if self.book else draw.one_of("encoding", _ENCODINGS)
        self.narrow = self.encoding == "cp932"
        self.headings = self._headings()
        self.settled = Settled(book=self.book, sign=draw.one_of("sign", SIGNS), headings=self.headings)
        self.left = draw.one_of("left", (0, 0, 1, 2)) if self.book else 0
        self.top = draw.one_of("top", (1, 1, 2, 4)) if self.book else 1
        self.merging = draw.seldom(
            "merging", 0.15, where=self.book and bool(kind.merged) and kind.merged in self.headings
        )
        self.lines: list[list[Cell]] = []
        self.merges: list[str] = []
        self.rows: list[Expected] = []
        self.apart: set[int] = set()
        self.said: list[str] = []
        self.strangers: set[int] = set()
        self.swapped: list[tuple[bytes, bytes]] = []
        self.other_line = -1
        self._draw_columns()

    def _draw_columns(self) -> None:
        """How many columns a field takes: merged sideways, twice under one heading, one for each of its choices."""
        draw = self.draw
        fields = list(self.headings)
        self.ticked = self.doubled = ""
        wide: list[str] = []
        if draw.seldom("choices in columns", 0.15, where=any(one in fields for one in self.kind.ticked)):
            self.ticked = draw.one_of("ticked", [one for one in self.kind.ticked if one in fields])
        elif draw.seldom("merged sideways", 0.2, where=self.book and not self.merging):
            wide = fields if draw.seldom("squared paper", 0.3) else [draw.one_of("wide", fields)]
        elif draw.seldom(
            "two columns", 0.1, where=not self.merging and any(one in fields for one in self.kind.doubled)
        ):
            self.doubled = draw.one_of("doubled", [one for one in self.kind.doubled if one in fields])
        self.wide = {one: draw.one_of(f"cells of {one}", (2, 3, 4)) for one in wide}
        if self.wide:
            self.merging = False

    def _spread(self, field_of: str) -> int:
        """How many columns a field takes."""
        if field_of == self.ticked:
            return len(self.kind.ticked[field_of])
        return 2 if field_of == self.doubled else self.wide.get(field_of, 1)

    def _heads(self) -> list[Cell]:
        """The headings as they stand in their row: the others of a spread field are empty, or say it once more."""
        found = [Cell(text=one) for one in self.extra_left]
        for one, heading in self.headings.items():
            again = heading if one == self.doubled else ""
            found += [Cell(text=heading), *(Cell(text=again) for _ in range(self._spread(one) - 1))]
        return found + [Cell(text=one) for one in self.extra_right]

    def _cells(self, values: dict[str, Value], number: int) -> list[Cell]:
        """The cells of one row; of a field in two columns now one holds it and now the other."""
        found = [Cell(text=str(number)) for _ in self.extra_left]
        for one in self.headings:
            value, blank = values[one], [Cell(text="")] * (self._spread(one) - 1)
            if one == self.ticked:
                says = value.says if isinstance(value.says, frozenset) else frozenset()
                found += [Cell(text=self.tick if choice in says else "") for choice in self.kind.ticked[one]]
            elif one == self.doubled and number % 2:
                found += [*blank, value.cell]
            else:
                found += [value.cell, *blank]
        return found + [Cell(text="") for _ in self.extra_right]

    def _merge_sideways(self, line: int) -> None:
        place = self.left + len(self.extra_left)
        for one in self.headings:
            if one in self.wide:
                self.merges.append(f"{letters(place)}{line}:{letters(place + self.wide[one] - 1)}{line}")
            place += self._spread(one)

    def _headings(self) -> dict[str, str]:
        """The fields of the file in the order of their columns, each under one of its headings."""
        fields = list(self.kind.headings)
        if "slot" in fields:
            without = ("start", "end") if self.draw.seldom("slot", 0.4) else ("slot",)
            fields = [one for one in fields if one not in without]
        fields = [one for one in fields if one in self.kind.needed or self.chance.random() < 0.7]
        groups = [[one] for one in fields if one not in self.kind.together]
        groups.append([one for one in self.kind.together if one in fields])
        if self.draw.seldom("shuffled", 0.6):
            self.chance.shuffle(groups)
        order = [
            *(one for one in self.kind.first if one in fields),
            *(f for g in groups for f in g if f not in self.kind.first),
        ]
        self.draw.drawn["order"] = " ".join(order)
        dress = self.draw.one_of("headings dressed", self._dresses())
        found = {}
        for place, one in enumerate(order, start=1):
            heading = self.chance.choice(self.kind.headings[one])
            # A form asks for neither the moment of sending nor the account: these headings are its own.
            found[one] = heading if one in ("stamp", "mail") else _dressed(heading, dress, place)
        self.draw.drawn["headings"] = " ".join(found.values())
        return found

    def _dresses(self) -> tuple[str, ...]:
        usual = ("", "", "blank behind", "line break")
        hard = () if self.narrow else ("hard blank",)
        return (*usual, *hard, "numbered", "required") if self.kind.decorated else (*usual, *hard)

    def made(self) -> Variant:
        """The whole file."""
        chance, draw = self.chance, self.draw
        self.extra_left = ["No."] if draw.seldom("running number", 0.2, where=not self.kind.first) else []
        self.extra_right = ["事務局用"] if draw.seldom("own column", 0.2, where=self.kind.name != "アンケート") else []
        self.width = len(self.extra_left) + sum(map(self._spread, self.headings)) + len(self.extra_right)
        self.tick = draw.one_of("tick", ("○", "1", "レ", "TRUE")) if self.ticked else ""
        above = draw.one_of("above", _ABOVE)
        for text in above:
            self._line([text])
        if draw.seldom("table above", 0.06, where=self.kind.other_tables and not above and len(self.headings) > 6):
            self._line(["担当", "電話番号", "備考"])
            self._line(["見本係", "03-0000-9999", "平日"])
            self._line([])
            self.said.append("別の表")
        if above and self.book and draw.seldom("title merged", 0.4):
            row = self.top
            self.merges.append(f"{letters(self.left)}{row}:{letters(self.left + self.width - 1)}{row}")
        self._write_headings()
        self.ways: set[str] = set()
        people = 0 if draw.seldom("no rows", 0.01, where=draw.drawn["two rows"] == "False") else chance.randint(2, 6)
        self._write_rows(people)
        if people and draw.seldom("unknown table below", 0.03, where=self.kind.other_tables):
            # Nothing tells these rows from others: they may be read as rows, and must not be taken in.
            self._line([])
            for cells in (("品目", "個数", "返却日"), ("延長コード", "2", "9月末")):
                self.strangers.add(self._line(cells))
        if draw.seldom("other table below", 0.06, where=self.kind.other_tables and people > 0):
            self._line([])
            self._line([])
            self._line(["担当", "電話番号", "備考"])
            self._line(["見本係", "03-0000-9999", ""])
            self.said.append("別の表")
        return self._file()

    @property
    def _next(self) -> int:
        return self.top + len(self.lines)

    def _line(self, cells: Sequence[str | Cell]) -> int:
        place = self._next
        self.lines.append([cell if isinstance(cell, Cell) else Cell(text=cell) for cell in cells])
        return place

    def _write_headings(self) -> None:
        texts = [*self.extra_left, *self.headings.values(), *self.extra_right]
        if self.ticked:
            self._write_choices_below()
            return
        joined = [one for one in self.kind.together if one in self.headings]
        first = len(self.extra_left) + list(self.headings).index(joined[0]) if joined else 0
        if not self.draw.seldom(
            "two rows",
            0.12,
            where=len(joined) > 1 and first > 0 and self.kind.name != "会場の予約" and self.width == len(texts),
        ):
            self._merge_sideways(self._line(self._heads()))
            if self.draw.seldom("headings twice", 0.05):
                self._merge_sideways(self._line(self._heads()))
            return
        last = first + len(joined) - 1
        group = "デジタル活用状況" if self.kind.name == "団体" else "申込者"
        upper = [group if place == first else "" if first < place <= last else text for place, text in enumerate(texts)]
        lower = [text if first <= place <= last else "" for place, text in enumerate(texts)]
        row = self._line(upper)
        self._line(lower)
        if self.book and self.draw.seldom("headings merged", 0.6):
            self.merges.append(f"{self._column(first)}{row}:{self._column(last)}{row}")
            self.merges += [
                f"{self._column(place)}{row}:{self._column(place)}{row + 1}"
                for place in range(self.width)
                if not first <= place <= last
            ]

    def _write_choices_below(self) -> None:
        """Two rows of heads: the question above its columns, its choices below."""
        self.draw.drawn["two rows"] = "choices"
        row = self._line(self._heads())
        first = self._heads().index(Cell(text=self.headings[self.ticked]))
        choices = self.kind.ticked[self.ticked]
        self._line(["" for _ in range(first)] + list(choices) + ["" for _ in range(self.width - first - len(choices))])
        if self.book and self.draw.seldom("headings merged", 0.6):
            self.merges.append(f"{self._column(first)}{row}:{self._column(first + len(choices) - 1)}{row}")

    def _column(self, place: int) -> str:
        return letters(self.left + place)

    def _write_rows(self, people: int) -> None:
        carried: Value | None = None
        first = self._next
        shift = (
            self.chance.randrange(1, people + 1)
            if self.draw.seldom(
                "row moved", 0.04, where=people > 0 and not self.book and not (self.ticked or self.doubled)
            )
            else 0
        )
        damaged = 0
        if self.draw.seldom("damaged", 0.05, where=people > 2 and self.encoding in ("utf-8", "cp932")):
            damaged = self.chance.randrange(1, people + 1)
        for number in range(1, people + 1):
            values = self._values(number)
            if self.merging:
                if carried is not None:
                    values[self.kind.merged] = replace(carried, cell=Cell(text=""))
                carried = carried or replace(values[self.kind.merged], way="merged")
            self.ways |= {value.way for value in values.values()}
            cells = self._cells(values, number)
            if number == damaged:
                values = self._damaged(number, values, cells)
            if number == shift:
                # A cell is missing: all behind it stand one column too far to the left.
                del cells[self.chance.randrange(1, len(cells) - 1)]
                values = {one: replace(value, says=None, doubt="must") for one, value in values.items()}
            self.rows.append(Expected(line=self._line(cells), values=values))
            self._merge_sideways(self.rows[-1].line)
            if not self.merging:
                self._write_between()
        if self.merging and people > 1:
            place = self._column(len(self.extra_left) + list(self.headings).index(self.kind.merged))
            self.merges.append(f"{place}{first}:{place}{first + people - 1}")

    def _damaged(self, number: int, values: dict[str, Value], cells: list[Cell]) -> dict[str, Value]:
        """A row with a sign that no text has, or whose line was saved in another encoding."""
        what = self.draw.one_of("damage", ("nought", "other encoding"))
        place = next(place for place, cell in enumerate(cells) if cell.text and cell.text in self._names(values))
        if what == "other encoding" and _fits_cp932("".join(cell.text for cell in cells)):
            self.other_line = self._next - self.top
            return {one: replace(value, says=None, doubt="must") for one, value in values.items()}
        token = f"見本{number}号".encode(self.encoding)
        cells[place] = Cell(text=token.decode(self.encoding))
        self.swapped.append((token, token[:3] + b"\x00" + token[3:]))
        return {one: replace(value, says=None, doubt="said") for one, value in values.items()}

    def _names(self, values: dict[str, Value]) -> set[str]:
        """The cells of the field that every row has first of all; a damage there concerns the row."""
        first = next(one for one in ("name", "venue", "position") if one in values)
        return {values[first].cell.text}

    def _values(self, number: int) -> dict[str, Value]:
        """What one row says, by field; what the encoding of the file has no signs for is drawn again."""
        while True:
            drawn = self.kind.row(self.chance, self.seed, number, self.settled)
            values = {one: value for one, value in drawn.items() if one in self.headings}
            if self.ticked and not set(values[self.ticked].says or ()) <= set(self.kind.ticked[self.ticked]):  # type: ignore[call-overload]
                continue
            if not self.narrow or _fits_cp932("".join(value.cell.text for value in values.values())):
                return values

    def _write_between(self) -> None:
        """Now and then a line that is no row: it has to be named, unless nobody could see anything in it."""
        fate = self.chance.random()
        if fate < 0.15 and self.kind.apart:
            text = self.chance.choice(self.kind.apart)
            if len(text) > self.width or (text[0] == "-----" and len(text) * 2 <= self.width):
                return
            self.apart.add(self._line(text))
            self.ways.add(f"apart {text[0]}")
        elif fate < 0.2:
            self._line([])
            self.ways.add("blank line")
        elif fate < 0.24 and not self.narrow:
            self._line(["\u200b", "\u200b"])
            self.ways.add("unseen line")
        elif fate < 0.28 and not self.ticked and len(self.lines) > 3:
            # Files that were joined: the heads stand there again, of all but the first with the mark of its encoding.
            heads = self._heads()
            if not self.narrow and self.chance.random() < 0.5:
                heads[0] = Cell(text="\ufeff" + heads[0].text)
            self._merge_sideways(self._line(heads))
            self.ways.add("headings again")

    def _file(self) -> Variant:
        data, name = self._book() if self.book else self._text()
        return Variant(
            data=data,
            file_name=name,
            kind=self.kind,
            drawn=self.draw.drawn,
            ways=frozenset(self.ways),
            rows=tuple(self.rows),
            apart=frozenset(self.apart),
            strangers=frozenset(self.strangers),
            said=tuple(self.said),
        )

    def _text(self) -> tuple[bytes, str]:
        draw = self.draw
        silent = self.encoding == "utf-16-le"
        lines = [
            [*line, *([Cell(text="")] * (self.width - len(line)))] if not self._is_short(line) else line
            for line in self.lines
        ]
        # Behind three hundred empty columns nobody can see that a cell is missing.
        if draw.seldom("empty columns", 0.1, where=draw.drawn["row moved"] == "False"):
            blank = [Cell(text="")] * draw.one_of("how many columns", (1, 300))
            lines = [[*line, *blank] for line in lines]
        empty = draw.one_of("empty rows", (0, 0, 0, 0, 0, 0, 5, 3_000))
        lines += [[Cell(text="")] * self.width] * empty
        delimiter, line_end = (
            draw.one_of("delimiter", (",", ",", "\t", ";")),
            draw.one_of("line end", ("\n", "\r\n", "\r\n", "\r")),
        )
        how = Text(
            delimiter=delimiter,
            encoding=self.encoding.partition(" ")[0],
            mark=b"\xfe\xff" if "mark" in self.encoding else b"",
            line_end=line_end,
            every_quoted=draw.seldom("every cell quoted", 0.3),
            # Excel takes this line as an order and shows the next one in row 1.
            begins_with=f"sep={delimiter}{line_end}" if draw.seldom("sign named", 0.03) else "",
            swapped=self.swapped,
            other_line=self.other_line,
            end_sign=draw.seldom("end sign", 0.1, where=not silent),
            zipped=draw.seldom("zipped", 0.05),
        )
        return text_bytes(lines, how), draw.one_of("name", ("申込.csv", "申込.CSV", "申込.txt", "申込.xlsx"))

    def _is_short(self, line: Sequence[Cell]) -> bool:
        return any(
            row.must_wait and self.lines[row.line - self.top] is line and len(line) < self.width for row in self.rows
        )

    def _book(self) -> tuple[bytes, str]:
        draw, chance = self.draw, self.chance
        hidden_columns = frozenset[int]()
        if self.extra_right and draw.seldom("hidden column", 0.5):
            hidden_columns = frozenset({self.left + self.width - 1})
            self.said.append("隠れている列")
        hidden = (
            frozenset({chance.choice(self.rows).line})
            if draw.seldom("hidden row", 0.15, where=bool(self.rows))
            else frozenset[int]()
        )
        if draw.seldom("table beside", 0.05, where=self.kind.other_tables and not self.merging and bool(self.rows)):
            self._write_beside()
        sheet = Sheet(
            name="一覧",
            rows=self.lines,
            top=self.top,
            left=self.left,
            merges=self.merges,
            hidden_rows=hidden,
            hidden_columns=hidden_columns,
            formatted_below=draw.one_of("formatted below", (0, 0, 0, 0, 0, 0, 4, 2_000)),
        )
        sheets = [sheet]
        others = draw.one_of("other sheets", ("", "", "", "cover", "hidden", "second table"))
        if others == "cover":
            sheets.insert(0, Sheet(name="説明", rows=[[Cell(text="この表の使い方")], [Cell(text="1行に1件です")]]))
        elif others == "hidden":
            sheets.append(replace(sheet, name="控え", hidden=True, formatted_below=0))
            self.said.append("控え")
        elif others == "second table" and self.kind.other_tables and self.rows:
            sheets.append(
                Sheet(
                    name="担当",
                    rows=[
                        [Cell(text=t) for t in ("担当", "電話番号")],
                        [Cell(text="見本係"), Cell(text="03-0000-9999")],
                    ],
                )
            )
            self.said.append("担当")
        data = book_bytes(
            sheets,
            texts=draw.one_of("texts", ("inline", "shared", "furigana", "runs")),
            epoch_1904=draw.seldom("1904", 0.1),
            spelling=draw.one_of("spelling", ("usual", "usual", "prefixed")),
        )
        return data, draw.one_of("name", ("申込.xlsx", "申込.XLSX", "申込.xlsm", "申込.csv"))

    def _write_beside(self) -> None:
        """Another small table to the right, two columns away."""
        first = self.rows[0].line - self.top
        for place, text in ((first - 1, ("担当", "電話番号", "備考")), (first, ("見本係", "03-0000-9999", ""))):
            line = self.lines[place]
            line += [Cell(text="")] * (self.width + 2 - len(line)) + [Cell(text=one) for one in text]
        self.said.append("横に別の表")


def _fits_cp932(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _dressed(heading: str, dress: str, place: int) -> str:
    """The heading with what a form or a person puts around it."""
    if dress == "line break":
        return f"{heading[:2]}\n{heading[2:]}" if len(heading) > 3 else heading
    ends = {"blank behind": " ", "hard blank": "\xa0", "required": "【必須】"}
    return f"{place}. {heading}" if dress == "numbered" else heading + ends.get(dress, "")


def run(count: int, first: int = 0, step: int = 1) -> Tally:
    """Read and judge ``count`` files, every ``step``-th seed from ``first`` on."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        folder = Path(place)
        store = year_store(folder / "year", organisations=[("第1支部", TOWN), *OTHERS])
        survey, _ = fixed_survey(folder / "survey")
        for seed in range(first, first + count * step, step):
            made = variant(seed)
            tally.files += 1
            tally.kinds[made.kind.name] += 1
            tally.digests.add(sha256(made.data).digest())
            tally.combinations.add(tuple(f"{name}={text}" for name, text in sorted(made.drawn.items())))
            tally.ways |= {(made.kind.name, way) for way in made.ways}
            path = folder / made.file_name
            path.write_bytes(made.data)
            with books_read_here(here=bool(seed % _IN_A_CHILD)):
                wrong = _judged(survey if made.kind.name == "アンケート" else store, path, made)
            path.unlink()
            tally.wrong += [f"seed {seed} ({made.kind.name}, {made.file_name}): {one}" for one in wrong]
        store.database.conn.close()
        survey.database.conn.close()
    return tally


def run_in_two(count: int) -> Tally:
    """Read and judge ``count`` files in two processes, every other one in each."""
    halves = ((count - count // 2, 0), (count // 2, 1))
    tally = Tally()
    # No daemons: those that read a workbook as at work start a process of their own.
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn"), register_contributions) as pool:
        for found in pool.map(_half, *zip(*halves, strict=True)):
            tally.add(found)
    return tally


def _half(count: int, first: int) -> Tally:
    return run(count, first, 2)


def _judged(store: Store, path: Path, made: Variant) -> list[str]:
    began = time.monotonic()
    try:
        look = made.kind.look(store, path)
    except UserError as refusal:
        words = f"{refusal.happened} {refusal.todo}"
        if made.refused:
            return [] if made.refused in words else [f"refused without saying {made.refused}: {words}"]
        return [f"refused: {words}"]
    if made.refused:
        return [f"was not refused as {made.refused}"]
    wrong = [] if time.monotonic() - began < SLOWEST else ["took longer than two seconds"]
    wrong += [f"does not say 「{one}」: {look.whole!r}" for one in made.said if one not in look.whole]
    if OWN_NUMBER in look.shown:
        wrong.append("a personal number is shown")
    return wrong + _rows_judged(look, made)


def _rows_judged(look: Look, made: Variant) -> list[str]:
    wrong = [
        f"line {row.line} of another table is taken in" for row in look.rows if row.line in made.strangers and row.taken
    ]
    rows = [row for row in look.rows if row.line not in made.strangers]
    lines, wanted = [row.line for row in rows], [row.line for row in made.rows]
    if lines != wanted:
        return [f"rows {lines} instead of {wanted}, apart {dict(look.apart)}"]
    wrong += [f"line {line} is not named" for line in sorted(made.apart - set(look.apart))]
    wrong += [
        f"line {line} is named as no row: {look.apart[line]}"
        for line in sorted(set(look.apart) - made.apart - made.strangers)
    ]
    shared = _said_of_the_file(look, made)
    for row, expected in zip(rows, made.rows, strict=True):
        wrong += [f"line {row.line}: {one}" for one in _row_judged(row, expected, shared)]
        if expected.must_be_said and not (row.said.strip() or look.whole):
            wrong.append(f"line {row.line}: nothing is said of it")
    return wrong


def _said_of_the_file(look: Look, made: Variant) -> bool:
    """Whether most rows have a doubt of one kind, and the file says it once with the right number of them."""
    doubtful = sum(any(value.doubt == "unless shared" for value in row.values.values()) for row in made.rows)
    said = re.search(r"団体一覧に無い団体名　(\d+)行（よその町会）", look.whole)
    return said is not None and int(said[1]) == doubtful and doubtful * 2 > len(made.rows)


def _row_judged(row: Seen, expected: Expected, shared: bool) -> list[str]:
    wrong = []
    asks = {"must"} if shared else {"must", "unless shared"}
    odd = {value.way for value in expected.values.values() if value.doubt in asks}
    if row.taken and odd:
        wrong.append(f"taken in although {sorted(odd)} has to be looked at")
    if not row.taken and not expected.may_wait:
        wrong.append(f"waits although nothing is odd: {row.said}")
    for name, value in expected.values.items():
        if value.says is None or name not in row.holds or alike(value.says, row.holds[name]):
            continue
        # What has to be looked at may be read in any way, as long as it is not taken in and the reason is said.
        if not row.taken and value.doubt != "never" and row.said.strip():
            continue
        wrong.append(
            f"{name} is {row.holds[name]!r:.60} instead of {value.says!r:.60} ({value.cell.text!r:.40}, {value.way})"
        )
    return wrong
