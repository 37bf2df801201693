"""完了・検査・支払, from the 業務完了届 over 検査 and 請求書 to the payment and the end of the accounts."""
