"""Makes the keyed hashes by which rows of later downloads are recognised; the key itself stays outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from app.subjects.surveys.answers.intake.survey_file import SurveyFile
from app.subjects.surveys.answers.intake.survey_rows import respondent_text, row_fingerprint_text


@dataclass(frozen=True, kw_only=True)
class RowKeys:
    """``row_key`` recognises the row itself, ``respondent_key`` a re-submission (empty when nothing tells)."""

    row_key: str
    respondent_key: str


def row_keys(survey_file: SurveyFile, keyed_hash: Callable[[str], str]) -> dict[int, RowKeys]:
    """The keys of every row by its number.

    ``keyed_hash`` turns a text into a hash under the data folder's key. Two rows of one file that are alike to
    the last letter get different keys (the second counts as the second), so that none of them is lost.
    """
    seen: Counter[str] = Counter()
    keys = {}
    for row in survey_file.rows:
        text = row_fingerprint_text(row)
        seen[text] += 1
        repeated = f"\n{seen[text]}" if seen[text] > 1 else ""
        respondent = respondent_text(row)
        keys[row.row] = RowKeys(
            row_key=keyed_hash("row\n" + text + repeated),
            respondent_key=keyed_hash("respondent\n" + respondent) if respondent else "",
        )
    return keys
