-- purpose: K33 登録者の来訪率: of digital residents and fan club members, the share that has ever been there.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   stg_enrollments, int_visit_profiles, int_as_ofs, int_members_at, mart_coverage
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
--   n              bigint   people registered
--   status         varchar  final, provisional, no_data

with

registered as (

    select distinct
        as_ofs.as_of,
        as_ofs.reach_on,
        enrollments.municipality_code,
        enrollments.person_key,
        visits.arrived_on is not null as has_come
    from stg_enrollments as enrollments
    inner join int_as_ofs as as_ofs
        on
            enrollments.started_on <= as_ofs.as_of
            and (enrollments.ended_on is null or enrollments.ended_on >= as_ofs.as_of)
    left join int_visit_profiles as visits
        on
            enrollments.municipality_code = visits.municipality_code
            and enrollments.person_key = visits.person_key
            and visits.arrived_before is null
            and as_ofs.as_of >= visits.arrived_on
    where enrollments.scheme in ('digital_resident', 'fan_club')

),

measured as (

    select
        '' as part,
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        cast(count(distinct case when registered.has_come then registered.person_key end) as double) as numerator,
        cast(count(distinct registered.person_key) as double) as denominator,
        count(distinct registered.person_key) as n
    from registered
    inner join int_members_at as members
        on
            registered.as_of = members.as_of
            and registered.reach_on = members.reach_on
            and registered.municipality_code = members.municipality_code
    group by members.region_level, members.region_code, members.as_of, members.reach_on

)

select
    'K33' as kpi_id,
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
    case when coverage.first_on > measured.as_of - 364 then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
