-- What follows from a discussion is done one day: until then a row of the ward stands on home.

ALTER TABLE discussion_points ADD COLUMN done_on TEXT;
