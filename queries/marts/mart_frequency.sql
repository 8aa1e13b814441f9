-- purpose: People by how often they came to the municipality they visited most, per period.
-- grain:   region_level, region_code, as_of, reach_on, period, segment_kind, segment_value, visits_band
-- reads:   int_visitors_at
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
    cast(sum(people) as bigint) as people
from int_visitors_at
group by grouping sets (
    (region_level, region_code, as_of, reach_on, period, visits_band),
    (region_level, region_code, as_of, reach_on, period, visits_band, origin_block),
    (region_level, region_code, as_of, reach_on, period, visits_band, age_band),
    (region_level, region_code, as_of, reach_on, period, visits_band, gender),
    (region_level, region_code, as_of, reach_on, period, visits_band, purpose),
    (region_level, region_code, as_of, reach_on, period, visits_band, program)
)
