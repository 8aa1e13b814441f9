-- purpose: The as-of days on which a region says anything, newest first, with how many of its municipalities report.
-- grain:   as_of
-- reads:   mart_coverage
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code at that level
-- columns:
--   as_of              date    last day of a month
--   members_reporting  bigint  municipalities whose horizon reaches that day
--   members_total      bigint  municipalities in the region

select
    as_of,
    cast(members_reporting as bigint) as members_reporting,
    cast(members_total as bigint) as members_total
from mart_coverage
where
    region_level = $region_level
    and region_code = $region_code
    and reach_on = as_of
    and members_reporting > 0
order by as_of desc
