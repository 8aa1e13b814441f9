-- purpose: What a region is called and from when to when its data reach.
-- grain:   none
-- reads:   dim_regions
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  code of the region
--   name_ja       varchar  name
--   name_en       varchar  name
--   first_on      date     first day covered by a member; null without data
--   last_on       date     last of its members' horizons; null without data

select
    region_level,
    region_code,
    name_ja,
    name_en,
    first_on,
    last_on
from dim_regions
where region_level = $region_level and region_code = $region_code
