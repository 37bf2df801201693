-- What may be done with a handout (許諾, 生成AI, 次年度再利用), and where on its page a finding stands.

ALTER TABLE materials ADD COLUMN rights TEXT NOT NULL DEFAULT '{}';

ALTER TABLE findings ADD COLUMN place TEXT NOT NULL DEFAULT '[]';
