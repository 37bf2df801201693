"""Pure decisions: 会場・予約."""
