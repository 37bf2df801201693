"""Asks why a paper is to be made although its event stands otherwise, keeps that and goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from app.papers.services.paper_states import StoppedByState, pass_stop
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.window.desk import Desk, acting

GO_ON: Final = "理由を書いて作成する"


def ask_why(desk: Desk, stop: StoppedByState, then: Callable[[], object], parent: QWidget) -> ReasonDialog:
    """Open the dialog; ``then`` is called once the reason is kept."""

    dialog = ReasonDialog(
        desk,
        GO_ON,
        stop.kind,
        verb="理由を記録する",
        text=f"{stop.happened}それでも作成するときは、理由を書いてください。"
        f"理由は履歴と出力の記録に残り、印の入る書類には理由も入ります。",
        usual=("区の控えとして残す", "判断の前に決めた内容を確かめる"),
        change=lambda reason: acting(desk, pass_stop, scope=stop.scope, kind=stop.kind, reason=reason),
        then=lambda _kept: then(),
        parent=parent,
    )
    dialog.open()
    return dialog
