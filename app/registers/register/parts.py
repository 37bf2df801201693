"""Fields that find a 団体 or a person by any spelling, for use with the keyboard alone; one keeps a typed name too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.registers.register.services.organisation_suggestions import OrganisationSuggestion, suggest_organisations
from app.registers.register.services.search import OrganisationHit, find_organisations
from app.widgets.forms.record_picker import RecordPicker
from app.window.app_context import AppContext
from app.window.year_words import in_year_words
from db.records.organisations import Organisation


def organisation_text(hit: OrganisationHit) -> str:
    """Return name and 支部 of a hit, as 「若葉野町会（第4支部）」."""
    branch = fill_nonempty("（{}）", hit.organisation.branch)
    return f"{hit.organisation.name}{branch}"


def organisation_suggestion(hit: OrganisationHit) -> str:
    """Return 「若葉野町会（第4支部）　旧称 若葉町会」, the former name only where the 団体 was found by it alone."""
    return join_nonempty(organisation_text(hit), hit.former_name_words)


def organisation_picker(app_context: AppContext, *, title: str, hint: str) -> RecordPicker:
    """Return a field in which a registered 団体 is chosen."""
    return RecordPicker(
        app_context, find_organisations, organisation_suggestion, to_name=organisation_text, title=title, hint=hint
    )


def organisation_entry_field(app_context: AppContext) -> RecordPicker:
    """Return a field to choose a 団体 in or, if it is not registered, just type it; its list is an overlay."""
    return RecordPicker(
        app_context,
        find_organisations,
        organisation_suggestion,
        title="団体",
        hint="2文字で探す　なければそのまま入力",
        to_name=lambda hit: hit.organisation.name,
        no_match_text="",
        max_suggestions=5,
        is_overlay=True,
    )


class OrganisationFinder(RecordPicker):
    """Search field for a 団体; typed text stays as written when no 団体 is chosen.

    With ``allow_new`` the last row of the list offers the typed name as a new 団体; ``new_name`` is that name once it
    was chosen. With ``allow_unregistered`` False a name outside the register must be taken as a new 団体. Signals:
    those of ``RecordPicker``.
    """

    def __init__(
        self,
        app_context: AppContext,
        *,
        allow_new: bool = False,
        allow_unregistered: bool = True,
        is_overlay: bool = False,
    ):
        self._allow_new, self._allow_unregistered = allow_new, allow_unregistered
        super().__init__(
            app_context,
            suggest_organisations,
            self._suggestion_text,
            to_name=lambda one: one.name,
            title="団体",
            hint=in_year_words("2文字から探します（名称・ふりがな・支部）"),
            no_match_text="団体の名簿にありません。このままでも受け付けられます（書かれたとおりに残します）。",
            min_letters=2,
            max_suggestions=5 if allow_new else 8,
            visible_rows=6 if allow_new else 4,
            is_overlay=is_overlay,
        )

    @property
    def organisation(self) -> Organisation | None:
        """Return the registered 団体 that is chosen, or None."""
        return self.hit.organisation if self.hit is not None else None

    @property
    def new_name(self) -> str:
        """Return the name of the new 団体 if one was chosen, else ""."""
        return self.hit.name if self.hit is not None and self.hit.is_new else ""

    def show_organisation(self, organisation: Organisation | None, text: str = "") -> None:
        """Show a registered 団体, or without one the name ``text`` as written."""
        self.show_hit(_to_suggestion(organisation) if organisation is not None else None, text)

    def suggest_organisations(self, organisations: Sequence[Organisation]) -> None:
        """List 団体 to choose from before anything is typed."""
        self.show_suggestions([_to_suggestion(one) for one in organisations], mark=False)

    def show_found(self, text: str, hits: Sequence[OrganisationSuggestion]) -> None:
        """Show the hits; names only known from earlier entries are left out where plain text is not allowed."""
        super().show_found(text, [one for one in hits if one.organisation is not None or self._allow_unregistered])

    def show_suggestions(self, hits: Sequence[OrganisationSuggestion], *, mark: bool) -> None:
        """List the 団体 found, the first marked where ``mark``.

        With ``allow_new`` the typed name comes last, as a new 団体.
        """
        new = (
            (OrganisationSuggestion(name=self.text.strip(), is_new=True),)
            if self._allow_new and self.text.strip()
            else ()
        )
        super().show_suggestions([*hits, *new], mark=mark and bool(hits))

    def status_text(self, *, no_match: bool) -> str:
        """Return the 支部 of the chosen 団体, or what happens with a name that is not in the register."""
        if self.organisation is not None:
            return self.organisation.branch or "支部なし"
        if self.new_name:
            return "新しい団体として名簿に加えます（支部などは、あとで「団体」で入れられます）。"
        return super().status_text(no_match=no_match and self._allow_unregistered)

    def confirm_without_match(self) -> None:
        """Mark the row that adds the typed name and ask for a second Enter, where only a new 団体 can be meant.

        In any other case close the list and emit ``confirmed_without_match``.
        """
        if self._allow_new and not self._allow_unregistered and not self.new_name and not self.list.isHidden():
            self.list.setCurrentRow(self.last_selectable_row)
            self.status_label.setText("名簿にありません。もう一度Enterを押すと、新しい団体として加えます。")
            self.status_label.show()
        else:
            super().confirm_without_match()

    def _choose_item(self, item: QListWidgetItem) -> None:
        """Take a row; a new 団体 beside known ones only when it is taken a second time."""
        again = f"もう一度Enterで、{self._suggestion_text(item.data(Qt.ItemDataRole.UserRole))}"
        if self.list.count() > 1 and item.data(Qt.ItemDataRole.UserRole).is_new and item.text() != again:
            item.setText(again)
        else:
            super()._choose_item(item)

    def _suggestion_text(self, suggestion: OrganisationSuggestion) -> str:
        """Return the text of a suggestion, with branch and former name."""
        if suggestion.organisation is not None:
            return join_nonempty(suggestion.name, suggestion.organisation.branch, suggestion.former_name_words)
        return (
            f"「{suggestion.name}」を新しく加える" if suggestion.is_new else f"{suggestion.name}　（前の申込の書き方）"
        )


def _to_suggestion(organisation: Organisation) -> OrganisationSuggestion:
    return OrganisationSuggestion(name=organisation.name, organisation=organisation)
