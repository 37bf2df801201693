"""Suggested findings, from the most frequent earlier ones and the usual ones, with their 根拠."""

from __future__ import annotations

from collections.abc import Sequence

from db.record import record
from db.records.submissions.materials import FindingDuty
from db.store import Store
from db.tables import materials as table

_MOST, _WRITTEN = 9, 5
"""How many suggestions there are (keys 1 to 9), and how many of them are earlier findings at most."""


@record
class UsualFinding:
    """A suggested finding with its text, 必須 or お願い, and the basis of a 必須."""

    text: str
    duty: FindingDuty
    basis: str = ""


COMMON_FINDINGS = (
    UsualFinding(text="誤字を直す", duty=FindingDuty.REQUIRED, basis="内容の誤り"),
    UsualFinding(text="写真の承諾を確かめる", duty=FindingDuty.REQUIRED, basis="肖像の承諾"),
    UsualFinding(text="ほかの団体の名称・ロゴの承諾を確かめる", duty=FindingDuty.REQUIRED, basis="肖像・名称"),
    UsualFinding(text="文字を14ポイント以上にする", duty=FindingDuty.REQUEST),
    UsualFinding(text="白黒で印刷しても分かる図にする", duty=FindingDuty.REQUEST),
    UsualFinding(text="図・画面の出典を書く", duty=FindingDuty.REQUEST),
)
"""Permission for photographs, names and logos is settled before reuse; handouts use 14 pt, black and white."""

_BASIS_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("内容の誤り", ("誤字", "脱字", "誤り", "誤記", "間違", "まちがい")),
    ("肖像の承諾", ("写真", "肖像", "顔", "撮影")),
    ("肖像・名称", ("ロゴ", "名称の使用", "名称の承諾")),
)


def usual_findings(store: Store) -> tuple[UsualFinding, ...]:
    """Return the most frequent earlier findings, then the usual ones; at most nine."""
    written = [
        UsualFinding(text=text, duty=FindingDuty(duty), basis=basis)
        for text, duty, basis in table.frequent_findings(store.database, limit=_WRITTEN)
    ]
    known = {one.text for one in written}
    return (*written, *(one for one in COMMON_FINDINGS if one.text not in known))[:_MOST]


def basis_for(text: str, usual: Sequence[UsualFinding]) -> str:
    """Propose the 根拠 of a 必須 finding from the same earlier text, else from a keyword in it.

    Returns "" where nothing is to be proposed: a reason is never made up.
    """
    words = text.strip()
    same = next((one.basis for one in usual if one.text == words and one.basis), "")
    return same or next((basis for basis, signs in _BASIS_SIGNS if any(sign in words for sign in signs)), "")
