-- purpose: What the next snapshot is compared with: the rows each load brought.
-- grain:   load_id, table_name, municipality_code, month_on
-- reads:   dim_load_rows
-- params:  none
-- columns:
--   load_id            integer  the load
--   table_name         varchar  input table of the contract
--   municipality_code  varchar  5-digit JIS X 0402 code
--   month_on           date     first day of the month
--   row_count          bigint   rows that hold

select
    load_id,
    table_name,
    municipality_code,
    month_on,
    row_count
from dim_load_rows
