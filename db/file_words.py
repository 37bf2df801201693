"""What is said of the kept files after they were looked at: one sentence for each kind of find, a few names in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from db.file_store import State

_NAMED: Final = 3


@dataclass
class FileWords:
    """The names behind each kind of sentence."""

    mended_here: list[str] = field(default_factory=list)
    mended_there: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)

    def lost(self, name: str, state: State, *, without_key: bool) -> None:
        """No copy is known to be whole."""
        if state == "held":
            self.held.append(name)
        elif without_key and state == "damaged":
            self.unproved.append(name)
        else:
            self.gone.append(name)

    def left(self, name: str, here: bool, state: State) -> None:
        """A copy was left as it is, though another one is whole."""
        if state == "held":
            self.held.append(name)
        elif state == "damaged" or here:
            self.damaged.append(name)

    def sentences(self) -> tuple[str, ...]:
        """Return what is to be said."""
        said = (
            (self.mended_here, "が壊れていたかなくなっていたため、バックアップのものから直しました。"),
            (self.mended_there, "のバックアップが壊れていたため、データフォルダーのものから作り直しました。"),
            (self.gone, "が壊れているかなくなっていて、バックアップにも正しいものがありません。もとのファイルがあれば、もう一度取り込んでください。"),
            (self.unproved, "は、まだ確かめていないため写していません。つぎにログインしたときに写します。"),
            (self.damaged, "が、保管したときと違います。つぎにログインしたときに、正しいほうから直します。"),
            (self.held, "を、いま読めません（ほかのプログラムが使用中か、読み取りの権限がありません）。次の機会に確かめます。"),
            (self.unwritten, "を写せませんでした。ディスクの空きと書き込みの権限をご確認ください。"),
        )  # fmt: skip
        return tuple(f"保管ファイル {_named(names)} {words}" for names, words in said if names)


def _named(names: list[str]) -> str:
    """「1a2b3c4d…、5e6f7a8b…」, and how many more."""
    shown = list(dict.fromkeys(f"{name[:8]}…" for name in names))
    more = f" ほか{len(shown) - _NAMED}件" if len(shown) > _NAMED else ""
    return "、".join(shown[:_NAMED]) + more
