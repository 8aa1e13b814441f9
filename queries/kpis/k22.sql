-- purpose: K22 担い手: people with one and with three supporter activities in the fiscal year to date, and their hours.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   stg_engagements, stg_homes, int_as_ofs, int_members_at, int_routine_at, int_delivered_at, mart_coverage
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

acts as (

    select
        as_ofs.as_of,
        as_ofs.reach_on,
        engagements.municipality_code,
        engagements.person_key,
        count(*) as acts,
        sum(engagements.hours) as hours
    from stg_engagements as engagements
    inner join int_as_ofs as as_ofs
        on engagements.engaged_on between as_ofs.fy_from and as_ofs.as_of
    left join stg_homes as homes
        on
            engagements.person_key = homes.person_key
            and engagements.municipality_code = homes.home_municipality_code
            and engagements.engaged_on >= homes.home_from
            and (homes.home_to is null or engagements.engaged_on < homes.home_to)
    left join int_routine_at as routine
        on
            as_ofs.as_of = routine.as_of
            and as_ofs.reach_on = routine.reach_on
            and engagements.municipality_code = routine.municipality_code
            and engagements.person_key = routine.person_key
    where
        engagements.kind in ('contribution', 'work_onsite')
        and homes.person_key is null
        and routine.person_key is null
    group by as_ofs.as_of, as_ofs.reach_on, engagements.municipality_code, engagements.person_key

),

people as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        acts.person_key,
        sum(acts.acts) as acts,
        sum(acts.hours) as hours
    from acts
    inner join int_members_at as members
        on
            acts.as_of = members.as_of
            and acts.reach_on = members.reach_on
            and acts.municipality_code = members.municipality_code
    group by members.region_level, members.region_code, members.as_of, members.reach_on, acts.person_key

),

counted as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        count(*) as people,
        count(case when acts >= 3 then 1 end) as people_3plus,
        sum(hours) as hours
    from people
    group by region_level, region_code, as_of, reach_on

),

measured as (

    select
        parts.part,
        delivered.region_level,
        delivered.region_code,
        delivered.as_of,
        delivered.reach_on,
        cast(
            coalesce(
                case parts.part
                    when 'hours' then counted.hours
                    when 'three' then counted.people_3plus
                    else counted.people
                end, 0
            ) as double
        ) as numerator,
        cast(null as double) as denominator,
        coalesce(case when parts.part = 'three' then counted.people_3plus else counted.people end, 0) as n
    from int_delivered_at as delivered
    cross join (values (''), ('three'), ('hours')) as parts (part)
    left join counted
        on
            delivered.region_level = counted.region_level
            and delivered.region_code = counted.region_code
            and delivered.as_of = counted.as_of
            and delivered.reach_on = counted.reach_on
    where delivered.record = 'engagements'

)

select
    'K22' as kpi_id,
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
