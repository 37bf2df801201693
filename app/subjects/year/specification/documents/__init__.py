"""The document of 仕様書の読み比べ, as blocks."""
