-- purpose: Times of a file that are written neither as ISO dates nor as ISO timestamps.
-- grain:   time_text
-- reads:   ask_file_rows
-- params:  none
-- columns:
--   time_text   varchar  as written
--   first_row   bigint   first row that has it, from 1

select
    coalesce(time_text, '') as time_text,
    min(row_no) as first_row
from ask_file_rows
where
    happened_at is null
    and (
        time_text is null
        or not regexp_matches(time_text, '^[0-9]{4}[-/]')
        or try_cast(time_text as timestamp) is null
    )
group by coalesce(time_text, '')
order by first_row
