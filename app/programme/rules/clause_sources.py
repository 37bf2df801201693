"""The documents that clauses are cited from: abbreviation, exact title, and whether they bind this contract.

Each title is written here once, exactly as in its document; documents, screens and lists use it.
"""

from __future__ import annotations

from typing import Final

from db.frozen_record import frozen_record


@frozen_record
class ClauseSource:
    """One document that clauses are cited from.

    Attributes:
        letter: its abbreviation in short citations (「特」 in 「特17(1)」). title: its own title.
        short: the text before a number in full citations, "" = the title. binds: it is part of the contract.
    """

    letter: str
    title: str
    short: str = ""
    binds: bool = False

    @property
    def citation_prefix(self) -> str:
        """Return the text before a clause number in full citations."""
        return self.short or self.title


SPECIFICATION: Final = ClauseSource(letter="仕", title="仕様書", binds=True)
ANNEX: Final = ClauseSource(letter="特", title="情報の保護および管理に関する特記事項", short="特記事項", binds=True)
"""Documents that 仕様書6 makes part of the contract."""
OUTSIDE_ANNEX: Final = ClauseSource(letter="機", title="機密保持及び個人情報保護に関する特記事項")
"""Documents outside the contract, which the ward may follow by itself."""
CLAUSE_SOURCES: Final = (
    SPECIFICATION,
    ANNEX,
    OUTSIDE_ANNEX,
    ClauseSource(letter="長", title="長崎県自治体クラウドサービス利用契約書"),
    ClauseSource(letter="約", title="クラウド導入支援サービス契約約款"),
    ClauseSource(letter="保", title="保守・運用契約書"),
)
