"""Reading files of others for 年間の比較."""
