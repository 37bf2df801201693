"""Check lists (確認票): declared items, four words of judgement, evidence, and an overall judgement that is counted,
never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal

from app.ledgers.rules.ledger_columns import LedgerColumn
from db.frozen_record import frozen_record

Judgement = Literal["適合", "不適合", "要確認", "対象外"]
FITS, FAILS, ASKS, OUTSIDE = "適合", "不適合", "要確認", "対象外"
JUDGEMENTS: Final = (FITS, FAILS, ASKS, OUTSIDE)
SIGNS: Final = {FITS: "適", FAILS: "否", ASKS: "要", OUTSIDE: "外"}
MAY, HELD, MAY_NOT = "選定可", "保留（要確認あり）", "選定不可"
OVERALL: Final = (MAY, HELD, MAY_NOT)


@frozen_record
class CheckItem:
    """One item: its number, what it asks, its clause.

    ``not_applicable_when`` is a field of the head and the value with which the item does not apply (型 = SaaS型),
    ``not_applicable_reason`` says so.
    """

    number: int
    text: str
    clause: str
    not_applicable_when: tuple[str, str] | None = None
    not_applicable_reason: str = ""

    @property
    def key(self) -> str:
        """Its key among the answers."""
        return str(self.number)


@frozen_record
class CheckPart:
    """Items under one heading with their common basis."""

    title: str
    basis: str
    items: tuple[CheckItem, ...]


@frozen_record
class CheckList:
    """A declared check list; the ledger of its sheets and its paper follow from it (``app.subjects.contributions``).

    Attributes:
        key: its name in the file. title, subtitle: on paper. sign: before its numbers (S-01).
        own_words: how it says the four judgements and the three overall ones where that is otherwise (「許容」 for
            適合); the file keeps the usual words. signs: the same for the four signs.
        fourth_requires: what the fourth judgement needs to count: a ground (対象外), or a measure (低減して許容).
        unfit_text: what an overall judgement that is not 選定可 means for the use.
        clause: what it rests on. header_columns: what a sheet is about; header_lines: its fields line by line on
            paper. parts: the items. note: under them.
    """

    key: str
    title: str
    subtitle: str
    sign: str
    clause: str
    header_columns: tuple[LedgerColumn, ...]
    header_lines: tuple[tuple[str, ...], ...]
    parts: tuple[CheckPart, ...]
    note: str = ""
    own_words: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    fourth_requires: Literal["evidence", "measure"] = "evidence"
    unfit_text: str = ""

    def word_for(self, word: str) -> str:
        """Return how this list says a judgement, of an item or of all."""
        return self.own_words.get(word, word)

    def sign_of(self, word: str) -> str:
        """Return its sign on paper."""
        return self.signs.get(word, SIGNS[word])

    @property
    def items(self) -> tuple[CheckItem, ...]:
        """All items in order."""
        return tuple(item for part in self.parts for item in part.items)

    def reference(self, number: int) -> str:
        """「S-01」."""
        return f"{self.sign}-{number:02d}"


@frozen_record
class CheckedItem:
    """One item as it stands: the judgement that counts, and what was written. ``chosen_judgement`` is the word that
    somebody
    chose, ``remark`` why that is not the one that counts.
    """

    item: CheckItem
    judgement: Judgement
    chosen_judgement: str = ""
    evidence: str = ""
    risk: str = ""
    measure: str = ""
    due: str = ""
    responsible: str = ""
    remark: str = ""


@frozen_record
class CheckOutcome:
    """What all items make together: how many of each word, and the overall judgement."""

    counts: Mapping[str, int] = field(default_factory=dict)
    overall: str = HELD


def evaluate_items(
    check: CheckList, head: Mapping[str, str], written: Mapping[str, Mapping[str, str]]
) -> tuple[CheckedItem, ...]:
    """Return every item with the judgement that counts.

    Nothing chosen is 要確認; 適合 without evidence is 要確認; an item that does not apply is 対象外, whatever was
    chosen.
    """
    return tuple(_evaluate_item(check, item, head, written.get(item.key, {})) for item in check.items)


def _evaluate_item(
    check: CheckList, item: CheckItem, head: Mapping[str, str], written: Mapping[str, str]
) -> CheckedItem:
    typed = written.get("word", "")
    evidence = written.get("evidence", "")
    applies = item.not_applicable_when is None or head.get(item.not_applicable_when[0]) != item.not_applicable_when[1]
    word: Judgement = "要確認"
    if not applies:
        word, evidence = "対象外", evidence or item.not_applicable_reason
    elif typed == FITS and evidence.strip():
        word = "適合"
    elif typed == FAILS:
        word = "不適合"
    elif typed == OUTSIDE and written.get(check.fourth_requires, "").strip():
        word = "対象外"
    return CheckedItem(
        item=item,
        judgement=word,
        chosen_judgement=typed,
        evidence=evidence,
        risk=written.get("risk", ""),
        measure=written.get("measure", ""),
        due=written.get("due", ""),
        responsible=written.get("who", ""),
        remark=_remark(check, typed, word),
    )


def _remark(check: CheckList, typed: str, word: str) -> str:
    """Why the judgement that counts is not the one chosen, or ""."""
    if word != ASKS:
        return ""
    if typed == FITS:
        return f"「{check.word_for(FITS)}」には根拠資料が要ります"
    if typed == OUTSIDE and check.fourth_requires == "measure":
        return f"「{check.word_for(OUTSIDE)}」には対策が要ります"
    return ""


def count_outcome(answers: tuple[CheckedItem, ...]) -> CheckOutcome:
    """Count the judgements; 選定可 only without any 不適合 and 要確認 (特19-2, 特19-3: all items must be met)."""
    counts = {word: sum(one.judgement == word for one in answers) for word in JUDGEMENTS}
    overall = MAY_NOT if counts[FAILS] else HELD if counts[ASKS] else MAY
    return CheckOutcome(counts=counts, overall=overall)


def missing_measures(answers: tuple[CheckedItem, ...]) -> tuple[str, ...]:
    """Return what an open item still needs before the sheet is complete: a measure and a day for each 不適合 and
    要確認."""
    return tuple(
        f"項{one.item.number}の対策と期限"
        for one in answers
        if one.judgement in (FAILS, ASKS) and not (one.measure.strip() and one.due.strip())
    )
