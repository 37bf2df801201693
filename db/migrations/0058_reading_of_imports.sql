-- By which reading of answers a file was taken in: 0 searched cells for words, 1 reads them whole. What was taken in by 0
-- and has not been compared or confirmed since is named as 未確認の読み.

ALTER TABLE foreign_imports ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;
