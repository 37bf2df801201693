"""Errors of the data folder, each with three Japanese sentences for the user.

``StorageProblem`` is the environment's fault (locked, full, damaged, wrong key) and is shown to the user; any
other exception is a bug of the program and is not caught here.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import Literal

from sqlcipher3 import dbapi2

from db.files import file_names, filesystem

ENGINE_ERRORS = (sqlite3.Error, dbapi2.Error)
ENGINE_CODES = frozenset(name for kind in (sqlite3, dbapi2) for name in dir(kind) if name.startswith("SQLITE_"))
"""The engine's names of its error codes."""
UNTOUCHED = "保存済みのデータは変わっていません。"


class StorageProblem(Exception):
    """An error of the environment, with its sentences for the user.

    Attributes:
        happened: what happened.
        lost: what was (not) lost.
        todo: what to do next.
        details: shown folded, for IT (no personal data).
    """

    happened = "データの読み書きができませんでした。"
    lost = UNTOUCHED
    todo = "もう一度お試しください。続くときは、情報システムの担当者に「詳細」を伝えてください。"

    def __init__(self, details: str = "", *, happened: str = "", lost: str = "", todo: str = ""):
        self.details = details
        self.happened = happened or self.happened
        self.lost = lost or self.lost
        self.todo = todo or self.todo
        super().__init__(f"{self.happened}{self.lost}{self.todo}")


class WrongPassword(StorageProblem):
    """The ID and password (or the recovery key) do not open the keyring."""

    happened = "IDまたはパスワードが違います。"
    lost = "データはそのまま保管されています。"
    todo = "入力をご確認のうえ、もう一度お試しください。お忘れのときは、印刷した回復キーで開けます。"


class KeyChanged(StorageProblem):
    """The data key was changed after this session opened the data, or after this keyring was written."""

    happened = "データの鍵が替わりました。いまのログインでは、つづきを読めません。"
    lost = "保存済みのデータは、新しい鍵で保管されています。"
    todo = "デジ活デスクを閉じ、渡された新しいパスワードで、ログインし直してください。"


class NotOurs(StorageProblem):
    """The file is not a data file of this program, or the key does not fit it."""

    happened = "このファイルは、デジ活デスクのデータとして開けません。"
    lost = "ファイルには何も書き込んでいません。"
    todo = "データフォルダーの場所をご確認ください。正しい場所なら、バックアップから新しいフォルダーへ復元できます。"


class Damaged(StorageProblem):
    """Pages fail their checksum or the structure is broken."""

    happened = "データファイルの一部が壊れています。"
    lost = "壊れたファイルはそのまま残し、何も書き込んでいません。"
    todo = "バックアップから新しいフォルダーへ復元してください。"


OPEN_HERE_TODO = (
    "先に開いた画面に切り替えるか、それを閉じてから、もう一度お試しください。見るだけなら「閲覧専用で開く」が使えます。"
)
"""What helps who has opened the data on this PC before."""


class Locked(StorageProblem):
    """Another program has locked the data; ``holder`` says who when known."""

    happened = "このデータは、ほかの人か、ほかの画面が使用中です。"
    todo = "使用中の人が閉じるのを待つか、「閲覧専用で開く」を選んでください。"

    def __init__(self, details: str = "", *, holder: str = "", happened: str = "", todo: str = ""):
        self.holder = holder
        words = happened or (f"{holder}がこのデータを使用中です。" if holder else "")
        super().__init__(details, happened=words, todo=todo)


class HolderSilent(Locked):
    """A colleague's PC left the folder open and has been silent; the user must agree before taking over.

    Attributes:
        minutes: how long there was no heartbeat.
    """

    todo = (
        "その人が使っていないことを確かめてから、「引き継いで開く」を選んでください。"
        "見るだけなら「閲覧専用で開く」が使えます。"
    )

    def __init__(self, *, holder: str, minutes: int):
        self.minutes = minutes
        super().__init__(
            "left open",
            holder=holder,
            happened=f"{holder}が開いたままですが、{duration_words(minutes)}前から応答がありません。",
        )


def duration_words(minutes: int) -> str:
    """Return a number of minutes in its largest whole unit: 「7分」「3時間」「12日」「2年」."""
    units = (("年", 525_600), ("日", 1440), ("時間", 60), ("分", 1))
    return next((f"{minutes // size}{unit}" for unit, size in units if minutes >= size), "0分")


class WriteLockLost(Locked):
    """A colleague took the folder over while this program was silent.

    Attributes:
        pending: a change was committed here and not confirmed, so it may not be in the common file.
    """

    def __init__(self, details: str = "", *, holder: str = "", pending: bool = False):
        who = holder or "同僚"
        super().__init__(details, holder=holder, happened=f"このPCの応答がない間に、{who}が引き継ぎました。")
        self.pending = pending
        self.lost = "「保存しました」と出た変更は、すべて引き継がれています。"
        self.todo = (
            "この画面は閲覧専用になりました。入力していた文字は残っています。閉じずに「入力したい」を押し、"
            "席に戻ると保存できます。"
        )
        if pending:
            self.lost = f"最後の操作は、保存されたことを確かめられませんでした。その前に{self.lost}"
            self.todo = f"{self.todo}席に戻ったら、最後の操作が入っているかをご確認ください。"


class LockUnconfirmed(StorageProblem):
    """The folder does not answer between a commit and its confirmation, so the last change is uncertain."""

    happened = "データのフォルダーと連絡がとれません。"
    lost = "最後の操作が保存されたかは、つながりしだい確かめてお知らせします。その前に保存したものは残っています。"
    todo = "ネットワークの接続をご確認ください。お知らせが出るまで、同じ操作を繰り返さないでください。"


class ExclusiveCreateFailed(StorageProblem):
    """Two programs can create the same file in this folder, so that a write lock cannot be proved."""

    happened = "この共有フォルダーでは、二人が同時に書き込まないことを確かめられません。"
    lost = "データは変わっていません。"
    todo = "「閲覧専用で開く」なら見られます。共有フォルダーの設定を、情報システムの担当者にご相談ください。"


class ReadOnlyFolder(StorageProblem):
    """The folder or file does not accept writing."""

    happened = "データフォルダーに書き込めません（読み取り専用か、書き込む権限がありません）。"
    todo = "フォルダーの書き込み権限をご確認ください。「閲覧専用で開く」なら今のまま見られます。"


class FileInUse(StorageProblem):
    """Another program has the file open; on Windows nobody else can then rename, replace or remove it."""

    happened = "ファイルをほかのプログラムが使っているため、書き込めませんでした。"
    todo = (
        "ウイルス対策ソフトやExcelなどが開いていることがあります。"
        "少し待つか、そのプログラムを閉じてから、もう一度お試しください。"
    )


class PathTooLong(StorageProblem):
    """A file below the folder would have a longer path, or name, than the system allows."""

    happened = "フォルダーとファイルの名前が長すぎるため、読み書きできませんでした。"
    todo = "名前の短いフォルダーか、もっと浅い場所を選んで、もう一度お試しください。"


class DiskFull(StorageProblem):
    """No room left; the transaction was rolled back."""

    happened = "ディスクの空きが足りず、保存できませんでした。"
    lost = "直前の操作だけが取り消されました。それより前に保存したものは残っています。"
    todo = "不要なファイルを片づけて空きを作り、同じ操作をもう一度してください。"


class DiskFailed(StorageProblem):
    """The disk failed (a size limit, a broken disk or a lost connection to the share)."""

    happened = (
        "ディスクとのやりとりに失敗し、保存できませんでした（空きの不足か、共有フォルダーの切断が考えられます）。"
    )
    lost = "直前の操作だけが取り消されました。それより前に保存したものは残っています。"
    todo = "ディスクの空きと接続をご確認のうえ、同じ操作をもう一度してください。"


class NewerData(StorageProblem):
    """The data were written by a newer version of the program."""

    happened = "このデータは、新しい版のデジ活デスクで作られています。"
    lost = "データには何も書き込んでいません。"
    todo = "新しい版のデジ活デスクで開いてください。"


class NewerKey(NewerData):
    """The keyring holds a slot, key or seal that only a newer program can read; it is not damaged."""

    happened = "新しい版で作られた鍵です。"
    lost = "データはそのまま保管されています。何も書き込んでいません。"
    todo = "このPCのデジ活デスクを新しくしてください。"


class MissingData(StorageProblem):
    """There is no data folder at this path."""

    happened = "この場所にデジ活デスクのデータがありません。"
    lost = "何も書き込んでいません。"
    todo = "場所をご確認ください。はじめてのときは「新しく始める」を選んでください。"


class ReadOnlyMode(StorageProblem):
    """A change was requested while the folder is open for reading only."""

    happened = "閲覧専用で開いているため、変更は保存できません。"
    todo = "変更するときは、使用中の人が閉じたあとで、ふつうに開いてください。"


Restriction = Literal["", "reader", "checker", "given"]
"""Why a person cannot write in this session (閲覧, 点検, or a password that somebody else set)."""


class RestrictedError(StorageProblem):
    """Somebody requested what only a 担当 with a password of their own may do."""

    happened = "この利用者の役割は「閲覧」です。入力、取込み、保存、印刷、出力はできません。"
    lost = "データは変わっていません。何も書き出していません。"
    todo = "入力や出力は、担当の人に頼んでください。役割は、担当の人が「設定」の「利用者とこの版」で変えられます。"


class CheckerOnly(RestrictedError):
    """Somebody whose role is 点検 asked for more than to verify, back up and restore."""

    happened = "この利用者の役割は「点検」です。画面でも命令でも、データの中身は見られません。"
    todo = "できるのは、命令による点検、バックアップ、復元だけです。ほかのことは、担当の人に頼んでください。"


class TemporaryPassword(RestrictedError):
    """The password was set by somebody else and was not changed yet."""

    happened = "このパスワードは、ほかの人が決めた仮のものです。ご自分のパスワードに替えるまでは、データを開けません。"
    todo = "デジ活デスクの画面でログインすると、はじめに新しいパスワードを決められます。"


_RESTRICTED: dict[Restriction, type[RestrictedError]] = {
    "reader": RestrictedError,
    "checker": CheckerOnly,
    "given": TemporaryPassword,
}


def restriction_error(restriction: Restriction) -> RestrictedError:
    """Return the error to raise for a restriction."""
    return _RESTRICTED[restriction]()


def to_storage_problem(error: BaseException) -> StorageProblem | None:
    """Return the environment's error behind an engine or OS error, or None when it is a bug."""
    if isinstance(error, StorageProblem):
        return error
    if isinstance(error, OSError):
        return _from_os_error(error)
    if not isinstance(error, ENGINE_ERRORS):
        return None
    # The engine's name of the error tells a page that was read wrong from one that is wrong (SQLITE_CORRUPT_…).
    text = f"{type(error).__name__}: {error} ({getattr(error, 'sqlite_errorname', '')})"
    message = str(error).lower()
    words = (
        ("full", DiskFull),
        ("readonly", ReadOnlyFolder),
        ("read-only", ReadOnlyFolder),
        ("locked", Locked),
        ("busy", Locked),
        ("not a database", NotOurs),
        ("malformed", Damaged),
        ("hmac", Damaged),
        ("disk i/o", DiskFailed),
    )
    for word, found in words:
        if word in message:
            return found(text)
    if "unable to open" in message:
        return ReadOnlyFolder(
            text, happened="データファイルを開けません（ほかのプログラムが使っているか、書き込む権限がありません）。"
        )
    return None


def _from_os_error(error: OSError) -> StorageProblem:
    """Return the problem for the user that an ``OSError`` means."""
    # Never the names of files: people type them, and they may name 団体.
    of_windows = getattr(error, "winerror", None)
    number = f"WinError {of_windows}" if of_windows else f"Errno {error.errno}"
    text = f"{type(error).__name__}: [{number}] {error.strerror or ''}".strip()
    if filesystem.is_connection_lost(error):
        return DiskFailed(text)
    if filesystem.is_in_use(error):
        return FileInUse(text)
    if file_names.is_path_too_long(error):
        return PathTooLong(text)
    kinds = {
        errno.ENOSPC: DiskFull,
        errno.EDQUOT: DiskFull,
        errno.EFBIG: DiskFull,
        errno.EIO: DiskFailed,
        errno.EROFS: ReadOnlyFolder,
        errno.EACCES: ReadOnlyFolder,
        errno.EPERM: ReadOnlyFolder,
        errno.EISDIR: ReadOnlyFolder,
        errno.ENOENT: MissingData,
        errno.ENOTDIR: MissingData,
    }
    return kinds.get(error.errno or 0, StorageProblem)(text)
