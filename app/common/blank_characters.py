"""Letters that show nothing: a name of them alone looks empty on screen and paper."""

from __future__ import annotations

from typing import Final

BLANK_CHARACTERS: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""The fillers of Hangul and the empty cell of Braille."""
