-- purpose: After how many months people came back: returns of the last 365 days by months since the arrival before.
-- grain:   region_level, region_code, as_of, months
-- reads:   int_visit_profiles, int_membership, int_cohort_days
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     the day
--   reach_on      date     as_of: members whose horizon reaches it are used
--   months        integer  twelfths of 365 days since the arrival before at the same municipality, 0 to 35; 36 for more
--   returns       bigint   counted visits that followed an earlier one

select
    places.region_level,
    places.region_code,
    places.as_of,
    places.as_of as reach_on,
    cast(
        least(floor(date_diff('day', visits.arrived_before, visits.arrived_on) * 12 / 365), 36) as integer
    ) as months,
    count(*) as returns
from int_visit_profiles as visits
inner join int_membership as membership
    on visits.municipality_code = membership.municipality_code
inner join int_cohort_days as places
    on
        membership.region_level = places.region_level
        and membership.region_code = places.region_code
        and membership.horizon_on >= places.speaks_from
        and visits.arrived_on between places.as_of - 364 and places.as_of
where visits.arrived_before is not null
group by
    places.region_level, places.region_code, places.as_of,
    least(floor(date_diff('day', visits.arrived_before, visits.arrived_on) * 12 / 365), 36)
