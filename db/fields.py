"""Metadata of record fields, the fields that many records have, and the comparison of shown and edited values.

A field is described once, at the record: ``name: str = data_field("氏名", …, default="")``. List columns, headings of
foreign files, editors and words of the 履歴 derive from ``specs``. Fields that many records have with one meaning
(``Key``, ``Note`` …) are types, which stand at the end, each with its word for people and what an erasing does with it.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import date, datetime
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, ParamSpec, TypeVar

from db.record import FieldSpec, record

Record = TypeVar("Record")
Params = ParamSpec("Params")


@record
class SpecifiedField:
    """One described field with its name, spec, type (without None) and default."""

    name: str
    spec: FieldSpec
    kind: Any
    default: Any


def specs(kind: type[Any]) -> Mapping[str, SpecifiedField]:
    """Return the described fields of a record class by name, in order."""
    return _specs(typing.cast(Any, kind))


@cache
def _specs(kind: type[Any]) -> Mapping[str, SpecifiedField]:
    """Return the described fields of a record class by name, in order; cached."""
    hints = typing.get_type_hints(kind, include_extras=True)
    found = {}
    for one in fields(kind):
        hint = hints[one.name]
        spec = FieldSpec(**one.metadata) if one.metadata else _spec_of(hint)
        if spec is not None:
            found[one.name] = SpecifiedField(name=one.name, spec=spec, kind=_plain_type(hint), default=one.default)
    return MappingProxyType(found)


def length_problem(text: str, max_length: int) -> str:
    """Return why a text is too long for its field, as the end of a sentence (「120字ある（100字まで）」), or ""."""
    return f"{len(text)}字ある（{max_length}字まで）" if 0 < max_length < len(text) else ""


def length_problems(one: Any) -> tuple[str, ...]:
    """Return a sentence for each text of a record that is longer than its field allows (「電話が80字ある（…）」)."""
    return tuple(
        f"{told.spec.label}が{problem}"
        for told in specs(type(one)).values()
        if told.spec.max_length and (problem := length_problem(getattr(one, told.name), told.spec.max_length))
    )


def field_label(kind: type[Any], name: str) -> str:
    """Return the word of a record's field for people.

    Raises:
        KeyError: the record has no such field, or its field has no word.
    """
    told = specs(kind)[name]
    if not told.spec.label:
        raise KeyError(f"{kind.__name__}.{name} has no word")
    return told.spec.label


def _spec_of(hint: Any) -> FieldSpec | None:
    """Return the spec of a type, or of one of its alternatives (``Key | None``)."""
    said = [part for one in (hint, *typing.get_args(hint)) for part in getattr(one, "__metadata__", ())]
    return next((part for part in said if isinstance(part, FieldSpec)), None)


def _plain_type(hint: Any) -> Any:
    """Return the type of a field without its spec, and without None where one other type is left."""
    if getattr(hint, "__metadata__", ()):
        return _plain_type(typing.get_args(hint)[0])
    if typing.get_origin(hint) not in (typing.Union, UnionType):
        return hint
    rest = [one for one in typing.get_args(hint) if one is not NoneType]
    return _plain_type(rest[0]) if len(rest) == 1 else hint


def editable_fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a record that a clerk may edit."""
    return tuple(name for name, told in specs(kind).items() if told.spec.is_editable)


def personal_fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a record that are erased with the person they are about."""
    return tuple(name for name, told in specs(kind).items() if told.spec.erasing == "goes")


def with_values(record: Record, values: Mapping[str, Any]) -> Record:
    """Return ``record`` with the values of a form; other fields keep their values.

    Raises:
        TypeError: the form holds something that the record does not have.
    """
    return typing.cast(Record, replace(typing.cast(Any, record), **values))


def field_values(_kind: Callable[Params, Any], /, *args: Params.args, **values: Params.kwargs) -> dict[str, Any]:
    """Return ``values`` for ``Change.update``, their names and types checked by mypy.

    Only for records in which every field has a default; for others use ``changed_fields`` of a
    ``dataclasses.replace``.
    """
    assert not args
    return dict(values)


def changed_fields(original: Any, edited: Any, kind: type[Any] | None = None) -> dict[str, Any]:
    """Return the fields in which ``edited`` differs from ``original``, with the edited values.

    An update with these fields alone leaves changes by others in place.

    Args:
        original: the record as somebody saw it.
        edited: one of the same class, made of it by ``dataclasses.replace``.
        kind: the record whose fields are compared, where the two are drafts that hold more than it.
    """
    names = (one.name for one in fields(kind or original))
    return {name: getattr(edited, name) for name in names if getattr(edited, name) != getattr(original, name)}


def corrections(current: Any | None, edited: Any) -> dict[str, Any]:
    """Return the fields, never the id, in which ``edited`` corrects the row ``current``.

    Args:
        current: the record as it stands, None where there is none yet.
        edited: one of the same class. With the id of ``current`` it was made from it, and every difference
            counts; without, only fields that are not at their default count, since empty fields may not have
            been shown.
    """
    if current is not None and edited.id == current.id:
        return changed_fields(current, edited)
    given = {one.name: getattr(edited, one.name) for one in fields(edited) if one.name != "id"}
    if current is None:
        return given
    usual = {one.name: one.default for one in fields(edited) if one.default is not MISSING}
    usual |= {one.name: one.default_factory() for one in fields(edited) if one.default_factory is not MISSING}
    return {name: value for name, value in given.items() if name not in usual or value != usual[name]}


def with_edits(current: Any, shown: Any | None, edited: Any) -> Any:
    """Return ``current`` with the fields in which ``edited`` differs from what was ``shown``; ``edited`` where None.

    So what others changed beside a page that saves one field at a time stays.
    """
    return edited if shown is None else replace(current, **changed_fields(shown, edited))


# What several records have: its label, and what an erasing does with it, are said once.
Key = Annotated[int, FieldSpec(is_hidden=True)]
"""The number of a row, its own or another's."""
HiddenKey = Annotated[str, FieldSpec(is_hidden=True, erasing="sum")]
"""A keyed hash, by which a row is found again."""
Checksum = Annotated[str, FieldSpec("ファイルの照合値", erasing="sum")]
FileName = Annotated[str, FieldSpec("ファイル名", erasing="file")]
Note = Annotated[str, FieldSpec("備考", erasing="free")]
Position = Annotated[int, FieldSpec("順番")]
Reason = Annotated[str, FieldSpec("理由", erasing="free")]
RecordedAt = Annotated[datetime, FieldSpec("日時")]
RecordedBy = Annotated[str, FieldSpec("行った人", erasing="staff")]
Origin = Annotated[str, FieldSpec("出どころ", erasing="word")]
Name = Annotated[str, FieldSpec("名称", names_row=True, erasing="word")]
DocumentKindName = Annotated[str, FieldSpec("書類の種類", names_row=True, erasing="word")]
CheckedOn = Annotated[date | None, FieldSpec("確認日")]
HiddenWord = Annotated[str, FieldSpec(is_hidden=True)]
CheckedBy = Annotated[str, FieldSpec("確認者", erasing="staff")]
PageCount = Annotated[int | None, FieldSpec("ページ数")]
BodyText = Annotated[str, FieldSpec("本文", erasing="free")]
ReceivedHow = Annotated[str, FieldSpec("受領の方法", erasing="staff")]
ValidFrom = Annotated[date | None, FieldSpec("適用する日")]
DoneOn = Annotated[date | None, FieldSpec("済んだ日")]
LedgerKey = Annotated[str, FieldSpec("管理簿", erasing="word")]
KindWord = Annotated[str, FieldSpec("種別", erasing="word")]
PersonalNote = Annotated[str, FieldSpec("備考", erasing="goes")]
Memo = Annotated[str, FieldSpec("メモ", erasing="free")]
Version = Annotated[int, FieldSpec("版")]
Number = Annotated[int, FieldSpec("番号")]
Item = Annotated[str, FieldSpec("項目", names_row=True, erasing="word")]
Title = Annotated[str, FieldSpec("題名", names_row=True, erasing="free")]
PersonalKey = Annotated[str, FieldSpec(is_hidden=True, erasing="goes")]
ReceivedOn = Annotated[date | None, FieldSpec("受領日")]
AgreedOn = Annotated[date | None, FieldSpec("協議が整った日")]
DueOn = Annotated[date | None, FieldSpec("期限")]
DisposeOn = Annotated[date | None, FieldSpec("廃棄予定日")]
FiscalYear = Annotated[int, FieldSpec("年度")]
Day = Annotated[date, FieldSpec("日付")]
ConfirmedBy = Annotated[str, FieldSpec("確かめた人", erasing="staff")]
Way = Annotated[str, FieldSpec("方法", erasing="word")]
ReceiptNumber = Annotated[str, FieldSpec("収受番号", erasing="word")]
OriginalPlace = Annotated[str, FieldSpec("原本の場所", erasing="word")]
Content = Annotated[str, FieldSpec("内容", erasing="free")]
PcName = Annotated[str, FieldSpec("パソコン", erasing="word")]
NamingVersion = Annotated[int, FieldSpec("版", names_row=True)]
