-- purpose: Where rows came or went since the snapshot before, by load, municipality and month; empty in a first snapshot.
-- grain:   load_id, table_name, municipality_code, month_on
-- reads:   dim_load_rows, ask_rows_before
-- params:  none
-- columns:
--   load_id            integer  the load the rows came with
--   table_name         varchar  input table of the contract
--   municipality_code  varchar  5-digit JIS X 0402 code
--   month_on           date     first day of the month
--   rows_before        bigint   rows that held in the snapshot before
--   rows_after         bigint   rows that hold now

select
    coalesce(now.load_id, before.load_id) as load_id,
    coalesce(now.table_name, before.table_name) as table_name,
    coalesce(now.municipality_code, before.municipality_code) as municipality_code,
    coalesce(now.month_on, before.month_on) as month_on,
    coalesce(before.row_count, 0) as rows_before,
    coalesce(now.row_count, 0) as rows_after
from dim_load_rows as now
full join ask_rows_before as before
    on
        now.load_id = before.load_id
        and now.table_name = before.table_name
        and now.municipality_code = before.municipality_code
        and now.month_on = before.month_on
where
    exists (select 1 as one from ask_rows_before)
    and coalesce(before.row_count, 0) <> coalesce(now.row_count, 0)
