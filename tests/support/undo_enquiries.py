"""Undo of 応対メモ: one that is written, and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions.action_context import ActionContext
from app.year.enquiries import services
from db.records.year.enquiries import ContactMemo
from tests.support.sample import NOW
from tests.support.world import World

Act = Callable[[World, ActionContext], object]


def memo(**more: Any) -> ContactMemo:
    """A 応対メモ as its form gives it."""
    return ContactMemo(programme_id=1, received_at=NOW, about="駐輪場はあるか", **{"answerer": "", "by": "", **more})


SCENARIOS: dict[Callable[..., Any], Act] = {
    services.save_memo: lambda _w, context: services.save_memo(
        context, memo=memo(caller="見本　太郎", phone="03-0000-1111")
    ),
}
