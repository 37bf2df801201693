"""Compare a row as it was when a form was opened with the row now and the edited one.

While one waits for the write lock a colleague may change the same row. Fields not edited keep the colleague's
value, fields that only the editor changed are saved, and for a field that both changed the editor is asked:
nothing is overwritten unasked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import field, replace
from typing import Any, Literal

from db import mapping
from db.engine import Database
from db.record import frozen

Resolution = Literal["theirs", "mine"]
FieldKey = tuple[str, int, str]
"""Table, row and field, with the part after a slash where only a part of the field was changed."""


@frozen
class FieldConflict:
    """One field that both changed, with the original, the colleague's and the edited value, who and when (ISO).

    ``part`` names the part of a field with several parts: a chapter of a report, a question of a survey by its
    code ("" = the whole field).
    """

    table: str
    row_id: int
    field: str
    original: Any
    theirs: Any
    mine: Any
    by: str
    at: str
    part: str = ""

    @property
    def field_key(self) -> FieldKey:
        """Return table, row and field with its part."""
        return self.table, self.row_id, f"{self.field}/{self.part}" if self.part else self.field


class EditConflict(Exception):
    """Raised when both changed fields and nobody has chosen yet; ``conflicts`` lists them, nothing was saved."""

    happened = "書きかけの間に、同じ項目がほかの人に変えられています。"
    lost = "書きかけの文字はこの画面に残っています。保存はしていません。"
    todo = "もう一度保存すると、どちらを残すか選べます。"

    def __init__(self, conflicts: tuple[FieldConflict, ...]):
        super().__init__(f"{self.happened}{self.lost}{self.todo}")
        self.conflicts = conflicts


class ChangedSince(Exception):
    """Raised when a row to be deleted was changed by a colleague since; nothing was deleted."""

    lost = "何も削除していません。"
    todo = "この画面を閉じて、いまの内容を確かめてから、もう一度削除してください。"

    def __init__(self, by: str, at: str):
        self.happened = f"書きかけの間に、{by}さんがこの行を変えました（{at[11:16]}）。"
        super().__init__(f"{self.happened}{self.lost}{self.todo}")


class ErasedSince(ChangedSince):
    """Raised when an old form would write back what was erased since; nothing was saved."""

    lost = "保存はしていません。"
    todo = "この画面を閉じて開き直し、いまの内容から書いてください。"

    def __init__(self, at: str):
        self.happened = f"書きかけの間に、この行の記録が消去されました（{at[11:16]}）。"
        Exception.__init__(self, f"{self.happened}{self.lost}{self.todo}")


def _is_any_field(_table: str, _field: str) -> bool:
    return True


@frozen
class StaleCheck:
    """What somebody saw when a form was opened.

    Attributes:
        seq: the head of the journal then.
        own_lock_numbers: the write locks of this session, whose changes are not foreign.
        is_known_field: whether a field of a table is one that people know (others are never asked).
        resolutions: the choices for fields that both changed.
    """

    seq: int
    own_lock_numbers: frozenset[int] = frozenset()
    is_known_field: Callable[[str, str], bool] = _is_any_field
    resolutions: Mapping[FieldKey, Resolution] = field(default_factory=dict)

    def with_resolutions(self, resolutions: Mapping[FieldKey, Resolution]) -> StaleCheck:
        """Return the same check with further choices."""
        return replace(self, resolutions={**self.resolutions, **resolutions})


@frozen
class _FieldChange:
    """One change of a row since the form was opened, with its images; ``foreign`` = by a colleague."""

    foreign: bool
    by: str
    at: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Comparison:
    """Compares what is about to be written with changes since; made for one transaction."""

    def __init__(self, database: Database, stale_check: StaleCheck):
        self._loaded = stale_check
        self._since: dict[tuple[str, int], list[_FieldChange]] = {}
        self._erased = {}
        query = "SELECT seat, by, at, payload FROM journal WHERE seq > ? ORDER BY seq"
        for row in mapping.read(database, query, [stale_check.seq]):
            for change in json.loads(row["payload"] or "[]"):
                if change["table"] == "erasings" and change["after"] is not None:
                    for life in json.loads(change["after"]["lives"]):
                        self._erased[str(life["table"]), int(life["row_id"])] = str(row["at"]), dict(life["cells"])
                touch = _FieldChange(
                    row["seat"] not in stale_check.own_lock_numbers,
                    row["by"],
                    row["at"],
                    change["before"],
                    change["after"],
                )
                self._since.setdefault((change["table"], change["row_id"]), []).append(touch)

    def compare(
        self, table: str, row_id: int, current: Mapping[str, Any], edited: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the values of ``edited`` to write, and the edited values not chosen (kept in the history).

        Raises:
            EditConflict: a field was changed by both and nobody chose.
            ErasedSince: one of them was erased since, so that no image tells whether it was edited or only shown.
        """
        self._check_erased(table, row_id, current, edited)
        touches = self._since.get((table, row_id), [])
        if not touches:
            return dict(edited), {}
        then = touches[0].before
        if then is None:  # the row did not exist: an empty form field was not edited
            empty = {name: value for name, value in edited.items() if value in _EMPTY}
            then = empty if touches[0].foreign else touches[0].after or {}
        written = {}
        unchosen = {}
        both = []
        for name, value in edited.items():
            changed = current.get(name) != then.get(name)
            if changed and value == then.get(name):
                continue  # not edited: the colleague's value stays
            theirs = _last_foreign(touches, name) if changed and value != current.get(name) else None
            if theirs is None:
                written[name] = value
                continue
            merged = _MergedField(then.get(name), current.get(name), value)
            dropped = set()
            for part in merged.contested if self._loaded.is_known_field(table, name) else ():
                one = FieldConflict(table, row_id, name, *merged.sides(part), theirs.by, theirs.at, part)
                choice = self._loaded.resolutions.get(one.field_key)
                if choice == "theirs":
                    dropped.add(part)
                elif choice is None:
                    both.append(one)
            written[name] = merged.without(dropped)
            if dropped:
                unchosen[name] = merged.without(set())
        if both:
            raise EditConflict(tuple(both))
        return written, unchosen

    def _check_erased(self, table: str, row_id: int, current: Mapping[str, Any], edited: Mapping[str, Any]) -> None:
        """Raise if a value is typed again that was erased meanwhile."""
        at, erased = self._erased.get((table, row_id), ("", {}))
        for name, stand_in in erased.items():
            if current.get(name) == stand_in and edited.get(name, stand_in) not in (stand_in, *_EMPTY):
                raise ErasedSince(at)

    def check_delete(self, table: str, row_id: int) -> None:
        """Raise when a row to delete was changed or added by a colleague since.

        Raises:
            ChangedSince.
        """
        for touch in reversed(self._since.get((table, row_id), [])):
            if touch.foreign:
                raise ChangedSince(touch.by, touch.at)

    def is_added_since(self, table: str, row_id: int) -> bool:
        """Return whether a colleague added the row after the form was opened."""
        touches = self._since.get((table, row_id), [])
        return bool(touches) and touches[0].foreign and touches[0].before is None


def _last_foreign(touches: list[_FieldChange], name: str) -> _FieldChange | None:
    """Return the last change of a field by a colleague, or None."""
    for touch in reversed(touches):
        if touch.foreign and (touch.before or {}).get(name) != (touch.after or {}).get(name):
            return touch
    return None


_EMPTY = (None, "", "[]", "{}")
_LACKS = object()


class _MergedField:
    """One field as it was, is now and was edited, split into parts where it has several.

    A report keeps its chapters in one field and a survey its questions: editing one of them does not touch the
    others. ``contested`` are the parts that both changed ("" = the whole field, which has no parts).
    """

    def __init__(self, original: Any, current: Any, edited: Any):
        found = [_parts(value) for value in (original, current, edited)]
        alike = len({str(value)[:1] for value in (original, current, edited)}) == 1
        if alike and found[0] is not None and found[1] is not None and found[2] is not None:
            self._then, self._now, self._typed = found[0], found[1], found[2]
            self._whole = False
        else:
            self._then, self._now, self._typed = {"": original}, {"": current}, {"": edited}
            self._whole = True
        self._in_list = str(edited)[:1] == "["
        self.contested = tuple(name for name in self._names() if self._is_contested(name))

    def sides(self, part: str) -> tuple[Any, Any, Any]:
        """Return a part as it was, as the colleague saved it and as edited; of a record only what differs."""
        three = [side.get(part, _LACKS) for side in (self._then, self._now, self._typed)]
        if self._whole:
            return three[0], three[1], three[2]
        if isinstance(three[1], dict) and isinstance(three[2], dict):
            differing = {name for name in {*three[1], *three[2]} if three[1].get(name) != three[2].get(name)}
            three = [
                {k: v for k, v in one.items() if k in differing} if isinstance(one, dict) else one for one in three
            ]
        plain = [None if one is _LACKS else one if isinstance(one, str) else mapping.as_json(one) for one in three]
        return plain[0], plain[1], plain[2]

    def without(self, dropped: Collection[str]) -> Any:
        """Return the value to write, with contested parts as edited except the ``dropped`` ones."""
        kept = {}
        for name in self._names():
            then, now, typed = (side.get(name, _LACKS) for side in (self._then, self._now, self._typed))
            value = now if typed == then or name in dropped else typed
            if value is not _LACKS:
                kept[name] = value
        if self._whole:
            return kept[""]
        return mapping.as_json(list(kept.values()) if self._in_list else kept)

    def _names(self) -> tuple[str, ...]:
        """Return every part, in the edited order if it was changed, else in the current order."""
        common = [name for name in self._then if name in self._typed]
        moved = [name for name in self._typed if name in self._then] != common
        first, second = (self._typed, self._now) if moved else (self._now, self._typed)
        return tuple(dict.fromkeys((*first, *second)))

    def _is_contested(self, name: str) -> bool:
        """Return whether both changed a part, each otherwise."""
        then, now, typed = (side.get(name, _LACKS) for side in (self._then, self._now, self._typed))
        return bool(typed not in (then, now) and now != then)


def _parts(value: Any) -> dict[str, Any] | None:
    """Return the parts of a field stored as JSON (a mapping by key, a list of records by code), or None."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return None
    try:
        plain = json.loads(value)
    except ValueError:
        return None
    if isinstance(plain, dict):
        return plain
    codes = [str(one.get("code") or "") if isinstance(one, dict) else "" for one in plain]
    return dict(zip(codes, plain, strict=True)) if all(codes) and len({*codes}) == len(codes) else None
