"""The page shown when the data could not be opened: what happened, what is safe, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.data_folder.screens.centred_page import CentredPage
from app.data_folder.screens.folder_facts import FolderFacts
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.failure_dialog import FailureView, RecoveryOption
from app.widgets.display_texts import moment_words, path_words
from app.widgets.keys import is_enter
from app.widgets.labels import small_label
from app.widgets.layouts import in_row
from app.window.failure_messages import Failure, failure_of
from db.files import storage_errors as faults


def trouble_page_content(problem: Exception, facts: FolderFacts) -> tuple[str, Failure, tuple[RecoveryOption, ...]]:
    """Return the title, the failure and the options for what happened at opening.

    Of damaged data the failure also names the newest intact backup, if there is one.
    """
    failure = failure_of(problem)
    if isinstance(problem, faults.Damaged):
        failure = _with_evidence(failure, facts)
    for kind, title, ways in _TROUBLE_KINDS:
        if isinstance(problem, kind):
            return title, failure, ways(facts)
    return "データを開けませんでした", failure, _general_options(facts)


def _with_evidence(failure: Failure, facts: FolderFacts) -> Failure:
    """Return the failure with the time of the newest intact backup, unchanged where there is none."""
    if facts.newest_backup is None:
        return failure
    moment = moment_words(facts.newest_backup)
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


def _damage_options(facts: FolderFacts) -> tuple[RecoveryOption, ...]:
    """Return the ways out of damaged data: restore (recommended), read the copy, another folder.

    Without backups another folder is recommended.
    """
    return (
        *_restore_option(facts, recommended=True),
        *_read_option(facts),
        _other_folder_option(recommended=not facts.backups),
    )


def _lock_options(facts: FolderFacts) -> tuple[RecoveryOption, ...]:
    """Return the ways out while somebody else holds the lock: read the copy (recommended), try again, another folder.

    Without a copy trying again is recommended.
    """
    again = RecoveryOption(
        key="again",
        title="もう一度試す",
        text="その人が閉じたあとなら、ふつうに開けます。引き継ぎは、3分間応答がないときにだけ選べます。",
        verb="もう一度試す",
        recommended=facts.published_at is None,
    )
    return (*_read_option(facts, recommended=True), again, _other_folder_option())


def _left_open_options(facts: FolderFacts) -> tuple[RecoveryOption, ...]:
    """Return the ways out when a silent PC left the data open, taking over among them."""
    take = RecoveryOption(
        key="take_over",
        title="引き継いで開く",
        text="その人が使っていないことを、電話などで確かめてから選んでください。保存済みの内容はそのまま引き継ぎます。",
        verb="引き継ぎの確認へ",
    )
    return (
        *_read_option(facts, recommended=True),
        _retry_option(recommended=facts.published_at is None),
        take,
        _other_folder_option(),
    )


def _read_option(facts: FolderFacts, *, recommended: bool = False) -> tuple[RecoveryOption, ...]:
    """Return the way to read the published copy; () where there is none."""
    if facts.published_at is None:
        return ()
    moment = moment_words(facts.published_at)
    text = f"{moment} の写しを見ます。書換えと印刷はできません。急いで確かめるときに。"
    return (
        RecoveryOption(key="read", title="閲覧専用で開く", text=text, verb="閲覧専用で開く", recommended=recommended),
    )


def _restore_option(facts: FolderFacts, *, recommended: bool = False) -> tuple[RecoveryOption, ...]:
    """Return the way to restore a backup; () where there is none."""
    if not facts.backups:
        return ()
    text = (
        f"バックアップ {facts.backups}世代 から選べます。いまのファイルはそのまま残し、新しいフォルダーに復元します。"
    )
    return (
        RecoveryOption(
            key="restore", title="バックアップから復元する", text=text, verb="復元の内容へ", recommended=recommended
        ),
    )


def _retry_option(*, recommended: bool = False) -> RecoveryOption:
    """Return the way out "try again"."""
    text = "接続や空きを直したあとで、同じ場所をもう一度開きます。"
    return RecoveryOption(key="again", title="もう一度試す", text=text, verb="もう一度試す", recommended=recommended)


def _other_folder_option(*, recommended: bool = False) -> RecoveryOption:
    """Return the way out "open another folder"."""
    text = "データのフォルダーを移したとき、別の年度のデータを開くときに。"
    return RecoveryOption(
        key="elsewhere", title="別の場所を開く", text=text, verb="フォルダーを選ぶ", recommended=recommended
    )


def _first_run_option() -> RecoveryOption:
    """Return the way out "back to the first page"."""
    text = "新しく始めるか、同僚のデータを開くか、見本データで試すかを選びます。"
    return RecoveryOption(key="first", title="はじめの画面にもどる", text=text, verb="はじめの画面へ")


def _general_options(facts: FolderFacts) -> tuple[RecoveryOption, ...]:
    """Return the ways out of a failure that ``_TROUBLE_KINDS`` has no entry for."""
    return (_retry_option(recommended=True), *_read_option(facts), *_restore_option(facts), _other_folder_option())


_TROUBLE_KINDS: tuple[tuple[type[Exception], str, Callable[[FolderFacts], tuple[RecoveryOption, ...]]], ...] = (
    (faults.Damaged, "データの一部が読めません", _damage_options),
    (faults.HolderSilent, "ほかのPCで開いたままになっています", _left_open_options),
    (faults.Locked, "このデータは使用中です", _lock_options),
    # What helps is a newer program, which the sentence over the ways says: no way here is recommended.
    (faults.NewerData, "新しい版で開かれた場所です", lambda _known: (_other_folder_option(),)),
    (
        faults.ExclusiveCreateFailed,
        "二人で使えるかどうかを確かめられない場所です",
        lambda known: (
            *_read_option(known, recommended=True),
            _retry_option(recommended=known.published_at is None),
            _other_folder_option(),
        ),
    ),
    (
        faults.NotOurs,
        "デジ活デスクのデータとして開けません",
        lambda known: (_other_folder_option(recommended=True), *_restore_option(known)),
    ),
    (
        faults.MissingData,
        "データが見つかりません",
        lambda known: (
            _retry_option(recommended=True),
            _other_folder_option(),
            _first_run_option(),
            *_restore_option(known),
        ),
    ),
    (
        faults.ReadOnlyFolder,
        "フォルダーに書き込めません",
        lambda known: (
            *_read_option(known, recommended=True),
            _retry_option(recommended=known.published_at is None),
            _other_folder_option(),
        ),
    ),
    (
        faults.FileInUse,
        "ほかのプログラムがファイルを使っています",
        lambda known: (_retry_option(recommended=True), *_read_option(known), _other_folder_option()),
    ),
    (
        faults.DiskFull,
        "ディスクの空きが足りません",
        lambda known: (_retry_option(recommended=True), *_read_option(known), _other_folder_option()),
    ),
    (
        faults.DiskFailed,
        "ディスクに書き込めません",
        lambda known: (_retry_option(recommended=True), *_read_option(known), _other_folder_option()),
    ),
)


class TroublePage(CentredPage):
    """The page with a failure and its options.

    Signals: ``option_chosen(str)`` the key of the chosen option; ``back_asked()`` もどる, or Esc.
    """

    option_chosen = Signal(str)
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: FailureView | None = None
        self._holder = QWidget()
        self.folder_label = small_label()
        self.log_button = link_button("プログラムの障害の記録を見る")
        self.add(self.folder_label, in_row(self.log_button, None), None)
        self.cancel = Button("もどる", self.back_asked.emit, tall=True)
        self.option_button = Button("", self._choose_option, kind="main", tall=True)
        self.add_buttons(None, self.cancel, self.option_button)

    def show_trouble(
        self, failure: Failure, options: Sequence[RecoveryOption], *, title: str, folder: object, user: str
    ) -> None:
        """Show a failure with its options, and focus the button that takes the chosen one, or もどる if none is chosen.

        ``folder`` is the data folder concerned, if there is one; ``user`` stands at the top right, "" = nobody.
        """
        if self._view is not None:
            self._view.hide()
            self._view.deleteLater()
        self._view = FailureView(failure, title=title, options=options)
        self._view.option_chosen.connect(self._update_button)
        self.body.insertWidget(0, self._view)
        self.folder_label.setText(f"データの場所　{path_words(folder)}" if folder else "")  # type: ignore[arg-type]
        self.show_user(user)
        self._update_button()
        self.area.verticalScrollBar().setValue(0)
        self.focus_first_field()

    def focus_first_field(self) -> None:
        """Set the focus to the button that takes the chosen option, or to もどる if none is chosen."""
        (self.option_button if self.option_button.isEnabled() else self.cancel).setFocus()

    def _update_button(self) -> None:
        """Say on the button what the chosen option does; without one disable it."""
        way = self._view.chosen_option() if self._view is not None else None
        self.option_button.set_words(way.verb if way is not None else "つづける")
        self.option_button.setEnabled(way is not None)

    def _choose_option(self) -> None:
        """Emit ``option_chosen`` with the key of the chosen option."""
        way = self._view.chosen_option() if self._view is not None else None
        if way is not None:
            self.option_chosen.emit(way.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chosen option on Enter, emit ``back_asked`` on Esc."""
        if is_enter(event) and self.option_button.isEnabled():
            self._choose_option()
        elif event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)
