"""Reading files of others for 団体・人・重複・段階."""
