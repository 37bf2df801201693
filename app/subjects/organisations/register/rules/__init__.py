"""Pure decisions: 団体・人・重複・段階."""
