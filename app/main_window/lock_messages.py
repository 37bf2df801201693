"""What the band under the top bar says about who types and who waits: the sentences of the hand-over, free of Qt."""

from __future__ import annotations

from datetime import datetime
from typing import Final

COUNTDOWN_SECONDS: Final = 30
_HOLD_TEXTS: Final = {
    "dialog": "入力の画面が開いているため、閉じてから交代します。",
    "task": "取込みなどの作業が終わってから交代します。",
    "reception": "受付の画面が開いているため、受付を終えてから交代します。",
}
INPUT_STAYS: Final = "書きかけの文字はこの画面に残ります。"
NOBODY_WRITES: Final = "いまは、だれも入力していません。"
FOLDER_UNREACHABLE: Final = (
    "共有フォルダーと連絡がとれません。最後の操作が保存されたか、つながりしだい確かめてお知らせします。"
)
LOCK_UNSUPPORTED: Final = (
    "この共有フォルダーでは席を確かめられないため、閲覧だけで開きました。データは変わっていません。"
    "共有フォルダーの設定を、情報システムの担当者にご相談ください。"
)
KEY_CHANGED: Final = (
    "データの鍵が替わったため、これは替わる前の写しです。デジ活デスクを閉じ、渡されたパスワードで開き直してください。"
)
READ_ONLY_TEXTS: Final = {
    "reader": "閲覧のみの利用者です。入力と出力は、担当の人に頼んでください。",
    "given": "仮のパスワードで見ています。書き込めるときに開き直し、ご自分のものに替えてください。",
}
REQUEST_IMPOSSIBLE: Final = "この場所に書き込めないため、席を頼めません。"


def copy_time_text(copied: datetime | None) -> str:
    """Of when the copy is that one reads ("" = of now)."""
    return f"{_time(copied)}の内容を見ています。" if copied is not None else ""


def reader_text(name: str, pc: str, since: datetime | None, copied: datetime | None, *, mine: bool = False) -> str:
    """Who types and since when, and of when the copy is that one reads; ``name`` "" = nobody types, ``mine`` = one
    started the program here twice."""
    seen = copy_time_text(copied)
    if not name:
        return f"{NOBODY_WRITES}{seen}"
    place = "（このPCで先に開いた画面）" if mine else f"（PC「{pc}」）" if pc else ""
    begun = f"{_time(since)}から" if since is not None else ""
    return f"{name}さん{place}が{begun}入力中です。{seen}"


def request_text(name: str, position: int) -> str:
    """One has asked and waits at this place of the line."""
    return f"{name or '相手'}さんに伝えました。3分間操作がなければ、自動で交代します。（待ち：{max(position, 1)}番目）"


def waiting_text(name: str, position: int, hold_reason: str) -> str:
    """What one who waits reads: also what keeps the seat over there."""
    return f"{request_text(name, position)}{_HOLD_TEXTS.get(hold_reason, '')}"


def highlight_text(name: str, at: datetime | None) -> str:
    """What the tint of a row says, once a newer copy was read by one who waits."""
    return f"色の行＝待つ間に{name}さんが保存したところ（{_time(at)}）" if name and at is not None else ""


def colleague_waits_text(name: str) -> str:
    """A colleague waits for our seat."""
    return f"{name}さんが入力を待っています。"


def transfer_countdown_text(name: str, seconds: int, hold_reason: str) -> str:
    """What comes next for who types: the change in so many seconds, or what keeps it."""
    if hold_reason:
        return _HOLD_TEXTS[hold_reason]
    return f"{seconds}秒後に{name}さんと交代します。{INPUT_STAYS}" if seconds <= COUNTDOWN_SECONDS else INPUT_STAYS


def lock_transferred_text(name: str) -> str:
    """The seat was given."""
    who = f"{name}さんと交代しました。" if name else "席を譲りました。"
    return f"{who}保存したものは引き継がれています。書きかけは残してあり、席に戻ると保存できます。"


def lock_acquired_text(name: str, last_change_at: datetime | None) -> str:
    """The seat was got; whose changes are in."""
    if not name or last_change_at is None:
        return "入力できます。"
    return f"入力できます。{name}さんの{_time(last_change_at)}までの変更が入っています。"


def holder_silent_text(name: str, minutes: int) -> str:
    """The other PC gives no sign."""
    return (
        f"{name}さんのPCから{minutes}分間応答がありません。本人に確かめてから引き継いでください。"
        "「保存しました」と出た変更は失われません。"
    )


def transfer_stalled_text(name: str) -> str:
    """The other PC stopped in the act of giving the seat: all of it was saved, somebody has to say that they follow."""
    return (
        f"{name}さんのPCが、席を譲る途中で応答しなくなりました。「引き継ぐ」で続けられます（20秒ほど）。"
        "「保存しました」と出た変更は失われません。"
    )


def taken_over_text(name: str, action: str) -> str:
    """Somebody took over while this PC slept; ``action`` is what was not saved ("" = nothing was under way)."""
    who = f"{name}さん" if name else "同僚"
    lost = f"最後の操作「{action}」は保存されていません。" if action else ""
    return f"このPCが休んでいる間に、{who}が引き継ぎました。{lost}文字は残してあります。"


def readers_text(names: list[str]) -> str:
    """Who looks on while one types and nobody waits."""
    return f"{'、'.join(f'{name}さん' for name in names[:3])}{'ほか' if len(names) > 3 else ''}が見ています。"


def _time(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment is not None else ""
