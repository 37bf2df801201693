"""What is said of a 契約変更の協議書 beside its 協議, and what can be noted about it: told, put right, taken back, left
at that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.papers.screens.told_dialog import CorrectToldDialog, ToldDialog
from app.papers.services.notification import set_aside, withdraw_act
from app.papers.services.paper_scope import PaperScope
from app.papers.services.tells import MatterLine
from app.widgets.buttons import MoreAct
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.window.desk import Desk, acting


def told_words(line: MatterLine | None, today: date) -> str:
    """Say how a 協議書 stands, "" while there is none, or none was made."""
    if line is None:
        return ""
    act, standing = line.stand.act, line.stand.standing
    if act is None:
        return "作成しましたが、まだ伝えていません。" if standing == "未通知" else ""
    if not act.told:
        return f"見送り（{act.reason}）"
    told = f"{short_date(act.told_on, today)}　{act.told_how}で　{act.told_to}へ"
    changed = "、".join(one.words for one in line.stand.changed)
    return f"{told}\nそのあとに変わりました：{changed}" if changed else told


def told_acts(desk: Desk, scope: PaperScope, line: MatterLine | None, parent: QWidget) -> Iterator[MoreAct]:
    """Give what can be noted about a 協議書 as it stands."""
    if line is None or desk.read_only:
        return
    act, standing = line.stand.act, line.stand.standing
    if standing in ("未通知", "変更あり", "未作成"):
        yield "協議書を伝えたと記録する", partial(_tell, desk, scope, line, parent)
    if standing == "変更あり":
        yield "協議書を伝え直さない", partial(_leave, desk, scope, line, parent)
    if act is not None and act.told:
        yield "協議書を伝えた記録を直す", lambda: CorrectToldDialog(desk, act, parent).open()
    if act is not None:
        word = "通知済" if act.told else "見送り"
        yield f"協議書の{word}を取り消す", partial(_take_back, desk, act.id, word, line, parent)


def _tell(desk: Desk, scope: PaperScope, line: MatterLine, parent: QWidget) -> None:
    ToldDialog(desk, scope=scope, key=line.stand.matter.key, subject=line.named, parent=parent).open()


def _leave(desk: Desk, scope: PaperScope, line: MatterLine, parent: QWidget) -> None:
    key = line.stand.matter.key
    ReasonDialog(
        desk,
        "協議書を伝え直さない",
        line.named,
        verb="見送りにする",
        text="伝えないことを理由と一緒に残します。内容がまた変わると、ホームに戻ります。",
        usual=("ほかの連絡で伝えた", "伝える必要がなくなった"),
        change=lambda reason: acting(desk, set_aside, scope=scope, key=key, reason=reason),
        parent=parent,
    ).open()


def _take_back(desk: Desk, act_id: int, word: str, line: MatterLine, parent: QWidget) -> None:
    ReasonDialog(
        desk,
        f"協議書の{word}を取り消す",
        line.named,
        verb=f"{word}を取り消す",
        text="記録は消さずに、「取消」として理由と一緒に残します。",
        usual=("別の協議と取り違えた", "まだ伝えていなかった"),
        change=lambda reason: acting(desk, withdraw_act, act_id=act_id, reason=reason),
        parent=parent,
    ).open()
