-- No table changes. From here on the log keeps fingerprints of the written form (w1:), which a program before this
-- step would take for another paper: it is refused by the number of its version.
SELECT 1;
