"""Texts of the banner below the top bar about who writes, who waits, and the transfer of the write lock (no Qt)."""

from __future__ import annotations

from datetime import datetime

from app.common.join_nonempty import fill_nonempty
from db.files.storage_errors import duration_words

COUNTDOWN_SECONDS = 30
_HOLD_TEXTS = {
    "dialog": "入力の画面が開いているため、閉じてから交代します。",
    "task": "取込みなどの作業が終わってから交代します。",
    "reception": "受付の画面が開いているため、受付を終えてから交代します。",
}
INPUT_STAYS = "書きかけの文字はこの画面に残ります。"
NOBODY_WRITES = "いまは、だれも入力していません。"
FOLDER_UNREACHABLE = (
    "共有フォルダーと連絡がとれません。最後の操作が保存されたか、つながりしだい確かめてお知らせします。"
)
LOCK_UNSUPPORTED = (
    "この共有フォルダーでは席を確かめられないため、閲覧だけで開きました。データは変わっていません。"
    "共有フォルダーの設定を、情報システムの担当者にご相談ください。"
)
KEY_CHANGED = (
    "データの鍵が替わったため、これは替わる前の写しです。デジ活デスクを閉じ、渡されたパスワードで開き直してください。"
)
READ_ONLY_TEXTS = {
    "reader": "閲覧のみの利用者です。入力と出力は、担当の人に頼んでください。",
    "checker": "役割が「点検」になりました。デジ活デスクを閉じてください。つぎからは、画面では開けません。",
    "given": "仮のパスワードで見ています。書き込めるときに開き直し、ご自分のものに替えてください。",
}
REQUEST_IMPOSSIBLE = "この場所に書き込めないため、席を頼めません。"


def copy_time_text(copied: datetime | None) -> str:
    """Return 「09:05の内容を見ています。」 for the time of the displayed copy; "" for None (current data)."""
    return f"{_time(copied)}の内容を見ています。" if copied is not None else ""


def reader_text(name: str, pc: str, since: datetime | None, copied: datetime | None, *, mine: bool = False) -> str:
    """Return who writes and since when, and from when the displayed copy is.

    ``name`` "" = nobody writes; ``mine`` = the same user started the program twice on this PC.
    """
    seen = copy_time_text(copied)
    if not name:
        return f"{NOBODY_WRITES}{seen}"
    place = "（このPCで先に開いた画面）" if mine else fill_nonempty("（PC「{}」）", pc)
    begun = f"{_time(since)}から" if since is not None else ""
    return f"{name}さん{place}が{begun}入力中です。{seen}"


def request_text(name: str, position: int) -> str:
    """Return that the user requested the write lock and waits at this position."""
    return f"{name or '相手'}さんに伝えました。3分間操作がなければ、自動で交代します。（待ち：{max(position, 1)}番目）"


def waiting_text(name: str, position: int, hold_reason: str) -> str:
    """Return the text for a waiting user, with what keeps the lock at the other PC.

    ``hold_reason`` is 「dialog」, 「task」 or 「reception」; "" = nothing keeps it.
    """
    return f"{request_text(name, position)}{_HOLD_TEXTS.get(hold_reason, '')}"


def highlight_text(name: str, at: datetime | None) -> str:
    """Return the tool tip of a row that ``name`` changed and saved at ``at`` meanwhile; "" if either is unknown."""
    return f"色の行＝待つ間に{name}さんが保存したところ（{_time(at)}）" if name and at is not None else ""


def colleague_waits_text(name: str) -> str:
    """Return 「Aさんが入力を待っています。」, for the user who writes."""
    return f"{name}さんが入力を待っています。"


def transfer_countdown_text(name: str, seconds: int, hold_reason: str) -> str:
    """Return the text for the writing user: transfer in so many seconds, or what prevents it.

    ``hold_reason`` is 「dialog」, 「task」 or 「reception」, "" = nothing prevents it. More than 30 seconds before, the
    text says only that unsaved input stays.
    """
    if hold_reason:
        return _HOLD_TEXTS[hold_reason]
    return f"{seconds}秒後に{name}さんと交代します。{INPUT_STAYS}" if seconds <= COUNTDOWN_SECONDS else INPUT_STAYS


def lock_transferred_text(name: str) -> str:
    """Return that the write lock was given to a colleague, "" = to nobody, and that unsaved input stays."""
    who = f"{name}さんと交代しました。" if name else "席を譲りました。"
    return f"{who}保存したものは引き継がれています。書きかけは残してあり、席に戻ると保存できます。"


def lock_acquired_text(name: str, last_change_at: datetime | None) -> str:
    """Return that the write lock was gained, and until when the changes by ``name`` are in, if that is known."""
    if not name or last_change_at is None:
        return "入力できます。"
    return f"入力できます。{name}さんの{_time(last_change_at)}までの変更が入っています。"


def holder_silent_text(name: str, minutes: int) -> str:
    """Return that the PC holding the lock has sent no heartbeat for ``minutes``."""
    return (
        f"{name}さんのPCは、{duration_words(minutes)}前から応答がありません。本人に確かめてから引き継いでください。"
        "「保存しました」と出た変更は失われません。"
    )


def transfer_stalled_text(name: str) -> str:
    """Return that the other PC stopped during the transfer after saving, and somebody must confirm taking over."""
    return (
        f"{name}さんのPCが、席を譲る途中で応答しなくなりました。「引き継ぐ」で続けられます（20秒ほど）。"
        "「保存しました」と出た変更は失われません。"
    )


def taken_over_text(name: str, action: str) -> str:
    """Return that somebody took the lock over while this PC slept; ``action`` was not saved ("" = nothing running)."""
    who = f"{name}さん" if name else "同僚"
    lost = fill_nonempty("最後の操作「{}」は保存されていません。", action)
    return f"このPCが休んでいる間に、{who}が引き継ぎました。{lost}文字は残してあります。"


def readers_text(names: list[str]) -> str:
    """Return 「Aさん、Bさんが見ています。」, for while this user writes and nobody waits; at most three are named."""
    return f"{'、'.join(f'{name}さん' for name in names[:3])}{'ほか' if len(names) > 3 else ''}が見ています。"


def _time(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment is not None else ""
