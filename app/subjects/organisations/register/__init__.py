"""団体・人・重複・段階: who there is, beyond any event."""
