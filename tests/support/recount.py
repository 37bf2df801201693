"""An independent recount: the exported data sheet read with plain Python, beside what PDF and workbook print."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
from hypothesis import strategies as st
from pypdf import PdfReader

from app.documents.services import documents
from db.records.events import EventResult
from db.records.surveys import Answer, EventSurvey, Question, SurveyResponse
from db.store import Store
from db.tables import events, surveys
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of
from tests.support.years import BY

KIND = "アンケート集計表"
QUESTIONS = (
    Question(code="joy", title="満足度", type="SA", options=("大満足", "満足", "普通", "不満"),
        positive=("大満足", "満足"),
             role="satisfaction", scale=True),
    Question(code="way", title="きっかけ", type="SA", options=("回覧", "区報", "その他"), has_other=True),
    Question(code="use", title="使うもの", type="MA", options=("甲", "乙", "丙", "丁", "その他", "特になし"),
        max_select=2,
             has_other=True, exclusive_option="特になし", positive=("甲", "丙")),
    Question(code="how", title="使い方", type="MA", options=("連絡", "写真", "会計"), asked_of="use",
             asked_of_options=("甲", "その他")),
    Question(code="old", title="続けた年数", type="NUM", unit="年"),
    Question(code="say", title="ご意見", type="FA"),
)  # fmt: skip
POSITIVE = {1: ("満足計", {"1", "2"}), 3: ("肯定計", {"1", "3"})}
EXCLUSIVE = {3: "6"}
OTHER = {2: "3", 3: "5"}
_TEXTS = ("", "よかった。", "また来たい。", "=1+1", "電話は 03-0000-1234 まで", "a@example.jp")


def _single(options: Sequence[str]) -> st.SearchStrategy[Answer]:
    return st.one_of(
        st.just(Answer()),
        *[st.just(Answer(chosen=(option,))) for option in options],
        st.just(Answer(chosen=tuple(options[:2]))),
        st.just(Answer(out_of_list=("読みとれない",))),
        st.just(Answer(other="その他の書きこみ")),
    )


def _several(options: Sequence[str]) -> st.SearchStrategy[Answer]:
    return st.builds(
        lambda chosen, other, strange: Answer(chosen=tuple(chosen), other=other, out_of_list=strange),
        st.lists(st.sampled_from(options), unique=True, max_size=4),
        st.sampled_from(["", "", "", "その他の書きこみ"]),
        st.sampled_from([(), (), (), ("昔の選択肢",)]),
    )


_NUMBERS = st.sampled_from(["", "0", "3", "１２", "12年", "2.5", "99", "数年"]).map(lambda text: Answer(text=text))
ONE_SHEET = st.fixed_dictionaries(
    {},
    optional={
        "joy": _single(QUESTIONS[0].options),
        "way": _single(QUESTIONS[1].options),
        "use": _several(QUESTIONS[2].options),
        "how": _several(QUESTIONS[3].options),
        "old": _NUMBERS,
        "say": st.sampled_from(_TEXTS).map(lambda text: Answer(text=text)),
    },
)
ANSWER_SETS = st.lists(
    st.tuples(ONE_SHEET, st.sampled_from(["紙", "オンライン"]), st.booleans()), min_size=1, max_size=40
)
"""Sheets with their way of answering, and whether a person took them out (one in some)."""


@dataclass
class Counted:
    """One question: n, people by printed row, by row and way, and the sum that matters."""

    base: int = 0
    people: dict[str, int] = field(default_factory=dict)
    ways: dict[str, tuple[int, int]] = field(default_factory=dict)
    total: int | None = None
    order: list[str] = field(default_factory=list)


class RecountDesk:
    """A survey whose answers are put in anew for every example, and the two files made of it."""

    def __init__(self, folder: Path) -> None:
        self.store: Store
        self.store, self.event_id = fixed_survey(folder, attended=None)
        with self.store.change(action="設問を入れ替え", by=BY, now=AFTER) as change:
            change.update(EventSurvey, survey_of(self.store, self.event_id).id, questions=QUESTIONS)

    def export(
        self, sheets: Sequence[tuple[dict[str, Answer], str, bool]], attended: int | None
    ) -> tuple[bytes, bytes]:
        """Put ``sheets`` in the place of those before; return the paper as PDF and as workbook."""
        store, survey = self.store, survey_of(self.store, self.event_id)
        with store.change(action="回答を入れ替え", by=BY, now=AFTER) as change:
            for sheet in surveys.responses(store.database, survey.id):
                change.delete(SurveyResponse, sheet.id)
            for number, (answers, source, out) in enumerate(sheets, start=1):
                given = {"number": number} if source == "紙" else {"row_key": f"k{number}"}
                sheet = SurveyResponse(survey_id=survey.id, source=source, answers=answers, counted=not out, **given)  # type: ignore[arg-type]
                change.insert(sheet)
            present = events.result(store.database, self.event_id)
            result_id = present.id if present else 0
            change.save(EventResult(id=result_id, event_id=self.event_id, attended=attended))
        return tuple(  # type: ignore[return-value]
            documents.render_document(store, event_id=self.event_id, kind=KIND, format=form, now=AFTER).data
            for form in ("pdf", "xlsx")
        )


def per_cent(people: int, base: int) -> str:
    """One decimal, halves up; of nobody nothing."""
    if not base:
        return "0.0"
    return str((Decimal(people) * 100 / Decimal(base)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def recount(book: bytes) -> dict[int, Counted]:
    """Count the sheet 回答データ again, knowing only its headings and what the codes mean under it."""
    workbook = openpyxl.load_workbook(io.BytesIO(book), data_only=True)
    rows = list(workbook["回答データ"].iter_rows(values_only=True))
    kinds, names = _codes(rows)
    head = next(place for place, row in enumerate(rows) if row[0] == "No")
    columns = [str(cell or "") for cell in rows[head]]
    data = [row for row in rows[head + 1 :] if isinstance(row[0], int)]
    found = {}
    for number, kind in kinds.items():
        text_place = next(p for p, name in enumerate(columns) if name.startswith(f"問{number}　"))
        if kind == "自由記述":
            written = sum(1 for row in data if row[text_place])
            found[number] = Counted(base=len(data), people={"記入": written})
            continue
        code_places = [place for place, name in enumerate(columns) if re.match(rf"問{number}(_|$)", name)]
        ticked = {place: columns[place].partition("　")[0].partition("_")[2] for place in code_places}
        found[number] = _question(number, kind, names.get(number, {}), data, ticked, text_place)
    return found


def _codes(rows) -> tuple[dict[int, str], dict[int, dict[str, str]]]:
    kinds: dict[int, str] = {}
    names: dict[int, dict[str, str]] = {}
    for row in rows:
        place = re.match(r"問(\d+)　.*?（(単一回答|複数回答|数値回答|自由記述)）", str(row[0] or ""))
        if place:
            number = int(place[1])
            kinds[number] = place[2]
            names[number] = dict(one.split("＝", 1) for one in re.split(r"　(?=\d+＝)", row[0])[1:])
    return kinds, names


def _question(number, kind, names, data, ticked, text_place) -> Counted:
    one = Counted()
    ways: Counter[tuple[str, str]] = Counter()
    total = 0
    for row in data:
        code, text, way = row[min(ticked)], row[text_place], row[2]
        if text == "非該当":
            continue
        one.base += 1
        if kind == "数値回答":
            labels = ["無回答" if text == "無回答" else "選択肢にない回答" if code is None else f"{_number(code)}年"]
        else:
            codes = [each for place, each in ticked.items() if row[place] == 1]
            if kind == "単一回答":
                codes = [] if code is None else str(code).split(",")
            elif str(text).rpartition(" ｜ ")[2].startswith("選択肢にない回答"):
                codes.append("99")
            labels = [{"99": "選択肢にない回答"}.get(each) or names[each] for each in codes] or ["無回答"]
            total += bool(set(codes) & POSITIVE.get(number, ("", set()))[1])
        for label in labels:
            one.people[label] = one.people.get(label, 0) + 1
            ways[label, way] += 1
    for label in names.values() if kind != "数値回答" else ():
        one.people.setdefault(label, 0)
    one.people.setdefault("無回答", 0)
    one.ways = {label: (ways[label, "紙"], ways[label, "オンライン"]) for label in one.people}
    one.total = total if number in POSITIVE else None
    one.order = _order(number, kind, names, one.people)
    return one


def _number(code: object) -> str:
    return f"{Decimal(str(code)).normalize():f}" if Decimal(str(code)) else "0"


def _order(number: int, kind: str, names: dict[str, str], people: dict[str, int]) -> list[str]:
    """The order in which the rows must be printed."""
    last = [label for label in ("選択肢にない回答", "無回答") if label in people]
    if kind == "数値回答":
        return sorted((label for label in people if label not in last), key=lambda one: Decimal(one[:-1])) + last
    special = [code for code in (OTHER.get(number), EXCLUSIVE.get(number)) if code]
    plain = [code for code in names if code not in special]
    if kind == "複数回答":
        plain.sort(key=lambda code: (-people[names[code]], int(code)))
    return [names[code] for code in (*plain, *special)] + last


def in_pdf(data: bytes) -> dict[int, Counted]:
    """What the PDF prints of every question with a table; people with ``per_cent`` checked on the way."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    found = {}
    for block in re.findall(r"^問\d+ [^\n]*ｎ＝\d+.*?^注 ", text, re.MULTILINE | re.DOTALL):
        head = re.match(r"問(\d+) .*ｎ＝(\d+)(?: (\S+計)　(\d+)人　([\d.]+)％)?", block)
        assert head is not None
        one = Counted(base=int(head[2]), total=int(head[4]) if head[4] else None)
        if head[4]:
            assert head[5] == per_cent(int(head[4]), one.base)
        if re.search(r"^人数 [\d ]+$", block, re.MULTILINE):
            _band(block, one)
        else:
            _bars(block, one)
        found[int(head[1])] = one
    return found


def _row(block: str, name: str) -> list[str]:
    line = re.search(rf"^{name} ([\d. ]+)$", block, re.MULTILINE)
    return line[1].split() if line else []


def _band(block: str, one: Counted) -> None:
    """The rows 人数, ％, 紙 and オンライン under a band; the names stand in the recount's order."""
    people, shares = _row(block, "人数"), _row(block, "％（?参?考?）?")
    paper, online = _row(block, "紙"), _row(block, "オンライン")
    one.order = people[:-1]
    assert [per_cent(int(count), one.base) for count in people[:-1]] == shares[:-1]
    if one.base:
        assert (int(people[-1]), shares[-1]) == (one.base, "100.0")
    one.ways = {str(place): (int(a), int(b)) for place, (a, b) in enumerate(zip(paper[:-1], online[:-1], strict=True))}


def _bars(block: str, one: Counted) -> None:
    for line in block.splitlines():
        row = re.fullmatch(r"(?:\d+ )?(\D\S*|-?[\d.]+年) (\d+) ([\d.]+)(?: (\d+) (\d+))?", line)
        if row:
            label, people = _plain(row[1]), int(row[2])
            assert row[3] == per_cent(people, one.base), line
            one.people[label] = people
            one.order.append(label)
            if row[4] is not None:
                one.ways[label] = (int(row[4]), int(row[5]))


def _plain(label: str) -> str:
    """The row of answers outside the list, whatever they are."""
    return re.sub("^読みとれない(・選択肢にない回答)?$", "選択肢にない回答", label)


def in_book(data: bytes) -> dict[int, Counted]:
    """What the sheet 集計 of the workbook holds under 問1, 問2 …, as stored beside their formulas."""
    workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    blocks: dict[int, list[tuple[object, ...]]] = {}
    for row in workbook["集計"].iter_rows(values_only=True):
        place = re.match(r"問(\d+)　", str(row[0] or ""))
        if place:
            blocks[int(place[1])] = []
        elif blocks:
            blocks[max(blocks)].append(row)
    return {number: _block(rows) for number, rows in blocks.items()}


def _block(rows: Sequence[tuple[object, ...]]) -> Counted:
    one = Counted()
    started = False
    for row in rows:
        cells = list(row)
        if "人数" in cells:
            started, people_at = True, cells.index("人数")
            share_at = next(p for p, cell in enumerate(cells) if str(cell or "").startswith("％"))
            ways_at = (cells.index("紙"), cells.index("オンライン")) if "紙" in cells else ()
            continue
        if not started or not isinstance(cells[people_at], int):
            continue
        label = next(str(cell) for cell in cells[1:people_at] if cell is not None)
        people, share = cells[people_at], cells[share_at]
        if label == "計":
            one.base = one.base or people
        elif label.endswith("（ｎ）"):
            one.base = people
        elif label in ("満足計", "肯定計"):
            one.total = people
        else:
            label = _plain(label)
            one.people[label] = people
            one.order.append(label)
            if ways_at:
                one.ways[label] = (cells[ways_at[0]], cells[ways_at[1]])
        if isinstance(share, float | int) and one.base:
            assert f"{share:.1f}" == per_cent(people, one.base)
    return one


def compare(pdf: bytes, book: bytes) -> None:
    """Fail where a printed figure is not what the recount gives."""
    counted, printed, kept = recount(book), in_pdf(pdf), in_book(book)
    charted = {number for number, one in counted.items() if "記入" not in one.people}
    assert set(printed) == set(kept) == charted
    for number in charted:
        one, on_paper, in_cells = counted[number], printed[number], kept[number]
        assert (on_paper.base, in_cells.base) == (one.base, one.base), number
        if on_paper.people:
            assert (on_paper.people, on_paper.order) == (one.people, one.order), number
        else:
            assert on_paper.order == [str(one.people[label]) for label in one.order], number
        assert (in_cells.people, in_cells.order) == (one.people, one.order), number
        if one.total is not None:
            assert (on_paper.total, in_cells.total) == (one.total, one.total), number
        if in_cells.ways:
            assert in_cells.ways == one.ways, number
            by_label = {
                one.order[int(place)] if place.isdigit() else place: pair for place, pair in on_paper.ways.items()
            }
            assert by_label == one.ways, number
    written = {number: one.people["記入"] for number, one in counted.items() if "記入" in one.people}
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for number, count in written.items():
        assert f"問{number}　" in text or f"問{number} " in text
        assert f"記入{count}件" in text


def check_rate(pdf: bytes, returned: int, attended: int | None) -> None:
    """Fail where 回収率 is not 回収数 ／ 出席者数, or is printed although nobody knows who attended."""
    first = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    line = next(line for line in first.splitlines() if re.search(r"\d件 \d+件", line))
    assert f" {returned}件" in line
    if attended is None or returned > attended:
        assert "％" not in line
        assert "回収率は出していない" in first.replace("\n", "")
    else:
        assert line.endswith(f" {returned}件 {per_cent(returned, attended)}％")
