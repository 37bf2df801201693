"""What a user can do, without Qt: 実施報告書."""
