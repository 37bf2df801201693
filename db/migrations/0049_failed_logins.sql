-- Log-ins that failed, as other starts of the program counted them before anybody was in: a chain of their own, no rows of a record.

CREATE TABLE failed_logins (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL,
    at TEXT NOT NULL,
    pc TEXT NOT NULL,
    login_id TEXT NOT NULL,
    way TEXT NOT NULL,
    times INTEGER NOT NULL CHECK (times > 0),
    chain TEXT NOT NULL
) STRICT;
