"""Reading files of others for 設問."""
