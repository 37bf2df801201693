"""仕様書の読み比べ, which compares the next year's 仕様書 with this year's and confirms numbers."""
