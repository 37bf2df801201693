"""The screens of due erasures and of the end of a contract, and their place in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, loaded when first shown."""
    from app.subjects.settings.disposal.screens.contract_end_screen import ContractEndScreen
    from app.subjects.settings.disposal.screens.disposal_screen import DisposalScreen

    yield ScreenEntry("disposal", "shield-check", "消す時期が来たもの", DisposalScreen, parent_screen="settings")
    yield ScreenEntry("contract_end", "archive-box", "契約の終わり", ContractEndScreen, parent_screen="summary")
