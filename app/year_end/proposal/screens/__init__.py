"""Qt screens of 提案書 and 検討メモ and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens; a module is imported when its turn comes, a screen is built when first shown."""
    from app.year_end.proposal.screens.memo_screen import MemoScreen
    from app.year_end.proposal.screens.proposal_screen import ProposalScreen

    yield ScreenEntry("proposal", "clipboard-text", "次年度提案書の根拠", ProposalScreen, parent_screen="summary")
    yield ScreenEntry("budget_memo", "table", "検討メモ", MemoScreen, parent_screen="summary")
