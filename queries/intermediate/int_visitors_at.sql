-- purpose: Visitors alike in every segment and frequency band, added up: what the marts of visits add up.
-- grain:   region_level, region_code, as_of, reach_on, period, origin_block, age_band, gender, purpose, program, visits_band
-- reads:   int_people_visits_at, int_people_at
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   period         varchar  w365, month, fy, cy
--   origin_block   varchar  region block of the home, or unknown
--   age_band       varchar  by calendar year of birth, or unknown
--   gender         varchar  female, male, other, unknown
--   purpose        varchar  of the latest counted visit, or unknown
--   program        varchar  of the latest counted visit; self where self-initiated; unknown without a visit
--   visits_band    varchar  1, 2, 3, 4-5, 6-11, 12+, by the municipality visited most
--   people         bigint   distinct people with a counted visit
--   visits         bigint   counted visits
--   ties           bigint   person × municipality with a counted visit
--   nights         bigint   nights of those visits
--   stay_days      bigint   sum over visits of nights + 1
--   spend_people   bigint   people with spend data
--   spend_visits   bigint   visits with spend data
--   spend_yen      double   amount; the middle of a band, the bound of an open one
--   spend_low      bigint   lower bound
--   spend_high     bigint   upper bound; the lower one where a band is open

select
    visits.region_level,
    visits.region_code,
    visits.as_of,
    visits.reach_on,
    visits.period,
    coalesce(standing.origin_block, 'unknown') as origin_block,
    coalesce(standing.age_band, 'unknown') as age_band,
    coalesce(standing.gender, 'unknown') as gender,
    coalesce(standing.purpose, 'unknown') as purpose,
    coalesce(standing.program, 'unknown') as program,
    case
        when visits.best_visits = 1 then '1'
        when visits.best_visits = 2 then '2'
        when visits.best_visits = 3 then '3'
        when visits.best_visits <= 5 then '4-5'
        when visits.best_visits <= 11 then '6-11'
        else '12+'
    end as visits_band,
    count(*) as people,
    cast(sum(visits.visits) as bigint) as visits,
    cast(sum(visits.ties) as bigint) as ties,
    cast(sum(visits.nights) as bigint) as nights,
    cast(sum(visits.stay_days) as bigint) as stay_days,
    count(case when visits.spend_visits > 0 then 1 end) as spend_people,
    cast(sum(visits.spend_visits) as bigint) as spend_visits,
    coalesce(sum(visits.spend_yen), 0) as spend_yen,
    cast(coalesce(sum(visits.spend_low), 0) as bigint) as spend_low,
    cast(coalesce(sum(visits.spend_high), 0) as bigint) as spend_high
from int_people_visits_at as visits
left join int_people_at as standing
    on
        visits.region_level = standing.region_level
        and visits.region_code = standing.region_code
        and visits.as_of = standing.as_of
        and visits.reach_on = standing.reach_on
        and visits.person_key = standing.person_key
group by
    visits.region_level, visits.region_code, visits.as_of, visits.reach_on, visits.period,
    standing.origin_block, standing.age_band, standing.gender, standing.purpose, standing.program, visits_band
