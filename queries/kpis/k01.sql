-- purpose: K01 年4回以上来訪者数: people with 4 or more visits to one municipality in the 365 days; part fy: in the fiscal year to date.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   mart_visits, mart_coverage
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

parts as (

    select
        '' as part,
        region_level,
        region_code,
        as_of,
        reach_on,
        segment_kind,
        segment_value,
        cast(people_4plus as double) as numerator,
        cast(null as double) as denominator,
        people_4plus as n
    from mart_visits
    where period = 'w365'

    union all

    select
        'fy' as part,
        region_level,
        region_code,
        as_of,
        reach_on,
        segment_kind,
        segment_value,
        cast(people_4plus as double) as numerator,
        cast(null as double) as denominator,
        people_4plus as n
    from mart_visits
    where period = 'fy'

)

select
    'K01' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    measured.segment_kind,
    measured.segment_value,
    measured.numerator as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case
        when measured.part = '' and coverage.first_on > measured.as_of - 364 then 'provisional'
        -- The fiscal year is complete on 31 March only, and in a log that covers its first day.
        when measured.part = 'fy' and (month(measured.as_of) <> 3 or day(measured.as_of) <> 31) then 'provisional'
        when measured.part = 'fy' and coverage.first_on > make_date(year(measured.as_of) - 1, 4, 1) then 'provisional'
        else 'final'
    end as status
from parts as measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
