"""What a user can do, without Qt: 仕様書の読み比べ."""
