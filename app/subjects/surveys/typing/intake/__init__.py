"""Reading files of others for 検算・代行入力."""
