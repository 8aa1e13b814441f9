-- purpose: Which municipalities speak for each region on each day asked about.
-- grain:   region_level, region_code, as_of, reach_on, municipality_code
-- reads:   int_membership, mart_coverage
-- params:  none
-- columns:
--   region_level       varchar  municipality, prefecture, nation, group
--   region_code        varchar  5 digits, 2 digits, JP, id of the group
--   as_of              date     the day
--   reach_on           date     only members whose horizon reaches this day are used
--   municipality_code  varchar  5-digit code of a member whose horizon reaches reach_on

select
    coverage.region_level,
    coverage.region_code,
    coverage.as_of,
    coverage.reach_on,
    membership.municipality_code
from mart_coverage as coverage
inner join int_membership as membership
    on
        coverage.region_level = membership.region_level
        and coverage.region_code = membership.region_code
        and coverage.reach_on <= membership.horizon_on
