-- purpose: K34 月別平準化率: how evenly the visits of the fiscal year lie over its twelve months; 1 where every month has as many.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_visits, int_as_ofs, int_members_at, int_routine_at, mart_coverage
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
--   n              bigint   visits of the fiscal year to date
--   status         varchar  final, provisional, no_data

with

days as (

    select
        municipality_code,
        arrived_on,
        count(*) as visits
    from int_visits
    where counted
    group by municipality_code, arrived_on

),

by_month as (

    select
        as_ofs.as_of,
        as_ofs.reach_on,
        days.municipality_code,
        month(days.arrived_on) as month,
        sum(days.visits) as visits
    from days
    inner join int_as_ofs as as_ofs
        on days.arrived_on between as_ofs.fy_from and as_ofs.as_of
    group by as_ofs.as_of, as_ofs.reach_on, days.municipality_code, month(days.arrived_on)

    union all

    -- Visits may be added up over towns, so ties that are everyday life are taken off afterwards.
    select
        as_ofs.as_of,
        as_ofs.reach_on,
        visits.municipality_code,
        month(visits.arrived_on) as month,
        -count(*) as visits
    from int_visits as visits
    inner join int_as_ofs as as_ofs
        on visits.arrived_on between as_ofs.fy_from and as_ofs.as_of
    inner join int_routine_at as routine
        on
            as_ofs.as_of = routine.as_of
            and as_ofs.reach_on = routine.reach_on
            and visits.municipality_code = routine.municipality_code
            and visits.person_key = routine.person_key
    where visits.counted
    group by as_ofs.as_of, as_ofs.reach_on, visits.municipality_code, month(visits.arrived_on)

),

months as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        by_month.month,
        cast(sum(by_month.visits) as double) as visits
    from by_month
    inner join int_members_at as members
        on
            by_month.as_of = members.as_of
            and by_month.reach_on = members.reach_on
            and by_month.municipality_code = members.municipality_code
    group by members.region_level, members.region_code, members.as_of, members.reach_on, by_month.month

),

shares as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        visits,
        visits / nullif(sum(visits) over (partition by region_level, region_code, as_of, reach_on), 0) as share
    from months

),

measured as (

    select
        '' as part,
        region_level,
        region_code,
        as_of,
        reach_on,
        -- A month without a row has no visits: a twelfth away from its share.
        1 - (sum(abs(share - 1 / 12.0)) + (12 - count(*)) / 12.0) / (22 / 12.0) as numerator,
        cast(null as double) as denominator,
        cast(sum(visits) as bigint) as n
    from shares
    group by region_level, region_code, as_of, reach_on

)

select
    'K34' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    cast(measured.numerator as double) as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case
        when month(measured.as_of) <> 3 or day(measured.as_of) <> 31 then 'provisional'
        when coverage.first_on > make_date(year(measured.as_of) - 1, 4, 1) then 'provisional'
        else 'final'
    end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
