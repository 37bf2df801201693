"""Services of 仕様書の読み比べ, without Qt."""
