-- purpose: K13 同一人の消費額の増減: median of spending in the 365 days less that in the 365 before, of people known in both.
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
--   n              bigint   people behind the value
--   status         varchar  final, provisional, no_data

with

-- Who is known to have spent something on one visit only is in no pair of years.
spenders as (

    select person_key
    from int_visits
    where counted and spend_low is not null
    group by person_key
    having count(*) > 1

),

spent as (

    select
        as_ofs.as_of,
        as_ofs.reach_on,
        visits.municipality_code,
        visits.person_key,
        visits.arrived_on >= as_ofs.w365_from as is_now,
        sum((visits.spend_low + coalesce(visits.spend_high, visits.spend_low)) / 2) as yen
    from int_visits as visits
    inner join spenders
        on visits.person_key = spenders.person_key
    inner join int_as_ofs as as_ofs
        on visits.arrived_on between as_ofs.as_of - 729 and as_ofs.as_of
    left join int_routine_at as routine
        on
            as_ofs.as_of = routine.as_of
            and as_ofs.reach_on = routine.reach_on
            and visits.municipality_code = routine.municipality_code
            and visits.person_key = routine.person_key
    where visits.counted and visits.spend_low is not null and routine.person_key is null
    group by as_ofs.as_of, as_ofs.reach_on, visits.municipality_code, visits.person_key, is_now

),

people as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        spent.person_key,
        sum(case when spent.is_now then spent.yen end) - sum(case when not spent.is_now then spent.yen end) as change
    from spent
    inner join int_members_at as members
        on
            spent.as_of = members.as_of
            and spent.reach_on = members.reach_on
            and spent.municipality_code = members.municipality_code
    group by members.region_level, members.region_code, members.as_of, members.reach_on, spent.person_key

),

compared as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        median(change) as change,
        count(case when change > 0 then 1 end) as risen,
        count(*) as people
    from people
    where change is not null
    group by region_level, region_code, as_of, reach_on

),

measured as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        '' as part,
        cast(change as double) as value,
        cast(change as double) as numerator,
        cast(null as double) as denominator,
        people as n
    from compared

    union all

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        'more' as part,
        risen / cast(people as double) as value,
        cast(risen as double) as numerator,
        cast(people as double) as denominator,
        people as n
    from compared

)

select
    'K13' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    measured.value as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case when coverage.first_on > measured.as_of - 729 then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
