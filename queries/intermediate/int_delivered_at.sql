-- purpose: Which kinds of record the members of each region had delivered by each day asked about.
-- grain:   region_level, region_code, as_of, reach_on, record
-- reads:   int_members_at, int_deliveries
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     the day
--   reach_on      date     only members whose horizon reaches this day are used
--   record        varchar  as in int_deliveries

select distinct
    members.region_level,
    members.region_code,
    members.as_of,
    members.reach_on,
    deliveries.record
from int_members_at as members
inner join int_deliveries as deliveries
    on
        members.municipality_code = deliveries.municipality_code
        and members.as_of >= deliveries.first_on
