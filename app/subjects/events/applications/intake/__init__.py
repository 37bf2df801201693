"""Reading files of others for 申込."""
