-- purpose: K26 二地域居住（推定）: people with 30 nights or 6 months of visits in the 365 days and nothing on paper.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_visits, stg_enrollments, int_as_ofs, int_members_at, int_routine_at, int_people_at, mart_coverage
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

-- Few pairs could ever reach it: only their visits are looked at day by day.
frequent as (

    select
        municipality_code,
        person_key
    from int_visits
    where counted
    group by municipality_code, person_key
    having sum(nights) >= 30 or count(distinct date_trunc('month', arrived_on)) >= 6

),

visits as (

    select
        visits.municipality_code,
        visits.person_key,
        visits.arrived_on,
        visits.departed_on,
        visits.nights,
        row_number() over (
            partition by visits.municipality_code, visits.person_key, date_trunc('month', visits.arrived_on)
            order by visits.arrived_on
        ) = 1 as is_first_of_month
    from int_visits as visits
    inner join frequent
        on
            visits.municipality_code = frequent.municipality_code
            and visits.person_key = frequent.person_key
    where visits.counted

),

present as (

    select
        as_ofs.as_of,
        as_ofs.reach_on,
        visits.municipality_code,
        visits.person_key
    from visits
    inner join int_as_ofs as as_ofs
        on
            visits.arrived_on <= as_ofs.as_of
            and visits.departed_on >= as_ofs.w365_from
    group by as_ofs.as_of, as_ofs.reach_on, visits.municipality_code, visits.person_key
    having
        sum(case when visits.departed_on <= as_ofs.as_of then visits.nights else 0 end) >= 30
        or count(case when visits.is_first_of_month and visits.arrived_on >= as_ofs.w365_from then 1 end) >= 6

),

documented as (

    select distinct
        as_ofs.as_of,
        as_ofs.reach_on,
        enrollments.municipality_code,
        enrollments.person_key
    from stg_enrollments as enrollments
    inner join int_as_ofs as as_ofs
        on
            enrollments.started_on <= as_ofs.as_of
            and (enrollments.ended_on is null or enrollments.ended_on >= as_ofs.as_of)
    where enrollments.scheme = 'dual_residence'

),

ties as (

    select
        present.as_of,
        present.reach_on,
        present.municipality_code,
        present.person_key
    from present
    left join documented
        on
            present.as_of = documented.as_of
            and present.reach_on = documented.reach_on
            and present.municipality_code = documented.municipality_code
            and present.person_key = documented.person_key
    left join int_routine_at as routine
        on
            present.as_of = routine.as_of
            and present.reach_on = routine.reach_on
            and present.municipality_code = routine.municipality_code
            and present.person_key = routine.person_key
    where documented.person_key is null and routine.person_key is null

),

people as (

    select distinct
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        ties.person_key
    from ties
    inner join int_members_at as members
        on
            ties.as_of = members.as_of
            and ties.reach_on = members.reach_on
            and ties.municipality_code = members.municipality_code

),

counted as (

    select
        people.region_level,
        people.region_code,
        people.as_of,
        people.reach_on,
        count(*) as people
    from people
    inner join int_people_at as standing
        on
            people.region_level = standing.region_level
            and people.region_code = standing.region_code
            and people.as_of = standing.as_of
            and people.reach_on = standing.reach_on
            and people.person_key = standing.person_key
    where standing.stage not in ('dual', 'settled')
    group by people.region_level, people.region_code, people.as_of, people.reach_on

),

measured as (

    select
        '' as part,
        coverage.region_level,
        coverage.region_code,
        coverage.as_of,
        coverage.reach_on,
        cast(coalesce(counted.people, 0) as double) as numerator,
        cast(null as double) as denominator,
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
    'K26' as kpi_id,
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
    case when coverage.first_on > measured.as_of - 364 then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
