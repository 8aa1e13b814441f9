-- purpose: Every region with a file of people's detail.
-- grain:   region_level, region_code
-- reads:   dim_members
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group

select distinct
    region_level,
    region_code
from dim_members
order by region_level, region_code
