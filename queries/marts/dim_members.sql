-- purpose: Which municipalities with data make up each region, and what is covered of each.
-- grain:   region_level, region_code, municipality_code
-- reads:   int_membership
-- params:  none
-- columns:
--   region_level       varchar  municipality, prefecture, nation, group
--   region_code        varchar  5 digits, 2 digits, JP, id of the group
--   municipality_code  varchar  5-digit JIS X 0402 code
--   first_on           date     first day covered
--   horizon_on         date     last day covered
--   region_horizon_on  date     the last of its members' horizons

select
    region_level,
    region_code,
    municipality_code,
    first_on,
    horizon_on,
    region_horizon_on
from int_membership
