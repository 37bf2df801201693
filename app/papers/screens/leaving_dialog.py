"""Where and how a file leaves the app: name and place proposed, encryption first where people are named, nothing
overwritten.

One drawn paper is saved so, too: exactly what was shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypedDict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.common.new_passwords import OwnWords, password_problem
from app.main_window.passing_bars import say_saved
from app.papers.screens.doubts_box import DoubtsBox
from app.papers.screens.paper_folder import PAPERS, FolderLine, make_first_folder
from app.papers.services import paper_saving, papers
from app.papers.services.leaving import AlreadyThere, SavedFile, Way, free_name, length_problem, name_problem
from app.papers.services.paper_scope import PaperScope
from app.papers.services.protected_places import SavingGround, protecting, read_ground, said_protected
from app.widgets.dialogs.usual_dialogs import ReplaceDialog, SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import wrapped_label
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, acting
from db.files import on_disk
from db.records.papers import ProtectedPlace
from db.store import Store

ENCRYPTED: Way = "暗号化して保存"
PLAIN: Way = "そのまま保存"
_PERSONAL = "個人情報を含む書類です。暗号化して保存することをおすすめします。"


class Leaving(TypedDict):
    """Where and how a file is to leave: what every service that saves one takes."""

    path: Path
    way: Way
    password: str
    reason: str
    overwrite: bool


class SaveDialog(SavingDialog):
    """Saves one file through a service. Signals: those of ``SavingDialog``; ``saved(Path)`` when the file is there.

    ``change(leaving)`` makes what the desk writes out of where and how the file is to leave.
    """

    saved = Signal(object)

    says_all = True

    def __init__(
        self,
        desk: Desk,
        title: str,
        subject: str,
        *,
        stem: str,
        ending: str,
        personal: str,
        change: Callable[[Leaving], Callable[[Store], SavedFile]],
        told: str = "",
        plain_only: bool = False,
        doubts: DoubtsBox | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``plain_only``: this kind of file can't be encrypted, and nobody is named in it. ``stem`` and ``ending``
        (「.xlsx」) are the name proposed; ``told`` says what is saved, above everything else.

        ``personal`` is the caution where people are named, empty where nobody is; ``doubts`` what is to be known of
        papers before they leave.
        """
        super().__init__(
            desk, title, subject, main="保存する", note="保存したことを記録に残します。", width=720, parent=parent
        )
        self._change = change
        self._ending = ending
        self._personal = bool(personal)
        self._plain_only = plain_only
        self.finished.connect(self.deleteLater)
        self.doubts = doubts
        if doubts is not None:
            self.put(doubts)
            doubts.appeared.connect(self.fit)
        if told:
            self.put(wrapped_label(told))
        self.note = NoteBox(personal, "amber")
        self.note.say(personal)
        self.put(self.note)
        self._caution = personal
        self._ground: SavingGround | None = None
        self._protected: ProtectedPlace | None = None
        self._offered = ""
        self.place = FolderLine(desk, key=PAPERS)
        self.place.chosen.connect(self._move)
        self.place.appeared.connect(lambda: self.fit() if self.isVisible() else None)
        self.form = Form(self._fields(), fiscal_year=desk.fiscal_year, near=desk.today())
        self.form.set_values({"name": stem, "way": ENCRYPTED if self._personal else PLAIN})
        self.put(self.place, self.form, None)
        self.form.changed.connect(lambda _key: self._follow())
        self.confirmed.connect(self.save)
        self._follow()
        self.form.go_to("name")
        if personal and not plain_only:
            self.fetch(self._show_ground, read_ground, by=desk.user_name, today=desk.today())

    def _fields(self) -> tuple[Field, ...]:
        ways = (ENCRYPTED, PLAIN) if self._personal else (PLAIN, ENCRYPTED)
        own = OwnWords(login_id=self.desk.login_id, name=self.desk.user_name)
        long_enough = "12文字以上にします。相手には、ファイルとは別の方法で伝えます。忘れると開けません。"
        return (
            Field("name", "ファイル名", unit=self._ending, width=400, rule=name_problem),
            Field("way", "保存のしかた", "radio", choices=tuple((way, way) for way in ways)),
            Field(
                "password",
                "パスワード",
                "password",
                width=280,
                hint=long_enough,
                rule=partial(password_problem, own=own),
            ),
            Field("again", "もう一度", "password", width=280),
            Field("reason", "理由", width=400, hint="暗号化せずに保存する理由を書きます。記録に残ります。"),
        )

    def _show_ground(self, ground: SavingGround) -> None:
        self._ground = ground
        self._look_at_place()

    def _move(self) -> None:
        """Until the new folder is known to be protected, it is not."""
        self._show_place(self.place.folder, None)
        self._look_at_place()

    def _look_at_place(self) -> None:
        """Look beside the window whether the folder lies in a protected place: a share may take its time."""
        if self._ground is not None:
            folder = self.place.folder
            self.desk.apart(
                partial(protecting, self._ground.places, folder),
                partial(self._show_place, folder),
                failed=lambda _problem: None,
                owner=self,
            )

    def _show_place(self, folder: Path, place: ProtectedPlace | None) -> None:
        """In a protected place the file is saved as it is, with the reason of today where one was given."""
        ground = self._ground
        if ground is None or folder != self.place.folder:
            return
        moved, self._protected = place != self._protected, place
        reason = ground.reason_in(folder, place)
        values: dict[str, str] = {"way": PLAIN if place is not None else ENCRYPTED} if moved else {}
        if self.form.value("reason") == self._offered != reason:  # what was typed stays
            values["reason"] = reason
            self._offered = reason
        self.form.set_values(values)
        if place is None:
            self.note.say(self._caution, tone="amber")
        else:
            self.note.say(said_protected(place, asks_reason=not reason), tone="quiet")
        self._follow()
        if place is not None and not reason and moved:
            self.form.go_to("reason")

    def choose_folder(self, folder: Path) -> None:
        """Save into ``folder`` from now on."""
        self.place.choose(folder)
        self.place.keep()

    def target(self) -> Path:
        """The file that would be written."""
        name = str(self.form.value("name")).strip()
        return self.place.folder / (name if name.lower().endswith(self._ending) else name + self._ending)

    def save(self, *, overwrite: bool = False) -> None:
        """Save as filled in; a file of that name is replaced only with ``overwrite``."""
        if not self.form.check_all() or not self._same_twice():
            return
        too_long = length_problem(on_disk.absolute(self.target()))
        if too_long:
            self.form.set_problem("name", too_long)
            self.form.go_to("name")
            return
        if self.target().exists() and not overwrite:
            self._ask_replace()
            return
        values = self.form.values()
        encrypted = values["way"] == ENCRYPTED
        leaving: Leaving = {
            "path": self.target(),
            "way": values["way"],
            "password": values["password"] if encrypted else "",
            "reason": "" if encrypted else values["reason"],
            "overwrite": overwrite,
        }
        self.send(_in_folder(self._change(leaving), leaving["path"]), self._saved, title="ファイルを保存しています")

    def _follow(self) -> None:
        """Show only what the chosen way asks for."""
        encrypted = self.form.value("way") == ENCRYPTED
        self.form.show_field("way", not self._plain_only)
        self.form.show_field("password", encrypted)
        self.form.show_field("again", encrypted)
        self.form.show_field("reason", not encrypted and self._personal)
        self.place.leave_unlocked(not encrypted and self._personal and self._protected is None)
        self.set_main("暗号化して保存する" if encrypted else "保存する")
        if self.isVisible():
            self.fit()

    def _same_twice(self) -> bool:
        values = self.form.values()
        if values["way"] == ENCRYPTED and values["password"] != values["again"]:
            self.form.set_problem("again", "2回の入力が違います。もう一度入力してください。")
            self.form.go_to("again")
            return False
        return True

    def _ask_replace(self) -> None:
        question = ReplaceDialog(self.target(), parent=self)
        question.confirmed.connect(question.accept)
        question.confirmed.connect(lambda: self.save(overwrite=True))
        question.rejected.connect(self._name_anew)
        question.open()

    def _name_anew(self) -> None:
        """Propose the next free name and let the person change it."""
        self.form.set_values({"name": free_name(self.target()).stem})
        self.form.go_to("name")

    def _saved(self, saved: SavedFile) -> None:
        self.place.keep()
        self._end(saved)
        self.saved.emit(saved.path)
        behind = self.parentWidget()
        if behind is not None:
            say_saved(behind, saved.said, saved.path)

    def refuse(self, problem: Exception) -> None:
        """A file of that name is there: ask first."""
        if isinstance(problem, AlreadyThere):
            self.wait(False)
            self._ask_replace()
        else:
            super().refuse(problem)


def _in_folder(change: Callable[[Store], SavedFile], path: Path) -> Callable[[Store], SavedFile]:
    """Save, making the folder offered first when it is not there yet."""

    def save(store: Store) -> SavedFile:
        make_first_folder(path.parent)
        return change(store)

    return save


class SavePaperDialog(SaveDialog):
    """Saves one drawn paper. Signals: those of ``SaveDialog``."""

    def __init__(self, desk: Desk, *, scope: PaperScope, kind: str, drawn: papers.Rendered, parent: QWidget) -> None:
        shape = "Excel" if drawn.format == "xlsx" else "PDF"
        super().__init__(
            desk,
            f"{shape}で保存",
            drawn.content.kind,
            stem=drawn.content.file_stem,
            ending=f".{drawn.format}",
            personal=_PERSONAL if drawn.content.personal else "",
            change=lambda leaving: acting(
                desk, paper_saving.save_paper, scope=scope, kind=kind, format=drawn.format, drawn=drawn, **leaving
            ),
            doubts=DoubtsBox(desk, scope, (kind,)),
            parent=parent,
        )
