"""希望票を記録: one signed slip in the order of the paper, its 団体 found by typing or added with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.dispatches.rules import CONSENTS, CURRENT_USE, TOOK_PART, TOOLS
from app.subjects.dispatches.screens.dispatch_dialogs import words_to_choose
from app.subjects.dispatches.services.wishes import WishList, WishRow, save_wish
from app.subjects.register.parts.organisation_finder import OrganisationFinder
from app.widgets.buttons import Button
from app.widgets.dialog_frame import WIDEST
from app.widgets.form_dialog import FormDialog
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.screen import row
from app.window.desk import Desk, acting
from db.records.dispatches import DispatchWish
from db.records.organisations import Organisation

_PLACES = ("文書管理システム", "紙ファイル")
_WAYS = ("郵送", "FAX", "窓口")
_NO_ORGANISATION = "**どの団体の希望票か、まだ選ばれていません。**出てきた団体か「新しく加える」を選んでください。"


def _fields() -> tuple[Field, ...]:
    return (
        Field(key="received_on", label="受け取った日", kind="date", width=112),
        Field(key="received_how", label="方法", kind="choice", choices=tuple((one, one) for one in _WAYS), width=112),
        Field(key="receipt_number", label="収受番号", optional=True, width=160),
        Field(key="signed", label="署名", kind="check", words="代表者の署名がある"),
        Field(key="signer_role", label="代表者の役職", optional=True, width=160),
        Field(key="signer", label="代表者の氏名", hint="署名のとおり。電話は団体の連絡先に登録します"),
        *(
            Field(key=f"tool{number}", label="希望するもの" if not number else "", kind="check", words=tool)
            for number, tool in enumerate(TOOLS)
        ),
        Field(key="more", label="ほかのツール", optional=True, hint="あるときは「、」で区切ります"),
        Field(key="wish", label="希望", optional=True, hint="したいことを一行で"),
        Field(
            key="current_use", label="いまの様子", kind="choice", choices=words_to_choose(CURRENT_USE), optional=True
        ),
        Field(key="trouble", label="困っていること", kind="lines", lines=2, optional=True),
        Field(
            key="took_part", label="講習会への参加", kind="choice", choices=words_to_choose(TOOK_PART), optional=True
        ),
        Field(key="days", label="希望する日", kind="lines", lines=2, optional=True),
        Field(key="venue", label="会場", optional=True),
        Field(
            key="network",
            label="インターネット",
            kind="choice",
            choices=(("有", "ある"), ("無", "ない"), ("不明", "わからない")),
            width=160,
        ),
        Field(key="fee", label="使用料", optional=True, hint="だれが払うかも書きます"),
        Field(key="equipment", label="使えるもの", optional=True, hint="投影機、スクリーン、机・いす など"),
        Field(key="people", label="参加する人数", kind="number", unit="人", width=80, least=0, optional=True),
        Field(key="phones", label="うちスマートフォン", kind="number", unit="人", width=80, least=0, optional=True),
        Field(
            key="consent",
            label="受託者へ知らせる同意",
            kind="choice",
            choices=words_to_choose(CONSENTS, empty="記入なし"),
            optional=True,
        ),
        Field(
            key="consent_on",
            label="同意を確かめた日",
            kind="date",
            width=112,
            optional=True,
            hint="空のときは受け取った日",
        ),
        Field(key="original_place", label="原本の所在", kind="choice", choices=words_to_choose(_PLACES), optional=True),
        Field(key="dispose_on", label="廃棄予定日", kind="date", width=112, optional=True),
    )


class WishDialog(FormDialog):
    """One slip, new or as it stands.

    The 団体 is typed: those of the register that hold the words are offered, and, as the last line, a new one under the
        name as
    typed. Of a 団体 with a slip already that one is offered for mending. Signals: those of ``SavingDialog``.
    """

    def __init__(
        self,
        desk: Desk,
        listed: WishList,
        wish: DispatchWish | None,
        *,
        organisation: Organisation | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``wish`` None = a new one, of ``organisation`` where that is known."""
        self._listed = listed
        self._start = wish or DispatchWish(
            programme_id=listed.programme_id, organisation_id=0, received_on=desk.today()
        )
        fields = _fields()
        self._plain = [one.key for one in fields if not one.key.startswith("tool") and one.key != "more"]
        super().__init__(
            desk,
            "希望票を直す" if wish else "希望票を記録",
            "署名のある用紙から",
            main="保存する",
            fields=fields,
            values=self._values(),
            change=self._make,
            width=WIDEST,
            parent=parent,
        )
        # Whose slip it is, is never preset but where the way here says so: a name that nobody chose would be saved in a
        # hurry.
        self.finder = OrganisationFinder(desk, adds=True)
        self.finder.show_organisation(organisation)
        self.before = NoteBox(tone="amber")
        self.mend = Button("その希望票を直す", self._mend_other, icon_name="pencil-simple")
        self.problem = NoteBox(tone="amber")
        whose = QWidget()
        column = QVBoxLayout(whose)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label("団体", "strong"))
        for part in (self.finder, self.problem, self.before):
            column.addWidget(part)
        column.addLayout(row(self.mend, None))
        self.body.insertWidget(0, whose)
        self.finder.chosen.connect(lambda _one: self._look())
        self.finder.settled.connect(self._settled)
        self.finder.typed.connect(self._look)
        self._look()
        if organisation is None:
            self.finder.setFocus()

    def _values(self) -> dict[str, Any]:
        start = self._start
        values = {key: getattr(start, key) for key in self._plain}
        values |= {f"tool{number}": tool in start.tools for number, tool in enumerate(TOOLS)}
        # Whoever writes a slip down says that it is signed; nothing is ticked before.
        values["signed"] = bool(start.id) and start.signed
        values["more"] = "、".join(tool for tool in start.tools if tool not in TOOLS)
        return values

    @property
    def _other(self) -> WishRow | None:
        """Another slip of the year of the same 団体."""
        organisation = self.finder.organisation
        if organisation is None:
            return None
        rows = self._listed.rows
        return next((one for one in rows if one.organisation.id == organisation.id and one.id != self._start.id), None)

    def _look(self) -> None:
        other = self._other
        day = short_date(other.wish.received_on, self.desk.today()) if other else ""
        self.before.say(f"この団体の希望票は、{day}に受け取っています（{other.state}）。" if other else "")
        self.mend.setVisible(other is not None)
        self.problem.say("")
        self.fit()

    def _settled(self) -> None:
        self._look()
        if self.finder.organisation is not None or self.finder.added:
            self.form.go_to("received_on")

    def _mend_other(self) -> None:
        """Go on with the slip that is there already; what was typed here so far is laid over it."""
        other = self._other
        if other is None:
            return
        before, typed = self._values(), self.form.values()
        over = {key: value for key, value in typed.items() if value != before[key]}
        self._start = other.wish
        self.form.set_values(self._values() | over)
        self.set_main("直した内容を保存する")
        self._look()
        self.form.go_to("received_on")

    def save(self) -> None:
        """Save what is typed, or say what is missing."""
        if self.finder.organisation is None and not self.finder.added:
            self.problem.say(_NO_ORGANISATION)
            self.fit()
            self.finder.find_now()
            self.finder.setFocus()
            return
        super().save()

    def _make(self, typed: dict[str, Any]) -> Any:
        ticked = tuple(tool for number, tool in enumerate(TOOLS) if typed[f"tool{number}"])
        more = tuple(word.strip() for word in typed["more"].split("、") if word.strip())
        organisation = self.finder.organisation
        found = replace(
            self._start,
            tools=(*ticked, *more),
            organisation_id=organisation.id if organisation is not None else 0,
            **{key: typed[key] for key in self._plain},
        )
        return acting(self.desk, save_wish, wish=found, new_name=self.finder.added)
