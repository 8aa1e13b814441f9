-- purpose: K38 データ鮮度・欠損: days from the region's horizon to the day of the build; part rejected: share of rows refused.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   mart_coverage, int_membership, ask_facts
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   part           varchar  empty for the KPI itself, else the part of it
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   segment_kind   varchar  all, origin_block, age_band, gender, purpose, program
--   segment_value  varchar  all for all, unknown where not known
--   value          double   null where the denominator is zero or nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what; null where the KPI has none
--   n              bigint   people (or visits) behind the value
--   status         varchar  final, provisional, no_data

with

spans as (

    select
        region_level,
        region_code,
        max(horizon_on) as horizon_on
    from int_membership
    group by region_level, region_code

),

measured as (

    select
        coverage.region_level,
        coverage.region_code,
        coverage.as_of,
        coverage.reach_on,
        '' as part,
        cast(date_diff('day', spans.horizon_on, cast(facts.built_at as date)) as double) as numerator,
        cast(null as double) as denominator,
        facts.rows_read as n
    from mart_coverage as coverage
    inner join spans
        on
            coverage.region_level = spans.region_level
            and coverage.region_code = spans.region_code
    cross join ask_facts as facts

    union all

    -- A refused row often has no readable municipality: the share is that of all files.
    select
        coverage.region_level,
        coverage.region_code,
        coverage.as_of,
        coverage.reach_on,
        'rejected' as part,
        cast(facts.rows_rejected as double) as numerator,
        cast(facts.rows_read as double) as denominator,
        facts.rows_read as n
    from mart_coverage as coverage
    cross join ask_facts as facts

)

select
    'K38' as kpi_id,
    part,
    region_level,
    region_code,
    as_of,
    reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    case when part = '' then numerator else numerator / nullif(denominator, 0) end as value,
    numerator,
    denominator,
    n,
    'final' as status
from measured
