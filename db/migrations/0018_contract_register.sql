-- The contract register: number, amount with its tax, 仕様書, parties, annexes, and the number of each 契約変更.

ALTER TABLE programmes ADD COLUMN contract_number TEXT NOT NULL DEFAULT '';

ALTER TABLE programmes ADD COLUMN amount INTEGER;

ALTER TABLE programmes ADD COLUMN tax_rate INTEGER NOT NULL DEFAULT 10;

ALTER TABLE programmes ADD COLUMN tax INTEGER;

ALTER TABLE programmes ADD COLUMN specification TEXT NOT NULL DEFAULT '';

ALTER TABLE programmes ADD COLUMN specification_on TEXT;

ALTER TABLE programmes ADD COLUMN payment_way TEXT NOT NULL DEFAULT '一括';

ALTER TABLE programmes ADD COLUMN invoice_to TEXT NOT NULL DEFAULT '';

ALTER TABLE programmes ADD COLUMN annex_004 INTEGER NOT NULL DEFAULT 0;

ALTER TABLE programmes ADD COLUMN expiry_days TEXT NOT NULL DEFAULT '[90,60,30,7]';

ALTER TABLE contract_terms ADD COLUMN number TEXT NOT NULL DEFAULT '';

ALTER TABLE contract_terms ADD COLUMN amount INTEGER;

ALTER TABLE contract_terms ADD COLUMN tax_rate INTEGER;

ALTER TABLE contract_terms ADD COLUMN tax INTEGER;

ALTER TABLE contract_terms ADD COLUMN specification TEXT NOT NULL DEFAULT '';

ALTER TABLE contract_terms ADD COLUMN specification_on TEXT;

ALTER TABLE kind_numbers ADD COLUMN number TEXT NOT NULL DEFAULT '';

ALTER TABLE contractors ADD COLUMN address TEXT NOT NULL DEFAULT '';

ALTER TABLE contractors ADD COLUMN registration_number TEXT NOT NULL DEFAULT '';
