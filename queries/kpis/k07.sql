-- purpose: K07 再来訪率: of the people whose first 365 days are over, the share with a second visit to one municipality in them.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_members_at, int_visit_profiles, int_routine_at, mart_coverage
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

firsts as (

    select
        municipality_code,
        person_key,
        arrived_on as came_on,
        arrives_next as came_again_on
    from int_visit_profiles
    where arrived_before is null

),

people as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        min(firsts.came_on) as came_on,
        min(firsts.came_again_on) as came_again_on
    from int_members_at as members
    inner join firsts
        on
            members.municipality_code = firsts.municipality_code
            -- A tie of this year matters only where it brought the second visit of somebody known for longer.
            and (
                firsts.came_on <= members.as_of - 365
                or (firsts.came_on <= members.as_of and firsts.came_again_on <= members.as_of)
            )
    left join int_routine_at as routine
        on
            members.as_of = routine.as_of
            and members.reach_on = routine.reach_on
            and firsts.municipality_code = routine.municipality_code
            and firsts.person_key = routine.person_key
    where routine.person_key is null
    group by members.region_level, members.region_code, members.as_of, members.reach_on, firsts.person_key

),

counted as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        came_on >= as_of - 729 as is_recent,
        count(*) as people,
        count(case when came_again_on <= came_on + 365 then 1 end) as returned
    from people
    where came_on <= as_of - 365
    group by region_level, region_code, as_of, reach_on, is_recent

),

measured as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        '' as part,
        cast(sum(returned) as double) as numerator,
        cast(sum(people) as double) as denominator,
        cast(sum(people) as bigint) as n
    from counted
    group by region_level, region_code, as_of, reach_on

    union all

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        'recent' as part,
        cast(returned as double) as numerator,
        cast(people as double) as denominator,
        people as n
    from counted
    where is_recent

)

select
    'K07' as kpi_id,
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
        when measured.part = 'recent' and coverage.first_on > measured.as_of - 729 then 'provisional'
        else 'final'
    end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
