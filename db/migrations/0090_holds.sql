-- Records of a person, an event or a year that nothing erases while somebody asks, complains, examines or sues.

CREATE TABLE holds (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES people(id),
    event_id INTEGER REFERENCES events(id),
    programme_id INTEGER REFERENCES programmes(id),
    reason TEXT NOT NULL,
    begins_on TEXT NOT NULL,
    until TEXT,
    note TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    released_on TEXT,
    released_by TEXT NOT NULL
) STRICT;
