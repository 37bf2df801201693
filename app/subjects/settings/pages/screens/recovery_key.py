"""A new recovery key while somebody works: asked before, shown once, to be put away before going on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.data_folder.screens.recovery import RecoveryKeyView
from app.data_folder.services.accounts import draw_recovery_sheet, issue_recovery_key
from app.widgets.dialogs.dialog_frame import DialogFrame, ask_before
from app.window.desk import Desk, acting


class RecoveryKeyDialog(DialogFrame):
    """Shows a key that was just issued; it closes only when the key was put away. Signals: those of DialogFrame."""

    def __init__(self, key: str, *, draw: Callable[[], bytes], desk: Desk, parent: QWidget) -> None:
        super().__init__("新しい回復キー", main="控えたので閉じる", cancel="", width=760, parent=parent)
        self.cancel.hide()
        self.cancel.setEnabled(False)
        self.view = RecoveryKeyView(key, draw=draw, tasks=desk.tasks)
        self.put(self.view)
        self.view.confirmed.connect(self.main.setEnabled)
        self.main.setEnabled(False)
        self.confirmed.connect(self.accept)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


def ask_new_key(desk: Desk, parent: QWidget, *, clock: Callable[[], datetime]) -> DialogFrame:
    """Ask before an earlier key is made worthless; then issue and show the new one."""
    return ask_before(
        parent,
        title="新しい回復キーを発行する",
        text="これまでの回復キーは使えなくなります。発行したら、新しいキーを印刷するか書き写してください。",
        verb="新しい回復キーを発行する",
        then=partial(_issue, desk, parent, clock),
        danger=False,
    )


def offer_recovery_key(desk: Desk, parent: QWidget, *, clock: Callable[[], datetime]) -> DialogFrame:
    """Offer a key where none was ever issued."""
    return ask_before(
        parent,
        title="回復キーを発行する",
        text=(
            "このデータには、まだ回復キーがありません。\n"
            "全員がパスワードを忘れると、データを開けなくなります。いま発行して、印刷するか書き写してください。"
        ),
        verb="回復キーを発行する",
        then=partial(_issue, desk, parent, clock),
        danger=False,
        note="あとで「設定」の「利用者」からも発行できます。",
    )


def _issue(desk: Desk, parent: QWidget, clock: Callable[[], datetime]) -> None:
    def show(key: str) -> None:
        draw = partial(
            draw_recovery_sheet, key=key, folder=desk.store.folder, issued_by=desk.user_name, issued_at=clock()
        )
        RecoveryKeyDialog(key, draw=draw, desk=desk, parent=parent).open()

    desk.write(acting(desk, issue_recovery_key), show, owner=parent, title="回復キーを発行しています")
