-- purpose: K35 捕捉率: tracked people of the month over the official visitors, in the municipalities that have the official figure.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_visits, dim_area_stats, int_as_ofs, int_members_at, int_routine_at, mart_coverage
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
--   n              bigint   people behind the value
--   status         varchar  final, provisional, no_data

with

official as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        members.municipality_code,
        stats.value as visitors
    from int_members_at as members
    inner join dim_area_stats as stats
        on
            members.municipality_code = stats.municipality_code
            and stats.metric = '観光来訪者数'
            and stats.month = strftime(members.as_of, '%Y-%m')

),

present as (

    select distinct
        as_ofs.as_of,
        as_ofs.reach_on,
        visits.municipality_code,
        visits.person_key
    from int_visits as visits
    inner join int_as_ofs as as_ofs
        on visits.arrived_on between as_ofs.month_from and as_ofs.as_of
    left join int_routine_at as routine
        on
            as_ofs.as_of = routine.as_of
            and as_ofs.reach_on = routine.reach_on
            and visits.municipality_code = routine.municipality_code
            and visits.person_key = routine.person_key
    where visits.counted and routine.person_key is null

),

tracked as (

    select
        official.region_level,
        official.region_code,
        official.as_of,
        official.reach_on,
        count(distinct present.person_key) as people
    from official
    inner join present
        on
            official.as_of = present.as_of
            and official.reach_on = present.reach_on
            and official.municipality_code = present.municipality_code
    group by official.region_level, official.region_code, official.as_of, official.reach_on

),

totals as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        cast(sum(visitors) as double) as visitors
    from official
    group by region_level, region_code, as_of, reach_on

),

measured as (

    select
        '' as part,
        totals.region_level,
        totals.region_code,
        totals.as_of,
        totals.reach_on,
        cast(coalesce(tracked.people, 0) as double) as numerator,
        totals.visitors as denominator,
        coalesce(tracked.people, 0) as n
    from totals
    left join tracked
        on
            totals.region_level = tracked.region_level
            and totals.region_code = tracked.region_code
            and totals.as_of = tracked.as_of
            and totals.reach_on = tracked.reach_on

)

select
    'K35' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    measured.numerator / nullif(measured.denominator, 0) as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case
        when day(measured.as_of + 1) <> 1 then 'provisional'
        when coverage.first_on > cast(date_trunc('month', measured.as_of) as date) then 'provisional'
        else 'final'
    end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
