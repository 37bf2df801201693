"""The decorator of most records of the program, what their fields say of themselves, their sets of words and groups."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import KW_ONLY, MISSING, Field, dataclass, field
from enum import EnumType, StrEnum, nonmember
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict, TypeVar, Unpack, cast, dataclass_transform

from db.fast_dataclass import direct_init, share_methods

Record = TypeVar("Record")
Key = TypeVar("Key")
Value = TypeVar("Value")

_NAME = re.compile(r"\b(?!Annotated\b)\w+")


class _Question:
    def __init__(self, words: tuple[str, ...]):
        self._words: Final = frozenset(words)

    def __get__(self, word: str | None, kind: type) -> bool:
        return word in self._words


def one_of(*words: str) -> nonmember[bool]:
    """Return a property for the body of a StrEnum: whether a word is one of ``words``.

    A place that asks has no words of its own: it stays right when a set gets a word, and mypy knows every question.
    """
    return nonmember(cast(bool, _Question(words)))


def word_fields(kind: type) -> dict[str, type[StrEnum]]:
    """Return the set of each field of a class that holds a word of one, by the name of the field."""
    return {
        name: found
        for one in reversed(kind.__mro__)
        for name, hint in vars(one).get("__annotations__", {}).items()
        if isinstance(found := vars(sys.modules[one.__module__]).get(_NAME.findall(str(hint))[0]), EnumType)
        and issubclass(found, StrEnum)
    }


def words_of(kind: Any) -> tuple[StrEnum, ...]:
    """Return the words of a type that is a closed set, () of any other."""
    return tuple(kind) if isinstance(kind, EnumType) else ()


Erasing = Literal["", "goes", "follows", "free", "staff", "file", "sum", "day", "word"]
"""What an erasing does with a text.

``goes``: it is about a person, and is erased with that person's data. ``follows``: it is rewritten or removed by a
trigger, or with the erasing itself. All others stay: ``free`` is what the ward wrote of its work (whoever typed a name
there takes it out by hand), ``staff`` who did it at work, ``file`` the name of a kept file, ``sum`` a key or a
checksum, ``day`` a day or a time, ``word`` a word of a list, a name of a 団体, an event, a venue, a number.
"""


@dataclass(frozen=True, kw_only=True)
class ListColumn:
    """How a field is shown as a column of its list; widths in pixels at 標準, 0 = as its content.

    ``min_list_width`` hides it while the list is narrower than that.
    """

    max_width: int = 0
    min_list_width: int = 0


@dataclass(frozen=True)
class FieldSpec:
    """The description of a field for people, forms, lists and imports.

    Attributes:
        label: its word for people; "" only if it is hidden.
        unit: shown behind its number.
        import_label: its word on import screens, if it differs.
        heading: a pattern of the headings of this field in foreign lists; "" = no list has it.
        key: the word under which column choices are stored, where it is not the field's name.
        match_order: patterns are tried from the lowest on, for a heading may match several; 0 = before all others.
        allows_multiple: more than one column may hold it, each a line.
        separator: joins parts from several columns.
        custom_parsing: the subject's import parses its cells; else they are taken as written.
        is_editable: a clerk types and corrects it.
        is_secret: its content stays out of lists.
        is_hidden: it means nothing to a reader (a link, a hash, a place in an order); 履歴 leaves it out, and no
            colleague is asked about it.
        names_row: it tells one row of its table from another; of several the first that is filled in.
        erasing: what an erasing does with it; every text says it, but for days and lists of words.
        width: of its editor in pixels at 標準, 0 = all there is.
        max_length: how many characters somebody may type or import, 0 = any number. Forms and imports ask
            ``length_problem``.
        hint: shown in its empty editor.
        list_column: how its list shows it; None = not shown.
    """

    label: str = ""
    heading: str = ""
    _: KW_ONLY
    unit: str = ""
    import_label: str = ""
    key: str = ""
    match_order: int = 0
    allows_multiple: bool = False
    separator: str = ""
    custom_parsing: bool = False
    is_editable: bool = False
    is_secret: bool = False
    is_hidden: bool = False
    names_row: bool = False
    erasing: Erasing = ""
    width: int = 0
    max_length: int = 0
    hint: str = ""
    list_column: ListColumn | None = None


class SpecWords(TypedDict, total=False):
    """What ``data_field`` takes by name: what ``FieldSpec`` has."""

    unit: str
    import_label: str
    key: str
    match_order: int
    allows_multiple: bool
    separator: str
    custom_parsing: bool
    is_editable: bool
    is_secret: bool
    is_hidden: bool
    names_row: bool
    erasing: Erasing
    width: int
    max_length: int
    hint: str
    list_column: ListColumn | None


def data_field(
    label: str = "",
    heading: str = "",
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    **told: Unpack[SpecWords],
) -> Any:
    """Return a field of a record with its ``FieldSpec``; without a default it has to be given."""
    return field(
        default=default, default_factory=default_factory, metadata={"label": label, "heading": heading, **told}
    )


def text_field(label: str, erasing: Erasing, /, **told: Unpack[SpecWords]) -> Any:
    """Return the field of a text that may be empty, with what an erasing does with it."""
    told["erasing"] = erasing
    return data_field(label, default="", **told)


def optional_field(label: str = "", **told: Unpack[SpecWords]) -> Any:
    """Return a field that may be missing, and is None then."""
    return data_field(label, default=None, **told)


@dataclass_transform(frozen_default=True, field_specifiers=(field, Field))
def frozen(kind: type[Record]) -> type[Record]:
    """Make ``kind`` an immutable dataclass whose fields may be given by place."""
    return _with_own_methods(dataclass(init=False, repr=False, eq=False)(kind))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field, Field, data_field))
def record(kind: type[Record]) -> type[Record]:
    """Make ``kind`` an immutable dataclass with keyword-only fields.

    A field of a closed set of words holds the word itself also where a plain text was given: Qt gives back every
    text as a plain one, and a plain one answers no question.
    """
    return _with_own_methods(dataclass(kw_only=True, init=False, repr=False, eq=False)(kind))


def _with_own_methods(kind: type[Any]) -> type[Any]:
    """Give ``kind`` the methods of a frozen dataclass, its ``__init__`` made for the first one that is made.

    Most classes have none in one sitting.
    """

    def __init__(self: Any, *by_place: Any, **by_name: Any) -> None:  # noqa: N807
        kind.__init__ = direct_init(kind, word_fields(kind))
        kind.__init__(self, *by_place, **by_name)

    kind.__init__ = __init__
    share_methods(kind)
    return kind


class RowsById(dict[int, Record]):
    """Rows by their ids; None is the id of no row."""

    def __init__(self, rows: Iterable[Record]):
        super().__init__({cast(Any, one).id: one for one in rows})

    if TYPE_CHECKING:

        def get(self, row_id: int | None, /) -> Record | None:  # type: ignore[override]
            """Return the row, None without one."""


def group_by_key(pairs: Iterable[tuple[Key, Value]]) -> defaultdict[Key, list[Value]]:
    """Return the values of each key, the keys and the values of each in the order of the pairs."""
    groups: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
