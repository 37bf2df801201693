"""Issues a new recovery key during a session: confirmed before, shown once, to be stored before going on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from app.data_folder.screens.recovery import RecoveryKeyView
from app.data_folder.services.accounts import MANAGER_MARK, draw_recovery_sheet, issue_recovery_key
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.dialog_frame import DialogFrame, confirm_first
from app.window.app_context import AppContext, bind_action


class RecoveryKeyDialog(DialogFrame):
    """Dialog that shows a new recovery key until it was stored away. Signals: those of ``DialogFrame``."""

    def __init__(self, key: str, *, draw: Callable[[], bytes], app_context: AppContext, parent: QWidget):
        super().__init__("新しい回復キー", main="控えたので閉じる", cancel="", width=760, parent=parent)
        self.cancel.hide()
        self.cancel.setEnabled(False)
        self.view = RecoveryKeyView(key, draw=draw, tasks=app_context.tasks)
        self.put(self.view)
        self.view.confirmed.connect(self.main.setEnabled)
        self.main.setEnabled(False)
        self.confirmed.connect(self.accept)


def confirm_new_key(app_context: AppContext, parent: QWidget, *, clock: Callable[[], datetime]) -> DialogFrame:
    """Open and return the dialog that asks before the earlier key becomes invalid; agreed, the new one is shown."""
    return confirm_first(
        parent,
        title="新しい回復キーを発行する",
        text="これまでの回復キーは使えなくなります。発行したら、新しいキーを印刷するか書き写してください。",
        verb="新しい回復キーを発行する",
        on_confirmed=partial(_issue_key, app_context, parent, clock),
        danger=False,
    )


def confirm_new_key_with_reason(
    app_context: AppContext, parent: QWidget, *, clock: Callable[[], datetime], names: Sequence[str]
) -> DialogFrame:
    """Open and return the dialog that asks a person without the manager mark for a reason, then issues a new key.

    ``names`` are the managers.
    """
    named = "、".join(f"{name}さん" for name in names)
    dialog = ReasonDialog(
        parent,
        "新しい回復キーを発行する",
        "",
        verb="理由を残して発行する",
        text=f"回復キーを発行し直せるのは、「{MANAGER_MARK}」の印のある{named}です。頼めないときは、理由を書いて発行できます。"
        f"理由は、お名前と一緒に「利用者と権限の変更」に残ります。\nこれまでの回復キーは使えなくなります。",
        usual_reasons=("印のある人が全員異動した",),
        change=lambda reason: bind_action(issue_recovery_key, reason=reason),
        on_saved=partial(_show_key, app_context, parent, clock),
        working="回復キーを発行しています",
    )
    dialog.open()
    return dialog


def offer_recovery_key(app_context: AppContext, parent: QWidget, *, clock: Callable[[], datetime]) -> DialogFrame:
    """Open and return the dialog that offers a key where none was ever issued; agreed, it is issued and shown."""
    return confirm_first(
        parent,
        title="回復キーを発行する",
        text=(
            "このデータには、まだ回復キーがありません。\n"
            "全員がパスワードを忘れると、データを開けなくなります。いま発行して、印刷するか書き写してください。"
        ),
        verb="回復キーを発行する",
        on_confirmed=partial(_issue_key, app_context, parent, clock),
        danger=False,
        note="あとで「設定」の「利用者とこの版」からも発行できます。",
    )


def _issue_key(app_context: AppContext, parent: QWidget, clock: Callable[[], datetime]) -> None:
    show = partial(_show_key, app_context, parent, clock)
    app_context.write(bind_action(issue_recovery_key), show, owner=parent, title="回復キーを発行しています")


def _show_key(app_context: AppContext, parent: QWidget, clock: Callable[[], datetime], key: str) -> None:
    """Open the dialog that shows the issued recovery key, to print or copy it."""
    draw = partial(
        draw_recovery_sheet,
        key=key,
        folder=app_context.store.folder,
        issued_by=app_context.user_name,
        issued_at=clock(),
    )
    RecoveryKeyDialog(key, draw=draw, app_context=app_context, parent=parent).open()
