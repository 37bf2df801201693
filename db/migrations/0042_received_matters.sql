-- 件: of some kinds each paper stands by itself (変更届, 物品持込許可申請書): which one of its kind it is, and its versions
-- within that. What came as 第2版 of such a kind was the second paper, and ended the check of the first.

ALTER TABLE received_papers ADD COLUMN matter INTEGER NOT NULL DEFAULT 0;

UPDATE acts SET key = key || ':' || version, version = 1
    WHERE key IN ('修正の依頼:物品持込許可申請書', '修正の依頼:その他の届') AND version > 0;

UPDATE received_papers SET matter = version, version = 1
    WHERE programme_id IS NOT NULL AND kind IN ('物品持込許可申請書', 'その他の届');
