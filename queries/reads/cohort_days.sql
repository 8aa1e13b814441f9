-- purpose: The days up to one on which cohorts of a region were looked at, latest first.
-- grain:   as_of
-- reads:   mart_cohorts
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     last day shown
-- columns:
--   as_of  date  31 March, 30 September, the last month end of the region and its month of the years before

select distinct as_of
from mart_cohorts
where
    region_level = $region_level
    and region_code = $region_code
    and as_of <= $as_of
order by as_of desc
