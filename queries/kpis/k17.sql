-- purpose: K17 移行所要日数: median days from the first visit to a stage; empty where half have not reached it.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   mart_cohorts, mart_coverage
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   part           varchar  empty for the KPI itself, else the part of it
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   segment_kind   varchar  all
--   segment_value  varchar  all
--   value          double   null where nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what
--   n              bigint   people behind the value
--   status         varchar  final, provisional, no_data

with

parts as (

    select part, target
    from (
        values ('', 'related'), ('loyal', 'loyal'), ('related', 'related'), ('dual', 'dual'), ('settled', 'settled')
    ) as listed (part, target)

)

select
    'K17' as kpi_id,
    parts.part,
    cohorts.region_level,
    cohorts.region_code,
    cohorts.as_of,
    cohorts.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    cast(cohorts.median_days as double) as value,
    cast(cohorts.reached as double) as numerator,
    cast(cohorts.people as double) as denominator,
    cohorts.people as n,
    case when coverage.first_on > cohorts.as_of - 364 then 'provisional' else 'final' end as status
from mart_cohorts as cohorts
inner join parts
    on cohorts.target = parts.target
inner join mart_coverage as coverage
    on
        cohorts.region_level = coverage.region_level
        and cohorts.region_code = coverage.region_code
        and cohorts.as_of = coverage.as_of
        and cohorts.reach_on = coverage.reach_on
where cohorts.cohort_kind = 'all' and cohorts.entry = 'all'
