"""仕様書の読み比べ: the 仕様書 of the next year beside that of this year, and the numbers confirmed from it."""
