-- purpose: The people of a file, numbered.
-- grain:   track
-- reads:   ask_file_rows
-- params:  none
-- columns:
--   track        bigint   a number of the person
--   person       bigint   the same number
--   person_text  varchar  as written

with

people as (

    select distinct person as person_text
    from ask_file_rows

)

select
    row_number() over () as track,
    row_number() over () as person,
    person_text
from people
