-- purpose: The files every row came from: with load_id, file_no and line a visit leads back to its line.
-- grain:   load_id, file_no
-- reads:   ask_files
-- params:  none
-- columns:
--   load_id         integer  the load
--   file_no         integer  file within the load
--   file            varchar  name of the file
--   table_name      varchar  input table of the contract
--   loaded_at       varchar  UTC
--   rows_read       bigint   rows in the file
--   rows_accepted   bigint   of those, accepted
--   rows_duplicate  bigint   of those, merged as exact duplicates
--   rows_rejected   bigint   of those, refused

select
    load_id,
    file_no,
    file,
    table_name,
    loaded_at,
    rows_read,
    rows_accepted,
    rows_duplicate,
    rows_rejected
from ask_files
