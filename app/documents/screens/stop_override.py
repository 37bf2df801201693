"""The dialog that asks for a reason to make a document although the state of its event stops it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.documents.services.document_states import StoppedByState, override_stop
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.window.app_context import bind_action
from app.window.year_words import in_year_words

GO_ON = "理由を書いて作成する"


def ask_override_reason(stop: StoppedByState, on_kept: Callable[[], object], parent: QWidget) -> ReasonDialog:
    """Open and return the dialog that asks why a stopped document is made; ``on_kept`` runs once it is saved."""

    dialog = ReasonDialog(
        parent,
        GO_ON,
        in_year_words(stop.kind),
        verb="理由を記録する",
        text=f"{stop.happened}それでも作成するときは、理由を書いてください。"
        f"理由は履歴と出力の記録に残り、印の入る書類には理由も入ります。",
        usual_reasons=("区の控えとして残す", "判断の前に決めた内容を確かめる"),
        change=lambda reason: bind_action(override_stop, scope=stop.scope, kind=stop.kind, reason=reason),
        on_saved=lambda _kept: on_kept(),
    )
    dialog.open()
    return dialog
