-- When what a 当日持出しファイル brought back was written into the roster has a column of its own; before, words in the 備考 of its
-- row said so, and anybody's words with 「受付の記録を名簿に戻した」 kept the file from being brought back. Only words of exactly the
-- shape that the program wrote fill the column; the 備考 tells what happened and stays as it is.

ALTER TABLE takeouts ADD COLUMN merged_at TEXT;

UPDATE takeouts SET merged_at = coalesce(disposed_at, returned_at)
WHERE medium = 'ノートPC／USB' AND returned_at IS NOT NULL
  AND '　' || note || '　' GLOB '*[　 0-9][0-9]/[0-9]*(?) [0-9]*:[0-5][0-9]　受付の記録を名簿に戻した（[0-9]*件）　*';
