"""Status of a 契約変更の協議書 beside its 協議, and actions on its notification."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.documents.screens.notification_dialog import CorrectNotificationDialog, NotificationDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification import set_aside, withdraw_notification
from app.documents.services.notification_kinds import MatterLine
from app.widgets.buttons import MenuAction
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.window.app_context import AppContext, bind_action


def notification_status_text(line: MatterLine | None, today: date) -> str:
    """Return the notification status of a 協議書: not told yet, set aside, or when, how and to whom it was told.

    "" for ``line`` None, or while no 協議書 was made.
    """
    if line is None:
        return ""
    act, standing = line.notification, line.status
    if act is None:
        return "作成しましたが、まだ伝えていません。" if standing == "未通知" else ""
    if not act.is_notified:
        return f"見送り（{act.reason}）"
    told = f"{short_date(act.told_on, today)}　{act.way_words}で　{act.told_to}へ"
    changed = "、".join(one.words for one in line.matter_status.changed_facts)
    return f"{told}\nそのあとに変わりました：{changed}" if changed else told


def notification_actions(
    app_context: AppContext, scope: DocumentScope, line: MatterLine | None, parent: QWidget
) -> Iterator[MenuAction]:
    """Yield the actions on the notification of a 協議書 that fit its state; none without one or if read-only.

    They record, correct, revoke and dismiss it.
    """
    if line is None or app_context.read_only:
        return
    act, standing = line.notification, line.status
    if standing in ("未通知", "変更あり", "未作成"):
        yield "協議書を伝えたと記録する", partial(_record_notification, scope, line, parent)
    if standing == "変更あり":
        yield "協議書を伝え直さない", partial(_leave_as_is, scope, line, parent)
    if act is not None and act.is_notified:
        yield "協議書の通知の記録を直す", lambda: CorrectNotificationDialog(parent, act).open()
    if act is not None:
        word = "通知済" if act.is_notified else "見送り"
        yield f"協議書の{word}を取り消す", partial(_take_back_notification, act.id, word, line, parent)


def _record_notification(scope: DocumentScope, line: MatterLine, parent: QWidget) -> None:
    NotificationDialog(parent, scope=scope, key=line.key, subject=line.matter_name).open()


def _leave_as_is(scope: DocumentScope, line: MatterLine, parent: QWidget) -> None:
    """Ask why the change is not told again, then record it."""
    key = line.key
    ReasonDialog(
        parent,
        "協議書を伝え直さない",
        line.matter_name,
        verb="見送りにする",
        text="伝えないことを理由と一緒に残します。内容がまた変わると、ホームに戻ります。",
        usual_reasons=("ほかの連絡で伝えた", "伝える必要がなくなった"),
        change=lambda reason: bind_action(set_aside, scope=scope, key=key, reason=reason),
    ).open()


def _take_back_notification(notification_id: int, word: str, line: MatterLine, parent: QWidget) -> None:
    ReasonDialog(
        parent,
        f"協議書の{word}を取り消す",
        line.matter_name,
        verb=f"{word}を取り消す",
        text="記録は消さずに、「取消」として理由と一緒に残します。",
        usual_reasons=("別の協議と取り違えた", "まだ伝えていなかった"),
        change=lambda reason: bind_action(withdraw_notification, notification_id=notification_id, reason=reason),
    ).open()
