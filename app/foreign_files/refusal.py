"""The one exception of this floor: a received file that cannot be taken, said in one Japanese sentence."""

from __future__ import annotations


class IntakeRefusal(Exception):
    """A file is not read at all; ``str()`` is one Japanese sentence: what it is, and what to do."""
