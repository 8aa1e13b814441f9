-- purpose: K02 年4回以上 達成率: K01 of the fiscal year to date over its target.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   mart_visits, mart_coverage, dim_targets
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

-- 生坂村: 8 of 10 people by January -> 0.8, provisional until 31 March, and for good where the log began after 1 April.
select
    'K02' as kpi_id,
    '' as part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    measured.segment_kind,
    measured.segment_value,
    measured.people_4plus / nullif(targets.value, 0) as value,
    cast(measured.people_4plus as double) as numerator,
    targets.value as denominator,
    measured.people_4plus as n,
    case
        when month(measured.as_of) <> 3 or day(measured.as_of) <> 31 then 'provisional'
        when coverage.first_on > make_date(year(measured.as_of) - 1, 4, 1) then 'provisional'
        else 'final'
    end as status
from mart_visits as measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
inner join dim_targets as targets
    on
        measured.region_code = targets.scope
        and targets.kpi_id = 'K01'
        and targets.fiscal_year = year(measured.as_of) - case when month(measured.as_of) < 4 then 1 else 0 end
where measured.period = 'fy' and measured.segment_kind = 'all'
