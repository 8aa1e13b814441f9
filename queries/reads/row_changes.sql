-- purpose: Where rows came or went since the snapshot before in the members of one region, by load and month.
-- grain:   load_id, table_name, municipality_code, month_on
-- reads:   dim_row_changes, dim_members
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code at that level
-- columns:
--   load_id            integer  the load the rows came with
--   table_name         varchar  input table of the contract
--   municipality_code  varchar  5-digit JIS X 0402 code
--   month_on           date     first day of the month
--   rows_before        bigint   rows that held before
--   rows_after         bigint   rows that hold now

select
    changes.load_id,
    changes.table_name,
    changes.municipality_code,
    changes.month_on,
    changes.rows_before,
    changes.rows_after
from dim_row_changes as changes
left join dim_members as members
    on
        changes.municipality_code = members.municipality_code
        and members.region_level = $region_level
        and members.region_code = $region_code
where
    -- A municipality whose only load was withdrawn is no member of anything any more, but of the nation.
    members.municipality_code is not null
    or $region_level = 'nation'
    or ($region_level = 'municipality' and changes.municipality_code = $region_code)
    or ($region_level = 'prefecture' and substr(changes.municipality_code, 1, 2) = $region_code)
order by changes.municipality_code, changes.month_on, changes.load_id, changes.table_name
