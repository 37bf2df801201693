-- How many paper sheets the ward received stood among the numbers of the contractor's tally, although the contractor had
-- told nothing: such a number was compared, and warned of, as if it were the contractor's. It moves to a column of its
-- own. Where nothing else of the contractor is known, only this count was typed, and its tally is empty.

ALTER TABLE event_surveys ADD COLUMN papers_received INTEGER;

UPDATE event_surveys SET papers_received = json_extract(contractor_counts, '$."".紙')
    WHERE json_type(contractor_counts, '$."".紙') = 'integer';

UPDATE event_surveys SET contractor_counts = '{}'
    WHERE json_remove(contractor_counts, '$."".紙') = '{"":{}}' AND counted_on IS NULL;
