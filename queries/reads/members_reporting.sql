-- purpose: How many members of a region speak on a day, of how many.
-- grain:   none
-- reads:   mart_coverage
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     the day
-- columns:
--   members_reporting  bigint  members whose horizon reaches the day
--   members_with_data  bigint  members with any row or a declared span
--   members_total      bigint  municipalities that belong to the region

select
    members_reporting,
    members_with_data,
    members_total
from mart_coverage
where
    region_level = $region_level
    and region_code = $region_code
    and as_of = $as_of
    and reach_on = as_of
