-- purpose: K36 特定居住 促進計画・支援法人: plans and bodies so far, as the members report them.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   dim_area_stats, int_members_at, mart_coverage
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
--   value          double   null where the denominator is zero or nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what; null where the KPI has none
--   n              bigint   municipalities that report
--   status         varchar  final, provisional, no_data

with

-- Of each member the latest figure at or before the day.
latest as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        members.municipality_code,
        stats.metric,
        arg_max(stats.value, stats.month) as reported
    from int_members_at as members
    inner join dim_area_stats as stats
        on
            members.municipality_code = stats.municipality_code
            and strftime(members.as_of, '%Y-%m') >= stats.month
    where stats.metric in ('特定居住促進計画', '特定居住支援法人')
    group by
        members.region_level, members.region_code, members.as_of, members.reach_on, members.municipality_code,
        stats.metric

),

measured as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        case when metric = '特定居住促進計画' then '' else 'bodies' end as part,
        cast(sum(reported) as double) as numerator,
        cast(null as double) as denominator,
        count(*) as n
    from latest
    group by region_level, region_code, as_of, reach_on, metric

)

select
    'K36' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    measured.numerator as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    'final' as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
