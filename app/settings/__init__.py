"""Settings, protection of personal data, erasing, incidents (設定・情報保護)."""
