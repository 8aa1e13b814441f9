-- purpose: K23 ふるさと住民登録: people and registrations that hold on the day.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   stg_enrollments, int_as_ofs, int_members_at, int_delivered_at, mart_coverage
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

registered as (

    select
        as_ofs.as_of,
        as_ofs.reach_on,
        enrollments.municipality_code,
        enrollments.person_key,
        max(case when enrollments.scheme = 'furusato_basic' then 1 else 0 end) as basic,
        max(case when enrollments.scheme = 'furusato_premium' then 1 else 0 end) as premium
    from stg_enrollments as enrollments
    inner join int_as_ofs as as_ofs
        on
            enrollments.started_on <= as_ofs.as_of
            and (enrollments.ended_on is null or enrollments.ended_on >= as_ofs.as_of)
    where enrollments.scheme in ('furusato_basic', 'furusato_premium')
    group by as_ofs.as_of, as_ofs.reach_on, enrollments.municipality_code, enrollments.person_key

),

counted as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        count(distinct registered.person_key) as people,
        count(distinct case when registered.basic = 1 then registered.person_key end) as basic_people,
        count(distinct case when registered.premium = 1 then registered.person_key end) as premium_people,
        count(*) as registrations,
        sum(registered.basic) as basic,
        sum(registered.premium) as premium
    from registered
    inner join int_members_at as members
        on
            registered.as_of = members.as_of
            and registered.reach_on = members.reach_on
            and registered.municipality_code = members.municipality_code
    group by members.region_level, members.region_code, members.as_of, members.reach_on

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
                    when 'basic' then counted.basic
                    when 'premium' then counted.premium
                    when 'registrations' then counted.registrations
                    else counted.people
                end, 0
            ) as double
        ) as numerator,
        cast(null as double) as denominator,
        coalesce(
            case parts.part
                when 'basic' then counted.basic_people
                when 'premium' then counted.premium_people
                else counted.people
            end, 0
        ) as n
    from int_delivered_at as delivered
    cross join (values (''), ('registrations'), ('basic'), ('premium')) as parts (part)
    left join counted
        on
            delivered.region_level = counted.region_level
            and delivered.region_code = counted.region_code
            and delivered.as_of = counted.as_of
            and delivered.reach_on = counted.reach_on
    where delivered.record = 'furusato'

)

select
    'K23' as kpi_id,
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
    'final' as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
