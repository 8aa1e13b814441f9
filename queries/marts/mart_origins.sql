-- purpose: From which prefecture people come, by the stage they are in; visits of the 365 days.
-- grain:   region_level, region_code, as_of, reach_on, origin_code, stage
-- reads:   int_people_at, int_people_visits_at
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   origin_code    varchar  prefecture of the home, 2 digits, or unknown
--   stage          varchar  stage on the day
--   people         bigint   distinct people in that stage
--   visits         bigint   their counted visits in the 365 days

select
    standing.region_level,
    standing.region_code,
    standing.as_of,
    standing.reach_on,
    standing.origin_code,
    standing.stage,
    count(*) as people,
    cast(coalesce(sum(visits.visits), 0) as bigint) as visits
from int_people_at as standing
left join int_people_visits_at as visits
    on
        standing.region_level = visits.region_level
        and standing.region_code = visits.region_code
        and standing.as_of = visits.as_of
        and standing.reach_on = visits.reach_on
        and standing.person_key = visits.person_key
        and visits.period = 'w365'
group by standing.region_level, standing.region_code, standing.as_of, standing.reach_on, standing.origin_code, standing.stage
