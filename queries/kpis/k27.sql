-- purpose: K27 移動費支援: yen and quantity of supports, yen per supported person, nights per supported round trip.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_supports_at, dim_programs, mart_coverage
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   part           varchar  empty for the KPI itself, else the part of it
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   segment_kind   varchar  all, program
--   segment_value  varchar  all, or the id of the programme
--   value          double   null where the denominator is zero or nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what; null where the KPI has none
--   n              bigint   people supported
--   status         varchar  final, provisional, no_data

with

running as (

    select
        supports.region_level,
        supports.region_code,
        supports.as_of,
        supports.reach_on,
        supports.program_id,
        count(
            case
                when supports.own_program is not null and coalesce(programs.ends_on > supports.as_of, true) then 1
            end
        ) > 0 as is_running
    from int_supports_at as supports
    left join dim_programs as programs
        on supports.own_program = programs.program_id
    group by
        supports.region_level, supports.region_code, supports.as_of, supports.reach_on, supports.program_id

),

totals as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        program_id,
        coalesce(cast(sum(yen) as double), 0) as yen,
        count(distinct person_key) as people
    from int_supports_at
    group by region_level, region_code, as_of, reach_on, program_id

),

trips as (

    select distinct
        region_level,
        region_code,
        as_of,
        reach_on,
        program_id,
        municipality_code,
        person_key,
        trip_on,
        trip_nights
    from int_supports_at
    where trip_on is not null

),

trip_totals as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        program_id,
        cast(sum(trip_nights) as double) as nights,
        cast(count(*) as double) as trips
    from trips
    group by region_level, region_code, as_of, reach_on, program_id

),

measured as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        program_id,
        '' as part,
        yen as value,
        yen as numerator,
        cast(null as double) as denominator,
        people as n
    from totals

    union all

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        program_id,
        'per_person' as part,
        yen / people as value,
        yen as numerator,
        cast(people as double) as denominator,
        people as n
    from totals

    union all

    select
        totals.region_level,
        totals.region_code,
        totals.as_of,
        totals.reach_on,
        totals.program_id,
        'nights' as part,
        trip_totals.nights / trip_totals.trips as value,
        coalesce(trip_totals.nights, 0) as numerator,
        coalesce(trip_totals.trips, 0) as denominator,
        totals.people as n
    from totals
    left join trip_totals
        on
            totals.region_level = trip_totals.region_level
            and totals.region_code = trip_totals.region_code
            and totals.as_of = trip_totals.as_of
            and totals.reach_on = trip_totals.reach_on
            and totals.program_id = trip_totals.program_id

    union all

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        program_id,
        kind as part,
        coalesce(sum(quantity), 0) as value,
        coalesce(sum(quantity), 0) as numerator,
        cast(null as double) as denominator,
        count(distinct person_key) as n
    from int_supports_at
    group by region_level, region_code, as_of, reach_on, program_id, kind

)

select
    'K27' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    case when measured.program_id = 'all' then 'all' else 'program' end as segment_kind,
    measured.program_id as segment_value,
    measured.value as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case when running.is_running then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
inner join running
    on
        measured.region_level = running.region_level
        and measured.region_code = running.region_code
        and measured.as_of = running.as_of
        and measured.reach_on = running.reach_on
        and measured.program_id = running.program_id
