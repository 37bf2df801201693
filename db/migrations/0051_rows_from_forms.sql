-- 出どころ of a row that came by a form: the day on which the form came. Rows of before stay 手入力: which of them came by
-- one is not known.

ALTER TABLE ledger_rows ADD COLUMN received_on TEXT;
