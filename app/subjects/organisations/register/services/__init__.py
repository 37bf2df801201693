"""What a user can do, without Qt: 団体・人・重複・段階."""
