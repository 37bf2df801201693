"""How the paper of 仕様書の読み比べ says it."""
