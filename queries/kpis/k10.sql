-- purpose: K10 平均日在圏人数: people who spend the night, per night of the month so far.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_nights, int_as_ofs, int_members_at, int_routine_at, mart_coverage
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

stays as (

    select
        as_ofs.as_of,
        as_ofs.reach_on,
        nights.municipality_code,
        nights.person_key,
        greatest(nights.slept_from, as_ofs.month_from) as slept_from,
        date_diff(
            'day', greatest(nights.slept_from, as_ofs.month_from), least(nights.slept_to, as_ofs.as_of + 1)
        ) as nights
    from int_nights as nights
    inner join int_as_ofs as as_ofs
        on
            nights.slept_from <= as_ofs.as_of
            and nights.slept_to > as_ofs.month_from
    left join int_routine_at as routine
        on
            as_ofs.as_of = routine.as_of
            and as_ofs.reach_on = routine.reach_on
            and nights.municipality_code = routine.municipality_code
            and nights.person_key = routine.person_key
    where routine.person_key is null

),

-- A month has at most 31 nights.
single_nights as (

    select
        stays.as_of,
        stays.reach_on,
        stays.municipality_code,
        stays.person_key,
        stays.slept_from + offsets.night as slept_on
    from stays
    inner join (
        values
        (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15),
        (16), (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29), (30)
    ) as offsets (night)
        on offsets.night < stays.nights

),

-- Who slept in two towns of a region in one night, by two records, is one person there.
people as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        single_nights.person_key,
        count(distinct single_nights.slept_on) as nights
    from single_nights
    inner join int_members_at as members
        on
            single_nights.as_of = members.as_of
            and single_nights.reach_on = members.reach_on
            and single_nights.municipality_code = members.municipality_code
    group by
        members.region_level, members.region_code, members.as_of, members.reach_on, single_nights.person_key

),

counted as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        cast(sum(nights) as double) as nights,
        count(*) as people
    from people
    group by region_level, region_code, as_of, reach_on

),

measured as (

    select
        '' as part,
        coverage.region_level,
        coverage.region_code,
        coverage.as_of,
        coverage.reach_on,
        coalesce(counted.nights, 0) as numerator,
        cast(day(coverage.as_of) as double) as denominator,
        coalesce(counted.people, 0) as n
    from mart_coverage as coverage
    left join counted
        on
            coverage.region_level = counted.region_level
            and coverage.region_code = counted.region_code
            and coverage.as_of = counted.as_of
            and coverage.reach_on = counted.reach_on

)

select
    'K10' as kpi_id,
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
