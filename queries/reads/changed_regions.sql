-- purpose: The regions in which anything changed since the snapshot before, and how much.
-- grain:   region_level, region_code
-- reads:   mart_changes
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   days          bigint   days with a figure that changed
--   figures       bigint   figures that changed, over all days
--   first_on      date     first of those days
--   last_on       date     last of those days

select
    region_level,
    region_code,
    count(distinct as_of) as days,
    count(*) as figures,
    min(as_of) as first_on,
    max(as_of) as last_on
from mart_changes
group by region_level, region_code
order by region_level, region_code
