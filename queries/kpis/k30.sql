-- purpose: K30 移住者数・就業者数: people who moved there, or took work there, in the fiscal year to date and had a stage before.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   stg_enrollments, int_municipality_spells, int_as_ofs, int_members_at, int_delivered_at, mart_coverage
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

arrivals as (

    select distinct
        municipality_code,
        person_key,
        case when scheme = 'relocation' then '' else 'employment' end as part,
        started_on
    from stg_enrollments
    where scheme in ('relocation', 'local_employment')

),

firsts as (

    select
        municipality_code,
        person_key,
        min(valid_from) as stage_on
    from int_municipality_spells
    where person_key in (select arrivals.person_key from arrivals)
    group by municipality_code, person_key

),

known_since as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        firsts.person_key,
        min(firsts.stage_on) as stage_on
    from firsts
    inner join int_members_at as members
        on firsts.municipality_code = members.municipality_code
    group by members.region_level, members.region_code, members.as_of, members.reach_on, firsts.person_key

),

counted as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        arrivals.part,
        count(distinct arrivals.person_key) as people
    from arrivals
    inner join int_as_ofs as as_ofs
        on arrivals.started_on between as_ofs.fy_from and as_ofs.as_of
    inner join int_members_at as members
        on
            as_ofs.as_of = members.as_of
            and as_ofs.reach_on = members.reach_on
            and arrivals.municipality_code = members.municipality_code
    inner join known_since
        on
            members.region_level = known_since.region_level
            and members.region_code = known_since.region_code
            and members.as_of = known_since.as_of
            and members.reach_on = known_since.reach_on
            and arrivals.person_key = known_since.person_key
            and arrivals.started_on > known_since.stage_on
    group by members.region_level, members.region_code, members.as_of, members.reach_on, arrivals.part

),

measured as (

    select
        case when delivered.record = 'relocation' then '' else 'employment' end as part,
        delivered.region_level,
        delivered.region_code,
        delivered.as_of,
        delivered.reach_on,
        cast(coalesce(counted.people, 0) as double) as numerator,
        cast(null as double) as denominator,
        coalesce(counted.people, 0) as n
    from int_delivered_at as delivered
    left join counted
        on
            delivered.region_level = counted.region_level
            and delivered.region_code = counted.region_code
            and delivered.as_of = counted.as_of
            and delivered.reach_on = counted.reach_on
            and counted.part = case when delivered.record = 'relocation' then '' else 'employment' end
    where delivered.record in ('relocation', 'employment')

)

select
    'K30' as kpi_id,
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
