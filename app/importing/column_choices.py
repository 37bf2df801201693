"""Finds the columns of a list that no field took, says which of them a person must decide, and remembers what was said.

A choice is remembered by the service and the heading, with the kind of what stood below it: a heading whose cells are
of another kind is asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from itertools import accumulate

from app.actions.user_error import UserError
from app.common.text_rules import mask_personal_numbers
from app.foreign_files.cells.answer_headings import About
from app.foreign_files.cells.spoken_answers import (
    answered_by,
    asked_by,
    asks_about_something_else,
)
from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.tables.heading_roles import column_names, fold_heading, heading_role
from app.importing.column_maps import column_map
from db.record import record
from db.records.applications import ImportTarget
from db.store import Store

COUNTED = "counted"
"""Marks a column of which only the number of each value is kept."""
UNUSED_WORDS = "使わない"
COUNTED_WORDS = "数だけ残す"
_KEY = "見出し　"
_SHOWN_VALUES = 3
_LONGEST = 40
_LEAST_NAMED = 3
"""How often a value has to come to be named: one that is rarer may point to a person."""
OTHER = "その他"


@record
class OpenColumn:
    """A column with content that no field took, or whose field knows too little of it.

    Attributes:
        name: its heading in one line; of equal ones with its number (見出し#2), without one its letters.
        filled: number of its cells that say something; ``values`` are the commonest with their counts.
        is_decided: somebody decided about it, now or before.
        must_choose: somebody has to say what it is, and nobody did.
        choice: the field chosen, or that its answers speak for; "" = it is not used.
    """

    index: int
    name: str
    filled: int
    values: tuple[tuple[str, int], ...]
    is_decided: bool
    must_choose: bool
    choice: str = ""

    @property
    def values_words(self) -> str:
        """Return the commonest values with their counts: 「はい」3　「いいえ」2."""
        return "　".join(f"「{text}」{count}" for text, count in self.values)


def open_columns(
    file: ForeignFile,
    fields: Mapping[int, str],
    decided: Iterable[int],
    fields_of: Mapping[About, str],
    known: Mapping[str, Callable[[str, str], bool]],
) -> tuple[OpenColumn, ...]:
    """Return the columns of a file that no field took, in its order, with those whose field knows too little of them.

    Args:
        fields: column number to field.
        decided: columns about which somebody decided, now or before.
        fields_of: the field that holds the answers to a question, for proposals.
        known: by field, whether a cell says something that the field knows, from heading and text.
    """
    settled = frozenset(decided)
    found = []
    for index, name in enumerate(column_names(file.headings)):
        field, heading = fields.get(index, ""), file.headings[index]
        is_used, is_decided = field not in ("", COUNTED), index in settled
        if is_used and (is_decided or field not in known):
            continue
        if heading_role(heading) in ("time", "number") and not is_decided:
            continue
        counts = value_counts(file, index)
        filled = sum(counts.values())
        if is_used:
            told = accumulate(count * known[field](heading, text) for text, count in counts.items())
            # Two thirds are enough: the rest of a long list is not asked.
            if not filled or any(so_far * 3 >= filled * 2 for so_far in told):
                continue
        if filled:
            abouts = () if is_decided else _abouts(heading, counts, known.get("state"))
            is_sure = len(abouts) == 1 and not asks_about_something_else(heading)
            proposed = fields_of.get(abouts[0], "") if is_sure else ""
            found.append(
                OpenColumn(
                    index=index,
                    name=name,
                    filled=filled,
                    values=tuple(
                        (" ".join(mask_personal_numbers(text).split())[:_LONGEST], count)
                        for text, count in counts.most_common(_SHOWN_VALUES)
                    ),
                    is_decided=is_decided,
                    must_choose=not is_decided and (bool(abouts) or is_used),
                    choice=field or proposed,
                )
            )
    return tuple(found)


def has_new_columns(columns: Iterable[OpenColumn]) -> bool:
    """Return whether nobody has decided yet about one of the columns."""
    return any(not one.is_decided for one in columns)


def value_counts_words(file: ForeignFile, index: int, rows: Collection[int]) -> str:
    """Return how often each value of a column came among ``rows``, those that came once or twice as その他."""
    counts = value_counts(replace(file, rows=tuple(row for row in file.rows if row.row in rows)), index)
    told = {mask_personal_numbers(text): count for text, count in counts.most_common() if count >= _LEAST_NAMED}
    rest = sum(counts.values()) - sum(told.values())
    return "・".join(f"{text} {count}" for text, count in (told | ({OTHER: rest} if rest else {})).items())


def value_counts(file: ForeignFile, index: int) -> Counter[str]:
    """Return how often each value of a column comes, without empty cells."""
    found: Counter[str] = Counter()
    for text, count in file.texts_in(index).items():
        found[text.strip()] += count
    del found[""]
    return found


def _abouts(
    heading: str, counts: Counter[str], knows_state: Callable[[str, str], bool] | None = None
) -> tuple[About, ...]:
    """Return about what a column asks: by its heading, else by at least a third of its cells, or two.

    ``knows_state`` says whether a cell holds a state of what is listed (予約済), which answers nothing else.
    """
    if asked := asked_by(heading):
        return asked
    said: Counter[About] = Counter()
    for text, count in counts.items():
        is_state = knows_state is not None and knows_state(heading, text)
        said.update(dict.fromkeys(("state",) if is_state else answered_by(text), count))
    least = min(2, sum(counts.values()) / 3)
    return tuple(about for about, count in said.most_common() if count >= least)


# what was decided before


def recall_choices(store: Store, file: ForeignFile, target: ImportTarget) -> dict[int, str]:
    """Return the columns of ``file`` that were decided before, number to field, "" = not used."""
    kept = column_map(store.database, target, _key(file))
    if kept is None:
        return {}
    found = {}
    for index, name in enumerate(column_names(file.headings)):
        field, _, kind = kept.columns.get(fold_heading(name), "?").partition("\t")
        if field != "?" and (field not in ("", COUNTED) or kind == _kind(file, index)):
            found[index] = field
    return found


def choices_to_keep(
    store: Store, file: ForeignFile, target: ImportTarget, columns: Mapping[int, str]
) -> tuple[str, dict[str, str]]:
    """Return the key of what is remembered for the service of ``file``, and its values with ``columns`` added.

    An empty column was nobody's choice.
    """
    key = _key(file)
    kept = column_map(store.database, target, key)
    names = column_names(file.headings)
    told = {
        fold_heading(names[index]): f"{field}\t{_kind(file, index)}"
        for index, field in sorted(columns.items())
        if field or value_counts(file, index)
    }
    return key, {**(kept.columns if kept is not None else {}), **told}


def _key(file: ForeignFile) -> str:
    return _KEY + (file.service or file.source)


def _kind(file: ForeignFile, index: int) -> str:
    """Return the kind of what stands in a column: what its cells answer, "" = a text."""
    return " ".join(_abouts("", value_counts(file, index)))


# the words of a command


def refuse_open_columns(columns: Iterable[OpenColumn], choices: Mapping[str, str]) -> None:
    """Raise ``UserError`` that names the columns which have to be chosen, if there are any; ``choices`` as above."""
    asked = [one for one in columns if one.must_choose]
    words = {key: word for word, key in reversed(list(choices.items()))}
    if asked:
        told = "\n".join(
            f"　{one.name}　{one.filled}件　{one.values_words}\n"
            f"　　--column '{one.name}={words[one.choice] if one.choice else '欄'}'"
            for one in asked
        )
        raise UserError(
            f"答えの入った列が、どの欄か決まっていません（{len(asked)}列）。何も取り込んでいません。",
            f"列ごとに行き先を書いて、もう一度実行してください。\n{told}\n　行き先　{'、'.join(choices)}",
        )
