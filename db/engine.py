"""Set up SQLCipher as the engine under sqlite-utils, before anything imports either."""

from __future__ import annotations

import sys

import sqlcipher3
from sqlcipher3 import dbapi2

# sqlite-utils looks for pysqlite3 first; giving it SQLCipher makes its own error handling
# (insert with alter, index names) catch the errors this engine really raises.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

from sqlite_utils import Database  # noqa: E402
from sqlite_utils.migrations import Migrations  # noqa: E402

__all__ = ["Database", "Migrations", "dbapi2"]
