"""The documents that clauses are cited from: the letter of each, its title as it stands on the document, and whether it
binds this contract.

A title is written here once, letter for letter as its document has it; papers, screens and lists ask for it.
"""

from __future__ import annotations

from typing import Final

from db.frozen_record import frozen_record


@frozen_record
class ClauseSource:
    """One document.

    Attributes:
        letter: by which a clause of it is cited in short (「特」 in 「特17(1)」). title: as the document calls itself.
        short: what stands before a number where the clause is written out, "" = the title. binds: it is part of the
            contract.
    """

    letter: str
    title: str
    short: str = ""
    binds: bool = False

    @property
    def citation_prefix(self) -> str:
        """What stands before the number of a clause that is written out."""
        return self.short or self.title


SPECIFICATION: Final = ClauseSource(letter="仕", title="仕様書", binds=True)
ANNEX: Final = ClauseSource(letter="特", title="情報の保護および管理に関する特記事項", short="特記事項", binds=True)
"""What 仕様書6 makes part of the contract."""
OUTSIDE_ANNEX: Final = ClauseSource(letter="機", title="機密保持及び個人情報保護に関する特記事項")
"""No part of the contract: at most the ward follows it by itself."""
CLAUSE_SOURCES: Final = (
    SPECIFICATION,
    ANNEX,
    OUTSIDE_ANNEX,
    ClauseSource(letter="長", title="長崎県自治体クラウドサービス利用契約書"),
    ClauseSource(letter="約", title="クラウド導入支援サービス契約約款"),
    ClauseSource(letter="保", title="保守・運用契約書"),
)
