"""Fields to find a person by two letters or to enter a new one, and the dialog for a substitute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.actions.action_context import ActionContext
from app.common.join_nonempty import join_nonempty
from app.events.roster.services.entry_changes import replace_person
from app.events.roster.services.entry_names import WantedPerson, find_known_people
from app.registers.register.parts import organisation_entry_field
from app.registers.register.services.search import OrganisationHit, PersonHit
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form_fields import OneLine
from app.widgets.forms.furigana_proposal import FuriganaProposal
from app.widgets.forms.record_picker import RecordPicker
from app.widgets.labels import small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_grid
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.participants import NO_ORGANISATION


class PersonFields(QWidget):
    """Fields for 団体 and person: a registered person, or a new name with its ふりがな.

    Signals: ``finished()`` Enter in the last field.
    """

    finished = Signal()

    def __init__(
        self,
        app_context: AppContext,
        *,
        organisation: tuple[int | None, str] | None = None,
        instead_of: int | None = None,
    ):
        """Create the fields.

        Args:
            organisation: id and name of a fixed 団体, whose field is then left out.
            instead_of: the entry whose place is taken over; people with a place in its event are not offered.
        """
        super().__init__()
        self.organisation = organisation_entry_field(app_context)
        self.person = RecordPicker(
            app_context,
            find_known_people,
            _person_words if organisation is None else _member_words,
            title="氏名",
            hint="候補は ↓ で選ぶ　なければそのまま入力",
            to_name=lambda hit: hit.person.name,
            no_match_text="",
            min_letters=0,
            max_suggestions=5,
            visible_rows=6 if organisation is None else 3,
            mark_first=False,
            is_overlay=organisation is None,
        )
        self.person.extra_arguments = {
            "organisation_id": organisation[0] if organisation else None,
            "instead_of": instead_of,
        }
        self.furigana = with_accessible_name(OneLine(), "ふりがな")
        self._reading = FuriganaProposal(self.person.line, self.furigana)
        self.hint = small_label()
        self._grid = in_grid(self, margins=(0, 0, 0, 0), across=16, down=10, wide=1)
        self._grid.setColumnMinimumWidth(0, t.scaled(112))
        if organisation is None:
            self._line(0, "団体", self.organisation)
        else:
            self.organisation.setParent(self)
            self.organisation.hide()
            self.organisation.show_hit(None, organisation[1])
            self._line(0, "団体", wrapped_label(organisation[1] or NO_ORGANISATION))
        self._line(1, "氏名", self.person)
        self._line(2, "ふりがな（任意）", self.furigana)
        self._grid.addWidget(self.hint, 3, 1)
        self._connect()

    def wanted_person(self) -> WantedPerson:
        """Return the person as typed, with the id of a known one that was chosen."""
        return WantedPerson(
            name=self.person.text,
            furigana=self.furigana.text(),
            organisation_id=self.person.extra_arguments["organisation_id"],
            person_id=self.person.hit.id if self.person.hit is not None else None,
        )

    def organisation_name(self) -> str:
        """Return the 団体 as typed, "" if a registered one was chosen."""
        return "" if self.person.extra_arguments["organisation_id"] is not None else self.organisation.text

    def add_line(self, words: str, part: QWidget) -> None:
        """Add another line below the fields."""
        self._line(self._grid.rowCount(), words, part)

    def focus_first_field(self) -> None:
        """Focus the field of the 団体, or that of the person if the 団体 is given."""
        if self.organisation.isHidden():
            self._focus_person()
        else:
            self.organisation.setFocus()

    def _line(self, row: int, words: str, part: QWidget) -> None:
        name = QLabel(words)
        name.setMinimumHeight(t.scaled(t.FIELD))
        name.setBuddy(part)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(part, row, 1)

    def _connect(self) -> None:
        """Connect the fields, so that a chosen 団体 or person leads on to the next one."""
        self.organisation.edited.connect(self._clear_person)
        self.organisation.chosen.connect(self._use_organisation)
        self.organisation.confirmed_without_match.connect(self._focus_person)
        self.person.edited.connect(lambda: self.hint.setText(""))
        self.person.chosen.connect(self._use_person)
        self.person.confirmed_without_match.connect(self.furigana.setFocus)
        self.furigana.returnPressed.connect(self.finished)

    def _clear_person(self) -> None:
        """Forget the chosen 団体 and person; the typed name stays."""
        self.person.extra_arguments["organisation_id"] = None
        self.person.show_hit(None, self.person.text)
        self.hint.setText("")

    def _use_organisation(self, hit: OrganisationHit) -> None:
        """Take the chosen organisation, and go on to the person."""
        self.person.extra_arguments["organisation_id"] = hit.id
        self._focus_person()

    def _focus_person(self) -> None:
        self.person.setFocus()
        if self.person.extra_arguments["organisation_id"] is not None:
            self.person.find_now()

    def _use_person(self, hit: PersonHit) -> None:
        """Take over a known person with their organisation."""
        if hit.organisation is not None:
            self.person.extra_arguments["organisation_id"] = hit.organisation.id
            self.organisation.show_hit(OrganisationHit(organisation=hit.organisation))
        self._reading.propose(hit.person.furigana)
        self.hint.setText(f"登録済みの方です。{hit.affiliation}")
        self.furigana.setFocus()


def _person_words(hit: PersonHit) -> str:
    return join_nonempty(hit.person.name, hit.person.furigana, hit.affiliation)


def _member_words(hit: PersonHit) -> str:
    return join_nonempty(hit.person.name, hit.person.furigana, hit.person.role)


class SubstituteDialog(SavingDialog):
    """Dialog for a substitute in the place of one entry, reported before the day or at the check-in.

    Signals: those of ``SavingDialog``.
    """

    def __init__(
        self,
        parent: QWidget,
        entry_id: int,
        spoken_name: str,
        organisation: tuple[int | None, str],
        *,
        receive_now: bool = False,
        said_by_phone: Callable[[WantedPerson], Callable[[ActionContext], object]] | None = None,
    ):
        """Create the dialog.

        Args:
            spoken_name: the person whose place it is.
            receive_now: also check the substitute in now.
            said_by_phone: returns the action that records a call with it, for somebody who said so on the telephone.
        """
        super().__init__(
            parent,
            "代理の方を受け付ける" if receive_now else "代理の方を入れる",
            spoken_name,
            main="代理の方を受付済にする" if receive_now else "代理の方を入れる",
            width=640,
        )
        self._entry_id = entry_id
        self._arriving = receive_now
        self._said_by_phone = said_by_phone
        self.fields = PersonFields(self.app_context, organisation=organisation, instead_of=entry_id)
        self.role = with_accessible_name(OneLine(), "役職")
        self.fields.add_line("役職（任意）", self.role)
        self._proposed_role = ""
        self.fields.person.chosen.connect(lambda hit: self._propose_role(hit.person.role))
        self.fields.person.edited.connect(lambda: self._propose_role(""))
        self.inside.setMinimumHeight(t.scaled(390))
        self.put(
            self.fields,
            small_label(
                "番号・班・席・端末は代理の方が引き継ぎ、もとの方は欠席連絡になります。"
                "配慮と撮影の希望は引き継ぎません。"
            ),
            None,
        )
        self.fields.finished.connect(self.main.click)
        self.role.returnPressed.connect(self.main.click)
        self.fields.focus_first_field()

    def _propose_role(self, role: str) -> None:
        """Show the 役職 of the person chosen, unless somebody typed another."""
        if self.role.text() == self._proposed_role:
            self.role.setText(role)
        self._proposed_role = role

    def _save(self) -> None:
        """Save the substitute, or run the action of ``said_by_phone`` instead; without a name say that it lacks."""
        wanted = replace(self.fields.wanted_person(), role=self.role.text())
        if not wanted.name.strip():
            self.show_error_text("代理の方の氏名がまだ入力されていません。")
            self.fields.person.setFocus()
            return
        if self._said_by_phone is not None:
            self.run_change(self._said_by_phone(wanted))
        else:
            self.run_action(replace_person, entry_id=self._entry_id, wanted=wanted, arriving=self._arriving)
