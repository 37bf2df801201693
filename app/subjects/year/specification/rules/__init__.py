"""Pure rules of 仕様書の読み比べ."""
