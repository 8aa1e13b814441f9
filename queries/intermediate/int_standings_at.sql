-- purpose: People alike in stage, earlier stages and every segment, counted: what the marts of stages add up.
-- grain:   region_level, region_code, as_of, reach_on, stage, stage_year_ago, stage_month_ago, origin_block, age_band, gender, purpose, program
-- reads:   int_people_at
-- params:  none
-- columns:
--   region_level     varchar  municipality, prefecture, nation, group
--   region_code      varchar  5 digits, 2 digits, JP, id of the group
--   as_of            date     the day
--   reach_on         date     only members whose horizon reaches this day are used
--   stage            varchar  on the day
--   stage_year_ago   varchar  365 days before; none where there was none yet
--   stage_month_ago  varchar  on the month end before; none where there was none yet
--   origin_block     varchar  region block of the home, or unknown
--   age_band         varchar  by calendar year of birth, or unknown
--   gender           varchar  female, male, other, unknown
--   purpose          varchar  of the latest counted visit, or unknown
--   program          varchar  of the latest counted visit; self where self-initiated; unknown without a visit
--   people           bigint   distinct people

select
    region_level,
    region_code,
    as_of,
    reach_on,
    stage,
    stage_year_ago,
    stage_month_ago,
    origin_block,
    age_band,
    gender,
    purpose,
    program,
    count(*) as people
from int_people_at
group by
    region_level, region_code, as_of, reach_on, stage, stage_year_ago, stage_month_ago, origin_block,
    age_band, gender, purpose, program
