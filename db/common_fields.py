"""Fields that many records have with one meaning, each with its word for people and what an erasing does with it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from db.fields import Spec

Key = Annotated[int, Spec(is_hidden=True)]
"""The number of a row, its own or another's."""
HiddenKey = Annotated[str, Spec(is_hidden=True, erasing="sum")]
"""A keyed hash, by which a row is found again."""
Checksum = Annotated[str, Spec("ファイルの照合値", erasing="sum")]
FileName = Annotated[str, Spec("ファイル名", erasing="file")]
Note = Annotated[str, Spec("備考", erasing="free")]
Position = Annotated[int, Spec("順番")]
Reason = Annotated[str, Spec("理由", erasing="free")]
RecordedAt = Annotated[datetime, Spec("日時")]
RecordedBy = Annotated[str, Spec("行った人", erasing="staff")]
