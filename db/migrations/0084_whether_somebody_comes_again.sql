-- Whether somebody who was told of a 中止 or 延期 that was taken back comes after all: empty where nobody was asked.

ALTER TABLE entries ADD COLUMN comes_again TEXT NOT NULL DEFAULT '';
