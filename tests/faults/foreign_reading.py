"""Workbooks read in this process, by the code of the child, so that thousands of them start no child."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.foreign_files.children.workbook_child import handle_request
from app.foreign_files.workbooks import workbook_reading


@contextmanager
def books_read_here(*, here: bool) -> Iterator[None]:
    """Let workbooks be read in this process, by the same code and through the same text, without starting a child."""

    def ask(_serve: object, request: dict[str, str], data: bytes, _caps: object) -> tuple[dict[str, Any], bytes]:
        answer = handle_request(data, request["sheet"], names=bool(request["names"]))
        return json.loads(json.dumps(answer)), b""

    with pytest.MonkeyPatch.context() as patch:
        if here:
            patch.setattr(workbook_reading, "ask_child", ask)
        yield
