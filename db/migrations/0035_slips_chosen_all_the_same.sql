-- Why a slip was chosen that came after the closing day, or that nobody had signed yet. Every slip of before was signed; of those that came late nobody wrote why.

ALTER TABLE dispatch_wishes ADD COLUMN exception_reason TEXT NOT NULL DEFAULT '';
