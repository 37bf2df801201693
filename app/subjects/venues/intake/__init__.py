"""Reading files of others for 会場・予約."""
