"""Pure decisions about 仕様書の読み比べ."""
