"""The screens of the register and their place in the window."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.main_window.navigation import ScreenEntry


def screens(_places: Collection[str]) -> Iterator[ScreenEntry]:
    """Yield the screen of the register; its module is imported when its turn comes, it is built when first shown."""
    from app.registers.register.screens.organisations_screen import OrganisationsScreen

    yield ScreenEntry(
        "organisations",
        "users-three",
        "団体",
        OrganisationsScreen,
    )
