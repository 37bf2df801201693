"""The data could not be opened: what happened, what is safe, and the ways on, in the words of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.known import KnownFolder
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.failure_dialog import FailureView, WayOut
from app.widgets.labels import wrapped_label
from app.widgets.layouts import in_row
from app.widgets.shown_words import moment_words, path_words
from app.window.failure_messages import Failure, failure_of
from db.files import storage_errors as faults


def trouble_of(problem: Exception, known: KnownFolder) -> tuple[str, Failure, tuple[WayOut, ...]]:
    """Return the title, the failure with the evidence that nothing is lost, and the ways on."""
    failure = failure_of(problem)
    if isinstance(problem, faults.Damaged):
        failure = _with_evidence(failure, known)
    for kind, title, ways in _TROUBLES:
        if isinstance(problem, kind):
            return title, failure, ways(known)
    return "データを開けませんでした", failure, _ways_of_anything(known)


def _with_evidence(failure: Failure, known: KnownFolder) -> Failure:
    if known.newest is None:
        return failure
    moment = moment_words(known.newest)
    more = (
        f"{moment} のバックアップは、部品がそろっていることを確かめました。"
        f"そのあとの変更も、変更の控えから戻せるものは戻します。"
    )
    return Failure(
        happened=failure.happened,
        lost=f"{failure.lost}{more}",
        todo=failure.todo,
        details=failure.details,
        number=failure.number,
    )


def _ways_of_damage(known: KnownFolder) -> tuple[WayOut, ...]:
    return (*_restore(known, recommended=True), *_read(known), _elsewhere(recommended=not known.backups))


def _ways_of_lock(known: KnownFolder) -> tuple[WayOut, ...]:
    again = WayOut(
        key="again",
        title="もう一度試す",
        text="その人が閉じたあとなら、ふつうに開けます。引き継ぎは、3分間応答がないときにだけ選べます。",
        verb="もう一度試す",
        recommended=known.copied is None,
    )
    return (*_read(known, recommended=True), again, _elsewhere())


def _ways_of_left_open(known: KnownFolder) -> tuple[WayOut, ...]:
    take = WayOut(
        key="take_over",
        title="引き継いで開く",
        text="その人が使っていないことを、電話などで確かめてから選んでください。保存済みの内容はそのまま引き継ぎます。",
        verb="引き継ぎの確認へ",
    )
    return (*_read(known, recommended=True), _again(recommended=known.copied is None), take, _elsewhere())


def _read(known: KnownFolder, *, recommended: bool = False) -> tuple[WayOut, ...]:
    if known.copied is None:
        return ()
    moment = moment_words(known.copied)
    text = f"{moment} の写しを見ます。書換えと印刷はできません。急いで確かめるときに。"
    return (WayOut(key="read", title="閲覧専用で開く", text=text, verb="閲覧専用で開く", recommended=recommended),)


def _restore(known: KnownFolder, *, recommended: bool = False) -> tuple[WayOut, ...]:
    if not known.backups:
        return ()
    text = (
        f"バックアップ {known.backups}世代 から選べます。いまのファイルはそのまま残し、新しいフォルダーに復元します。"
    )
    return (
        WayOut(
            key="restore", title="バックアップから復元する", text=text, verb="復元の内容へ", recommended=recommended
        ),
    )


def _again(*, recommended: bool = False) -> WayOut:
    text = "接続や空きを直したあとで、同じ場所をもう一度開きます。"
    return WayOut(key="again", title="もう一度試す", text=text, verb="もう一度試す", recommended=recommended)


def _elsewhere(*, recommended: bool = False) -> WayOut:
    text = "データのフォルダーを移したとき、別の年度のデータを開くときに。"
    return WayOut(key="elsewhere", title="別の場所を開く", text=text, verb="フォルダーを選ぶ", recommended=recommended)


def _first() -> WayOut:
    text = "新しく始めるか、同僚のデータを開くか、見本データで試すかを選びます。"
    return WayOut(key="first", title="はじめの画面にもどる", text=text, verb="はじめの画面へ")


def _ways_of_anything(known: KnownFolder) -> tuple[WayOut, ...]:
    return (_again(recommended=True), *_read(known), *_restore(known), _elsewhere())


_TROUBLES: tuple[tuple[type[Exception], str, Callable[[KnownFolder], tuple[WayOut, ...]]], ...] = (
    (faults.Damaged, "データの一部が読めません", _ways_of_damage),
    (faults.LeftOpen, "ほかのPCで開いたままになっています", _ways_of_left_open),
    (faults.Locked, "このデータは使用中です", _ways_of_lock),
    # What helps is a newer program, which the sentence over the ways says: no way here is recommended.
    (faults.NewerData, "新しい版で開かれた場所です", lambda _known: (_elsewhere(),)),
    (
        faults.NoGuard,
        "二人で使えるかどうかを確かめられない場所です",
        lambda known: (*_read(known, recommended=True), _again(recommended=known.copied is None), _elsewhere()),
    ),
    (
        faults.NotOurs,
        "デジ活デスクのデータとして開けません",
        lambda known: (_elsewhere(recommended=True), *_restore(known)),
    ),
    (
        faults.MissingData,
        "データが見つかりません",
        lambda known: (_again(recommended=True), _elsewhere(), _first(), *_restore(known)),
    ),
    (
        faults.ReadOnlyFolder,
        "フォルダーに書き込めません",
        lambda known: (*_read(known, recommended=True), _again(recommended=known.copied is None), _elsewhere()),
    ),
    (
        faults.HeldFile,
        "ほかのプログラムがファイルを使っています",
        lambda known: (_again(recommended=True), *_read(known), _elsewhere()),
    ),
    (
        faults.DiskFull,
        "ディスクの空きが足りません",
        lambda known: (_again(recommended=True), *_read(known), _elsewhere()),
    ),
    (
        faults.DiskFailed,
        "ディスクに書き込めません",
        lambda known: (_again(recommended=True), *_read(known), _elsewhere()),
    ),
)


class TroublePage(CentredPage):
    """The page.

    Signals: ``way_taken(str)`` the key of the way that was chosen; ``log_asked()`` the record of failures is to be
    shown; ``left()`` 閉じる.
    """

    way_taken = Signal(str)
    log_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: FailureView | None = None
        self._holder = QWidget()
        self.place = wrapped_label("", "small")
        self.log = link_button("プログラムの障害の記録を見る", self.log_asked.emit)
        self.put(self.place, in_row(self.log, None), None)
        self.cancel = Button("もどる", self.left.emit, tall=True)
        self.main = Button("", self._take, kind="main", tall=True)
        self.put_foot(None, self.cancel, self.main)

    def show_trouble(self, failure: Failure, ways: Sequence[WayOut], *, title: str, place: object, user: str) -> None:
        """Show a failure with its ways; ``place`` is the folder it is about."""
        if self._view is not None:
            self._view.hide()
            self._view.deleteLater()
        self._view = FailureView(failure, title=title, ways=ways)
        self._view.way_chosen.connect(lambda _key: self._tell_verb())
        self.body.insertWidget(0, self._view)
        self.place.setText(f"データの場所　{path_words(place)}" if place else "")  # type: ignore[arg-type]
        self.show_user(user)
        self._tell_verb()
        self.area.verticalScrollBar().setValue(0)
        self.take_focus()

    def take_focus(self) -> None:
        """The button that goes the recommended way; where none is recommended, the one that leads back."""
        (self.main if self.main.isEnabled() else self.cancel).setFocus()

    def ways(self) -> tuple[str, ...]:
        """The keys of the ways offered."""
        return tuple(way.key for way in self._view._ways) if self._view is not None else ()

    def _tell_verb(self) -> None:
        way = self._view.way() if self._view is not None else None
        self.main.set_words(way.verb if way is not None else "つづける")
        self.main.setEnabled(way is not None)

    def _take(self) -> None:
        way = self._view.way() if self._view is not None else None
        if way is not None:
            self.way_taken.emit(way.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes the marked way, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.main.isEnabled():
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
