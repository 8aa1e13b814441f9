-- purpose: People by how often they came to the municipality they visited most, per period.
-- grain:   region_level, region_code, as_of, reach_on, period, segment_kind, segment_value, visits_band
-- reads:   int_people_visits_at, int_people_at
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   period         varchar  w365, month, fy, cy
--   segment_kind   varchar  all, origin_block, age_band, gender, purpose, program
--   segment_value  varchar  all for all, unknown where not known
--   visits_band    varchar  1, 2, 3, 4-5, 6-11, 12+
--   people         bigint   distinct people

with

people as (

    select
        visits.region_level,
        visits.region_code,
        visits.as_of,
        visits.reach_on,
        visits.period,
        case
            when visits.best_visits = 1 then '1'
            when visits.best_visits = 2 then '2'
            when visits.best_visits = 3 then '3'
            when visits.best_visits <= 5 then '4-5'
            when visits.best_visits <= 11 then '6-11'
            else '12+'
        end as visits_band,
        coalesce(standing.origin_block, 'unknown') as origin_block,
        coalesce(standing.age_band, 'unknown') as age_band,
        coalesce(standing.gender, 'unknown') as gender,
        coalesce(standing.purpose, 'unknown') as purpose,
        coalesce(standing.program, 'unknown') as program
    from int_people_visits_at as visits
    left join int_people_at as standing
        on
            visits.region_level = standing.region_level
            and visits.region_code = standing.region_code
            and visits.as_of = standing.as_of
            and visits.reach_on = standing.reach_on
            and visits.person_key = standing.person_key

)

select
    region_level,
    region_code,
    as_of,
    reach_on,
    period,
    case
        when grouping(origin_block) = 0 then 'origin_block'
        when grouping(age_band) = 0 then 'age_band'
        when grouping(gender) = 0 then 'gender'
        when grouping(purpose) = 0 then 'purpose'
        when grouping(program) = 0 then 'program'
        else 'all'
    end as segment_kind,
    coalesce(origin_block, age_band, gender, purpose, program, 'all') as segment_value,
    visits_band,
    count(*) as people
from people
group by grouping sets (
    (region_level, region_code, as_of, reach_on, period, visits_band),
    (region_level, region_code, as_of, reach_on, period, visits_band, origin_block),
    (region_level, region_code, as_of, reach_on, period, visits_band, age_band),
    (region_level, region_code, as_of, reach_on, period, visits_band, gender),
    (region_level, region_code, as_of, reach_on, period, visits_band, purpose),
    (region_level, region_code, as_of, reach_on, period, visits_band, program)
)
