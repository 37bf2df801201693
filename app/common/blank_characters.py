"""Characters that are drawn as nothing: a name made only of them looks empty on screen and paper."""

from __future__ import annotations

BLANK_CHARACTERS = "\u115f\u1160\u2800\u3164\uffa0"
"""The fillers of Hangul and the empty cell of Braille."""
